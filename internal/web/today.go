package web

import (
	"slices"
	"time"

	"baton/internal/app"
	"baton/internal/app/calls"
	"baton/internal/app/decisionareas"
	"baton/internal/app/delegations"
	"baton/internal/app/lessons"
	"baton/internal/app/pulse"
	"baton/internal/app/tasks"
	"baton/internal/call"
	"baton/internal/ical"
	"baton/internal/work"
)

// todayPages registers the first page of the day.
func (s *server) todayPages() {
	s.member("GET /today", (*visit).todayPage)
	s.member("GET /waiting", (*visit).waitingPage)
}

// A day is what Today shows.
type day struct {
	Answer   []delegations.WaitingItem // somebody cannot go on before
	Do       []delegations.WaitingItem // updates, turns and work that is due
	LookBack []delegations.WaitingItem
	Votes    []decisionareas.Vote // the reader's to say or to settle
	Late     app.List[tasks.Task] // on the reader's own plate
	Soon     app.List[tasks.Task]
	Lessons  int64                     // that the reader is to agree to
	Theirs   []delegations.WaitingItem // the first of them
	Others   int64                     // how many there are
	Week     tasks.WeekView
	Timer    delegations.Running // of help the reader gives now
	Pulse    pulse.Current
	Calls    []calls.Call // that go on, are near or wait for a word
	Review   string       // that the weekly review is due or goes on; "" for neither
}

// begins reports whether nothing is open with anybody: the day to begin.
func (d day) begins() bool {
	return len(d.Answer)+len(d.Do)+len(d.LookBack)+len(d.Votes)+len(d.Theirs)+len(d.Late.Items)+len(d.Soon.Items) == 0
}

// near is how long before its time a call stands on Today.
const near = 24 * time.Hour

// callsNear are the reader's calls that go on, begin within a day, or of which
// nobody said whether they took place, and the last one over where a coach's
// proposal waits for a word; the next one first.
func (v *visit) callsNear() ([]calls.Call, error) {
	all, err := do(v, calls.List, app.Page{Limit: 20})
	var out []calls.Call
	over := false
	for _, c := range all.Items { // the latest first
		switch {
		case c.State == call.Running, c.State == call.Booked && !c.From.After(v.app.Now().Add(near)):
			out = append(out, c)
		case c.State == call.Ended && c.Mine && c.Coach != nil && !over:
			over = true
			if c, err = do(v, calls.Show, calls.AskCall{Call: c.ID}); err != nil {
				return nil, err
			}
			if proposedIn(c) > 0 {
				out = append(out, c)
			}
		}
	}
	slices.Reverse(out)
	return out, err
}

// proposedIn is how many proposals of a call wait for the client.
func proposedIn(c calls.Call) (n int) {
	for _, d := range c.Decisions {
		if d.State == call.IsProposed {
			n++
		}
	}
	return n
}

func (v *visit) todayPage() error {
	if v.place.Actor.Coach {
		return v.leave(v.to("/coach"), toast{}) // there is no day here for who only coaches
	}
	var d day
	waiting, err := do(v, delegations.Waiting, delegations.AskWaiting{Theirs: 4 * shownOfTheirs})
	if err != nil {
		return err
	}
	for _, w := range waiting.Mine {
		switch w.Kind {
		case work.Reflect:
			d.LookBack = append(d.LookBack, w)
		case work.CheckIn, work.Turn, work.Returned, work.Defect:
			d.Do = append(d.Do, w)
		default:
			d.Answer = append(d.Answer, w)
		}
	}
	proposed, err := do(v, lessons.List, lessons.AskLessons{Page: app.Page{Limit: 1}, Mine: true})
	if err != nil {
		return err
	}
	if d.Votes, err = v.votesDue(); err != nil {
		return err
	}
	if d.Calls, err = v.callsNear(); err != nil {
		return err
	}
	d.Lessons = proposed.Count
	d.Theirs, d.Others = waiting.Theirs, waiting.TheirsCount
	if d.Week, err = do(v, tasks.Week, app.None{}); err != nil {
		return err
	}
	for due, into := range map[string]*app.List[tasks.Task]{tasks.Late: &d.Late, tasks.Soon: &d.Soon} {
		if *into, err = do(v, tasks.Plate, tasks.AskPlate{Page: app.Page{Limit: shownOfDue}, Due: due}); err != nil {
			return err
		}
	}
	if d.Timer, err = v.timer(); err != nil {
		return err
	}
	if d.Pulse, err = do(v, pulse.Show, app.None{}); err != nil {
		return err
	}
	if d.Review, err = v.reviewReminder(); err != nil {
		return err
	}
	return v.show("Today", "today", todayView(v, d))
}

// shownOfDue is how many tasks Today shows of those that are late, and of those
// that fall due within a week; the Plate shows the rest.
const shownOfDue = 5

// shownOfTheirs is how many of the things a member waits for Today shows; the
// rest have a page of their own.
const shownOfTheirs = 5

func (v *visit) waitingPage() error {
	waiting, err := do(v, delegations.Waiting, delegations.AskWaiting{})
	if err != nil {
		return err
	}
	return v.show("You wait for", "today", waitingView(v, waiting.Theirs))
}

// loadWords says in one sentence how full the week is.
func loadWords(w tasks.WeekView) string {
	least := ""
	if w.AtLeast {
		least = "at least "
	}
	switch over := w.Carried - w.Capacity; {
	case w.Carried == 0:
		return "No hours are written down yet."
	case over > 0:
		return capital(least) + hoursWords(over) + " more than your week holds."
	default:
		return hoursWords(-over) + " of your week are free."
	}
}

// waitingText is what an item says: a turn says its day, the rest is what
// somebody wrote.
func waitingText(v *visit, w delegations.WaitingItem) string {
	if w.Kind == work.Turn {
		due, err := ical.ParseDue(w.Text, v.place.Workspace.Zone)
		if err != nil {
			return ""
		}
		return "Due " + dueWords(due, v.today())
	}
	if w.Text == "" {
		return ""
	}
	if w.Kind == work.Away {
		return w.Text // which nobody said
	}
	return "“" + short(w.Text) + "”"
}
