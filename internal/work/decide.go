package work

import (
	"strings"
	"time"

	"baton/internal/ical"
)

// Ask puts a question to the giver.
func (d *Delegation) Ask(a Act, text string, blocking bool) error {
	if _, err := d.begin(a, MoveAsk, 0); err != nil {
		return err
	}
	if strings.TrimSpace(text) == "" {
		return FieldError("text", "Write the question.")
	}
	id := d.open(a, Item{Kind: Question, Holder: d.Giver, Text: text, Blocking: blocking}).ID
	d.record(a, QuestionAsked, Detail{Text: text}).Item = id
	return nil
}

// Answer closes a question, whoever holds it. The answer to one that was handed
// back is what the receiver would do: it goes to the giver.
func (d *Delegation) Answer(a Act, item ItemID, text string) error {
	it, err := d.begin(a, MoveAnswer, item)
	if err != nil {
		return err
	}
	if strings.TrimSpace(text) == "" {
		return FieldError("text", "Write the answer.")
	}
	id := it.ID
	if it.Coached {
		d.suggest(a, it, text)
		return nil
	}
	it.close(a.At, text)
	d.record(a, QuestionAnswered, Detail{Text: text}).Item = id
	return nil
}

// TurnBack answers a question with "what would you do?". The receiver holds it
// then, and is not left alone: the giver sees the answer.
func (d *Delegation) TurnBack(a Act, item ItemID, text string) error {
	it, err := d.begin(a, MoveTurnBack, item)
	if err != nil {
		return err
	}
	id, asked := it.ID, it.Text
	if strings.TrimSpace(text) == "" {
		text = "What would you do?"
	} else {
		asked += "\n\n" + strings.TrimSpace(text)
	}
	it.close(a.At, "turned back")
	d.open(a, Item{Kind: Question, Holder: d.Receiver, Text: asked, Coached: true, Blocking: it.Blocking})
	d.record(a, QuestionTurned, Detail{Text: text}).Item = id
	return nil
}

// suggest hands what the receiver would do to the giver, who says go or adds to
// it. Where the level lets the receiver decide, silence means go after the
// notice of an intention; below, it is overdue for the giver.
func (d *Delegation) suggest(a Act, asked *Item, text string) {
	it := Item{Kind: Suggestion, Holder: d.Giver, Text: text + "\n\nThe question: " + firstLine(asked.Text), Blocking: asked.Blocking}
	asked.close(a.At, text)
	if d.goesUnsaid(ical.Today(a.At, a.Zone)) {
		it.Silence = GoesAhead
		it.AnswerBy = ical.AddWorkingDays(a.At, max(1, d.Terms.Intention), a.Zone)
	}
	d.record(a, Suggested, Detail{Text: text}).Item = d.open(a, it).ID
}

// goesUnsaid reports whether a suggestion goes ahead when the giver says
// nothing: at a level that lets the receiver decide, while that is in force. It
// spends nothing: what costs something is a decision still.
func (d *Delegation) goesUnsaid(today ical.Date) bool {
	until := d.Terms.Authority.Limits.Until
	return d.State == Active && d.PausedAt.IsZero() && d.Terms.Authority.Level >= Intend && (until.IsZero() || until.Compare(today) >= 0)
}

// Go says to do what the receiver suggested; words are welcome, none is needed.
func (d *Delegation) Go(a Act, item ItemID, text string) error {
	it, err := d.begin(a, MoveGo, item)
	if err != nil {
		return err
	}
	d.closeSuggestion(a, it, SaidGo, strings.TrimSpace(text))
	return nil
}

// AddTo says to do what the receiver suggested, and what else to mind.
func (d *Delegation) AddTo(a Act, item ItemID, text string) error {
	it, err := d.begin(a, MoveAddTo, item)
	if err != nil {
		return err
	}
	if strings.TrimSpace(text) == "" {
		return FieldError("text", "Write what to add.")
	}
	d.closeSuggestion(a, it, AddedTo, strings.TrimSpace(text))
	return nil
}

