package web

import (
	"net/http"
	"strconv"
	"time"

	"baton/internal/app/calls"
	"baton/internal/app/coaching"
	"baton/internal/call"
	"baton/internal/ical"
	"baton/internal/work"
)

// walkPages registers the walk through a call of one's own.
func (s *server) walkPages() {
	s.member("GET /calls/{call}/walk", (*visit).walkPage)
	s.member("POST /calls/{call}/walk", (*visit).answerInWalk)
	s.member("POST /calls/{call}/over", (*visit).endWalk)
	s.member("POST /calls/plans", (*visit).planCall)
}

// A walk is one page of it: a question with what to look at, or the end.
type walk struct {
	meeting
	Here *calls.Walk // the page; Walk is where one left off
	End  *form       // when the next call is
}

func (w *walk) last() bool { return w.Here.At > w.Here.Of }

// line says where one is.
func (w *walk) line() string {
	if w.last() {
		return "What you decided, and when the next call is. Nobody else sees it."
	}
	return "Question " + strconv.Itoa(w.Here.At) + " of " + strconv.Itoa(w.Here.Of) + ". Leave when you like: it waits for you here. Nobody else sees it."
}

// walk loads the page somebody asked for, else the one where they left off.
// A call that is over has none.
func (v *visit) walk(f *form) (*walk, error) {
	m, err := v.meeting(f)
	if err != nil {
		return nil, err
	}
	if m.Walk == nil {
		return nil, v.leave(v.to("/calls/%d", m.ID), toast{})
	}
	w := &walk{meeting: m, Here: m.Walk, End: fields("next", nextWeek(&m, v.app.Now()))}
	if at, err := strconv.Atoi(v.r.FormValue("at")); err == nil && at != m.Walk.At {
		here, err := do(v, calls.Question, calls.AskQuestion{Call: m.ID, Question: at})
		if err != nil {
			return nil, err
		}
		w.Here = &here
	}
	w.Packet = partOf(w.Packet, work.SharedPart(w.Here.Part))
	return w, nil
}

// nextWeek proposes when the next call is: the same hour in a week.
func nextWeek(m *meeting, now time.Time) string {
	at := now.In(ical.Location(m.Zone)).AddDate(0, 0, 7)
	return at.Add(-time.Duration(at.Minute()) * time.Minute).Format(localMinute)
}

// localMinute is what a field of a date and a time holds.
const localMinute = "2006-01-02T15:04"

// partOf is one part of a packet with the questions that rest on it; nil
// without one.
func partOf(p *packet, part work.SharedPart) *packet {
	if p == nil || part == "" {
		return nil
	}
	only := &packet{As: p.As, Packet: coaching.Packet{Client: p.Client, At: p.At, Zone: p.Zone, Parts: p.Parts}}
	switch part {
	case work.ShareHours:
		only.Hours = p.Hours
	case work.SharePlate:
		only.Plate = p.Plate
	case work.ShareLetGo:
		only.LetGo = p.LetGo
	case work.SharePromises:
		only.Promises = p.Promises
	case work.ShareMirror:
		only.Mirror = p.Mirror
	}
	if p.Questions != nil {
		asked := coaching.QuestionsPart{}
		for _, q := range p.Questions.Questions {
			if q.Part == part {
				asked.Questions = append(asked.Questions, q)
			}
		}
		if len(asked.Questions) > 0 {
			only.Questions = &asked
		}
	}
	return only
}

func (v *visit) walkPage() error {
	w, err := v.walk(fields("kind", string(call.Delegate)))
	if err != nil || w == nil {
		return err
	}
	return v.show(w.title(), "coach", walkView(v, w))
}

func (v *visit) answerInWalk() error {
	id, f, err := v.onCall()
	if err != nil {
		return err
	}
	question, err := strconv.Atoi(f.text("question"))
	if err != nil {
		return work.Errorf(work.NotFound, "There is no such question.")
	}
	_, err = do(v, calls.Answer, calls.AnswerQuestion{OnCall: calls.OnCall{Call: id}, Question: question, Answer: f.text("answer")})
	return v.act(v.to("/calls/%d/walk", id), err, "")
}

// when reads a date and a time by the reader's clock.
func when(f *form, name, zone string) (time.Time, error) {
	text := f.text(name)
	if text == "" {
		return time.Time{}, nil
	}
	at, err := time.ParseInLocation(localMinute, text, ical.Location(zone))
	if err != nil {
		return at, work.FieldError(name, "%q is not a day and a time.", text)
	}
	return at.UTC(), nil
}

func (v *visit) endWalk() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	c, err := v.call()
	if err != nil {
		return err
	}
	at, err := when(f, "next", c.Zone)
	var done calls.Call
	if err == nil {
		done, err = do(v, calls.End, calls.EndCall{OnCall: calls.OnCall{Call: c.ID}, Next: at})
	}
	switch {
	case err == nil && done.Next != nil:
		return v.leave(v.to("/calls/%d", c.ID), toast{Text: "The call is over. The next is on " + callWhen(*done.Next) + "."})
	case err == nil:
		return v.leave(v.to("/calls/%d", c.ID), toast{Text: "The call is over."})
	case !f.refuse(err, "next"):
		return err
	}
	w, failed := v.walk(fields("kind", string(call.Delegate)))
	if failed != nil || w == nil {
		return failed
	}
	w.End = f
	return v.showAs(http.StatusUnprocessableEntity, w.title(), "coach", walkView(v, w))
}

// planCall plans a call of one's own from the list of calls.
func (v *visit) planCall() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	free, err := do(v, calls.FreeTimes, calls.AskFree{Days: 1}) // says by whose clock
	if err != nil {
		return err
	}
	at, err := when(f, "at", free.Yours)
	if err == nil && at.IsZero() {
		err = work.FieldError("at", "Say when it is to be.")
	}
	var c calls.Call
	if err == nil {
		c, err = do(v, calls.PlanOwn, calls.PlanCall{At: at})
	}
	if err != nil {
		return v.act(v.to("/calls"), err, "")
	}
	return v.leave(v.to("/calls/%d", c.ID), toast{Text: "Planned. It is in your mail for your calendar."})
}
