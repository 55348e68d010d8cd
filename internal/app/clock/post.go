package clock

import (
	"context"
	"errors"
	"fmt"
	"time"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/ical"
	"baton/internal/mail"
	"baton/internal/store"
	"baton/internal/work"
)

// post writes mail into the outbox: at once what cannot wait, the rest with
// one mail a day, and that a week is to be looked over at its member's hour.
func post(ctx context.Context, a *app.App, now time.Time) error {
	var to []store.Addressee
	err := a.Store.ReadGlobal(ctx, func(g *store.Global) (err error) {
		to, err = g.Addressees(ctx, now)
		return err
	})
	if err != nil {
		return fmt.Errorf("find notices: %w", err)
	}
	var failed []error
	for _, who := range to {
		err := at(ctx, a, who.Workspace, now, func(tx *app.Tx) error { return write(ctx, tx, who.Person) })
		if err != nil {
			failed = append(failed, fmt.Errorf("write mail to person %d of workspace %d: %w", who.Person, who.Workspace, err))
		}
	}
	return errors.Join(failed...)
}

// A reader is somebody mail may be written to.
type reader struct {
	work.Person
	member bool
	coach  bool // only coaches
	gone   bool // has left, and is told of nothing but calls that stood in their calendar
	zone   string
	urgent bool // wants mail at once for what cannot wait
	digest bool // wants one mail a day
	review bool // wants mail when they are to look over their week
	day    int  // of the week on which they do
	hour   int
	last   time.Time // daily mail
}

// reads loads a reader. Somebody without an account gets both kinds of mail.
func reads(ctx context.Context, tx *app.Tx, id work.PersonID) (*reader, error) {
	p, err := tx.Person(ctx, id)
	if err != nil {
		return nil, err
	}
	r := &reader{Person: p, urgent: true, digest: true}
	if r.zone, err = tx.ZoneOf(ctx, &p); err != nil {
		return nil, err
	}
	switch m, err := tx.Member(ctx, id); {
	case err == nil:
		r.member, r.coach, r.urgent, r.digest = true, m.Coach, m.Urgent, m.Digest
		r.review, r.day, r.hour = m.ReviewMail && !m.Coach, m.ReviewDay, m.ReviewHour
	case work.KindOf(err) != work.NotFound:
		return nil, err
	}
	reached := p.Email != "" && p.Kind != work.Agent
	r.gone = reached && p.Gone(ical.Today(tx.Now, r.zone))
	if !reached || r.gone {
		r.urgent, r.digest, r.review = false, false, false // no mail reaches them
	}
	r.last, err = tx.DigestedAt(ctx, id)
	return r, err
}

// A fate is what becomes of a notice.
type fate int

const (
	never fate = iota // no mail will tell of it
	atOnce
	daily
	later // with a daily mail to come
)

// fateOf says what becomes of a notice whose moment has come. A day has one
// daily mail, whatever arrives after it waits for the next.
func (r *reader) fateOf(n *store.Pending, now time.Time) fate {
	switch {
	case n.Urgent && r.urgent, r.gone && n.Event.Kind == work.CallConfirmed:
		return atOnce
	case !r.digest:
		return never
	case n.Leaves != work.NextDigest(n.Leaves, r.zone), ical.Today(r.last, r.zone) == ical.Today(now, r.zone):
		return later
	}
	return daily
}

// write puts what somebody is to be told into the outbox, in as few mails as
// can be, and settles every notice it finds.
func write(ctx context.Context, tx *app.Tx, id work.PersonID) error {
	r, err := reads(ctx, tx, id)
	if err != nil {
		return err
	}
	pending, err := tx.PendingNotices(ctx, id, tx.Now)
	if err != nil {
		return err
	}
	var now []store.Pending
	digest := false
	for _, n := range pending {
		switch r.fateOf(&n, tx.Now) {
		case never:
			err = tx.SettleNotice(ctx, id, n.Event.Number, 0, tx.Now)
		case later:
			err = tx.PostponeNotice(ctx, id, n.Event.Number, work.NextDigest(tx.Now.Add(time.Microsecond), r.zone))
		case daily:
			digest = true
			fallthrough
		case atOnce:
			now = append(now, n)
		}
		if err != nil {
			return err
		}
	}
	if digest {
		if err := tx.SetDigested(ctx, id, tx.Now); err != nil {
			return err
		}
	}
	review, err := r.reminds(ctx, tx)
	if err != nil {
		return err
	}
	return send(ctx, tx, r, now, occasion{digest, review})
}

// An occasion is what else than news a mail is for.
type occasion struct {
	daily  bool // it is the day's
	review bool // its reader looks over their week now
}

// send writes the mails that tell of notices: one to a member, and to somebody
// without an account one for each giver, with links that open what it tells of.
func send(ctx context.Context, tx *app.Tx, r *reader, pending []store.Pending, of occasion) error {
	l := &letters{tx: tx, to: r, drafts: map[work.PersonID]*draft{}, links: map[work.DelegationID]string{}}
	told := map[work.CallID]tellings{}
	for _, n := range pending {
		if id := n.Event.Detail.Call; id != 0 {
			t, some := told[id]
			if !some {
				t.was = n.Event.Detail.Was
			}
			t.latest = n.Event.Number
			told[id] = t
		}
	}
	for _, n := range pending {
		if id := n.Event.Detail.Call; id != 0 {
			if err := l.news(ctx, n, told[id]); err != nil {
				return err
			}
			continue
		}
		if err := l.add(ctx, n); err != nil {
			return err
		}
	}
	if of.review {
		l.open(0, "")
	}
	for _, giver := range l.order {
		if err := l.post(ctx, giver, of); err != nil {
			return err
		}
	}
	return nil
}

