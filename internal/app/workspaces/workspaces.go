// Package workspaces holds the operations on the workspace itself: its
// settings, its members, areas, focus areas and tokens, and how the first
// workspace comes to be.
package workspaces

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/app/people"
	"baton/internal/store"
	"baton/internal/work"
)

// Operations lists what can be done with the workspace.
func Operations() []app.Operation {
	return []app.Operation{
		Settings, ChangeSettings, ShowWorkspace, ChangeWorkspace, Areas, AddArea, EditArea, FocusAreas, AddFocusArea, EditFocusArea, LogFocus,
		Invite, Audit, Tokens, MakeToken, RevokeToken, Letters,
	}
}

// A Founding is what it takes to make a workspace.
type Founding struct {
	Workspace string // its name
	Kind      string // team, practice or household
	Currency  string
	Zone      string
	Name      string // the first owner's
	Email     string
}

// defaultCapacity is what a week holds until its owner says otherwise.
const defaultCapacity work.Minutes = 40 * 60

// check reports everything that is wrong with a founding, by field: somebody
// who fills in a form wants to hear it once.
func (f *Founding) check() error {
	f.Email = strings.ToLower(strings.TrimSpace(f.Email))
	f.Name, f.Workspace = work.OneLine(f.Name), work.OneLine(f.Workspace)
	f.Currency, f.Zone = strings.ToUpper(strings.TrimSpace(f.Currency)), strings.TrimSpace(f.Zone)
	wrong := map[string]string{}
	switch _, err := time.LoadLocation(f.Zone); {
	case f.Zone == "":
		wrong["zone"] = "Say where your days begin and end, like America/Chicago."
	case err != nil:
		wrong["zone"] = fmt.Sprintf("%q is not a time zone; write it like America/Chicago.", f.Zone)
	}
	if f.Workspace == "" {
		wrong["workspace"] = "A workspace needs a name."
	}
	if f.Name == "" {
		wrong["name"] = "Say what people call you."
	}
	if len(f.Currency) != 3 {
		wrong["currency"] = fmt.Sprintf("%q is not a currency; write it like USD.", f.Currency)
	}
	switch {
	case f.Email == "":
		wrong["email"] = "Your mail address is how you sign in again."
	case !work.IsAddress(f.Email):
		wrong["email"] = fmt.Sprintf("%q is not a mail address.", f.Email)
	}
	if !slices.Contains(Kinds, f.Kind) {
		wrong["kind"] = "A workspace is a team, a practice or a household."
	}
	if len(wrong) > 0 {
		return &work.Error{Kind: work.Invalid, Message: foundingMessage(wrong), Fields: wrong}
	}
	p := f.owner()
	return p.Validate()
}

// foundingMessage is the one thing that is wrong, or that several are.
func foundingMessage(wrong map[string]string) string {
	if len(wrong) > 1 {
		return "Some of it is missing or cannot be read."
	}
	for _, sentence := range wrong {
		return sentence
	}
	return ""
}

func (f *Founding) owner() work.Person {
	return work.Person{Name: f.Name, Kind: work.Teammate, Email: f.Email}
}

// Kinds lists what a workspace can be, in the order pages show them.
var Kinds = []string{"team", "practice", "household"}

// Found makes a workspace with its first owner.
func Found(ctx context.Context, a *app.App, f Founding) (app.Actor, error) {
	return found(ctx, a, f, func(*store.Global) error { return nil })
}

