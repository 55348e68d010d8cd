package mail

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var note = Message{
	ID: "1.2@baton.example.org", To: "ada@example.org", ReplyTo: "imani@example.org", Subject: "Über „Rota“", Body: "Hello Ada\n",
	At: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC),
}

// TestSend sends to servers that offer and ask for this and that: no password
// leaves in the open unless the operator says so, and no certificate is
// believed that the system does not know.
func TestSend(t *testing.T) {
	const id = "<1.2@baton.example.org>"
	for _, row := range []struct {
		name    string
		server  *server
		address string // before the host, and after the port
		query   string
		want    letter
		problem string // part of it, when none arrives
	}{
		{"plain, where nothing else is offered", &server{}, "smtp://", "", letter{"", id, false}, ""},
		{"STARTTLS when it is offered", &server{cert: trusted, starttls: true}, "smtp://", "", letter{"", id, true}, ""},
		{"STARTTLS, then the password", &server{cert: trusted, starttls: true, password: "s3:cret"}, "smtp://ada:s3%3Acret@", "", letter{"ada", id, true}, ""},
		{"TLS from the start, then the password", &server{cert: trusted, implicit: true, password: "s3cret"}, "smtps://ada:s3cret@", "", letter{"ada", id, true}, ""},
		{"TLS from the start without a password", &server{cert: trusted, implicit: true}, "smtps://", "", letter{"", id, true}, ""},
		{"a password in the open, when told to", &server{password: "s3cret"}, "smtp://ada:s3cret@", "tls=off", letter{"ada", id, false}, ""},
		{"off stays off", &server{cert: trusted, starttls: true}, "smtp://", "tls=off", letter{"", id, false}, ""},
		{"no password in the open", &server{password: "s3cret"}, "smtp://ada:s3cret@", "", letter{}, "STARTTLS"},
		{"TLS is required and not offered", &server{}, "smtp://", "tls=required", letter{}, "STARTTLS"},
		{"a wrong password", &server{cert: trusted, starttls: true, password: "s3cret"}, "smtp://ada:guess@", "", letter{}, "5.7.8"},
		{"a certificate nobody vouches for", &server{cert: stranger, implicit: true}, "smtps://", "", letter{}, "certificate"},
		{"the same after STARTTLS", &server{cert: stranger, starttls: true, password: "s3cret"}, "smtp://ada:s3cret@", "", letter{}, "certificate"},
	} {
		t.Run(row.name, func(t *testing.T) {
			to, err := ParseServer(row.address + row.server.serve(t) + "?from=baton@example.org&" + row.query)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(to.String(), "cret") {
				t.Errorf("%s says the password", to)
			}
			err, checked := to.Send(t.Context(), note), to.Check(t.Context())
			if row.problem != "" {
				var refused Refused
				switch {
				case err == nil || checked == nil:
					t.Errorf("sent: %v, checked: %v", err, checked)
				case errors.As(err, &refused):
					t.Errorf("given up for good: %v", err)
				case !strings.Contains(err.Error(), row.problem) || !strings.Contains(checked.Error(), row.problem):
					t.Errorf("sent: %v, checked: %v", err, checked)
				}
				if len(row.server.heard) > 0 {
					t.Errorf("arrived all the same: %v", row.server.heard)
				}
				return
			}
			again := to.Send(t.Context(), note) // a repeat carries the same id
			if err := errors.Join(err, checked, again); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]letter{row.want, row.want}, row.server.heard); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestParseServerRefuses(t *testing.T) {
	for _, row := range []struct{ address, want string }{
		{"mail.example.org", "cannot be read"},
		{"http://mail.example.org", "cannot be read"},
		{"smtp://mail.example.org?tls=perhaps", "tls is required, opportunistic or off"},
		{"smtp://mail.example.org?from=nobody", "not an address"},
	} {
		if _, err := ParseServer(row.address); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %v", row.address, err)
		}
	}
}
