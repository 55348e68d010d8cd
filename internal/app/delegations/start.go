package delegations

import (
	"context"
	"time"

	"baton/internal/app"
	"baton/internal/app/people"
	"baton/internal/app/tasks"
	"baton/internal/store"
	"baton/internal/work"
)

// StartDelegation begins a draft.
type StartDelegation struct {
	Task     work.TaskID         `path:"task" json:"-"`
	IfMatch  app.Match           `header:"If-Match" json:"-" doc:"Refuse when the version of the task is another"`
	Kind     work.DelegationKind `json:"kind,omitempty" enum:"assignment,strategic" doc:"assignment unless said; a decision area is strategic"`
	Receiver work.PersonID       `json:"receiver,omitempty"`
	Terms    *work.Terms         `json:"terms,omitempty" doc:"Proposed from the task and the receiver when absent"`
	Playbook work.PlaybookID     `json:"playbook,omitempty" doc:"Begin with the terms of a playbook"`
}

// Begin makes a draft of a delegation of a task on the actor's plate.
var Begin = app.Write(app.Describe{
	Name: "delegation.start", Method: "POST", Path: "tasks/{task}/delegation", Who: app.AnyMember, Undo: "delegation.discard", Summary: "Begin to delegate a task: a draft nobody else sees.",
}, func(ctx context.Context, tx *app.Tx, in StartDelegation) (Delegation, error) {
	t, err := tasks.MineAt(ctx, tx, in.Task, in.IfMatch)
	if err != nil {
		return Delegation{}, err
	}
	if err := delegable(ctx, tx, &t, in.Receiver); err != nil {
		return Delegation{}, err
	}
	if in.Kind == "" {
		in.Kind = work.Assignment
		if t.Kind == work.DecisionArea {
			in.Kind = work.Strategic
		}
	}
	terms, err := in.terms(ctx, tx, &t)
	if err != nil {
		return Delegation{}, err
	}
	d, err := work.Start(tx.Act(), work.DelegationID(tx.NextID()), &t, in.Kind, terms, tx.NextID)
	if err != nil {
		return Delegation{}, err
	}
	if in.Receiver == tx.Me.Person {
		return Delegation{}, errToOneself
	}
	d.Receiver = in.Receiver
	if err := Settle(ctx, tx, d); err != nil {
		return Delegation{}, err
	}
	return reload(ctx, tx, d.ID)
})

// terms returns those given, those of a playbook, or a proposal.
func (in StartDelegation) terms(ctx context.Context, tx *app.Tx, t *work.Task) (work.Terms, error) {
	var receiver *work.Person
	if in.Receiver != 0 {
		p, err := people.Carries(ctx, tx, in.Receiver)
		if err != nil {
			return work.Terms{}, err
		}
		receiver = &p
	}
	if in.Terms != nil {
		return *in.Terms, nil
	}
	proposed, _, err := Proposed(ctx, tx, t, in.Kind, receiver)
	switch {
	case err != nil:
		return proposed, err
	case in.Playbook != 0:
		all, err := tx.Playbooks(ctx, tx.Me.Person)
		if err != nil {
			return work.Terms{}, err
		}
		for _, p := range all {
			if p.ID == in.Playbook {
				kept := p.Terms
				kept.Due, kept.Rule = proposed.Due, proposed.Rule
				return kept, nil
			}
		}
		return work.Terms{}, work.Errorf(work.NotFound, "There is no such playbook.")
	}
	return proposed, nil
}

// delegable refuses a task that is not the actor's to give now. A decision area
// may be given to several people, to each of them once.
func delegable(ctx context.Context, tx *app.Tx, t *work.Task, to work.PersonID) error {
	switch {
	case t.Finished():
		return work.Errorf(work.Conflict, "“%s” is %s; there is nothing to delegate.", t.Title, t.State)
	case t.Carrier != tx.Me.Person:
		return work.Errorf(work.Conflict, "“%s” is not on your plate now.", t.Title)
	}
	there, err := tx.Delegations(ctx, store.DelegationFilter{Task: t.ID})
	if err != nil {
		return err
	}
	for _, d := range there {
		if t.Kind == work.DecisionArea {
			if err := levelHeld(d, tx.Me.Person, to, 0); err != nil {
				return err
			}
			continue
		}
		if d.State != work.Ended && d.Giver == tx.Me.Person {
			return work.Errorf(work.Conflict, "“%s” is delegated already: number %d is %s.", t.Title, d.ID, d.State.Words())
		}
		if d.State == work.Active && d.Receiver == tx.Me.Person {
			return work.Errorf(work.Conflict, "You carry “%s” for %s; hand it on instead (delegation %d).", t.Title, d.Name(d.Giver), d.ID)
		}
	}
	return nil
}

