package calls

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"
	"time"

	"baton/internal/app"
	"baton/internal/call"
	"baton/internal/ical"
	"baton/internal/importer"
	"baton/internal/importer/calendar"
	"baton/internal/store"
	"baton/internal/work"
)

// Hours are the times a member keeps for calls as a coach. Only they see the
// rules; a client sees the free times that come of them.
type Hours struct {
	Zone    string        `json:"zone" doc:"IANA zone by whose clock the windows stand"`
	Windows []call.Window `json:"windows" doc:"Like Tue 14:00-17:00"`
	Length  work.Minutes  `json:"length" doc:"Minutes of a call"`
	Before  work.Minutes  `json:"before" doc:"Minutes kept free before a call"`
	After   work.Minutes  `json:"after" doc:"Minutes kept free after it"`
	Notice  int           `json:"notice" doc:"Hours from booking to the call at least"`
	Horizon int           `json:"horizon" doc:"Weeks ahead that can be booked"`
	Off     []ical.Date   `json:"off" doc:"Days without calls"`
	Version int64         `json:"version"`
}

func viewHours(h *call.Hours) Hours {
	v := Hours{h.Zone, h.Windows, h.Length, h.Before, h.After, h.Notice, h.Horizon, h.Off, h.Version}
	if v.Windows == nil {
		v.Windows = []call.Window{}
	}
	if v.Off == nil {
		v.Off = []ical.Date{}
	}
	return v
}

// hoursOf loads a member's hours.
func hoursOf(ctx context.Context, tx *app.Tx, person work.PersonID) (call.Hours, work.Person, error) {
	p, err := tx.Person(ctx, person)
	if err != nil {
		return call.Hours{}, p, err
	}
	h, err := tx.CoachHours(ctx, person, cmp.Or(p.Zone, tx.Zone()))
	return h, p, err
}

// ShowHours shows the actor's hours for calls.
var ShowHours = app.Read(app.Describe{
	Name: "hours.show", Method: "GET", Path: "coach/hours", Coaches: true, Who: app.AnyMember, Summary: "See the hours you keep for calls as a coach.",
}, func(ctx context.Context, tx *app.Tx, _ app.None) (Hours, error) {
	if err := tx.MembersOnly(); err != nil {
		return Hours{}, err
	}
	h, _, err := hoursOf(ctx, tx, tx.Me.Person)
	return viewHours(&h), err
})

// NewHours are changes to hours. Absent fields stay.
type NewHours struct {
	IfMatch app.Match     `header:"If-Match" json:"-" doc:"Refuse when the version is another"`
	Zone    *string       `json:"zone,omitempty" maxLength:"100"`
	Windows *string       `json:"windows,omitempty" maxLength:"2000" doc:"Windows between commas or on lines of their own: Tue 14:00-17:00, Mon-Fri 9-12"`
	Length  *work.Minutes `json:"length,omitempty" doc:"30, 45, 60 or 90"`
	Before  *work.Minutes `json:"before,omitempty"`
	After   *work.Minutes `json:"after,omitempty"`
	Notice  *int          `json:"notice,omitempty"`
	Horizon *int          `json:"horizon,omitempty"`
	Off     *[]ical.Date  `json:"off,omitempty"`
}

// EditHours changes the actor's hours. Calls that are booked stay booked.
var EditHours = app.Write(app.Describe{
	Name: "hours.edit", Method: "PATCH", Path: "coach/hours", Coaches: true, Who: app.AnyMember, Undo: "hours.edit", Summary: "Change the hours you keep for calls as a coach; booked calls stay.",
}, func(ctx context.Context, tx *app.Tx, in NewHours) (Hours, error) {
	if err := tx.MembersOnly(); err != nil {
		return Hours{}, err
	}
	h, _, err := hoursOf(ctx, tx, tx.Me.Person)
	if err != nil {
		return Hours{}, err
	}
	if err := tx.Fresh(ctx, in.IfMatch, h.Version, tx.Me.Person, "your hours for calls"); err != nil {
		return Hours{}, err
	}
	set(&h.Zone, in.Zone)
	set(&h.Length, in.Length)
	set(&h.Before, in.Before)
	set(&h.After, in.After)
	set(&h.Notice, in.Notice)
	set(&h.Horizon, in.Horizon)
	set(&h.Off, in.Off)
	if in.Windows != nil {
		if h.Windows, err = call.ParseWindows(*in.Windows); err != nil {
			return Hours{}, err
		}
	}
	if err := h.Check(); err != nil {
		return Hours{}, err
	}
	return viewHours(&h), tx.SaveCoachHours(ctx, &h)
})

func set[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}

// A Calendar is one the actor's busy times were read from.
type Calendar struct {
	Source string    `json:"source" doc:"Its name; reading it again replaces what it said"`
	At     time.Time `json:"at" doc:"When it was read"`
	Until  time.Time `json:"until" doc:"Up to when it was read"`
	Count  int       `json:"count" doc:"Busy times to come"`
}

