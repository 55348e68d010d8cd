package cli

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"baton/internal/app"
	"baton/internal/app/decisionareas"
	"baton/internal/app/delegations"
	"baton/internal/app/history"
	"baton/internal/app/tasks"
	"baton/internal/app/workspaces"
	"baton/internal/ical"
	"baton/internal/store"
	"baton/internal/work"
)

type waitingCmd struct{}

// Run lists what waits.
func (c *waitingCmd) Run(s *session) error {
	return show(s, http.MethodGet, "waiting", nil, nil, func(l delegations.WaitingList) {
		s.printf("Waiting for you: %d\n", len(l.Mine))
		s.printWaiting(l.Mine)
		s.printf("You wait for: %d\n", l.TheirsCount)
		s.printWaiting(l.Theirs)
		s.printDueVotes()
		s.printOwnDue()
	})
}

// printOwnDue lists what of the actor's own plate is late or falls due within
// a week.
func (s *session) printOwnDue() {
	for _, part := range []struct{ name, due string }{{"Late on your plate", tasks.Late}, {"Due within a week on your plate", tasks.Soon}} {
		var l app.List[tasks.Task]
		if err := s.call(http.MethodGet, "tasks", url.Values{"due": {part.due}}, nil, &l); err != nil || len(l.Items) == 0 {
			continue // a guest has no plate
		}
		s.printf("%s: %d\n", part.name, l.Count)
		s.printDue(l)
	}
}

// printDueVotes lists the votes that are the actor's to say or to settle.
func (s *session) printDueVotes() {
	var going app.List[decisionareas.Vote]
	if err := s.call(http.MethodGet, "votes", goingVotes(true), nil, &going); err != nil {
		return // a guest has none
	}
	for i := range going.Items {
		if v := &going.Items[i]; v.Due {
			s.printf("Your vote on %s, for %s: %s [%d]\n", v.Title, v.Person.Name, voteStands(v), v.ID)
		}
	}
}

func (s *session) printWaiting(items []delegations.WaitingItem) {
	for _, it := range delegations.Fold(items, len(items)) {
		holder := it.Holder.Name + " is"
		if it.Mine {
			holder = "you are"
		}
		more := ""
		if it.More > 0 {
			more = fmt.Sprintf(", and %d more", it.More)
		}
		s.printf("  %s: %s to %s%s%s (%s, by %s) [%d]%s\n", it.Title, holder, it.Asks, more, standsIn(it.For), age(it.AgeDays), s.day(it.AnswerBy), it.ID, pausedWords(&it.Item))
	}
}

func age(days int) string {
	switch days {
	case 0:
		return "today"
	case 1:
		return "1 day"
	}
	return fmt.Sprintf("%d days", days)
}

type delegationCmd struct {
	Delegation string `arg:"" optional:"" help:"Number, or the task's title; without one, list them."`
	Given      bool   `help:"Only what you handed out."`
	Received   bool   `help:"Only what you carry for others."`
	All        bool   `help:"Also drafts and what ended."`
	History    bool   `help:"Of one: everything that happened, decisions and looks back."`
}

// Run shows one delegation or lists them.
func (c *delegationCmd) Run(s *session) error {
	if c.Delegation != "" {
		id, err := s.delegation(c.Delegation, "")
		if err != nil {
			return err
		}
		return c.one(s, id)
	}
	q := url.Values{}
	switch {
	case c.Given:
		q.Set("side", "given")
	case c.Received:
		q.Set("side", "received")
	}
	if !c.All {
		q.Set("going", "true")
	}
	return list(s, "delegations", q, func(all []delegations.Delegation) {
		for _, d := range all {
			s.printDelegation(d)
		}
		if len(all) == 0 {
			s.printf("Nothing is handed out.\n")
		}
	})
}

// one shows a delegation whole, or all that happened to it.
func (c *delegationCmd) one(s *session, id int64) error {
	path := fmt.Sprintf("delegations/%d", id)
	if c.History {
		return show(s, http.MethodGet, path+"/history", nil, nil, s.printTimeline)
	}
	return show(s, http.MethodGet, path, nil, nil, func(d delegations.Delegation) {
		s.printDelegation(d)
		s.printTerms(d)
		var t delegations.Timeline
		if err := s.get(path+"/history", &t); err == nil {
			for _, b := range t.Below {
				s.printf("     Handed on: %d %s to %s (%s), level %d\n", b.ID, b.Giver.Name, b.Receiver.Name, b.State, b.Terms.Authority.Level)
			}
		}
		moves := make([]string, 0, len(d.Moves))
		for _, m := range d.Moves {
			if words := commandOf(m.Move); !slices.Contains(moves, words) {
				moves = append(moves, words)
			}
		}
		if p := d.Path; p != nil {
			s.printf("     Path: level %d after %d good rounds; %d of %d so far\n", p.Level, p.Rounds, p.Good, p.Rounds)
		}
		for _, q := range d.Coaching {
			s.printf("     Hand it back: “%s”\n", q)
		}
		if len(moves) > 0 {
			s.printf("     You can: %s\n", strings.Join(moves, ", "))
		}
	})
}