// levelHeld refuses a second level for somebody in one decision area: d is a
// delegation of it, other than that of the number except.
func levelHeld(d *work.Delegation, giver, to work.PersonID, except work.DelegationID) error {
	if d.State == work.Ended || d.Giver != giver || d.Receiver != to || to == 0 || d.ID == except {
		return nil
	}
	return work.Errorf(work.Conflict, "%s has a level in “%s” already: number %d is %s. Change that one.", d.Name(to), d.Title, d.ID, d.State.Words())
}

func reload(ctx context.Context, tx *app.Tx, id work.DelegationID) (Delegation, error) {
	d, err := tx.Delegation(ctx, id)
	if err != nil {
		return Delegation{}, err
	}
	v := View(tx, d)
	return v, outlook(ctx, tx, d, &v)
}

// target is an input that names the delegation it is about.
type target interface {
	named() On
}

// scene is what a move sees: the delegation, who moves, and the transaction.
type scene struct {
	ctx   context.Context
	tx    *app.Tx
	d     *work.Delegation
	act   work.Act
	chain []work.Link

	ruling work.Ruling // on the decision just stated
}

// move makes an operation of a rule: load, decide, save, in one transaction.
func move[In target](name, path, summary string, who app.Who, undo string, rule func(*scene, In) error) app.Op[In, Delegation] {
	d := app.Describe{Name: "delegation." + name, Method: "POST", Path: "delegations/{delegation}/" + path, Who: who, Undo: undo, Summary: summary}
	return app.Write(d, func(ctx context.Context, tx *app.Tx, in In) (Delegation, error) {
		d, chain, err := in.named().load(ctx, tx)
		if err != nil {
			return Delegation{}, err
		}
		s := &scene{ctx: ctx, tx: tx, d: d, act: tx.Act(), chain: chain}
		if err := rule(s, in); err != nil {
			return Delegation{}, err
		}
		if err := Settle(ctx, tx, d); err != nil {
			return Delegation{}, err
		}
		if err := dub(ctx, tx, d); err != nil {
			return Delegation{}, err
		}
		v := View(tx, d)
		if err := outlook(ctx, tx, d, &v); err != nil {
			return Delegation{}, err
		}
		v.Ruling = s.ruling
		if d.State == work.Active && d.Receiver == tx.Me.Person && just(d, work.TermsAgreed, work.AcceptedTerms) {
			v.Over, err = overload(ctx, tx)
		}
		return v, err
	})
}

// dub finds the names of those who hold what the move just opened.
func dub(ctx context.Context, tx *app.Tx, d *work.Delegation) error {
	for _, it := range d.Open() {
		if d.Names[it.Holder] != "" {
			continue
		}
		p, err := tx.Person(ctx, it.Holder)
		if err != nil {
			return err
		}
		d.Names[p.ID] = p.Name
	}
	return nil
}

// receiver lets the delegation know of a person the actor may delegate to.
func (s *scene) receiver(id work.PersonID) error {
	p, err := people.Carries(s.ctx, s.tx, id)
	switch {
	case err != nil:
		return err
	case p.Gone(s.tx.Today()):
		return work.Errorf(work.Conflict, "%s has left.", p.Name)
	}
	if err := above(s.chain, s.d.Giver, &p); err != nil {
		return err
	}
	if err := s.oneLevel(id); err != nil {
		return err
	}
	s.d.Names[id], s.d.Agent = p.Name, p.Kind == work.Agent
	_, err = s.tx.Member(s.ctx, id)
	if s.d.Guest = work.KindOf(err) == work.NotFound; s.d.Guest {
		return nil
	}
	return err
}

// oneLevel refuses somebody who has a level in the decision area already.
func (s *scene) oneLevel(to work.PersonID) error {
	if s.d.TaskKind != work.DecisionArea {
		return nil
	}
	there, err := s.tx.Delegations(s.ctx, store.DelegationFilter{Task: s.d.Task, Giver: s.d.Giver})
	for _, d := range there {
		if err := levelHeld(d, s.d.Giver, to, s.d.ID); err != nil {
			return err
		}
	}
	return err
}

var errToOneself = work.FieldError("receiver", "A delegation goes to somebody else.")

// above refuses a receiver who gives it themselves, or further up the chain.
func above(chain []work.Link, me work.PersonID, p *work.Person) error {
	switch {
	case p.ID == me:
		return errToOneself
	case work.GivenBy(chain, p.ID):
		return work.FieldError("receiver", "%s handed this out further up; hand it back to them instead.", p.Name)
	}
	return nil
}