func (d *Delegation) closeSuggestion(a Act, it *Item, kind EventKind, text string) {
	id := it.ID
	it.close(a.At, string(kind))
	d.record(a, kind, Detail{Text: text}).Item = id
}

// Decide states a decision. The chain of authority rules how it is treated:
// recorded, intended with notice, or asked of whoever set the limit it breaks.
func (d *Delegation) Decide(a Act, dec Decision, chain []Link) (Ruling, error) {
	if _, err := d.begin(a, MoveDecide, 0); err != nil {
		return "", err
	}
	if err := dec.validate(); err != nil {
		return "", err
	}
	t := Allows(chain, &dec, ical.Today(a.At, a.Zone))
	if t.Ruling == Asks && d.Terms.Authority.Level == Consult && strings.TrimSpace(dec.Recommendation) == "" {
		return "", FieldError("recommendation", "At level 3 a decision comes with what you recommend.")
	}
	dec.ID, dec.Delegation, dec.By, dec.At, dec.Version = DecisionID(d.NextID()), d.ID, d.Receiver, a.At, 1
	d.place(a, &dec, t, chain)
	d.turn.decisions = append(d.turn.decisions, dec)
	return t.Ruling, nil
}

// place opens the item a decision's treatment calls for, or records it. chain
// begins with the link whose level rules.
func (d *Delegation) place(a Act, dec *Decision, t Treatment, chain []Link) {
	own := Link{Giver: d.Giver, Authority: d.Terms.Authority, Notice: d.Terms.Intention}
	if len(chain) > 0 {
		own = chain[0]
	}
	dec.Ruling, dec.Outside, dec.GoesAheadAt = t.Ruling, t.Outside, time.Time{}
	detail := Detail{Text: dec.Words, Money: dec.Amount, Minutes: dec.Time, Decision: dec.ID, Level: own.Authority.Level, Reason: dec.Outside}
	text := dec.Words
	if dec.Recommendation != "" {
		text += "\n\nRecommendation: " + dec.Recommendation
	}
	if dec.Outside != "" {
		text += "\n\nOutside the limits: " + dec.Outside
	}
	switch dec.Ruling {
	case Decides:
		dec.State, dec.ClosedAt = DecisionDecided, a.At
		detail.People = told(chain)
		d.record(a, DecisionMade, detail)
	case Intends:
		dec.State = DecisionIntended
		dec.GoesAheadAt = ical.AddWorkingDays(a.At, max(1, own.Notice), a.Zone)
		silence := GoesAhead
		if dec.Amount > 0 && !own.Authority.CoversMoney() {
			silence = Remind // silence never approves money
		}
		id := d.open(a, Item{Kind: Intention, Holder: d.judge(t), Text: text, Decision: dec.ID, AnswerBy: dec.GoesAheadAt, Silence: silence}).ID
		d.record(a, DecisionIntend, detail).Item = id
	default:
		dec.State = DecisionAsked
		id := d.open(a, Item{Kind: ToApprove, Holder: d.judge(t), Text: text, Decision: dec.ID}).ID
		d.record(a, DecisionAsk, detail).Item = id
	}
}

// judge is who answers a decision: the giver whose limit it breaks, else the
// receiver's own giver.
func (d *Delegation) judge(t Treatment) PersonID {
	if t.Giver != 0 {
		return t.Giver
	}
	return d.Giver
}

func (dec *Decision) validate() error {
	switch {
	case strings.TrimSpace(dec.Words) == "":
		return FieldError("words", "Say what is decided.")
	case dec.Amount < 0:
		return FieldError("amount", "A decision cannot spend less than nothing.")
	case dec.Amount > MostMoney:
		return FieldError("amount", "A decision spends at most %d minor units.", MostMoney)
	case dec.Time < 0:
		return FieldError("minutes", "A decision cannot take less than no time.")
	case dec.Time > MostMinutes:
		return FieldError("minutes", "A decision takes at most %d minutes.", MostMinutes)
	}
	return nil
}

