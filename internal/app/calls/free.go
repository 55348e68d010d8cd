package calls

import (
	"context"
	"time"

	"baton/internal/app"
	"baton/internal/call"
	"baton/internal/ical"
	"baton/internal/work"
)

// Times are when a coach is free for a call.
type Times struct {
	Coach  string       `json:"coach" doc:"The coach's name"`
	Zone   string       `json:"zone" doc:"The coach's"`
	Yours  string       `json:"your_zone" doc:"The zone by whose clock you read"`
	Length work.Minutes `json:"length" doc:"Minutes of a call"`
	Free   []call.Span  `json:"free" doc:"Each a whole call, in order; at most 1000"`
	Stale  bool         `json:"stale,omitempty" doc:"A calendar of the coach's was read more than four weeks ago; for the coach alone"`
}

// mostTimes is how many free times one answer holds.
const mostTimes = 1000

// AskFree asks for free times.
type AskFree struct {
	From ical.Date `query:"from" json:"-" doc:"Those from this day on, by your clock; from now on unless said"`
	Days int       `query:"days" json:"-" minimum:"1" maximum:"182" doc:"So many days of them; as far as can be booked unless said"`
}

// span is what is asked about, by the clock of a zone.
func (in AskFree) span(now time.Time, zone string) call.Span {
	from := now
	if start := in.From.In(ical.Location(zone)); !in.From.IsZero() && start.After(now) {
		from = start
	}
	if in.Days <= 0 {
		in.Days = 183
	}
	return call.Span{From: from, To: ical.Today(from, zone).AddDays(in.Days).In(ical.Location(zone))}
}

// clock is the zone by whose clock the actor reads.
func clock(ctx context.Context, tx *app.Tx) (string, error) {
	me, err := side(ctx, tx, tx.Me.Person)
	return me.Zone, err
}

// FreeTimes shows the actor when their hours are free, as a client sees it.
var FreeTimes = app.Read(app.Describe{
	Name: "free.show", Method: "GET", Path: "coach/free", Coaches: true, Who: app.AnyMember, Summary: "See when your hours for calls are free, as your clients do.",
}, func(ctx context.Context, tx *app.Tx, in AskFree) (Times, error) {
	if err := tx.MembersOnly(); err != nil {
		return Times{}, err
	}
	zone, err := clock(ctx, tx)
	if err != nil {
		return Times{}, err
	}
	out, err := freeTimes(ctx, tx, tx.Me.Person, in.span(tx.Now, zone), 0)
	out.Yours = zone
	if err != nil {
		return out, err
	}
	sources, err := tx.BusySources(ctx, tx.Me.Person, tx.Now)
	for _, s := range sources {
		out.Stale = out.Stale || s.At.Before(tx.Now.AddDate(0, 0, -28))
	}
	return out, err
})

// freeTimes are when a coach is free in a span; but is a call that is about to
// move and takes no time of its own.
func freeTimes(ctx context.Context, tx *app.Tx, coach work.PersonID, in call.Span, but work.CallID) (Times, error) {
	h, p, err := hoursOf(ctx, tx, coach)
	out := Times{Coach: p.Name, Zone: h.Zone, Length: h.Length, Free: []call.Span{}}
	if err != nil || p.Gone(ical.Today(tx.Now, h.Zone)) {
		return out, err
	}
	taken := call.Taken{Absences: p.Absences}
	wide := call.Span{From: in.From.AddDate(0, 0, -1), To: in.To.AddDate(0, 0, 1)}
	if taken.Busy, err = tx.Busy(ctx, coach, wide.From, wide.To); err != nil {
		return out, err
	}
	if taken.Calls, err = tx.BookedSpans(ctx, coach, wide.From, wide.To, but); err != nil {
		return out, err
	}
	free := h.Free(tx.Now, in.From, in.To, taken)
	out.Free = append(out.Free, free[:min(len(free), mostTimes)]...)
	return out, nil
}
