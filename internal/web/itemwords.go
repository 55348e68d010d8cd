package web

import (
	"baton/internal/app/delegations"
	"baton/internal/work"
)

// An itemWord says what an open item is: a heading, and an icon.
type itemWord struct {
	Title string
	Icon  string
}

// itemWords has an entry for every kind of item; a test says so.
var itemWords = map[work.ItemKind]itemWord{
	work.OfferItem:    {"The offer", "send"},
	work.Proposed:     {"Other terms", "pencil"},
	work.Interest:     {"Would you like to have this?", "hand-helping"},
	work.Confirmation: {"An agreement made aloud", "message-circle"},
	work.ReadBack:     {"In own words", "message-circle"},
	work.Question:     {"A question", "circle-help"},
	work.Suggestion:   {"What they would do", "lightbulb"},
	work.ToApprove:    {"A decision that needs a yes", "circle-help"},
	work.Intention:    {"An intention", "lightbulb"},
	work.Objection:    {"An objection", "x"},
	work.Ratification: {"Done outside the limits", "triangle-alert"},
	work.CheckIn:      {"A check-in", "clock"},
	work.Feedback:     {"An update that asks for a word", "message-circle"},
	work.Delivery:     {"A delivery", "download"},
	work.Returned:     {"Something to put right", "rotate-ccw"},
	work.Turn:         {"A turn", "repeat"},
	work.Defect:       {"A defect", "triangle-alert"},
	work.NoticeItem:   {"Notice of an end", "calendar"},
	work.Reflect:      {"A look back", "sprout"},
	work.Away:         {"An absence", "calendar"},
}

// itemTitle is an item's heading.
func itemTitle(it *delegations.Item) string {
	title := itemWords[it.Kind].Title
	switch {
	case it.Kind == work.Delivery && it.Part != "":
		return title + ": " + it.Part
	case it.Kind == work.Question && it.Asks == "say what you would do":
		return "What would you do?"
	}
	return title
}

// itemAsks says who is to do what: "You are to answer the question."
func (o voice) itemAsks(it *delegations.Item) string {
	n := o.name(it.Holder)
	s := n + " is to " + it.Asks
	if n == "you" {
		s = "you are to " + it.Asks
	}
	if it.For != nil {
		s += ", for " + o.object(*it.For)
	}
	return capital(s) + "."
}

// silenceWords says what becomes of an item that nobody answers by its time.
func (v *visit) silenceWords(it *delegations.Item) string {
	by := v.by(it.AnswerBy)
	switch {
	case it.Paused:
		if !it.AwayUntil.IsZero() {
			return "The clock stands still while they are away, until " + dateWords(it.AwayUntil) + "."
		}
		return "The clock stands still while they are away."
	case it.Silence == work.Accepts:
		return "Without a word by " + by + " it counts as a yes."
	case it.Silence == work.GoesAhead && it.Kind == work.Suggestion:
		return "Without a word by " + by + " it means go."
	case it.Silence == work.GoesAhead:
		return "It goes ahead after " + by + " unless there is an objection."
	case it.Silence == work.Lapses && it.Kind == work.OfferItem:
		return "The offer stands until " + by + "."
	case it.Overdue != nil:
		return "An answer was hoped for by " + v.by(*it.Overdue) + "."
	case v.app.Now().After(it.AnswerBy):
		return "An answer was hoped for by " + by + "."
	}
	return "An answer by " + by + " would help."
}

// restful reports whether nothing is to be done before the next turn comes up
// or something is to be decided: the work stands, and nobody is behind with it.
func restful(d *delegations.Delegation) bool {
	return d.State == work.Active && d.Standing && len(d.Items) == 0
}

// whoseMove says whose move it is, with its age, as one line.
func (v *visit) whoseMove(o voice, d *delegations.Delegation) string {
	if d.Mover == nil {
		return ""
	}
	line := capital(o.whose(*d.Mover)) + " move"
	if d.Since == nil {
		return line + "."
	}
	if restful(d) {
		when := "with the next turn"
		if d.TaskKind == work.DecisionArea {
			when = "when something is to be decided"
		}
		return "Nothing is due; the last word was " + v.since(*d.Since) + ". " + line + " " + when + "."
	}
	if len(d.Items) == 0 && d.State == work.Active && v.dayOf(*d.Since) != v.today() {
		return "Nothing since " + v.since(*d.Since) + ". " + line + "."
	}
	return line + ", " + v.age(*d.Since) + "."
}
