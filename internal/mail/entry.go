package mail

import (
	"fmt"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"
)

// An Entry is a call as a calendar knows it. It stays the same entry when the
// call moves: its UID stays, its sequence rises.
type Entry struct {
	UID       string
	Sequence  int
	Cancelled bool
	From, To  time.Time
	Stamp     time.Time // when it was said
	Title     string
	Text      string
	URL       string
	Organizer Attendee
	Attendees []Attendee // the organizer too; nobody: an entry of the organizer's own
}

// An Attendee takes part.
type Attendee struct{ Name, Email string }

// Calendar renders an entry as iTIP does (RFC 5546): a REQUEST, or a PUBLISH
// where there is nobody to ask, or a CANCEL.
// Times are UTC, so that no zone has to come along.
func (e Entry) Calendar() string {
	cal := ics.NewCalendarFor("Baton")
	cal.SetMethod(ics.MethodRequest)
	event := cal.AddEvent(e.UID)
	event.SetStatus(ics.ObjectStatusConfirmed)
	if len(e.Attendees) == 0 {
		cal.SetMethod(ics.MethodPublish)
	}
	if e.Cancelled {
		cal.SetMethod(ics.MethodCancel)
		event.SetStatus(ics.ObjectStatusCancelled)
	}
	event.SetSequence(e.Sequence)
	event.SetDtStampTime(e.Stamp.UTC())
	event.SetStartAt(e.From.UTC())
	event.SetEndAt(e.To.UTC())
	event.SetSummary(e.Title)
	event.SetDescription(e.Text)
	event.SetURL(e.URL)
	event.SetOrganizer("mailto:"+e.Organizer.Email, ics.WithCN(e.Organizer.Name))
	for _, a := range e.Attendees {
		if a.Email != "" {
			event.AddAttendee("mailto:"+a.Email, ics.ParticipationStatusAccepted, ics.WithCN(a.Name), ics.WithRSVP(false))
		}
	}
	return cal.Serialize(ics.WithNewLineWindows)
}

// method is the METHOD of an iCalendar stream, as its content type repeats it.
func method(calendar string) string {
	_, rest, _ := strings.Cut(calendar, "METHOD:")
	word, _, _ := strings.Cut(rest, "\r\n")
	return word
}

// A CallNews is what a mail about a call says.
type CallNews struct {
	Name     string // of its reader
	Sentence string
	When     string // by the reader's clock
	Then     string // by the other's, where it differs
	Was      string // when it was to be before it moved, by the reader's clock
	More     string // a reason, or what the client wants of it
	URL      string // "" for somebody who cannot open it any more
	Foot     string
}

// ComposeCall writes a mail about a call.
func ComposeCall(n CallNews) (subject, body string) {
	var b strings.Builder
	fmt.Fprintf(&b, "Hello %s,\n\n%s\n\n", n.Name, n.Sentence)
	for _, line := range []string{n.When, n.Then, n.Was, n.More} {
		if line != "" {
			fmt.Fprintf(&b, "%s\n", line)
		}
	}
	if n.URL != "" {
		fmt.Fprintf(&b, "\n%s\n", n.URL)
	}
	fmt.Fprintf(&b, "\n%s\n", n.Foot)
	return oneLine(strings.TrimSuffix(n.Sentence, ".")), b.String()
}
