package cli

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/work"
)

// on is a command about one delegation.
type on struct {
	Delegation string `arg:"" help:"Number, or the task's title."`
}

// sides tells which side makes a move, by its resource: in a chain of hand-ons
// somebody carries a task from one and gives it to another. What is not listed
// either may do.
var sides = map[string]work.Role{
	"draft": work.AsGiver, "candidates": work.AsGiver, "offer": work.AsGiver, "offer/undo": work.AsGiver, "agreement": work.AsGiver,
	"told-answer": work.AsGiver, "withdrawal": work.AsGiver, "read-back/confirmation": work.AsGiver, "intentions/objection": work.AsGiver,
	"questions/return": work.AsGiver, "suggestions/go": work.AsGiver, "suggestions/additions": work.AsGiver, "decisions/answer": work.AsGiver, "happenings/answer": work.AsGiver, "pause": work.AsGiver,
	"pause/end": work.AsGiver, "update-requests": work.AsGiver, "feedback": work.AsGiver, "support": work.AsGiver, "support/timer": work.AsGiver,
	"deliveries/acceptance": work.AsGiver, "deliveries/return": work.AsGiver, "occurrences/return": work.AsGiver, "defects": work.AsGiver,
	"recall": work.AsGiver, "moot": work.AsGiver,
	"acceptance": work.AsReceiver, "refusal": work.AsReceiver, "confirmation": work.AsReceiver, "read-back": work.AsReceiver,
	"questions": work.AsReceiver, "decisions": work.AsReceiver, "objections/revision": work.AsReceiver, "objections/drop": work.AsReceiver,
	"happenings": work.AsReceiver, "check-ins": work.AsReceiver, "deliveries": work.AsReceiver, "occurrences/done": work.AsReceiver,
	"occurrences/skip": work.AsReceiver, "defects/mending": work.AsReceiver, "hand-on": work.AsReceiver, "hand-back": work.AsReceiver,
}

// commandOf is how a move is given as a command, where it is not called so.
func commandOf(m work.MoveName) string {
	if command := moveCommands[m]; command != "" {
		return command
	}
	return plain(string(m))
}

var moveCommands = map[work.MoveName]string{
	work.MoveRevise: "brief", work.MoveInterest: "interested", work.MoveUndoOffer: "offer --undo", work.MoveRecord: "accept --outside",
	work.MoveReadBack: "confirm --say", work.MoveReadBackOK: "confirm", work.MoveReadBackNo: "confirm --correct",
	work.MoveTurnBack: "answer --back", work.MoveGo: "answer --go", work.MoveAddTo: "answer --add",
	work.MoveApprove: "answer --yes", work.MoveRefuse: "answer --no", work.MoveReviseIt: "decide --revise", work.MoveDropIt: "decide --drop",
	work.MoveRatify: "answer --yes", work.MoveMend: "answer --no", work.MoveRequest: "checkin --request", work.MoveCheckIn: "checkin",
	work.MoveReceive: "receive", work.MoveReturnTurn: "return --turn", work.MoveHandOn: "hand-on", work.MoveGiveNotice: "end",
	work.MoveAgreeEnd: "answer --yes", work.MoveRefuseEnd: "answer --no", work.MoveHandBack: "end --hand-back", work.MoveRecall: "end --recall",
	work.MoveMoot: "end --moot", work.MoveWait: "answer --wait",
}

// move posts to a resource of the delegation and shows how it stands then.
func (c *on) move(s *session, resource string, in any) error {
	id, err := s.delegation(c.Delegation, sides[resource])
	if err != nil {
		return err
	}
	return show(s, http.MethodPost, fmt.Sprintf("delegations/%d/%s", id, resource), nil, in, s.printDelegation)
}

// load reads the delegation; side says which of two of the same name is meant,
// where the actor gives one and has received the other.
func (c *on) load(s *session, side work.Role) (delegations.Delegation, error) {
	var d delegations.Delegation
	id, err := s.delegation(c.Delegation, side)
	if err != nil {
		return d, err
	}
	c.Delegation = fmt.Sprint(id)
	return d, s.get(fmt.Sprintf("delegations/%d", id), &d)
}

