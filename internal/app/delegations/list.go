package delegations

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strconv"
	"time"

	"baton/internal/app"
	"baton/internal/app/people"
	"baton/internal/store"
	"baton/internal/work"
)

// Operations lists what can be done with delegations.
func Operations() []app.Operation {
	return []app.Operation{
		List, Show, History, Waiting, Begin, Revise, Check, ShowSeveral, Interest, Offer, UndoOffer, Tell, Discard,
		Accept, Decline, AnswerFor, Withdraw, Propose, Agree, Keep, Confirm, ReadBack, ConfirmReadBack, Ask, Answer, TurnBack,
		Decide, AnswerDecision, Object, ReviseDecision, DropDecision, Happened, AnswerHappened, Pause, Resume,
		RequestUpdate, CheckIn, Feedback, Support, Deliver, Receive, Return, Done, Skip, ReturnTurn, FindDefect, Mended,
		HandOn, GiveNotice, AnswerNotice, HandBack, Recall, MakeMoot, Wait, Thank, Reflect,
		SetNote, MakeLink, EndLinks, Leave, KeepPlaybook, Playbooks, ForgetPlaybook,
	}
}

func look(side work.PersonID, r work.Reflection, at time.Time) store.Lookback {
	return store.Lookback{Person: side, Reflection: r, At: at}
}

// AskList says which delegations to list.
type AskList struct {
	app.Page
	Side  string     `query:"side" json:"-" enum:"given,received" doc:"Both unless said"`
	State work.State `query:"state" json:"-" enum:"draft,offered,active,ended"`
	Going bool       `query:"going" json:"-" doc:"Only those offered or active"`
}

// List returns the actor's delegations, the newest first.
var List = app.Read(app.Describe{
	Name: "delegation.list", Method: "GET", Path: "delegations", Who: app.AnyMember, Summary: "List what you handed out and what you carry for others.",
}, func(ctx context.Context, tx *app.Tx, in AskList) (app.List[Delegation], error) {
	out := app.List[Delegation]{Items: []Delegation{}}
	if err := tx.MembersOnly(); err != nil {
		return out, err
	}
	f := store.DelegationFilter{State: in.State, Going: in.Going, Limit: in.Size() + 1}
	switch in.Side {
	case "given":
		f.Giver = tx.Me.Person
	case "received":
		f.Receiver = tx.Me.Person
	default:
		f.Party = tx.Me.Person
	}
	if in.After != "" {
		before, err := strconv.ParseInt(in.After, 10, 64)
		if err != nil {
			return out, work.FieldError("after", "Pass the next of the page before as after.")
		}
		f.Before = work.DelegationID(before)
	}
	found, err := tx.Delegations(ctx, f)
	if err != nil {
		return out, err
	}
	if len(found) > in.Size() {
		found = found[:in.Size()]
		out.Next = strconv.FormatInt(int64(found[len(found)-1].ID), 10)
	}
	for _, d := range found {
		if d.State == work.Draft && d.Giver != tx.Me.Person {
			continue // a draft is its giver's alone, whoever it names
		}
		out.Items = append(out.Items, View(tx, d))
	}
	return out, nil
})

// A WaitingItem is an open item with what it belongs to.
type WaitingItem struct {
	Delegation work.DelegationID `json:"delegation"`
	Title      string            `json:"title"`
	With       Party             `json:"with" doc:"The other side"`
	Mine       bool              `json:"mine" doc:"You are to answer; otherwise you wait for it"`
	AgeDays    int               `json:"age_days"`
	Late       bool              `json:"late"`
	Item
}

// WaitingList is what waits for the actor, and what they wait for.
type WaitingList struct {
	Mine   []WaitingItem `json:"mine"`
	Theirs []WaitingItem `json:"theirs"`
}

