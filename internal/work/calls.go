package work

import "slices"

// What can happen to a strategy call.
const (
	CallBooked    EventKind = "call_booked"
	CallMoved     EventKind = "call_moved"
	CallCancelled EventKind = "call_cancelled"
	CallConfirmed EventKind = "call_confirmed" // what somebody did, confirmed to them
	CallNear      EventKind = "call_near"      // the day before
	CallBegun     EventKind = "call_begun"
	CallEnded     EventKind = "call_ended"
	CallMissed    EventKind = "call_missed"
	CallUnsaid    EventKind = "call_unsaid" // its time is over and nobody said that it took place
	CallProposed  EventKind = "call_proposed"
	CallTaken     EventKind = "call_taken"
	CallWalked    EventKind = "call_walked" // a question of a call of one's own was answered, or passed by
)

// OfCall reports whether an event is between a client and a coach in a call,
// and nobody else's to read.
func (k EventKind) OfCall() bool {
	return slices.Contains([]EventKind{
		CallBooked, CallMoved, CallCancelled, CallConfirmed, CallNear, CallBegun, CallEnded, CallMissed, CallUnsaid, CallProposed, CallTaken, CallWalked,
	}, k)
}
