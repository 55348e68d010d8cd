package web

import (
	"fmt"
	"strconv"

	"baton/internal/app"
	"baton/internal/app/beliefs"
	"baton/internal/app/lessons"
	"baton/internal/app/people"
	"baton/internal/store"
	"baton/internal/work"
)

// learningPages registers what looks back propose, and what is recorded about
// people.
func (s *server) learningPages() {
	s.member("GET /lessons", (*visit).lessonsPage)
	s.member("POST /lessons/{lesson}/agreement", (*visit).takeLesson)
	s.member("POST /lessons/{lesson}/refusal", (*visit).letLessonGo)
	s.member("GET /people/{person}/record", (*visit).recordPage)
	s.member("POST /people/{person}/record/dispute", (*visit).dispute)
	s.member("POST /people/{person}/record/settlement", (*visit).settleBelief)
}

// takenWords says who is behind a level, and since when.
func takenWords(v *visit, b *beliefs.Belief) string {
	if b.Written() {
		return b.By + " wrote it down on " + v.recordDay(b.At) + "."
	}
	return b.By + " agreed to it on " + v.recordDay(b.At) + "."
}

func (v *visit) lessonsPage() error {
	open, err := do(v, lessons.List, lessons.AskLessons{Page: app.Page{Limit: 200}})
	if err != nil {
		return err
	}
	return v.show("What experience proposes", "today", lessonsView(v, open.Items))
}

func (v *visit) takeLesson() error {
	lesson, err := number[store.LessonID](v, "lesson")
	if err != nil {
		return err
	}
	l, err := do(v, lessons.Take, lessons.AskLesson{Lesson: lesson})
	return v.act(v.to("/lessons"), err, "Taken. %s", l.Words)
}

func (v *visit) letLessonGo() error {
	lesson, err := number[store.LessonID](v, "lesson")
	if err != nil {
		return err
	}
	_, err = do(v, lessons.LetGo, lessons.AskLesson{Lesson: lesson})
	return v.act(v.to("/lessons"), err, "Let go. Everything stays as it is.")
}

// A recordSheet shows what is recorded about somebody.
type recordSheet struct {
	beliefs.Record
	Own bool // the reader is the person it is about
}

func (v *visit) recordPage() error {
	person, err := number[work.PersonID](v, "person")
	if err != nil {
		return err
	}
	record, err := do(v, beliefs.About, people.AskPerson{Person: person})
	if err != nil {
		return err
	}
	r := recordSheet{record, person == v.place.Actor.Person}
	title := "What is recorded about " + record.Name
	if r.Own {
		title = "What is recorded about you"
	}
	return v.show(title, "people", recordView(v, r, title))
}

func (v *visit) dispute() error {
	return v.answerRecord(func(_ work.PersonID, f *form) (string, error) {
		own, err := level(f)
		if err != nil {
			return "", err
		}
		_, err = do(v, beliefs.Dispute, beliefs.DisputeBelief{Skill: f.text("skill"), Words: f.text("words"), Own: own})
		return "Kept. It counts for less until it is settled.", err
	})
}

func (v *visit) settleBelief() error {
	return v.answerRecord(func(person work.PersonID, f *form) (string, error) {
		to, err := level(f)
		if err != nil {
			return "", err
		}
		b, err := do(v, beliefs.Settle, beliefs.SettleBelief{Person: person, Skill: f.text("skill"), Level: to, Words: f.text("words")})
		if b.Dispute != nil {
			return "Your answer is kept; it is theirs to take it.", err
		}
		return "Settled.", err
	})
}

// answerRecord answers a form about what is recorded of a person.
func (v *visit) answerRecord(answer func(work.PersonID, *form) (string, error)) error {
	person, err := number[work.PersonID](v, "person")
	if err != nil {
		return err
	}
	f, err := v.form()
	if err != nil {
		return err
	}
	done, err := answer(person, f)
	return v.act(v.to("/people/%d/record", person), err, "%s", done)
}

// level reads a level of skill; none is 0.
func level(f *form) (int, error) {
	if f.text("level") == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(f.text("level"))
	if err != nil {
		return 0, work.FieldError("level", "A level of skill is a number from 1 to 5.")
	}
	return n, nil
}

// skillLevels are the levels somebody can choose among, with what they mean.
func skillLevels(none string) []option {
	out := []option{{"", none}}
	for i, words := range []string{"begins", "knows some of it", "can do it", "does it well", "teaches it"} {
		out = append(out, option{strconv.Itoa(i + 1), fmt.Sprintf("%d: %s", i+1, words)})
	}
	return out
}

// sureWords says how sure a belief is.
func sureWords(b *beliefs.Belief) string {
	return fmt.Sprintf("%s, give or take %s. A plan counts it as level %d.", capital(b.Words), b.SD, b.Level)
}
