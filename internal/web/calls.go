package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"baton/internal/app"
	"baton/internal/app/calls"
	"baton/internal/app/coaching"
	"baton/internal/app/people"
	"baton/internal/call"
	"baton/internal/ical"
	"baton/internal/work"
)

// callPages registers booking a call and holding one.
func (s *server) callPages() {
	s.member("GET /coach/{sharing}/book", (*visit).bookPage)
	s.member("POST /coach/{sharing}/book", (*visit).book)
	s.member("GET /calls", (*visit).callsPage)
	s.member("POST /calls", (*visit).guideCall)
	s.member("GET /calls/{call}", (*visit).callPage)
	s.member("GET /calls/{call}/entry.ics", (*visit).callEntry)
	s.member("GET /calls/{call}/move", (*visit).movePage)
	s.member("POST /calls/{call}/move", (*visit).moveCall)
	s.member("POST /calls/{call}/cancellation", (*visit).cancelCall)
	s.member("POST /calls/{call}/beginning", callStep(calls.Begin, "The call begins."))
	s.member("POST /calls/{call}/end", (*visit).endCall)
	s.member("POST /calls/{call}/absence", callStep(calls.Miss, "Noted. Book another when you like."))
	s.member("POST /calls/{call}/notes", (*visit).noteCall)
	s.member("POST /calls/{call}/decisions", (*visit).decideInCall)
	s.member("POST /calls/{call}/decisions/{decision}/agreement", (*visit).takeInCall)
	s.member("POST /calls/{call}/decisions/{decision}/refusal", (*visit).letGoInCall)
	s.member("POST /calls/{call}/decisions/{decision}/promise", (*visit).sayKept)
}

func (v *visit) callsPage() error {
	all, err := do(v, calls.List, app.Page{Limit: 200})
	if err != nil {
		return err
	}
	return v.show("Calls", "coach", callsView(v, all.Items))
}

func (v *visit) guideCall() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	c, err := do(v, calls.Guide, calls.GuideCall{Wish: f.text("wish")})
	if err != nil {
		return v.act(v.to("/calls"), err, "")
	}
	return v.leave(v.to("/calls/%d/walk", c.ID), toast{})
}

// call loads the call of the path.
func (v *visit) call() (calls.Call, error) {
	id, err := number[work.CallID](v, "call")
	if err != nil {
		return calls.Call{}, err
	}
	return do(v, calls.Show, calls.AskCall{Call: id})
}

// A meeting is what the page of a call shows.
type meeting struct {
	calls.Call
	Tasks  []option
	People []option
	Form   *form // a decision
	Packet *packet
}

func (v *visit) callPage() error {
	m, err := v.meeting(fields("kind", string(call.Delegate)))
	if err != nil {
		return err
	}
	return v.show(m.title(), "coach", callView(v, m))
}

func (v *visit) meeting(f *form) (meeting, error) {
	c, err := v.call()
	m := meeting{Call: c, Form: f, Tasks: []option{{"", "No task"}}, People: []option{{"", "Nobody yet"}}}
	if err != nil || c.State != call.Running {
		return m, err
	}
	lines, err := do(v, calls.Tasks, calls.AskTasks{Call: c.ID, Page: app.Page{Limit: 500}})
	if err != nil {
		return m, err
	}
	for _, l := range lines.Items {
		m.Tasks = append(m.Tasks, option{idField(l.Task), l.Title + " (" + work.HoursWords(l.Weekly) + " a week)"})
	}
	if m.Packet, err = v.packetOf(&c); err != nil || v.place.Actor.Coach {
		return m, err
	}
	known, err := do(v, people.Everybody, app.Whole)
	for _, p := range known.Items {
		if p.ID != c.Client.ID {
			m.People = append(m.People, option{idField(p.ID), p.Name})
		}
	}
	return m, err
}