// Calendars lists the calendars that say when the actor is busy.
var Calendars = app.Read(app.Describe{
	Name: "busy.list", Method: "GET", Path: "coach/busy", Coaches: true, Who: app.AnyMember, Summary: "List the calendars that say when you are busy.",
}, func(ctx context.Context, tx *app.Tx, in app.Page) (app.List[Calendar], error) {
	if err := tx.MembersOnly(); err != nil {
		return app.List[Calendar]{}, err
	}
	sources, err := tx.BusySources(ctx, tx.Me.Person, tx.Now)
	if err != nil {
		return app.List[Calendar]{}, err
	}
	all := make([]Calendar, len(sources))
	for i, s := range sources {
		all[i] = Calendar(s)
	}
	return app.Cut(all, in, func(c Calendar) string { return app.Key(c.Source) })
})

// reads is how far ahead a calendar is read: as far as can be booked, and some
// more.
const reads = 53 * 7 * 24 * time.Hour

// BusyFile is a calendar file.
type BusyFile struct {
	Source string    `query:"source" json:"-" maxLength:"100" doc:"The calendar's name, for a second one; calendar unless said"`
	Body   io.Reader `body:"raw" json:"-" doc:"The .ics file as it is"`
}

// ReadBusy keeps when a calendar file says the actor is busy: from when to
// when, and nothing else of it. It is read before the transaction begins.
var ReadBusy = app.Steps(app.Describe{
	Name: "busy.read", Method: "POST", Path: "coach/busy", Coaches: true, Who: app.AnyMember, Undo: "busy.forget", Summary: "Read from an .ics file when you are busy; only the times are kept, and reading a calendar again replaces them.",
}, func(ctx context.Context, a *app.App, me app.Actor, in BusyFile) (Calendar, error) {
	if in.Body == nil {
		return Calendar{}, work.Errorf(work.Invalid, "There is no file; send it as the body.")
	}
	in.Source = sourceName(in.Source)
	var about importer.Context
	err := a.Read(ctx, me, func(tx *app.Tx) error {
		if err := tx.MembersOnly(); err != nil {
			return err
		}
		h, p, err := hoursOf(ctx, tx, me.Person)
		about = importer.Context{Now: tx.Now, Zone: h.Zone, Me: []string{p.Name, p.Email}}
		return err
	})
	if err != nil {
		return Calendar{}, err
	}
	until, sum := about.Now.Add(reads), sha256.New()
	found, err := calendar.Busy(io.TeeReader(in.Body, sum), about, about.Now, until)
	if err != nil {
		return Calendar{}, err
	}
	keep := busyTimes{Source: in.Source, File: hex.EncodeToString(sum.Sum(nil)), until: until, spans: make([]call.Span, len(found))}
	for i, s := range found {
		keep.spans[i] = call.Span(s)
	}
	return app.Write(app.Describe{Name: "busy.read", Coaches: true}, keepBusy).Do(ctx, a, me, keep)
})

// busyTimes are what was read; the name and the file tell a repeated request.
type busyTimes struct {
	Source, File string
	until        time.Time
	spans        []call.Span
}

// keepBusy is the one transaction of ReadBusy.
func keepBusy(ctx context.Context, tx *app.Tx, in busyTimes) (Calendar, error) {
	there, err := tx.BusySources(ctx, tx.Me.Person, tx.Now)
	if err != nil {
		return Calendar{}, err
	}
	if len(there) >= mostCalendars && !has(there, in.Source) {
		return Calendar{}, work.Errorf(work.Conflict, "You have %d calendars here; forget one first.", len(there))
	}
	return Calendar{in.Source, tx.Now, in.until, len(in.spans)}, tx.ReplaceBusy(ctx, tx.Me.Person, in.Source, tx.Now, in.until, in.spans)
}

const mostCalendars = 10

func has(all []store.BusySource, name string) bool {
	for _, s := range all {
		if s.Source == name {
			return true
		}
	}
	return false
}

func sourceName(text string) string {
	return strings.ToLower(cmp.Or(work.OneLine(text), "calendar"))
}

// AskCalendar names a calendar.
type AskCalendar struct {
	Source string `query:"source" json:"-" maxLength:"100" doc:"The calendar's name; calendar unless said"`
}

// ForgetBusy forgets a calendar and when it says the actor is busy.
var ForgetBusy = app.Write(app.Describe{
	Name: "busy.forget", Method: "DELETE", Path: "coach/busy", Coaches: true, Who: app.AnyMember, Undo: "busy.read", Summary: "Forget a calendar, and when it says you are busy.",
}, func(ctx context.Context, tx *app.Tx, in AskCalendar) (app.None, error) {
	if err := tx.MembersOnly(); err != nil {
		return app.None{}, err
	}
	return app.None{}, tx.DropBusy(ctx, tx.Me.Person, sourceName(in.Source))
})
