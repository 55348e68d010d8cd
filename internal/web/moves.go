package web

import (
	"net/http"
	"slices"
	"strconv"

	"baton/internal/app/delegations"
	"baton/internal/phrase"
	"baton/internal/work"
)

func (s *sentMove) number(name string) int {
	n, _ := strconv.Atoi(s.Get(name)) // none is 0: the rule refuses it
	return n
}

// amountOf reads money, and whether there was any.
func (v *visit) amountOf(f *form, name string) (m work.Money, said bool, err error) {
	s := f.text(name)
	if s == "" {
		return 0, false, nil
	}
	if m, err = work.ParseMoney(s, v.place.Workspace.Currency); err != nil {
		return 0, false, work.FieldError(name, "%s", err)
	}
	return m, true, nil
}

func sendInterest(v *visit, s *sentMove) (delegations.Delegation, error) {
	return do(v, delegations.Interest, delegations.SayInterest{On: s.on, Yes: s.Get("answer") == "yes", Note: s.text("note")})
}

func (v *visit) readDecision(s *sentMove) (delegations.StateDecision, error) {
	amount, _, err := v.amountOf(s.form, "amount")
	if err != nil {
		return delegations.StateDecision{}, err
	}
	minutes, err := minutesOf(s.form, "minutes")
	in := delegations.StateDecision{
		On: s.on, Item: s.item, Words: s.text("words"), Kind: s.Get("kind"), Amount: amount, Minutes: minutes,
		Recommendation: s.text("recommendation"),
	}
	return in, err
}

func answerDecision(yes bool) sender {
	return func(v *visit, s *sentMove) (delegations.Delegation, error) {
		in := delegations.AnswerTo{On: s.on, Item: s.item, Yes: yes, Reason: s.text("reason"), Words: s.text("words")}
		amount, said, err := v.amountOf(s.form, "amount")
		if err != nil {
			return delegations.Delegation{}, err
		}
		if said {
			in.Amount = &amount
		}
		return do(v, delegations.AnswerDecision, in)
	}
}

func giveNotice(v *visit, s *sentMove) (delegations.Delegation, error) {
	in := delegations.GiveNoticeOf{On: s.on, Reason: s.text("reason")}
	if day := s.text("ends"); day != "" {
		due, err := phrase.Day(day, phrase.Context{Now: v.app.Now(), Zone: v.place.Workspace.Zone})
		if err != nil {
			return delegations.Delegation{}, work.FieldError("ends", "%s.", capital(err.Error()))
		}
		in.Ends = due.Date
	}
	return do(v, delegations.GiveNotice, in)
}

// delegationMoved answers a move's form: the delegation's page again, with
// what was done, or with the form and what is wrong with it.
func (v *visit) delegationMoved() error {
	on, err := v.delegation()
	if err != nil {
		return err
	}
	move := work.MoveName(v.r.PathValue("move"))
	how, known := moveForms[move]
	if !known || how.Send == nil {
		return errNoPage
	}
	f, err := v.form()
	if err != nil {
		return err
	}
	item, err := id[work.ItemID](f, "item")
	if err != nil {
		return errNoPage
	}
	s := &sentMove{f, on, item}
	d, err := how.Send(v, s)
	if f.refuse(err, how.names()...) {
		return v.refusedMove(on, &typedMove{move, item, f}, err)
	}
	if err != nil {
		return err
	}
	done := toast{Text: how.Done}
	if d.Over > 0 && v.guest == "" {
		return v.leave(v.to("/week?taken=%d", d.ID), done)
	}
	if move == work.MoveInterest && v.guest == "" {
		return v.leave(v.to("/delegations"), done) // what was only shown is closed again
	}
	return v.leave(v.base(on.Delegation), done)
}

func (m moveForm) names() []string {
	var out []string
	for _, f := range m.Fields {
		if f.Kind != seenTerms && f.Kind != seenOther {
			out = append(out, f.Name)
		}
	}
	return out
}

// A typedMove is a refused form of a move, to be shown again.
type typedMove struct {
	Move work.MoveName
	Item work.ItemID
	form *form
}

// refusedMove shows the delegation as it is now, with the refused form in it.
func (v *visit) refusedMove(on delegations.On, typed *typedMove, why error) error {
	status := http.StatusUnprocessableEntity
	if kind := work.KindOf(why); kind != work.Invalid {
		status = statuses[kind]
	}
	return v.showDelegation(status, on, typed)
}

