package work

import (
	"slices"
	"time"

	"baton/internal/ical"
)

// DueAt is the next moment the clock must look at the delegation; zero when
// it need not.
func (d *Delegation) DueAt() time.Time {
	var next time.Time
	consider := func(t time.Time) {
		if !t.IsZero() && (next.IsZero() || t.Before(next)) {
			next = t
		}
	}
	for i := range d.Items {
		consider(d.Items[i].DueAt())
	}
	for i := range d.Unsettled {
		consider(d.Unsettled[i].AcceptBy)
	}
	if d.State == Active {
		consider(d.NextCheckIn)
		consider(d.NextTurn)
		consider(d.NextReview)
		if !d.has(NoticeItem) {
			consider(d.EndsAt)
		}
	}
	return next
}

// Tick lets time pass up to a.At: reminders, the rules for silence,
// occurrences, check-ins, reviews and agreed ends, each at its own moment, so
// that one late call does what many timely ones would have. decisions holds
// the intentions that are open, chain the authority that judges them. It may be
// called again without harm.
func (d *Delegation) Tick(a Act, decisions map[DecisionID]Decision, chain []Link) {
	for {
		due := d.DueAt()
		if due.IsZero() || due.After(a.At) {
			return
		}
		d.strike(Act{At: due, Zone: a.Zone}, decisions, chain)
	}
}

// strike does the one thing that is due at a moment.
func (d *Delegation) strike(a Act, decisions map[DecisionID]Decision, chain []Link) {
	for i := range d.Items {
		if it := &d.Items[i]; it.DueAt().Equal(a.At) {
			d.silence(a, it, decisions, chain)
			return
		}
	}
	if i := slices.IndexFunc(d.Unsettled, func(o Occurrence) bool { return o.AcceptBy.Equal(a.At) }); i >= 0 {
		d.acceptTurn(a, d.Unsettled[i])
		return
	}
	switch {
	case a.At.Equal(d.EndsAt) && !d.has(NoticeItem):
		d.end(a, ByAgreement, Detail{})
	case a.At.Equal(d.NextTurn):
		d.turnDue(a)
	case a.At.Equal(d.NextCheckIn):
		d.checkInDue(a)
	case a.At.Equal(d.NextReview):
		d.askReflections(a)
		d.NextReview = a.At.AddDate(0, max(1, d.Terms.reviewEvery(d.Kind)), 0)
	}
}

// silence applies an item's rule: a reminder first, then what the rule says.
func (d *Delegation) silence(a Act, it *Item, decisions map[DecisionID]Decision, chain []Link) {
	if !it.Reminded && it.Silence != GoesAhead {
		it.Reminded = true
		d.aboutItem(a, Reminded, it)
		return
	}
	switch d.rule(a, it, decisions[it.Decision], chain) {
	case Remind:
		if it.Overdue.IsZero() {
			it.Overdue = a.At
		}
		it.AnswerBy = ical.AddWorkingDays(a.At, max(1, manners[it.Kind].days), a.Zone)
		d.aboutItem(a, Reminded, it)
	case GoesAhead:
		if it.Kind == Suggestion {
			it.close(a.At, "went ahead")
			d.record(a, SaidGo, Detail{Status: "silence"}).Item = it.ID
			return
		}
		d.goAhead(a, it, decisions[it.Decision], chain)
	case Accepts:
		d.acceptSilently(a, it)
	case Lapses:
		d.lapse(a, it)
	}
}

// rule is what silence means for an item now. It never approves money: where
// terms agreed since have put a price on a delivery, or taken the limit from
// what an intention costs, it only reminds. So it does of a suggestion once a
// pause or other terms have put deciding back with the giver.
func (d *Delegation) rule(a Act, it *Item, dec Decision, chain []Link) Silence {
	switch from, _ := part(chain, it.Principal()); {
	case it.Kind == Delivery && d.Terms.Price > 0 && d.Terms.Per != PerOccurrence,
		it.Kind == Suggestion && !d.goesUnsaid(ical.Today(a.At, a.Zone)),
		it.Kind == Intention && dec.Amount > 0 && len(from) > 0 && !from[0].Authority.CoversMoney():
		return Remind
	}
	return it.Silence
}

// goAhead lets an intention happen at its time, if it is still inside: what a
// pause or new terms put outside since is asked instead. Silence is worth no
// more than a yes: where whoever was silent could not have decided alone, the
// intention is announced further up.
func (d *Delegation) goAhead(a Act, it *Item, dec Decision, chain []Link) {
	from, above := part(chain, it.Principal())
	t := Allows(from, &dec, ical.Today(a.At, a.Zone))
	for _, below := range chain[:len(chain)-len(from)] {
		if below.Paused && t.Outside == "" {
			t = Treatment{MustAsk, below.outside(&dec, ical.Date{}), below.Giver}
		}
	}
	if t.Ruling == Asks || t.Ruling == MustAsk {
		it.close(a.At, "asked instead")
		d.place(a, &dec, t, from)
		d.turn.decisions = append(d.turn.decisions, dec)
		return
	}
	it.close(a.At, "went ahead")
	if d.climbs(a, &dec, above) {
		return
	}
	dec.State, dec.ClosedAt = DecisionDecided, a.At
	d.turn.decisions = append(d.turn.decisions, dec)
	d.record(a, WentAhead, Detail{Text: dec.Words, Money: dec.Amount, Minutes: dec.Time, Decision: dec.ID, Level: Intend, People: told(above)})
}

