package work

import (
	"strconv"
	"time"

	"baton/internal/ical"
)

// A Pulse is what a member says of one week, to themselves alone.
type Pulse struct {
	Week    ical.Date // its Monday
	Full    int       // 1 had room to 5 far too full; 0 when not said
	Matters int       // how much of it went to what matters: 1 hardly any to 5 most; 0 when not said
	PutOff  ical.Date // the day on which the questions were put off
	At      time.Time
}

// PulseWeek is the Monday of the week that is answered for on a day. A week is
// over when the Monday after it is: until then its answer may be changed.
func PulseWeek(today ical.Date) ical.Date {
	counted := today.AddDays(-1)
	return counted.AddDays(-(int(counted.Weekday()) + 6) % 7)
}

// Asked reports whether the questions are to be asked on a day: on a Saturday,
// Sunday or Monday, until both are answered, and not again on the day on which
// they were put off.
func (p Pulse) Asked(today ical.Date) bool {
	switch today.Weekday() {
	case time.Saturday, time.Sunday, time.Monday:
		return (p.Full == 0 || p.Matters == 0) && p.PutOff != today
	}
	return false
}

// Said reports whether anything was answered.
func (p Pulse) Said() bool { return p.Full > 0 || p.Matters > 0 }

// Give takes in an answer; a question with 0 keeps the answer it has.
func (p *Pulse) Give(full, matters int, at time.Time) error {
	switch {
	case full < 0 || full > 5:
		return FieldError("full", "How full the week was is a number from 1, had room, to 5, far too full.")
	case matters < 0 || matters > 5:
		return FieldError("matters", "How much of it went to what matters to you is a number from 1, hardly any, to 5, most.")
	case full == 0 && matters == 0:
		return FieldError("full", "Answer at least one of the two questions, or put them off.")
	}
	if full > 0 {
		p.Full = full
	}
	if matters > 0 {
		p.Matters = matters
	}
	p.At = at
	return nil
}

// The questions of a pulse by the promise they belong to, as its amounts are
// called.
const (
	weekFull    = "week_full"
	wentMatters = "went_to_what_matters"
)

// pulses are the answers to one question over some weeks.
type pulses struct {
	name       string
	sum, weeks int
}

func (p *pulses) add(said int) {
	if said > 0 {
		p.sum, p.weeks = p.sum+said, p.weeks+1
	}
}

// mean is the mean of the answers as an amount; none without an answer.
func (p pulses) mean() []Amount {
	if p.weeks == 0 {
		return nil
	}
	return []Amount{{p.name, round1(float64(p.sum) / float64(p.weeks)), UnitOfFive}}
}

// pulsesIn are the answers for the weeks that began in [from, to).
func (b *Books) pulsesIn(from, to time.Time) (full, matters pulses) {
	full.name, matters.name = weekFull, wentMatters
	for _, p := range b.Pulses {
		if at := b.began(p); !at.Before(from) && at.Before(to) {
			full.add(p.Full)
			matters.add(p.Matters)
		}
	}
	return full, matters
}

// pulseSources are the answers that belong to a promise, oldest first.
func (b *Books) pulseSources(promise string, from, to time.Time) []LedgerSource {
	var out []LedgerSource
	for _, p := range b.Pulses {
		said := map[string]int{LessOverload: p.Full, Space: p.Matters}[promise]
		if at := b.began(p); said > 0 && !at.Before(from) && at.Before(to) {
			e := Event{Kind: PulseGiven, At: p.At, By: b.Me, Detail: Detail{Text: strconv.Itoa(said) + " of 5"}}
			out = append(out, LedgerSource{Event: e, Counts: []string{"pulses"}})
		}
	}
	return out
}

// PulseGiven is what an answer is called among what a promise is made of. It
// is no event: nobody else is to know of it.
const PulseGiven EventKind = "pulse_given"

// began is when the week of a pulse began. A week counts where it began, so
// that what is said on the Monday after is in the week it is about.
func (b *Books) began(p Pulse) time.Time { return p.Week.In(ical.Location(b.Zone)).UTC() }
