package cli

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"baton/internal/app/reviews"
	"baton/internal/app/workspaces"
	"baton/internal/work"
)

type reviewCmd struct {
	Done   string `help:"Mark a step done: plate, waiting, stuck, let_go, thanks, hours." placeholder:"STEP"`
	Again  string `help:"Take a step up again." placeholder:"STEP"`
	Finish bool   `help:"Finish this week's review and see what you did."`
}

// Run shows the weekly review, or goes on with it.
func (c *reviewCmd) Run(s *session) error {
	step := func(name string, open bool) error {
		in := reviews.MarkStep{Step: work.ReviewStep(strings.ReplaceAll(name, "-", "_")), Open: open}
		return show(s, http.MethodPost, "review/steps", nil, in, s.printNext)
	}
	switch {
	case c.Done != "":
		return step(c.Done, false)
	case c.Again != "":
		return step(c.Again, true)
	case c.Finish:
		return show(s, http.MethodPost, "review/end", nil, struct{}{}, s.printFinished)
	}
	return show(s, http.MethodGet, "review", nil, nil, s.printReview)
}

// printNext says which step comes next.
func (s *session) printNext(r reviews.Review) {
	for _, p := range r.Steps {
		if p.Step == r.Next {
			s.printf("Next: %s, about %d min. %s\n", p.Title, p.Minutes, p.Ask)
			return
		}
	}
	s.printf("All steps are done: baton review --finish\n")
}

func (s *session) printFinished(r reviews.Review) {
	s.printf("Done. %s\n", r.Did.Words())
	if r.NextOn != nil {
		s.printf("The next is on %s.\n", r.NextOn.In(time.UTC).Format("Monday, 2 January"))
	}
}

// printReview prints every step with what there is to look over, and the
// commands to act on it.
func (s *session) printReview(r reviews.Review) {
	parts := map[work.ReviewStep]func(reviews.Review){
		work.ReviewPlate: s.reviewPlate, work.ReviewWaiting: s.reviewWaiting, work.ReviewStuck: s.reviewStuck,
		work.ReviewLetGo: s.reviewLetGo, work.ReviewThanks: s.reviewThanks, work.ReviewHours: s.reviewHours,
	}
	for i, p := range r.Steps {
		done := ""
		if p.Done {
			done = ", done"
		}
		s.printf("%d. %s (about %d min%s)\n", i+1, p.Title, p.Minutes, done)
		parts[p.Step](r)
	}
	if r.Finished != nil {
		s.printFinished(r)
	} else {
		s.printf("baton review --done STEP marks a step, baton review --finish ends it.\n")
	}
}

func (s *session) reviewPlate(r reviews.Review) {
	s.printf("   baton add '…' for each thing still in your head\n")
	for _, l := range r.Unmarked {
		s.printf("   not marked: %s: baton mark %d\n", l.Title, l.Task)
	}
	if more := r.UnmarkedCount - len(r.Unmarked); more > 0 {
		s.printf("   and %d more\n", more)
	}
}

func (s *session) reviewWaiting(r reviews.Review) {
	s.printf("   Waiting for you: %d\n", len(r.Waiting.Mine))
	s.printWaiting(r.Waiting.Mine)
	s.printf("   You wait for: %d\n", r.Waiting.TheirsCount)
	s.printWaiting(r.Waiting.Theirs)
}

func (s *session) reviewStuck(r reviews.Review) {
	for _, k := range r.Stuck {
		s.printf("   %s: %s baton delegation %d\n", k.Title, k.Why, k.Delegation)
		if k.Say != "" {
			s.printf("     You could say: %s\n", k.Say)
		}
	}
	if len(r.Stuck) == 0 {
		s.printf("   Nothing is stuck.\n")
	}
}

func (s *session) reviewLetGo(r reviews.Review) {
	for _, l := range r.LetGo {
		s.printf("   %s (%d points): baton delegate %d PERSON\n", l.Task, l.Score, l.TaskID)
	}
	if len(r.LetGo) == 0 {
		s.printf("   Nothing speaks for letting go of anything.\n")
	}
}

func (s *session) reviewThanks(r reviews.Review) {
	for _, o := range r.Thanks {
		s.printf("   %s, %s: %s: baton thank %d\n", o.To.Name, o.Title, o.For, o.Delegation)
	}
	if len(r.Thanks) == 0 {
		s.printf("   No thanks are owed.\n")
	}
}

func (s *session) reviewHours(r reviews.Review) {
	s.printf("   In seven days others did %.1f h for you, net %.1f h; %.1f h went to what matters to you.\n", r.Hours.HandedOff, r.Hours.Net, r.Hours.Given)
	for _, f := range r.Hours.Focus {
		s.printf("   %s: baton focus %d --minutes …\n", f.Name, f.ID)
	}
	if len(r.Hours.Focus) == 0 {
		s.printf("   %s\n", "Say what the freed hours are for: baton focus NAME")
	}
}

// weekdays are what --review-day takes, by number.
var weekdays = []string{"none", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}

// weekday reads a weekday's name or its beginning.
func weekday(typed string) (int, error) {
	typed = strings.ToLower(strings.TrimSpace(typed))
	for i, name := range weekdays {
		if len(typed) >= 2 && strings.HasPrefix(name, typed) {
			return i, nil
		}
	}
	return 0, work.FieldError("review_day", "%q is no weekday; write monday to sunday, or none.", typed)
}

// reviewWords says when somebody's review is, and whether mail reminds of it.
func reviewWords(v workspaces.Setting) string {
	if v.ReviewDay < 1 || v.ReviewDay >= len(weekdays) {
		return "no weekly review"
	}
	day := weekdays[v.ReviewDay]
	words := fmt.Sprintf("weekly review on %s%s", strings.ToUpper(day[:1]), day[1:])
	if v.ReviewMail {
		words += fmt.Sprintf(", with mail at %d:00", v.ReviewHour)
	}
	return words
}
