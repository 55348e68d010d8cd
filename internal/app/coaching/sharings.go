// Package coaching holds what a client shows a coach: whom they invite, what
// they choose to show, the packet made of it, and who is named in it.
package coaching

import (
	"context"
	"slices"
	"strings"
	"time"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/app/people"
	"baton/internal/app/workspaces"
	"baton/internal/work"
)

// A Sharing as its client and its coach see it.
type Sharing struct {
	ID      work.SharingID    `json:"id"`
	Client  delegations.Party `json:"client" doc:"Who shows it"`
	Coach   delegations.Party `json:"coach" doc:"Who sees it"`
	Parts   []work.SharedPart `json:"parts" doc:"What is shown; none: nothing yet"`
	Asks    string            `json:"asks,omitempty" doc:"What the client wants to ask; shown with the questions"`
	State   work.SharingState `json:"state" doc:"open or ended"`
	Since   time.Time         `json:"since" doc:"When it began"`
	EndedAt time.Time         `json:"ended_at,omitzero" doc:"When it ended"`
	SeenAt  time.Time         `json:"seen_at,omitzero" doc:"When the coach last looked"`
	Version int64             `json:"version"`
}

// View shows a sharing to one of its sides, a coach with initials for third
// parties. One that ended shows no more than that it was.
func View(ctx context.Context, tx *app.Tx, s *work.Sharing) (Sharing, error) {
	out := Sharing{
		ID: s.ID, Client: delegations.Party{ID: s.Client}, Coach: delegations.Party{ID: s.Coach}, Parts: s.Parts, State: s.State, Since: s.Since, EndedAt: s.EndedAt, SeenAt: s.SeenAt, Version: s.Version,
	}
	switch {
	case s.Client == tx.Me.Person:
		out.Asks = s.Asks
	case s.Shows(work.ShareQuestions) && s.Asks != "":
		m, err := MaskOf(ctx, tx, s)
		if err != nil {
			return out, err
		}
		out.Asks = m.Text(s.Asks)
	}
	for _, p := range []*delegations.Party{&out.Client, &out.Coach} {
		who, err := tx.Person(ctx, p.ID)
		if err != nil {
			return out, err
		}
		p.Name = who.Name
	}
	return out, nil
}

// List shows what the actor shows to coaches, the newest first.
var List = app.Read(app.Describe{
	Name: "sharing.list", Method: "GET", Path: "sharings", Who: app.AnyMember, Summary: "See what you show to whom as your coach, and when they last looked.",
}, func(ctx context.Context, tx *app.Tx, in app.Page) (app.List[Sharing], error) {
	out := []Sharing{}
	if err := tx.MembersOnly(); err != nil {
		return app.List[Sharing]{}, err
	}
	all, err := tx.SharingsOf(ctx, tx.Me.Person)
	if err != nil {
		return app.List[Sharing]{}, err
	}
	for i := range all {
		if all[i].Client != tx.Me.Person {
			continue
		}
		view, err := View(ctx, tx, &all[i])
		if err != nil {
			return app.List[Sharing]{}, err
		}
		out = append(out, view)
	}
	return app.Cut(out, in, func(s Sharing) string { return app.Key(-int64(s.ID)) })
})

// Showing is what a client chooses to show.
type Showing struct {
	Parts []work.SharedPart `json:"parts" enum:"hours,plate,letgo,promises,mirror,questions,private" doc:"What to show; none: nothing yet. private adds work in your private areas to all the others"`
	Asks  string            `json:"asks,omitempty" maxLength:"5000" doc:"What you want to ask, in your own words; shown with the questions"`
}

// InviteCoach says whom to invite.
type InviteCoach struct {
	Name  string `json:"name" minLength:"1" maxLength:"200"`
	Email string `json:"email" maxLength:"300"`
	Showing
}

// An InvitedCoach is a new coach, and the link that signs them in once.
type InvitedCoach struct {
	Sharing Sharing `json:"sharing"`
	URL     string  `json:"url,omitempty" doc:"Signs them in once, within a day; none for somebody who has an account here already and signs in as they do"`
}

// CoachInvited is what the invitation of a coach is called among events.
const CoachInvited work.EventKind = "coach_invited"

