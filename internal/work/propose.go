package work

import "slices"

// Propose answers with other terms, or opens new ones while the agreed stay in
// force. seen names the version it answers; talked says that the terms are what
// the two found in a talk.
func (d *Delegation) Propose(a Act, seen int, terms Terms, note string, talked bool) error {
	it, err := d.propositionAnswered(a)
	if err != nil {
		return err
	}
	if err := d.fresh(seen, d.Newest); err != nil {
		return err
	}
	if err := d.write(a, terms); err != nil {
		return err
	}
	if it != nil {
		it.close(a.At, "answered with other terms")
	}
	side := d.Side(a.By)
	d.closeAll(Confirmation, a.At, "corrected")
	d.closeAll(Proposed, a.At, "answered with other terms")
	d.Rounds++
	kind := TermsProposed
	if d.Told && side == d.Receiver {
		kind = Corrected
	}
	detail := Detail{Terms: d.Newest, Text: note}
	if talked {
		detail.Status = AfterTalk
	}
	d.open(a, Item{Kind: Proposed, Holder: d.Other(side), Text: note, Part: detail.Status, Blocking: d.State == Offered})
	d.record(a, kind, detail)
	return nil
}

// propositionAnswered finds the offer, proposal or confirmation that other
// terms answer; in an active delegation there may be none.
func (d *Delegation) propositionAnswered(a Act) (*Item, error) {
	for _, c := range d.Possible(a) {
		if c.Name == MovePropose && c.On != 0 {
			return d.Item(c.On), nil
		}
	}
	if d.Proposal != nil {
		return nil, d.illegal(a, MovePropose)
	}
	return d.begin(a, MovePropose, 0)
}

// AfterTalk marks terms that are the result of a talk.
const AfterTalk = "after a talk"

// ShouldTalk reports whether the two have gone back and forth so often that a
// talk would serve them better; its result can be recorded as terms.
func (d *Delegation) ShouldTalk() bool { return d.Rounds >= 2 && d.Proposal != nil && !d.Talked() }

// Talked reports whether the terms proposed are the result of a talk.
func (d *Delegation) Talked() bool {
	return slices.ContainsFunc(d.Items, func(it Item) bool { return it.Kind == Proposed && it.Open() && it.Part == AfterTalk })
}

// Agree takes the proposed terms, naming the version that was read.
func (d *Delegation) Agree(a Act, seen int) error {
	it, err := d.begin(a, MoveAgree, 0)
	if err != nil {
		return err
	}
	if err := d.fresh(seen, d.Proposal.Version); err != nil {
		return err
	}
	if d.Above != nil {
		if wide := d.Above.Narrows(d.Proposal.Authority); wide != "" {
			return Errorf(Conflict, "What this was handed on from was narrowed since these terms were proposed. %s Propose others.", wide)
		}
	}
	for _, child := range d.Below {
		if wide := d.Proposal.Authority.Narrows(child); wide != "" {
			return Errorf(Conflict, "Part of this is handed on with more authority than these terms leave. %s Change the hand-on first.", wide)
		}
	}
	before := d.Terms.Authority.Level
	d.Terms, d.Proposal = *d.Proposal, nil
	it.close(a.At, "agreed")
	d.closeAll(OfferItem, a.At, "agreed on other terms")
	d.record(a, TermsAgreed, Detail{Terms: d.Terms.Version, Level: d.Terms.Authority.Level})
	d.Told = false
	if d.State == Offered {
		d.activate(a, a.At)
		e := len(d.turn.events) - 1
		d.turn.events[e].Item = d.readBack(a, "")
		return nil
	}
	if before != d.Terms.Authority.Level {
		d.Good = 0
	}
	d.Agreed, d.AgreedAt, d.Rounds = d.Terms.Version, a.At, 0
	d.schedule(a, a.At)
	return nil
}

// Keep refuses the proposed terms: the present ones stay, and an offer is open
// again under them.
func (d *Delegation) Keep(a Act, reason string) error {
	it, err := d.begin(a, MoveKeep, 0)
	if err != nil {
		return err
	}
	d.Proposal = nil
	it.close(a.At, "kept the present terms")
	again := ItemID(0)
	switch {
	case d.State == Offered:
		again = d.open(a, Item{Kind: OfferItem, Holder: d.Receiver, Text: reason}).ID
	case d.Told:
		again = d.open(a, Item{Kind: Confirmation, Holder: d.Receiver, Text: reason}).ID
	}
	d.record(a, TermsKept, Detail{Terms: d.Terms.Version, Reason: reason}).Item = again
	return nil
}
