package call

import (
	"strings"
	"testing"
	"time"

	"baton/internal/ical"
	"baton/internal/work"
)

func TestWhatBecameOfADecision(t *testing.T) {
	today := ical.Date{Year: 2026, Month: time.December, Day: 10}
	task := func(s work.TaskState) *work.Task { return &work.Task{State: s} }
	draft := func(s work.State, o work.Outcome) *work.Delegation {
		return &work.Delegation{State: s, Outcome: o, Receiver: 7, Names: map[work.PersonID]string{7: "Imani"}}
	}
	for name, row := range map[string]struct {
		kind    Kind
		state   DecisionState
		due     ical.Date
		kept    string
		facts   Facts
		want    string
		settled bool
	}{
		"not answered":        {Drop, IsProposed, ical.Date{}, "", Facts{Task: task(work.TaskOpen)}, "Proposed, and not answered yet.", false},
		"let go":              {Drop, IsLetGo, ical.Date{}, "", Facts{Task: task(work.TaskOpen)}, "Let go.", true},
		"dropped":             {Drop, IsTaken, ical.Date{}, "", Facts{Task: task(work.TaskDropped)}, "The task was dropped.", true},
		"dropped and back":    {Drop, IsTaken, ical.Date{}, "", Facts{Task: task(work.TaskOpen)}, "The task is on the plate again.", false},
		"gone":                {Keep, IsTaken, ical.Date{}, "", Facts{}, "The task is gone.", true},
		"kept":                {Keep, IsTaken, ical.Date{}, "", Facts{Task: task(work.TaskOpen)}, "Kept on the plate.", true},
		"to be automated":     {Automate, IsTaken, ical.Date{}, "", Facts{Task: task(work.TaskOpen), Verdict: work.Automate}, "Still on the plate, to be automated.", false},
		"decided otherwise":   {Automate, IsTaken, ical.Date{}, "", Facts{Task: task(work.TaskOpen), Verdict: work.Keep}, "Decided otherwise since: keep.", true},
		"a draft":             {Delegate, IsTaken, ical.Date{}, "", Facts{Delegation: draft(work.Draft, "")}, "Still a draft.", false},
		"offered":             {Delegate, IsTaken, ical.Date{}, "", Facts{Delegation: draft(work.Offered, "")}, "Offered, and not answered yet.", false},
		"accepted":            {Delegate, IsTaken, ical.Date{}, "", Facts{Delegation: draft(work.Active, "")}, "Imani accepted and carries it.", true},
		"ended":               {Delegate, IsTaken, ical.Date{}, "", Facts{Delegation: draft(work.Ended, work.HandedBack)}, "Ended: handed back.", true},
		"discarded":           {Delegate, IsTaken, ical.Date{}, "", Facts{}, "The draft was discarded.", true},
		"a promise to come":   {Promise, IsTaken, today.AddDays(1), "", Facts{Today: today}, "Due on 11 December 2026.", false},
		"a promise over":      {Promise, IsTaken, today.AddDays(-1), "", Facts{Today: today}, "Due on 9 December 2026; not said yet whether it is kept.", false},
		"a promise kept":      {Promise, IsTaken, today, WasKept, Facts{Today: today}, "Kept.", true},
		"a promise not kept":  {Promise, IsTaken, today, NotKept, Facts{Today: today}, "Not kept.", true},
		"a promise some time": {Promise, IsTaken, ical.Date{}, "", Facts{Today: today}, "Not said yet whether it is kept.", false},
	} {
		d := Decision{Kind: row.kind, State: row.state, Due: row.due, Kept: row.kept}
		if got, settled := d.Became(row.facts); got != row.want || settled != row.settled {
			t.Errorf("%s: %q, settled %v; want %q, %v", name, got, settled, row.want, row.settled)
		}
	}
}

// TestACallTicksOnce lets the clock look at a call at every hour, twice.
func TestACallTicksOnce(t *testing.T) {
	start := at("2026-12-10T15:00:00Z")
	c := Call{Coach: 1, Client: 2, Sharing: 3, State: Booked}
	c.at(Span{start, start.Add(time.Hour)}, start.AddDate(0, 0, -3))
	var got []string
	for now := start.AddDate(0, 0, -3); now.Before(start.AddDate(0, 0, 3)); now = now.Add(time.Hour) {
		for range 2 {
			if kind := c.Tick(now); kind != "" {
				got = append(got, string(kind)+" "+now.Format("02T15"))
			}
		}
	}
	if want := "call_near 09T15,call_unsaid 10T17"; strings.Join(got, ",") != want {
		t.Errorf("the clock did %v, want %s", got, want)
	}
}