// Invite makes somebody the actor's coach: an outsider gets a place here that
// opens nothing but what clients show them.
var Invite = app.Write(app.Describe{
	Name: "coach.invite", Secret: true, Admits: true, Method: "POST", Path: "coaches", Who: app.AnyMember, Undo: "sharing.stop", Summary: "Invite somebody as your coach by mail address, and choose what they see.",
}, func(ctx context.Context, tx *app.Tx, in InviteCoach) (InvitedCoach, error) {
	if err := tx.MembersOnly(); err != nil {
		return InvitedCoach{}, err
	}
	p := work.Person{Name: work.OneLine(in.Name), Kind: work.Provider, Email: strings.ToLower(strings.TrimSpace(in.Email))}
	if !work.IsAddress(p.Email) {
		return InvitedCoach{}, work.FieldError("email", "%q is not a mail address.", in.Email)
	}
	if err := p.Validate(); err != nil {
		return InvitedCoach{}, err
	}
	coach, err := memberAt(ctx, tx, p.Email)
	if err != nil {
		return InvitedCoach{}, err
	}
	url := ""
	if coach == 0 {
		if err := tx.AddPerson(ctx, &p); err != nil {
			return InvitedCoach{}, err
		}
		if url, err = workspaces.Join(ctx, tx, work.Member{Person: p.ID, Coach: true}, p.Email, p.Name); err != nil {
			return InvitedCoach{}, err
		}
		if err := tx.Happened(ctx, work.Event{Kind: CoachInvited, Person: p.ID, Detail: work.Detail{Name: p.Name}}); err != nil {
			return InvitedCoach{}, err
		}
		coach = p.ID
	}
	s, err := begin(ctx, tx, coach, in.Showing)
	return InvitedCoach{s, url}, err
})

