package guard

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"baton/internal/work"
)

// A Return is work on its way back to the giver, with an answer that leaves it
// where it was agreed to be.
type Return struct {
	Rule       Rule              `json:"rule" enum:"asked_to_do,became_yours,decides_back,in_pieces,on_your_plate" doc:"The rule that names it"`
	Delegation work.DelegationID `json:"delegation" doc:"What you handed over"`
	Title      string            `json:"title" doc:"Of its task"`
	At         time.Time         `json:"at" doc:"When the latest thing happened that it rests on"`
	Sentence   string            `json:"sentence" doc:"What came back, and how it shows"`
	Answer     string            `json:"answer" doc:"A coaching answer, ready to be used or changed"`
	Events     []Evidence        `json:"events,omitempty" doc:"What it rests on, the oldest first"`
	Task       work.TaskID       `json:"task,omitempty" doc:"The line on your plate it is about"`
	Item       work.ItemID       `json:"item,omitempty" doc:"The question it is about"`
}

// A Rule names how work comes back.
type Rule string

// The rules, in the order they are tried.
const (
	AskedToDo   Rule = "asked_to_do"   // a question asks the giver to do the work
	BecameYours Rule = "became_yours"  // a question turned into the giver's hours
	DecidesBack Rule = "decides_back"  // what they may decide comes as questions
	InPieces    Rule = "in_pieces"     // it is handed back bit by bit
	OnYourPlate Rule = "on_your_plate" // a part stands on the giver's plate again
)

// Rules lists the rules in words, for docs/guards.md and the pages.
var Rules = []struct {
	Rule  Rule
	Words string
}{
	{AskedToDo, "An open question asks you to do something, rather than to know or to say something."},
	{BecameYours, "Within three days of a question you did not hand back, you recorded 30 minutes of support or more."},
	{DecidesBack, "At level 5 or above, three questions or more came within fourteen days, after the first fourteen."},
	{InPieces, "Twice or more within eight weeks the receiver's own terms took something out (less effort, fewer parts, fewer tests of success), or two of the last four turns were skipped."},
	{OnYourPlate, "Since it began, a part of the task came to stand on your plate, or a line that says what this delegation or one of its parts says."},
}

// What the rules count.
const (
	becomesYours  work.Minutes = 30
	afterQuestion              = 3 * day
	settlingIn                 = 2 * week // questions are how somebody begins
	oftenWithin                = 2 * week
	oftenAsked                 = 3
	piecesWithin               = 8 * week
	turnsLooked                = 4
)

// Reverse names the work that is on its way back in what is going on at a
// moment. plate holds the giver's own open tasks. What it names is the newest
// of each rule and delegation, the newest first.
func Reverse(cases []Case, plate []work.Task, now time.Time) []Return {
	var out []Return
	for i := range cases {
		c := &cases[i]
		if !c.active(now) {
			continue
		}
		for _, look := range []func(*Case, []work.Task, time.Time) (Return, bool){askedToDo, becameYours, decidesBack, inPieces, onYourPlate} {
			if r, found := look(c, plate, now); found {
				r.Delegation, r.Title = c.ID, c.Title
				out = append(out, r)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Return) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.Delegation, b.Delegation)) })
	return out
}

// askedToDo looks for an open question that asks the giver to act.
func askedToDo(c *Case, _ []work.Task, now time.Time) (Return, bool) {
	open := map[work.ItemID]work.Event{}
	var order []work.ItemID
	for _, e := range c.Events {
		switch e.Kind {
		case work.QuestionAsked:
			open[e.Item] = e
			order = append(order, e.Item)
		case work.QuestionAnswered, work.QuestionTurned:
			delete(open, e.Item)
		}
	}
	for _, id := range slices.Backward(order) {
		e, still := open[id]
		if !still || e.At.Before(now.Add(-piecesWithin)) || !AsksToAct(e.Detail.Text) {
			continue
		}
		return Return{
			Rule: AskedToDo, At: e.At, Events: rests(e), Item: e.Item,
			Sentence: fmt.Sprintf("%s asks you to do a piece of what you handed over: “%s”.", c.Name, short(e.Detail.Text)),
			Answer:   "I would rather not take this back. What would you do if I could not be reached this week, and what do you need from me to do it?",
		}, true
	}
	return Return{}, false
}

// becameYours looks for a question after which the giver worked.
func becameYours(c *Case, _ []work.Task, now time.Time) (Return, bool) {
	var asked work.Event
	var spent work.Minutes
	var at time.Time
	var on []work.Event
	found := Return{}
	for _, e := range c.Events {
		switch {
		case e.At.Before(now.Add(-2 * Span)):
			continue
		case e.Kind == work.QuestionAsked:
			asked, spent, on = e, 0, []work.Event{e}
		case e.Kind == work.QuestionTurned:
			asked = work.Event{}
		case e.Kind == work.SupportGiven && c.byGiver(e) && asked.Number != 0 && e.At.Sub(asked.At) <= afterQuestion:
			spent, at, on = spent+e.Detail.Minutes, e.At, append(on, e)
			if spent >= becomesYours {
				found = Return{
					Rule: BecameYours, At: at, Events: rests(on...),
					Sentence: fmt.Sprintf("A question became %d minutes of your work: “%s”.", spent, short(asked.Detail.Text)),
					Answer:   "Next time, before I look: what have you tried, what are the two ways you see, and which would you take? I will listen, and leave it with you.",
				}
			}
		}
	}
	return found, found.Rule != ""
}

