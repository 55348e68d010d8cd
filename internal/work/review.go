package work

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"baton/internal/ical"
)

// A ReviewStep is one step of the weekly review.
type ReviewStep string

// The steps, in their order.
const (
	ReviewPlate   ReviewStep = "plate"
	ReviewWaiting ReviewStep = "waiting"
	ReviewStuck   ReviewStep = "stuck"
	ReviewLetGo   ReviewStep = "let_go"
	ReviewThanks  ReviewStep = "thanks"
	ReviewHours   ReviewStep = "hours"
)

// A ReviewPart says what a step is about and how long it takes, about.
type ReviewPart struct {
	Step    ReviewStep
	Title   string
	Ask     string
	Minutes int
}

// ReviewParts are the steps of a review: ten minutes together.
var ReviewParts = []ReviewPart{
	{ReviewPlate, "Empty your head", "What is still in your head? One line each; Baton reads days, hours and areas out of it.", 3},
	{ReviewWaiting, "Who waits for whom", "What can somebody not do before you answer, and whose answer do you wait for?", 2},
	{ReviewStuck, "What is stuck", "Where has nothing moved, and what is on its way back to you?", 2},
	{ReviewLetGo, "What to let go of next", "One is enough. Which of these will somebody else carry next week?", 1},
	{ReviewThanks, "Thanks", "Who did something well that nobody has said thanks for?", 1},
	{ReviewHours, "The hours you won", "What did the freed hours go to?", 1},
}

// A ReviewDid counts what its owner did during a review.
type ReviewDid struct {
	Added  int     `json:"added" doc:"Tasks put on the plate"`
	Moved  int     `json:"moved" doc:"Moves made on delegations"`
	Begun  int     `json:"begun" doc:"Delegations begun"`
	Thanks int     `json:"thanks" doc:"Thanks said"`
	Focus  Minutes `json:"focus" doc:"Minutes recorded for focus areas"`
}

// A Review is a member's look over one week. It is theirs alone.
type Review struct {
	Owner    PersonID
	Week     ical.Date // its Monday
	Done     []ReviewStep
	Did      ReviewDid // counted when it was finished
	Started  time.Time
	Finished time.Time // zero while it goes on
}

// WeekOf is the Monday of a day's week.
func WeekOf(day ical.Date) ical.Date { return day.AddDays(-((int(day.Weekday()) + 6) % 7)) }

// Step marks a step done, or to be done again.
func (r *Review) Step(step ReviewStep, done bool) error {
	if !slices.ContainsFunc(ReviewParts, func(p ReviewPart) bool { return p.Step == step }) {
		return FieldError("step", "A review has no step called %q.", step)
	}
	r.Done = slices.DeleteFunc(r.Done, func(s ReviewStep) bool { return s == step })
	if done {
		r.Done = append(r.Done, step)
	}
	return nil
}

// Next is the first step that is not done, "" when all are.
func (r *Review) Next() ReviewStep {
	for _, p := range ReviewParts {
		if !slices.Contains(r.Done, p.Step) {
			return p.Step
		}
	}
	return ""
}

// The review is on Friday at seven, with the daily mail, until its member
// chooses.
const (
	UsualReviewDay  = 5
	UsualReviewHour = digestHour
)

// weekly is how many days after a review the next may be due: a member who
// looks over their week a day late keeps their day.
const weekly = 6

// NextReview is the day of the next review: the first of the member's weekday
// (1 Monday … 7 Sunday) from today on, six days or more after the last one.
// Without a weekday, and with a last one in the future, there is none.
func NextReview(weekday int, last, today ical.Date) (ical.Date, bool) {
	if weekday < 1 || weekday > 7 {
		return ical.Date{}, false
	}
	next := today
	if !last.IsZero() {
		if earliest := last.AddDays(weekly); next.Compare(earliest) < 0 {
			next = earliest
		}
	}
	for (int(next.Weekday())+6)%7+1 != weekday {
		next = next.AddDays(1)
	}
	return next, true
}