// Waiting lists open items with their ages, the most pressing first.
var Waiting = app.Read(app.Describe{
	Name: "delegation.waiting", Method: "GET", Path: "waiting", Who: app.AnyMember, Summary: "See what waits for you and what you wait for, with ages.",
}, func(ctx context.Context, tx *app.Tx, _ app.None) (WaitingList, error) {
	out := WaitingList{Mine: []WaitingItem{}, Theirs: []WaitingItem{}}
	if err := tx.MembersOnly(); err != nil {
		return out, err
	}
	me := tx.Me.Person
	mine, err := tx.WaitingFor(ctx, me, longest)
	if err != nil {
		return out, err
	}
	open, err := tx.OpenOf(ctx, me, longest)
	if err != nil {
		return out, err
	}
	var ids []work.DelegationID
	for _, w := range slices.Concat(mine, open) {
		ids = append(ids, w.Delegation)
	}
	slices.Sort(ids)
	known, err := tx.DelegationsByID(ctx, slices.Compact(ids))
	if err != nil {
		return out, err
	}
	for _, w := range mine {
		out.Mine = append(out.Mine, waiting(tx, known[w.Delegation], &w.Item))
	}
	for _, w := range open {
		d := known[w.Delegation]
		if it := &w.Item; it.Holder != me && (it.Kind != work.Interest || d.Giver == me) && it.Kind != work.Reflect {
			out.Theirs = append(out.Theirs, waiting(tx, d, it))
		}
	}
	return out, nil
})

// longest is how many items a waiting list shows at most.
const longest = 500

func waiting(tx *app.Tx, d *work.Delegation, it *work.Item) WaitingItem {
	other := d.Other(it.Principal())
	return WaitingItem{
		Delegation: d.ID, Title: d.Title, With: Party{other, d.Names[other]}, Mine: it.Holder == tx.Me.Person,
		AgeDays: int(tx.Now.Sub(it.Since) / (24 * time.Hour)), Late: tx.Now.After(it.AnswerBy), Item: viewItem(d, it),
	}
}

// PrivateNote is a note for oneself.
type PrivateNote struct {
	On
	Text string `json:"text" maxLength:"20000"`
}

// SetNote keeps a note about a delegation that only its author sees.
var SetNote = app.Write(app.Describe{
	Name: "delegation.note", Method: "PUT", Path: "delegations/{delegation}/note", Who: app.AParty, Undo: "delegation.note", Summary: "Keep a note only you see.",
}, func(ctx context.Context, tx *app.Tx, in PrivateNote) (app.None, error) {
	if _, _, _, err := load(ctx, tx, in.Delegation); err != nil {
		return app.None{}, err
	}
	return app.None{}, tx.SavePrivateNote(ctx, tx.Me.Person, in.Delegation, in.Text, tx.Now)
})

// A GuestLink opens one delegation for its receiver, without an account.
type GuestLink struct {
	URL     string    `json:"url"`
	Expires time.Time `json:"expires"`
}

// linkDays is how long a guest's link opens.
const linkDays = 30

// MakeLink makes a link for the receiver.
var MakeLink = app.Write(app.Describe{
	Name: "delegation.link", Method: "POST", Path: "delegations/{delegation}/links", Who: app.AGiver, Undo: "delegation.end_links", Summary: "Make a link that opens this one delegation for its receiver.",
}, func(ctx context.Context, tx *app.Tx, in On) (GuestLink, error) {
	d, _, _, err := load(ctx, tx, in.Delegation)
	if err != nil {
		return GuestLink{}, err
	}
	switch {
	case !d.Is(tx.Me.Person, work.AsGiver) || tx.Me.Guest != 0:
		return GuestLink{}, work.Errorf(work.Forbidden, "Only the giver makes links.")
	case d.Receiver == 0 || d.State == work.Draft:
		return GuestLink{}, work.Errorf(work.Conflict, "Offer it first; the link is for its receiver.")
	}
	secret, hash := Secret()
	link := store.Link{Delegation: d.ID, Person: d.Receiver, Expires: tx.Now.AddDate(0, 0, linkDays)}
	if err := tx.AddGuestLink(ctx, hash, link, tx.Now); err != nil {
		return GuestLink{}, err
	}
	return GuestLink{URL: tx.App.URL + "/guest/" + secret, Expires: link.Expires}, nil
})

