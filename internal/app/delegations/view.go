// Package delegations holds the operations on delegations: every move of the
// one table in package work, as a person makes it.
package delegations

import (
	"cmp"
	"context"
	"slices"
	"time"

	"baton/internal/app"
	"baton/internal/ical"
	"baton/internal/store"
	"baton/internal/work"
)

// A Party is a side of a delegation, by name.
type Party struct {
	ID   work.PersonID `json:"id" doc:"The person's number"`
	Name string        `json:"name" doc:"What they are called"`
}

// An Item as the one who looks sees it.
type Item struct {
	ID        work.ItemID       `json:"id"`
	Kind      work.ItemKind     `json:"kind" doc:"What is open: question, decision, delivery …"`
	Holder    Party             `json:"holder" doc:"Who is to answer"`
	For       *Party            `json:"for,omitempty" doc:"The absent person the holder answers for"`
	Asks      string            `json:"asks" doc:"What the holder is to do"`
	Text      string            `json:"text,omitempty" doc:"What was said"`
	Part      string            `json:"part,omitempty" doc:"The part of the brief it is about"`
	Since     time.Time         `json:"since" doc:"Since when it waits"`
	AnswerBy  time.Time         `json:"answer_by"`
	Silence   work.Silence      `json:"silence" doc:"What happens when nobody answers: remind, accept, lapse or go_ahead"`
	Overdue   *time.Time        `json:"overdue,omitempty" doc:"When an answer was due and none came; answer_by is when the next reminder leaves"`
	Blocking  bool              `json:"blocking" doc:"The work cannot go on without it"`
	Paused    bool              `json:"paused,omitempty" doc:"Its clock stands still: the holder is away"`
	AwayUntil ical.Date         `json:"away_until,omitzero" doc:"Of a paused one: the holder's last day away"`
	Turn      work.OccurrenceID `json:"occurrence,omitempty" doc:"The turn it is about"`
	Decision  work.DecisionID   `json:"decision,omitempty" doc:"The decision it is about"`
}

// A Choice is a move the one who looks can make now.
type Choice struct {
	Move  work.MoveName `json:"move" doc:"Its name in the table of moves"`
	Words string        `json:"words" doc:"What it is called on a button"`
	Item  work.ItemID   `json:"item,omitempty"`
}

// A Delegation as the one who looks sees it.
type Delegation struct {
	ID       work.DelegationID   `json:"id"`
	Kind     work.DelegationKind `json:"kind" doc:"assignment or strategic"`
	Standing bool                `json:"standing" doc:"It recurs"`
	Task     work.TaskID         `json:"task"`
	TaskKind work.TaskKind       `json:"task_kind" doc:"task or decision_area"`
	Title    string              `json:"title"`
	Giver    Party               `json:"giver" doc:"Who hands it over"`
	Receiver Party               `json:"receiver,omitzero" doc:"Who carries it, or is asked to"`
	Parent   work.DelegationID   `json:"parent,omitempty" doc:"The delegation it was handed on from"`
	Side     work.Role           `json:"side,omitempty" enum:"giver,receiver" doc:"Whose side you act for; absent when you only see it"`
	Guest    bool                `json:"guest,omitempty" doc:"The receiver has no account here"`
	State    work.State          `json:"state" doc:"draft, offered, active or ended"`
	Outcome  work.Outcome        `json:"outcome,omitempty" doc:"How it ended"`
	Reason   string              `json:"reason,omitempty" doc:"Why it ended"`
	Terms    work.Terms          `json:"terms" doc:"Those that hold, or that are on offer"`
	Proposal *work.Terms         `json:"proposal,omitempty" doc:"Other terms that wait for an answer"`
	Newest   int                 `json:"newest" doc:"The highest version of terms written"`
	Agreed   int                 `json:"agreed,omitempty" doc:"The version both agreed to"`
	Told     bool                `json:"told,omitempty" doc:"Recorded by the giver; the receiver has not confirmed it"`
	Talk     bool                `json:"suggest_talk,omitempty" doc:"You have gone back and forth; talk, and record the result as terms"`
	Paused   *time.Time          `json:"decisions_paused_at,omitempty" doc:"Since when decisions are paused"`
	Spent    work.Spent          `json:"spent" doc:"By decisions, with all that was handed on"`
	Mover    *Party              `json:"mover,omitempty" doc:"Whose move it is"`
	Since    *time.Time          `json:"mover_since,omitempty"`
	Items    []Item              `json:"items" doc:"What is open"`
	Moves    []Choice            `json:"moves" doc:"What you can do now"`
	Parts    []string            `json:"delivered_parts,omitempty" doc:"Parts of the brief delivered for good"`
	Done     []Occurrence        `json:"returnable,omitempty" doc:"Turns done that you may still ask to change"`
	Good     int                 `json:"good_rounds,omitempty" doc:"Rounds accepted without a note since the last step of the path"`
	CheckIn  *time.Time          `json:"next_check_in,omitempty" doc:"When the next update is due"`
	Turn     *time.Time          `json:"next_occurrence,omitempty" doc:"When the next turn is due"`
	Ends     *time.Time          `json:"ends_at,omitempty" doc:"When notice given ends it"`
	Over     work.Minutes        `json:"over_capacity,omitempty" doc:"Minutes a week beyond your capacity: what will you put down?"`
	Version  int64               `json:"version"`
	Outlook
}

