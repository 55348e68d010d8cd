package store

import (
	"context"
	"time"

	"baton/internal/work"
)

// AddNotice keeps that somebody is to be told of an event, from a moment on.
func (tx *Tx) AddNotice(ctx context.Context, n work.Notice, leaves time.Time) error {
	return tx.exec(ctx, `INSERT INTO notices (workspace, event, person, urgent, leaves_at, mailed_at, letter) VALUES (?, ?, ?, ?, ?, 0, 0)
		ON CONFLICT (workspace, event, person) DO NOTHING`, tx.ws.ID, n.Event, n.To, bit(n.Urgent), micros(leaves))
}

// DropNotices forgets what nobody was told yet of a delegation's events since
// a moment.
func (tx *Tx) DropNotices(ctx context.Context, d work.DelegationID, since time.Time) error {
	return tx.exec(ctx, `DELETE FROM notices WHERE workspace = ? AND mailed_at = 0 AND event IN
		(SELECT number FROM events WHERE workspace = ? AND delegation = ? AND at >= ?)`, tx.ws.ID, tx.ws.ID, d, micros(since))
}

// A Pending notice is one that mail may still tell of, with its event.
type Pending struct {
	Urgent bool
	Leaves time.Time
	Event  work.Event
}

// PendingNotices lists what a person was not told yet by mail and may be told
// by a moment, the oldest first.
func (tx *Tx) PendingNotices(ctx context.Context, person work.PersonID, at time.Time) ([]Pending, error) {
	return collect(ctx, tx.session, func(row scanner) (p Pending, err error) {
		var leaves int64
		p.Event, err = scanEvent(scanAfter{row, []any{&p.Urgent, &leaves}})
		p.Leaves = instant(leaves)
		return p, err
	}, `SELECT n.urgent, n.leaves_at, `+prefixed("e", eventColumns)+` FROM notices n JOIN events e ON e.workspace = n.workspace AND e.number = n.event
		WHERE n.workspace = ? AND n.person = ? AND n.mailed_at = 0 AND n.leaves_at <= ? ORDER BY n.event`, tx.ws.ID, person, micros(at))
}

// SettleNotice notes that mail told a person of an event, or that none will.
func (tx *Tx) SettleNotice(ctx context.Context, person work.PersonID, n work.EventNumber, letter int64, at time.Time) error {
	return tx.exec(ctx, `UPDATE notices SET mailed_at = ?, letter = ? WHERE workspace = ? AND event = ? AND person = ?`, micros(at), letter, tx.ws.ID, n, person)
}

// PostponeNotice lets a notice wait for a later mail.
func (tx *Tx) PostponeNotice(ctx context.Context, person work.PersonID, n work.EventNumber, leaves time.Time) error {
	return tx.exec(ctx, `UPDATE notices SET leaves_at = ? WHERE workspace = ? AND event = ? AND person = ?`, micros(leaves), tx.ws.ID, n, person)
}

// An Addressee is somebody whom mail may tell something now.
type Addressee struct {
	Workspace work.WorkspaceID
	Person    work.PersonID
}

// Addressees lists who has something to be told by a moment: what happened, or
// that their week is to be looked over.
func (g *Global) Addressees(ctx context.Context, at time.Time) ([]Addressee, error) {
	return collect(ctx, g.session, func(row scanner) (a Addressee, err error) { err = row.Scan(&a.Workspace, &a.Person); return a, err },
		`SELECT workspace, person FROM notices WHERE mailed_at = 0 AND leaves_at <= ?
		UNION SELECT workspace, person FROM members WHERE review_at > 0 AND review_at <= ? ORDER BY workspace, person`, micros(at), micros(at))
}

// DigestedAt is when a person's last daily mail was written.
func (tx *Tx) DigestedAt(ctx context.Context, person work.PersonID) (time.Time, error) {
	us, err := one(ctx, tx.session, number[int64], `SELECT digested_at FROM people WHERE workspace = ? AND id = ?`, tx.ws.ID, person)
	return instant(us), missing(err, "person")
}

// SetDigested notes that a person's daily mail was written.
func (tx *Tx) SetDigested(ctx context.Context, person work.PersonID, at time.Time) error {
	return tx.exec(ctx, `UPDATE people SET digested_at = ? WHERE workspace = ? AND id = ?`, micros(at), tx.ws.ID, person)
}

// A Letter is a mail in the outbox.
type Letter struct {
	Workspace work.WorkspaceID
	ID        int64
	Person    work.PersonID
	Giver     work.PersonID // on whose behalf it goes to somebody without an account
	To        string
	ReplyTo   string
	Subject   string
	Body      string
	Calendar  string // an iCalendar stream that goes along; "" for none
	MessageID string // the same however often it is sent
	CreatedAt time.Time
	LeavesAt  time.Time // not before; a worker that sends it moves this on
	Attempts  int
	SentAt    time.Time
	GivenUpAt time.Time
	Problem   string // of the last attempt
}

