package web

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"baton/internal/ical"
	"baton/internal/phrase"
	"baton/internal/work"
)

// The fields of a form of terms are called as the rules call them
// ("brief.outcome"), so that what a rule says finds its field.
var termFields = []string{
	"brief.outcome", "brief.why", "brief.why_you", "brief.success", "brief.minimum", "brief.resources", "brief.instructions",
	"brief.ask_before", "brief.parts", "brief.reviewer", "authority.level", "authority.limits", "per_decision", "total", "limit_hours",
	"kinds", "until", "price", "per", "effort", "support", "due", "rule", "check_in", "notice_days", "intention_days", "path", "receiver",
}

// draftFields are those of a draft: its terms and what it is.
var draftFields = append([]string{"kind"}, termFields...)

// termLabels says the fields in short, for a comparison of two versions.
var termLabels = map[string]string{
	"kind": "What you hand over", "receiver": "Who should have it", "brief.outcome": "The outcome", "brief.why": "Why", "brief.why_you": "Why them",
	"brief.success": "How you will both know", "brief.minimum": "The least that will do", "brief.resources": "Resources",
	"brief.instructions": "Instructions", "brief.ask_before": "Ask before", "brief.parts": "Parts", "brief.reviewer": "Who looks at it",
	"authority.level": "Authority", "authority.limits": "Limits", "per_decision": "Money one decision may spend", "total": "Money in total",
	"limit_hours": "Hours in total", "kinds": "Kinds of decision", "until": "Until", "price": "Price", "per": "Per", "effort": "Effort",
	"support": "Support", "due": "Due", "rule": "Rhythm", "check_in": "Check-ins", "notice_days": "Days of notice",
	"intention_days": "Days an intention waits", "path": "The path",
}

// termForm fills a form with what terms say.
func termForm(t *work.Terms, currency string) *form {
	b, l := &t.Brief, &t.Authority.Limits
	f := fields(
		"brief.outcome", b.Outcome, "brief.why", b.Why, "brief.why_you", b.WhyYou, "brief.minimum", b.Minimum,
		"brief.success", strings.Join(b.Success, "\n"), "brief.resources", strings.Join(b.Resources, "\n"),
		"brief.instructions", strings.Join(b.Instructions, "\n"), "brief.ask_before", strings.Join(b.AskBefore, "\n"),
		"brief.reviewer", idField(b.Reviewer), "authority.level", strconv.Itoa(int(t.Authority.Level)),
		"kinds", strings.Join(l.Kinds, ", "), "until", l.Until.String(), "price", moneyField(&t.Price, currency), "per", string(t.Per),
		"effort", effortField(t.Effort), "support", effortField(t.Support), "due", dueField(t.Due), "rule", ruleField(t.Rule),
		"check_in", ruleField(t.CheckIn), "notice_days", countField(t.Notice), "intention_days", countField(t.Intention),
		"per_decision", moneyLimit(l.PerDecision, currency), "total", moneyLimit(l.Total, currency),
	)
	if l.Hours != nil {
		f.Set("limit_hours", effortField(*l.Hours))
	}
	var parts, path []string
	for _, p := range b.Parts {
		parts = append(parts, partField(p))
	}
	for _, s := range t.Path {
		path = append(path, fmt.Sprintf("%d after %d", s.Level, s.Rounds))
	}
	f.Set("brief.parts", strings.Join(parts, "\n"))
	f.Set("path", strings.Join(path, "\n"))
	return f
}

func idField[ID ~int64](id ID) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(int64(id), 10)
}