func (d *Delegation) aboutItem(a Act, kind EventKind, it *Item) {
	d.about(a, kind, it.Holder, Detail{Kind: string(it.Kind), Text: it.Text}).Item = it.ID
}

func (d *Delegation) acceptSilently(a Act, it *Item) {
	it.close(a.At, "accepted by silence")
	switch it.Kind {
	case Delivery:
		d.record(a, DeliveryAccepted, Detail{Part: it.Part, Status: "silence"})
		d.Good++
		d.received(a, it.Part)
	case NoticeItem:
		d.record(a, NoticeAgreed, Detail{Status: "silence"})
	}
}

func (d *Delegation) lapse(a Act, it *Item) {
	it.close(a.At, "lapsed")
	switch it.Kind {
	case OfferItem:
		d.end(a, Lapsed, Detail{Reason: "The offer was not answered in time."})
	case Turn:
		d.missTurn(a, it)
	case CheckIn:
		d.aboutItem(a, CheckInMissed, it)
	case NoticeItem: // only what is to be passed on lapses
		d.EndsAt = time.Time{}
		d.record(a, NoticeRefused, Detail{Status: "silence"})
	case Reflect:
		if it.Part == JustThanks {
			return
		}
		d.aboutItem(a, ItemLapsed, it)
		if !d.has(Reflect) {
			d.record(a, ReflectionsOpen, Detail{})
		}
	default:
		d.aboutItem(a, ItemLapsed, it)
	}
}

// turnDue opens the occurrence that falls due, and looks for the next one.
// While the receiver is away and nobody stands in, it is skipped.
func (d *Delegation) turnDue(a Act) {
	before := a.At.Add(-time.Minute)
	due, ok := d.turnAfter(a, before)
	d.NextTurn = time.Time{}
	if !ok {
		return
	}
	if next, ok := d.turnAfter(a, due.Start()); ok {
		d.NextTurn = next.Start()
	}
	turn := Occurrence{ID: OccurrenceID(d.NextID()), Delegation: d.ID, Due: due, State: TurnIsDue, Minutes: d.Terms.Effort}
	switch d.Terms.Per {
	case PerOccurrence:
		turn.Price = d.Terms.Price
	case PerHour:
		turn.Price = Money(int64(d.Terms.Price) * int64(d.Terms.Effort) / 60)
	}
	if d.unattended(d.Receiver) {
		turn.State, turn.Note, turn.ClosedAt = TurnIsSkipped, "away", a.At
		d.turn.turns = append(d.turn.turns, turn)
		d.record(a, TurnSkipped, Detail{Due: due, Reason: "away"})
		return
	}
	d.turn.turns = append(d.turn.turns, turn)
	answerBy := ical.AddWorkingDays(due.Instant(), manners[Turn].days, a.Zone)
	d.open(a, Item{Kind: Turn, Holder: d.Receiver, AnswerBy: answerBy, Turn: turn.ID, Text: due.String()})
	d.record(a, TurnDue, Detail{Due: due})
}

func (d *Delegation) missTurn(a Act, it *Item) {
	var due ical.Due
	_ = due.UnmarshalText([]byte(it.Text))
	turn := Occurrence{ID: it.Turn, Delegation: d.ID, Due: due, State: TurnIsMissed, ClosedAt: a.At}
	d.turn.turns = append(d.turn.turns, turn)
	d.Good = 0
	d.record(a, TurnMissed, Detail{Due: due})
}

// checkInDue asks the receiver for an update on its planned day.
func (d *Delegation) checkInDue(a Act) {
	day := ical.Due{Date: ical.Today(d.StartedAt, a.Zone), Minute: ical.AllDay, Zone: a.Zone}
	d.NextCheckIn = time.Time{}
	today := ical.Due{Date: ical.Today(a.At, a.Zone), Minute: ical.AllDay, Zone: a.Zone}
	if next, ok := d.Terms.CheckIn.Next(day, today.Start()); ok && next.Start().After(a.At) {
		d.NextCheckIn = next.Start()
	}
	if d.has(CheckIn) || d.unattended(d.Receiver) {
		return
	}
	answerBy := ical.AddWorkingDays(today.Instant(), manners[CheckIn].days, a.Zone)
	d.open(a, Item{Kind: CheckIn, Holder: d.Receiver, AnswerBy: answerBy})
	d.record(a, CheckInDue, Detail{})
}