type historyCmd struct {
	Task       *string `help:"Of a task." placeholder:"TASK"`
	Delegation *string `help:"Of a delegation." placeholder:"DELEGATION"`
	Person     *string `help:"Of a person." placeholder:"PERSON"`
	Limit      int     `help:"At most this many." default:"50"`
}

// Run lists events.
func (c *historyCmd) Run(s *session) error {
	q := limited(c.Limit)
	for _, f := range []struct {
		name  string
		typed *string
		find  func(string) (int64, error)
	}{{"task", c.Task, s.task}, {"delegation", c.Delegation, func(typed string) (int64, error) { return s.delegation(typed, "") }}, {"person", c.Person, s.person}} {
		if f.typed == nil {
			continue
		}
		id, err := f.find(*f.typed)
		if err != nil {
			return err
		}
		q.Set(f.name, fmt.Sprint(id))
	}
	return list(s, "history", q, func(all []history.Event) {
		if len(all) == 0 {
			s.printf("Nothing happened yet.\n")
		}
		s.nameZone(len(all) > 0)
		for _, e := range all {
			who := e.By
			if who == "" {
				who = "time"
			}
			s.printf("%s  %s%s  %s  %s\n", s.local(e.At).Format("2006-01-02 15:04"), who, after(" for ", e.For), plain(string(e.Kind)), eventWords(e.Detail))
		}
	})
}

// local is a moment by the clock of the workspace, as its pages show it,
// wherever the machine stands. Every moment a command prints goes through it.
func (s *session) local(t time.Time) time.Time { return t.In(s.zone()) }

// zone is where the workspace counts its days. Who may not ask, a guest, reads
// the machine's clock.
func (s *session) zone() *time.Location {
	if s.place == nil {
		var v workspaces.Setting
		if s.get("settings", &v) != nil {
			v.Zone = localZone(s.World)
		}
		s.place = ical.Location(v.Zone)
	}
	return s.place
}

// nameZone names the zone once above times that follow.
func (s *session) nameZone(follow bool) {
	if follow {
		s.printf("Times in %s.\n", s.zone())
	}
}

type ledgerCmd struct {
	Days    int    `help:"The last so many days." default:"91"`
	Every   *int   `help:"Also over time, in periods of so many days." placeholder:"DAYS" xor:"periods"`
	By      string `help:"Also over time, by the weeks or quarters of the calendar: week or quarter." placeholder:"PERIOD" enum:"week,quarter" xor:"periods"`
	Sources string `help:"What a promise is made of: less_overload, space_for_what_matters, people_who_grow, work_done_well, trust." placeholder:"PROMISE"`
}

// Run shows the five promises, or what one is made of.
func (c *ledgerCmd) Run(s *session) error {
	q := url.Values{"days": {fmt.Sprint(c.Days)}}
	if c.Sources != "" {
		q.Set("promise", strings.ReplaceAll(c.Sources, " ", "_"))
		return list(s, "ledger/sources", q, s.sources)
	}
	if c.Every != nil {
		if *c.Every < 1 {
			return usageError{errors.New("--every is a whole number of days from 1 on")}
		}
		q.Set("every", fmt.Sprint(*c.Every))
	}
	if c.By != "" {
		q.Set("by", c.By)
	}
	return show(s, http.MethodGet, "ledger", q, nil, func(l work.Ledger) {
		for _, p := range l.Promises {
			s.printPromise(p, l.Currency)
		}
		s.periods(l)
		if len(l.Periods) == 0 {
			s.printf("What a number is made of: baton ledger --sources %s. Over time: baton ledger --by week.\n", l.Promises[0].Name)
		}
	})
}

// printPromise prints a promise's number, what it is made of and what was
// counted for it.
func (s *session) printPromise(p work.Promise, currency string) {
	s.printf("%-24s %s\n%25s%s\n", plain(p.Name), promiseValue(p), "", p.Formula)
	for _, a := range p.Amounts {
		switch {
		case a.Value == 0:
		case a.Unit == "money":
			s.printf("%25s%s %s\n", "", amountName(a.Name), work.Money(a.Value).Format(currency))
		default:
			s.printf("%25s%s %.1f %s\n", "", amountName(a.Name), a.Value, a.Unit)
		}
	}
	for _, f := range p.Focus {
		s.printf("%25s%.1f hours: %s\n", "", f.Value, f.Name)
	}
	var counted []string
	for _, name := range slices.Sorted(maps.Keys(p.Counts)) {
		if n := p.Counts[name]; n != 0 {
			counted = append(counted, fmt.Sprintf("%s %d", plain(name), n))
		}
	}
	if len(counted) > 0 {
		s.printf("%25scounted: %s\n", "", strings.Join(counted, ", "))
	}
}