// View shows a delegation to the actor.
func View(tx *app.Tx, d *work.Delegation) Delegation {
	me := tx.Me.Person
	party := func(p work.PersonID) Party { return Party{p, d.Names[p]} }
	v := Delegation{
		ID: d.ID, Kind: d.Kind, Standing: d.Standing(), Task: d.Task, TaskKind: d.TaskKind, Title: d.Title, Giver: party(d.Giver), Parent: d.Parent,
		State: d.State, Outcome: d.Outcome, Reason: d.Reason, Terms: d.Terms, Proposal: d.Proposal, Newest: d.Newest, Agreed: d.Agreed,
		Told: d.Told, Talk: d.ShouldTalk(), Paused: when(d.PausedAt), Spent: d.Spent, Ends: when(d.EndsAt), Items: []Item{}, Moves: []Choice{}, Version: d.Version,
	}
	v.Guest, v.Parts, v.Good, v.CheckIn, v.Turn = d.Guest, d.Delivered, d.Good, when(d.NextCheckIn), when(d.NextTurn)
	switch d.Side(me) {
	case 0: // somebody further up, or somebody a draft was shown to
	case d.Giver:
		v.Side = work.AsGiver
		v.Done = occurrences(d.Unsettled)
	default:
		v.Side = work.AsReceiver
	}
	if d.Receiver != 0 && (d.State != work.Draft || d.Is(me, work.AsGiver)) {
		v.Receiver = party(d.Receiver)
	}
	if who, since := d.Mover(); who != 0 {
		p := party(who)
		v.Mover, v.Since = &p, when(since)
	}
	for _, it := range d.Open() {
		if it.Kind == work.Interest && me != d.Giver && me != it.Holder {
			continue // those a draft was shown to do not see each other
		}
		v.Items = append(v.Items, viewItem(d.Names, &it))
	}
	for _, c := range d.Possible(tx.Act()) {
		v.Moves = append(v.Moves, Choice{c.Name, c.Words, c.On})
	}
	return v
}

// viewItem shows an item to whoever may see it; names says what people are
// called.
func viewItem(names map[work.PersonID]string, it *work.Item) Item {
	v := Item{
		ID: it.ID, Kind: it.Kind, Holder: Party{it.Holder, names[it.Holder]}, Asks: it.Asks(), Text: it.Text, Part: it.Part,
		Since: it.Since, AnswerBy: it.AnswerBy, Silence: it.Silence, Overdue: when(it.Overdue), Blocking: it.Blocking, Paused: !it.Frozen.IsZero(), Turn: it.Turn, Decision: it.Decision,
	}
	if it.For != 0 {
		v.For = &Party{it.For, names[it.For]}
	}
	return v
}