// decidesBack looks for questions where the receiver may decide.
func decidesBack(c *Case, _ []work.Task, now time.Time) (Return, bool) {
	w := walk{c: c}
	var lately []work.Event
	for _, e := range c.Events {
		w.step(e)
		if e.Kind == work.QuestionTurned { // it went back, and is theirs already
			lately = slices.DeleteFunc(lately, func(q work.Event) bool { return q.Item == e.Item })
		}
		if e.Kind == work.QuestionAsked && w.known && w.terms.Authority.Level >= work.Intend &&
			e.At.Sub(c.Started) > settlingIn && now.Sub(e.At) <= oftenWithin {
			lately = append(lately, e)
		}
	}
	if len(lately) < oftenAsked || w.terms.Authority.Level < work.Intend {
		return Return{}, false
	}
	last := lately[len(lately)-1]
	return Return{
		Rule: DecidesBack, At: last.At, Events: rests(lately...),
		Sentence: fmt.Sprintf("%d questions in two weeks, where level %d says that %s decides.", len(lately), w.terms.Authority.Level, c.Name),
		Answer:   "This is yours to decide. Tell me what you intend and by when; I will only speak up if I see something you cannot. Is there a limit that is unclear between us?",
	}, true
}

// inPieces looks for a delegation that gets smaller bit by bit.
func inPieces(c *Case, _ []work.Task, now time.Time) (Return, bool) {
	w := walk{c: c}
	var less, turns []work.Event
	for _, e := range c.Events {
		switch e.Kind {
		case work.TermsAgreed:
			before := w.terms
			w.step(e)
			if w.terms.By == c.Receiver && w.known && now.Sub(e.At) <= piecesWithin && smaller(before, w.terms) {
				less = append(less, e)
			}
		case work.TurnDone, work.TurnMissed, work.TurnSkipped:
			turns = append(turns, e)
		default:
			w.step(e)
		}
	}
	if skipped := skippedLately(c, turns); len(skipped) >= 2 && len(less) < 2 {
		less = skipped
	}
	if len(less) < 2 || now.Sub(less[len(less)-1].At) > piecesWithin {
		return Return{}, false
	}
	return Return{
		Rule: InPieces, At: less[len(less)-1].At, Events: rests(less...),
		Sentence: fmt.Sprintf("“%s” comes back in pieces: %d times something was taken out of it.", c.Title, len(less)),
		Answer:   "Let us look at the whole rather than at the next piece: what makes it too much as it is, and what would you need to carry all of it, or whom would you hand a part to?",
	}, true
}

// skippedLately returns the turns the receiver skipped among the last four.
func skippedLately(c *Case, turns []work.Event) []work.Event {
	var skipped []work.Event
	for _, e := range turns[max(0, len(turns)-turnsLooked):] {
		if e.Kind == work.TurnSkipped && c.byReceiver(e) {
			skipped = append(skipped, e)
		}
	}
	return skipped
}

// smaller reports whether terms ask for less than those before them.
func smaller(before, after work.Terms) bool {
	return after.Effort < before.Effort || len(after.Brief.Parts) < len(before.Brief.Parts) || len(after.Brief.Success) < len(before.Brief.Success)
}

// onYourPlate looks for a part of the work among the giver's own tasks.
func onYourPlate(c *Case, plate []work.Task, _ time.Time) (Return, bool) {
	w := walk{c: c}
	for _, e := range c.Events {
		w.step(e)
	}
	said := [][]string{stems(c.Title)}
	for _, p := range w.terms.Brief.Parts {
		said = append(said, stems(p.Name))
	}
	for _, t := range plate {
		if t.Carrier != c.Giver || t.Finished() || t.ID == c.Task || t.CreatedAt.Before(c.Started) {
			continue
		}
		if t.Parent == c.Task || slices.ContainsFunc(said, func(words []string) bool { return sayTheSame(words, stems(t.Title)) }) {
			return Return{
				Rule: OnYourPlate, At: t.CreatedAt, Task: t.ID,
				Sentence: fmt.Sprintf("“%s” stands on your plate, and “%s” is with %s.", t.Title, c.Title, c.Name),
				Answer:   "I noticed that I picked up a part of this. It is yours as we agreed; I put it back with you. What would help you to take it from here?",
			}, true
		}
	}
	return Return{}, false
}

// Evidence is an event that something rests on.
type Evidence struct {
	Event work.EventNumber `json:"event" doc:"Its number in the history"`
	Kind  work.EventKind   `json:"kind" doc:"What happened"`
	At    time.Time        `json:"at" doc:"When"`
}

func rests(on ...work.Event) []Evidence {
	out := make([]Evidence, len(on))
	for i, e := range on {
		out[i] = Evidence{e.Number, e.Kind, e.At}
	}
	return out
}
