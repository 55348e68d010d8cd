package history

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/app/guards"
	"baton/internal/ical"
	"baton/internal/store"
	"baton/internal/work"
)

// AskLedger says which span of time the ledger covers.
type AskLedger struct {
	Days  int    `query:"days" json:"-" minimum:"1" maximum:"3660" doc:"The last so many days; 91 unless said"`
	Every int    `query:"every" json:"-" minimum:"0" maximum:"3660" doc:"Also over time, in periods of so many days"`
	By    string `query:"by" json:"-" enum:"week,quarter" doc:"Also over time, by the weeks or quarters of the calendar"`
}

// cut says how the periods are cut, nil for none.
func (in AskLedger) cut(zone string) (work.Cut, error) {
	switch {
	case in.By != "" && in.Every > 0:
		return nil, work.FieldError("every", "Periods are so many days long (every), or weeks or quarters of the calendar (by); say one of them.")
	case in.By == "week":
		return work.EveryWeek(ical.Location(zone)), nil
	case in.By == "quarter":
		return work.EveryQuarter(ical.Location(zone)), nil
	case in.By != "":
		return nil, work.FieldError("by", "Periods are by week or by quarter, not by %q; every takes a number of days.", in.By)
	case in.Every > 0:
		return work.EveryDays(in.Every), nil
	}
	return nil, nil
}

// Ledger computes the five promises for the actor.
var Ledger = app.Read(app.Describe{
	Name: "ledger.show", Method: "GET", Path: "ledger", Who: app.AnyMember, Summary: "See the five promises as numbers, with their formulas.",
}, func(ctx context.Context, tx *app.Tx, in AskLedger) (work.Ledger, error) {
	from, to := span(tx, in.Days)
	cut, err := in.cut(tx.Zone())
	if err != nil {
		return work.Ledger{}, err
	}
	b, err := books(ctx, tx, from)
	if err != nil {
		return work.Ledger{}, err
	}
	l := b.Ledger(from, to)
	l.Currency = tx.Workspace().Currency
	if cut != nil {
		l.Periods = b.Periods(l.From, l.To, cut)
	}
	for i := range l.Promises {
		switch p := &l.Promises[i]; p.Name {
		case work.LessOverload:
			err = besides(ctx, tx, p, from, to)
		case work.Space:
			shares := [][]work.FocusShare{p.Focus}
			for _, one := range l.Periods {
				shares = append(shares, one.Focus)
			}
			err = nameFocus(ctx, tx, shares...)
		}
		if err != nil {
			return l, err
		}
	}
	return l, nil
})

// span is the last so many days, a quarter of a year unless said.
func span(tx *app.Tx, days int) (from, to time.Time) {
	if days <= 0 {
		days = 91
	}
	return tx.Now.AddDate(0, 0, -days), tx.Now.Add(time.Second)
}

// besides says what stands beside the hours handed off: the actor's capacity,
// what their week holds now, and what they did themselves in the span.
func besides(ctx context.Context, tx *app.Tx, p *work.Promise, from, to time.Time) error {
	week, err := delegations.Load.Within(ctx, tx, app.None{})
	if err != nil {
		return err
	}
	done, err := tx.Finished(ctx, tx.Me.Person, from, to)
	if err != nil {
		return err
	}
	const weekly = "hours a week"
	p.Amounts = append(p.Amounts,
		work.Hours("capacity", week.Capacity, weekly), work.Hours("planned", week.Total, weekly),
		work.Hours("done", work.Minutes(float64(done)*7*24/to.Sub(from).Hours()), weekly))
	return nil
}

// nameFocus says what the focus areas are called.
func nameFocus(ctx context.Context, tx *app.Tx, lists ...[]work.FocusShare) error {
	names, err := focusNames(ctx, tx)
	for _, shares := range lists {
		for i := range shares {
			shares[i].Name = names[shares[i].Focus]
		}
	}
	return err
}

func focusNames(ctx context.Context, tx *app.Tx) (map[work.FocusAreaID]string, error) {
	areas, err := tx.FocusAreas(ctx, tx.Me.Person)
	names := map[work.FocusAreaID]string{}
	for _, f := range areas {
		names[f.ID] = f.Name
	}
	return names, err
}

