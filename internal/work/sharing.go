package work

import (
	"slices"
	"time"
)

// A SharedPart is one thing that a client shows a coach, or does not.
type SharedPart string

// What can be shown to a coach.
const (
	SharePlate     SharedPart = "plate"     // the tasks on the plate, by verdict
	ShareHours     SharedPart = "hours"     // the week's load and the ledger
	ShareLetGo     SharedPart = "letgo"     // the let-go list, with what its scores are made of
	ShareMirror    SharedPart = "mirror"    // where the client stepped in and kept away
	SharePromises  SharedPart = "promises"  // what was promised, kept and not
	ShareQuestions SharedPart = "questions" // questions to ask, and the client's own
	SharePrivate   SharedPart = "private"   // work in private areas, in all the others
)

// SharedParts lists every part, in the order of a call.
var SharedParts = []SharedPart{ShareHours, SharePlate, ShareLetGo, SharePromises, ShareMirror, ShareQuestions, SharePrivate}

// A SharingState is whether the coach can still look.
type SharingState string

// The states of a sharing.
const (
	SharingOpen  SharingState = "open"
	SharingEnded SharingState = "ended"
)

// A Sharing is what one client shows one coach.
type Sharing struct {
	ID      SharingID
	Client  PersonID
	Coach   PersonID
	Parts   []SharedPart // in the order of SharedParts, each once; none: nothing yet
	Asks    string       // what the client wants to ask, in their own words
	State   SharingState
	Since   time.Time
	EndedAt time.Time
	EndedBy PersonID  // 0 when somebody left
	SeenAt  time.Time // when the coach last looked; zero never
	Version int64
}

// A Naming is whether a third party may be named in what a coach reads.
type Naming struct {
	Sharing  SharingID
	Person   PersonID
	ToldAt   time.Time // zero when there is no way to tell them
	AgreedAt time.Time // zero: by initials
}

// What can happen to a sharing, and to those who appear in it.
const (
	SharingBegun   EventKind = "sharing_begun"
	SharingChanged EventKind = "sharing_changed"
	SharingStopped EventKind = "sharing_ended"
	SharingSeen    EventKind = "sharing_seen"
	SharedAbout    EventKind = "shared_about" // a third party is told that they appear
	NamingSaid     EventKind = "naming_said"  // a third party agrees to be named, or takes it back
)

// OfSharing reports whether an event is between a client and a coach, or a
// client and a third party, and nobody else's to read.
func (k EventKind) OfSharing() bool {
	return slices.Contains([]EventKind{SharingBegun, SharingChanged, SharingStopped, SharingSeen, SharedAbout, NamingSaid}, k)
}

// Share lets a client show a coach the parts they chose, none of them too.
func Share(a Act, coach PersonID, parts []SharedPart, asks string) (Sharing, error) {
	if coach == a.By {
		return Sharing{}, FieldError("coach", "Nobody coaches themselves; without a coach, go through the call on your own.")
	}
	s := Sharing{Client: a.By, Coach: coach, State: SharingOpen, Since: a.At}
	return s, s.show(parts, asks)
}

// Change lets the client say anew what they show.
func (s *Sharing) Change(a Act, parts []SharedPart, asks string) error {
	if err := s.going(); err != nil {
		return err
	}
	if a.By != s.Client {
		return Errorf(Forbidden, "Only the client says what is shown.")
	}
	return s.show(parts, asks)
}

func (s *Sharing) show(parts []SharedPart, asks string) error {
	for _, p := range parts {
		if !slices.Contains(SharedParts, p) {
			return FieldError("parts", "There is no part called %q; a client shows hours, plate, letgo, promises, mirror, questions, private.", p)
		}
	}
	chosen := []SharedPart{}
	for _, p := range SharedParts {
		if slices.Contains(parts, p) {
			chosen = append(chosen, p)
		}
	}
	s.Parts, s.Asks = chosen, asks
	return nil
}

// Stop ends a sharing at once: either side may, and nobody (0) does when one
// of them leaves.
func (s *Sharing) Stop(a Act) error {
	if err := s.going(); err != nil {
		return err
	}
	if a.By != 0 && a.By != s.Client && a.By != s.Coach {
		return Errorf(Forbidden, "Only the client or the coach can end this.")
	}
	s.State, s.EndedAt, s.EndedBy = SharingEnded, a.At, a.By
	return nil
}

// LookEvery is how long a coach may look again without another word of it in
// the histories.
const LookEvery = time.Hour

// Look notes that the coach looked, and reports whether that is a new look.
func (s *Sharing) Look(a Act) (bool, error) {
	if err := s.going(); err != nil {
		return false, err
	}
	if a.By != s.Coach {
		return false, Errorf(Forbidden, "This is shown to another coach.")
	}
	anew := s.SeenAt.IsZero() || a.At.Sub(s.SeenAt) >= LookEvery
	s.SeenAt = a.At
	return anew, nil
}

func (s *Sharing) going() error {
	if s.State != SharingOpen {
		return Errorf(Conflict, "This ended; nothing is shown any more.")
	}
	return nil
}

// Shows reports whether a part is shown.
func (s *Sharing) Shows(p SharedPart) bool {
	return s.State == SharingOpen && slices.Contains(s.Parts, p)
}

// Of reports whether somebody is one of the two it is between.
func (s *Sharing) Of(p PersonID) bool { return p != 0 && (p == s.Client || p == s.Coach) }