// letters are the mails to one reader that are being written.
type letters struct {
	tx     *app.Tx
	to     *reader
	order  []work.PersonID // givers; 0 for a member's one mail
	drafts map[work.PersonID]*draft
	links  map[work.DelegationID]string
}

// A draft is one mail that is being written.
type draft struct {
	id    int64
	giver string // the giver's name
	lines []mail.Line
}

// add tells of a notice in the mail it belongs to. What can reach nobody is
// settled.
func (l *letters) add(ctx context.Context, n store.Pending) error {
	settle := func(letter int64) error {
		return l.tx.SettleNotice(ctx, l.to.ID, n.Event.Number, letter, l.tx.Now)
	}
	line, giver := mail.Line{Kind: n.Event.Kind, Detail: n.Event.Detail}, work.PersonID(0)
	var name string
	if n.Event.Delegation != 0 {
		d, err := l.tx.Delegation(ctx, n.Event.Delegation)
		if work.KindOf(err) == work.NotFound {
			return settle(0) // a discarded draft
		}
		if err != nil {
			return err
		}
		if line.URL, err = l.link(ctx, d); err != nil {
			return err
		}
		line.Title, line.Who = d.Title, d.Name(n.Event.By)
		if !l.to.member {
			giver, name = d.Giver, d.Name(d.Giver)
		}
	}
	if n.Event.Kind.OfSharing() && n.Event.Delegation == 0 {
		by, err := l.tx.Person(ctx, n.Event.By)
		if err != nil {
			return err
		}
		line.Who, line.URL = by.Name, fmt.Sprintf("%s/w/%d/coach", l.tx.App.URL, l.tx.Workspace().ID)
	}
	if n.Event.Detail.Vote != 0 {
		v, err := l.ofVote(ctx, n.Event, &line)
		if err != nil {
			return err
		}
		if v == nil {
			return settle(0)
		}
		if !l.to.member {
			giver, name = v.Giver, v.Names[v.Giver]
		}
	}
	to := l.open(giver, name)
	to.lines = append(to.lines, line)
	return settle(to.id)
}

// open returns the mail that goes on behalf of a giver, begun when it is not yet.
func (l *letters) open(giver work.PersonID, name string) *draft {
	if l.drafts[giver] == nil {
		l.drafts[giver] = &draft{id: l.tx.NextID(), giver: name}
		l.order = append(l.order, giver)
	}
	return l.drafts[giver]
}

// link is where the reader finds a delegation: its page, or a link of their
// own when they have no account.
func (l *letters) link(ctx context.Context, d *work.Delegation) (string, error) {
	if l.to.member {
		return fmt.Sprintf("%s/w/%d/delegations/%d", l.tx.App.URL, l.tx.Workspace().ID, d.ID), nil
	}
	if known, ok := l.links[d.ID]; ok {
		return known, nil
	}
	made, err := delegations.LinkFor(ctx, l.tx, d.ID, l.to.ID)
	l.links[d.ID] = made.URL
	return made.URL, err
}

// post puts a mail into the outbox.
func (l *letters) post(ctx context.Context, giver work.PersonID, of occasion) error {
	d := l.drafts[giver]
	waiting, err := l.waiting(ctx, giver)
	if err != nil {
		return err
	}
	text := mail.Draft{Name: l.to.Name, Lines: d.lines, Waiting: waiting, Daily: of.daily}
	letter := store.Letter{ID: d.id, Person: l.to.ID, Giver: giver, To: l.to.Email, CreatedAt: l.tx.Now, LeavesAt: l.tx.Now}
	ws := l.tx.Workspace().ID
	if l.to.member {
		if of.review {
			text.Review = fmt.Sprintf("%s/w/%d/review", l.tx.App.URL, ws)
		}
		text.Today = fmt.Sprintf("%s/w/%d/today", l.tx.App.URL, ws)
		if l.to.coach {
			text.Today = fmt.Sprintf("%s/w/%d/coach", l.tx.App.URL, ws)
		}
		text.Foot = "You can switch these mails off in Settings."
	} else {
		text.Foot = fmt.Sprintf("You get this because %s works with you through Baton. The links are for you alone. To get no more of these mails, tell %s.", d.giver, d.giver)
		g, err := l.tx.Person(ctx, giver)
		if err != nil {
			return err
		}
		letter.ReplyTo = g.Email
	}
	letter.Subject, letter.Body = mail.Compose(text)
	letter.MessageID = l.tx.App.MessageID(ws, d.id, l.tx.Now)
	return l.tx.AddLetter(ctx, letter)
}

// waiting lists what the reader is to answer, as sentences; to somebody without
// an account only what one giver waits for.
func (l *letters) waiting(ctx context.Context, giver work.PersonID) ([]string, error) {
	open, err := l.tx.WaitingFor(ctx, l.to.ID, 100)
	if err != nil {
		return nil, err
	}
	var out []string
	for i := range open {
		w := &open[i]
		if giver != 0 && w.Giver != giver {
			continue
		}
		out = append(out, fmt.Sprintf("“%s”: %s, by %s", w.Title, w.Item.Asks(), l.day(w.Item.AnswerBy)))
	}
	votes, err := l.votes(ctx, giver)
	return append(out, votes...), err
}
