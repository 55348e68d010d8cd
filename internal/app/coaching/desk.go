package coaching

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/app/guards"
	"baton/internal/app/history"
	"baton/internal/app/tasks"
	"baton/internal/coach"
	"baton/internal/guard"
	"baton/internal/store"
	"baton/internal/work"
)

// How far back promises go, and how much of a plate and of the let-go list a
// packet holds: what fits on paper and in a call.
const (
	spanDays  = 91
	mostTasks = 200
	mostLetGo = 20
	ranking   = 10 // of the let-go list, for the question of what has no verdict
)

// A desk is where a packet is put together, from what its client sees.
type desk struct {
	tx     *app.Tx // the client's
	coach  work.PersonID
	parts  []work.SharedPart
	asks   string
	named  []work.PersonID // third parties who agreed
	thirds []Third
	packet Packet
	facts  coach.Facts

	open   map[work.AreaID]bool             // areas the whole workspace knows
	passed []*work.Delegation               // the client's, of the span
	begun  map[work.TaskID]*work.Delegation // going, or drafted
}

func (d *desk) shows(p work.SharedPart) bool { return slices.Contains(d.parts, p) }

// partsOf reads a list of parts; "" is all of them.
func partsOf(typed string) ([]work.SharedPart, error) {
	if strings.TrimSpace(typed) == "" {
		return work.SharedParts, nil
	}
	var out []work.SharedPart
	for _, p := range strings.Split(typed, ",") {
		out = append(out, work.SharedPart(strings.TrimSpace(p)))
	}
	s, err := work.Share(work.Act{By: 1}, 2, out, "")
	return s.Parts, err
}

// build puts the packet together, each part only when it is shown.
func (d *desk) build(ctx context.Context) error {
	d.packet = Packet{At: d.tx.Now, Zone: d.tx.Zone(), Parts: d.parts}
	for _, p := range []struct {
		id work.PersonID
		to *string
	}{{d.tx.Me.Person, &d.packet.Client}, {d.coach, &d.packet.Coach}} {
		if p.id == 0 {
			continue
		}
		who, err := d.tx.Person(ctx, p.id)
		if err != nil {
			return err
		}
		*p.to = who.Name
	}
	for _, step := range []struct {
		want bool
		do   func(context.Context) error
	}{
		{true, d.readAreas},
		{true, d.readPassed},
		{d.shows(work.ShareHours), d.hours},
		{d.shows(work.SharePlate) || d.shows(work.ShareLetGo), d.tasks},
		{d.shows(work.SharePromises), d.promises},
		{d.shows(work.ShareMirror), d.mirror},
	} {
		if !step.want {
			continue
		}
		if err := step.do(ctx); err != nil {
			return err
		}
	}
	if d.shows(work.ShareQuestions) {
		d.packet.Questions = &QuestionsPart{Asks: d.asks, Questions: coach.Questions(&d.facts)}
	}
	return nil
}

func (d *desk) readAreas(ctx context.Context) error {
	areas, err := d.tx.Areas(ctx, d.tx.Me.Person)
	d.open = map[work.AreaID]bool{0: true}
	for _, a := range areas {
		d.open[a.ID] = a.Owner == 0 || a.Owner == d.tx.Me.Person && d.shows(work.SharePrivate)
	}
	return err
}

// readPassed reads the delegations of the span between the client and others.
// Drafts are their giver's alone; those of work in private areas are left out
// unless that is shown.
func (d *desk) readPassed(ctx context.Context) error {
	all, err := d.tx.Delegations(ctx, store.DelegationFilter{Party: d.tx.Me.Person})
	if err != nil {
		return err
	}
	since := d.tx.Now.AddDate(0, 0, -spanDays)
	d.begun = map[work.TaskID]*work.Delegation{}
	var about []work.TaskID
	for _, one := range all {
		if one.State != work.Ended {
			d.begun[one.Task] = one
		}
		if one.State != work.Draft && (one.State != work.Ended || !one.EndedAt.Before(since)) {
			d.passed, about = append(d.passed, one), append(about, one.Task)
		}
	}
	found, err := d.tx.TasksByID(ctx, about)
	d.passed = slices.DeleteFunc(d.passed, func(one *work.Delegation) bool { return !d.open[found[one.Task].Area] })
	return err
}

// appears notes that the other side of a delegation appears in the packet.
func (d *desk) appears(one *work.Delegation) {
	who := one.Other(d.tx.Me.Person)
	if who == 0 || who == d.coach || slices.ContainsFunc(d.thirds, func(t Third) bool { return t.Person == who }) {
		return
	}
	d.thirds = append(d.thirds, Third{Person: who, Delegation: one.ID})
}

func (d *desk) byID(id work.DelegationID) *work.Delegation {
	i := slices.IndexFunc(d.passed, func(one *work.Delegation) bool { return one.ID == id })
	if i < 0 {
		return nil
	}
	return d.passed[i]
}

