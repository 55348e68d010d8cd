package call

import (
	"strings"
	"time"

	"baton/internal/work"
)

// A Question is one page of the walk through a call of one's own.
type Question struct {
	Step Step
	Ask  string
}

// Questions are those of the agenda in their order, one after another.
var Questions = func() (out []Question) {
	for _, s := range Agenda {
		for _, q := range s.Questions {
			out = append(out, Question{s, q})
		}
	}
	return out
}()

// Answered is the text of a note that answers a question.
func (q Question) Answered(answer string) string { return q.Ask + "\n" + answer }

// Said is what a note answers to the question, "" when it answers another.
func (q Question) Said(note string) string {
	answer, ok := strings.CutPrefix(note, q.Ask+"\n")
	if !ok {
		return ""
	}
	return answer
}

// Walks says whether the call is walked through alone now.
func (c *Call) Walks() bool { return c.Coach == 0 && c.State == Running }

// Walking refuses a call that is not walked through alone: one with a coach, or
// one that does not go on.
func (c *Call) Walking() error {
	switch {
	case c.Coach != 0:
		return work.Errorf(work.Conflict, "You go through this call with your coach; note what you say in it instead.")
	case c.State == Booked:
		return work.Errorf(work.Conflict, "Begin this call first.")
	case c.State != Running:
		return c.IsBooked()
	}
	return nil
}

// farthest is how far ahead a call of one's own is planned.
const farthest = 366 * 24 * time.Hour

// Plan books a call of somebody's own, without a coach.
func Plan(a work.Act, at time.Time, wish string) (Call, error) {
	if err := ahead(at, a.At); err != nil {
		return Call{}, err
	}
	c := Call{Client: a.By, State: Booked, Wish: wish, CreatedAt: a.At}
	c.at(Span{at, at.Add(selfGuided)}, a.At)
	return c, nil
}

// Put gives a call of one's own another time.
func (c *Call) Put(at, now time.Time) error {
	if err := ahead(at, now); err != nil {
		return err
	}
	return c.Move(Span{at, at.Add(selfGuided)}, now)
}

func ahead(at, now time.Time) error {
	switch {
	case !at.After(now):
		return work.FieldError("at", "That time is over; the next call is still to come.")
	case at.Sub(now) > farthest:
		return work.FieldError("at", "A call is planned for a year ahead at most.")
	}
	return nil
}
