package work

import (
	"slices"
	"testing"
	"time"
)

// TestThanksLapseInSilence: an assignment asks its giver for one line, reminds
// nobody of it, and tells nobody when it is not written.
func TestThanksLapseInSilence(t *testing.T) {
	id := int64(0)
	d := &Delegation{ID: 1, Kind: Assignment, Giver: 1, Receiver: 2, State: Active, NextID: func() int64 { id++; return id }}
	at := time.Date(2026, time.June, 1, 9, 0, 0, 0, time.UTC)
	d.end(Act{By: 1, At: at}, Completed, Detail{})
	open := d.Open()
	if len(open) != 1 || open[0].Holder != 1 || open[0].Asks() != "say thanks, or what to change" {
		t.Fatalf("it asks %+v", open)
	}
	if due := open[0].DueAt(); !due.Equal(open[0].AnswerBy) {
		t.Errorf("it reminds at %s", due)
	}
	before := len(d.Events())
	d.lapse(Act{At: open[0].AnswerBy}, d.Item(open[0].ID))
	if len(d.Open()) != 0 || len(d.Events()) != before {
		t.Errorf("it lapsed with %v", d.Events()[before:])
	}
}

func TestOnlyWhatWasReallyDoneIsThankedFor(t *testing.T) {
	for outcome, asks := range map[Outcome]bool{Completed: true, ByAgreement: true, Recalled: false, HandedBack: false, Moot: false, PassedOn: false} {
		d := &Delegation{Kind: Assignment, Giver: 1, Receiver: 2, State: Active, NextID: func() int64 { return 1 }}
		d.end(Act{By: 1}, outcome, Detail{})
		if got := slices.ContainsFunc(d.Items, func(it Item) bool { return it.Kind == Reflect }); got != asks {
			t.Errorf("%s asks: %v", outcome, got)
		}
	}
}