// promiseValue says a promise's number, wide enough that several stand below
// each other; a share of nothing has none.
func promiseValue(p work.Promise) string {
	if p.Unit == "percent" && p.Of == 0 {
		return "nothing to count yet"
	}
	return fmt.Sprintf("%8.1f %s", p.Value, p.Unit)
}

// amountName is what an amount is called.
func amountName(name string) string {
	if name == "check_ins" {
		return "check-ins"
	}
	return plain(name)
}

// sources prints what a promise is made of, a line each.
func (s *session) sources(all []history.Source) {
	if len(all) == 0 {
		s.printf("Nothing was counted in that time.\n")
	}
	s.nameZone(len(all) > 0)
	for _, e := range all {
		hours := ""
		if e.Minutes != 0 {
			hours = "  " + signed(e.Minutes)
		}
		s.printf("%s  %s  %s%s%s\n", s.local(e.At).Format("2006-01-02 15:04"), plain(string(e.Kind)), e.Title, hours, countedAs(e))
	}
}

// signed says minutes that add to the hours, or cost some.
func signed(m work.Minutes) string {
	if m < 0 {
		return "−" + work.HoursWords(-m)
	}
	return "+" + work.HoursWords(m)
}

// countedAs says what an event counts as beside itself.
func countedAs(e history.Source) string {
	var out []string
	for _, name := range e.Counts {
		if name != string(e.Kind) {
			out = append(out, plain(name))
		}
	}
	return after("  as ", strings.Join(out, ", "))
}

// periods prints the promises over time, a line each period.
func (s *session) periods(l work.Ledger) {
	s.nameZone(len(l.Periods) > 0)
	for _, p := range l.Periods {
		s.printf("%s", s.local(p.From).Format("2006-01-02"))
		for _, promise := range l.Promises {
			value := "–"
			if v := p.Values[promise.Name]; v != nil {
				value = fmt.Sprintf("%.1f", *v)
			}
			s.printf("  %s %s", strings.ReplaceAll(promise.Name, "_", " "), value)
		}
		s.printf("\n")
		if freed, given := p.FreedHours(); freed != 0 || given != 0 {
			s.printf("%12s%.1f hours freed, %.1f to what matters", "", freed, given)
			for _, f := range p.Focus {
				s.printf("; %.1f to %s", f.Value, f.Name)
			}
			s.printf("\n")
		}
	}
}

type undoCmd struct {
	Number int64 `arg:"" optional:"" help:"The event to take back; your latest change unless said."`
}

// Run takes a change back.
func (c *undoCmd) Run(s *session) error {
	in := history.UndoWhat{Number: work.EventNumber(c.Number)}
	return show(s, http.MethodPost, "undo", nil, in, func(u history.Undone) { s.printf("%s\n", u.Words) })
}

type signinCmd struct {
	Email string `arg:"" optional:"" help:"The member's mail address; the first owner unless said."`
	URL   string `help:"Where the server is reached." default:"http://localhost:8470" env:"BATON_URL" placeholder:"URL"`
}

// Run prints a one-time sign-in link. In a database without a workspace it
// makes none: that one begins with the link that serve prints.
func (c *signinCmd) Run(s *session) error {
	if s.Server != "" {
		return work.Errorf(work.Invalid, "Sign-in links are made where the database is; leave --server out.")
	}
	address, err := outside(c.URL, "")
	if err != nil {
		return err
	}
	a, err := s.open(store.Options{})
	if err != nil {
		return err
	}
	a.URL = address
	email := cmp.Or(c.Email, s.As)
	link, err := workspaces.SignInLink(s.ctx, a, email)
	if work.KindOf(err) == work.NotFound && email == "" {
		return work.Errorf(work.NotFound, "There is no workspace in this database yet; baton serve prints the link that makes the first one.")
	}
	if err != nil {
		return err
	}
	if s.JSON {
		return s.json(map[string]string{"url": link})
	}
	s.printf("%s\nIt signs in once, within a day.\n", link)
	return nil
}

// Release is the version of a release build, set by the linker.
var Release = ""

type versionCmd struct{}

// Run prints the version.
func (c *versionCmd) Run(s *session) error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return errors.New("the program does not know its build")
	}
	version, revision := Release, ""
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" {
			revision = setting.Value[:min(12, len(setting.Value))]
		}
	}
	if version == "" {
		version = "development"
	}
	if s.JSON {
		return s.json(map[string]string{"version": version, "revision": revision, "go": info.GoVersion})
	}
	if revision != "" {
		version += " " + revision
	}
	s.printf("baton %s (%s)\n", version, info.GoVersion)
	return nil
}