// steppingIn are the counts of the ledger that the mirror is made of: nobody
// sees them who does not see the mirror.
var steppingIn = []string{
	"interventions", string(work.UpdateRequested), string(work.DecisionsPaused), string(work.DecisionDenied), string(work.DecisionChanged), string(work.ObjectionMade),
}

// hours adds the week and the ledger. Their sums count all the client carries;
// titles of private areas are left out.
func (d *desk) hours(ctx context.Context) error {
	week, err := delegations.Load.Within(ctx, d.tx, app.None{})
	if err != nil {
		return err
	}
	week.Support = slices.DeleteFunc(week.Support, func(p delegations.Promised) bool { return d.byID(p.Delegation) == nil })
	for _, p := range week.Support {
		d.appears(d.byID(p.Delegation))
	}
	ledger, err := history.Ledger.Within(ctx, d.tx, history.AskLedger{Days: spanDays})
	if err != nil {
		return err
	}
	d.packet.Hours = &HoursPart{Week: week, Ledger: ledger}
	d.facts.Capacity, d.facts.Load = week.Capacity, week.Total
	for i := range ledger.Promises {
		p := &ledger.Promises[i]
		delete(p.Counts, "pulses") // how a week felt is the client's alone
		p.Amounts = slices.DeleteFunc(p.Amounts, work.Amount.Private)
		p.Focus = nil // the client's own words
		switch p.Name {
		case work.LessOverload:
			d.facts.Freed = p.Value
		case work.Space:
			d.facts.Given = p.Value
		case work.Trust:
			if !d.shows(work.ShareMirror) {
				for _, stepping := range steppingIn {
					delete(p.Counts, stepping)
				}
			}
		}
	}
	return nil
}

// tasks adds the plate by verdict and the let-go list.
func (d *desk) tasks(ctx context.Context) error {
	scored, err := tasks.Scored(ctx, d.tx)
	if err != nil {
		return err
	}
	verdicts, err := d.tx.Verdicts(ctx, d.tx.Me.Person)
	if err != nil {
		return err
	}
	scored = slices.DeleteFunc(scored, func(l work.LetGo) bool { return !d.open[l.Task.Area] || l.Task.Parent != 0 })
	if d.shows(work.SharePlate) {
		d.plate(scored, verdicts)
	}
	if d.shows(work.ShareLetGo) {
		d.letGo(scored, verdicts)
	}
	return nil
}

// twoWeeks is how long a verdict may wait before a question asks for it.
const twoWeeks = 14 * 24 * time.Hour

func (d *desk) plate(scored []work.LetGo, verdicts map[work.TaskID]store.Judgement) {
	scored = slices.Clone(scored)
	slices.SortStableFunc(scored, func(a, b work.LetGo) int {
		return cmp.Or(cmp.Compare(b.Weekly, a.Weekly), cmp.Compare(a.Task.ID, b.Task.ID))
	})
	part := &PlatePart{Groups: []PlateGroup{}, More: max(0, len(scored)-mostTasks)}
	for _, v := range append(slices.Clone(work.Verdicts), "") {
		g := PlateGroup{Verdict: v, Tasks: []PlateTask{}}
		for _, l := range scored[:min(len(scored), mostTasks)] {
			j := verdicts[l.Task.ID]
			if j.Verdict != v {
				continue
			}
			line := PlateTask{Task: l.Task.ID, Title: l.Task.Title, Weekly: l.Weekly, Due: l.Task.Due, Reason: j.Reason, Since: j.At}
			if one := d.begun[l.Task.ID]; one != nil && one.Receiver == d.tx.Me.Person && one.State == work.Active {
				line.From = one.Name(one.Giver)
				d.appears(one)
			}
			g.Weekly += l.Weekly
			g.Tasks = append(g.Tasks, line)
			if (v == work.Assign || v == work.Delegate) && d.begun[l.Task.ID] == nil && d.tx.Now.Sub(j.At) >= twoWeeks {
				d.facts.Waiting = append(d.facts.Waiting, coach.Line{Title: line.Title, Weekly: line.Weekly})
			}
		}
		if len(g.Tasks) > 0 {
			part.Groups = append(part.Groups, g)
		}
	}
	d.packet.Plate = part
}

func (d *desk) letGo(scored []work.LetGo, verdicts map[work.TaskID]store.Judgement) {
	scored = slices.Clone(scored)
	work.SortLetGo(scored)
	part := &LetGoPart{Lines: []LetGoRow{}, More: max(0, len(scored)-mostLetGo)}
	for i, l := range scored {
		advice, because := work.Advise(l)
		line := LetGoRow{
			Task: l.Task.ID, Title: l.Task.Title, Score: l.Score, Weekly: l.Weekly, Points: l.Points, Advice: advice, Because: because,
			Verdict: verdicts[l.Task.ID].Verdict, marks: l.Marks,
		}
		if i < mostLetGo {
			part.Lines = append(part.Lines, line)
		}
		d.ask(i, &line)
	}
	d.packet.LetGo = part
}

