package mail

import (
	"context"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"baton/internal/work"
)

// A Message is a mail ready to leave.
type Message struct {
	ID      string // Message-ID, the same however often it is sent
	To      string
	ReplyTo string
	Subject string
	Body    string
	// Calendar is an iCalendar stream of one entry, with its METHOD; "" for none.
	Calendar string
	At       time.Time
}

// A Server is a mail server that takes mail by SMTP.
type Server struct {
	host     string
	from     string
	options  []gomail.Option
	readable string // its address without the password
	secure   bool   // TLS from the start
}

// patience is how long one conversation with the server may take.
const patience = 20 * time.Second

// ParseServer reads the address of a mail server:
//
//	smtp[s]://[user:password@]host[:port][?from=ADDRESS][&tls=required|opportunistic|off]
//
// smtps speaks TLS from the start. smtp turns to TLS when the server offers
// it, and insists on it where a password is sent, unless told otherwise.
func ParseServer(address string) (*Server, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "smtp" && u.Scheme != "smtps" || u.Hostname() == "" {
		return nil, work.FieldError("smtp", "The mail server's address cannot be read; write it like smtp://user:password@mail.example.org:587?from=baton@example.org.")
	}
	s := &Server{host: u.Hostname(), from: u.Query().Get("from")}
	if s.from == "" {
		s.from = "baton@" + s.host
		if strings.Contains(u.User.Username(), "@") {
			s.from = u.User.Username()
		}
	}
	if _, err := netmail.ParseAddress(s.from); err != nil {
		return nil, work.FieldError("smtp", "%q is not an address that mail can come from.", s.from)
	}
	policy, port, err := security(u)
	if err != nil {
		return nil, err
	}
	if text := u.Port(); text != "" {
		if port, err = strconv.Atoi(text); err != nil {
			return nil, work.FieldError("smtp", "%q is not a port.", text)
		}
	}
	s.readable = fmt.Sprintf("%s://%s", u.Scheme, net.JoinHostPort(s.host, strconv.Itoa(port)))
	s.options = []gomail.Option{gomail.WithTLSPolicy(policy), gomail.WithPort(port), gomail.WithTimeout(patience)}
	if u.Scheme == "smtps" {
		s.secure, s.options = true, append(s.options, gomail.WithSSL())
	}
	if password, ok := u.User.Password(); ok {
		auth := gomail.SMTPAuthAutoDiscover
		if policy == gomail.NoTLS && u.Scheme == "smtp" {
			auth = gomail.SMTPAuthPlainNoEnc
		}
		s.options = append(s.options, gomail.WithSMTPAuth(auth), gomail.WithUsername(u.User.Username()), gomail.WithPassword(password))
	}
	return s, nil
}

// security says how a connection is kept private, and the usual port for it.
func security(u *url.URL) (gomail.TLSPolicy, int, error) {
	port := 587
	if u.Scheme == "smtps" {
		port = 465
	}
	_, secret := u.User.Password()
	switch word := u.Query().Get("tls"); {
	case word == "required", word == "" && secret:
		return gomail.TLSMandatory, port, nil
	case word == "opportunistic", word == "":
		return gomail.TLSOpportunistic, port, nil
	case word == "off":
		return gomail.NoTLS, port, nil
	}
	return 0, 0, work.FieldError("smtp", "tls is required, opportunistic or off.")
}

// String is the server's address without its password.
func (s *Server) String() string { return s.readable }

// Refused says that the server will never take a message.
type Refused struct{ cause error }

// Error says what the server said.
func (r Refused) Error() string { return r.cause.Error() }

// Unwrap returns what the server said.
func (r Refused) Unwrap() error { return r.cause }

// Send hands a message to the server. An error is Refused when trying again is
// of no use.
func (s *Server) Send(ctx context.Context, m Message) error {
	msg, err := s.message(m)
	if err != nil {
		return Refused{err}
	}
	c, hangUp, err := s.client()
	if err != nil {
		return err
	}
	defer hangUp()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	err = c.DialAndSendWithContext(ctx, msg)
	var failed *gomail.SendError
	if !errors.As(err, &failed) {
		return err
	}
	err = errors.New(strings.TrimSpace(failed.Error()))
	if code := failed.ErrorCode(); code >= 500 && !failed.IsTemp() {
		return Refused{err}
	}
	return err
}

// client prepares one conversation. The library leaves its connection open when
// it gives up before it logged in; hangUp closes it.
func (s *Server) client() (c *gomail.Client, hangUp func(), err error) {
	var line net.Conn
	options := s.options
	if !s.secure {
		options = append(slices.Clip(options), gomail.WithDialContextFunc(func(ctx context.Context, network, address string) (net.Conn, error) {
			var err error
			line, err = (&net.Dialer{}).DialContext(ctx, network, address)
			return line, err
		}))
	}
	hangUp = func() {
		if line != nil {
			_ = line.Close() // most often it is closed already
		}
	}
	if c, err = gomail.NewClient(s.host, options...); err != nil {
		return nil, nil, fmt.Errorf("prepare for %s: %w", s, err)
	}
	return c, hangUp, nil
}

func (s *Server) message(m Message) (*gomail.Msg, error) {
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	if err := msg.FromFormat("Baton", s.from); err != nil {
		return nil, fmt.Errorf("from %s: %w", s.from, err)
	}
	if err := msg.To(m.To); err != nil {
		return nil, fmt.Errorf("to %s: %w", m.To, err)
	}
	if m.ReplyTo != "" {
		if err := msg.ReplyTo(m.ReplyTo); err != nil {
			return nil, fmt.Errorf("reply to %s: %w", m.ReplyTo, err)
		}
	}
	msg.SetMessageIDWithValue(m.ID)
	msg.SetDateWithValue(m.At)
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.Subject(m.Subject)
	msg.SetBodyString(gomail.TypeTextPlain, m.Body)
	if m.Calendar == "" {
		return msg, nil
	}
	// Mail programs that know calendars read the alternative; the attachment is
	// for the others.
	kind := gomail.ContentType("text/calendar; method=" + method(m.Calendar))
	msg.AddAlternativeString(kind, m.Calendar)
	if err := msg.AttachReader("call.ics", strings.NewReader(m.Calendar), gomail.WithFileContentType("application/ics")); err != nil {
		return nil, fmt.Errorf("attach the calendar entry: %w", err)
	}
	return msg, nil
}

// Check says whether the server answers and lets Baton in.
func (s *Server) Check(ctx context.Context) error {
	c, hangUp, err := s.client()
	if err != nil {
		return err
	}
	defer hangUp()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := c.DialWithContext(ctx); err != nil {
		return err
	}
	return c.Close()
}