func countField(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// moneyField is an amount as a field holds it; nothing is empty.
func moneyField(m *work.Money, currency string) string {
	if m == nil || *m == 0 {
		return ""
	}
	return m.Decimal(currency)
}

// moneyLimit is a limit as a field holds it: nothing allowed is a 0.
func moneyLimit(m *work.Money, currency string) string {
	if m == nil {
		return ""
	}
	return m.Decimal(currency)
}

func ruleField(r ical.Rule) string {
	if r.IsZero() {
		return ""
	}
	return r.Words()
}

func partField(p work.Part) string {
	if p.Due.IsZero() {
		return p.Name
	}
	return p.Name + ": " + dueField(p.Due)
}

// A termReader reads a form of terms over what they said before, and keeps
// every sentence about what it could not read.
type termReader struct {
	*form
	was      *work.Terms
	currency string
	here     phrase.Context
	wrong    map[string]string
}

// readTerms reads a form of terms. What the form has no field for stays as it
// was.
func (v *visit) readTerms(f *form, was work.Terms) (work.Terms, error) {
	r := &termReader{f, &was, v.place.Workspace.Currency, phrase.Context{Now: v.app.Now(), Zone: v.place.Workspace.Zone}, map[string]string{}}
	t := was
	r.brief(&t.Brief)
	r.authority(&t.Authority)
	r.dates(&t)
	r.numbers(&t)
	if len(r.wrong) == 0 {
		return t, nil
	}
	return t, &work.Error{Kind: work.Invalid, Message: "Some of it could not be read.", Fields: r.wrong}
}

func (r *termReader) brief(b *work.Brief) {
	for name, to := range map[string]*string{"brief.outcome": &b.Outcome, "brief.why": &b.Why, "brief.why_you": &b.WhyYou, "brief.minimum": &b.Minimum} {
		if r.Has(name) {
			*to = r.text(name)
		}
	}
	for name, to := range map[string]*[]string{
		"brief.success": &b.Success, "brief.resources": &b.Resources, "brief.instructions": &b.Instructions, "brief.ask_before": &b.AskBefore,
	} {
		if r.Has(name) {
			*to = r.lines(name)
		}
	}
	if reviewer, err := id[work.PersonID](r.form, "brief.reviewer"); r.Has("brief.reviewer") && r.good("brief.reviewer", err) {
		b.Reviewer = reviewer
	}
	if !r.Has("brief.parts") {
		return
	}
	b.Parts = nil
	for _, line := range r.lines("brief.parts") {
		b.Parts = append(b.Parts, r.part(line))
	}
}

// part reads "Draft: 12 dec".
func (r *termReader) part(line string) work.Part {
	for _, p := range r.was.Brief.Parts {
		if partField(p) == line {
			return p
		}
	}
	name, date, dated := strings.Cut(line, ":")
	p := work.Part{Name: strings.TrimSpace(name)}
	if dated && strings.TrimSpace(date) != "" {
		due, err := phrase.Day(date, r.here)
		if r.good("brief.parts", err) {
			p.Due = due
		}
	}
	return p
}

func (r *termReader) authority(a *work.Authority) {
	if level, err := strconv.Atoi(r.text("authority.level")); r.Has("authority.level") {
		if err != nil {
			r.wrong["authority.level"] = "Say who decides."
		}
		a.Level = work.Level(level)
	}
	l := &a.Limits
	for name, to := range map[string]**work.Money{"per_decision": &l.PerDecision, "total": &l.Total} {
		if r.Has(name) {
			*to = nil
			if s := r.text(name); s != "" {
				amount, err := work.ParseMoney(s, r.currency)
				if r.good(name, err) {
					*to = &amount
				}
			}
		}
	}
	if r.Has("limit_hours") {
		l.Hours = nil
		if m := r.minutes("limit_hours"); m != 0 {
			l.Hours = &m
		}
	}
	if r.Has("kinds") {
		l.Kinds = nil
		for _, k := range strings.FieldsFunc(r.Get("kinds"), func(c rune) bool { return c == ',' || c == '\n' }) {
			if k = strings.TrimSpace(k); k != "" {
				l.Kinds = append(l.Kinds, k)
			}
		}
	}
	if r.Has("until") {
		l.Until = r.day("until", ical.DayDue(l.Until, r.here.Zone)).Date
	}
}

func (r *termReader) dates(t *work.Terms) {
	if r.Has("due") {
		t.Due = r.day("due", t.Due)
	}
	for name, to := range map[string]*ical.Rule{"rule": &t.Rule, "check_in": &t.CheckIn} {
		if !r.Has(name) || r.text(name) == ruleField(*to) {
			continue
		}
		*to = ical.Rule{}
		s := r.text(name)
		if s == "" || name == "check_in" && strings.EqualFold(s, "none") {
			continue
		}
		when, err := phrase.Recur(s, r.here)
		if err == nil && when.Rule.IsZero() {
			err = fmt.Errorf("%q is a day, not a rhythm; write it like every friday", s)
		}
		if !r.good(name, err) {
			continue
		}
		*to = when.Rule
		if name == "rule" && r.text("due") == "" {
			t.Due = when.Due
		}
	}
}

func (r *termReader) day(name string, was ical.Due) ical.Due {
	s := r.text(name)
	if s == "" || s == dueField(was) {
		if s == "" {
			return ical.Due{}
		}
		return was
	}
	due, err := phrase.Day(s, r.here)
	r.good(name, err)
	return due
}

func (r *termReader) numbers(t *work.Terms) {
	if r.Has("price") {
		t.Price = 0
		if s := r.text("price"); s != "" {
			amount, err := work.ParseMoney(s, r.currency)
			r.good("price", err)
			t.Price = amount
		}
		t.Per = work.PricePer(r.text("per"))
		if t.Price == 0 {
			t.Per = ""
		}
	}
	for name, to := range map[string]*work.Minutes{"effort": &t.Effort, "support": &t.Support} {
		if r.Has(name) {
			*to = r.minutes(name)
		}
	}
	for name, to := range map[string]*int{"notice_days": &t.Notice, "intention_days": &t.Intention} {
		if r.Has(name) {
			*to = r.count(name)
		}
	}
	if r.Has("path") {
		t.Path = nil
		for _, line := range r.lines("path") {
			t.Path = append(t.Path, r.step(line))
		}
	}
}

func (r *termReader) step(line string) (s work.Step) {
	if _, err := fmt.Sscanf(line, "%d after %d", &s.Level, &s.Rounds); err != nil || s.Level < work.Tell || s.Level > work.Autonomous || s.Rounds < 1 {
		r.wrong["path"] = fmt.Sprintf("%q is not a step; write it like “5 after 2”: level 5 after two good rounds.", line)
	}
	return s
}

func (r *termReader) count(name string) int {
	s := r.text(name)
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		r.wrong[name] = "Write a whole number of days."
	}
	return n
}

func (r *termReader) minutes(name string) work.Minutes {
	m, err := minutesOf(r.form, name)
	r.good(name, err)
	return m
}

// minutesOf reads time somebody takes: "45m", "1h30", or a number of minutes.
// "" is none.
func minutesOf(f *form, name string) (work.Minutes, error) {
	if n, err := strconv.Atoi(f.text(name)); err == nil && n >= 0 {
		return work.Minutes(n), nil
	}
	return readEffort(f, name)
}

// good keeps what is wrong with a field and reports whether nothing is.
func (r *termReader) good(name string, err error) bool {
	if err == nil {
		return true
	}
	sentence := capital(err.Error())
	if known, ok := errors.AsType[*work.Error](err); ok {
		sentence = known.Message
	}
	if !strings.HasSuffix(sentence, ".") {
		sentence += "."
	}
	r.wrong[name] = sentence
	return false
}
