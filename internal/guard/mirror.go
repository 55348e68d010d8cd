package guard

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"baton/internal/work"
)

// An Act is a way for a giver to step in.
type Act string

// What the mirror counts.
const (
	EarlyRequest   Act = "early_request"   // an update asked for before its time
	RewrittenBrief Act = "rewritten_brief" // other terms that say otherwise what or how
	Overruled      Act = "overruled"       // a decision refused, changed, objected to or to be mended
	CloserRhythm   Act = "closer_rhythm"   // check-ins closer than agreed
	Paused         Act = "paused"          // decisions paused
	TakenBack      Act = "recalled"        // the whole thing recalled
)

// Acts lists them in words, in the order pages show them.
var Acts = []struct {
	Act   Act
	Words string
	Times string // one of them in a sentence
}{
	{EarlyRequest, "You asked for an update before its time.", "asked for an update early"},
	{RewrittenBrief, "You proposed terms that change what is expected or how it is done.", "rewrote the brief"},
	{Overruled, "You refused, changed or objected to a decision, or asked to mend one.", "overruled a decision"},
	{CloserRhythm, "You proposed check-ins closer together than agreed, and nobody had said they were stuck or needed you.", "asked for closer check-ins"},
	{Paused, "You paused decisions.", "paused decisions"},
	{TakenBack, "You recalled it.", "recalled it"},
}

// Allowed is how often a giver may step in over four weeks, by level, before
// the mirror names it: what the level itself asks for is not an intervention.
// Pausing and recalling are always named.
var Allowed = [...]int{0, 4, 4, 2, 1, 0, 0, 0}

// A SpanCount is one span of the mirror: four weeks, and how often the giver stepped in.
type SpanCount struct {
	From        time.Time   `json:"from" doc:"Its beginning"`
	To          time.Time   `json:"to" doc:"Its end, not part of it"`
	Delegations int         `json:"delegations" doc:"That were going on"`
	Acts        map[Act]int `json:"acts" doc:"How often you stepped in, by what you did: early_request, rewritten_brief, overruled, closer_rhythm, paused, recalled"`
	Beyond      int         `json:"beyond" doc:"Beyond what the agreed levels allow"`
}

// A Note is one thing the mirror says, with the events it rests on.
type Note struct {
	Delegation work.DelegationID `json:"delegation" doc:"What you handed over"`
	Title      string            `json:"title" doc:"Of its task"`
	Level      work.Level        `json:"level" doc:"The agreed level it is held against"`
	Sentence   string            `json:"sentence" doc:"What you did, or that you kept away"`
	Events     []Evidence        `json:"events,omitempty" doc:"What it rests on, the oldest first"`
}

// An Image is what the giver sees in the mirror.
type Image struct {
	Spans  []SpanCount `json:"spans" doc:"Four weeks each, the oldest first"`
	Notes  []Note      `json:"notes" doc:"Where you stepped in beyond the level in the last span, or asked what they would do and left it unanswered"`
	Praise []Note      `json:"praise" doc:"Where you kept away"`
}

// An intervention is one act of the giver, at the level agreed then.
type intervention struct {
	act   Act
	level work.Level
	event work.Event
}

// Mirror holds the giver's interventions of so many spans up to a moment
// against the agreed levels.
func Mirror(cases []Case, spans int, now time.Time) Image {
	out := Image{Spans: make([]SpanCount, spans), Notes: []Note{}, Praise: []Note{}}
	for i := range out.Spans {
		to := now.Add(-Span * time.Duration(spans-1-i))
		out.Spans[i] = SpanCount{From: to.Add(-Span), To: to, Acts: map[Act]int{}}
	}
	for i := range cases {
		c := &cases[i]
		acts := c.interventions()
		for s := range out.Spans {
			beyond := out.Spans[s].count(c, acts)
			if s == spans-1 && len(beyond) > 0 {
				out.Notes = append(out.Notes, c.note(beyond))
			}
			if s == spans-1 {
				out.Notes = append(out.Notes, c.leftLying(out.Spans[s])...)
			}
		}
		if n, kept := c.praise(acts, now); kept {
			out.Praise = append(out.Praise, n)
		}
	}
	byDelegation := func(a, b Note) int { return cmp.Compare(a.Delegation, b.Delegation) }
	slices.SortStableFunc(out.Notes, byDelegation)
	slices.SortFunc(out.Praise, byDelegation)
	return out
}

