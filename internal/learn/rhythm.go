package learn

import (
	"fmt"

	"baton/internal/ical"
	"baton/internal/work"
)

// A beat is one step of the ladder of check-in rhythms.
type beat struct {
	rule         ical.Rule
	times, weeks int64
	words        string
}

// ladder goes from no check-ins to the closest that is ever proposed.
var ladder = []beat{
	{ical.Rule{}, 0, 1, "no check-ins"},
	{ical.MustRule("FREQ=MONTHLY;BYDAY=1MO"), 1, 4, "a check-in a month"},
	{ical.MustRule("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"), 1, 2, "a check-in every other week"},
	{ical.MustRule("FREQ=WEEKLY;BYDAY=MO"), 1, 1, "a check-in a week"},
	{ical.MustRule("FREQ=WEEKLY;BYDAY=MO,TH"), 2, 1, "two check-ins a week"},
}

const (
	fortnightly = 2
	weekly      = 3
)

// Circumstances is what a check-in rhythm follows from.
type Circumstances struct {
	Level work.Level
	Weeks int // until the work is due; 0 when it goes on
	Ready int // the receiver's level in it: 0 is new to it, 5 teaches it
	Good  int // good rounds in a row; poor ones count below zero
}

// ProposeRhythm says how often to meet, and why. New work begins with a
// check-in a week, twice a week when it is over within a month; what the
// person knows well needs fewer; each good round thins them out by one step
// and each poor one brings them one step closer. It is never closer than the
// level warrants, and never so far apart that the work is over before the
// first.
func ProposeRhythm(c Circumstances) (ical.Rule, string) {
	at, why := weekly, "the work is new"
	switch ready := min(max(c.Ready, 0), 5); {
	case ready == 0 && c.Weeks > 0 && c.Weeks <= 4:
		at, why = weekly+1, "the work is new and soon due"
	case ready <= 1:
	case ready == 2:
		why = "some of it is known"
	case ready == 3:
		at, why = fortnightly, "the work is known"
	default:
		at, why = fortnightly-1, "the work is well known"
	}
	switch {
	case c.Good > 0:
		at -= c.Good
		why += ", and " + rounds(c.Good, "good") + " went before"
	case c.Good < 0:
		at -= c.Good
		why += ", but " + rounds(-c.Good, "poor") + " went before"
	}
	at = min(max(at, 0), len(ladder)-1)
	at, why = bounded(c, at, why)
	return ladder[at].rule, upper(ladder[at].words) + ": " + why + "."
}

// bounded keeps a beat within what the level warrants and the work has room
// for.
func bounded(c Circumstances, at int, why string) (int, string) {
	level := min(max(c.Level, work.Tell), work.Autonomous)
	if most := warranted(level); at > most {
		at, why = most, fmt.Sprintf("%s; level %d warrants no more", why, level)
	}
	if level == work.Autonomous && at > 0 && c.Ready >= 3 {
		return 0, why + "; the work is theirs"
	}
	if c.Weeks <= 0 || at == 0 {
		return at, why
	}
	for at < min(warranted(level), weekly) && ladder[at].overBy(c.Weeks) {
		at++
	}
	if ladder[at].overBy(c.Weeks) {
		return 0, why + "; it is over before the first would come"
	}
	return at, why
}

// overBy reports whether work of so many weeks is over before the first
// check-in.
func (b *beat) overBy(weeks int) bool { return b.weeks >= int64(weeks)*b.times }

// warranted is the closest beat a level warrants, by the rule of the brief
// check.
func warranted(level work.Level) int {
	for i := len(ladder) - 1; i > 0; i-- {
		if ladder[i].times <= work.DensestCheckIns(level)*ladder[i].weeks {
			return i
		}
	}
	return 0
}

// NextRhythm is the rhythm one step wider or closer than the present one, as
// the last round speaks for: wider after a good one, or where the receiver did
// not feel free; closer after a poor one. Otherwise it stays.
func NextRhythm(now ical.Rule, level work.Level, last Round) ical.Rule {
	at := beatOf(now)
	switch unfree := last.Receiver != nil && last.Receiver.Free <= 2; {
	case !last.answered():
		return now
	case last.Good(), unfree && !last.Poor():
		if at == 0 {
			return now
		}
		return ladder[at-1].rule
	case last.Poor() && !unfree && at < warranted(level):
		return ladder[at+1].rule
	}
	return now
}

// Between looks back, updates speak for another rhythm when they all say the
// same: so many on track, or so many stuck.
const (
	onTrackInARow = 3
	stuckInARow   = 2
)

// RunningRhythm is the rhythm that what happened since the terms were last
// agreed speaks for, with the reason: one step wider after three updates in a
// row on track, with nothing missed or sent back in between; one step closer
// after two in a row that said stuck or asked for a word. Updates alone never
// end check-ins, nor make the next come after the work is due. Without a reason
// it stays.
func RunningRhythm(t *work.Terms, events []work.Event, today ical.Date) (ical.Rule, string) {
	well, badly := 0, 0
	for _, e := range events {
		switch e.Kind {
		case work.CheckedIn:
			if e.Detail.Status == work.OnTrack {
				well, badly = well+1, 0
			} else {
				well, badly = 0, badly+1
			}
		case work.CheckInMissed, work.TurnMissed, work.DeliveryReturned, work.DefectFound:
			well = 0
		case work.AcceptedTerms, work.TermsAgreed, work.ToldAloud:
			well, badly = 0, 0
		}
	}
	at := beatOf(t.CheckIn)
	switch weeks := weeksTo(t, today); {
	case well >= onTrackInARow && at > 1 && (weeks == 0 || !ladder[at-1].overBy(weeks)):
		return ladder[at-1].rule, upper(count(well)) + " updates in a row said on track, and nothing was missed or came back."
	case badly >= stuckInARow && at < warranted(t.Authority.Level):
		return ladder[at+1].rule, upper(count(badly)) + " updates in a row said stuck, or asked for a word."
	}
	return t.CheckIn, ""
}

// RhythmOf is the lesson of a running delegation whose updates speak for
// another rhythm.
func RhythmOf(d *work.Delegation, events []work.Event, today ical.Date) (Lesson, bool) {
	next, why := RunningRhythm(&d.Terms, events, today)
	if why == "" || d.State != work.Active {
		return Lesson{}, false
	}
	return Lesson{Kind: RhythmLesson, About: d.Receiver, Holder: d.Giver, Before: d.Terms.CheckIn, Rhythm: next, Cause: why}, true
}

// beatOf is the widest beat of the ladder at least as close as a rule; the
// closest of all for what is closer still.
func beatOf(rule ical.Rule) int {
	times, weeks := rule.PerWeek()
	if rule.IsZero() || times == 0 {
		return 0
	}
	for i := 1; i < len(ladder); i++ {
		// A month has a little more than four weeks.
		if times*ladder[i].weeks <= ladder[i].times*weeks {
			return i
		}
	}
	return len(ladder) - 1
}

// RhythmWords says a rhythm the way proposals do.
func RhythmWords(rule ical.Rule) string {
	if rule.IsZero() {
		return ladder[0].words
	}
	return "check-ins " + rule.Words()
}

func rounds(n int, how string) string {
	if n == 1 {
		return "one " + how + " round"
	}
	return count(n) + " " + how + " rounds"
}