type delegateCmd struct {
	Task      string `arg:"" help:"Number or title."`
	Person    string `arg:"" optional:"" help:"Who should have it."`
	Strategic bool   `help:"Hand over the decisions with the task."`
	Playbook  string `help:"Begin with the terms of a playbook." placeholder:"NAME"`
	Offer     bool   `help:"Offer it at once."`
	termFlags
}

// Run starts a draft and may offer it.
func (c *delegateCmd) Run(s *session) error {
	task, err := s.task(c.Task)
	if err != nil {
		return err
	}
	var in delegations.StartDelegation
	if c.Strategic {
		in.Kind = work.Strategic
	}
	if c.Person != "" {
		id, err := s.person(c.Person)
		if err != nil {
			return err
		}
		in.Receiver = work.PersonID(id)
	}
	if c.Playbook != "" {
		id, err := s.find("playbook", "playbooks", c.Playbook)
		if err != nil {
			return err
		}
		in.Playbook = work.PlaybookID(id)
	}
	var d delegations.Delegation
	if err := s.call(http.MethodPost, fmt.Sprintf("tasks/%d/delegation", task), nil, in, &d); err != nil {
		return err
	}
	if err := c.over(s, &d, &d.Terms); err != nil {
		return s.discard(d.ID, err)
	}
	revised := delegations.ReviseDraft{Receiver: &in.Receiver, Terms: d.Terms}
	resource := fmt.Sprintf("delegations/%d/", d.ID)
	if !c.Offer {
		if err := show(s, http.MethodPost, resource+"draft", nil, revised, s.printDraft); err != nil {
			return s.discard(d.ID, err)
		}
		return nil
	}
	if err := s.call(http.MethodPost, resource+"draft", nil, revised, nil); err != nil {
		return s.discard(d.ID, err)
	}
	return offer(s, d.ID, "offer", delegations.MakeOffer{})
}

// printDraft shows a draft, and the check-ins proposed for it with the reason.
func (s *session) printDraft(d delegations.Delegation) {
	s.printDelegation(d)
	if d.Rhythm != "" {
		s.printf("     %s\n", delegations.ProposedWords(d.Rhythm))
	}
}

// offer offers a draft, or records an agreement made aloud. Where neither mail
// nor an account tells the receiver of it, it says so with the link that does.
func offer(s *session, id work.DelegationID, resource string, in any) error {
	var link delegations.GuestLink
	var failed error
	err := show(s, http.MethodPost, fmt.Sprintf("delegations/%d/%s", id, resource), nil, in, func(d delegations.Delegation) {
		s.printDelegation(d)
		if !d.Unreached {
			return
		}
		if failed = s.call(http.MethodPost, fmt.Sprintf("delegations/%d/links", id), nil, struct{}{}, &link); failed == nil {
			s.printf("     Nothing tells %s of it: no account, no mail address. Give them this link yourself, until %s:\n       %s\n",
				d.Receiver.Name, s.local(link.Expires).Format("2 January 2006"), link.URL)
		}
	})
	return errors.Join(err, failed)
}

// discard throws a draft away that the same command could not complete.
func (s *session) discard(id work.DelegationID, why error) error {
	if err := s.call(http.MethodDelete, fmt.Sprintf("delegations/%d/draft", id), nil, nil, nil); err != nil {
		return err
	}
	return why
}

type briefCmd struct {
	on
	Person string `help:"Who should have it." placeholder:"PERSON"`
	termFlags
}