// Steps are the events with which a giver stepped in, as the mirror counts
// them. Like the mirror they are the giver's alone to see.
func Steps(cases []Case) map[work.EventNumber]bool {
	out := map[work.EventNumber]bool{}
	for i := range cases {
		for _, in := range cases[i].interventions() {
			out[in.event.Number] = true
		}
	}
	return out
}

// interventions reads them off the events.
func (c *Case) interventions() []intervention {
	var out []intervention
	w := walk{c: c}
	for _, e := range c.Events {
		if act := w.acted(e); act != "" {
			out = append(out, intervention{act, w.terms.Authority.Level, e})
		}
		w.step(e)
	}
	return out
}

// acted says which intervention an event is, "" for none.
func (w *walk) acted(e work.Event) Act {
	if !w.known || !w.c.byGiver(e) {
		return ""
	}
	level := w.terms.Authority.Level
	switch e.Kind {
	case work.UpdateRequested:
		return EarlyRequest
	case work.DecisionDenied, work.DecisionChanged, work.ObjectionMade, work.MendAsked:
		if level >= work.Agree { // below, answering is what was agreed
			return Overruled
		}
	case work.DecisionsPaused:
		return Paused
	case work.EndedNow:
		if e.Detail.Outcome == work.Recalled {
			return TakenBack
		}
	case work.TermsProposed:
		return w.proposed(w.c.Terms[e.Detail.Terms])
	}
	return ""
}

// proposed says which intervention the giver's own new terms are.
func (w *walk) proposed(terms work.Terms) Act {
	switch {
	case otherwise(w.terms.Brief, terms.Brief):
		return RewrittenBrief
	case denser(w.terms, terms) && !w.needs:
		return CloserRhythm
	}
	return ""
}

// otherwise reports whether a brief says otherwise what is expected or how.
func otherwise(a, b work.Brief) bool {
	return a.Outcome != b.Outcome || a.Minimum != b.Minimum || !slices.Equal(a.Success, b.Success) || !slices.Equal(a.Instructions, b.Instructions)
}

// denser reports whether check-ins come closer together.
func denser(before, after work.Terms) bool {
	times, weeks := before.CheckIn.PerWeek()
	more, span := after.CheckIn.PerWeek()
	if more == 0 || span == 0 {
		return false
	}
	return times == 0 || weeks == 0 || more*weeks > times*span
}

// count adds what falls into a span and returns what is beyond the level.
func (s *SpanCount) count(c *Case, acts []intervention) []intervention {
	if c.Started.IsZero() || !c.Started.Before(s.To) || !c.Ended.IsZero() && c.Ended.Before(s.From) {
		return nil
	}
	s.Delegations++
	var within, always []intervention
	allowed := len(Allowed)
	for _, in := range acts {
		if in.event.At.Before(s.From) || !in.event.At.Before(s.To) {
			continue
		}
		s.Acts[in.act]++
		if in.act == Paused || in.act == TakenBack {
			always = append(always, in)
			continue
		}
		within = append(within, in)
		allowed = min(allowed, Allowed[in.level])
	}
	if len(within) <= allowed {
		within = nil
	}
	s.Beyond += len(always) + max(0, len(within)-allowed)
	return append(within, always...)
}

