package operations_test

import (
	"fmt"
	"log/slog"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/app/people"
	"baton/internal/app/tasks"
	"baton/internal/sim"
	"baton/internal/store"
	"baton/internal/work"
)

// plate is the demo, whose leader's plate holds so many tasks more. Three in
// ten say "invoice", one in a thousand "zebra".
func plate(b *testing.B, more int) (*app.App, app.Actor) {
	b.Helper()
	s, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "baton.db"), store.Options{Unsynced: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	a := app.New(s, slog.New(slog.DiscardHandler))
	cast, err := sim.Demo(b.Context(), a, time.Now())
	if err != nil {
		b.Fatal(err)
	}
	me := cast.Leader
	err = s.Write(b.Context(), me.Workspace, func(tx *store.Tx) error {
		for i := range more {
			t := work.Task{Kind: work.PlainTask, Title: fmt.Sprintf("Look at shelf %d", i), Author: me.Person, Carrier: me.Person, State: work.TaskOpen, Effort: work.Minutes(i % 50), CreatedAt: a.Now()}
			if i%10 < 3 {
				t.Title = fmt.Sprintf("Pay invoice %d", i)
			}
			if i%1000 == 7 {
				t.Title = fmt.Sprintf("Feed the zebra %d", i)
			}
			if err := tx.AddTask(b.Context(), &t); err != nil {
				return err
			}
			if i%4 == 0 {
				if err := tx.SaveVerdict(b.Context(), me.Person, t.ID, store.Judgement{Verdict: work.Keep, At: a.Now()}); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return a, me
}

// busy is the time the processor has spent on this program.
func busy(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// reading runs an operation again and again, and reports what the processor
// spent on it: the clock says more about what else the machine does.
func reading[In, Out any](b *testing.B, name string, a *app.App, me app.Actor, op app.Op[In, Out], in In) {
	b.Run(name, func(b *testing.B) {
		before := busy(b)
		for b.Loop() {
			if _, err := op.Do(b.Context(), a, me, in); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64((busy(b)-before).Microseconds())/float64(b.N), "cpu-µs/op")
	})
}

// BenchmarkPlate shows whether what people look at stays as fast when a plate
// grows a hundredfold.
func BenchmarkPlate(b *testing.B) {
	for _, n := range []int{1_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			a, me := plate(b, n)
			list, err := tasks.Plate.Do(b.Context(), a, me, tasks.AskPlate{})
			if err != nil {
				b.Fatal(err)
			}
			given, err := delegations.List.Do(b.Context(), a, me, delegations.AskList{Side: "given"})
			if err != nil {
				b.Fatal(err)
			}
			one := delegations.On{Delegation: given.Items[len(given.Items)-1].ID}
			reading(b, "list", a, me, tasks.Plate, tasks.AskPlate{})
			reading(b, "top", a, me, tasks.Plate, tasks.AskPlate{Top: true})
			reading(b, "next", a, me, tasks.Plate, tasks.AskPlate{Page: app.Page{After: list.Next}})
			reading(b, "get", a, me, tasks.Show, tasks.AskTask{Task: list.Items[0].ID})
			reading(b, "rare", a, me, tasks.Search, tasks.AskSearch{Words: "zebra "})
			reading(b, "common", a, me, tasks.Search, tasks.AskSearch{Words: "invoice "})
			reading(b, "week", a, me, tasks.Week, app.None{})
			reading(b, "load", a, me, delegations.Load, app.None{})
			reading(b, "waiting", a, me, delegations.Waiting, delegations.AskWaiting{})
			reading(b, "given", a, me, delegations.List, delegations.AskList{Side: "given"})
			reading(b, "delegation", a, me, delegations.Show, one)
			reading(b, "timeline", a, me, delegations.History, one)
			reading(b, "people", a, me, people.Everybody, app.Whole)
			reading(b, "create", a, me, tasks.Add, tasks.AddTask{Line: "Order supplies every friday 45m"})
		})
	}
}