// Run changes a draft's terms and says what they could do better.
func (c *briefCmd) Run(s *session) error {
	d, err := c.load(s, work.AsGiver)
	if err != nil {
		return err
	}
	receiver := d.Receiver.ID
	if c.Person != "" {
		id, err := s.person(c.Person)
		if err != nil {
			return err
		}
		receiver = work.PersonID(id)
	}
	before := fmt.Sprint(d.Terms)
	if err := c.over(s, &d, &d.Terms); err != nil {
		return err
	}
	if fmt.Sprint(d.Terms) != before || receiver != d.Receiver.ID {
		in := delegations.ReviseDraft{Receiver: &receiver, Terms: d.Terms}
		if err := s.call(http.MethodPost, fmt.Sprintf("delegations/%d/draft", d.ID), nil, in, nil); err != nil {
			return err
		}
	}
	return show(s, http.MethodGet, fmt.Sprintf("delegations/%d/findings", d.ID), nil, nil, func(f delegations.Findings) {
		if len(f.Findings) == 0 {
			s.printf("Nothing to add.\n")
		}
		for _, one := range f.Findings {
			s.printf("%s: %s\n    %s\n", one.Field, one.Sentence, one.Mend)
		}
		for _, one := range f.Learned {
			s.printf("%s: %s\n", one.Field, delegations.ProposedWords(one.Sentence))
		}
	})
}

type showToCmd struct {
	on
	People []string `arg:"" help:"Numbers or names."`
}

// Run shows a draft to several people.
func (c *showToCmd) Run(s *session) error {
	var in delegations.ShowTo
	for _, typed := range c.People {
		id, err := s.person(typed)
		if err != nil {
			return err
		}
		in.People = append(in.People, work.PersonID(id))
	}
	return c.move(s, "candidates", in)
}

type interestedCmd struct {
	on
	No   bool   `help:"Not interested."`
	Note string `help:"A note."`
}

// Run answers being shown a draft.
func (c *interestedCmd) Run(s *session) error {
	return c.move(s, "interest", delegations.SayInterest{Yes: !c.No, Note: c.Note})
}

type offerCmd struct {
	on
	Person   string `arg:"" optional:"" help:"Who the draft names unless said."`
	AnswerBy string `help:"Answer by, like 2026-12-05."`
	Undo     bool   `help:"Take the offer back; within ten seconds nobody was told."`
}

// Run offers a draft.
func (c *offerCmd) Run(s *session) error {
	if c.Undo {
		return c.move(s, "offer/undo", struct{}{})
	}
	var in delegations.MakeOffer
	if c.Person != "" {
		id, err := s.person(c.Person)
		if err != nil {
			return err
		}
		in.Receiver = work.PersonID(id)
	}
	if c.AnswerBy != "" {
		by, err := time.Parse(time.DateOnly, c.AnswerBy)
		if err != nil {
			return work.Errorf(work.Invalid, "--answer-by: write it like 2026-12-05.")
		}
		in.AnswerBy = by
	}
	id, err := s.delegation(c.Delegation, work.AsGiver)
	if err != nil {
		return err
	}
	return offer(s, work.DelegationID(id), "offer", in)
}

type tellCmd struct {
	on
	Person  string `arg:"" optional:"" help:"With whom you agreed; who the draft names unless said."`
	Started string `help:"When it really began, like 2026-10-01."`
	Words   string `help:"How and where you agreed."`
}

// Run records an agreement made aloud.
func (c *tellCmd) Run(s *session) error {
	in := delegations.Agreement{Words: c.Words}
	if c.Person != "" {
		id, err := s.person(c.Person)
		if err != nil {
			return err
		}
		in.Receiver = work.PersonID(id)
	}
	if c.Started != "" {
		started, err := time.Parse(time.DateOnly, c.Started)
		if err != nil {
			return work.Errorf(work.Invalid, "--started: write it like 2026-10-01.")
		}
		in.Started = started
	}
	id, err := s.delegation(c.Delegation, work.AsGiver)
	if err != nil {
		return err
	}
	return offer(s, work.DelegationID(id), "agreement", in)
}

type discardCmd struct{ on }

