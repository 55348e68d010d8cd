package cli

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"baton/internal/app/beliefs"
	"baton/internal/app/lessons"
	"baton/internal/store"
)

type lessonsCmd struct {
	State string `help:"open, taken or let_go." default:"open" enum:"open,taken,let_go"`
}

// noLessons says by state that there is none, and where they come from.
var noLessons = map[string]string{
	"open":   "Nothing is proposed. When both sides have looked back on a delegation (baton reflect), what they teach is proposed here.",
	"taken":  "You took no proposal of a look back yet; baton lessons lists those that are open.",
	"let_go": "You let go of no proposal of a look back yet; baton lessons lists those that are open.",
}

// Run lists what looks back propose.
func (c *lessonsCmd) Run(s *session) error {
	return list(s, "lessons", url.Values{"state": {c.State}, "limit": {"500"}}, func(all []lessons.Lesson) {
		mine := false
		for i := range all {
			s.printLesson(&all[i])
			mine = mine || all[i].Mine
		}
		switch {
		case len(all) == 0:
			s.printf("%s\n", noLessons[c.State])
		case mine && c.State == string(store.LessonOpen):
			s.printf("baton lesson take NUMBER does it; baton lesson let-go NUMBER leaves everything as it is.\n")
		}
	})
}

func (s *session) printLesson(l *lessons.Lesson) {
	s.printf("%4d  %s: %s\n      %s\n", l.ID, l.Kind, l.Words, l.Cause)
	for _, note := range []struct{ before, text string }{{"It worked: ", l.Worked}, {"Next time: ", l.Improve}} {
		for line := range strings.SplitSeq(note.text, "\n") {
			if line != "" {
				s.printf("      %s%s\n", note.before, line)
			}
		}
	}
	if l.State == store.LessonOpen && !l.Mine {
		s.printf("      %s is to agree.\n", l.Holder)
	}
}

type lessonCmd struct {
	Take  lessonTakeCmd  `cmd:"" help:"Do what a look back proposes."`
	LetGo lessonLetGoCmd `cmd:"" name:"let-go" help:"Let go of what a look back proposes: everything stays as it is."`
}

type lessonArg struct {
	Lesson int64 `arg:"" help:"The lesson's number."`
}

type lessonTakeCmd struct{ lessonArg }

// Run takes a lesson.
func (c *lessonTakeCmd) Run(s *session) error {
	return show(s, http.MethodPost, fmt.Sprintf("lessons/%d/agreement", c.Lesson), nil, struct{}{}, func(l lessons.Lesson) { s.printf("Taken. %s\n", l.Words) })
}

type lessonLetGoCmd struct{ lessonArg }

// Run lets a lesson go.
func (c *lessonLetGoCmd) Run(s *session) error {
	return show(s, http.MethodPost, fmt.Sprintf("lessons/%d/refusal", c.Lesson), nil, struct{}{}, func(lessons.Lesson) { s.printf("Let go. Everything stays as it is.\n") })
}

type aboutCmd struct {
	Who string `arg:"" help:"me, or a person's number or name."`
}

// Run says what is recorded about somebody.
func (c *aboutCmd) Run(s *session) error {
	path := "beliefs"
	if !strings.EqualFold(c.Who, "me") {
		id, err := s.person(c.Who)
		if err != nil {
			return err
		}
		path = fmt.Sprintf("people/%d/beliefs", id)
	}
	return show(s, http.MethodGet, path, nil, nil, func(r beliefs.Record) {
		s.printf("%s\n", r.Name)
		if len(r.Skills)+len(r.Interests)+len(r.Wishes)+len(r.Less) == 0 && r.Note == "" {
			s.printf("  Nothing is recorded yet: skills stand here once somebody says them, or a look back shows them.\n")
		}
		for i := range r.Skills {
			s.printBelief(&r.Skills[i])
		}
		for _, line := range []struct {
			words string
			what  []string
		}{{"Interested in", r.Interests}, {"Wants to grow in", r.Wishes}} {
			if len(line.what) > 0 {
				s.printf("  %s: %s\n", line.words, strings.Join(line.what, ", "))
			}
		}
		for _, l := range r.Less {
			s.printf("  Wants less of: %s\n    %s\n", l.Subject, l.Cause)
		}
		if r.Note != "" {
			s.printf("  Note: %s\n", r.Note)
		}
	})
}

func (s *session) printBelief(b *beliefs.Belief) {
	s.printf("  %s %s, give or take %s; counts as level %d\n", b.Skill, b.Words, b.SD, b.Level)
	if b.By != "" {
		s.printf("    %s, by %s%s\n", s.local(b.At).Format(time.DateOnly), b.By, after(": ", b.Cause))
	}
	if b.Dispute != nil && b.Rounds == 0 && b.Card > 0 {
		s.printf("    Recorded: level %d\n", b.Card)
	}
	if d := b.Dispute; d != nil {
		own := ""
		if d.Own > 0 {
			own = fmt.Sprintf(" (says level %d)", d.Own)
		}
		s.printf("    Disputed%s: %s\n", own, d.Words)
		if d.AnswerLevel > 0 {
			s.printf("    %s answers with level %d%s\n", d.AnsweredBy, d.AnswerLevel, after(": ", d.Answer))
		}
	}
}

type disputeCmd struct {
	Skill string   `arg:"" help:"The skill, as baton about me names it."`
	Words []string `arg:"" help:"What is wrong, in your own words."`
	Level *int     `help:"The level you would give yourself, 1 to 5."`
}

// Run disputes what is recorded about the actor.
func (c *disputeCmd) Run(s *session) error {
	in := beliefs.DisputeBelief{Skill: c.Skill, Words: strings.Join(c.Words, " ")}
	if c.Level != nil && (*c.Level < 1 || *c.Level > 5) {
		return usageError{fmt.Errorf("--level is a number from 1 to 5, not %d", *c.Level)}
	}
	set(&in.Own, c.Level)
	return show(s, http.MethodPost, "beliefs/disputes", nil, in, func(b beliefs.Belief) {
		s.printf("It counts for less until it is settled:\n")
		s.printBelief(&b)
	})
}

type settleCmd struct {
	Who   string `arg:"" help:"me, or a person's number or name."`
	Skill string `arg:"" help:"The skill that is disputed."`
	Level int    `arg:"" help:"The level to agree on or to answer with; about yourself, 0 lets what is recorded stand."`
	Words string `help:"Why." short:"m"`
}

// Run settles a dispute, or answers it.
func (c *settleCmd) Run(s *session) error {
	id, err := s.somebody(c.Who)
	if err != nil {
		return err
	}
	in := beliefs.SettleBelief{Skill: c.Skill, Level: c.Level, Words: c.Words}
	return show(s, http.MethodPost, fmt.Sprintf("people/%d/beliefs/settlement", id), nil, in, func(b beliefs.Belief) {
		if b.Dispute == nil {
			s.printf("Settled:\n")
		} else {
			s.printf("Answered:\n")
		}
		s.printBelief(&b)
	})
}

// somebody is a person by number or name, or whoever acts.
func (s *session) somebody(typed string) (int64, error) {
	if !strings.EqualFold(typed, "me") {
		return s.person(typed)
	}
	me, err := s.myself()
	return int64(me), err
}
