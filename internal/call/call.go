package call

import (
	"time"

	"baton/internal/work"
)

// A State is where a call stands.
type State string

// The states of a call.
const (
	Booked    State = "booked"
	Running   State = "running"
	Ended     State = "ended"
	Cancelled State = "cancelled"
	NotHeld   State = "not_held"
)

// A Call is a strategy call: with a coach, or guided by the client alone.
type Call struct {
	ID        work.CallID
	Sharing   work.SharingID // what the coach sees by; 0 without a coach
	Coach     work.PersonID  // 0 when it is self-guided
	Client    work.PersonID
	State     State
	From, To  time.Time
	Sequence  int    // of its calendar entry
	Wish      string // what the client wants of it
	Reason    string // why it was cancelled
	CreatedAt time.Time
	BegunAt   time.Time
	ClosedAt  time.Time
	Reminded  bool // the reminder of the day before is over
	Asked     bool // both were asked whether it took place
	Version   int64
}

const (
	remindBefore = 24 * time.Hour
	askAfter     = time.Hour
	beginsEarly  = time.Hour
	selfGuided   = time.Hour
)

// Book makes a call of a client's with their coach. The caller holds that the
// time is free.
func Book(a work.Act, s *work.Sharing, when Span, wish string) (Call, error) {
	switch {
	case a.By != s.Client:
		return Call{}, work.Errorf(work.Forbidden, "Only the client books a call.")
	case s.State != work.SharingOpen:
		return Call{}, work.Errorf(work.Conflict, "This ended; share with your coach again to book a call.")
	}
	c := Call{Sharing: s.ID, Coach: s.Coach, Client: s.Client, State: Booked, Wish: wish, CreatedAt: a.At}
	c.at(when, a.At)
	return c, nil
}

// Guide begins a call without a coach.
func Guide(a work.Act, wish string) Call {
	return Call{Client: a.By, State: Running, From: a.At, To: a.At.Add(selfGuided), Wish: wish, CreatedAt: a.At, BegunAt: a.At, Reminded: true}
}

func (c *Call) at(when Span, now time.Time) {
	c.From, c.To, c.Asked = when.From, when.To, false
	c.Reminded = !c.From.Add(-remindBefore).After(now)
}

// Of reports whether somebody takes part.
func (c *Call) Of(p work.PersonID) bool { return p != 0 && (p == c.Client || p == c.Coach) }

// Span is when the call is.
func (c *Call) Span() Span { return Span{c.From, c.To} }

// over are words for a call that is not booked any more.
var over = map[State]string{Running: "has begun", Ended: "is over", Cancelled: "is cancelled", NotHeld: "did not take place"}

// IsBooked refuses a call that is not booked any more.
func (c *Call) IsBooked() error {
	if c.State != Booked {
		return work.Errorf(work.Conflict, "This call %s.", over[c.State])
	}
	return nil
}

// Move gives a booked call another time. Either side may; the caller holds
// that the time is free.
func (c *Call) Move(when Span, now time.Time) error {
	if err := c.IsBooked(); err != nil {
		return err
	}
	if when.From.Equal(c.From) {
		return work.FieldError("at", "The call is at that time already.")
	}
	c.at(when, now)
	c.Sequence++
	return nil
}

// Cancel takes a booked call back. Either side may.
func (c *Call) Cancel(reason string, now time.Time) error {
	if err := c.IsBooked(); err != nil {
		return err
	}
	c.State, c.Reason, c.ClosedAt = Cancelled, reason, now
	c.Sequence++
	return nil
}

// Begin opens the call. Either side may, from an hour before its time.
func (c *Call) Begin(now time.Time) error {
	if err := c.IsBooked(); err != nil {
		return err
	}
	if !c.CanBegin(now) {
		return work.Errorf(work.Conflict, "This call can begin an hour before its time at the earliest.")
	}
	c.State, c.BegunAt, c.Reminded = Running, now, true
	return nil
}

// CanBegin reports whether the time to begin a call has come.
func (c *Call) CanBegin(now time.Time) bool { return !now.Before(c.BeginsFrom()) }

// BeginsFrom is when a call can begin at the earliest.
func (c *Call) BeginsFrom() time.Time { return c.From.Add(-beginsEarly) }

// End closes a call that took place, whether or not anybody opened it here.
func (c *Call) End(now time.Time) error {
	switch {
	case c.State == Running:
	case c.State == Booked && !now.Before(c.From):
		c.BegunAt = c.From
	case c.State == Booked:
		return work.Errorf(work.Conflict, "This call has not begun.")
	default:
		return c.IsBooked()
	}
	c.State, c.ClosedAt = Ended, now
	return nil
}

// Miss says that a call did not take place.
func (c *Call) Miss(now time.Time) error {
	if err := c.IsBooked(); err != nil {
		return err
	}
	if now.Before(c.From) {
		return work.Errorf(work.Conflict, "This call is still to come; cancel it if it will not take place.")
	}
	c.State, c.ClosedAt = NotHeld, now
	return nil
}

// Open reports whether there is still something to say about the call.
func (c *Call) Open() bool { return c.State == Booked || c.State == Running }

// Due is when the clock looks at the call next; zero when it need not.
func (c *Call) Due() time.Time {
	switch {
	case !c.Open():
		return time.Time{}
	case !c.Reminded:
		return c.From.Add(-remindBefore)
	case !c.Asked:
		return c.To.Add(askAfter)
	}
	return time.Time{}
}

// Tick does what is due at a moment, and says which event it makes, or "". A
// second call at the same moment changes nothing.
func (c *Call) Tick(now time.Time) work.EventKind {
	due := c.Due()
	switch {
	case due.IsZero() || due.After(now):
		return ""
	case !c.Reminded:
		c.Reminded = true
		if now.Before(c.From) {
			return work.CallNear
		}
		return ""
	}
	c.Asked = true
	return work.CallUnsaid
}
