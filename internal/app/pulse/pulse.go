// Package pulse holds the two questions a member answers about their week.
// The answers are private: no operation shows them to anybody else.
package pulse

import (
	"context"
	"time"

	"baton/internal/app"
	"baton/internal/ical"
	"baton/internal/work"
)

// Operations lists what can be done with the pulse.
func Operations() []app.Operation { return []app.Operation{Show, Give, List} }

// The two questions.
const (
	FullQuestion    = "How full was your week?"
	MattersQuestion = "How much of it went to what matters to you?"
)

// A Pulse is what a member said of a week.
type Pulse struct {
	Week    ical.Date `json:"week" doc:"Its Monday"`
	Full    int       `json:"full,omitempty" doc:"1 had room to 5 far too full; absent when not said"`
	Matters int       `json:"matters,omitempty" doc:"1 hardly any to 5 most; absent when not said"`
	At      time.Time `json:"at,omitzero" doc:"When it was said"`
}

// A Current pulse is of the week that is answered for now.
type Current struct {
	Pulse
	Asked bool `json:"asked" doc:"The questions are open and it is time for them: at the end of the week, and not put off today"`
}

func view(p work.Pulse) Pulse {
	out := Pulse{Week: p.Week, Full: p.Full, Matters: p.Matters}
	if p.Said() {
		out.At = p.At
	}
	return out
}

// current loads what the actor said of the week that is answered for now.
func current(ctx context.Context, tx *app.Tx) (work.Pulse, error) {
	p := work.Pulse{Week: work.PulseWeek(tx.Today())}
	if err := tx.MembersOnly(); err != nil {
		return p, err
	}
	said, err := tx.Pulses(ctx, tx.Me.Person, p.Week)
	if err == nil && len(said) > 0 && said[0].Week == p.Week {
		p = said[0]
	}
	return p, err
}

// shown is the current pulse as the actor sees it. Who joined on the last two
// days of a week, or after it, is not asked about it.
func shown(ctx context.Context, tx *app.Tx, p work.Pulse) (Current, error) {
	out := Current{Pulse: view(p)}
	m, err := tx.Member(ctx, tx.Me.Person)
	if err == nil {
		there := ical.Today(m.JoinedAt, tx.Zone()).Compare(p.Week.AddDays(5)) < 0
		out.Asked = there && p.Asked(tx.Today())
	}
	return out, err
}

// Show shows the week that is answered for now.
var Show = app.Read(app.Describe{
	Name: "pulse.show", Method: "GET", Path: "pulse", Who: app.AnyMember, Summary: "See what you said of this week, and whether it is time to say it. Only you see it.",
}, func(ctx context.Context, tx *app.Tx, _ app.None) (Current, error) {
	p, err := current(ctx, tx)
	if err != nil {
		return Current{}, err
	}
	return shown(ctx, tx, p)
})

// An Answer is what a member says of the week.
type Answer struct {
	Full    int  `json:"full,omitempty" minimum:"0" maximum:"5" doc:"How full was your week? 1 had room to 5 far too full; 0 leaves what you said"`
	Matters int  `json:"matters,omitempty" minimum:"0" maximum:"5" doc:"How much of it went to what matters to you? 1 hardly any to 5 most; 0 leaves what you said"`
	Later   bool `json:"later,omitempty" doc:"Put the questions off: they are not asked again today"`
}

// Give answers for the week, one question or both. Until the Monday after the
// week is over another answer takes its place.
var Give = app.Write(app.Describe{
	Name: "pulse.give", Method: "POST", Path: "pulse", Who: app.AnyMember, Undo: "pulse.give", Summary: "Say how full your week was and how much of it went to what matters to you, or put it off. Only you see it.",
}, func(ctx context.Context, tx *app.Tx, in Answer) (Current, error) {
	p, err := current(ctx, tx)
	switch {
	case err != nil:
		return Current{}, err
	case in.Later && (in.Full != 0 || in.Matters != 0):
		return Current{}, work.FieldError("later", "Answer, or put the questions off; not both at once.")
	case in.Later:
		p.PutOff = tx.Today()
		if !p.Said() {
			p.At = tx.Now
		}
	default:
		if err := p.Give(in.Full, in.Matters, tx.Now); err != nil {
			return Current{}, err
		}
	}
	if err := tx.SavePulse(ctx, tx.Me.Person, p); err != nil {
		return Current{}, err
	}
	return shown(ctx, tx, p)
})

// List lists what the actor said of their weeks.
var List = app.Read(app.Describe{
	Name: "pulse.list", Method: "GET", Path: "pulses", Who: app.AnyMember, Summary: "See what you said of your weeks, the oldest first. Only you see it.",
}, func(ctx context.Context, tx *app.Tx, in app.Page) (app.List[Pulse], error) {
	if err := tx.MembersOnly(); err != nil {
		return app.List[Pulse]{}, err
	}
	all, err := tx.Pulses(ctx, tx.Me.Person, ical.Date{})
	if err != nil {
		return app.List[Pulse]{}, err
	}
	said := make([]Pulse, 0, len(all))
	for _, p := range all {
		if p.Said() {
			said = append(said, view(p))
		}
	}
	return app.Cut(said, in, func(p Pulse) string { return app.Key(p.Week.String()) })
})