// packetOf is what the reader looks at during a call: the client at their own,
// a coach at what they are shown. There is none once the sharing ended.
func (v *visit) packetOf(c *calls.Call) (*packet, error) {
	if c.Mine {
		p, err := do(v, coaching.Own, coaching.AskPacket{})
		return &packet{Packet: p, As: asSelf}, err
	}
	p, err := do(v, coaching.Look, coaching.OnSharing{Sharing: c.Sharing})
	if work.KindOf(err) == work.Conflict {
		return nil, nil //nolint:nilnil // nothing is shown any more
	}
	return &packet{Packet: p, As: asCoach}, err
}

// title names a call.
func (m meeting) title() string {
	switch {
	case m.Coach == nil:
		return "A call of your own"
	case m.Mine:
		return "Call with " + m.Coach.Name
	}
	return "Call with " + m.Client.Name
}

// with is who is on the other side of a call in a list.
func callWith(c calls.Call) string { return meeting{Call: c}.title() }

// callWhen says when a call is by the reader's clock.
func callWhen(c calls.Call) string {
	loc := ical.Location(c.Zone)
	return c.From.In(loc).Format("Monday 2 January 2006, 15:04") + " – " + c.To.In(loc).Format("15:04") + ", " + zoneWords(c.Zone, c.From)
}

// beginsWords says from when a call can begin, by the reader's clock.
func beginsWords(c calls.Call) string {
	return c.BeginsFrom.In(ical.Location(c.Zone)).Format("Monday 2 January, 15:04")
}

// callThere says when a call is for the other side, where their clock differs.
func callThere(c calls.Call) string {
	if c.Coach == nil {
		return ""
	}
	other := *c.Coach
	if !c.Mine {
		other = c.Client
	}
	loc := ical.Location(other.Zone)
	there := c.From.In(loc)
	if there.Format("15:04 2") == c.From.In(ical.Location(c.Zone)).Format("15:04 2") {
		return ""
	}
	return "For " + other.Name + ": " + there.Format("Monday 15:04") + ", " + zoneWords(other.Zone, c.From)
}

var callStates = map[call.State]string{
	call.Booked: "booked", call.Running: "going on", call.Ended: "over", call.Cancelled: "cancelled", call.NotHeld: "did not take place",
}

var kindOptionsOfCall = []option{
	{string(call.Delegate), "Delegate it"}, {string(call.Drop), "Drop it"}, {string(call.Automate), "Automate it"}, {string(call.Keep), "Keep it"}, {string(call.Promise), "A promise"},
}

// decidedWords say a decision in a line.
func decidedWords(d calls.Decision) string {
	words := map[call.Kind]string{call.Delegate: "Delegate", call.Drop: "Drop", call.Automate: "Automate", call.Keep: "Keep", call.Promise: "Promise"}[d.Kind]
	if d.Title != "" {
		words += " “" + d.Title + "”"
	}
	if d.Who != "" {
		words += " to " + d.Who
	}
	if d.Words != "" {
		words += ": " + d.Words
	}
	if !d.Due.IsZero() {
		words += " (by " + d.Due.In(time.UTC).Format("2 January") + ")"
	}
	return words
}