// An AnswerTo a decision: yes, no with a reason, or yes to something else.
type AnswerTo struct {
	Yes    bool
	Reason string
	Change *Decision // words, amount and time to say yes to instead
}

// AnswerDecision answers a decision that waits for a yes, or lets an intention
// go ahead before its time. dec is the decision the item is about. A yes
// reaches as far as the authority of whoever gives it: what they could not
// decide themselves, by a limit or by their level, goes to their own giver.
func (d *Delegation) AnswerDecision(a Act, item ItemID, dec Decision, ans AnswerTo, chain []Link) error {
	yes, reason, change := ans.Yes, strings.TrimSpace(ans.Reason), ans.Change
	move := MoveApprove
	if !yes {
		move = MoveRefuse
	}
	it, err := d.begin(a, move, item)
	if err != nil {
		return err
	}
	kind, result, principal := DecisionApproved, DecisionDecided, it.Principal()
	from, above := part(chain, principal)
	switch {
	case !yes && reason == "":
		return FieldError("reason", "Say why not, so that the next decision is easier.")
	case yes && reason == "" && len(from) > 0 && from[0].Authority.Level == Explain && dec.Outside == "":
		return FieldError("reason", "At level 2 the answer comes with its reason.")
	case !yes:
		kind, result = DecisionDenied, DecisionRefused
	case change != nil:
		if err := change.validate(); err != nil {
			return err
		}
		kind = DecisionChanged
		dec.Words, dec.Amount, dec.Time = change.Words, change.Amount, change.Time
	}
	it.close(a.At, string(result))
	if yes && d.climbs(a, &dec, above) {
		return nil
	}
	dec.State, dec.Reason, dec.AnsweredBy, dec.ClosedAt = result, reason, a.By, a.At
	d.turn.decisions = append(d.turn.decisions, dec)
	detail := Detail{Text: dec.Words, Reason: reason, Money: dec.Amount, Minutes: dec.Time, Decision: dec.ID}
	if yes {
		detail.People = told(above)
	}
	d.record(a, kind, detail)
	return nil
}

// climbs takes a yes further up where whoever gave it could not have decided
// alone, and reports whether it did. above is the chain that binds them. Who
// objected before is asked, not told.
func (d *Delegation) climbs(a Act, dec *Decision, above []Link) bool {
	t := Allows(above, dec, ical.Today(a.At, a.Zone))
	if t.Ruling == Decides {
		return false
	}
	if t.Ruling == Intends && dec.AnsweredBy == t.Giver {
		t.Ruling = Asks
	}
	d.place(a, dec, t, above)
	d.turn.decisions = append(d.turn.decisions, *dec)
	return true
}

// Object stops an intention before its time. The decision is at level 4 from
// then on: the receiver revises it for the giver's yes, or drops it.
func (d *Delegation) Object(a Act, item ItemID, dec Decision, reason string) error {
	it, err := d.begin(a, MoveObject, item)
	if err != nil {
		return err
	}
	if strings.TrimSpace(reason) == "" {
		return FieldError("reason", "Say what speaks against it.")
	}
	it.close(a.At, "objected")
	dec.State, dec.Reason, dec.AnsweredBy = DecisionObjected, reason, it.Principal()
	dec.GoesAheadAt = time.Time{}
	d.turn.decisions = append(d.turn.decisions, dec)
	d.open(a, Item{Kind: Objection, Holder: d.Receiver, Text: reason, Decision: dec.ID})
	d.record(a, ObjectionMade, Detail{Text: dec.Words, Reason: reason, Decision: dec.ID})
	return nil
}

