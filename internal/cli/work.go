package cli

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/ical"
	"baton/internal/phrase"
	"baton/internal/work"
)

// said is a command that says something about a delegation.
type said struct {
	on
	Text []string    `arg:"" optional:"" help:"What you say."`
	Item work.ItemID `help:"Which item, where there are several."`
}

func (c *said) text() string { return strings.Join(c.Text, " ") }

func (c *said) item() delegations.OnItem { return delegations.OnItem{Item: c.Item, Text: c.text()} }

type askCmd struct {
	said
	Blocking bool `help:"The work cannot go on without the answer."`
}

// Run asks the giver.
func (c *askCmd) Run(s *session) error {
	return c.move(s, "questions", delegations.AskQuestion{Text: c.text(), Blocking: c.Blocking})
}

type answerCmd struct {
	said
	Yes    bool    `help:"Yes, to a decision, a notice, or what happened." xor:"answer"`
	No     bool    `help:"No; say why." xor:"answer"`
	Back   bool    `help:"Hand the question back: what would you do?" xor:"answer"`
	Go     bool    `help:"Say go to what they would do, with or without words." xor:"answer"`
	Add    bool    `help:"Say go to what they would do, and add your words to it." xor:"answer"`
	Wait   bool    `help:"Somebody is away: wait." xor:"answer"`
	Words  string  `help:"Yes, but to this decision instead."`
	Amount *string `help:"Yes, but for this amount."`
}

// Run answers what waits: a question in words, anything else with --yes or
// --no.
func (c *answerCmd) Run(s *session) error {
	switch {
	case c.Back:
		return c.move(s, "questions/return", c.item())
	case c.Go:
		return c.move(s, "suggestions/go", c.item())
	case c.Add:
		return c.move(s, "suggestions/additions", c.item())
	case c.Wait:
		return c.move(s, "absence/wait", c.item())
	case c.Yes == c.No:
		return c.move(s, "answers", c.item())
	}
	d, err := c.load(s, "")
	if err != nil {
		return err
	}
	yesNo := delegations.YesNo{Item: c.Item, Yes: c.Yes, Note: c.text()}
	for _, m := range d.Moves {
		if c.Item != 0 && m.Item != c.Item {
			continue
		}
		switch m.Move {
		case work.MoveApprove, work.MoveObject:
			if !c.Yes && s.holds(d, m.Item, work.Intention) {
				return c.move(s, "intentions/objection", delegations.OnItem{Item: m.Item, Text: c.text()})
			}
			in := delegations.AnswerTo{Item: c.Item, Yes: c.Yes, Reason: c.text(), Words: c.Words}
			if c.Amount != nil {
				amount, err := work.ParseMoney(*c.Amount, d.Currency)
				if err != nil {
					return err
				}
				in.Amount = &amount
			}
			return c.move(s, "decisions/answer", in)
		case work.MoveGo:
			if c.Yes {
				return c.move(s, "suggestions/go", delegations.OnItem{Item: m.Item, Text: c.text()})
			}
		case work.MoveRatify:
			return c.move(s, "happenings/answer", yesNo)
		case work.MoveAgreeEnd:
			return c.move(s, "notice/answer", yesNo)
		}
	}
	return work.Errorf(work.Conflict, "Nothing there waits for a yes or no of yours.")
}

// holds reports whether an item of a delegation is of a kind.
func (s *session) holds(d delegations.Delegation, id work.ItemID, k work.ItemKind) bool {
	return slices.ContainsFunc(d.Items, func(it delegations.Item) bool { return it.ID == id && it.Kind == k })
}

// decision is a decision as flags.
type decision struct {
	said
	Kind      string `help:"One of the kinds the terms list."`
	Amount    string `help:"What it costs, like 120 or 120.50."`
	Minutes   int64  `help:"What it takes."`
	Recommend string `help:"What you recommend."`
}

func (c *decision) state(s *session) (delegations.StateDecision, error) {
	in := delegations.StateDecision{Item: c.Item, Words: c.text(), Kind: c.Kind, Minutes: work.Minutes(c.Minutes), Recommendation: c.Recommend}
	if c.Amount == "" {
		return in, nil
	}
	d, err := c.load(s, work.AsReceiver)
	if err != nil {
		return in, err
	}
	in.Amount, err = work.ParseMoney(c.Amount, d.Currency)
	return in, err
}

