package clock

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"baton/internal/app"
	"baton/internal/app/calls"
	"baton/internal/call"
	"baton/internal/ical"
	"baton/internal/mail"
	"baton/internal/store"
	"baton/internal/work"
)

// ring reminds of a call the day before it, and asks afterwards whether it took
// place.
func ring(ctx context.Context, tx *app.Tx, id work.CallID) error {
	c, err := tx.Call(ctx, id)
	if err != nil {
		return err
	}
	kind := c.Tick(tx.Now)
	if err := tx.SaveCall(ctx, &c); err != nil || kind == "" {
		return err
	}
	return tx.TellOfCall(ctx, &c, work.Event{Kind: kind, At: tx.Now, Person: c.Client, Detail: work.Detail{Call: c.ID}})
}

// callSentences say what happened to a call: WHO is the other side.
var callSentences = map[work.EventKind]string{
	work.CallBooked: "%s booked a call with you", work.CallMoved: "%s moved your call", work.CallCancelled: "%s cancelled your call",
	work.CallNear: "Your call with %s is tomorrow", work.CallUnsaid: "Did your call with %s take place?", work.CallMissed: "%s says that your call did not take place",
}

// confirmed say the same to who did it.
var confirmed = map[string]string{
	string(work.CallBooked): "Your call with %s is booked", string(work.CallMoved): "Your call with %s is moved", string(work.CallCancelled): "Your call with %s is cancelled",
}

// tellings are what one mail tells of a call.
type tellings struct {
	latest work.EventNumber
	was    time.Time // when it was to be, as its reader knows it; zero unless it moved since
}

// ownSentences say the same of a call without a coach.
var ownSentences = map[string]string{
	string(work.CallBooked): "Your own call is planned", string(work.CallMoved): "Your own call is moved", string(work.CallCancelled): "Your own call is cancelled",
	string(work.CallNear): "Your own call is tomorrow", string(work.CallUnsaid): "Did your own call take place?",
}

// sentence says what happened to a call.
func sentence(c *call.Call, e work.Event, other string) string {
	kind := cmp.Or(e.Detail.Kind, string(e.Kind))
	words := fmt.Sprintf(callSentences[e.Kind], other)
	switch {
	case c.Coach == 0 && c.State == call.Running:
		words = "Your own call waits where you left it"
	case c.Coach == 0:
		words = ownSentences[kind]
	case e.Kind == work.CallConfirmed:
		words = fmt.Sprintf(confirmed[e.Detail.Kind], other)
	}
	return words + stop(words)
}

// news writes a mail about a call, of its own: a mail holds one entry for the
// calendar. It says where the call stands now; what is older than that is told
// with it.
func (l *letters) news(ctx context.Context, n store.Pending, told tellings) error {
	settle := func(letter int64) error {
		return l.tx.SettleNotice(ctx, l.to.ID, n.Event.Number, letter, l.tx.Now)
	}
	if told.latest != n.Event.Number {
		return settle(0)
	}
	c, err := l.tx.Call(ctx, n.Event.Detail.Call)
	if err != nil {
		return err
	}
	letter, err := l.callLetter(ctx, &c, n.Event, told.was)
	if err != nil {
		return err
	}
	if err := l.tx.AddLetter(ctx, letter); err != nil {
		return err
	}
	return settle(letter.ID)
}

func (l *letters) callLetter(ctx context.Context, c *call.Call, e work.Event, was time.Time) (store.Letter, error) {
	otherID := c.Client
	if l.to.ID == c.Client {
		otherID = c.Coach
	}
	var other work.Person
	if otherID != 0 {
		var err error
		if other, err = l.tx.Person(ctx, otherID); err != nil {
			return store.Letter{}, err
		}
	}
	words, err := calls.Words(ctx, l.tx, c, l.to.ID)
	if err != nil {
		return store.Letter{}, err
	}
	ws := l.tx.Workspace().ID
	news := mail.CallNews{
		Name: l.to.Name, Sentence: sentence(c, e, other.Name), When: calls.WhenWords(c, l.to.zone), More: words(cmp.Or(c.Reason, c.Wish)),
		URL: fmt.Sprintf("%s/w/%d/calls/%d", l.tx.App.URL, ws, c.ID), Foot: "You can switch these mails off in Settings.",
	}
	if otherID != 0 {
		zone, err := l.tx.ZoneOf(ctx, &other)
		if err != nil {
			return store.Letter{}, err
		}
		if ical.Location(zone).String() != ical.Location(l.to.zone).String() {
			news.Then = fmt.Sprintf("For %s: %s", other.Name, calls.WhenWords(c, zone))
		}
	}
	if !was.IsZero() && c.State == call.Booked {
		news.Was = "It was to be on " + was.In(ical.Location(l.to.zone)).Format("Monday 2 January 2006, 15:04") + "."
	}
	if l.to.gone {
		news.URL, news.Foot = "", "You get this because the call stood in your calendar."
	}
	letter := store.Letter{ID: l.tx.NextID(), Person: l.to.ID, To: l.to.Email, CreatedAt: l.tx.Now, LeavesAt: l.tx.Now}
	letter.Subject, letter.Body = mail.ComposeCall(news)
	letter.MessageID = l.tx.App.MessageID(ws, letter.ID, l.tx.Now)
	if e.Kind == work.CallUnsaid || e.Kind == work.CallMissed {
		return letter, nil
	}
	letter.Calendar, err = calls.CalendarOf(ctx, l.tx, c, l.to.ID)
	return letter, err
}

// stop ends a sentence that has no end of its own.
func stop(sentence string) string {
	if sentence[len(sentence)-1] == '?' {
		return ""
	}
	return "."
}