// A shownMove is a move that is possible now, with the form that asks for it.
type shownMove struct {
	moveForm
	Name  work.MoveName
	Words string
	Item  work.ItemID
	form  *form // what was typed, or nothing
	Open  bool  // unfolded
}

// prefix makes the ids of a form's fields differ from those of others.
func (m *shownMove) prefix() string {
	return string(m.Name) + "-" + strconv.FormatInt(int64(m.Item), 10) + "-"
}

// shown joins the moves that are possible with their forms: those that answer
// an item by the item, the others under 0. What a page of its own offers has
// its address; what only other pages offer is left out.
func shown(d *delegations.Delegation, typed *typedMove) map[work.ItemID][]shownMove {
	out := map[work.ItemID][]shownMove{}
	for _, c := range d.Moves {
		how, known := moveForms[c.Move]
		if !known || how.Group == elsewhere {
			continue
		}
		m := shownMove{moveForm: how, Name: c.Move, Words: c.Words, Item: c.Item, form: fields()}
		if c.Move == work.MoveTurnBack {
			for _, q := range d.Coaching {
				m.Buttons = append(m.Buttons, option{q, q})
			}
			m.Buttons = append(m.Buttons, option{"", "In my own words"})
		}
		at := c.Item
		if at == 0 && how.Answers != "" {
			at = answered(d, &m)
		}
		if c.Move == work.MoveUndoOffer && at == 0 {
			continue
		}
		if at == 0 {
			m.Tone = calmer(m.Tone)
			if d.Side == work.AsGiver && theirs(m.Name) {
				m.Group = onBehalf
			}
		}
		if typed != nil && typed.Move == c.Move && (typed.Item == c.Item || typed.Item == 0) {
			m.form, m.Open = typed.form, true
		}
		if !slices.ContainsFunc(out[at], func(o shownMove) bool { return o.Name == m.Name }) {
			out[at] = append(out[at], m)
		}
	}
	for at := range out {
		unfold(at, out[at])
	}
	return out
}

// calmer is how a button looks that answers nothing: only what ends something
// stands out.
func calmer(tone string) string {
	if tone == "danger" {
		return tone
	}
	return ""
}

// theirs reports whether a move is the receiver's alone.
func theirs(move work.MoveName) bool {
	mine := slices.ContainsFunc(work.Moves, func(m work.Move) bool { return m.Name == move && m.Who != work.AsReceiver && m.Who != work.AsHolder })
	return !mine && slices.ContainsFunc(work.Moves, func(m work.Move) bool { return m.Name == move && m.Who == work.AsReceiver })
}

// answered finds the item that a move without one answers all the same: an
// update answers a check-in.
func answered(d *delegations.Delegation, m *shownMove) work.ItemID {
	for i := range d.Items {
		it := &d.Items[i]
		if it.Kind != m.Answers || it.Kind == work.Returned && (it.Turn != 0 || it.Decision != 0) {
			continue
		}
		if m.Name == work.MoveDeliver && it.Part != "" {
			m.form.Set("part", it.Part)
		}
		return it.ID
	}
	return 0
}

// unfold opens the form of an item's first answer, unless another was typed.
func unfold(at work.ItemID, moves []shownMove) {
	if at == 0 || slices.ContainsFunc(moves, func(m shownMove) bool { return m.Open }) {
		return
	}
	for i := range moves {
		if moves[i].Page == "" && moves[i].Tone == "primary" {
			moves[i].Open = true
			return
		}
	}
}

// fieldOptions are the choices of a field that has some.
func fieldOptions(k fieldKind, d *delegations.Delegation) []option {
	var out []option
	switch k {
	case partChoice:
		if !d.Standing {
			out = append(out, option{"", "All of it"})
		}
		for _, p := range d.Terms.Brief.Parts {
			if !slices.Contains(d.Parts, p.Name) {
				out = append(out, option{p.Name, p.Name})
			}
		}
	case turnChoice:
		for i := len(d.Done) - 1; i >= 0; i-- { // the latest first
			out = append(out, option{idField(d.Done[i].ID), occurrenceDay(d.Done[i])})
		}
	case kindChoice:
		for _, k := range d.Terms.Authority.Limits.Kinds {
			out = append(out, option{k, k})
		}
		if len(out) > 0 {
			out = append(out, option{"", "Something else"})
		}
	}
	return out
}