// ReviseDecision answers an objection with something else; both must agree.
func (d *Delegation) ReviseDecision(a Act, item ItemID, dec, next Decision, chain []Link) error {
	it, err := d.begin(a, MoveReviseIt, item)
	if err != nil {
		return err
	}
	if err := next.validate(); err != nil {
		return err
	}
	it.close(a.At, "revised")
	dec.Words, dec.Amount, dec.Time = next.Words, next.Amount, next.Time
	t := Allows(chain, &dec, ical.Today(a.At, a.Zone))
	if t.Outside == "" {
		t.Ruling = Asks
	}
	d.place(a, &dec, t, chain)
	d.turn.decisions = append(d.turn.decisions, dec)
	return nil
}

// DropDecision lets go of what was objected to.
func (d *Delegation) DropDecision(a Act, item ItemID, dec Decision) error {
	it, err := d.begin(a, MoveDropIt, item)
	if err != nil {
		return err
	}
	it.close(a.At, "dropped")
	dec.State, dec.ClosedAt = DecisionDropped, a.At
	d.turn.decisions = append(d.turn.decisions, dec)
	d.record(a, DecisionLetGo, Detail{Text: dec.Words, Decision: dec.ID})
	return nil
}

// Happened records something done outside the limits as what it is: done, not
// decided. The giver ratifies it or asks to mend it.
func (d *Delegation) Happened(a Act, dec Decision, chain []Link) error {
	if _, err := d.begin(a, MoveHappened, 0); err != nil {
		return err
	}
	if err := dec.validate(); err != nil {
		return err
	}
	t := Allows(chain, &dec, ical.Today(a.At, a.Zone))
	dec.Outside = t.Outside
	dec.ID, dec.Delegation, dec.By, dec.At = DecisionID(d.NextID()), d.ID, d.Receiver, a.At
	dec.Ruling, dec.State, dec.Version = MustAsk, DecisionHappened, 1
	d.turn.decisions = append(d.turn.decisions, dec)
	text := dec.Words
	if dec.Outside != "" {
		text += "\n\nOutside the limits: " + dec.Outside
	}
	id := d.open(a, Item{Kind: Ratification, Holder: d.judge(t), Text: text, Decision: dec.ID}).ID
	d.record(a, ItHappened, Detail{Text: dec.Words, Money: dec.Amount, Minutes: dec.Time, Decision: dec.ID, Reason: dec.Outside}).Item = id
	return nil
}

// AnswerHappened lets stand what happened, or asks to mend it.
func (d *Delegation) AnswerHappened(a Act, item ItemID, dec Decision, ratify bool, note string) error {
	move, kind, result := MoveRatify, RatifiedIt, DecisionRatified
	if !ratify {
		move, kind, result = MoveMend, MendAsked, DecisionToBeMended
	}
	it, err := d.begin(a, move, item)
	if err != nil {
		return err
	}
	if !ratify && strings.TrimSpace(note) == "" {
		return FieldError("note", "Say what is to be put right.")
	}
	it.close(a.At, string(result))
	dec.State, dec.Reason, dec.AnsweredBy, dec.ClosedAt = result, note, a.By, a.At
	d.turn.decisions = append(d.turn.decisions, dec)
	if !ratify {
		d.open(a, Item{Kind: Returned, Holder: d.Receiver, Text: note, Decision: dec.ID})
	}
	d.record(a, kind, Detail{Text: dec.Words, Reason: note, Money: dec.Amount, Decision: dec.ID})
	return nil
}

// Pause stops decisions at once, visibly, without recalling the work.
func (d *Delegation) Pause(a Act, reason string) error {
	if _, err := d.begin(a, MovePause, 0); err != nil {
		return err
	}
	d.PausedAt = a.At
	d.record(a, DecisionsPaused, Detail{Reason: reason})
	return nil
}

// Resume lets decisions go on.
func (d *Delegation) Resume(a Act) error {
	if _, err := d.begin(a, MoveResume, 0); err != nil {
		return err
	}
	d.PausedAt = time.Time{}
	d.record(a, DecisionsResumed, Detail{})
	return nil
}
