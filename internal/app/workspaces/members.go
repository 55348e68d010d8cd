package workspaces

import (
	"context"
	"strconv"
	"strings"
	"time"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/app/people"
	"baton/internal/store"
	"baton/internal/work"
)

// InvitePerson makes a person a member.
type InvitePerson struct {
	Person  work.PersonID `path:"person" json:"-"`
	IfMatch app.Match     `header:"If-Match" json:"-" doc:"Refuse when the version of the person is another"`
	Email   string        `json:"email,omitempty" doc:"Their recorded address unless said"`
	Owner   bool          `json:"owner,omitempty"`
}

// Invited is a new member, and the link that signs them in once.
type Invited struct {
	Person people.Person `json:"person"`
	URL    string        `json:"url,omitempty" doc:"Signs them in once, within a day; none for somebody who has an account here already and signs in as they do"`
}

// Invite gives a person an account here; they keep their history.
var Invite = app.Write(app.Describe{
	Name: "person.invite", Secret: true, Method: "POST", Path: "people/{person}/membership", Who: app.AnOwner, Undo: "person.leave", Summary: "Give a person an account here, with a one-time sign-in link.",
}, func(ctx context.Context, tx *app.Tx, in InvitePerson) (Invited, error) {
	if err := tx.Owner(); err != nil {
		return Invited{}, err
	}
	p, err := people.KnownAt(ctx, tx, in.Person, in.IfMatch)
	if err != nil {
		return Invited{}, err
	}
	if in.Email == "" {
		in.Email = p.Email
	}
	in.Email = strings.ToLower(strings.TrimSpace(in.Email))
	switch _, err := tx.Member(ctx, p.ID); {
	case !work.IsAddress(in.Email):
		return Invited{}, work.FieldError("email", "To sign in, %s needs a mail address.", p.Name)
	case err == nil:
		return Invited{}, work.Errorf(work.Conflict, "%s is a member already.", p.Name)
	case p.Kind == work.Agent:
		return Invited{}, work.Errorf(work.Conflict, "Software has no account; it acts with a token of the member who answers for it.")
	}
	url, err := Join(ctx, tx, work.Member{Person: p.ID, Owner: in.Owner, Capacity: defaultCapacity}, in.Email, p.Name)
	if err != nil {
		return Invited{}, err
	}
	if err := tx.Happened(ctx, work.Event{Kind: "member_invited", Person: p.ID, Detail: work.Detail{Name: p.Name}}); err != nil {
		return Invited{}, err
	}
	view, err := people.Show.Within(ctx, tx, people.AskPerson{Person: p.ID})
	return Invited{view, url}, err
})

// Join gives a person a place in the workspace, and returns the link that signs
// them in once: "" for somebody who has an account elsewhere on this Baton.
// They find the new place when they sign in as they do; a link in the hands of
// whoever invites them would open all their other workspaces too.
func Join(ctx context.Context, tx *app.Tx, m work.Member, email, name string) (string, error) {
	g := tx.Global()
	account, err := accountFor(ctx, g, email, name, tx.Now)
	if err != nil {
		return "", err
	}
	elsewhere, err := g.Memberships(ctx, account.ID)
	if err != nil {
		return "", err
	}
	m.Account, m.Digest, m.Urgent, m.JoinedAt = account.ID, true, true, tx.Now
	if err := tx.AddMember(ctx, &m); err != nil {
		return "", err
	}
	kind := app.MemberInvited
	if m.Coach {
		kind = app.CoachLetIn
	}
	if err := tx.Audit(ctx, kind, int64(m.Person), name); err != nil || len(elsewhere) > 0 {
		return "", err
	}
	secret, hash := delegations.Secret()
	link := store.Link{Workspace: tx.Workspace().ID, Person: m.Person, Expires: tx.Now.Add(signInLasts)}
	return tx.App.URL + "/signin/" + secret, g.AddSignInLink(ctx, hash, link)
}

// A Mail as it is read in Settings by whom it is for, or on whose behalf it
// went to somebody without an account.
type Mail struct {
	ID      int64     `json:"id"`
	To      string    `json:"to" doc:"A mail address"`
	Mine    bool      `json:"mine" doc:"It is to you; otherwise it went on your behalf"`
	Subject string    `json:"subject"`
	Body    string    `json:"body"`
	At      time.Time `json:"at"`
	Sent    bool      `json:"sent" doc:"It left by SMTP"`
	GivenUp bool      `json:"given_up,omitempty" doc:"It will not be tried again"`
	Tries   int       `json:"tries,omitempty" doc:"How often sending it was tried"`
	Problem string    `json:"problem,omitempty" doc:"What the last try said"`
}

// Letters lists the mail written to the actor and on their behalf, whether it
// left or not, the newest first.
var Letters = app.Read(app.Describe{
	Name: "mail.list", Coaches: true, Method: "GET", Path: "mail", Who: app.AnyMember, Summary: "Read the mail written to you, and on your behalf to people without an account.",
}, func(ctx context.Context, tx *app.Tx, in app.Page) (app.List[Mail], error) {
	out := app.List[Mail]{Items: []Mail{}}
	if err := tx.MembersOnly(); err != nil {
		return out, err
	}
	before, err := in.Behind()
	if err != nil {
		return out, err
	}
	all, err := tx.Letters(ctx, tx.Me.Person, before, in.Size()+1)
	if len(all) > in.Size() {
		all = all[:in.Size()]
		out.Next = strconv.FormatInt(all[len(all)-1].ID, 10)
	}
	for _, l := range all {
		out.Items = append(out.Items, Mail{
			ID: l.ID, To: l.To, Mine: l.Person == tx.Me.Person, Subject: l.Subject, Body: l.Body, At: l.CreatedAt,
			Sent: !l.SentAt.IsZero(), GivenUp: !l.GivenUpAt.IsZero(), Tries: l.Attempts, Problem: l.Problem,
		})
	}
	return out, err
})
