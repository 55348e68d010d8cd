package web

import (
	"slices"

	"baton/internal/app/delegations"
	"baton/internal/ical"
	"baton/internal/work"
)

// decisionWords is where a decision stands, as a chip says it.
var decisionWords = map[work.DecisionState]string{
	work.DecisionAsked: "Asked", work.DecisionIntended: "Intended", work.DecisionObjected: "Objected", work.DecisionDecided: "Decided",
	work.DecisionRefused: "No", work.DecisionDropped: "Let go", work.DecisionHappened: "Happened", work.DecisionRatified: "Stands",
	work.DecisionToBeMended: "To put right",
}

var decisionTones = map[work.DecisionState]string{
	work.DecisionAsked: "soon", work.DecisionIntended: "blue", work.DecisionObjected: "soon", work.DecisionDecided: "calm",
	work.DecisionHappened: "soon", work.DecisionRatified: "calm", work.DecisionToBeMended: "soon",
}

// turnWords is where a turn stands, as a chip says it.
var turnWords = map[work.OccurrenceState]string{
	work.TurnIsDue: "Due", work.TurnIsDone: "Done", work.TurnIsSkipped: "Skipped", work.TurnIsMissed: "No word",
}

var turnTones = map[work.OccurrenceState]string{work.TurnIsDue: "blue", work.TurnIsDone: "calm"}

// occurrenceDay says which turn it was.
func occurrenceDay(o delegations.Occurrence) string {
	due, err := ical.ParseDue(o.Due, "")
	if err != nil {
		return o.Due
	}
	return dueInFull(due)
}

// scales are what the numbers of a look back say.
var scales = map[string][]string{
	"outcome": {"Poor", "Below what was hoped", "As agreed", "Good", "Better than hoped"},
	"hard":    {"Easy", "Fairly easy", "As expected", "Hard", "Very hard"},
	"free":    {"Watched at every step", "Rather watched", "About right", "Rather free", "Free, with backing"},
}

func scaleWords(scale string, n int) string {
	if words := scales[scale]; n >= 1 && n <= len(words) {
		return words[n-1]
	}
	return ""
}

// bare reports whether a move needs nothing but its button.
func (m *shownMove) bare(a *agreement) bool {
	return m.Ask == "" && len(m.Buttons) == 0 && !slices.ContainsFunc(m.Fields, func(f moveField) bool {
		return f.Kind != seenTerms && f.Kind != seenOther && f.shown(a, m.Item)
	})
}

// shown reports whether a field is asked for here.
func (f moveField) shown(a *agreement, item work.ItemID) bool {
	if f.Only != nil && !f.Only(&a.Delegation) {
		return false
	}
	return f.On == "" || slices.ContainsFunc(a.Items, func(it delegations.Item) bool { return it.ID == item && it.Kind == f.On })
}

// submitTone is how a form's own button looks: it is what was chosen, so it
// stands out even where its move is one of many.
func (m *shownMove) submitTone() string {
	if m.Tone == "" {
		return "primary"
	}
	return m.Tone
}

// input is a move's field as forms have it.
func (f moveField) input(prefix, currency string) input {
	in := input{Name: f.Name, Label: f.Label, Hint: f.Hint, Required: f.Required, Prefix: prefix}
	switch f.Kind {
	case amountField:
		in.Label += ", in " + currency
		in.Mode = "decimal"
	case timeField:
		in.Hint = "Like 45m or 1h30."
	case dateField:
		in.Hint = "Like 12 dec, or in 3 weeks. The notice you agreed on counts from today unless you say."
	}
	return in
}

// s2 is a second verb after the same subject: "you confirm or correct", "Ana
// confirms or corrects".
func (o voice) s2(p delegations.Party, verb string) string { return verb + o.s(p) }

// party is a side by its id.
func (a *agreement) party(p work.PersonID) delegations.Party {
	if p == a.Giver.ID {
		return a.Giver
	}
	return a.Receiver
}

// withWords says with whom a delegation is.
func (v *visit) withWords(d *delegations.Delegation) string {
	switch {
	case d.Side == work.AsReceiver:
		return "for " + d.Giver.Name
	case d.Receiver.ID == 0:
		return "for nobody yet"
	case d.Side == "":
		return "from " + d.Giver.Name + " to " + d.Receiver.Name
	}
	return "to " + d.Receiver.Name
}
