package web

import (
	"cmp"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"baton/internal/app"
	"baton/internal/app/history"
	"baton/internal/app/workspaces"
	"baton/internal/work"
)

// ledgerPages registers the five promises and the focus areas.
func (s *server) ledgerPages() {
	s.member("GET /ledger", (*visit).ledgerPage)
	s.member("GET /ledger/{promise}", (*visit).sourcesPage)
	s.member("POST /focus-areas", (*visit).addFocus)
	s.member("POST /focus-areas/{focus}", (*visit).editFocus)
	s.member("POST /focus-areas/{focus}/time", (*visit).logFocus)
}

// An account book is what the Ledger page shows.
type accountBook struct {
	Days   int
	By     string
	Ledger work.Ledger
	Focus  []workspaces.Focus
	Sense  weekSense
	Form   *form  // a new focus area
	Clash  *clash // another change of a focus area came first
}

func (v *visit) ledgerPage() error { return v.ledger(http.StatusOK, fields(), nil) }

func (v *visit) ledger(status int, f *form, c *clash) error {
	b := accountBook{Days: 91, Form: f, Clash: c}
	if days, err := strconv.Atoi(v.r.URL.Query().Get("days")); err == nil && days > 0 && days <= 3660 {
		b.Days = days
	}
	ask := history.AskLedger{Days: b.Days, Every: periodDays(b.Days)}
	if by := v.r.URL.Query().Get("by"); by == "week" || by == "quarter" {
		b.By, ask.By, ask.Every = by, by, 0
	}
	var err error
	if b.Ledger, err = do(v, history.Ledger, ask); err != nil {
		return err
	}
	list, err := do(v, workspaces.FocusAreas, app.Whole)
	if err != nil {
		return err
	}
	b.Focus = list.Items
	if b.Sense, err = v.weekSense(b.Days); err != nil {
		return err
	}
	return v.showAs(status, "Ledger", "ledger", ledgerView(v, b))
}

// A breakdown is what one promise is made of.
type breakdown struct {
	Promise promiseWords
	Name    string
	Days    int
	List    app.List[history.Source]
	More    string
}

func (v *visit) sourcesPage() error {
	q := v.r.URL.Query()
	b := breakdown{Name: v.r.PathValue("promise"), Days: 91}
	words, known := promises[b.Name]
	if !known {
		return errNoPage
	}
	b.Promise = words
	if days, err := strconv.Atoi(q.Get("days")); err == nil && days > 0 && days <= 3660 {
		b.Days = days
	}
	var err error
	if b.List, err = do(v, history.Sources, history.AskSources{Page: app.Page{After: q.Get("after")}, Promise: b.Name, Days: b.Days}); err != nil {
		return err
	}
	if b.List.Next != "" {
		b.More = v.to("/ledger/%s?days=%d&after=%s", b.Name, b.Days, b.List.Next)
	}
	return v.show(words.Title, "ledger", sourcesView(v, b))
}

func (v *visit) addFocus() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	weekly, err := hours(f, "weekly")
	if err == nil {
		_, err = do(v, workspaces.AddFocusArea, workspaces.NewFocus{Name: f.text("name"), Weekly: weekly})
	}
	if f.refuse(err, "name", "weekly") {
		return v.ledger(http.StatusUnprocessableEntity, f, nil)
	}
	if err != nil {
		return err
	}
	return v.leave(v.to("/ledger"), toast{Text: "“" + f.text("name") + "” is a focus area now."})
}

// focusForm is a focus area as its form shows it.
func focusForm(f workspaces.Focus) *form {
	return fields("version", idField(f.Version), "name", f.Name, "weekly", hoursField(f.Weekly))
}

func (v *visit) editFocus() error {
	focus, err := number[work.FocusAreaID](v, "focus")
	if err != nil {
		return err
	}
	f, err := v.form()
	if err != nil {
		return err
	}
	weekly, err := hours(f, "weekly")
	if err == nil {
		in := workspaces.ChangeFocus{Focus: focus, IfMatch: f.seen(), NewFocus: workspaces.NewFocus{Name: f.text("name"), Weekly: weekly}}
		_, err = do(v, workspaces.EditFocusArea, in)
	}
	if work.KindOf(err) != work.Stale {
		return v.act(v.to("/ledger"), err, "Saved.")
	}
	all, failed := do(v, workspaces.FocusAreas, app.Whole)
	if failed != nil {
		return failed
	}
	now := all.Items[slices.IndexFunc(all.Items, func(o workspaces.Focus) bool { return o.ID == focus })]
	labels := map[string]string{"name": "Name", "weekly": "Hours a week"}
	c := newClash(err, f, focusForm(now), []string{"name", "weekly"}, labels, v.to("/focus-areas/%d", focus))
	c.Keep = v.to("/ledger")
	return v.ledger(http.StatusConflict, fields(), c)
}

func (v *visit) logFocus() error {
	focus, err := number[work.FocusAreaID](v, "focus")
	if err != nil {
		return err
	}
	f, err := v.form()
	if err != nil {
		return err
	}
	minutes, err := readEffort(f, "time")
	if err == nil {
		_, err = do(v, workspaces.LogFocus, workspaces.FocusTime{Focus: focus, Minutes: minutes})
	}
	return v.act(v.to("/ledger"), err, "%s recorded.", hoursWords(minutes))
}

// A promise as the page says it.
type promiseWords struct{ Title, Sentence string }

var promises = map[string]promiseWords{
	"less_overload":          {"Less overload", "Hours others took off you, less what handing over cost you."},
	"space_for_what_matters": {"Space for what matters", "What the freed hours went to, as you recorded it."},
	"people_who_grow":        {"People who grow", "Steps to more authority, and first times."},
	"work_done_well":         {"Work done well", "How much of what fell due came in time."},
	"trust":                  {"Trust", "How many decisions needed no approval."},
}

