package cli

import (
	"fmt"
	"strings"
	"time"

	"baton/internal/app/delegations"
	"baton/internal/ical"
	"baton/internal/work"
)

// printDelegation says where a delegation stands: whose, in which state, and
// what is open.
func (s *session) printDelegation(d delegations.Delegation) {
	who := d.Receiver.Name
	if who == "" {
		who = "nobody yet"
	}
	state := string(d.State)
	if d.Outcome != "" {
		state += ", " + strings.ReplaceAll(string(d.Outcome), "_", " ")
	}
	level := fmt.Sprintf("level %d", d.Terms.Authority.Level)
	if d.Proposal != nil && d.Proposal.Authority.Level != d.Terms.Authority.Level {
		level += fmt.Sprintf(", level %d proposed", d.Proposal.Authority.Level)
	}
	s.printf("%d  %s: %s to %s (%s), %s\n", d.ID, d.Title, d.Giver.Name, who, state, level)
	if d.Reason != "" && d.State == work.Ended {
		s.printf("     %s\n", d.Reason)
	}
	if d.Told {
		s.printf("     As told by %s, not confirmed by %s.\n", d.Giver.Name, who)
	}
	for _, it := range d.Items {
		s.printItem(it)
	}
	s.printNews(d)
}

func (s *session) printItem(it delegations.Item) {
	s.printf("     %s is to %s%s, by %s [%d]%s\n", it.Holder.Name, it.Asks, standsIn(it.For), s.day(it.AnswerBy), it.ID, pausedWords(&it))
	if it.Part != "" {
		s.printf("       %s\n", it.Part)
	}
	if due, err := ical.ParseDue(it.Text, ""); it.Kind == work.Turn && err == nil {
		s.printf("       for %s\n", due.Date.In(time.UTC).Format("Monday, 2 January"))
	} else if it.Text != "" {
		s.printf("       %s\n", strings.ReplaceAll(strings.ReplaceAll(it.Text, "\n\n", "\n"), "\n", "\n       "))
	}
}

// pausedWords says of an item whose clock stands still why it does.
func pausedWords(it *delegations.Item) string {
	if !it.Paused {
		return ""
	}
	words := ", paused: " + it.Holder.Name + " is away"
	if !it.AwayUntil.IsZero() {
		words += " until " + it.AwayUntil.In(time.UTC).Format("2 January")
	}
	return words
}

// day is the date of a moment by the workspace's clock.
func (s *session) day(t time.Time) string { return s.local(t).Format("2 January") }

func standsIn(p *delegations.Party) string {
	if p == nil {
		return ""
	}
	return " for " + p.Name
}

// printNews says what the person at the keyboard should know now.
func (s *session) printNews(d delegations.Delegation) {
	for _, one := range []struct {
		yes   bool
		words string
	}{
		{d.Ruling == work.Decides && d.Terms.Authority.Level == work.Autonomous, "Decided. It is yours; nobody is told."},
		{d.Ruling == work.Decides && d.Terms.Authority.Level != work.Autonomous, "Decided; " + d.Giver.Name + " is told with the daily mail."},
		{d.Talk, "You have gone back and forth twice; talk, and propose the result with --talked."},
		{d.Talked, "The terms proposed are the result of your talk."},
		{d.Paused != nil, "Decisions are paused."},
	} {
		if one.yes {
			s.printf("     %s\n", one.words)
		}
	}
	if d.Ends != nil && d.State == work.Active {
		verb := "It ends on"
		if s.isOpen(d, work.NoticeItem) {
			verb = "If agreed, it ends on"
		}
		s.printf("     %s %s.\n", verb, s.local(d.Ends.Add(-time.Second)).Format("2 January 2006"))
	}
	if d.Step != nil {
		s.printf("     %s: time for level %d, as your path says; propose it.\n", rounds(d.Step.Rounds), d.Step.Level)
	}
	for _, i := range d.Interest {
		verb := "is interested"
		if !i.Yes {
			verb = "is not interested"
		}
		s.printf("     %s %s%s\n", i.Person.Name, verb, after(": ", i.Note))
	}
	for _, g := range d.Gaps {
		s.printf("     %s\n", g.Words)
	}
	if d.Over > 0 {
		s.printf("     That is %s a week beyond your capacity. What will you put down?\n", work.HoursWords(d.Over))
	}
	if d.NextBest != nil {
		s.printf("     Next best: %s\n", d.NextBest.Name)
	}
}

func (s *session) isOpen(d delegations.Delegation, k work.ItemKind) bool {
	for _, it := range d.Items {
		if it.Kind == k {
			return true
		}
	}
	return false
}

func after(before, text string) string {
	if text == "" {
		return ""
	}
	return before + text
}

func rounds(n int) string {
	if n == 1 {
		return "1 good round"
	}
	return fmt.Sprintf("%d good rounds", n)
}