func (c *decision) run(s *session, resource string) error {
	in, err := c.state(s)
	if err != nil {
		return err
	}
	return c.move(s, resource, in)
}

type decideCmd struct {
	decision
	Revise bool `help:"Answer an objection with this instead."`
	Drop   bool `help:"Let go of what was objected to."`
}

// Run states a decision, or answers an objection.
func (c *decideCmd) Run(s *session) error {
	switch {
	case c.Drop:
		return c.move(s, "objections/drop", c.item())
	case c.Revise:
		return c.run(s, "objections/revision")
	}
	return c.run(s, "decisions")
}

type objectCmd struct{ said }

// Run objects to an intention.
func (c *objectCmd) Run(s *session) error { return c.move(s, "intentions/objection", c.item()) }

type happenedCmd struct{ decision }

// Run records what happened outside the limits.
func (c *happenedCmd) Run(s *session) error { return c.run(s, "happenings") }

type pauseCmd struct{ because }

// Run pauses decisions.
func (c *pauseCmd) Run(s *session) error { return c.move(s, "pause", c.why()) }

type resumeCmd struct{ on }

// Run resumes decisions.
func (c *resumeCmd) Run(s *session) error { return c.move(s, "pause/end", struct{}{}) }

type checkinCmd struct {
	on
	Status   string   `arg:"" optional:"" help:"on-track, stuck or need-you; the giver asks for an update with --request." enum:"on-track,stuck,need-you,"`
	Note     []string `arg:"" optional:"" help:"Room for more."`
	Feedback bool     `help:"Ask for feedback."`
	Request  bool     `help:"As the giver: ask for an update before its time."`
}

// Run gives an update or asks for one.
func (c *checkinCmd) Run(s *session) error {
	note := strings.Join(c.Note, " ")
	if c.Request {
		return c.move(s, "update-requests", delegations.Text{Text: note})
	}
	return c.move(s, "check-ins", delegations.Update{Status: strings.ReplaceAll(c.Status, "-", "_"), Note: note, Feedback: c.Feedback})
}

type feedbackCmd struct {
	said
	Minutes int64 `help:"What it took."`
}

// Run gives feedback.
func (c *feedbackCmd) Run(s *session) error {
	return c.move(s, "feedback", delegations.GiveFeedback{Item: c.Item, Text: c.text(), Minutes: work.Minutes(c.Minutes)})
}

type handOnCmd struct {
	on
	Person string `arg:"" help:"Who should have it."`
	Offer  bool   `help:"Offer it at once."`
	termFlags
}

// Run hands on what the actor carries.
func (c *handOnCmd) Run(s *session) error {
	d, err := c.load(s, work.AsReceiver)
	if err != nil {
		return err
	}
	person, err := s.person(c.Person)
	if err != nil {
		return err
	}
	if err := c.over(s, &d, &d.Terms); err != nil {
		return err
	}
	in := delegations.HandFurther{Receiver: work.PersonID(person), Terms: &d.Terms}
	resource := fmt.Sprintf("delegations/%d/hand-on", d.ID)
	if !c.Offer {
		return show(s, http.MethodPost, resource, nil, in, s.printDelegation)
	}
	var child delegations.Delegation
	if err := s.call(http.MethodPost, resource, nil, in, &child); err != nil {
		return err
	}
	return offer(s, child.ID, "offer", delegations.MakeOffer{})
}

type endCmd struct {
	because
	On       string `help:"End by agreement on this day, like 2026-12-31; after the terms' notice unless said." name:"on" placeholder:"DAY"`
	HandBack bool   `help:"As the receiver: hand it back now."`
	Recall   bool   `help:"As the giver: recall it now, with everything handed on from it."`
	Moot     bool   `help:"As the giver: it is no longer needed."`
}