// note says what the giver did beyond the level.
func (c *Case) note(beyond []intervention) Note {
	times := map[Act]int{}
	n := Note{Delegation: c.ID, Title: c.Title}
	for _, in := range beyond {
		times[in.act]++
		n.Level = in.level
		n.Events = append(n.Events, rests(in.event)...)
	}
	var said []string
	for _, a := range Acts {
		if k := times[a.Act]; k > 0 {
			said = append(said, a.Times+timesWords(k))
		}
	}
	n.Sentence = fmt.Sprintf("Level %d says “%s” In four weeks you %s.", n.Level, n.Level.Words(), listed(said))
	return n
}

// leftLying names what the receiver would do, said because the giver had asked,
// that the giver let pass its time without a word. Who asks such a question owes
// an answer; where silence means go, there is nothing to owe. Reminders say it:
// the first comes before the time, the second at it. What went to a stand-in is
// not the giver's.
func (c *Case) leftLying(s SpanCount) []Note {
	var out []Note
	w := walk{c: c}
	said, reminded := map[work.ItemID]work.Event{}, map[work.ItemID]int{}
	for _, e := range c.Events {
		w.step(e)
		switch {
		case e.Kind == work.Suggested:
			said[e.Item] = e
		case e.Kind == work.Reminded && e.Detail.Kind == string(work.Suggestion) && e.Person == c.Giver:
			if reminded[e.Item]++; reminded[e.Item] != 2 || e.At.Before(s.From) || !e.At.Before(s.To) {
				continue
			}
			what := said[e.Item]
			out = append(out, Note{
				Delegation: c.ID, Title: c.Title, Level: w.terms.Authority.Level, Events: rests(what, e),
				Sentence: fmt.Sprintf("You asked what %s would do and were told: “%s”. It waited past its time for a go from you.", c.Name, short(what.Detail.Text)),
			})
		}
	}
	return out
}

// keptAway is how long a giver lets somebody work before the mirror says so.
const keptAway = 4 * week

// praise says where the giver kept away while the receiver carried on, at a
// level that hands over decisions.
func (c *Case) praise(acts []intervention, now time.Time) (Note, bool) {
	if !c.active(now) {
		return Note{}, false
	}
	since := c.Started
	if len(acts) > 0 && acts[len(acts)-1].event.At.After(since) {
		since = acts[len(acts)-1].event.At
	}
	w := walk{c: c}
	var carried []work.Event
	first := work.Level(0) // agreed when they began to keep away
	for _, e := range c.Events {
		if first == 0 && e.At.After(since) {
			first = w.terms.Authority.Level
		}
		w.step(e)
		if e.At.After(since) && c.byReceiver(e) && carries[e.Kind] {
			carried = append(carried, e)
		}
	}
	level := w.terms.Authority.Level
	if now.Sub(since) < keptAway || level < work.Agree || len(carried) == 0 {
		return Note{}, false
	}
	said := fmt.Sprintf("as level %d says", level)
	if first != level {
		said = fmt.Sprintf("as level %d said at first and level %d says now", first, level)
	}
	return Note{
		Delegation: c.ID, Title: c.Title, Level: level, Events: rests(carried...),
		Sentence: fmt.Sprintf("For %d weeks you left “%s” to %s, %s, and it went on: %s.",
			int(now.Sub(since)/week), c.Title, c.Name, said, counted(len(carried), "step", "steps")+" without you"),
	}, true
}

// carries are the receiver's own steps.
var carries = map[work.EventKind]bool{
	work.DecisionMade: true, work.DecisionIntend: true, work.Delivered: true, work.TurnDone: true, work.CheckedIn: true,
}

func timesWords(n int) string {
	switch n {
	case 1:
		return ""
	case 2:
		return " twice"
	}
	return fmt.Sprintf(" %d times", n)
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func listed(said []string) string {
	switch len(said) {
	case 0:
		return ""
	case 1:
		return said[0]
	}
	out := said[0]
	for _, s := range said[1 : len(said)-1] {
		out += ", " + s
	}
	return out + " and " + said[len(said)-1]
}