// Run throws a draft away.
func (c *discardCmd) Run(s *session) error {
	id, err := s.delegation(c.Delegation, work.AsGiver)
	if err != nil {
		return err
	}
	return show(s, http.MethodDelete, fmt.Sprintf("delegations/%d/draft", id), nil, nil, func(app.None) { s.printf("The draft is gone.\n") })
}

type acceptCmd struct {
	on
	Terms    int    `help:"The version you read; the one on offer unless said."`
	ReadBack string `help:"Strategic: the outcome and your first step, in your own words."`
	Outside  string `help:"As the giver: they accepted outside; say how." placeholder:"HOW"`
}

// Run accepts an offer, or records an answer given outside.
func (c *acceptCmd) Run(s *session) error {
	if c.Outside != "" {
		return c.move(s, "told-answer", delegations.GivenOutside{Yes: true, Words: c.Outside})
	}
	if c.Terms == 0 {
		d, err := c.load(s, work.AsReceiver)
		if err != nil {
			return err
		}
		c.Terms = d.Terms.Version
	}
	return c.move(s, "acceptance", delegations.AcceptTerms{Terms: c.Terms, ReadBack: c.ReadBack})
}

type because struct {
	on
	Reason []string `arg:"" optional:"" help:"Why."`
}

func (c *because) why() delegations.Why { return delegations.Why{Reason: strings.Join(c.Reason, " ")} }

type declineCmd struct {
	because
	Outside bool `help:"As the giver: they declined outside."`
}

// Run declines an offer.
func (c *declineCmd) Run(s *session) error {
	if c.Outside {
		return c.move(s, "told-answer", delegations.GivenOutside{Words: strings.Join(c.Reason, " ")})
	}
	return c.move(s, "refusal", c.why())
}

type withdrawCmd struct{ because }

// Run withdraws an offer.
func (c *withdrawCmd) Run(s *session) error { return c.move(s, "withdrawal", c.why()) }

type proposeCmd struct {
	on
	Note   string `help:"Why."`
	Talked bool   `help:"These are what the two of you found in a talk."`
	termFlags
}

// Run proposes other terms: those on the table with the flags over them.
func (c *proposeCmd) Run(s *session) error {
	d, err := c.load(s, "")
	if err != nil {
		return err
	}
	terms := d.Terms
	if d.Proposal != nil {
		terms = *d.Proposal
	}
	if err := c.over(s, &d, &terms); err != nil {
		return err
	}
	return c.move(s, "proposal", delegations.OtherTerms{Seen: d.Newest, Terms: terms, Note: c.Note, Talk: c.Talked})
}

type agreeCmd struct {
	on
	Terms int `help:"The version you read; the one proposed unless said."`
}

// Run agrees to the proposed terms.
func (c *agreeCmd) Run(s *session) error {
	if c.Terms == 0 {
		d, err := c.load(s, "")
		if err != nil {
			return err
		}
		c.Terms = d.Newest
	}
	return c.move(s, "proposal/agreement", delegations.Seen{Terms: c.Terms})
}

type keepCmd struct{ because }

// Run keeps the present terms.
func (c *keepCmd) Run(s *session) error { return c.move(s, "proposal/refusal", c.why()) }

type confirmCmd struct {
	on
	Correct string `help:"Correct the read-back instead: say what it misses." placeholder:"NOTE"`
	Say     string `help:"Say the outcome and your first step in your own words." placeholder:"WORDS"`
}

// Run confirms an agreement made aloud, or a read-back.
func (c *confirmCmd) Run(s *session) error {
	d, err := c.load(s, "")
	if err != nil {
		return err
	}
	if c.Say != "" {
		return c.move(s, "read-back", delegations.Text{Text: c.Say})
	}
	for _, m := range d.Moves {
		if m.Move == work.MoveReadBackOK {
			return c.move(s, "read-back/confirmation", delegations.YesNo{Yes: c.Correct == "", Note: c.Correct})
		}
	}
	return c.move(s, "confirmation", delegations.Seen{Terms: d.Terms.Version})
}