// ask notes what a line of the let-go list gives reason to ask.
func (d *desk) ask(place int, l *LetGoRow) {
	about := coach.Line{Title: l.Title, Weekly: l.Weekly}
	if place < ranking && l.Score > 0 && l.Verdict == "" {
		d.facts.Unjudged = append(d.facts.Unjudged, about)
	}
	if l.marks.Energy.Value < 0 && !l.marks.Energy.Guessed && l.Verdict == work.Keep {
		d.facts.Drained = append(d.facts.Drained, about)
	}
	if l.marks.NeedsMe.Value == 3 && !l.marks.NeedsMe.Guessed && l.Weekly >= 120 {
		d.facts.OnlyMe = append(d.facts.OnlyMe, about)
	}
}

// promises adds what was promised to and by the client.
func (d *desk) promises(ctx context.Context) error {
	part := &PromisesPart{Since: d.tx.Now.AddDate(0, 0, -spanDays), Mine: []PromiseLine{}, Theirs: []PromiseLine{}}
	var made []*work.Delegation
	var ids []work.DelegationID
	for _, one := range d.passed {
		if one.State == work.Active || one.State == work.Ended && !one.AgreedAt.IsZero() {
			made, ids = append(made, one), append(ids, one.ID)
		} // else nothing was promised yet, or ever
	}
	events, err := d.tx.EventsAmong(ctx, ids, work.Delivered, work.DeliveryReturned, work.TurnDone, work.TurnMissed, work.CheckInMissed)
	if err != nil {
		return err
	}
	of := map[work.DelegationID][]work.Event{}
	for _, e := range events {
		of[e.Delegation] = append(of[e.Delegation], e)
	}
	for _, one := range made {
		line := d.promise(one, of[one.ID], part.Since)
		d.appears(one)
		about := coach.Line{Title: line.Title}
		if one.Receiver == d.tx.Me.Person {
			part.Mine = append(part.Mine, line)
			if line.Overdue {
				d.facts.Mine = append(d.facts.Mine, about)
			}
			continue
		}
		part.Theirs = append(part.Theirs, line)
		if line.Overdue {
			d.facts.Theirs = append(d.facts.Theirs, about)
		}
		if line.Returned >= 2 {
			d.facts.Returned = append(d.facts.Returned, about)
		}
	}
	d.packet.Promises = part
	return nil
}

func (d *desk) promise(one *work.Delegation, events []work.Event, since time.Time) PromiseLine {
	mine := one.Receiver == d.tx.Me.Person
	l := PromiseLine{
		Delegation: one.ID, Title: one.Title, With: one.Name(one.Other(d.tx.Me.Person)), State: one.State, Outcome: one.Outcome,
	}
	if !one.Standing() { // the date of a standing one is that of its first turn
		l.Due = one.Terms.Due
		l.Overdue = one.State == work.Active && !l.Due.IsZero() && l.Due.Instant().Before(d.tx.Now)
	}
	for _, e := range events {
		if e.At.Before(since) {
			continue
		}
		switch e.Kind {
		case work.Delivered:
			if e.Detail.Late {
				l.Late++
			}
		case work.DeliveryReturned:
			l.Returned++
		case work.TurnDone:
			l.Done++
		case work.TurnMissed:
			l.Missed++
		case work.CheckInMissed:
			if mine {
				l.CheckIns++
			}
		}
	}
	return l
}

// mirror adds what the client did against the agreed levels.
func (d *desk) mirror(ctx context.Context) error {
	image, err := guards.Of(ctx, d.tx, 0)
	if err != nil {
		return err
	}
	returns, err := guards.Returns.Within(ctx, d.tx, guards.AskReturns{})
	if err != nil {
		return err
	}
	shown := func(id work.DelegationID) bool { return d.byID(id) != nil }
	note := func(n guard.Note) bool { return !shown(n.Delegation) }
	part := &MirrorPart{Image: image, Returns: slices.DeleteFunc(returns.Items, func(r guard.Return) bool { return !shown(r.Delegation) })}
	part.Image.Notes = slices.DeleteFunc(part.Image.Notes, note)
	part.Image.Praise = slices.DeleteFunc(part.Image.Praise, note)
	for _, n := range part.Image.Praise {
		d.facts.KeptAway = append(d.facts.KeptAway, coach.Line{Title: n.Title})
		d.appears(d.byID(n.Delegation))
	}
	for _, n := range part.Image.Notes {
		d.appears(d.byID(n.Delegation))
	}
	for _, r := range part.Returns {
		d.facts.Returning = append(d.facts.Returning, coach.Line{Title: r.Title})
		d.appears(d.byID(r.Delegation))
	}
	if n := len(image.Spans); n > 0 {
		d.facts.Beyond = image.Spans[n-1].Beyond
	}
	d.packet.Mirror = part
	return nil
}
