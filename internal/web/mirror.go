package web

import (
	"slices"
	"strconv"

	"baton/internal/app/guards"
	"baton/internal/guard"
	"baton/internal/work"
)

// mirrorPages registers what a giver sees of their own practice.
func (s *server) mirrorPages() { s.member("GET /mirror", (*visit).mirrorPage) }

// A practice is what the Mirror page shows.
type practice struct {
	Image   guard.Image
	Returns []guard.Return
	Coaches string // who see it too, "" for nobody
}

func (v *visit) mirrorPage() error {
	var p practice
	var err error
	if p.Image, err = do(v, guards.Mirror, guards.AskMirror{}); err != nil {
		return err
	}
	found, err := do(v, guards.Returns, guards.AskReturns{})
	if err != nil {
		return err
	}
	p.Returns = found.Items
	if p.Coaches, err = v.watching(); err != nil {
		return err
	}
	return v.show("Mirror", "ledger", mirrorView(v, p))
}

// seenBy says who sees the mirror.
func (p practice) seenBy() string {
	const how = "How much you let go of once you had let go. "
	if p.Coaches == "" {
		return how + "Only you see this, and the coach you choose, if you show it."
	}
	return how + "You see this, and " + p.Coaches + ", whom you chose as your coach; nobody else."
}

// still reports whether there is nothing to see in a mirror yet.
func (p practice) still() bool {
	for _, s := range p.Image.Spans {
		if s.Delegations > 0 {
			return false
		}
	}
	return true
}

// newest are the spans since something was with others, the newest first, as
// people read a table.
func (p practice) newest() []guard.SpanCount {
	spans := p.Image.Spans
	for len(spans) > 0 && spans[0].Delegations == 0 {
		spans = spans[1:]
	}
	out := slices.Clone(spans)
	slices.Reverse(out)
	return out
}

// shownOfEvidence is how many events a note of the mirror lists.
const shownOfEvidence = 4

// evidenceWords names an event that a guard rests on. What ended there was
// recalled.
func evidenceWords(e guard.Evidence) string {
	if e.Kind == work.EndedNow {
		return "Recalled"
	}
	return capital(happened(e.Kind))
}

// spanWords names four weeks by their days.
func (v *visit) spanWords(s guard.SpanCount) string {
	return s.From.In(v.zone()).Format("2 Jan") + " – " + s.To.In(v.zone()).Format("2 Jan 2006")
}

// creeping loads what is on its way back of one delegation, for its giver.
func (v *visit) creeping(a *agreement) ([]guard.Return, error) {
	if a.Side != work.AsGiver || a.State != work.Active || v.guest != "" {
		return nil, nil
	}
	found, err := do(v, guards.Returns, guards.AskReturns{Delegation: a.ID})
	return found.Items, err
}

// actCount is one kind of intervention in one span.
func actCount(s guard.SpanCount, a guard.Act) string {
	if n := s.Acts[a]; n > 0 {
		return strconv.Itoa(n)
	}
	return "–"
}

// actTitles head the columns of the mirror's table.
var actTitles = map[guard.Act]string{
	guard.EarlyRequest: "Asked early", guard.RewrittenBrief: "Rewrote the brief", guard.Overruled: "Overruled",
	guard.CloserRhythm: "Closer check-ins", guard.Paused: "Paused", guard.TakenBack: "Recalled",
}