// Run ends a delegation.
func (c *endCmd) Run(s *session) error {
	switch {
	case c.HandBack:
		return c.move(s, "hand-back", c.why())
	case c.Recall:
		return c.move(s, "recall", c.why())
	case c.Moot:
		return c.move(s, "moot", c.why())
	}
	in := delegations.GiveNoticeOf{Reason: strings.Join(c.Reason, " ")}
	if c.On != "" {
		day, err := ical.ParseDate(c.On)
		if err != nil {
			return work.Errorf(work.Invalid, "--on: %s.", err)
		}
		in.Ends = day
	}
	return c.move(s, "notice", in)
}

type thankCmd struct{ said }

// Run thanks the other side.
func (c *thankCmd) Run(s *session) error {
	return c.move(s, "thanks", delegations.Text{Text: c.text()})
}

type reflectCmd struct {
	on
	Outcome int     `help:"What came out: 1 poor … 5 better than hoped."`
	Hard    int     `help:"How hard it was: as the giver, the work for its kind; as the receiver, for you. 1 easy … 5 very hard."`
	Free    int     `help:"How free it felt: 1 … 5, 3 as agreed."`
	Worked  string  `help:"What worked."`
	Change  string  `help:"What to change."`
	Took    string  `help:"As the receiver: how long it really took, like 1h30." placeholder:"EFFORT"`
	More    bool    `help:"As the receiver: more of this." xor:"more"`
	Less    bool    `help:"As the receiver: less of this." xor:"more"`
	Thanks  *string `help:"Of an assignment: thanks, and for what." xor:"light" placeholder:"WORDS"`
	Please  *string `help:"Of an assignment: please change this." xor:"light" placeholder:"WORDS"`
}

// Run looks back.
func (c *reflectCmd) Run(s *session) error {
	in := delegations.LookBack{Reflection: work.Reflection{Outcome: c.Outcome, Hard: c.Hard, Free: c.Free, Worked: c.Worked, Change: c.Change}}
	switch {
	case c.More:
		in.More = 1
	case c.Less:
		in.More = -1
	}
	if c.Took != "" {
		minutes, err := phrase.Effort(c.Took)
		if err != nil {
			return work.Errorf(work.Invalid, "--took: %s.", err)
		}
		in.Took = work.Minutes(minutes)
	}
	if light := cmp.Or(c.Thanks, c.Please); light != nil {
		thanks := c.Thanks != nil
		if in.Thanks, in.Worked = &thanks, *light; !thanks {
			in.Worked, in.Change = "", *light
		}
	}
	return c.move(s, "reflections", in)
}

type accessCmd struct {
	on
	Keep   string `help:"Keep what opens this, like 'Front door'." placeholder:"LABEL"`
	Secret string `help:"With --keep: the code; without one, what was kept is forgotten."`
}

// Run reveals the door codes kept for a delegation, or keeps one.
func (c *accessCmd) Run(s *session) error {
	id, err := s.delegation(c.Delegation, "")
	if err != nil {
		return err
	}
	path := fmt.Sprintf("delegations/%d/access", id)
	if c.Keep != "" {
		return show(s, http.MethodPut, path, nil, delegations.KeepAccess{Label: c.Keep, Secret: c.Secret}, func(app.None) { s.printf("Kept apart from the terms; it vanishes at the end.\n") })
	}
	return show(s, http.MethodPost, path, nil, struct{}{}, func(all app.List[delegations.Opened]) {
		for _, o := range all.Items {
			s.printf("%s: %s\n", o.Label, o.Secret)
		}
		if len(all.Items) == 0 {
			s.printf("Nothing is kept.\n")
		}
	})
}

type linkCmd struct {
	on
	End bool `help:"Close every link to it instead."`
}

// Run makes a guest's link, or closes all there are.
func (c *linkCmd) Run(s *session) error {
	id, err := s.delegation(c.Delegation, work.AsGiver)
	if err != nil {
		return err
	}
	if c.End {
		return show(s, http.MethodDelete, fmt.Sprintf("delegations/%d/links", id), nil, nil, func(app.None) { s.printf("Every link to it is closed.\n") })
	}
	return show(s, http.MethodPost, fmt.Sprintf("delegations/%d/links", id), nil, struct{}{}, func(l delegations.GuestLink) {
		s.printf("%s\nIt opens this delegation for its receiver until %s.\n", l.URL, s.local(l.Expires).Format("2 January 2006"))
	})
}
