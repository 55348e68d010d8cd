package work

import (
	"slices"
	"time"
)

// cover says whether somebody is away, and who answers for them then: whom they
// named, or whom that one named when away too, and so on. Nobody (0) answers
// where the chain ends or turns in a circle, and where it comes to the side the
// answer is for, because nobody answers their own question. For the same
// reason one person never stands in for both sides: the giver comes first.
func (d *Delegation) cover(p PersonID) (standIn PersonID, away bool) {
	next, away := d.Absent[p]
	if !away || p == 0 {
		return 0, false
	}
	passed := []PersonID{p}
	for next != 0 && !slices.Contains(passed, next) && !d.opposes(p, next) {
		further, gone := d.Absent[next]
		switch {
		case gone:
			passed, next = append(passed, next), further
			continue
		case p == d.Receiver && d.covers(next, d.Giver):
			return 0, true
		}
		return next, true
	}
	return 0, true
}

// opposes reports whether a person is a side that must not answer for another:
// the other side, and either of them for a reviewer or a giver further up.
func (d *Delegation) opposes(absent, p PersonID) bool {
	return p != absent && (p == d.Giver || p == d.Receiver)
}

// unattended reports whether somebody is away and nobody answers for them.
func (d *Delegation) unattended(p PersonID) bool {
	standIn, away := d.cover(p)
	return away && standIn == 0
}

// seat gives an open item to whoever answers it now. Its clock stands still
// while nobody does, and goes on with the time it had left. A delivery whose
// reviewer is away goes to the giver; what only the person can say waits.
func (d *Delegation) seat(it *Item, at time.Time) {
	whose := it.Principal()
	standIn, away := d.cover(whose)
	if standIn == 0 && away && it.Kind == Delivery && whose != d.Giver && !d.unattended(d.Giver) {
		if standIn, _ = d.cover(d.Giver); standIn == 0 {
			standIn = d.Giver
		}
	}
	if it.Kind == Interest || it.Kind == Reflect {
		standIn = 0
	}
	it.Holder, it.For = whose, 0
	if standIn != 0 {
		it.Holder, it.For = standIn, whose
	}
	switch still := away && standIn == 0; {
	case still && it.Frozen.IsZero():
		it.Frozen = at
	case !still && !it.Frozen.IsZero():
		stood := at.Sub(it.Frozen)
		it.Since, it.AnswerBy, it.Frozen = it.Since.Add(stood), it.AnswerBy.Add(stood), time.Time{}
	}
}

// Attend takes in who is away from a moment on, and whom each named to answer
// meanwhile. Items move to whoever answers them now and return by themselves;
// where nobody stands in for a side, the other is asked whether it can wait. A
// second call with the same people changes nothing.
func (d *Delegation) Attend(a Act, absent map[PersonID]PersonID) {
	before := Delegation{Giver: d.Giver, Receiver: d.Receiver, Absent: d.Absent}
	d.Absent = absent
	d.seatAll(a.At, func(it *Item) bool { return it.Kind != Away })
	if d.State == Offered || d.State == Active {
		for _, p := range d.concerned() {
			d.attend(a, p, &before)
		}
	}
	d.seatAll(a.At, func(it *Item) bool { return it.Kind == Away })
}

func (d *Delegation) seatAll(at time.Time, which func(*Item) bool) {
	for i := range d.Items {
		if it := &d.Items[i]; it.Open() && which(it) {
			d.seat(it, at)
		}
	}
}

// concerned are the sides, and whoever else is to answer something.
func (d *Delegation) concerned() []PersonID {
	out := []PersonID{d.Giver, d.Receiver}
	for _, it := range d.Items {
		if p := it.Principal(); it.Open() && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// attend records how somebody's presence changed, and asks the other side when
// nobody answers for a side any more.
func (d *Delegation) attend(a Act, p PersonID, before *Delegation) {
	was, wasAway := before.cover(p)
	standIn, away := d.cover(p)
	if away == wasAway && standIn == was {
		return
	}
	kind, result := StandInChanged, "somebody stands in"
	switch {
	case !wasAway:
		kind = WentAway
	case !away:
		kind, result = CameBack, "came back"
	}
	for i := range d.Items {
		if it := &d.Items[i]; it.Open() && it.Kind == Away && it.Opened == p {
			it.close(a.At, result)
		}
	}
	if side := p == d.Giver || p == d.Receiver; side && d.unattended(p) && d.State == Active {
		d.open(a, Item{Kind: Away, Holder: d.Other(p), Opened: p, Text: d.Name(p) + " is away."})
	}
	d.about(a, kind, p, Detail{})
}

// Wait is the other side's answer to an absence: it can wait.
func (d *Delegation) Wait(a Act, item ItemID) error {
	it, err := d.begin(a, MoveWait, item)
	if err != nil {
		return err
	}
	it.close(a.At, "waits")
	d.record(a, Waited, Detail{})
	return nil
}
