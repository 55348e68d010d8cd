package delegations

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"baton/internal/app"
	"baton/internal/app/beliefs"
	"baton/internal/learn"
	"baton/internal/store"
	"baton/internal/work"
)

// teach opens the look back that is complete, or over, to both sides, keeps it
// in its row, and writes down what it proposes.
func teach(ctx context.Context, tx *app.Tx, d *work.Delegation) error {
	looks, err := tx.OpenReflections(ctx, d.ID)
	if err != nil || len(looks) == 0 {
		return err
	}
	l := learn.LookBack{Delegation: d, At: tx.Now, Estimate: d.Terms.Effort, SelfTaught: !d.Guest && !d.Agent}
	for i := range looks {
		switch looks[i].Person {
		case d.Giver:
			l.Giver = &looks[i].Reflection
		case d.Receiver:
			l.Receiver = &looks[i].Reflection
		}
	}
	if d.Above != nil {
		l.Limit = d.Above.Level
	}
	t, err := tx.Task(ctx, d.Task)
	if err != nil {
		return err
	}
	l.Area = learn.Area(&t)
	for _, add := range []func(context.Context, *app.Tx, *work.Task, *learn.LookBack) error{addRounds, addSubjects, addProposed} {
		if err := add(ctx, tx, &t, &l); err != nil {
			return err
		}
	}
	for _, one := range learn.Lessons(l) {
		if err := tx.AddLesson(ctx, &store.Lesson{Delegation: d.ID, Task: d.Task, Giver: d.Giver, Lesson: one, At: tx.Now}); err != nil {
			return err
		}
	}
	return nil
}

// addRounds keeps this look back in its row and loads the row.
func addRounds(ctx context.Context, tx *app.Tx, _ *work.Task, l *learn.LookBack) error {
	d := l.Delegation
	before, err := tx.Rounds(ctx, d.Giver, d.Receiver, l.Area, d.ID)
	if err != nil {
		return err
	}
	last := time.Time{}
	for _, r := range before {
		l.Rounds = append(l.Rounds, r.Round)
		if r.Delegation == d.ID {
			last = r.At
		}
	}
	now := store.Round{Delegation: d.ID, Giver: d.Giver, Receiver: d.Receiver, Area: l.Area, At: l.At}
	now.Round = learn.Round{Level: d.Terms.Authority.Level, Giver: l.Giver, Receiver: l.Receiver}
	events, err := tx.Events(ctx, eventsOf(d.ID))
	if err != nil {
		return err
	}
	events = slices.DeleteFunc(events, func(e work.Event) bool { return !e.At.After(last) })
	now.Returned, l.Aid = returned(events), aid(d, events)
	l.Rounds = append(l.Rounds, now.Round)
	return tx.AddRound(ctx, &now)
}

// returned counts what came back: deliveries and turns, and defects found.
func returned(events []work.Event) (n int) {
	for _, e := range events {
		if e.Kind == work.DeliveryReturned || e.Kind == work.DefectFound {
			n++
		}
	}
	return n
}

// aid is what the help that was written down stands in for, beside the work
// that was done meanwhile.
func aid(d *work.Delegation, events []work.Event) learn.Milli {
	var help, worked work.Minutes
	if !d.Standing() {
		worked = d.Terms.Effort
	}
	for _, e := range events {
		switch e.Kind {
		case work.SupportGiven, work.FeedbackGiven:
			help += e.Detail.Minutes
		case work.TurnDone:
			worked += d.Terms.Effort
		}
	}
	return learn.Aid(help, worked)
}

// addSubjects loads what is believed of what the work shows.
func addSubjects(ctx context.Context, tx *app.Tx, t *work.Task, l *learn.LookBack) error {
	p, err := tx.Person(ctx, l.Delegation.Receiver)
	if err != nil {
		return err
	}
	for i, s := range learn.Skills(t, l.Delegation.Kind) {
		b, err := beliefs.Find(ctx, tx, &p, s.Name)
		if err != nil {
			return err
		}
		known := b.Known()
		l.Subjects = append(l.Subjects, learn.Subject{Skill: s.Name, Demand: s.Level, Belief: known.Undisputed(p.SkillLevel(s.Name), tx.Now)})
		if i == 0 {
			l.Interested = slices.ContainsFunc(p.Interests, func(one string) bool { return strings.EqualFold(one, s.Name) })
		}
	}
	return nil
}

