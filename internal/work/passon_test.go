package work

import (
	"testing"
	"time"

	"baton/internal/ical"
)

// TestSilencePassesNothingOn: only the holder's yes ends work that is to be
// passed on; their silence and their no leave it as agreed.
func TestSilencePassesNothingOn(t *testing.T) {
	at := time.Date(2026, time.June, 1, 9, 0, 0, 0, time.UTC)
	ask := func() *Delegation {
		id := int64(0)
		d := &Delegation{ID: 1, Kind: Assignment, Giver: 1, Receiver: 2, State: Active, Title: "Rota", NextID: func() int64 { id++; return id }}
		d.Terms.Rule = ical.MustRule("FREQ=WEEKLY")
		if err := d.AskToPassOn(Act{By: 1, At: at, Zone: "UTC"}, "May I?"); err != nil {
			t.Fatal(err)
		}
		return d
	}
	silent := ask()
	it := silent.Open()[0]
	if it.Holder != 2 || it.Asks() != "say whether it may be passed on" || it.AnswerBy.Before(at.AddDate(0, 0, 5)) {
		t.Errorf("it asks %+v", it)
	}
	silent.Tick(Act{At: at.AddDate(0, 1, 0), Zone: "UTC"}, nil, nil)
	if silent.State != Active || !silent.EndsAt.IsZero() || len(silent.Open()) != 0 {
		t.Errorf("silence left it %s, to end %v, with %v", silent.State, silent.EndsAt, silent.Open())
	}
	for yes, want := range map[bool]State{true: Ended, false: Active} {
		d := ask()
		if err := d.AnswerNotice(Act{By: 2, At: at.AddDate(0, 0, 1), Zone: "UTC"}, yes, ""); err != nil {
			t.Fatal(err)
		}
		if d.State != want || yes && d.Outcome != ByAgreement {
			t.Errorf("answered %v it is %s, %s", yes, d.State, d.Outcome)
		}
	}
	for name, d := range map[string]*Delegation{
		"the receiver asks": {Giver: 2, Receiver: 1, State: Active, Terms: Terms{Rule: ical.MustRule("FREQ=WEEKLY")}},
		"done once":         {Giver: 1, Receiver: 2, State: Active},
		"not agreed yet":    {Giver: 1, Receiver: 2, State: Offered, Terms: Terms{Rule: ical.MustRule("FREQ=WEEKLY")}},
	} {
		if err := d.AskToPassOn(Act{By: 1, At: at, Zone: "UTC"}, ""); err == nil {
			t.Errorf("%s: nothing refuses it", name)
		}
	}
}