// printTerms says what the two agreed on, or would.
func (s *session) printTerms(d delegations.Delegation) {
	t := d.Terms
	line := func(name string, parts ...string) {
		for _, p := range parts {
			if p != "" {
				s.printf("     %-12s %s\n", name, p)
				name = ""
			}
		}
	}
	line("Outcome", t.Brief.Outcome)
	line("Why", t.Brief.Why)
	line("Why you", t.Brief.WhyYou)
	line("Success", t.Brief.Success...)
	line("At least", t.Brief.Minimum)
	line("Resources", t.Brief.Resources...)
	line("How", t.Brief.Instructions...)
	line("Ask before", t.Brief.AskBefore...)
	for _, p := range t.Brief.Parts {
		line("Part", p.Name+after(", ", p.Due.Date.String()))
	}
	line("Authority", fmt.Sprintf("Level %d: %s", t.Authority.Level, t.Authority.Level.Words()))
	line("", s.limitWords(t.Authority.Limits, d.Currency)...)
	for _, p := range t.Ahead() {
		line("", fmt.Sprintf("Then level %d after %s", p.Level, rounds(p.Rounds)))
	}
	line("Rhythm", rhythm(t))
	if !t.CheckIn.IsZero() {
		line("Check-ins", t.CheckIn.Words())
	}
	if d.Rhythm != "" {
		line("Proposed", d.Rhythm)
	}
	line("Looks back", t.LookBackWords(d.Kind))
	if t.Price > 0 {
		line("Price", t.Price.Format(d.Currency)+map[work.PricePer]string{work.PerOccurrence: " each time", work.PerWhole: " for all of it", work.PerHour: " an hour"}[t.Per])
	}
	if t.Support > 0 {
		line("Support", work.HoursWords(t.Support)+" a week")
	}
	if t.Notice > 0 {
		line("Notice", fmt.Sprintf("%d days", t.Notice))
	}
	if d.Spent.Money > 0 {
		spent := "Spent: " + d.Spent.Money.Format(d.Currency)
		if total := t.Authority.Limits.Total; total != nil {
			spent += " of " + total.Decimal(d.Currency)
		}
		line("", spent)
	}
	if len(d.Access) > 0 {
		line("Access", strings.Join(d.Access, ", ")+" (baton access to see it)")
	}
}

func rhythm(t work.Terms) string {
	var out []string
	if t.Effort > 0 {
		out = append(out, work.HoursWords(t.Effort))
	}
	switch {
	case t.Standing():
		out = append(out, t.Rule.Words())
	case !t.Due.IsZero():
		out = append(out, "due "+t.Due.Date.In(time.UTC).Format("2 January 2006"))
	}
	return strings.Join(out, ", ")
}

func (s *session) limitWords(l work.Limits, currency string) []string {
	var out []string
	if l.PerDecision != nil {
		out = append(out, "At most "+l.PerDecision.Format(currency)+" a decision")
	}
	if l.Total != nil {
		out = append(out, "At most "+l.Total.Format(currency)+" in total")
	}
	if l.Hours != nil {
		out = append(out, "At most "+work.HoursWords(*l.Hours)+" in total")
	}
	if len(l.Kinds) > 0 {
		out = append(out, "About "+strings.Join(l.Kinds, ", ")+" only")
	}
	if !l.Until.IsZero() {
		out = append(out, "Until "+l.Until.In(time.UTC).Format("2 January 2006"))
	}
	return out
}

// printTimeline says what happened, what was decided and done, and what was
// handed on.
func (s *session) printTimeline(t delegations.Timeline) {
	for _, e := range t.Events {
		who := e.By
		if who == "" {
			who = "time"
		}
		s.printf("     %s  %s%s  %s  %s\n", s.local(e.At).Format(time.DateOnly), who, after(" for ", e.For), plain(string(e.Kind)), eventWords(e.Detail))
	}
	for _, d := range t.Decisions {
		s.printf("     Decision: %s (%s)%s\n", d.Words, plain(string(d.State)), after(": ", d.Outside))
	}
	for _, l := range t.Reflections {
		s.printf("     %s looks back: outcome %d, hard %d, free %d%s%s\n", l.Person.Name, l.Reflection.Outcome, l.Reflection.Hard, l.Reflection.Free,
			after(". ", l.Reflection.Worked), after(". ", l.Reflection.Change))
	}
	if t.Note != "" {
		s.printf("     Your note: %s\n", t.Note)
	}
}

func plain(name string) string { return strings.ReplaceAll(name, "_", " ") }

// eventWords is what an event says beside its kind.
func eventWords(d work.Detail) string {
	var out []string
	for _, part := range []string{d.Name, d.Status, d.Part, d.Text, d.Reason} {
		if part != "" {
			out = append(out, plain(part))
		}
	}
	if d.Outcome != "" {
		out = append(out, plain(string(d.Outcome)))
	}
	if d.Minutes != 0 {
		out = append(out, work.HoursWords(d.Minutes))
	}
	return strings.Join(out, ", ")
}
