package web

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"baton/internal/app/growth"
	"baton/internal/work"
)

// growthPages registers the growth record, as a page and to take along.
func (s *server) growthPages() {
	s.member("GET /growth", (*visit).growthPage)
	s.member("GET /growth/take/json", (*visit).takeGrowthJSON)
	s.member("GET /growth/take/page", (*visit).takeGrowthPage)
}

// A growthSheet is a growth record as a page shows it.
type growthSheet struct {
	growth.Record
	Away bool // taken along: nothing leads back into the workspace
}

func (v *visit) growthPage() error {
	var ask growth.Ask
	if of, err := strconv.ParseInt(v.r.URL.Query().Get("person"), 10, 64); err == nil {
		ask.Person = work.PersonID(of)
	}
	record, err := do(v, growth.Show, ask)
	if err != nil {
		return err
	}
	section, title := "ledger", "Growth record"
	if !record.Own {
		section, title = "people", "What "+record.Name+" carried for you"
	}
	return v.show(title, section, growthView(v, growthSheet{Record: record}, title))
}

// takeGrowthJSON sends the reader's own record as the API answers it.
func (v *visit) takeGrowthJSON() error {
	record, err := do(v, growth.Show, growth.Ask{})
	if err != nil {
		return err
	}
	body, err := json.MarshalIndent(record, "", "  ")
	if err != nil {
		return fmt.Errorf("take the growth record: %w", err)
	}
	v.w.Header().Set("Content-Type", "application/json")
	v.w.Header().Set("Cache-Control", "no-store")
	v.attach("json")
	_, _ = v.w.Write(body) // the client is gone; there is nobody to tell
	return nil
}

// takeGrowthPage sends the reader's own record as a page that needs nothing
// else: it can be kept, printed and sent.
func (v *visit) takeGrowthPage() error {
	record, err := do(v, growth.Show, growth.Ask{})
	if err != nil {
		return err
	}
	v.attach("html")
	return v.write(200, growthAway(v, growthSheet{Record: record, Away: true}))
}

// attach names the answer as a file to keep.
func (v *visit) attach(ending string) {
	v.w.Header().Set("Content-Disposition", `attachment; filename="growth-`+v.today().String()+`.`+ending+`"`)
}

// going and ended part what was carried.
func (g growthSheet) going() []work.Carried { return g.carried(true) }
func (g growthSheet) ended() []work.Carried { return g.carried(false) }

func (g growthSheet) carried(going bool) []work.Carried {
	var out []work.Carried
	for _, c := range g.Carried {
		if c.Until.IsZero() == going {
			out = append(out, c)
		}
	}
	return out
}

// thanksOf are the words of thanks the person received, or gave.
func (g growthSheet) thanksOf(received bool) []growth.Thanks {
	var out []growth.Thanks
	for _, t := range g.Thanks {
		if t.Received == received {
			out = append(out, t)
		}
	}
	return out
}

// empty reports whether there is nothing in the record yet.
func (g growthSheet) empty() bool { return len(g.Carried)+len(g.Skills)+len(g.Thanks) == 0 }

// recordDay is a day as a record says it, with its year.
func (v *visit) recordDay(t time.Time) string { return t.In(v.zone()).Format("2 January 2006") }

// carriedWords says whose work it was, from when to when, and what came of it.
func (v *visit) carriedWords(c work.Carried) string {
	out := "For " + c.For + ", since " + v.recordDay(c.Since)
	if !c.Until.IsZero() {
		out = fmt.Sprintf("For %s, %s to %s. %s", c.For, v.recordDay(c.Since), v.recordDay(c.Until), outcomeWords[c.Outcome])
	}
	out += "."
	if c.Turns > 0 {
		out += " " + capital(plural(c.Turns, "turn", "turns")) + " done."
	}
	if c.Done > 0 {
		out += " " + work.HoursWords(c.Done) + "."
	}
	if c.Told {
		out += " As " + c.For + " wrote it down."
	}
	return out
}

// howWords say how a decision came to be.
var howWords = map[string]string{
	work.DecidedAlone: "decided", work.AfterNotice: "decided after telling", work.WithAgreement: "proposed and agreed",
}

// levelCounts are how many decisions were made at each level, the most free
// first.
func (g growthSheet) levelCounts() []fact {
	var out []fact
	for l := work.Autonomous; l >= work.Tell; l-- {
		if n := g.ByLevel[l]; n > 0 {
			out = append(out, fact{fmt.Sprintf("At level %d", l), strconv.Itoa(n)})
		}
	}
	return out
}

// inArea names the area of something, where it has one.
func inArea(area string) string {
	if area == "" {
		return ""
	}
	return " in " + area
}

// firstWords say what was done for the first time.
func firstWords(f work.FirstTime) string {
	switch f.What {
	case work.FirstDecision:
		return "The first decision without anybody’s yes"
	case work.FirstStanding:
		return "The first thing carried again and again"
	}
	if f.Area == "" {
		return "The first work that was accepted"
	}
	return "The first work" + inArea(f.Area)
}

// newest are the first times, the newest first.
func newestFirsts(all []work.FirstTime) []work.FirstTime {
	out := slices.Clone(all)
	slices.Reverse(out)
	return out
}
