// Package growth holds the growth record: what a person carried, decided,
// reached and was thanked for. It is theirs, to see and to take along; a giver
// sees the part that concerns what they gave them.
package growth

import (
	"context"
	"slices"
	"time"

	"baton/internal/app"
	"baton/internal/app/beliefs"
	"baton/internal/learn"
	"baton/internal/store"
	"baton/internal/work"
)

// Operations lists what can be done with growth records.
func Operations() []app.Operation { return []app.Operation{Show} }

// Ask says whose record is wanted.
type Ask struct {
	Person work.PersonID `query:"person" json:"-" doc:"Somebody you delegated to: the part between the two of you; your own unless said"`
}

// A Record is a person's growth record.
type Record struct {
	Person    work.PersonID `json:"person" doc:"Whose it is"`
	Name      string        `json:"name" doc:"What they are called"`
	Workspace string        `json:"workspace" doc:"Where it was"`
	Own       bool          `json:"own" doc:"It is the reader's; otherwise the part between the two of them"`
	At        time.Time     `json:"at" doc:"When it was put together"`
	work.GrowthRecord
	Skills []beliefs.Belief `json:"skills" doc:"With who took each, when and from which look back"`
	Thanks []Thanks         `json:"thanks" doc:"Received and given, the newest first"`
}

// Thanks is a word of thanks.
type Thanks struct {
	From       string            `json:"from" doc:"Who thanked"`
	To         string            `json:"to" doc:"Who was thanked"`
	Received   bool              `json:"received" doc:"By the person whose record it is; otherwise they gave it"`
	Words      string            `json:"words" doc:"What was said"`
	At         time.Time         `json:"at" doc:"When"`
	Delegation work.DelegationID `json:"delegation"`
	Title      string            `json:"title" doc:"The task's title"`
}

// Show shows a growth record: the actor's own, whole, or what concerns the
// delegations the actor gave somebody.
var Show = app.Read(app.Describe{
	Name: "growth.show", Method: "GET", Path: "growth", Who: app.AnyMember,
	Summary: "See your growth record: work carried, decisions, skills with evidence, levels, first times, thanks; or of somebody the part that concerns what you gave them.",
}, func(ctx context.Context, tx *app.Tx, in Ask) (Record, error) {
	r := reader{tx: tx, of: in.Person, own: in.Person == 0 || in.Person == tx.Me.Person}
	if r.own {
		r.of = tx.Me.Person
	}
	return r.record(ctx)
})

// A reader puts together what an actor may read of a record.
type reader struct {
	tx       *app.Tx
	of       work.PersonID
	own      bool
	received map[work.DelegationID]*work.Delegation // that are in the record
}

var errNobody = work.Errorf(work.NotFound, "There is no such growth record.")

func (r *reader) record(ctx context.Context) (Record, error) {
	p, err := r.tx.Person(ctx, r.of)
	if work.KindOf(err) == work.NotFound {
		return Record{}, errNobody
	}
	if err != nil {
		return Record{}, err
	}
	list, err := r.delegations(ctx)
	if err != nil {
		return Record{}, err
	}
	if len(list) == 0 && !r.own {
		return Record{}, errNobody // as if they were not there
	}
	out := Record{Person: p.ID, Name: p.Name, Workspace: r.tx.Workspace().Name, Own: r.own, At: r.tx.Now, Skills: []beliefs.Belief{}, Thanks: []Thanks{}}
	books, err := r.books(ctx, list)
	if err != nil {
		return Record{}, err
	}
	out.GrowthRecord = books.Record()
	if err := r.skills(ctx, &out); err != nil {
		return Record{}, err
	}
	return out, r.thanks(ctx, &out)
}

// delegations are those the person agreed to carry, as far as the actor may
// read of them: a guest only the one their link opens, a giver what they gave.
func (r *reader) delegations(ctx context.Context) ([]*work.Delegation, error) {
	f := store.DelegationFilter{Receiver: r.of}
	if !r.own {
		f.Giver = r.tx.Me.Person
	}
	all, err := r.tx.Delegations(ctx, f)
	r.received = map[work.DelegationID]*work.Delegation{}
	return slices.DeleteFunc(all, func(d *work.Delegation) bool {
		if d.AgreedAt.IsZero() || r.tx.Me.Guest != 0 && r.tx.Me.Guest != d.ID {
			return true
		}
		r.received[d.ID] = d
		return false
	}), err
}

func (r *reader) books(ctx context.Context, list []*work.Delegation) (*work.GrowthBooks, error) {
	ids, tasks := make([]work.DelegationID, len(list)), make([]work.TaskID, len(list))
	for i, d := range list {
		ids[i], tasks[i] = d.ID, d.Task
	}
	known, err := r.tx.TasksByID(ctx, tasks)
	if err != nil {
		return nil, err
	}
	b := &work.GrowthBooks{Untold: !r.own}
	for _, d := range list {
		t := known[d.Task]
		since := d.StartedAt
		if since.IsZero() {
			since = d.AgreedAt
		}
		b.Lines = append(b.Lines, work.GrowthLine{
			ID: d.ID, Title: d.Title, Kind: d.Kind, Standing: d.Standing(), Area: learn.Area(&t), For: d.Name(d.Giver), Level: d.Terms.Authority.Level,
			Since: since, Until: d.EndedAt, Outcome: d.Outcome, Told: d.Told, Effort: d.Terms.Effort,
		})
	}
	b.Events, err = r.tx.EventsAmong(ctx, ids, work.GrowthKinds...)
	return b, err
}

// skills are what is believed of the person, where it rests on work in the
// record; in their own also what is only on their card. A guest's link opens
// one delegation and no card.
func (r *reader) skills(ctx context.Context, out *Record) error {
	if r.tx.Me.Guest != 0 {
		return nil
	}
	all, err := beliefs.Of(ctx, r.tx, r.of)
	for _, b := range all {
		if r.own || r.received[b.Delegation] != nil {
			out.Skills = append(out.Skills, b)
		}
	}
	return err
}

// thanks are all words of thanks the person received and gave; for others
// those between the two.
func (r *reader) thanks(ctx context.Context, out *Record) error {
	found, err := r.tx.Thanks(ctx, r.of)
	if err != nil {
		return err
	}
	ids := make([]work.DelegationID, len(found))
	for i, e := range found {
		ids[i] = e.Delegation
	}
	about, err := r.tx.DelegationsByID(ctx, ids)
	if err != nil {
		return err
	}
	names := map[work.PersonID]string{r.of: out.Name}
	for _, e := range found {
		d := about[e.Delegation]
		if d == nil || r.tx.Me.Guest != 0 && r.tx.Me.Guest != d.ID {
			continue
		}
		from, to := e.By, e.Person
		if e.For != 0 {
			from = e.For // a stand-in said it for them
		}
		if !r.own && from != r.tx.Me.Person && to != r.tx.Me.Person {
			continue
		}
		for _, who := range []work.PersonID{from, to} {
			if _, known := names[who]; !known {
				p, err := r.tx.Person(ctx, who)
				if err != nil {
					return err
				}
				names[who] = p.Name
			}
		}
		out.Thanks = append(out.Thanks, Thanks{names[from], names[to], to == r.of, e.Detail.Text, e.At, d.ID, d.Title})
	}
	return nil
}
