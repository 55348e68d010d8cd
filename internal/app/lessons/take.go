package lessons

import (
	"context"
	"slices"
	"strings"

	"baton/internal/app"
	"baton/internal/app/beliefs"
	"baton/internal/app/delegations"
	"baton/internal/app/people"
	"baton/internal/app/tasks"
	"baton/internal/learn"
	"baton/internal/store"
	"baton/internal/work"
)

// Take does what a lesson proposes, and tells the person it is about.
var Take = app.Write(app.Describe{
	Name: "lesson.take", Method: "POST", Path: "lessons/{lesson}/agreement", Who: app.AHolder,
	Summary: "Take what a look back proposes; a new level or rhythm becomes terms that the other side answers.",
}, func(ctx context.Context, tx *app.Tx, in AskLesson) (Lesson, error) {
	l, d, err := in.open(ctx, tx)
	if err != nil {
		return Lesson{}, err
	}
	if err := takers[l.Kind](ctx, tx, l, d); err != nil {
		return Lesson{}, err
	}
	e := work.Event{At: tx.Now, By: tx.Me.Person, Kind: work.LessonTaken, Delegation: d.ID, Task: d.Task, Person: l.About}
	e.Detail = work.Detail{Kind: string(l.Kind), Text: l.Words(d.Name(d.Receiver))}
	if err := tx.Tell(ctx, d, nil, e); err != nil {
		return Lesson{}, err
	}
	return closed(ctx, tx, l, store.LessonTaken)
})

// takers has an entry for every kind of lesson.
var takers = map[learn.Kind]func(context.Context, *app.Tx, *store.Lesson, *work.Delegation) error{
	learn.EffortLesson: takeEffort, learn.SkillLesson: takeSkill, learn.InterestLesson: takeInterest,
	learn.LevelLesson: takeLevel, learn.RhythmLesson: takeRhythm, learn.PlaybookLesson: takePlaybook,
}

// takeEffort counts the new minutes: in terms while the work goes on, else on
// the task the holder carries again, and in the playbook for the next time.
func takeEffort(ctx context.Context, tx *app.Tx, l *store.Lesson, d *work.Delegation) error {
	effort := work.Minutes(l.To)
	if d.State == work.Active {
		return propose(ctx, tx, l, d, func(t *work.Terms) { t.Effort = effort })
	}
	t, err := tx.Task(ctx, d.Task)
	if err != nil {
		return err
	}
	if !t.Finished() && t.Carrier == l.Holder {
		_, err := tasks.Edit.Within(ctx, tx, tasks.EditTask{Task: t.ID, Fields: tasks.Fields{Effort: &effort}})
		return err
	}
	return intoPlaybook(ctx, tx, l, d, func(t *work.Terms) { t.Effort = effort })
}

// takeSkill joins what the look back showed to what is believed now, which may
// be more than when it was proposed, and writes the level on the card.
func takeSkill(ctx context.Context, tx *app.Tx, l *store.Lesson, d *work.Delegation) error {
	p, err := tx.Person(ctx, l.About)
	if err != nil {
		return err
	}
	b, err := beliefs.Find(ctx, tx, &p, l.Subject)
	if err != nil {
		return err
	}
	known := b.Known()
	b.Belief = known.Undisputed(p.SkillLevel(l.Subject), tx.Now).Update(*l.Shown)
	b.Belief.At = tx.Now
	b.Recorded = b.Belief.Effective()
	b.By, b.Delegation, b.Cause = tx.Me.Person, d.ID, l.Cause
	if err := tx.SaveBelief(ctx, &b); err != nil {
		return err
	}
	return beliefs.Write(ctx, tx, &p, b.Skill, b.Recorded)
}

// takeInterest writes on the card what its owner said; less of something is
// remembered with the lesson, which choices read.
func takeInterest(ctx context.Context, tx *app.Tx, l *store.Lesson, _ *work.Delegation) error {
	p, err := tx.Person(ctx, l.About)
	if err != nil {
		return err
	}
	same := func(s string) bool { return strings.EqualFold(s, l.Subject) }
	interests := slices.DeleteFunc(slices.Clone(p.Interests), same)
	if l.To > 0 {
		interests = append(interests, l.Subject)
	}
	if slices.Equal(interests, p.Interests) {
		return nil
	}
	_, err = people.Edit.Within(ctx, tx, people.EditPerson{Person: p.ID, Fields: people.Fields{Interests: &interests}})
	return err
}

// takeLevel proposes the level as terms while the work goes on; once it has
// ended, the taken lesson is what the next offer begins with.
func takeLevel(ctx context.Context, tx *app.Tx, l *store.Lesson, d *work.Delegation) error {
	if d.State != work.Active || d.Terms.Authority.Level == work.Level(l.To) {
		return nil
	}
	return propose(ctx, tx, l, d, func(t *work.Terms) { t.Authority.Level = work.Level(l.To) })
}

func takeRhythm(ctx context.Context, tx *app.Tx, l *store.Lesson, d *work.Delegation) error {
	if d.State != work.Active {
		return work.Errorf(work.Conflict, "It ended; there is no rhythm to change.")
	}
	if d.Terms.CheckIn != l.Before {
		return work.Errorf(work.Conflict, "The check-ins were changed since; let this go.")
	}
	return propose(ctx, tx, l, d, func(t *work.Terms) { t.CheckIn = l.Rhythm })
}

// takePlaybook writes what worked and what to change into the playbook.
func takePlaybook(ctx context.Context, tx *app.Tx, l *store.Lesson, d *work.Delegation) error {
	return intoPlaybook(ctx, tx, l, d, func(t *work.Terms) {
		for _, note := range []struct{ before, text string }{{"It worked: ", l.Worked}, {"Next time: ", l.Improve}} {
			for text := range strings.SplitSeq(note.text, "\n") {
				if line := note.before + text; text != "" && !slices.Contains(t.Brief.Instructions, line) {
					t.Brief.Instructions = append(slices.Clone(t.Brief.Instructions), line)
				}
			}
		}
	})
}

// propose opens terms that differ from those in force by what was learned.
func propose(ctx context.Context, tx *app.Tx, l *store.Lesson, d *work.Delegation, change func(*work.Terms)) error {
	if d.Proposal != nil {
		return work.Errorf(work.Conflict, "Other terms of “%s” wait for an answer; take this when they are settled.", d.Title)
	}
	terms := d.Terms
	change(&terms)
	_, err := delegations.Propose.Within(ctx, tx, delegations.OtherTerms{
		On: delegations.On{Delegation: d.ID}, Seen: d.Newest, Terms: terms, Note: l.Words(d.Name(d.Receiver)) + " " + l.Cause,
	})
	return err
}

// intoPlaybook changes the holder's playbook of the work's name, begun from
// the terms in force when there is none.
func intoPlaybook(ctx context.Context, tx *app.Tx, l *store.Lesson, d *work.Delegation, change func(*work.Terms)) error {
	all, err := tx.Playbooks(ctx, l.Holder)
	if err != nil {
		return err
	}
	p := store.Playbook{Owner: l.Holder, Name: d.Title, Kind: d.Kind, Terms: d.Terms}
	for _, kept := range all {
		if strings.EqualFold(kept.Name, d.Title) {
			p = kept
		}
	}
	change(&p.Terms)
	return tx.SavePlaybook(ctx, &p)
}
