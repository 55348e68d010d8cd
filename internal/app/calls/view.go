package calls

import (
	"context"
	"fmt"
	"time"

	"baton/internal/app"
	"baton/internal/call"
	"baton/internal/ical"
	"baton/internal/mail"
	"baton/internal/work"
)

// A Side of a call.
type Side struct {
	ID   work.PersonID `json:"id"`
	Name string        `json:"name"`
	Zone string        `json:"zone"`
}

// A Call as one of its sides sees it.
type Call struct {
	ID         work.CallID    `json:"id"`
	Sharing    work.SharingID `json:"sharing,omitempty" doc:"What the client shows, and to whom"`
	Client     Side           `json:"client" doc:"Whose call it is"`
	Coach      *Side          `json:"coach,omitempty" doc:"Absent: a call of your own, without a coach"`
	Mine       bool           `json:"mine" doc:"You are the client"`
	State      call.State     `json:"state" enum:"booked,running,ended,cancelled,not_held" doc:"Where it stands"`
	From       time.Time      `json:"from" doc:"When it begins"`
	To         time.Time      `json:"to" doc:"When it ends"`
	BeginsFrom time.Time      `json:"begins_from,omitzero" doc:"Booked: when it can begin at the earliest"`
	Zone       string         `json:"zone" doc:"By whose clock you read"`
	Wish       string         `json:"wish,omitempty" doc:"What the client wants of it"`
	Reason     string         `json:"reason,omitempty" doc:"Why it was cancelled"`
	BegunAt    time.Time      `json:"begun_at,omitzero" doc:"When it was begun"`
	ClosedAt   time.Time      `json:"closed_at,omitzero" doc:"When it ended, or was cancelled"`
	Unsaid     bool           `json:"unsaid,omitempty" doc:"Its time is over, and nobody said whether it took place"`
	Sequence   int            `json:"sequence" doc:"How often its time changed, for calendars"`
	Version    int64          `json:"version"`
	Notes      []Note         `json:"notes,omitempty" doc:"Yours, and those both see"`
	Decisions  []Decision     `json:"decisions,omitempty" doc:"What was decided, or proposed"`
	Before     *Before        `json:"before,omitempty" doc:"What became of the call before"`
	Walk       *Walk          `json:"walk,omitempty" doc:"Of a call of your own that goes on: where you are in it"`
	Next       *Call          `json:"next,omitempty" doc:"The next call of your own, when it was planned with the end of this one"`
}

// A Note of a call.
type Note struct {
	By     string    `json:"by"`
	Mine   bool      `json:"mine"`
	Shared bool      `json:"shared" doc:"Both see it; otherwise you alone"`
	Text   string    `json:"text"`
	At     time.Time `json:"at"`
}

// short shows a call without what was said in it, as the actor reads it.
func short(ctx context.Context, tx *app.Tx, c *call.Call) (Call, error) {
	zone, err := clock(ctx, tx)
	if err != nil {
		return Call{}, err
	}
	out := Call{
		ID: c.ID, Sharing: c.Sharing, Mine: tx.Me.Person == c.Client, State: c.State, From: c.From, To: c.To, Zone: zone, Wish: c.Wish, Reason: c.Reason,
		BegunAt: c.BegunAt, ClosedAt: c.ClosedAt, Unsaid: c.Open() && c.Asked, Sequence: c.Sequence, Version: c.Version,
	}
	if c.State == call.Booked {
		out.BeginsFrom = c.BeginsFrom()
	}
	if out.Client, err = side(ctx, tx, c.Client); err != nil || c.Coach == 0 {
		return out, err
	}
	coach, err := side(ctx, tx, c.Coach)
	if err != nil {
		return out, err
	}
	out.Coach = &coach
	if out.Wish == "" && out.Reason == "" {
		return out, nil
	}
	words, err := Words(ctx, tx, c, tx.Me.Person)
	if err != nil {
		return out, err
	}
	out.Wish, out.Reason = words(out.Wish), words(out.Reason)
	return out, nil
}

func side(ctx context.Context, tx *app.Tx, id work.PersonID) (Side, error) {
	p, err := tx.Person(ctx, id)
	if err != nil {
		return Side{}, err
	}
	zone, err := tx.ZoneOf(ctx, &p)
	return Side{p.ID, p.Name, zone}, err
}

// view shows a call with what was said in it.
func view(ctx context.Context, tx *app.Tx, c *call.Call) (Call, error) {
	out, err := short(ctx, tx, c)
	if err != nil {
		return out, err
	}
	if err := out.addNotes(ctx, tx, c); err != nil {
		return out, err
	}
	if out.Decisions, err = decisions(ctx, tx, c); err != nil {
		return out, err
	}
	if out.Before, err = before(ctx, tx, c); err != nil {
		return out, err
	}
	return out, out.walk(ctx, tx, c)
}