// addProposed loads what was proposed before: measured efforts that were taken,
// and a level that is open.
func addProposed(ctx context.Context, tx *app.Tx, t *work.Task, l *learn.LookBack) error {
	measured, err := tx.Lessons(ctx, store.LessonFilter{Task: t.ID, Kind: learn.EffortLesson, State: store.LessonTaken})
	if err != nil {
		return err
	}
	open, err := tx.Lessons(ctx, store.LessonFilter{Delegation: l.Delegation.ID, Kind: learn.LevelLesson, State: store.LessonOpen})
	l.Measured, l.ReachedStep = len(measured), len(open) > 0
	return err
}

// proposeStep proposes the next step of the path, once, when the good rounds
// have just reached it.
func proposeStep(ctx context.Context, tx *app.Tx, d *work.Delegation, above []work.PersonID) error {
	step := d.Reached()
	if step == nil {
		return nil
	}
	fresh := 0
	for _, e := range d.Events() {
		if e.Kind == work.DeliveryAccepted || e.Kind == work.TurnAccepted {
			fresh++
		}
	}
	if fresh == 0 || d.Good-fresh >= step.Rounds {
		return nil
	}
	t, err := tx.Task(ctx, d.Task)
	if err != nil {
		return err
	}
	lesson := store.Lesson{Delegation: d.ID, Task: d.Task, Giver: d.Giver, At: tx.Now, Lesson: learn.StepReached(d, step, learn.Area(&t))}
	if err := tx.AddLesson(ctx, &lesson); err != nil {
		return err
	}
	return tx.Tell(ctx, d, above, work.Event{
		At: tx.Now, Kind: work.LevelProposed, Delegation: d.ID, Task: d.Task, Person: d.Receiver, Detail: work.Detail{Level: step.Level},
	})
}

// Proposed returns terms for handing a task to somebody, nobody named yet when
// nil, with what was learned of them; the reasons say what they rest on.
func Proposed(ctx context.Context, tx *app.Tx, t *work.Task, kind work.DelegationKind, p *work.Person) (work.Terms, []string, error) {
	p, known, err := experience(ctx, tx, t, p)
	if err != nil {
		return work.Terms{}, nil, err
	}
	terms, reasons := learn.ProposeTerms(t, kind, p, tx.Today(), known)
	return terms, reasons, nil
}

// experience returns somebody as looks back show them, and what was learned of
// them that terms can rest on; of nobody, nothing.
func experience(ctx context.Context, tx *app.Tx, t *work.Task, p *work.Person) (*work.Person, learn.Experience, error) {
	var known learn.Experience
	if p == nil {
		return nil, known, nil
	}
	seen, _, err := beliefs.Seen(ctx, tx, p)
	if err != nil {
		return nil, known, err
	}
	known.Ready = work.BestSkill(t, seen)
	nexts, err := Nexts(ctx, tx, p.ID)
	known.Next = nexts[p.ID][learn.Area(t)]
	return seen, known, err
}

// rhythmOf says how often to meet under a draft's terms, and why.
func rhythmOf(ctx context.Context, tx *app.Tx, d *work.Delegation) (string, error) {
	t, err := tx.Task(ctx, d.Task)
	if err != nil {
		return "", err
	}
	var receiver *work.Person
	if d.Receiver != 0 {
		p, err := tx.Person(ctx, d.Receiver)
		if err != nil {
			return "", err
		}
		receiver = &p
	}
	_, known, err := experience(ctx, tx, &t, receiver)
	return learn.RhythmWhy(&d.Terms, tx.Today(), known), err
}

