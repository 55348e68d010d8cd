// Package workspaces holds the operations on the workspace itself: its
// settings, its members, areas, focus areas and tokens, and how the first
// workspace comes to be.
package workspaces

import (
	"context"
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
	return []app.Operation{Settings, ChangeSettings, ChangeWorkspace, Areas, AddArea, EditArea, FocusAreas, AddFocusArea, LogFocus, Invite, MakeToken, Letters}
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

// check reports what is wrong with a founding, by field.
func (f *Founding) check() error {
	f.Email = strings.ToLower(strings.TrimSpace(f.Email))
	f.Name, f.Workspace = strings.TrimSpace(f.Name), strings.TrimSpace(f.Workspace)
	f.Currency = strings.ToUpper(strings.TrimSpace(f.Currency))
	if _, err := time.LoadLocation(f.Zone); err != nil || f.Zone == "" {
		return work.FieldError("zone", "%q is not a time zone; write it like America/Chicago.", f.Zone)
	}
	switch {
	case f.Workspace == "":
		return work.FieldError("workspace", "A workspace needs a name.")
	case len(f.Currency) != 3:
		return work.FieldError("currency", "%q is not a currency; write it like USD.", f.Currency)
	case !strings.Contains(f.Email, "@"):
		return work.FieldError("email", "%q is not a mail address.", f.Email)
	case !slices.Contains(Kinds, f.Kind):
		return work.FieldError("kind", "A workspace is a team, a practice or a household.")
	}
	p := f.owner()
	return p.Validate()
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
		w, err := g.AddWorkspace(ctx, store.Workspace{Name: f.Workspace, Kind: f.Kind, Currency: f.Currency, Zone: f.Zone, CreatedAt: now})
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
		me.Person, me.Owner = p.ID, true
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
	return app.Actor{Workspace: m.Workspace, Person: m.Person, Owner: m.Owner}, err
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
}

// Settings shows the actor's own settings.
var Settings = app.Read(app.Describe{
	Name: "settings.show", Method: "GET", Path: "settings", Who: app.AnyMember, Summary: "See your settings and the workspace's.",
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
	return Setting{w.Name, w.Kind, w.Currency, w.Zone, me, m.Owner, m.Capacity, m.HourPrice, m.Digest, m.Urgent, m.Version}, nil
}

// NewSettings are changes to one's own settings. Absent fields stay.
type NewSettings struct {
	Capacity  *work.Minutes `json:"capacity,omitempty" minimum:"0" maximum:"10080"`
	HourPrice *work.Money   `json:"hour_price,omitempty" minimum:"0"`
	Digest    *bool         `json:"digest,omitempty"`
	Urgent    *bool         `json:"urgent,omitempty"`
}

// ChangeSettings changes the actor's own settings.
var ChangeSettings = app.Write(app.Describe{
	Name: "settings.edit", Method: "PATCH", Path: "settings", Who: app.AnyMember, Undo: "settings.edit", Summary: "Change your capacity, hour price and mail.",
}, func(ctx context.Context, tx *app.Tx, in NewSettings) (Setting, error) {
	if err := tx.MembersOnly(); err != nil {
		return Setting{}, err
	}
	m, err := tx.Member(ctx, tx.Me.Person)
	if err != nil {
		return Setting{}, err
	}
	set(&m.Capacity, in.Capacity)
	set(&m.HourPrice, in.HourPrice)
	set(&m.Digest, in.Digest)
	set(&m.Urgent, in.Urgent)
	switch {
	case m.Capacity < 0 || m.Capacity > 7*24*60:
		return Setting{}, work.FieldError("capacity", "A week holds between 0 and 168 hours.")
	case m.HourPrice < 0:
		return Setting{}, work.FieldError("hour_price", "An hour cannot be worth less than nothing.")
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

// NewWorkspace are changes to the workspace. Absent fields stay.
type NewWorkspace struct {
	Name     *string `json:"name,omitempty" minLength:"1" maxLength:"200"`
	Kind     *string `json:"kind,omitempty" enum:"team,practice,household"`
	Currency *string `json:"currency,omitempty" minLength:"3" maxLength:"3"`
	Zone     *string `json:"zone,omitempty"`
}

// ChangeWorkspace changes the workspace's name, kind, currency and zone.
var ChangeWorkspace = app.Write(app.Describe{
	Name: "workspace.edit", Method: "PATCH", Path: "workspace", Who: app.AnOwner, Undo: "workspace.edit", Summary: "Change the workspace's name, kind, currency and time zone.",
}, func(ctx context.Context, tx *app.Tx, in NewWorkspace) (Setting, error) {
	if err := tx.Owner(); err != nil {
		return Setting{}, err
	}
	w := tx.Workspace()
	set(&w.Name, in.Name)
	set(&w.Kind, in.Kind)
	set(&w.Currency, in.Currency)
	set(&w.Zone, in.Zone)
	if _, err := time.LoadLocation(w.Zone); err != nil {
		return Setting{}, work.FieldError("zone", "%q is not a time zone; write it like America/Chicago.", w.Zone)
	}
	if err := tx.SaveWorkspace(ctx, w); err != nil {
		return Setting{}, err
	}
	return settings(ctx, tx)
})

// An Area of life.
type Area struct {
	ID      work.AreaID `json:"id"`
	Name    string      `json:"name"`
	Private bool        `json:"private"`
}

// Areas lists the areas the actor sees.
var Areas = app.Read(app.Describe{
	Name: "area.list", Method: "GET", Path: "areas", Who: app.AnyMember, Summary: "List your areas and the shared ones.",
}, func(ctx context.Context, tx *app.Tx, _ app.None) (app.List[Area], error) {
	out := app.List[Area]{Items: []Area{}}
	if err := tx.MembersOnly(); err != nil {
		return out, err
	}
	all, err := tx.Areas(ctx, tx.Me.Person)
	for _, a := range all {
		out.Items = append(out.Items, Area{a.ID, a.Name, a.Owner != 0})
	}
	return out, err
})

// NewArea names an area.
type NewArea struct {
	Name    string `json:"name" minLength:"1" maxLength:"100"`
	Private bool   `json:"private,omitempty"`
}

// AddArea makes an area.
var AddArea = app.Write(app.Describe{
	Name: "area.add", Method: "POST", Path: "areas", Who: app.AnyMember, Undo: "area.edit", Summary: "Make an area.",
}, func(ctx context.Context, tx *app.Tx, in NewArea) (Area, error) {
	if err := tx.MembersOnly(); err != nil {
		return Area{}, err
	}
	a := work.Area{Name: strings.TrimSpace(in.Name)}
	if in.Private {
		a.Owner = tx.Me.Person
	}
	if a.Name == "" {
		return Area{}, work.FieldError("name", "An area needs a name.")
	}
	err := tx.AddArea(ctx, &a)
	return Area{a.ID, a.Name, in.Private}, err
})

// ChangeArea renames an area, or makes it private or shared.
type ChangeArea struct {
	Area work.AreaID `path:"area" json:"-"`
	NewArea
}

// EditArea changes an area the actor may change: their own, or a shared one.
var EditArea = app.Write(app.Describe{
	Name: "area.edit", Method: "PUT", Path: "areas/{area}", Who: app.AnyMember, Undo: "area.edit", Summary: "Rename an area, or make it private or shared.",
}, func(ctx context.Context, tx *app.Tx, in ChangeArea) (Area, error) {
	if err := tx.MembersOnly(); err != nil {
		return Area{}, err
	}
	all, err := tx.Areas(ctx, tx.Me.Person)
	if err != nil {
		return Area{}, err
	}
	for _, a := range all {
		if a.ID != in.Area {
			continue
		}
		a.Name, a.Owner = strings.TrimSpace(in.Name), 0
		if in.Private {
			a.Owner = tx.Me.Person
		}
		return Area{a.ID, a.Name, in.Private}, tx.SaveArea(ctx, &a)
	}
	return Area{}, work.Errorf(work.NotFound, "There is no such area.")
})

// A Focus is what a member wants the freed hours for.
type Focus struct {
	ID     work.FocusAreaID `json:"id"`
	Name   string           `json:"name"`
	Weekly work.Minutes     `json:"weekly,omitempty" doc:"Minutes a week they would like to give it"`
	Given  work.Minutes     `json:"given" doc:"Minutes recorded in the last 28 days"`
}

// FocusAreas lists the actor's focus areas.
var FocusAreas = app.Read(app.Describe{
	Name: "focus.list", Method: "GET", Path: "focus-areas", Who: app.AnyMember, Summary: "List what you want the freed hours for.",
}, func(ctx context.Context, tx *app.Tx, _ app.None) (app.List[Focus], error) {
	out := app.List[Focus]{Items: []Focus{}}
	if err := tx.MembersOnly(); err != nil {
		return out, err
	}
	all, err := tx.FocusAreas(ctx, tx.Me.Person)
	if err != nil {
		return out, err
	}
	entries, err := tx.FocusEntries(ctx, tx.Me.Person, tx.Now.AddDate(0, 0, -28))
	for _, f := range all {
		v := Focus{ID: f.ID, Name: f.Name, Weekly: f.Weekly}
		for _, e := range entries {
			if e.Focus == f.ID {
				v.Given += e.Minutes
			}
		}
		out.Items = append(out.Items, v)
	}
	return out, err
})

// NewFocus names a focus area.
type NewFocus struct {
	Name   string       `json:"name" minLength:"1" maxLength:"100"`
	Weekly work.Minutes `json:"weekly,omitempty" minimum:"0"`
}

// AddFocusArea makes a focus area.
var AddFocusArea = app.Write(app.Describe{
	Name: "focus.add", Method: "POST", Path: "focus-areas", Who: app.AnyMember, Undo: "", Summary: "Say what you want the freed hours for.",
}, func(ctx context.Context, tx *app.Tx, in NewFocus) (Focus, error) {
	if err := tx.MembersOnly(); err != nil {
		return Focus{}, err
	}
	f := work.FocusArea{Owner: tx.Me.Person, Name: strings.TrimSpace(in.Name), Weekly: in.Weekly}
	if f.Name == "" {
		return Focus{}, work.FieldError("name", "A focus area needs a name.")
	}
	err := tx.AddFocusArea(ctx, &f)
	return Focus{ID: f.ID, Name: f.Name, Weekly: f.Weekly}, err
})

// FocusTime is time that went to a focus area.
type FocusTime struct {
	Focus   work.FocusAreaID `path:"focus" json:"-"`
	Minutes work.Minutes     `json:"minutes" minimum:"1" maximum:"10080"`
}

// LogFocus records time that went to a focus area.
var LogFocus = app.Write(app.Describe{
	Name: "focus.log", Method: "POST", Path: "focus-areas/{focus}/time", Who: app.AnyMember, Undo: "", Summary: "Record where freed hours went.",
}, func(ctx context.Context, tx *app.Tx, in FocusTime) (app.None, error) {
	if err := tx.MembersOnly(); err != nil {
		return app.None{}, err
	}
	if in.Minutes <= 0 || in.Minutes > 10080 {
		return app.None{}, work.FieldError("minutes", "Record between 1 minute and a week.")
	}
	all, err := tx.FocusAreas(ctx, tx.Me.Person)
	if err != nil {
		return app.None{}, err
	}
	for _, f := range all {
		if f.ID == in.Focus {
			return app.None{}, tx.AddFocusEntry(ctx, tx.Me.Person, work.FocusEntry{Focus: f.ID, Minutes: in.Minutes, At: tx.Now})
		}
	}
	return app.None{}, work.Errorf(work.NotFound, "There is no such focus area.")
})
