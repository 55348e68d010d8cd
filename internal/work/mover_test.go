package work

import (
	"testing"
	"time"
)

// TestNothingSince holds that a delegation is quiet since a person last did
// something about it, whatever the clock did in between.
func TestNothingSince(t *testing.T) {
	const giver, receiver = PersonID(1), PersonID(2)
	began := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	next := int64(10)
	d := &Delegation{
		ID: 1, Kind: Assignment, Task: 1, Giver: giver, Receiver: receiver, State: Active, StartedAt: began, Agreed: 1,
		Terms: Terms{Version: 1, Authority: Authority{Level: Explain}}, NextID: func() int64 { next++; return next },
	}
	if who, since := d.Mover(); who != receiver || !since.Equal(began) {
		t.Errorf("before anything happened it is the move of %d since %s", who, since)
	}
	at := began.AddDate(0, 0, 3)
	if err := d.GiveUpdate(Act{By: receiver, At: at, Zone: "UTC"}, OnTrack, "", false); err != nil {
		t.Fatal(err)
	}
	d.Items = nil // closed ones are not loaded again
	d.record(Act{At: at.AddDate(0, 0, 2), Zone: "UTC"}, Reminded, Detail{})
	if _, since := d.Mover(); !since.Equal(at) {
		t.Errorf("quiet since %s, not since the update of %s", since, at)
	}
}
