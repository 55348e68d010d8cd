package web

import (
	"fmt"
	"strings"

	"baton/internal/app/delegations"
	"baton/internal/work"
)

// A voice tells a delegation from where its reader stands: "you" where it is
// them, names for everybody else.
type voice struct {
	me       work.PersonID
	giver    delegations.Party
	receiver delegations.Party
	currency string
}

func voiceOf(me work.PersonID, currency string, d *delegations.Delegation) voice {
	return voice{me: me, giver: d.Giver, receiver: d.Receiver, currency: currency}
}

// they is what somebody not yet chosen is called.
const they = "they"

func (o voice) name(p delegations.Party) string {
	switch {
	case p.ID == 0 || p.Name == "":
		return they
	case p.ID == o.me:
		return "you"
	}
	return p.Name
}

// object is "you", "them" or a name: after a verb.
func (o voice) object(p delegations.Party) string {
	if n := o.name(p); n != they {
		return n
	}
	return "them"
}

// whose is "your", "their" or "Ana's".
func (o voice) whose(p delegations.Party) string {
	switch n := o.name(p); {
	case n == "you":
		return "your"
	case n == they:
		return "their"
	case strings.HasSuffix(n, "s"):
		return n + "’"
	default:
		return n + "’s"
	}
}

// does joins somebody and a verb: "you decide", "Ana decides".
func (o voice) does(p delegations.Party, verb string) string {
	n := o.name(p)
	if n == "you" || n == they {
		return n + " " + verb
	}
	if base, ok := strings.CutSuffix(verb, "y"); ok && !strings.HasSuffix(verb, "ay") {
		return n + " " + base + "ies"
	}
	return n + " " + verb + "s"
}

// authority says a level in one or two sentences. notice is of an intention,
// in working days.
func (o voice) authority(l work.Level, notice int) string {
	g, r := o.giver, o.receiver
	switch l {
	case work.Tell:
		return fmt.Sprintf("%s. %s what needs deciding as a question.", capital(o.does(g, "decide")), capital(o.does(r, "bring")))
	case work.Explain:
		return fmt.Sprintf("%s, and explain%s why. %s what needs deciding as a question.", capital(o.does(g, "decide")), o.s(g), capital(o.does(r, "bring")))
	case work.Consult:
		return fmt.Sprintf("%s after hearing %s. Each question comes with a recommendation.", capital(o.does(g, "decide")), o.object(r))
	case work.Agree:
		return capital(o.both()) + " decide together. Nothing happens before both have said yes."
	case work.Intend:
		return fmt.Sprintf("%s after telling %s. An intention goes ahead after %s unless %s.", capital(o.does(r, "decide")), o.object(g), workingDays(notice), o.does(g, "object"))
	case work.Inform:
		return fmt.Sprintf("%s and tell%s %s afterwards.", capital(o.does(r, "decide")), o.s(r), o.object(g))
	case work.Autonomous:
		return fmt.Sprintf("%s. Nobody needs to be told.", capital(o.does(r, "decide")))
	}
	return l.Words()
}

// simple says a level in one of the three sentences of an assignment.
func (o voice) simple(l work.Level, notice int) string {
	g, r := o.giver, o.receiver
	switch {
	case l <= work.Agree:
		return fmt.Sprintf("%s %s first when something needs deciding.", capital(o.does(r, "ask")), o.object(g))
	case l <= work.Inform:
		return fmt.Sprintf("%s %s before, and it goes ahead after %s unless %s.", capital(o.does(r, "tell")), o.object(g), workingDays(notice), o.does(g, "object"))
	}
	return "It is " + strings.NewReplacer("your", "yours", "their", "theirs").Replace(o.whose(r)) + " to decide."
}

// s is the ending of a second verb after the same subject.
func (o voice) s(p delegations.Party) string {
	if n := o.name(p); n == "you" || n == they {
		return ""
	}
	return "s"
}

func (o voice) both() string {
	switch o.me {
	case o.giver.ID:
		return "you and " + o.object(o.receiver)
	case o.receiver.ID:
		return "you and " + o.object(o.giver)
	}
	return o.object(o.giver) + " and " + o.object(o.receiver)
}

func workingDays(n int) string {
	if n <= 1 {
		return "one working day"
	}
	return fmt.Sprintf("%d working days", n)
}

// level says the authority as the kind of delegation says it.
func (o voice) level(kind work.DelegationKind, t *work.Terms) string {
	if kind == work.Assignment {
		return o.simple(t.Authority.Level, t.Intention)
	}
	return o.authority(t.Authority.Level, t.Intention)
}

// limits lists what narrows the authority, each as a sentence.
func (o voice) limits(a work.Authority) []string {
	var out []string
	l := a.Limits
	if l.PerDecision != nil {
		out = append(out, "One decision may cost up to "+l.PerDecision.Format(o.currency)+".")
	}
	if l.Total != nil {
		out = append(out, "All decisions together may cost up to "+l.Total.Format(o.currency)+".")
	}
	if l.Hours != nil {
		out = append(out, "All decisions together may take up to "+hoursWords(*l.Hours)+".")
	}
	if len(l.Kinds) > 0 {
		out = append(out, "It covers decisions about "+listWords(l.Kinds)+".")
	}
	if !l.Until.IsZero() {
		out = append(out, "It lasts until "+dateWords(l.Until)+".")
	}
	return out
}

// spent says what decisions used of the limits so far; "" when there is
// nothing to say.
func (o voice) spent(a work.Authority, spent work.Spent) string {
	var parts []string
	switch {
	case a.Limits.Total != nil:
		parts = append(parts, spent.Money.Format(o.currency)+" of "+a.Limits.Total.Format(o.currency)+" spent")
	case spent.Money > 0:
		parts = append(parts, spent.Money.Format(o.currency)+" spent")
	}
	switch {
	case a.Limits.Hours != nil:
		parts = append(parts, hoursWords(spent.Time)+" of "+hoursWords(*a.Limits.Hours)+" used")
	case spent.Time > 0:
		parts = append(parts, hoursWords(spent.Time)+" used")
	}
	if len(parts) == 0 {
		return ""
	}
	return capital(listWords(parts)) + "."
}

// price says a price with what it is for.
func (o voice) price(t *work.Terms) string {
	if t.Price == 0 {
		return ""
	}
	per := map[work.PricePer]string{work.PerOccurrence: " each time", work.PerWhole: " for all of it", work.PerHour: " an hour"}[t.Per]
	return t.Price.Format(o.currency) + per
}

// listWords joins words as a sentence does: "a, b and c".
func listWords(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
