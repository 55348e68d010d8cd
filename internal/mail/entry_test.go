package mail

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// TestACallsMailBringsItsEntry composes a whole message and finds the entry in
// it twice: as an alternative that calendars read, and as a file.
func TestACallsMailBringsItsEntry(t *testing.T) {
	at := time.Date(2026, 12, 10, 15, 0, 0, 0, time.UTC)
	e := Entry{
		UID: "call-1-2-abc@baton", Sequence: 2, From: at, To: at.Add(time.Hour), Stamp: at, Title: "Strategy call: Ada; and Ben, of the long, long names that fill a line", Text: "one\ntwo",
		URL: "https://baton.example.org/w/1/calls/2", Organizer: Attendee{"Ben", "ben@example.org"}, Attendees: []Attendee{{"Ben", "ben@example.org"}, {"Ada", "ada@example.org"}, {"No Mail", ""}},
	}
	text := e.Calendar()
	for _, want := range []string{"METHOD:REQUEST\r\n", "UID:call-1-2-abc@baton\r\n", "SEQUENCE:2\r\n", "STATUS:CONFIRMED\r\n", "DTSTART:20261210T150000Z\r\n", `DESCRIPTION:one\ntwo`} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no %q in %s", want, text)
		}
	}
	for line := range strings.SplitSeq(text, "\r\n") {
		if len(line) > 75 {
			t.Errorf("a line of %d bytes is not folded: %s", len(line), line)
		}
	}
	if n := strings.Count(text, "ATTENDEE"); n != 2 {
		t.Errorf("%d take part", n)
	}
	e.Cancelled = true
	s, err := ParseServer("smtp://mail.example.org")
	if err != nil {
		t.Fatal(err)
	}
	msg, err := s.message(Message{ID: "1@x", To: "ada@example.org", Subject: "Call", Body: "Hello", Calendar: e.Calendar(), At: at})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := msg.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"multipart/mixed", "multipart/alternative", "text/calendar; method=CANCEL", "application/ics", `filename="call.ics"`, "text/plain"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the message has no %s:\n%s", want, b.String())
		}
	}
}
