package call

import (
	"fmt"
	"strings"
	"time"

	"baton/internal/ical"
	"baton/internal/work"
)

// A Note of a call: shared between the two, or the author's alone.
type Note struct {
	ID     int64
	Author work.PersonID
	Shared bool
	Text   string
	At     time.Time
}

// A Kind is what a decision does with a task.
type Kind string

// The kinds of decisions.
const (
	Delegate Kind = "delegate" // becomes a draft of the client's
	Drop     Kind = "drop"
	Automate Kind = "automate"
	Keep     Kind = "keep"
	Promise  Kind = "promise" // in the client's own words, until a day
)

// Kinds lists every kind, in the order pages show them.
var Kinds = []Kind{Delegate, Drop, Automate, Keep, Promise}

// A DecisionState is whether the client took a decision.
type DecisionState string

// The states of a decision.
const (
	IsProposed DecisionState = "proposed"
	IsTaken    DecisionState = "taken"
	IsLetGo    DecisionState = "let_go"
)

// Whether a promise was kept, as the client says; "" before they do.
const (
	WasKept = "kept"
	NotKept = "not_kept"
)

// A Decision of a call about the client's plate. Until the client takes it,
// nothing changes.
type Decision struct {
	ID         work.CallDecisionID
	Call       work.CallID
	Kind       Kind
	Task       work.TaskID // 0 for a promise about no task
	Title      string      // of the task then
	Receiver   work.PersonID
	Words      string
	Due        ical.Date
	By         work.PersonID
	At         time.Time
	State      DecisionState
	ClosedAt   time.Time
	Delegation work.DelegationID
	Kept       string
}

// Check says what is missing from a decision.
func (d *Decision) Check() error {
	switch d.Kind {
	case Promise:
		if strings.TrimSpace(d.Words) == "" {
			return work.FieldError("words", "Say what is promised.")
		}
	case Delegate, Drop, Automate, Keep:
		if d.Task == 0 {
			return work.FieldError("task", "Say which task it is about.")
		}
	default:
		return work.FieldError("kind", "A decision is delegate, drop, automate, keep or promise.")
	}
	return nil
}

// Take makes a proposal the client's own.
func (d *Decision) Take(now time.Time) error {
	if d.State != IsProposed {
		return work.Errorf(work.Conflict, "This was answered already.")
	}
	d.State, d.ClosedAt = IsTaken, now
	return nil
}

// Refuse lets a proposal go.
func (d *Decision) Refuse(now time.Time) error {
	if d.State != IsProposed {
		return work.Errorf(work.Conflict, "This was answered already.")
	}
	d.State, d.ClosedAt = IsLetGo, now
	return nil
}

// Say notes whether a promise was kept; it can be said anew.
func (d *Decision) Say(kept bool) error {
	if d.Kind != Promise || d.State != IsTaken {
		return work.Errorf(work.Conflict, "Only a promise of yours is kept or not.")
	}
	d.Kept = NotKept
	if kept {
		d.Kept = WasKept
	}
	return nil
}

// Facts are what there is now of what a decision is about.
type Facts struct {
	Task       *work.Task       // nil when there is none any more
	Delegation *work.Delegation // nil when there is none any more
	Verdict    work.Verdict     // the client's on the task, now
	Today      ical.Date
}

// Became says in words what became of a decision, and whether it is settled:
// one that is not is where the next call begins.
func (d *Decision) Became(f Facts) (words string, settled bool) {
	switch {
	case d.State == IsProposed:
		return "Proposed, and not answered yet.", false
	case d.State == IsLetGo:
		return "Let go.", true
	case d.Kind == Promise:
		return d.promised(f.Today)
	case d.Kind == Delegate:
		return delegated(f)
	case f.Task == nil:
		return "The task is gone.", true
	case f.Task.State == work.TaskDropped:
		return "The task was dropped.", true
	case f.Task.State == work.TaskDone:
		return "The task is done.", true
	case d.Kind == Keep:
		return "Kept on the plate.", true
	case d.Kind == Drop:
		return "The task is on the plate again.", false
	case f.Verdict != work.Automate:
		return fmt.Sprintf("Decided otherwise since: %s.", verdictWords(f.Verdict)), true
	}
	return "Still on the plate, to be automated.", false
}

func verdictWords(v work.Verdict) string {
	if v == "" {
		return "no verdict"
	}
	return string(v)
}

func (d *Decision) promised(today ical.Date) (string, bool) {
	switch {
	case d.Kept == WasKept:
		return "Kept.", true
	case d.Kept == NotKept:
		return "Not kept.", true
	case d.Due.IsZero():
		return "Not said yet whether it is kept.", false
	case d.Due.Compare(today) < 0:
		return fmt.Sprintf("Due on %s; not said yet whether it is kept.", dayWords(d.Due)), false
	}
	return fmt.Sprintf("Due on %s.", dayWords(d.Due)), false
}

func dayWords(d ical.Date) string { return d.In(time.UTC).Format("2 January 2006") }

func delegated(f Facts) (string, bool) {
	if f.Delegation == nil {
		return "The draft was discarded.", true
	}
	who := f.Delegation.Name(f.Delegation.Receiver)
	switch f.Delegation.State {
	case work.Draft:
		return "Still a draft.", false
	case work.Offered:
		return "Offered, and not answered yet.", false
	case work.Active:
		return fmt.Sprintf("%s accepted and carries it.", who), true
	}
	return fmt.Sprintf("Ended: %s.", strings.ReplaceAll(string(f.Delegation.Outcome), "_", " ")), true
}
