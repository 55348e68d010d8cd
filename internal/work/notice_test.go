package work

import (
	"slices"
	"strings"
	"testing"
)

// hears says who must hear of what, beside whoever holds what the event
// opened: o the other side, g the giver, r the receiver, a every giver above, p
// whom it is about, s the other side of whom it is about and who stands in for
// them. It is written down here a second time, from the design and not from
// the code.
var hears = map[string]string{
	"drafted": "", "revised": "", "offer_undone": "", "handed_on": "", "reflected": "", "waited": "", "access_revealed": "", "withheld": "", "photo_added": "o", "photo_removed": "", "occurrence_accepted": "",
	"sharing_changed": "", "sharing_seen": "", "naming_said": "", "shared_about": "p",
	"call_booked": "o", "call_moved": "o", "call_cancelled": "o", "call_missed": "o", "call_confirmed": "p", "call_near": "gr", "call_unsaid": "gr",
	"call_begun": "", "call_ended": "", "call_proposed": "", "call_taken": "", "call_walked": "",
	"shown": "p", "lesson_taken": "p", "belief_disputed": "p", "belief_answered": "p", "belief_settled": "p", "interest_said": "g", "thanked": "p", "reminded": "p",
	"offered": "o", "told": "o", "confirmed": "o", "corrected": "o", "accepted": "o", "read_back": "o", "read_back_confirmed": "o",
	"read_back_corrected": "o", "proposed": "o", "kept": "o", "agreed": "o", "asked": "o", "answered": "o", "turned_back": "o", "suggested": "o", "said_go": "o", "added_to": "o",
	"decision_asked": "o", "intended": "o", "decided": "o", "approved": "o", "changed": "o", "refused": "o", "objected": "o",
	"decision_dropped": "o", "went_ahead": "gr", "happened": "oa", "ratified": "o", "mend_asked": "o", "paused": "oa", "resumed": "o",
	"update_requested": "o", "check_in_due": "r", "checked_in": "o", "check_in_missed": "gr", "feedback_given": "o", "supported": "o",
	"delivered": "o", "delivery_accepted": "o", "returned": "o", "defect_found": "o", "defect_mended": "o", "occurrence_due": "r",
	"occurrence_done": "o", "occurrence_skipped": "o", "occurrence_missed": "gr", "notice_given": "o", "notice_agreed": "gr",
	"notice_refused": "o", "ended": "oa", "review_due": "gr", "reflections_shown": "gr", "item_lapsed": "gr",
	"went_away": "s", "came_back": "s", "stand_in_changed": "s",
}

// entitled are those who must hear of an event and may: whoever did it need
// not be told, and a stand-in hears it in place of somebody away.
func (w *world) entitled(d *Delegation, e Event) []PersonID {
	code, known := hears[string(e.Kind)]
	if !known {
		w.t.Fatalf("nobody said who hears of %q", e.Kind)
	}
	if e.Kind == DecisionMade && e.Detail.Level == Autonomous {
		return nil
	}
	acting := e.By
	if e.For != 0 {
		acting = e.For
	}
	both := []PersonID{d.Giver, d.Receiver}
	other := slices.DeleteFunc(slices.Clone(both), func(p PersonID) bool { return p == acting })
	var out []PersonID
	for _, c := range code {
		out = append(out, map[rune][]PersonID{
			'o': other, 'g': {d.Giver}, 'r': {d.Receiver}, 'a': w.above(d), 'p': {e.Person}, 's': {d.Other(e.Person), w.answers(d, e.Person)},
		}[c]...)
	}
	if e.Kind == DecisionMade || e.Kind == DecisionApproved || e.Kind == DecisionChanged || e.Kind == WentAhead {
		out = append(out, e.Detail.People...)
	}
	i := slices.IndexFunc(d.Items, func(it Item) bool { return it.ID == e.Item && it.ID != 0 })
	if i >= 0 {
		out = append(out, d.Items[i].Holder)
	}
	out = slices.DeleteFunc(out, func(p PersonID) bool { return d.State == Draft && p == d.Receiver && p != e.Person })
	for i, p := range out {
		if s := w.answers(d, p); s != 0 && e.Kind != Shown { // only they can say
			out[i] = s
		}
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(p PersonID) bool {
		return p == 0 || p == e.By
	})
}

// answers is who answers for somebody away, found by walking.
func (w *world) answers(d *Delegation, p PersonID) PersonID {
	s, _ := d.cover(p)
	return s
}

// checkRecipients: nobody is told twice, and exactly those are told who are
// entitled to it.
func (w *world) checkRecipients(d *Delegation, e Event) {
	var got []PersonID
	for _, n := range d.Recipients(e, w.above(d)) {
		got = append(got, n.To)
	}
	slices.Sort(got)
	if want := w.entitled(d, e); !slices.Equal(got, want) {
		w.t.Fatalf("promise 6: of %s by %d (for %d) of %d to %d hear %v, not %v", e.Kind, e.By, e.For, d.Giver, d.Receiver, got, want)
	}
}

// checkHolders: whoever is to answer something they did not open is told of it
// by one of the events of the step that opened it.
func (w *world) checkHolders(d *Delegation, events []Event, known map[ItemID]bool) {
	told := map[PersonID]bool{}
	for _, e := range events {
		told[e.By] = true
		for _, n := range d.Recipients(e, w.above(d)) {
			told[n.To] = true
		}
	}
	for _, it := range d.Open() {
		if !known[it.ID] && it.Frozen.IsZero() && !told[it.Holder] {
			var kinds []string
			for _, e := range events {
				kinds = append(kinds, string(e.Kind))
			}
			w.t.Fatalf("promise 6: %d is to answer the %s and heard nothing of it (%s)", it.Holder, it.Kind, strings.Join(kinds, ", "))
		}
	}
}

// TestEveryEventIsHeardOfOrNot: the table of the code names no event that the
// one above does not, and the other way round.
func TestEveryEventIsHeardOfOrNot(t *testing.T) {
	for kind := range reaches {
		if _, known := hears[string(kind)]; !known {
			t.Errorf("nobody said who hears of %q", kind)
		}
	}
	for kind := range urgent {
		if hears[string(kind)] == "" {
			t.Errorf("%q cannot wait, and nobody hears of it", kind)
		}
	}
}
