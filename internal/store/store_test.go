package store_test

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"baton/internal/ical"
	"baton/internal/learn"
	"baton/internal/store"
	"baton/internal/storetest"
	"baton/internal/work"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// each runs a test on both databases, with one workspace in them.
func each(t *testing.T, test func(*testing.T, *store.Store)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		found(t, s, "Clinic")
		test(t, s)
	})
}

// found makes a workspace; the first is 1.
func found(t testing.TB, s *store.Store, name string) {
	t.Helper()
	err := s.WriteGlobal(t.Context(), func(g *store.Global) error {
		_, err := g.AddWorkspace(t.Context(), store.Workspace{Name: name, Kind: "practice", Currency: "USD", Zone: "America/Chicago", CreatedAt: noon})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, s *store.Store, fn func(ctx context.Context, tx *store.Tx) error) {
	t.Helper()
	if err := s.Write(t.Context(), 1, func(tx *store.Tx) error { return fn(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

func people(t *testing.T, s *store.Store) (ada, imani work.Person) {
	t.Helper()
	ada, imani = work.Person{Name: "Ada", Kind: work.Teammate}, work.Person{Name: "Imani", Kind: work.Teammate}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AddPerson(ctx, &ada); err != nil {
			return err
		}
		return tx.AddPerson(ctx, &imani)
	})
	return ada, imani
}

func TestTaskRoundTrip(t *testing.T) { each(t, testTaskRoundTrip) }

func testTaskRoundTrip(t *testing.T, s *store.Store) {
	ada, _ := people(t, s)
	want := work.Task{
		Kind: work.PlainTask, Title: "Order supplies", Note: "gloves", Author: ada.ID, Carrier: ada.ID, State: work.TaskOpen, Effort: 45,
		Rule: ical.MustRule("FREQ=WEEKLY;BYDAY=FR"), Due: ical.DayDue(ical.Date{Year: 2026, Month: 11, Day: 27}, "America/Chicago"),
		Skills: []work.Skill{{Name: "inventory", Level: 2}}, Credentials: []string{}, CreatedAt: noon,
	}
	write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.AddTask(ctx, &want) })
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Task(ctx, want.ID)
		if diff := cmp.Diff(want, got, cmpopts.EquateComparable(ical.Rule{})); diff != "" {
			t.Error(diff)
		}
		return err
	})
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, typed := range []string{"supplies", "SUPP", "gloves order"} {
			found, err := tx.Search(ctx, store.Search{Plate: ada.ID, Words: typed, Limit: 10})
			if err != nil {
				return err
			}
			if len(found) != 1 {
				t.Errorf("searching %q finds %d tasks, want 1", typed, len(found))
			}
		}
		return nil
	})
}

func TestAStaleTaskIsRefused(t *testing.T) { each(t, testAStaleTaskIsRefused) }

func testAStaleTaskIsRefused(t *testing.T, s *store.Store) {
	ada, _ := people(t, s)
	task := work.Task{Kind: work.PlainTask, Title: "Rota", Author: ada.ID, Carrier: ada.ID, State: work.TaskOpen, CreatedAt: noon}
	write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.AddTask(ctx, &task) })
	seen := task
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		task.Title = "Staff rota"
		return tx.SaveTask(ctx, &task)
	})
	err := s.Write(t.Context(), 1, func(tx *store.Tx) error { return tx.SaveTask(t.Context(), &seen) })
	if work.KindOf(err) != work.Stale {
		t.Fatalf("saving over somebody's change: %v, want a stale error", err)
	}
}

func TestDelegationRoundTrip(t *testing.T) { each(t, testDelegationRoundTrip) }

func testDelegationRoundTrip(t *testing.T, s *store.Store) {
	ada, imani := people(t, s)
	var want *work.Delegation
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		task := work.Task{Kind: work.PlainTask, Title: "Rota", Author: ada.ID, Carrier: ada.ID, State: work.TaskOpen, CreatedAt: noon}
		if err := tx.AddTask(ctx, &task); err != nil {
			return err
		}
		act := work.Act{By: ada.ID, At: noon, Zone: "America/Chicago"}
		terms := work.Terms{Brief: work.Brief{Outcome: "posted"}, Authority: work.Authority{Level: 5}, Rule: ical.MustRule("FREQ=WEEKLY;BYDAY=FR"), Effort: 60}
		d, err := work.Start(act, work.DelegationID(tx.NextID()), &task, work.Assignment, terms, tx.NextID)
		if err != nil {
			return err
		}
		if err := d.Offer(act, imani.ID, time.Time{}); err != nil {
			return err
		}
		want = d
		return tx.SaveDelegation(ctx, d)
	})
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Delegation(ctx, want.ID)
		if err != nil {
			return err
		}
		ignore := cmpopts.IgnoreFields(work.Delegation{}, "NextID", "Names", "Absent", "Delivered", "Guest")
		if diff := cmp.Diff(want, got, cmpopts.EquateComparable(ical.Rule{}), ignore, cmpopts.IgnoreUnexported(work.Delegation{})); diff != "" {
			t.Error(diff)
		}
		if got.Names[imani.ID] != "Imani" {
			t.Errorf("Names = %v", got.Names)
		}
		accept := work.Act{By: imani.ID, At: noon.Add(time.Hour), Zone: "America/Chicago"}
		if err := got.Accept(accept, 1, ""); err != nil {
			return err
		}
		return tx.SaveDelegation(ctx, got)
	})
}

