package web

import (
	"slices"
	"strconv"
	"time"

	"baton/internal/app"
	"baton/internal/app/pulse"
	"baton/internal/ical"
	"baton/internal/work"
)

// pulsePages registers the answers to the two questions of the week.
func (s *server) pulsePages() { s.member("POST /pulse", (*visit).givePulse) }

// A pulseQuestion is one of the two, with what its lowest and highest answer
// stand for.
type pulseQuestion struct{ Name, Question, Low, High string }

var pulseQuestions = []pulseQuestion{
	{"full", pulse.FullQuestion, "had room", "far too full"},
	{"matters", pulse.MattersQuestion, "hardly any", "most"},
}

// said is what was answered to a question, 0 for nothing.
func (q pulseQuestion) said(p pulse.Pulse) int {
	if q.Name == "full" {
		return p.Full
	}
	return p.Matters
}

// label is what an answer is called to those who do not see where it stands.
func (q pulseQuestion) label(n int) string {
	switch n {
	case 1:
		return "1, " + q.Low
	case 5:
		return "5, " + q.High
	}
	return strconv.Itoa(n)
}

// weekAbout says which week a pulse is about.
func weekAbout(p pulse.Pulse, today ical.Date) string {
	if ical.DaysBetween(p.Week, today) < 7 {
		return "This week"
	}
	return "The week that ended yesterday"
}

func (v *visit) givePulse() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	var in pulse.Answer
	in.Full, _ = strconv.Atoi(f.Get("full"))
	in.Matters, _ = strconv.Atoi(f.Get("matters"))
	in.Later = f.Has("later")
	now, err := do(v, pulse.Give, in)
	done := "Kept. Only you see it."
	if in.Later {
		done = "Not today, then."
	}
	if err == nil && now.Asked { // the other question stands where the button was
		return v.leave(v.back(v.to("/today"))+"#pulse", toast{})
	}
	return v.act(v.to("/today"), err, "%s", done)
}

// A weekSense is what the Ledger shows of the pulse.
type weekSense struct {
	Now    pulse.Current
	Charts []chart
}

// weekSense loads the pulse and draws the newest weeks of it.
func (v *visit) weekSense(days int) (weekSense, error) {
	var out weekSense
	var err error
	if out.Now, err = do(v, pulse.Show, app.None{}); err != nil {
		return out, err
	}
	all, err := do(v, pulse.List, app.Whole)
	if err != nil {
		return out, err
	}
	since := v.today().AddDays(-days)
	all.Items = slices.DeleteFunc(all.Items, func(p pulse.Pulse) bool { return p.Week.Compare(since) < 0 })
	for _, q := range pulseQuestions {
		if c := drawn(q.Name, q.Question, ofFive, pulsePeriods(all.Items, q, v.zone()), v.place.Workspace.Zone); len(c.Bars) > 0 {
			out.Charts = append(out.Charts, c)
		}
	}
	return out, nil
}

// pulsePeriods are the weeks from the first answer to the last; one without an
// answer has no value.
func pulsePeriods(all []pulse.Pulse, q pulseQuestion, zone *time.Location) []work.Period {
	said := map[ical.Date]int{}
	var weeks []ical.Date
	for _, p := range all {
		if n := q.said(p); n > 0 {
			said[p.Week] = n
			weeks = append(weeks, p.Week)
		}
	}
	if len(weeks) == 0 {
		return nil
	}
	var out []work.Period
	for week, last := weeks[0], weeks[len(weeks)-1]; week.Compare(last) <= 0; week = week.AddDays(7) {
		one := work.Period{From: week.In(zone), To: week.AddDays(7).In(zone), Values: map[string]*float64{}}
		if n := float64(said[week]); n > 0 {
			one.Values[q.Name] = &n
		}
		out = append(out, one)
	}
	return out
}

// ofFive is the unit of an answer.
const ofFive = "of 5"