// memberAt returns the member here whose account has a mail address, 0 for
// none.
func memberAt(ctx context.Context, tx *app.Tx, email string) (work.PersonID, error) {
	account, err := tx.Global().Account(ctx, email)
	if work.KindOf(err) == work.NotFound {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	all, err := tx.Members(ctx)
	i := slices.IndexFunc(all, func(m work.Member) bool { return m.Account == account.ID })
	if err != nil || i < 0 {
		return 0, err
	}
	return all[i].Person, nil
}

// StartSharing says to which fellow member something is shown.
type StartSharing struct {
	Coach work.PersonID `json:"coach" doc:"A member of this workspace"`
	Showing
}

// Start makes a fellow member the actor's coach.
var Start = app.Write(app.Describe{
	Name: "sharing.start", Method: "POST", Path: "sharings", Who: app.AnyMember, Undo: "sharing.stop", Summary: "Make a fellow member your coach, and choose what they see.",
}, func(ctx context.Context, tx *app.Tx, in StartSharing) (Sharing, error) {
	if err := tx.MembersOnly(); err != nil {
		return Sharing{}, err
	}
	if err := mayCoach(ctx, tx, in.Coach); err != nil {
		return Sharing{}, err
	}
	return begin(ctx, tx, in.Coach, in.Showing)
})

// mayCoach refuses somebody who has no account here, or who only coaches and
// whom the actor never invited.
func mayCoach(ctx context.Context, tx *app.Tx, coach work.PersonID) error {
	before, err := tx.SharingsOf(ctx, tx.Me.Person)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(before, func(s work.Sharing) bool { return s.Client == tx.Me.Person && s.Coach == coach }) {
		if _, err := people.Known(ctx, tx, coach); err != nil {
			return err
		}
	}
	_, err = tx.Member(ctx, coach)
	if work.KindOf(err) == work.NotFound {
		err = work.FieldError("coach", "A coach signs in to see what you show; invite them by mail address.")
	}
	return err
}

func begin(ctx context.Context, tx *app.Tx, coach work.PersonID, in Showing) (Sharing, error) {
	s, err := work.Share(tx.Act(), coach, in.Parts, strings.TrimSpace(in.Asks))
	if err != nil {
		return Sharing{}, err
	}
	if err := tx.AddSharing(ctx, &s); err != nil {
		return Sharing{}, err
	}
	if err := tx.Audit(ctx, app.SharingMade, int64(coach), ""); err != nil {
		return Sharing{}, err
	}
	return shown(ctx, tx, &s, work.SharingBegun)
}

// shown records what a client chose, tells the coach where that is due and
// everybody who appears, and shows the sharing.
func shown(ctx context.Context, tx *app.Tx, s *work.Sharing, kind work.EventKind) (Sharing, error) {
	if err := tx.TellOf(ctx, s, work.Event{Kind: kind, Person: s.Coach}); err != nil {
		return Sharing{}, err
	}
	_, thirds, err := Seen(ctx, tx, s)
	if err != nil {
		return Sharing{}, err
	}
	if err := tell(ctx, tx, s, thirds); err != nil {
		return Sharing{}, err
	}
	return View(ctx, tx, s)
}

// ChangeSharing says anew what is shown.
type ChangeSharing struct {
	Sharing work.SharingID `path:"sharing" json:"-"`
	IfMatch app.Match      `header:"If-Match" json:"-" doc:"Refuse when the version is another"`
	Showing
}

// Change lets a client say anew what is shown, from now on.
var Change = app.Write(app.Describe{
	Name: "sharing.change", Method: "PUT", Path: "sharings/{sharing}", Who: app.AnyMember, Undo: "sharing.change", Summary: "Choose anew what your coach sees. It holds at once.",
}, func(ctx context.Context, tx *app.Tx, in ChangeSharing) (Sharing, error) {
	s, err := ours(ctx, tx, in.Sharing)
	if err != nil {
		return Sharing{}, err
	}
	if err := tx.Fresh(ctx, in.IfMatch, s.Version, s.Client, "what is shown"); err != nil {
		return Sharing{}, err
	}
	if err := s.Change(tx.Act(), in.Parts, strings.TrimSpace(in.Asks)); err != nil {
		return Sharing{}, err
	}
	if err := tx.SaveSharing(ctx, &s); err != nil {
		return Sharing{}, err
	}
	return shown(ctx, tx, &s, work.SharingChanged)
})

// OnSharing names a sharing that something is done to.
type OnSharing struct {
	Sharing work.SharingID `path:"sharing" json:"-"`
	IfMatch app.Match      `header:"If-Match" json:"-" doc:"Refuse when the version is another"`
}

// Stop ends a sharing at once, from either side.
var Stop = app.Write(app.Describe{
	Name: "sharing.stop", Coaches: true, Method: "POST", Path: "sharings/{sharing}/end", Who: app.AnyMember, Undo: "sharing.start", Summary: "Stop showing anything to your coach, or stop being one. It holds at once.",
}, func(ctx context.Context, tx *app.Tx, in OnSharing) (Sharing, error) {
	s, err := ours(ctx, tx, in.Sharing)
	if err != nil {
		return Sharing{}, err
	}
	if err := tx.Fresh(ctx, in.IfMatch, s.Version, s.Client, "what is shown"); err != nil {
		return Sharing{}, err
	}
	if err := s.Stop(tx.Act()); err != nil {
		return Sharing{}, err
	}
	if err := tx.SaveSharing(ctx, &s); err != nil {
		return Sharing{}, err
	}
	other := s.Client
	if other == tx.Me.Person {
		other = s.Coach
	}
	if err := tx.TellOf(ctx, &s, work.Event{Kind: work.SharingStopped, Person: other}); err != nil {
		return Sharing{}, err
	}
	if err := tx.Audit(ctx, app.SharingEnded, int64(other), ""); err != nil {
		return Sharing{}, err
	}
	cancelled := work.Event{Kind: work.CallCancelled, By: tx.Me.Person, Person: other}
	if err := tx.CancelCallsOf(ctx, &s, cancelled, app.CallConfirmedTo(tx.Me.Person)); err != nil {
		return Sharing{}, err
	}
	return View(ctx, tx, &s)
})

// ours loads a sharing of which the actor is one side; any other is not there.
func ours(ctx context.Context, tx *app.Tx, id work.SharingID) (work.Sharing, error) {
	if err := tx.MembersOnly(); err != nil {
		return work.Sharing{}, err
	}
	s, err := tx.Sharing(ctx, id)
	if err == nil && !s.Of(tx.Me.Person) {
		err = work.Errorf(work.NotFound, "There is no such sharing.")
	}
	if err != nil {
		return work.Sharing{}, err
	}
	return s, nil
}