// found makes a workspace after allow said, in the same transaction, that it
// may come to be.
func found(ctx context.Context, a *app.App, f Founding, allow func(*store.Global) error) (app.Actor, error) {
	if err := f.check(); err != nil {
		return app.Actor{}, err
	}
	now := a.Now()
	var me app.Actor
	var account store.Account
	err := a.Store.WriteGlobal(ctx, func(g *store.Global) error {
		if err := allow(g); err != nil {
			return err
		}
		w, err := g.AddWorkspace(ctx, store.Workspace{Name: f.Workspace, Kind: f.Kind, Currency: f.Currency, Zone: f.Zone, Stretch: work.StretchAtATime, CreatedAt: now})
		if err != nil {
			return err
		}
		me.Workspace = w.ID
		account, err = accountFor(ctx, g, f.Email, f.Name, now)
		return err
	})
	if err != nil {
		return me, err
	}
	return me, a.Store.Write(ctx, me.Workspace, func(tx *store.Tx) error {
		p := f.owner()
		if err := tx.AddPerson(ctx, &p); err != nil {
			return err
		}
		me.Person, me.Owner, me.Account = p.ID, true, account.ID
		m := work.Member{Person: p.ID, Account: account.ID, Owner: true, Capacity: defaultCapacity, Digest: true, Urgent: true, JoinedAt: now}
		return tx.AddMember(ctx, &m)
	})
}

func accountFor(ctx context.Context, g *store.Global, email, name string, at time.Time) (store.Account, error) {
	account, err := g.Account(ctx, email)
	if work.KindOf(err) == work.NotFound {
		return g.AddAccount(ctx, store.Account{Email: email, Name: name}, at)
	}
	return account, err
}

// signInLasts is how long a sign-in link can be used.
const signInLasts = 24 * time.Hour

// SignInLink makes a one-time link that signs a member in by mail address.
func SignInLink(ctx context.Context, a *app.App, email string) (string, error) {
	me, err := ActorFor(ctx, a, email)
	if err != nil {
		return "", err
	}
	return printed(ctx, a, me)
}

// printed makes a one-time sign-in link for whoever runs the server, and says so
// in the audit log.
func printed(ctx context.Context, a *app.App, me app.Actor) (string, error) {
	err := a.Write(ctx, app.Actor{Workspace: me.Workspace}, func(tx *app.Tx) error { return tx.Audit(ctx, app.LinkPrinted, int64(me.Person), "") })
	if err != nil {
		return "", err
	}
	return LinkFor(ctx, a, me)
}

// LinkFor makes a one-time sign-in link for an actor.
func LinkFor(ctx context.Context, a *app.App, me app.Actor) (string, error) {
	secret, hash := delegations.Secret()
	err := a.Store.WriteGlobal(ctx, func(g *store.Global) error {
		return g.AddSignInLink(ctx, hash, store.Link{Workspace: me.Workspace, Person: me.Person, Expires: a.Now().Add(signInLasts)})
	})
	return a.URL + "/signin/" + secret, err
}

// ActorFor returns the member with a mail address; without one, the first
// owner.
func ActorFor(ctx context.Context, a *app.App, email string) (app.Actor, error) {
	var m store.Membership
	err := a.Store.ReadGlobal(ctx, func(g *store.Global) (err error) {
		if email == "" {
			m, err = g.FirstOwner(ctx)
			return err
		}
		account, err := g.Account(ctx, strings.ToLower(strings.TrimSpace(email)))
		if err != nil {
			return work.Errorf(work.NotFound, "Nobody with the address %s has an account here.", email)
		}
		all, err := g.Memberships(ctx, account.ID)
		if err == nil && len(all) == 0 {
			err = work.Errorf(work.NotFound, "%s is in no workspace.", email)
		}
		if err != nil {
			return err
		}
		m = all[0]
		return nil
	})
	return actorOf(m, m.Account), err
}

// A Setting is what a member set up for themselves, and the workspace.
type Setting struct {
	Workspace string        `json:"workspace"`
	Kind      string        `json:"kind"`
	Currency  string        `json:"currency"`
	Zone      string        `json:"zone"`
	Me        people.Person `json:"me"`
	Owner     bool          `json:"owner"`
	Capacity  work.Minutes  `json:"capacity" doc:"Minutes a week may hold"`
	HourPrice work.Money    `json:"hour_price" doc:"What an hour of yours is worth to you, minor units; nobody else sees it"`
	Digest    bool          `json:"digest" doc:"One mail a day"`
	Urgent    bool          `json:"urgent" doc:"Mail at once for what cannot wait"`
	Version   int64         `json:"version"`

	ReviewDay  int  `json:"review_day" doc:"The weekday of your weekly review, 1 Monday … 7 Sunday; 0 for none"`
	ReviewHour int  `json:"review_hour" doc:"The hour of that day at which mail reminds you of it, 0 … 23 by your own clock"`
	ReviewMail bool `json:"review_mail" doc:"Mail at that hour, unless you did the review or are away"`
}