// ReviseDraft replaces a draft's terms, and its kind and receiver where said.
type ReviseDraft struct {
	On
	Kind     work.DelegationKind `json:"kind,omitempty" enum:"assignment,strategic"`
	Receiver *work.PersonID      `json:"receiver,omitempty" doc:"Who the draft names unless said; 0 names nobody"`
	Terms    work.Terms          `json:"terms"`
}

// Revise changes a draft.
var Revise = move("revise", "draft", "Change a draft.", app.AGiver, "delegation.revise", func(s *scene, in ReviseDraft) error {
	to := s.d.Receiver
	if in.Receiver != nil {
		to = *in.Receiver
	}
	if to != 0 {
		if err := s.receiver(to); err != nil {
			return err
		}
	}
	shown, err := s.tx.WasShown(s.ctx, s.d.ID)
	if err != nil {
		return err
	}
	return s.d.Revise(s.act, in.Kind, to, in.Terms, shown)
})

// ShowTo names the people a draft is shown to.
type ShowTo struct {
	On
	People []work.PersonID `json:"people" minItems:"1" maxItems:"20"`
}

// ShowSeveral asks several people whether they are interested.
var ShowSeveral = move("show_to", "candidates", "Show a draft to several people and see who is interested.", app.AGiver, "", func(s *scene, in ShowTo) error {
	for _, p := range in.People {
		if err := s.receiver(p); err != nil {
			return err
		}
	}
	return s.d.Show(s.act, in.People)
})

// SayInterest answers being shown a draft.
type SayInterest struct {
	On
	Yes  bool   `json:"yes"`
	Note string `json:"note,omitempty" maxLength:"2000"`
}

// Interest says whether the actor would like to have what they were shown.
var Interest = move("interest", "interest", "Say whether you are interested.", app.AHolder, "", func(s *scene, in SayInterest) error {
	return s.d.SayInterest(s.act, 0, in.Yes, in.Note)
})

// MakeOffer asks somebody to agree to the terms.
type MakeOffer struct {
	On
	Receiver work.PersonID `json:"receiver,omitempty" doc:"Who the draft names unless said"`
	AnswerBy time.Time     `json:"answer_by,omitzero" doc:"Five working days unless said"`
}

// Offer asks the receiver.
var Offer = move("offer", "offer", "Offer it: the receiver has terms to answer.", app.AGiver, "delegation.undo_offer", func(s *scene, in MakeOffer) error {
	if in.Receiver == 0 {
		in.Receiver = s.d.Receiver
	}
	if in.Receiver != 0 {
		if err := s.receiver(in.Receiver); err != nil {
			return err
		}
	}
	return s.d.Offer(s.act, in.Receiver, in.AnswerBy)
})

// UndoOffer takes an offer back before its notice left.
var UndoOffer = move("undo_offer", "offer/undo", "Take an offer back within ten seconds: nobody was told.", app.AGiver, "delegation.offer", func(s *scene, _ On) error {
	offered := s.d.OfferedAt
	if err := s.d.UndoOffer(s.act); err != nil {
		return err
	}
	return s.tx.DropNotices(s.ctx, s.d.ID, offered)
})

// Agreement records what was agreed aloud.
type Agreement struct {
	On
	Receiver work.PersonID `json:"receiver,omitempty"`
	Started  time.Time     `json:"started,omitzero" doc:"When it really began"`
	Words    string        `json:"words,omitempty" maxLength:"2000" doc:"How and where you agreed"`
}

// Tell records an agreement made aloud, marked as told by the giver.
var Tell = move("tell", "agreement", "Record what you agreed aloud; the receiver confirms or corrects it.", app.AGiver, "delegation.recall", func(s *scene, in Agreement) error {
	if in.Receiver == 0 {
		in.Receiver = s.d.Receiver
	}
	if in.Receiver != 0 {
		if err := s.receiver(in.Receiver); err != nil {
			return err
		}
	}
	return s.d.Tell(s.act, in.Receiver, in.Started, in.Words)
})

// Discard throws a draft away.
var Discard = app.Write(app.Describe{
	Name: "delegation.discard", Method: "DELETE", Path: "delegations/{delegation}/draft", Who: app.AGiver, Undo: "delegation.start", Summary: "Throw a draft away.",
}, func(ctx context.Context, tx *app.Tx, in On) (app.None, error) {
	d, _, err := in.load(ctx, tx)
	if err != nil {
		return app.None{}, err
	}
	if err := d.CanDiscard(tx.Act()); err != nil {
		return app.None{}, err
	}
	return app.None{}, tx.DeleteDelegation(ctx, d.ID)
})
