package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"baton/internal/app"
	"baton/internal/app/calls"
	"baton/internal/call"
	"baton/internal/ical"
	"baton/internal/work"
)

// coachHoursPages registers the hours a member keeps for calls as a coach.
func (s *server) coachHoursPages() {
	s.member("GET /coach/hours", (*visit).coachHoursPage)
	s.member("POST /coach/hours", (*visit).saveCoachHours)
	s.upload("POST /coach/busy", (*visit).readBusy)
	s.member("POST /coach/busy/end", (*visit).forgetBusy)
}

// officeHours is what the page of a coach's hours shows.
type officeHours struct {
	Form      *form // the hours
	File      *form // a calendar to read
	Calendars []calls.Calendar
	Times     calls.Times // the next two weeks
	Clash     *clash
}

func (v *visit) officeHours() (officeHours, error) {
	o := officeHours{File: fields()}
	h, err := do(v, calls.ShowHours, app.None{})
	if err != nil {
		return o, err
	}
	o.Form = hoursForm(h)
	all, err := do(v, calls.Calendars, app.Whole)
	if err != nil {
		return o, err
	}
	o.Calendars = all.Items
	o.Times, err = do(v, calls.FreeTimes, calls.AskFree{Days: 14})
	return o, err
}

func hoursForm(h calls.Hours) *form {
	off := make([]string, len(h.Off))
	for i, d := range h.Off {
		off[i] = d.String()
	}
	return fields("version", idField(h.Version), "windows", strings.ReplaceAll(call.WindowWords(h.Windows), ", ", "\n"), "zone", h.Zone,
		"length", idField(h.Length), "before", strconv.Itoa(int(h.Before)), "after", strconv.Itoa(int(h.After)),
		"notice", strconv.Itoa(h.Notice), "horizon", strconv.Itoa(h.Horizon), "off", strings.Join(off, "\n"))
}

func (v *visit) coachHoursPage() error {
	o, err := v.officeHours()
	if err != nil {
		return err
	}
	return v.show("Hours for calls", "coach", coachHoursView(v, o))
}

// hoursLabels name the fields of the form, in its order.
var hoursLabels = map[string]string{
	"windows": "Times in a week", "zone": "Time zone", "length": "A call takes", "before": "Free before, minutes", "after": "Free after, minutes",
	"notice": "Hours ahead at least", "horizon": "Weeks ahead at most", "off": "Days without calls",
}

var hoursFields = []string{"windows", "zone", "length", "before", "after", "notice", "horizon", "off"}

func (v *visit) saveCoachHours() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	in, err := newHours(f)
	if err == nil {
		_, err = do(v, calls.EditHours, in)
	}
	if err == nil {
		return v.leave(v.to("/coach/hours"), toast{Text: "Saved. Calls that are booked stay."})
	}
	o, again := v.officeHours()
	if again != nil {
		return again
	}
	status := http.StatusUnprocessableEntity
	if work.KindOf(err) == work.Stale {
		o.Clash, status = newClash(err, f, o.Form, hoursFields, hoursLabels, v.to("/coach/hours")), http.StatusConflict
	} else if !f.refuse(err, hoursFields...) {
		return err
	}
	o.Form = f
	return v.showAs(status, "Hours for calls", "coach", coachHoursView(v, o))
}

// newHours reads the form of a coach's hours.
func newHours(f *form) (calls.NewHours, error) {
	in := calls.NewHours{IfMatch: f.seen(), Zone: f.ptr("zone"), Windows: f.ptr("windows")}
	for name, to := range map[string]**work.Minutes{"length": &in.Length, "before": &in.Before, "after": &in.After} {
		n, err := wholeNumber(f, name)
		if err != nil {
			return in, err
		}
		m := work.Minutes(n)
		*to = &m
	}
	for name, to := range map[string]**int{"notice": &in.Notice, "horizon": &in.Horizon} {
		n, err := wholeNumber(f, name)
		if err != nil {
			return in, err
		}
		*to = &n
	}
	days := []ical.Date{}
	for _, text := range f.lines("off") {
		d, err := ical.ParseDate(text)
		if err != nil {
			return in, work.FieldError("off", "%q is not a date; write one a line, like 2026-12-24.", text)
		}
		days = append(days, d)
	}
	in.Off = &days
	return in, nil
}

func wholeNumber(f *form, name string) (int, error) {
	n, err := strconv.Atoi(f.text(name))
	if err != nil {
		return 0, work.FieldError(name, "Write a whole number.")
	}
	return n, nil
}

func (v *visit) readBusy() error {
	u, err := v.readUpload()
	var read calls.Calendar
	if err == nil {
		read, err = do(v, calls.ReadBusy, calls.BusyFile{Source: u.form.text("source"), Body: u.file})
	}
	if err == nil {
		return v.leave(v.to("/coach/hours"), toast{Text: capital(read.Source) + " is read: " + plural(read.Count, "busy time", "busy times") + ". Only the times are kept."})
	}
	f := fields()
	if u != nil {
		f = u.form
	}
	if !f.refuse(err, "file", "source") {
		return err
	}
	o, err := v.officeHours()
	if err != nil {
		return err
	}
	o.File = f
	return v.showAs(http.StatusUnprocessableEntity, "Hours for calls", "coach", coachHoursView(v, o))
}

func (v *visit) forgetBusy() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	_, err = do(v, calls.ForgetBusy, calls.AskCalendar{Source: f.text("source")})
	return v.act(v.to("/coach/hours"), err, "Forgotten.")
}

// lengthOptions are how long a call can be.
func lengthOptions() []option {
	out := make([]option, len(call.Lengths))
	for i, m := range call.Lengths {
		out[i] = option{idField(m), idField(m) + " minutes"}
	}
	return out
}

// A freeDay is one day's free times, by the clock of the reader.
type freeDay struct {
	Day   string
	Times []call.Span
}

// freeDays groups free times by the reader's days.
func freeDays(free []call.Span, zone string) (out []freeDay) {
	var last ical.Date
	for _, s := range free {
		d := ical.DateOf(s.From.In(ical.Location(zone)))
		if d != last {
			out, last = append(out, freeDay{Day: d.In(time.UTC).Format("Monday 2 January")}), d
		}
		out[len(out)-1].Times = append(out[len(out)-1].Times, s)
	}
	return out
}

// clockIn says a moment by the clock of a zone.
func clockIn(t time.Time, zone string) string { return t.In(ical.Location(zone)).Format("15:04") }

// zoneWords names a zone as people say it: "Chicago (CST)".
func zoneWords(zone string, at time.Time) string {
	place := zone[strings.LastIndexByte(zone, '/')+1:]
	short := at.In(ical.Location(zone)).Format("MST")
	if strings.HasPrefix(short, "+") || strings.HasPrefix(short, "-") {
		short = "UTC" + at.In(ical.Location(zone)).Format("-07:00")
	}
	return strings.ReplaceAll(place, "_", " ") + " (" + short + ")"
}
