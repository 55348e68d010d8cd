package delegations_test

import (
	"log/slog"
	"testing"
	"time"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/app/people"
	"baton/internal/app/tasks"
	"baton/internal/app/workspaces"
	"baton/internal/storetest"
	"baton/internal/work"
)

// TestSoftwareStaysBelowItsCap: who decides at level 6 is followed by no
// software, and does not become software.
func TestSoftwareStaysBelowItsCap(t *testing.T) {
	a := app.New(storetest.Open(t, storetest.DSN(t, "sqlite")), slog.New(slog.DiscardHandler))
	a.Now = func() time.Time { return time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC) }
	ada, err := workspaces.Found(t.Context(), a, workspaces.Founding{Workspace: "Clinic", Kind: "practice", Currency: "USD", Zone: "UTC", Name: "Ada", Email: "ada@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	person := func(name string, kind work.PersonKind) work.PersonID {
		p, err := people.Add.Do(t.Context(), a, ada, people.Fields{Name: &name, Kind: &kind})
		if err != nil {
			t.Fatal(err)
		}
		return p.ID
	}
	ben, robot := person("Ben", work.Teammate), person("Robot", work.Agent)
	task, err := tasks.Add.Do(t.Context(), a, ada, tasks.AddTask{Line: "Order supplies"})
	if err != nil {
		t.Fatal(err)
	}
	terms := work.Terms{Brief: work.Brief{Outcome: "Nothing is missing"}, Authority: work.Authority{Level: work.Inform}, Effort: 30}
	d, err := delegations.Begin.Do(t.Context(), a, ada, delegations.StartDelegation{Task: task.ID, Kind: work.Strategic, Receiver: ben, Terms: &terms})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := delegations.Offer.Do(t.Context(), a, ada, delegations.MakeOffer{On: delegations.On{Delegation: d.ID}}); err != nil {
		t.Fatal(err)
	}
	agent := work.Agent
	for name, try := range map[string]func() error{
		"called software": func() error {
			_, err := people.Edit.Do(t.Context(), a, ada, people.EditPerson{Person: ben, Fields: people.Fields{Kind: &agent, Accountable: &ada.Person}})
			return err
		},
		"followed by software": func() error {
			_, err := delegations.Leave.Do(t.Context(), a, ada, delegations.LeaveNow{Person: ben, Successor: robot})
			return err
		},
	} {
		if err := try(); work.KindOf(err) != work.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}