// amount says a promise's value with its unit; nothing counted is no number.
func amount(p work.Promise) string {
	if p.Unit == "percent" && p.Of == 0 {
		return "Nothing yet"
	}
	return valueWords(p.Value, p.Unit)
}

// A count is one number a promise is made of.
type count struct {
	Words string
	N     int
}

// counts are the events a promise is made of, those that happened first.
func counts(p work.Promise) []count {
	var out []count
	for name, n := range p.Counts {
		out = append(out, count{capital(happened(work.EventKind(name))), n})
	}
	slices.SortFunc(out, func(a, b count) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Words, b.Words)) })
	return out
}

// amountWords name what stands beside a promise.
var amountWords = map[string]string{
	"handed_off": "handed off", "briefing": "briefing", "check_ins": "reading updates", "support": "support and feedback", "review": "looking at deliveries",
	"capacity": "your capacity", "planned": "planned now", "done": "done by yourself", "price_agreed": "agreed prices", "spent_by_decision": "spent by decision",
	"freed": "freed by handing over", "own_hours": "your own hours in it, at your price of an hour", "cost": "what it cost, your hours included", "worth": "what the freed hours are worth to you",
	"week_full": "how full your weeks were", "went_to_what_matters": "how much went to what matters",
}

// beside are the amounts of a promise that are there, in words.
func (v *visit) beside(p work.Promise) []fact {
	var out []fact
	for _, a := range p.Amounts {
		if a.Value == 0 {
			continue
		}
		says := valueWords(a.Value, "hours")
		switch a.Unit {
		case ofFive:
			says = valueWords(a.Value, a.Unit) + " on average"
		case "money":
			says = work.Money(a.Value).Format(v.place.Workspace.Currency)
		case "hours a week":
			says += " a week"
		}
		out = append(out, fact{capital(amountWords[a.Name]), says})
	}
	for _, f := range p.Focus {
		out = append(out, fact{f.Name, valueWords(f.Value, "hours")})
	}
	return out
}

// A fact is an amount in words.
type fact struct{ Name, Says string }

// inNumber are what the numbers that are no hours are computed from, as
// docs/states.md has it. What else a promise counts stands beside its number.
var inNumber = map[string][]string{
	work.Growth:   {"levels_up", "first_times"},
	work.DoneWell: {"on_time", "late"},
	work.Trust: {
		string(work.DecisionMade), string(work.WentAhead), string(work.DecisionApproved), string(work.DecisionChanged), string(work.DecisionDenied),
	},
}

// beside reports whether something is counted beside a promise's number, and
// not in it.
func (b breakdown) beside(e history.Source) bool {
	if in, ok := inNumber[b.Name]; ok {
		return !slices.ContainsFunc(in, func(name string) bool { return slices.Contains(e.Counts, name) })
	}
	return e.Minutes == 0
}

// countedAs says what something counts as beside what it is, and for whom it is
// a step.
func countedAs(e history.Source) string {
	var out []string
	for _, name := range e.Counts {
		switch name {
		case string(e.Kind), "focus_entries", "pulses":
		case "first_times":
			out = append(out, "the first work of "+e.With+" that you accepted")
		case "levels_up", "levels_down":
			out = append(out, happened(work.EventKind(name))+" for "+e.With)
		default:
			out = append(out, happened(work.EventKind(name)))
		}
	}
	return capital(strings.Join(out, ", "))
}

// sourceWords names what was counted. What ended by a step of the giver's was
// recalled.
func sourceWords(e history.Source) string {
	if e.Kind == work.EndedNow && slices.Contains(e.Counts, "interventions") {
		return "Recalled"
	}
	return capital(happened(e.Kind))
}

// addsWords says what something adds to the hours, or takes from them.
func addsWords(m work.Minutes) string {
	if m < 0 {
		return "−" + hoursWords(-m)
	}
	return "+" + hoursWords(m)
}

var periodOptions = []option{{"", "By itself"}, {"week", "By week"}, {"quarter", "By quarter"}}

var spanOptions = []option{{"28", "Last 4 weeks"}, {"91", "Last 13 weeks"}, {"365", "Last year"}, {"3660", "All of it"}}

// A went is where freed hours went over time: a row for each period in which
// some were freed or recorded, the newest first.
type went struct {
	Areas []string
	Rows  []wentRow
}

// A wentRow says a period's hours: freed, by focus area, and the rest.
type wentRow struct {
	When string
	Says []string
}

func (b *accountBook) went(zone string) went {
	var out went
	var ids []work.FocusAreaID
	for _, p := range b.Ledger.Promises {
		for _, f := range p.Focus {
			out.Areas, ids = append(out.Areas, f.Name), append(ids, f.Focus)
		}
	}
	if len(ids) == 0 {
		return out
	}
	for _, p := range slices.Backward(b.Ledger.Periods) {
		freed, given := p.FreedHours()
		if freed == 0 && given == 0 {
			continue
		}
		row := wentRow{When: periodWords(p, zone), Says: []string{valueWords(freed, "hours")}}
		for _, id := range ids {
			says := "–"
			for _, f := range p.Focus {
				if f.Focus == id {
					says = valueWords(f.Value, "hours")
				}
			}
			row.Says = append(row.Says, says)
		}
		rest := "–"
		if left := math.Round(10*(freed-given)) / 10; left > 0 {
			rest = valueWords(left, "hours")
		}
		out.Rows = append(out.Rows, wentRow{row.When, append(row.Says, rest)})
	}
	return out
}