// NextReviewAt is the first moment after another that is a member's weekday and
// hour for a review by the clock of a zone; zero without a weekday. An hour that
// the clocks skip is the one after it; of one they show twice it is the first.
func NextReviewAt(weekday, hour int, zone string, after time.Time) time.Time {
	for day := ical.Today(after, zone); ; day = day.AddDays(1) {
		next, some := NextReview(weekday, ical.Date{}, day)
		if !some {
			return time.Time{}
		}
		if at := (ical.Due{Date: next, Minute: hour * 60, Zone: zone}).Start(); at.After(after) {
			return at
		}
	}
}

// quiet is how long nothing may happen to work that goes on before a review
// asks about it.
const quiet = 14 * 24 * time.Hour

// Stuck says why a delegation its giver looks over may be stuck: its receiver
// said so and nobody has said anything since, or nothing has happened for two
// weeks and neither a check-in nor a turn is to come. Silence at levels 6 and
// 7 is what was agreed. Its events are given oldest first.
func (d *Delegation) Stuck(events []Event, now time.Time) (why string, stuck bool) {
	if d.State != Active || len(events) == 0 {
		return "", false
	}
	last := events[len(events)-1]
	days := int(now.Sub(last.At) / (24 * time.Hour))
	switch {
	case last.Kind == CheckedIn && last.Detail.Status == Stuck:
		return d.Name(d.Receiver) + " said" + ago(days) + " that they are stuck; nothing was said since.", true
	case last.Kind == CheckedIn && last.Detail.Status == NeedYou:
		return d.Name(d.Receiver) + " said" + ago(days) + " that they need you; nothing was said since.", true
	case now.Sub(last.At) < quiet, d.Terms.Authority.Level >= Inform, d.NextCheckIn.After(now), d.NextTurn.After(now):
		return "", false
	}
	return fmt.Sprintf("Nothing has happened for %d days, and no check-in is to come.", days), true
}

func ago(days int) string {
	switch days {
	case 0:
		return " today"
	case 1:
		return " a day ago"
	}
	return fmt.Sprintf(" %d days ago", days)
}

// thanksFor is how far back a review looks for thanks that were not said.
const thanksFor = 28 * 24 * time.Hour

// ThanksOwed says what a giver has not said thanks for: work that was accepted
// or completed within four weeks, where they thanked for nothing since then.
// The events of the delegation are given oldest first.
func (d *Delegation) ThanksOwed(events []Event, now time.Time) (what string, owed bool) {
	turns := 0
	for _, e := range events {
		if e.At.Before(now.Add(-thanksFor)) {
			continue
		}
		switch {
		case e.Kind == Thanked && e.Person == d.Receiver:
			return "", false
		case e.Kind == DeliveryAccepted:
			what = "what was delivered"
		case e.Kind == TurnAccepted:
			turns++
		case e.Kind == EndedNow && e.Detail.Outcome == Completed:
			what = "it is done"
		}
	}
	switch {
	case what != "":
		return what, true
	case turns == 1:
		return "one turn done", true
	case turns > 1:
		return fmt.Sprintf("%d turns done", turns), true
	}
	return "", false
}

// Words says in one sentence what was done.
func (d ReviewDid) Words() string {
	var out []string
	for _, c := range []struct {
		n         int
		one, many string
	}{
		{d.Added, "one task put down", "%d tasks put down"},
		{d.Moved, "one thing answered or moved on", "%d things answered or moved on"},
		{d.Begun, "one hand-over begun", "%d hand-overs begun"},
		{d.Thanks, "thanks said once", "thanks said %d times"},
	} {
		switch {
		case c.n == 1:
			out = append(out, c.one)
		case c.n > 1:
			out = append(out, fmt.Sprintf(c.many, c.n))
		}
	}
	if d.Focus > 0 {
		out = append(out, HoursWords(d.Focus)+" recorded for what matters to you")
	}
	switch len(out) {
	case 0:
		return "You looked over your week; nothing had to change."
	case 1:
		return "You looked over your week: " + out[0] + "."
	}
	return "You looked over your week: " + strings.Join(out[:len(out)-1], ", ") + " and " + out[len(out)-1] + "."
}
