package web

import (
	"net/http"
	"time"

	"baton/internal/app/calls"
	"baton/internal/call"
	"baton/internal/ical"
	"baton/internal/work"
)

// A diary is what a booking page shows.
type diary struct {
	Title  string
	Action string
	Cancel string // where to go instead
	Times  calls.Times
	Form   *form
	Wishes bool // the client says what they want of the call
}

// other names the coach's zone where its clock shows another time.
func (d diary) other(s call.Span) string {
	if here, there := clockIn(s.From, d.Times.Yours), clockIn(s.From, d.Times.Zone); here != there {
		return s.From.In(ical.Location(d.Times.Zone)).Format("Mon 15:04")
	}
	return ""
}

// soonDays are how many days with free times a page shows before it folds the
// rest away: a phone shows no more at a glance.
const soonDays = 5

// days are the days with free times: the next ones, and those after.
func (d diary) days() (soon, later []freeDay) {
	all := freeDays(d.Times.Free, d.Times.Yours)
	n := min(soonDays, len(all))
	return all[:n], all[n:]
}

func (v *visit) bookPage() error { return v.diary(fields(), http.StatusOK) }

func (v *visit) diary(f *form, status int) error {
	id, err := number[work.SharingID](v, "sharing")
	if err != nil {
		return err
	}
	times, err := do(v, calls.CallTimes, calls.OnSharing{Sharing: id})
	if err != nil {
		return err
	}
	d := diary{Title: "Book a call with " + times.Coach, Action: v.to("/coach/%d/book", id), Cancel: v.to("/calls"), Times: times, Form: f, Wishes: true}
	return v.showAs(status, d.Title, "coach", diaryView(v, d))
}

// pickedTime reads the time that was picked.
func pickedTime(f *form) (time.Time, error) {
	at, err := time.Parse(time.RFC3339, f.text("at"))
	if err != nil {
		return at, work.FieldError("at", "Choose one of the times.")
	}
	return at, nil
}

func (v *visit) book() error {
	id, err := number[work.SharingID](v, "sharing")
	if err != nil {
		return err
	}
	f, err := v.form()
	if err != nil {
		return err
	}
	at, err := pickedTime(f)
	var c calls.Call
	if err == nil {
		c, err = do(v, calls.Book, calls.BookCall{Sharing: id, At: at, Wish: f.text("wish")})
	}
	if err == nil {
		return v.leave(v.to("/calls/%d", c.ID), toast{Text: "Booked. Both of you get a mail with an entry for the calendar."})
	}
	if !f.refuse(err) {
		return err
	}
	return v.diary(f, http.StatusUnprocessableEntity)
}

func (v *visit) movePage() error { return v.moveDiary(fields(), http.StatusOK) }

func (v *visit) moveDiary(f *form, status int) error {
	c, err := v.call()
	if err != nil {
		return err
	}
	if c.Coach == nil {
		if f.Get("when") == "" {
			f = fields("when", c.From.In(ical.Location(c.Zone)).Format(localMinute))
		}
		return v.showAs(status, "Move the call", "coach", moveOwnView(v, c, f))
	}
	times, err := do(v, calls.MoveTimes, calls.AskCallTimes{Call: c.ID})
	if err != nil {
		return err
	}
	d := diary{Title: "Move the call", Action: v.to("/calls/%d/move", c.ID), Cancel: v.to("/calls/%d", c.ID), Times: times, Form: f}
	return v.showAs(status, d.Title, "coach", diaryView(v, d))
}

func (v *visit) moveCall() error {
	id, f, err := v.onCall()
	if err != nil {
		return err
	}
	var at time.Time
	if f.Has("when") { // of a call of one's own
		c, failed := v.call()
		if failed != nil {
			return failed
		}
		at, err = when(f, "when", c.Zone)
	} else {
		at, err = pickedTime(f)
	}
	if err == nil {
		_, err = do(v, calls.Move, calls.MoveCall{OnCall: calls.OnCall{Call: id}, At: at})
	}
	if err == nil {
		return v.leave(v.to("/calls/%d", id), toast{Text: "Moved. It is in the mail for the calendar."})
	}
	if !f.refuse(err) {
		return err
	}
	return v.moveDiary(f, http.StatusUnprocessableEntity)
}