const letterColumns = `workspace, id, person, giver, recipient, reply_to, subject, body, calendar, message_id, created_at, leaves_at, attempts, sent_at, given_up_at, problem`

func scanLetter(row scanner) (l Letter, err error) {
	var created, leaves, sent, given int64
	err = row.Scan(&l.Workspace, &l.ID, &l.Person, &l.Giver, &l.To, &l.ReplyTo, &l.Subject, &l.Body, &l.Calendar, &l.MessageID, &created, &leaves, &l.Attempts, &sent, &given, &l.Problem)
	l.CreatedAt, l.LeavesAt, l.SentAt, l.GivenUpAt = instant(created), instant(leaves), instant(sent), instant(given)
	return l, err
}

// AddLetter puts a mail in the outbox, with the id its caller took.
func (tx *Tx) AddLetter(ctx context.Context, l Letter) error {
	return tx.exec(ctx, `INSERT INTO outbox (`+letterColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, '')`,
		tx.ws.ID, l.ID, l.Person, l.Giver, l.To, l.ReplyTo, l.Subject, l.Body, l.Calendar, l.MessageID, micros(l.CreatedAt), micros(l.LeavesAt))
}

// Letters lists the mail to a person and on their behalf, the newest first,
// before an id (0: from the newest on).
func (tx *Tx) Letters(ctx context.Context, person work.PersonID, before int64, limit int) ([]Letter, error) {
	query, args := `SELECT `+letterColumns+` FROM outbox WHERE workspace = ? AND id IN (SELECT id FROM outbox WHERE workspace = ? AND person = ?
		UNION ALL SELECT id FROM outbox WHERE workspace = ? AND giver > 0 AND giver = ?)`, []any{tx.ws.ID, tx.ws.ID, person, tx.ws.ID, person}
	if before > 0 {
		query, args = query+` AND id < ?`, append(args, before)
	}
	return collect(ctx, tx.session, scanLetter, query+` ORDER BY id DESC LIMIT ?`, append(args, limit)...)
}

// Letter returns a mail of the outbox.
func (tx *Tx) Letter(ctx context.Context, id int64) (Letter, error) {
	l, err := one(ctx, tx.session, scanLetter, `SELECT `+letterColumns+` FROM outbox WHERE workspace = ? AND id = ?`, tx.ws.ID, id)
	return l, missing(err, "mail")
}

// LeavingLetters lists mail whose time has come, the longest waiting first.
func (g *Global) LeavingLetters(ctx context.Context, at time.Time, limit int) ([]Letter, error) {
	return collect(ctx, g.session, scanLetter, `SELECT `+letterColumns+` FROM outbox
		WHERE sent_at = 0 AND given_up_at = 0 AND leaves_at <= ? ORDER BY leaves_at, workspace, id LIMIT ?`, micros(at), limit)
}

// SaveLetter notes how sending a mail went.
func (tx *Tx) SaveLetter(ctx context.Context, l Letter) error {
	return tx.exec(ctx, `UPDATE outbox SET leaves_at = ?, attempts = ?, sent_at = ?, given_up_at = ?, problem = ? WHERE workspace = ? AND id = ?`,
		micros(l.LeavesAt), l.Attempts, micros(l.SentAt), micros(l.GivenUpAt), l.Problem, tx.ws.ID, l.ID)
}

// NextDue is the next moment after another at which the clock or the mail has
// something to do; zero when nothing is planned.
func (g *Global) NextDue(ctx context.Context, after time.Time) (time.Time, error) {
	var next int64
	for _, query := range []string{
		`SELECT COALESCE(MIN(due_at), 0) FROM delegations WHERE due_at > 0 AND due_at > ?`,
		`SELECT COALESCE(MIN(due_at), 0) FROM calls WHERE due_at > 0 AND due_at > ?`,
		`SELECT COALESCE(MIN(next_change), 0) FROM people WHERE next_change > 0 AND next_change > ?`,
		`SELECT COALESCE(MIN(review_at), 0) FROM members WHERE review_at > 0 AND review_at > ?`,
		`SELECT COALESCE(MIN(leaves_at), 0) FROM notices WHERE mailed_at = 0 AND leaves_at > ?`,
		`SELECT COALESCE(MIN(leaves_at), 0) FROM outbox WHERE sent_at = 0 AND given_up_at = 0 AND leaves_at > ?`,
		`SELECT COALESCE(MIN(leaves_at), 0) FROM signin_asks WHERE leaves_at > ?`,
	} {
		at, err := one(ctx, g.session, number[int64], query, micros(after))
		if err != nil {
			return time.Time{}, err
		}
		if at > 0 && (next == 0 || at < next) {
			next = at
		}
	}
	return instant(next), nil
}