// Settings shows the actor's own settings.
var Settings = app.Read(app.Describe{
	Name: "settings.show", Coaches: true, Method: "GET", Path: "settings", Who: app.AnyMember, Summary: "See your settings and the workspace's.",
}, func(ctx context.Context, tx *app.Tx, _ app.None) (Setting, error) { return settings(ctx, tx) })

func settings(ctx context.Context, tx *app.Tx) (Setting, error) {
	if err := tx.MembersOnly(); err != nil {
		return Setting{}, err
	}
	m, err := tx.Member(ctx, tx.Me.Person)
	if err != nil {
		return Setting{}, err
	}
	me, err := people.Show.Within(ctx, tx, people.AskPerson{Person: tx.Me.Person})
	if err != nil {
		return Setting{}, err
	}
	w := tx.Workspace()
	return Setting{w.Name, w.Kind, w.Currency, w.Zone, me, m.Owner, m.Capacity, m.HourPrice, m.Digest, m.Urgent, m.Version, m.ReviewDay, m.ReviewHour, m.ReviewMail}, nil
}

// NewSettings are changes to one's own settings. Absent fields stay.
type NewSettings struct {
	IfMatch   app.Match     `header:"If-Match" json:"-" doc:"Refuse when the version is another"`
	Capacity  *work.Minutes `json:"capacity,omitempty" minimum:"0" maximum:"10080"`
	HourPrice *work.Money   `json:"hour_price,omitempty" minimum:"0"`
	Digest    *bool         `json:"digest,omitempty"`
	Urgent    *bool         `json:"urgent,omitempty"`

	ReviewDay  *int  `json:"review_day,omitempty" minimum:"0" maximum:"7" doc:"1 Monday … 7 Sunday; 0 for none"`
	ReviewHour *int  `json:"review_hour,omitempty" minimum:"0" maximum:"23" doc:"By your own clock"`
	ReviewMail *bool `json:"review_mail,omitempty"`
}

// ChangeSettings changes the actor's own settings.
var ChangeSettings = app.Write(app.Describe{
	Name: "settings.edit", Coaches: true, Method: "PATCH", Path: "settings", Who: app.AnyMember, Undo: "settings.edit", Summary: "Change your capacity, hour price, weekly review and mail.",
}, func(ctx context.Context, tx *app.Tx, in NewSettings) (Setting, error) {
	if err := tx.MembersOnly(); err != nil {
		return Setting{}, err
	}
	m, err := tx.Member(ctx, tx.Me.Person)
	if err != nil {
		return Setting{}, err
	}
	if err := tx.Fresh(ctx, in.IfMatch, m.Version, m.Person, "your settings"); err != nil {
		return Setting{}, err
	}
	set(&m.Capacity, in.Capacity)
	set(&m.HourPrice, in.HourPrice)
	set(&m.Digest, in.Digest)
	set(&m.Urgent, in.Urgent)
	set(&m.ReviewDay, in.ReviewDay)
	set(&m.ReviewHour, in.ReviewHour)
	set(&m.ReviewMail, in.ReviewMail)
	switch {
	case m.ReviewDay < 0 || m.ReviewDay > 7:
		return Setting{}, work.FieldError("review_day", "A weekday is 1 for Monday to 7 for Sunday, or 0 for no review.")
	case m.ReviewHour < 0 || m.ReviewHour > 23:
		return Setting{}, work.FieldError("review_hour", "An hour of the day is 0 to 23.")
	case m.Capacity < 0 || m.Capacity > 7*24*60:
		return Setting{}, work.FieldError("capacity", "A week holds between 0 and 168 hours.")
	case m.HourPrice < 0 || m.HourPrice > work.MostMoney:
		return Setting{}, work.FieldError("hour_price", "An hour is worth between 0 and %d minor units.", work.MostMoney)
	}
	if err := tx.SaveMember(ctx, &m); err != nil {
		return Setting{}, err
	}
	return settings(ctx, tx)
})