// addNotes adds the actor's notes and those both see.
func (out *Call) addNotes(ctx context.Context, tx *app.Tx, c *call.Call) error {
	notes, err := tx.CallNotes(ctx, c.ID, tx.Me.Person)
	if err != nil || len(notes) == 0 {
		return err
	}
	words, err := Words(ctx, tx, c, tx.Me.Person)
	if err != nil {
		return err
	}
	for _, n := range notes {
		by := out.Client.Name
		if n.Author != c.Client && out.Coach != nil {
			by = out.Coach.Name
		}
		mine := n.Author == tx.Me.Person
		if !mine {
			n.Text = words(n.Text)
		}
		out.Notes = append(out.Notes, Note{by, mine, n.Shared, n.Text, n.At})
	}
	return nil
}

// List lists the calls the actor takes part in, the latest first.
var List = app.Read(app.Describe{
	Name: "call.list", Coaches: true, Method: "GET", Path: "calls", Who: app.AnyMember, Summary: "List your calls, as a client and as a coach, the latest first.",
}, func(ctx context.Context, tx *app.Tx, in app.Page) (app.List[Call], error) {
	if err := tx.MembersOnly(); err != nil {
		return app.List[Call]{}, err
	}
	all, err := tx.CallsOf(ctx, tx.Me.Person)
	if err != nil {
		return app.List[Call]{}, err
	}
	list := make([]Call, len(all))
	for i := range all {
		if list[i], err = short(ctx, tx, &all[i]); err != nil {
			return app.List[Call]{}, err
		}
	}
	return app.Cut(list, in, func(c Call) string { return app.Key(-c.From.UnixMicro(), -int64(c.ID)) })
})

// Show shows a call.
var Show = app.Read(app.Describe{
	Name: "call.show", Coaches: true, Method: "GET", Path: "calls/{call}", Who: app.AParty, Summary: "Look at a call: when it is, what was noted and decided, and what became of the one before.",
}, func(ctx context.Context, tx *app.Tx, in AskCall) (Call, error) {
	c, err := ours(ctx, tx, in.Call)
	if err != nil {
		return Call{}, err
	}
	return view(ctx, tx, &c)
})

// An Entry is a call for a calendar.
type Entry struct {
	Calendar string `json:"calendar" doc:"An iCalendar file; it moves and cancels the entry that is there already"`
}

// ShowEntry hands out a call for a calendar.
var ShowEntry = app.Read(app.Describe{
	Name: "call.entry", Coaches: true, Method: "GET", Path: "calls/{call}/entry", Who: app.AParty, Summary: "Take a call to your calendar, as an .ics file.",
}, func(ctx context.Context, tx *app.Tx, in AskCall) (Entry, error) {
	c, err := ours(ctx, tx, in.Call)
	if err != nil {
		return Entry{}, err
	}
	if c.Coach == 0 && c.BegunAt.Equal(c.From) {
		return Entry{}, work.Errorf(work.Conflict, "This call of your own was at no fixed time.")
	}
	text, err := CalendarOf(ctx, tx, &c, tx.Me.Person)
	return Entry{text}, err
})

// CalendarOf renders a call for the calendar of a reader: one of their own as
// published, with nobody to ask.
func CalendarOf(ctx context.Context, tx *app.Tx, c *call.Call, reader work.PersonID) (string, error) {
	words, err := Words(ctx, tx, c, reader)
	if err != nil {
		return "", err
	}
	client, err := tx.Person(ctx, c.Client)
	if err != nil {
		return "", err
	}
	coach := client
	if c.Coach != 0 {
		if coach, err = tx.Person(ctx, c.Coach); err != nil {
			return "", err
		}
	}
	ws := tx.Workspace().ID
	e := mail.Entry{
		UID: fmt.Sprintf("call-%d-%d-%x@baton", ws, c.ID, c.CreatedAt.UnixMicro()), Sequence: c.Sequence, Cancelled: c.State == call.Cancelled,
		From: c.From, To: c.To, Stamp: tx.Now, Title: fmt.Sprintf("Strategy call: %s and %s", client.Name, coach.Name), Text: words(c.Wish),
		URL:       fmt.Sprintf("%s/w/%d/calls/%d", tx.App.URL, ws, c.ID),
		Organizer: mail.Attendee{Name: coach.Name, Email: coach.Email},
		Attendees: []mail.Attendee{{Name: coach.Name, Email: coach.Email}, {Name: client.Name, Email: client.Email}},
	}
	if c.Coach == 0 {
		e.Title, e.Attendees = "A strategy call of your own", nil
	}
	return e.Calendar(), nil
}

// WhenWords say when a call is by the clock of a zone.
func WhenWords(c *call.Call, zone string) string {
	loc := ical.Location(zone)
	return fmt.Sprintf("%s – %s (%s)", c.From.In(loc).Format("Monday 2 January 2006, 15:04"), c.To.In(loc).Format("15:04"), zone)
}
