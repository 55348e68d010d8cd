package coaching

import (
	"context"
	"slices"
	"time"

	"baton/internal/app"
	"baton/internal/work"
)

// A Third is somebody who appears in a packet beside the client and the coach,
// and a delegation that is between them and the client.
type Third struct {
	Person     work.PersonID
	Delegation work.DelegationID
}

// tell lets everybody who appears in a sharing know of it, once each: members,
// and people without an account who have a mail address. The others appear by
// initials all the same, and may agree through a link they have.
func tell(ctx context.Context, tx *app.Tx, s *work.Sharing, thirds []Third) error {
	known, err := tx.Namings(ctx, s.ID)
	if err != nil {
		return err
	}
	coach, err := tx.Person(ctx, s.Coach)
	if err != nil {
		return err
	}
	for _, t := range thirds {
		if slices.ContainsFunc(known, func(n work.Naming) bool { return n.Person == t.Person && !n.ToldAt.IsZero() }) {
			continue
		}
		p, err := tx.Person(ctx, t.Person)
		if err != nil {
			return err
		}
		reached, err := reaches(ctx, tx, &p)
		if err != nil {
			return err
		}
		n := work.Naming{Sharing: s.ID, Person: p.ID}
		if i := slices.IndexFunc(known, func(k work.Naming) bool { return k.Person == p.ID }); i >= 0 {
			n = known[i]
		}
		if reached {
			n.ToldAt = tx.Now
			if err := tellOne(ctx, tx, s, t, coach.Name); err != nil {
				return err
			}
		}
		if err := tx.SaveNaming(ctx, n); err != nil {
			return err
		}
	}
	return nil
}

// reaches reports whether there is a way to tell somebody.
func reaches(ctx context.Context, tx *app.Tx, p *work.Person) (bool, error) {
	_, err := tx.Member(ctx, p.ID)
	if work.KindOf(err) == work.NotFound {
		return p.Email != "" && p.Kind != work.Agent && !p.Gone(tx.Today()), nil
	}
	return err == nil, err
}

func tellOne(ctx context.Context, tx *app.Tx, s *work.Sharing, t Third, coach string) error {
	d, err := tx.Delegation(ctx, t.Delegation)
	if err != nil {
		return err
	}
	return tx.Tell(ctx, d, nil, work.Event{
		At: tx.Now, By: s.Client, Kind: work.SharedAbout, Delegation: d.ID, Task: d.Task, Person: t.Person, Detail: work.Detail{Name: coach},
	})
}

// A Naming is what the actor decides: whether a coach may read their name in
// what a client shows.
type Naming struct {
	Sharing work.SharingID `json:"sharing"`
	Client  string         `json:"client" doc:"Who shows something in which you appear"`
	Of      work.PersonID  `json:"client_id"`
	Coach   string         `json:"coach" doc:"To whom"`
	Named   bool           `json:"named" doc:"You agreed to be named; otherwise you stand by your initials"`
	Since   time.Time      `json:"since" doc:"When the sharing began"`
}

// Namings lists where the actor appears in what somebody shows a coach now.
var Namings = app.Read(app.Describe{
	Name: "naming.list", Method: "GET", Path: "namings", Who: app.AnyMember, Summary: "See who shows a coach something in which you appear, and whether you are named. A guest's link too.",
}, func(ctx context.Context, tx *app.Tx, in app.Page) (app.List[Naming], error) {
	all, err := tx.NamingsOf(ctx, tx.Me.Person)
	if err != nil {
		return app.List[Naming]{}, err
	}
	out := []Naming{}
	for _, n := range all {
		s, err := tx.Sharing(ctx, n.Sharing)
		if err != nil {
			return app.List[Naming]{}, err
		}
		if s.State != work.SharingOpen {
			continue
		}
		view, err := viewNaming(ctx, tx, &s, n)
		if err != nil {
			return app.List[Naming]{}, err
		}
		out = append(out, view)
	}
	return app.Cut(out, in, func(n Naming) string { return app.Key(-int64(n.Sharing)) })
})

func viewNaming(ctx context.Context, tx *app.Tx, s *work.Sharing, n work.Naming) (Naming, error) {
	out := Naming{Sharing: s.ID, Of: s.Client, Named: !n.AgreedAt.IsZero(), Since: s.Since}
	client, err := tx.Person(ctx, s.Client)
	if err != nil {
		return out, err
	}
	coach, err := tx.Person(ctx, s.Coach)
	out.Client, out.Coach = client.Name, coach.Name
	return out, err
}

// AnswerNaming says whether the actor may be named.
type AnswerNaming struct {
	Sharing work.SharingID `path:"naming" json:"-" doc:"The number of the sharing"`
	Yes     bool           `json:"yes" doc:"You may be named to this coach; false takes it back"`
}

// Answer lets somebody who appears in a sharing be named, or takes it back. It
// holds at once.
var Answer = app.Write(app.Describe{
	Name: "naming.answer", Method: "PUT", Path: "namings/{naming}", Who: app.AnyMember, Undo: "naming.answer", Summary: "Say whether a coach may read your name, or only your initials. A guest's link too.",
}, func(ctx context.Context, tx *app.Tx, in AnswerNaming) (Naming, error) {
	missing := work.Errorf(work.NotFound, "There is no such sharing.")
	all, err := tx.Namings(ctx, in.Sharing)
	if err != nil {
		return Naming{}, err
	}
	i := slices.IndexFunc(all, func(n work.Naming) bool { return n.Person == tx.Me.Person })
	if i < 0 {
		return Naming{}, missing
	}
	s, err := tx.Sharing(ctx, in.Sharing)
	if err != nil {
		return Naming{}, err
	}
	if s.State != work.SharingOpen {
		return Naming{}, missing
	}
	n := all[i]
	if n.AgreedAt = tx.Now; !in.Yes {
		n.AgreedAt = time.Time{}
	}
	if err := tx.SaveNaming(ctx, n); err != nil {
		return Naming{}, err
	}
	if err := tx.Happened(ctx, work.Event{Kind: work.NamingSaid, Person: s.Client}); err != nil {
		return Naming{}, err
	}
	return viewNaming(ctx, tx, &s, n)
})