// overtake closes what looks back propose where the terms just agreed say it
// already, or something else than what it would change.
func overtake(ctx context.Context, tx *app.Tx, d *work.Delegation) error {
	if !just(d, work.TermsAgreed) {
		return nil
	}
	open, err := tx.Lessons(ctx, store.LessonFilter{Delegation: d.ID, State: store.LessonOpen})
	if err != nil {
		return err
	}
	for i := range open {
		gone, said := open[i].Overtaken(&d.Terms)
		state, by := store.LessonLetGo, work.PersonID(0)
		if said { // the holder agreed to it
			state, by = store.LessonTaken, open[i].Holder
		}
		if gone {
			if err := tx.CloseLesson(ctx, open[i].ID, state, by, tx.Now); err != nil {
				return err
			}
		}
	}
	return nil
}

// proposeRhythm proposes other check-ins to the giver when the update just
// given makes a row that speaks for them. One proposal is open at a time; what
// the newest updates no longer speak for is let go.
func proposeRhythm(ctx context.Context, tx *app.Tx, d *work.Delegation) error {
	if !just(d, work.CheckedIn) {
		return nil
	}
	events, err := tx.Events(ctx, eventsOf(d.ID))
	if err != nil {
		return err
	}
	open, err := tx.Lessons(ctx, store.LessonFilter{Delegation: d.ID, Kind: learn.RhythmLesson})
	if err != nil {
		return err
	}
	answered := time.Time{} // a row begins anew once a proposal was answered
	for _, l := range open {
		if l.ClosedAt.After(answered) {
			answered = l.ClosedAt
		}
	}
	events = slices.DeleteFunc(events, func(e work.Event) bool { return e.At.Before(answered) })
	next, found := learn.RhythmOf(d, events, tx.Today())
	for _, l := range open {
		switch {
		case l.State != store.LessonOpen:
		case found && l.Rhythm == next.Rhythm:
			return nil
		case l.Before != d.Terms.CheckIn || found:
			if err := tx.CloseLesson(ctx, l.ID, store.LessonLetGo, 0, tx.Now); err != nil {
				return err
			}
		}
	}
	if !found {
		return nil
	}
	return tx.AddLesson(ctx, &store.Lesson{Delegation: d.ID, Task: d.Task, Giver: d.Giver, Lesson: next, At: tx.Now})
}

// Nexts returns what the actor's looks back with a person, or with everybody
// when 0, mean for the next time: by person and by area in small letters.
func Nexts(ctx context.Context, tx *app.Tx, person work.PersonID) (map[work.PersonID]map[string]learn.Next, error) {
	kept, err := tx.RoundsGiven(ctx, tx.Me.Person, person)
	if err != nil {
		return nil, err
	}
	taken, err := tx.Lessons(ctx, store.LessonFilter{Holder: tx.Me.Person, About: person, Kind: learn.LevelLesson, State: store.LessonTaken})
	if err != nil {
		return nil, err
	}
	type pair struct {
		person work.PersonID
		area   string
	}
	rounds, last := map[pair][]learn.Round{}, map[pair]time.Time{}
	for _, r := range kept {
		of := pair{r.Receiver, r.Area}
		rounds[of], last[of] = append(rounds[of], r.Round), r.At
	}
	out := map[work.PersonID]map[string]learn.Next{}
	put := func(of pair, n learn.Next) {
		if out[of.person] == nil {
			out[of.person] = map[string]learn.Next{}
		}
		out[of.person][of.area] = n
	}
	for of, row := range rounds {
		put(of, learn.Next{Good: learn.Streak(row)})
	}
	for _, l := range slices.Backward(taken) { // the newest last
		of := pair{l.About, strings.ToLower(l.Subject)}
		n := out[of.person][of.area]
		if n.Level, n.Cause = work.Level(l.To), fmt.Sprintf("Level %d: %s", l.To, l.Cause); l.At.Before(last[of]) {
			n.Level = rounds[of][len(rounds[of])-1].Level
			n.Cause = fmt.Sprintf("Level %d, as the last time you worked together on this (%s).", n.Level, of.area)
		}
		put(of, n)
	}
	for _, areas := range out {
		delete(areas, "") // what has no area says nothing of other work
	}
	return out, nil
}
