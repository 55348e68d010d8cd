package learn

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"baton/internal/ical"
	"baton/internal/work"
)

func rota() *work.Delegation {
	d := &work.Delegation{
		ID: 9, Kind: work.Strategic, Title: "Weekly rota", Giver: 1, Receiver: 2, State: work.Active,
		Names: map[work.PersonID]string{1: "Ana", 2: "Ben"},
	}
	d.Terms.Authority.Level, d.Terms.CheckIn = 3, ical.MustRule("FREQ=WEEKLY;BYDAY=MO")
	return d
}

func words(l LookBack) (all []string) {
	for _, one := range Lessons(l) {
		all = append(all, one.Words("Ben"))
	}
	return all
}

func TestLessons(t *testing.T) {
	full := LookBack{
		Delegation: rota(), At: monday, Estimate: 60, Area: "scheduling", SelfTaught: true,
		Giver:    &work.Reflection{Outcome: 5, Hard: 3, Free: 4, Worked: "Asking the team first"},
		Receiver: &work.Reflection{Outcome: 4, Hard: 2, Free: 4, Took: 90, More: 1, Worked: "Asking the team first", Change: "Tell me about leave sooner"},
		Subjects: []Subject{{"scheduling", 3, Recorded(3, monday)}},
	}
	full.Rounds = []Round{good(3), {3, full.Giver, full.Receiver, 0}}
	poorly := LookBack{Delegation: rota(), At: monday, Giver: said(2, 3, 3), Receiver: said(2, 3, 3), Subjects: []Subject{{"scheduling", 3, Recorded(3, monday)}}}
	poorly.Rounds = []Round{{3, poorly.Giver, poorly.Receiver, 0}}
	ended := full
	ended.Delegation = rota()
	ended.Delegation.State = work.Ended
	alone := LookBack{Delegation: rota(), At: monday, Giver: said(4, 3, 3), Subjects: []Subject{{"scheduling", 3, Recorded(0, monday)}}}
	liked := full
	liked.Interested = true
	for _, row := range []struct {
		name string
		l    LookBack
		want []string
	}{
		{"nobody said anything", LookBack{Delegation: rota(), At: monday}, nil},
		{"everything", full, []string{
			"Count 1.4 h for it instead of 1 h.", "Ben’s scheduling: level 3.4 of 5 instead of 3.0.", "Ben would like more scheduling.",
			"Give Ben more say: level 4 instead of 3.", "Check-ins every other Monday instead of check-ins every Monday.",
			"Write it into the playbook for the next time.",
		}},
		{"poor", poorly, []string{"Ben’s scheduling: level 2.6 of 5 instead of 3.0.", "Check-ins every Monday and Thursday instead of check-ins every Monday."}},
		{"ended: there is no rhythm any more", ended, []string{
			"Count 1.4 h for it instead of 1 h.", "Ben’s scheduling: level 3.4 of 5 instead of 3.0.", "Ben would like more scheduling.",
			"Give Ben more say: level 4 instead of 3.", "Write it into the playbook for the next time.",
		}},
		{"one voice, of somebody unknown", alone, []string{"Ben’s scheduling: level 2.5 of 5 instead of 1.5."}},
		{"interested already", liked, []string{
			"Count 1.4 h for it instead of 1 h.", "Ben’s scheduling: level 3.4 of 5 instead of 3.0.",
			"Give Ben more say: level 4 instead of 3.", "Check-ins every other Monday instead of check-ins every Monday.",
			"Write it into the playbook for the next time.",
		}},
	} {
		if diff := cmp.Diff(row.want, words(row.l)); diff != "" {
			t.Errorf("%s: %s", row.name, diff)
		}
	}
}