func set[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}

// A Workspace as its members see it.
type Workspace struct {
	Name     string `json:"name"`
	Kind     string `json:"kind" enum:"team,practice,household"`
	Currency string `json:"currency" doc:"ISO 4217"`
	Zone     string `json:"zone" doc:"IANA"`
	Stretch  int    `json:"stretch_tasks" doc:"How many tasks beyond what they can do now people take at a time who do not say"`
	Version  int64  `json:"version"`
}

func viewWorkspace(w store.Workspace) Workspace {
	return Workspace{w.Name, w.Kind, w.Currency, w.Zone, w.Stretch, w.Version}
}

// ShowWorkspace shows the workspace itself.
var ShowWorkspace = app.Read(app.Describe{
	Name: "workspace.show", Coaches: true, Method: "GET", Path: "workspace", Who: app.AnyMember, Summary: "See the workspace's name, kind, currency, time zone and usual stretch tasks.",
}, func(_ context.Context, tx *app.Tx, _ app.None) (Workspace, error) {
	return viewWorkspace(tx.Workspace()), tx.MembersOnly()
})

// NewWorkspace are changes to the workspace. Absent fields stay.
type NewWorkspace struct {
	IfMatch  app.Match `header:"If-Match" json:"-" doc:"Refuse when the version is another"`
	Name     *string   `json:"name,omitempty" minLength:"1" maxLength:"200"`
	Kind     *string   `json:"kind,omitempty" enum:"team,practice,household"`
	Currency *string   `json:"currency,omitempty" minLength:"3" maxLength:"3"`
	Zone     *string   `json:"zone,omitempty"`
	Stretch  *int      `json:"stretch_tasks,omitempty" minimum:"0" maximum:"20" doc:"How many tasks beyond what they can do now people take at a time who do not say"`
}

// ChangeWorkspace changes the workspace's name, kind, currency, zone and how many
// stretch tasks are usual.
var ChangeWorkspace = app.Write(app.Describe{
	Name: "workspace.edit", Method: "PATCH", Path: "workspace", Who: app.AnOwner, Undo: "workspace.edit", Summary: "Change the workspace's name, kind, currency, time zone and usual stretch tasks.",
}, func(ctx context.Context, tx *app.Tx, in NewWorkspace) (Workspace, error) {
	if err := tx.Owner(); err != nil {
		return Workspace{}, err
	}
	w := tx.Workspace()
	if err := tx.Fresh(ctx, in.IfMatch, w.Version, w.ChangedBy, "the workspace"); err != nil {
		return Workspace{}, err
	}
	set(&w.Name, in.Name)
	set(&w.Kind, in.Kind)
	set(&w.Currency, in.Currency)
	w.Name = work.OneLine(w.Name)
	set(&w.Zone, in.Zone)
	set(&w.Stretch, in.Stretch)
	if w.Name == "" {
		return Workspace{}, work.FieldError("name", "A workspace needs a name.")
	}
	if _, err := time.LoadLocation(w.Zone); err != nil {
		return Workspace{}, work.FieldError("zone", "%q is not a time zone; write it like America/Chicago.", w.Zone)
	}
	if !work.StretchLimit(w.Stretch) {
		return Workspace{}, work.FieldError("stretch_tasks", "Stretch tasks at a time are between 0 and %d.", work.MostStretch)
	}
	w.ChangedBy = tx.Me.Person
	err := tx.SaveWorkspace(ctx, w)
	return viewWorkspace(tx.Workspace()), err
})