// EndLinks revokes every link to a delegation.
var EndLinks = app.Write(app.Describe{
	Name: "delegation.end_links", Method: "DELETE", Path: "delegations/{delegation}/links", Who: app.AGiver, Undo: "delegation.link", Summary: "Revoke every link to this delegation.",
}, func(ctx context.Context, tx *app.Tx, in On) (app.None, error) {
	d, _, _, err := load(ctx, tx, in.Delegation)
	if err != nil {
		return app.None{}, err
	}
	if !d.Is(tx.Me.Person, work.AsGiver) || tx.Me.Guest != 0 {
		return app.None{}, work.Errorf(work.Forbidden, "Only the giver revokes links.")
	}
	_, err = tx.RevokeGuestLinks(ctx, d.ID, tx.Now)
	return app.None{}, err
})

// Secret returns 256 random bits as text, and the hash that is kept of them.
func Secret() (secret, hash string) {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails
	secret = base64.RawURLEncoding.EncodeToString(b[:])
	return secret, HashSecret(secret)
}

// HashSecret is what is kept of a secret.
func HashSecret(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// LeaveNow says that somebody leaves, and who follows them.
type LeaveNow struct {
	Person    work.PersonID `path:"person" json:"-"`
	Successor work.PersonID `json:"successor,omitempty" doc:"Who is offered what they gave and carried; without one it ends with the note"`
	Note      string        `json:"note,omitempty" maxLength:"5000" doc:"A hand-over note"`
}

// Left says what became of the delegations of somebody who left.
type Left struct {
	Person  people.Person `json:"person"`
	Offered []Delegation  `json:"offered" doc:"Offered again by or to the successor"`
	Ended   []Delegation  `json:"ended"`
}

// Leave lets somebody leave: each open delegation is offered again by a named
// successor, or ended with a hand-over note.
var Leave = app.Write(app.Describe{
	Name: "person.leave", Method: "POST", Path: "people/{person}/departure", Who: app.AnOwner, Undo: "person.edit", Summary: "Somebody leaves: offer what they gave and carried again, or end it with a note.",
}, leave)

func leave(ctx context.Context, tx *app.Tx, in LeaveNow) (Left, error) {
	var out Left
	p, err := people.Known(ctx, tx, in.Person)
	if err != nil {
		return out, err
	}
	if err := tx.Owner(); err != nil && p.Owner != tx.Me.Person {
		return out, err
	}
	if in.Successor != 0 {
		if _, err := people.Known(ctx, tx, in.Successor); err != nil || in.Successor == in.Person {
			return out, work.FieldError("successor", "Name somebody else who stays.")
		}
	}
	open, err := tx.Delegations(ctx, store.DelegationFilter{Party: p.ID})
	if err != nil {
		return out, err
	}
	for _, d := range open {
		if err := out.pass(ctx, tx, d.ID, in); err != nil {
			return out, err
		}
	}
	p.LeftOn = tx.Today()
	if err := tx.SavePerson(ctx, &p); err != nil {
		return out, err
	}
	if err := tx.Happened(ctx, work.Event{Kind: people.PersonLeft, Person: p.ID, Detail: work.Detail{Name: p.Name, Text: in.Note}}); err != nil {
		return out, err
	}
	if err := handOverPlate(ctx, tx, p.ID, in.Successor); err != nil {
		return out, err
	}
	if err := tx.RemoveMember(ctx, p.ID); err != nil {
		return out, err
	}
	out.Person, err = people.Show.Within(ctx, tx, people.AskPerson{Person: p.ID})
	return out, err
}

// pass settles one delegation of somebody who leaves.
func (out *Left) pass(ctx context.Context, tx *app.Tx, id work.DelegationID, in LeaveNow) error {
	d, err := tx.Delegation(ctx, id)
	if err != nil {
		return err
	}
	var next *work.Delegation
	switch {
	case d.State == work.Ended:
		return nil
	case d.State == work.Draft:
		return tx.DeleteDelegation(ctx, d.ID)
	case in.Successor != 0 && in.Successor != d.Other(in.Person):
		next, err = d.Succeed(tx.Act(), work.DelegationID(tx.NextID()), in.Person, in.Successor, in.Note)
	default:
		d.EndFor(tx.Act(), in.Person, in.Note)
	}
	if err != nil {
		return err
	}
	if err := Settle(ctx, tx, d); err != nil {
		return err
	}
	if next == nil {
		out.Ended = append(out.Ended, View(tx, d))
		return nil
	}
	t, err := tx.Task(ctx, d.Task)
	if err != nil {
		return err
	}
	if t.Carrier != next.Giver {
		t.Carrier = next.Giver
		if err := tx.SaveTask(ctx, &t); err != nil {
			return err
		}
	}
	if err := Settle(ctx, tx, next); err != nil {
		return err
	}
	view, err := reload(ctx, tx, next.ID)
	out.Offered = append(out.Offered, view)
	return err
}

// handOverPlate moves what is left on a plate to the successor, or to whoever
// lets the person go.
func handOverPlate(ctx context.Context, tx *app.Tx, from, to work.PersonID) error {
	if to == 0 {
		to = tx.Me.Person
	}
	left, err := tx.Tasks(ctx, store.TaskFilter{Carrier: from, State: work.TaskOpen})
	if err != nil {
		return err
	}
	for i := range left {
		left[i].Carrier = to
		if err := tx.SaveTask(ctx, &left[i]); err != nil {
			return err
		}
	}
	return nil
}

// KeepUnder names a playbook.
type KeepUnder struct {
	On
	Name string `json:"name" minLength:"1" maxLength:"200"`
}

// KeepPlaybook keeps a delegation's terms for the next time.
var KeepPlaybook = app.Write(app.Describe{
	Name: "playbook.keep", Method: "POST", Path: "delegations/{delegation}/playbook", Who: app.AParty, Undo: "playbook.forget", Summary: "Keep these terms as a playbook for the next time.",
}, func(ctx context.Context, tx *app.Tx, in KeepUnder) (store.Playbook, error) {
	if err := tx.MembersOnly(); err != nil {
		return store.Playbook{}, err
	}
	d, _, _, err := load(ctx, tx, in.Delegation)
	if err != nil {
		return store.Playbook{}, err
	}
	p := store.Playbook{Owner: tx.Me.Person, Name: in.Name, Kind: d.Kind, Terms: d.Terms}
	return p, tx.SavePlaybook(ctx, &p)
})

// Playbooks lists the actor's playbooks.
var Playbooks = app.Read(app.Describe{
	Name: "playbook.list", Method: "GET", Path: "playbooks", Who: app.AnyMember, Summary: "List your playbooks.",
}, func(ctx context.Context, tx *app.Tx, _ app.None) (app.List[store.Playbook], error) {
	if err := tx.MembersOnly(); err != nil {
		return app.List[store.Playbook]{}, err
	}
	all, err := tx.Playbooks(ctx, tx.Me.Person)
	return app.List[store.Playbook]{Items: all}, err
})

// AskPlaybook names a playbook.
type AskPlaybook struct {
	Playbook work.PlaybookID `path:"playbook" json:"-"`
}

// ForgetPlaybook throws a playbook away.
var ForgetPlaybook = app.Write(app.Describe{
	Name: "playbook.forget", Method: "DELETE", Path: "playbooks/{playbook}", Who: app.AnyMember, Undo: "playbook.keep", Summary: "Forget a playbook.",
}, func(ctx context.Context, tx *app.Tx, in AskPlaybook) (app.None, error) {
	if err := tx.MembersOnly(); err != nil {
		return app.None{}, err
	}
	return app.None{}, tx.DeletePlaybook(ctx, tx.Me.Person, in.Playbook)
})