func TestLessonsSayWhoAgreesAndWhy(t *testing.T) {
	l := LookBack{
		Delegation: rota(), At: monday, SelfTaught: true,
		Giver: said(5, 3, 4), Receiver: &work.Reflection{Outcome: 4, Hard: 3, Free: 4, More: -1}, Subjects: []Subject{{"scheduling", 3, Recorded(3, monday)}},
	}
	for _, one := range Lessons(l) {
		holder := work.PersonID(1)
		if one.Kind == InterestLesson {
			holder = 2
		}
		if one.Holder != holder || one.About != 2 || one.Cause != "Ana and Ben looked back on “Weekly rota”: outcome 5 and 4 of 5, difficulty 3." {
			t.Errorf("%+v", one)
		}
	}
	l.Aid = 640
	if one := skillLessons(l)[0]; one.To != 2925 {
		t.Errorf("with help it shows %d", one.To)
	}
	const helped = "Ana and Ben looked back on “Weekly rota”: outcome 5 and 4 of 5, difficulty 3. It was done with help, which counts for 0.6 of a level."
	for _, one := range Lessons(l) {
		if (one.Kind == SkillLesson) != (one.Cause == helped) {
			t.Errorf("with help: %+v", one)
		}
	}
	l.SelfTaught, l.Giver, l.Aid = false, nil, 0
	for _, one := range Lessons(l) {
		if one.Holder != 1 || one.Cause != "Ben looked back on “Weekly rota”: outcome 4 of 5, difficulty 3." {
			t.Errorf("%+v", one)
		}
	}
}

func TestProposeTerms(t *testing.T) {
	today := ical.Date{Year: 2026, Month: 6, Day: 1}
	task := &work.Task{Title: "Move to the new shop", State: work.TaskOpen, Effort: 600, Due: ical.Due{Date: today.AddDays(15), Minute: ical.AllDay}}
	terms, why := ProposeTerms(task, work.Strategic, nil, today, Experience{Next: Next{Level: 5, Cause: "Level 5, from the look back on “The old shop”."}})
	if terms.Authority.Level != 5 || terms.Path[0].Level != 6 || terms.CheckIn.String() != "FREQ=WEEKLY;BYDAY=MO" {
		t.Errorf("level %d, path %v, %s", terms.Authority.Level, terms.Path, terms.CheckIn)
	}
	if diff := cmp.Diff([]string{"Level 5, from the look back on “The old shop”.", "A check-in a week: the work is new and soon due; level 5 warrants no more."}, why); diff != "" {
		t.Error(diff)
	}
	if terms, why = ProposeTerms(task, work.Assignment, nil, today, Experience{}); !terms.CheckIn.IsZero() || why != nil {
		t.Errorf("an assignment got %s, %v", terms.CheckIn, why)
	}
}

// TestALessonIsOvertaken by terms that say it already, or something else than
// what it would change.
func TestALessonIsOvertaken(t *testing.T) {
	weekly, fortnightly := ical.MustRule("FREQ=WEEKLY"), ical.MustRule("FREQ=WEEKLY;INTERVAL=2")
	for _, row := range []struct {
		name       string
		lesson     Lesson
		terms      work.Terms
		gone, said bool
	}{
		{"nothing changed", Lesson{Kind: LevelLesson, From: 5, To: 7}, work.Terms{Authority: work.Authority{Level: 5}}, false, false},
		{"the level was agreed", Lesson{Kind: LevelLesson, From: 5, To: 7}, work.Terms{Authority: work.Authority{Level: 7}}, true, true},
		{"another level was agreed", Lesson{Kind: LevelLesson, From: 5, To: 7}, work.Terms{Authority: work.Authority{Level: 6}}, true, false},
		{"the same effort", Lesson{Kind: EffortLesson, From: 60, To: 85}, work.Terms{Effort: 60}, false, false},
		{"the effort was agreed", Lesson{Kind: EffortLesson, From: 60, To: 85}, work.Terms{Effort: 85}, true, true},
		{"the same check-ins", Lesson{Kind: RhythmLesson, Before: weekly, Rhythm: fortnightly}, work.Terms{CheckIn: weekly}, false, false},
		{"the check-ins were agreed", Lesson{Kind: RhythmLesson, Before: weekly, Rhythm: fortnightly}, work.Terms{CheckIn: fortnightly}, true, true},
		{"check-ins ended", Lesson{Kind: RhythmLesson, Before: weekly, Rhythm: fortnightly}, work.Terms{}, true, false},
		{"a skill stays", Lesson{Kind: SkillLesson, From: 1500, To: 3300}, work.Terms{Effort: 85}, false, false},
	} {
		if gone, said := row.lesson.Overtaken(&row.terms); gone != row.gone || said != row.said {
			t.Errorf("%s: gone %t, said %t", row.name, gone, said)
		}
	}
}