// books are all the actor's ledger is computed from. Periods may begin up to a
// quarter before the span, so that what was recorded then is in them.
func books(ctx context.Context, tx *app.Tx, from time.Time) (*work.Books, error) {
	if err := tx.MembersOnly(); err != nil {
		return nil, err
	}
	since := from.AddDate(0, -3, -1)
	me, err := tx.Member(ctx, tx.Me.Person)
	if err != nil {
		return nil, err
	}
	b := &work.Books{Me: me.Person, Zone: tx.Zone(), HourPrice: me.HourPrice, Lines: map[work.DelegationID]work.LedgerLine{}}
	if b.Events, err = tx.EventsOfGiver(ctx, b.Me); err != nil {
		return nil, err
	}
	given, err := tx.Delegations(ctx, store.DelegationFilter{Giver: b.Me})
	if err != nil {
		return nil, err
	}
	for _, d := range given {
		line := work.LedgerLine{Kind: d.Kind, Giver: d.Giver, Receiver: d.Receiver, Standing: d.Standing(), Effort: d.Terms.Effort}
		if d.Terms.Per == work.PerWhole {
			line.Price = d.Terms.Price
		}
		b.Lines[d.ID] = line
	}
	if b.Focus, err = tx.FocusEntries(ctx, b.Me, since); err != nil {
		return nil, err
	}
	if b.Pulses, err = tx.Pulses(ctx, b.Me, ical.Today(since, tx.Zone())); err != nil {
		return nil, err
	}
	b.Steps, err = guards.Steps(ctx, tx, since)
	return b, err
}

// AskSources says of which promise, and of which span, what it is made of is
// wanted.
type AskSources struct {
	app.Page
	Promise string `query:"promise" json:"-" enum:"less_overload,space_for_what_matters,people_who_grow,work_done_well,trust" doc:"less_overload unless said"`
	Days    int    `query:"days" json:"-" minimum:"1" maximum:"3660" doc:"The last so many days; 91 unless said"`
}

// A Source is one thing a promise is made of.
type Source struct {
	Event
	With    string       `json:"with,omitempty" doc:"Who carries what it belongs to"`
	Counts  []string     `json:"counts,omitempty" doc:"What it counts as"`
	Minutes work.Minutes `json:"minutes,omitempty" doc:"What it adds to the promise's hours; below zero, what it cost"`
}

// Sources lists what a promise of the actor's ledger is made of.
var Sources = app.Read(app.Describe{
	Name: "ledger.sources", Method: "GET", Path: "ledger/sources", Who: app.AnyMember,
	Summary: "See what a promise of your ledger is made of, the newest first. Decisions at level 7 are counted and told to nobody.",
}, func(ctx context.Context, tx *app.Tx, in AskSources) (app.List[Source], error) {
	out := app.List[Source]{Items: []Source{}}
	from, to := span(tx, in.Days)
	b, err := books(ctx, tx, from)
	if err != nil {
		return out, err
	}
	in.Promise = cmp.Or(in.Promise, work.LessOverload)
	if !slices.Contains(promiseNames, in.Promise) {
		return out, work.FieldError("promise", "There is no promise called %q; it is one of: less_overload, space_for_what_matters, people_who_grow, work_done_well, trust.", in.Promise)
	}
	// The viewer would hide these too; left out here, pages stay full and the count true.
	all := slices.DeleteFunc(b.Sources(in.Promise, from, to), func(s work.LedgerSource) bool {
		return s.Event.Kind == work.DecisionMade && s.Event.Detail.Level == work.Autonomous
	})
	at := 0
	if in.After != "" {
		if at, err = strconv.Atoi(in.After); err != nil || at < 0 || at > len(all) {
			return out, app.ErrAfter()
		}
	}
	out.Count = int64(len(all))
	all = all[at:]
	if len(all) > in.Size() {
		all = all[:in.Size()]
		out.Next = strconv.Itoa(at + in.Size())
	}
	out.Items, err = sources(ctx, tx, all)
	return out, err
})

var promiseNames = []string{work.LessOverload, work.Space, work.Growth, work.DoneWell, work.Trust}

// sources shows them as the actor reads them.
func sources(ctx context.Context, tx *app.Tx, all []work.LedgerSource) ([]Source, error) {
	names, err := focusNames(ctx, tx)
	if err != nil {
		return nil, err
	}
	v := viewer{tx: tx, names: map[work.PersonID]string{}, seen: map[work.DelegationID]*work.Delegation{}, votes: map[work.VoteID]string{}}
	out := []Source{}
	for _, s := range all {
		shown := &Event{At: s.Event.At, Kind: FocusGiven, Title: names[s.Focus]}
		switch {
		case s.Event.Kind == work.PulseGiven:
			shown = &Event{At: s.Event.At, Kind: s.Event.Kind, Title: s.Event.Detail.Text}
		case s.Focus == 0:
			if shown, err = v.show(ctx, s.Event); err != nil {
				return nil, err
			}
		}
		if shown == nil {
			continue
		}
		one := Source{Event: *shown, Counts: s.Counts, Minutes: s.Minutes}
		if d := v.seen[s.Event.Delegation]; d != nil {
			one.With = d.Name(d.Receiver)
		}
		out = append(out, one)
	}
	return out, nil
}

// FocusGiven is what time given to a focus area is called among events.
const FocusGiven work.EventKind = "focus_given"