func TestBeliefRoundTrip(t *testing.T) { each(t, testBeliefRoundTrip) }

func testBeliefRoundTrip(t *testing.T, s *store.Store) {
	ada, imani := people(t, s)
	want := store.Belief{
		Person: imani.ID, Skill: "Scheduling", Belief: learn.Belief{Mean: 3607, Variance: 357_517, Rounds: 1, At: noon}, Recorded: 3, By: ada.ID, Cause: "They looked back.",
		DisputedAt: noon.Add(time.Hour), Dispute: "Half of it was Ada's.", Own: 2, Answer: "No.", AnswerLevel: 4, AnsweredBy: ada.ID, SettledAt: noon.Add(2 * time.Hour), SettledBy: imani.ID,
	}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		first := store.Belief{Person: imani.ID, Skill: "scheduling", Belief: learn.Recorded(3, noon)}
		if err := tx.SaveBelief(ctx, &first); err != nil {
			return err
		}
		return tx.SaveBelief(ctx, &want)
	})
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.BeliefsAbout(ctx, imani.ID)
		if diff := cmp.Diff([]store.Belief{want}, got); diff != "" {
			t.Error(diff)
		}
		known, err2 := tx.Known(ctx)
		if diff := cmp.Diff(map[work.PersonID][]learn.Known{imani.ID: {want.Known()}}, known); diff != "" {
			t.Error(diff)
		}
		return errors.Join(err, err2)
	})
}

func TestWritersShareTheQueueAndNobodyFails(t *testing.T) {
	each(t, testWritersShareTheQueueAndNobodyFails)
}

func testWritersShareTheQueueAndNobodyFails(t *testing.T, s *store.Store) {
	ada, _ := people(t, s)
	var wg sync.WaitGroup
	const clients, each = 64, 10
	for range clients {
		wg.Go(func() {
			for range each {
				task := work.Task{Kind: work.PlainTask, Title: "x", Author: ada.ID, Carrier: ada.ID, State: work.TaskOpen, CreatedAt: noon}
				err := s.Write(context.Background(), 1, func(tx *store.Tx) error { return tx.AddTask(context.Background(), &task) })
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		n, err := tx.CountTasks(ctx, store.TaskFilter{Carrier: ada.ID})
		if n != clients*each {
			t.Errorf("%d tasks, want %d", n, clients*each)
		}
		return err
	})
}

func TestAFailedWriterTakesOnlyItsOwnBack(t *testing.T) {
	each(t, testAFailedWriterTakesOnlyItsOwnBack)
}

func testAFailedWriterTakesOnlyItsOwnBack(t *testing.T, s *store.Store) {
	ada, _ := people(t, s)
	refused := work.Errorf(work.Conflict, "no")
	var wg sync.WaitGroup
	for i := range 40 {
		wg.Go(func() {
			task := work.Task{Kind: work.PlainTask, Title: "x", Author: ada.ID, Carrier: ada.ID, State: work.TaskOpen, CreatedAt: noon}
			_ = s.Write(context.Background(), 1, func(tx *store.Tx) error {
				if err := tx.AddTask(context.Background(), &task); err != nil || i%2 == 0 {
					return refused
				}
				return nil
			})
		})
	}
	wg.Wait()
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		n, err := tx.CountTasks(ctx, store.TaskFilter{Carrier: ada.ID})
		if n != 20 {
			t.Errorf("%d tasks, want the 20 that were not refused", n)
		}
		return err
	})
}

func BenchmarkCreate16(b *testing.B) {
	s, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "baton.db"), store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	ctx := context.Background()
	_ = s.WriteGlobal(ctx, func(g *store.Global) error {
		_, err := g.AddWorkspace(ctx, store.Workspace{Name: "x", Kind: "team", Currency: "USD", Zone: "UTC"})
		return err
	})
	ada := work.Person{Name: "Ada", Kind: work.Teammate}
	_ = s.Write(ctx, 1, func(tx *store.Tx) error { return tx.AddPerson(ctx, &ada) })
	b.SetParallelism(8)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			task := work.Task{Kind: work.PlainTask, Title: "Order supplies", Author: ada.ID, Carrier: ada.ID, State: work.TaskOpen}
			if err := s.Write(ctx, 1, func(tx *store.Tx) error { return tx.AddTask(ctx, &task) }); err != nil {
				b.Error(err)
			}
		}
	})
}