func (v *visit) callEntry() error {
	id, err := number[work.CallID](v, "call")
	if err != nil {
		return err
	}
	e, err := do(v, calls.ShowEntry, calls.AskCall{Call: id})
	if err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/calendar; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="call-`+strconv.FormatInt(int64(id), 10)+`.ics"`)
	_, _ = v.w.Write([]byte(e.Calendar)) // the client is gone; there is nobody to tell
	return nil
}

func callStep(op app.Op[calls.OnCall, calls.Call], done string) handler {
	return func(v *visit) error {
		id, err := number[work.CallID](v, "call")
		if err != nil {
			return err
		}
		_, err = do(v, op, calls.OnCall{Call: id})
		return v.act(v.to("/calls/%d", id), err, "%s", done)
	}
}

func (v *visit) endCall() error {
	id, err := number[work.CallID](v, "call")
	if err != nil {
		return err
	}
	_, err = do(v, calls.End, calls.EndCall{OnCall: calls.OnCall{Call: id}})
	return v.act(v.to("/calls/%d", id), err, "The call is over.")
}

// onCall reads the call of the path and the form that was sent.
func (v *visit) onCall() (work.CallID, *form, error) {
	id, err := number[work.CallID](v, "call")
	if err != nil {
		return 0, nil, err
	}
	f, err := v.form()
	return id, f, err
}

func (v *visit) cancelCall() error {
	id, f, err := v.onCall()
	if err != nil {
		return err
	}
	c, err := do(v, calls.Cancel, calls.CancelCall{OnCall: calls.OnCall{Call: id}, Reason: f.text("reason")})
	if c.Coach == nil {
		return v.act(v.to("/calls/%d", id), err, "Cancelled.")
	}
	return v.act(v.to("/calls/%d", id), err, "Cancelled. The other side is told.")
}

func (v *visit) noteCall() error {
	id, f, err := v.onCall()
	if err != nil {
		return err
	}
	_, err = do(v, calls.AddNote, calls.NewNote{OnCall: calls.OnCall{Call: id}, Text: f.text("text"), Shared: f.is("shared")})
	return v.act(v.to("/calls/%d", id), err, "Noted.")
}

func (v *visit) decideInCall() error {
	callID, f, err := v.onCall()
	if err != nil {
		return err
	}
	in := calls.NewDecision{OnCall: calls.OnCall{Call: callID}, Kind: call.Kind(f.text("kind")), Words: f.text("words")}
	if in.Task, err = id[work.TaskID](f, "task"); err == nil {
		in.Receiver, err = id[work.PersonID](f, "receiver")
	}
	if text := f.text("due"); err == nil && text != "" {
		if in.Due, err = ical.ParseDate(text); err != nil {
			err = work.FieldError("due", "%q is not a date.", text)
		}
	}
	if err == nil {
		_, err = do(v, calls.Decide, in)
	}
	back := v.to("/calls/%d", callID)
	if at := f.text("at"); at != "" {
		back += "/walk?at=" + url.QueryEscape(at)
	}
	if err == nil {
		return v.leave(back+"#decided", toast{Text: "Written down."})
	}
	if !f.refuse(err, "kind", "task", "receiver", "words", "due") {
		return err
	}
	if f.text("at") != "" {
		w, err := v.walk(f)
		if err != nil || w == nil {
			return err
		}
		return v.showAs(http.StatusUnprocessableEntity, w.title(), "coach", walkView(v, w))
	}
	m, err := v.meeting(f)
	if err != nil {
		return err
	}
	return v.showAs(http.StatusUnprocessableEntity, m.title(), "coach", callView(v, m))
}

func (v *visit) onDecision() (calls.OnDecision, error) {
	c, err := number[work.CallID](v, "call")
	if err != nil {
		return calls.OnDecision{}, err
	}
	d, err := number[work.CallDecisionID](v, "decision")
	return calls.OnDecision{OnCall: calls.OnCall{Call: c}, Decision: d}, err
}

func (v *visit) takeInCall() error {
	on, err := v.onDecision()
	if err != nil {
		return err
	}
	_, err = do(v, calls.Take, calls.TakeDecision{OnDecision: on})
	return v.act(v.to("/calls/%d", on.Call), err, "Taken.")
}

func (v *visit) letGoInCall() error {
	on, err := v.onDecision()
	if err != nil {
		return err
	}
	_, err = do(v, calls.LetGo, on)
	return v.act(v.to("/calls/%d", on.Call), err, "Let go. Your plate stays as it is.")
}

func (v *visit) sayKept() error {
	on, err := v.onDecision()
	if err != nil {
		return err
	}
	f, err := v.form()
	if err != nil {
		return err
	}
	_, err = do(v, calls.Say, calls.SayKept{OnDecision: on, Kept: strings.EqualFold(f.text("kept"), "yes")})
	return v.act(v.to("/calls/%d", on.Call), err, "Noted.")
}