func when(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// load returns a delegation the actor may see, and the chain of authority above
// it. Any other is not there for them.
func load(ctx context.Context, tx *app.Tx, id work.DelegationID) (*work.Delegation, []work.Link, error) {
	none := work.Errorf(work.NotFound, "There is no such delegation.")
	if tx.Me.Guest != 0 && tx.Me.Guest != id {
		return nil, nil, none
	}
	d, err := tx.Delegation(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	chain, above, err := tx.Chain(ctx, d)
	if err != nil {
		return nil, nil, err
	}
	if !d.Visible(tx.Me.Person, above) {
		return nil, nil, none
	}
	return d, chain, nil
}

// On names the delegation an operation is about.
type On struct {
	Delegation work.DelegationID `path:"delegation" json:"-"`
	IfMatch    app.Match         `header:"If-Match" json:"-" doc:"Refuse when the version is another"`
}

// named is which delegation it is about.
func (o On) named() On { return o }

// load is load, for who read it before: a delegation that changed since is
// refused, when they said which version they read.
func (o On) load(ctx context.Context, tx *app.Tx) (*work.Delegation, []work.Link, error) {
	d, chain, err := load(ctx, tx, o.Delegation)
	if err != nil {
		return nil, nil, err
	}
	return d, chain, tx.FreshAs(ctx, o.IfMatch, d.Version, store.EventFilter{Delegation: d.ID}, "“"+d.Title+"”")
}

// Show returns one delegation.
var Show = app.Read(app.Describe{
	Name: "delegation.show", Method: "GET", Path: "delegations/{delegation}", Who: app.AParty, Summary: "Look at a delegation.",
}, func(ctx context.Context, tx *app.Tx, in On) (Delegation, error) {
	d, _, err := in.load(ctx, tx)
	if err != nil {
		return Delegation{}, err
	}
	v := View(tx, d)
	return v, outlook(ctx, tx, d, &v)
})

// A Timeline is all that happened to a delegation.
type Timeline struct {
	Events      []Entry      `json:"events" doc:"What happened, the earliest first"`
	Terms       []work.Terms `json:"terms" doc:"Every version"`
	Decisions   []Decision   `json:"decisions" doc:"What was decided, or asked"`
	Occurrences []Occurrence `json:"occurrences" doc:"The turns of a standing delegation"`
	Below       []Delegation `json:"below" doc:"What was handed on from here"`
	Reflections []Look       `json:"reflections" doc:"Both looks back, once both are in; before that your own"`
	Note        string       `json:"note,omitempty" doc:"Your own, private"`
}

// An Entry of a timeline.
type Entry struct {
	Number work.EventNumber `json:"number" doc:"The event's number"`
	At     time.Time        `json:"at"`
	By     string           `json:"by,omitempty" doc:"Who did it; absent where it was time"`
	For    string           `json:"for,omitempty"`
	Mine   bool             `json:"mine,omitempty" doc:"You did it"`
	About  string           `json:"about,omitempty" doc:"Whom it is about, where that is not a party's own move"`
	Kind   work.EventKind   `json:"kind" doc:"What happened"`
	Detail work.Detail      `json:"detail"`
}

// A Decision of a timeline.
type Decision struct {
	ID      work.DecisionID    `json:"id"`
	Kind    string             `json:"kind,omitempty" doc:"Of the kinds the terms list"`
	Words   string             `json:"words" doc:"What is decided"`
	Amount  work.Money         `json:"amount,omitempty" doc:"What it costs, minor units"`
	Minutes work.Minutes       `json:"minutes,omitempty" doc:"What it takes"`
	State   work.DecisionState `json:"state" doc:"Where it stands"`
	Outside string             `json:"outside,omitempty" doc:"The limit it breaks"`
	Reason  string             `json:"reason,omitempty" doc:"Why it was refused, or objected to"`
	At      time.Time          `json:"at"`
}

// An Occurrence of a timeline.
type Occurrence struct {
	ID    work.OccurrenceID    `json:"id"`
	Due   string               `json:"due" doc:"Its day or moment, with the time zone"`
	State work.OccurrenceState `json:"state" doc:"due, done, skipped or missed"`
	Note  string               `json:"note,omitempty" doc:"What was said of it"`
	Price work.Money           `json:"price,omitempty" doc:"Minor units"`
}

func occurrences(turns []work.Occurrence) []Occurrence {
	var out []Occurrence
	for _, t := range turns {
		out = append(out, Occurrence{t.ID, t.Due.String(), t.State, t.Note, t.Price})
	}
	return out
}

// A Look is one side's reflection: one's own, or both once both are in.
type Look struct {
	Person     Party           `json:"person" doc:"Who looked back"`
	Reflection work.Reflection `json:"reflection" doc:"What they said"`
	At         time.Time       `json:"at" doc:"When they did"`
}

// History returns a delegation's timeline.
var History = app.Read(app.Describe{
	Name: "delegation.history", Method: "GET", Path: "delegations/{delegation}/history", Who: app.AParty, Summary: "See all that happened to a delegation.",
}, func(ctx context.Context, tx *app.Tx, in On) (Timeline, error) {
	var out Timeline
	d, _, err := in.load(ctx, tx)
	if err != nil {
		return out, err
	}
	if out.Events, err = entries(ctx, tx, d); err != nil {
		return out, err
	}
	if out.Terms, err = tx.AllTerms(ctx, d.ID); err != nil {
		return out, err
	}
	if !d.Is(tx.Me.Person, work.AsEither) && d.State == work.Draft {
		out.Events, out.Terms = nil, []work.Terms{d.Terms} // somebody it was only shown to
	} else if !d.Is(tx.Me.Person, work.AsGiver) {
		out.withoutDraft()
	}
	decisions, err := tx.Decisions(ctx, d.ID)
	if err != nil {
		return out, err
	}
	for _, dec := range decisions {
		if d.Terms.Authority.Level == work.Autonomous && dec.Ruling == work.Decides && tx.Me.Person != d.Receiver {
			continue // at level 7 the giver is not told
		}
		out.Decisions = append(out.Decisions, Decision{dec.ID, dec.Kind, dec.Words, dec.Amount, dec.Time, dec.State, dec.Outside, dec.Reason, dec.At})
	}
	turns, err := tx.Occurrences(ctx, d.ID, 60)
	if err != nil {
		return out, err
	}
	out.Occurrences = occurrences(turns)
	return out, out.private(ctx, tx, d)
})

// withoutDraft leaves out what the giver wrote before anybody was asked, and an
// offer that was undone before it left: a draft is its giver's alone.
func (out *Timeline) withoutDraft() {
	first, kept := 0, []Entry{}
	for _, e := range out.Events {
		switch e.Kind {
		case work.Drafted, work.Revised:
			continue
		case work.OfferUndone:
			first, kept = 0, []Entry{}
			continue
		case work.OfferMade, work.ToldAloud:
			first = cmp.Or(first, e.Detail.Terms)
		}
		kept = append(kept, e)
	}
	out.Events = kept
	out.Terms = slices.DeleteFunc(out.Terms, func(t work.Terms) bool { return t.Version < first })
}

// private adds what depends on who looks: reflections, hand-ons and a note.
func (out *Timeline) private(ctx context.Context, tx *app.Tx, d *work.Delegation) error {
	looks, err := tx.Reflections(ctx, d.ID)
	if err != nil {
		return err
	}
	for _, l := range looks {
		if l.Person == tx.Me.Person || l.Open && d.Is(tx.Me.Person, work.AsEither) {
			out.Reflections = append(out.Reflections, Look{Party{l.Person, d.Names[l.Person]}, l.Reflection, l.At})
		}
	}
	if out.Below, err = below(ctx, tx, d.ID); err != nil {
		return err
	}
	out.Note, err = tx.PrivateNote(ctx, tx.Me.Person, d.ID)
	return err
}

func entries(ctx context.Context, tx *app.Tx, d *work.Delegation) ([]Entry, error) {
	events, err := tx.Events(ctx, eventsOf(d.ID))
	if err != nil {
		return nil, err
	}
	out := make([]Entry, 0, len(events))
	names := d.Names
	for _, e := range events {
		for _, id := range []work.PersonID{e.By, e.Person} {
			if id == 0 || names[id] != "" {
				continue
			}
			p, err := tx.Person(ctx, id)
			if err != nil {
				return nil, err
			}
			names[id] = p.Name
		}
		switch {
		case e.Kind == work.DecisionMade && e.Detail.Level == work.Autonomous && tx.Me.Person != d.Receiver,
			(e.Kind == work.Shown || e.Kind == work.InterestSaid) && tx.Me.Person != d.Giver,
			e.Kind.OfSharing() && e.By != tx.Me.Person && e.Person != tx.Me.Person:
			continue
		}
		out = append(out, Entry{e.Number, e.At, names[e.By], names[e.For], e.By != 0 && e.By == tx.Me.Person, names[e.Person], e.Kind, e.Detail})
	}
	return out, nil
}

func below(ctx context.Context, tx *app.Tx, id work.DelegationID) ([]Delegation, error) {
	children, err := tx.Delegations(ctx, childrenOf(id))
	if err != nil {
		return nil, err
	}
	var out []Delegation
	for _, c := range children {
		if c.State == work.Draft && !c.Is(tx.Me.Person, work.AsGiver) {
			continue // not handed on yet
		}
		v := View(tx, c)
		v.Moves = []Choice{}
		deeper, err := below(ctx, tx, c.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
		out = append(out, deeper...)
	}
	return slices.Clip(out), nil
}
