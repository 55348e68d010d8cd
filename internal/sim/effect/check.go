package effect

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"baton/internal/app/workspaces"
	"baton/internal/work"
)

// How large a scenario may be: beyond it a run takes longer than anybody
// waits.
const (
	mostLeaders = 20
	mostPeople  = 200
	mostStreams = 200
)

// check reports the first thing that is impossible in a scenario.
func (s *Scenario) check() error {
	if s.Kind == "" {
		s.Kind = "team"
	}
	switch {
	case strings.TrimSpace(s.Name) == "":
		return work.FieldError("name", "A scenario needs a name.")
	case !slices.Contains(workspaces.Kinds, s.Kind):
		return work.FieldError("kind", "kind is team, practice or household, not %q.", s.Kind)
	case len(s.Leaders) == 0 || len(s.Leaders) > mostLeaders:
		return work.FieldError("leaders", "A scenario has 1 to %d leaders; this one has %d.", mostLeaders, len(s.Leaders))
	}
	if err := first(
		within("turnover_per_year", s.Turnover, 0, 3),
		within("absence_weeks_per_year", s.Absence, 0, 26),
	); err != nil {
		return err
	}
	for i := range s.Leaders {
		if err := s.Leaders[i].check(fmt.Sprintf("leaders[%d]", i)); err != nil {
			return err
		}
	}
	people := 0
	for i := range s.People {
		if err := s.People[i].check(fmt.Sprintf("people[%d]", i)); err != nil {
			return err
		}
		people += or(s.People[i].Count, 1)
	}
	if people > mostPeople {
		return work.FieldError("people", "A scenario has at most %d people; this one has %d.", mostPeople, people)
	}
	return nil
}

func (l *Leader) check(at string) error {
	switch {
	case strings.TrimSpace(l.Name) == "":
		return work.FieldError(at+".name", "%s needs a name.", at)
	case len(l.Streams) > mostStreams:
		return work.FieldError(at+".streams", "%s has %d streams; %d are the most.", at, len(l.Streams), mostStreams)
	}
	if err := first(
		within(at+".capacity_hours", or(l.Capacity, 40), 1, 100),
		within(at+".clarity", or(l.Clarity, 0.5), 0, 1),
		skilled(at, l.Skills),
	); err != nil {
		return err
	}
	for i := range l.Streams {
		if err := l.Streams[i].check(fmt.Sprintf("%s.streams[%d]", at, i)); err != nil {
			return err
		}
	}
	if l.OneOffs != nil {
		return l.OneOffs.check(at + ".one_offs")
	}
	return nil
}

func (st *Stream) check(at string) error {
	return first(
		titled(at+".title", st.Title),
		titled(at+".field", st.Field),
		within(at+".hours", st.Hours, 0.05, 80),
		within(at+".every_weeks", float64(or(st.Every, 1)), 1, 52),
		within(at+".difficulty", st.Difficulty, 1, 5),
		within(at+".judgement", float64(st.Judgement), 0, 3),
		within(at+".matters", float64(or(st.Matters, 1)), 0, 3),
		within(at+".energy", float64(st.Energy), -2, 2),
	)
}

func (o *OneOffs) check(at string) error {
	switch {
	case o.PerWeek > 0 && len(o.Titles) == 0:
		return work.FieldError(at+".titles", "%s.titles needs at least one title.", at)
	case len(o.Titles) != len(o.Fields):
		return work.FieldError(at+".fields", "%s has %d titles and %d fields; each title has its field.", at, len(o.Titles), len(o.Fields))
	}
	err := first(
		within(at+".per_week", o.PerWeek, 0, 20),
		fromTo(at+".hours", o.Hours[0], o.Hours[1], 0.05, 80),
		fromTo(at+".difficulty", o.Difficulty[0], o.Difficulty[1], 1, 5),
		fromTo(at+".judgement", float64(o.Judgement[0]), float64(o.Judgement[1]), 0, 3),
	)
	for i := range o.Titles {
		err = first(err, titled(fmt.Sprintf("%s.titles[%d]", at, i), o.Titles[i]), titled(fmt.Sprintf("%s.fields[%d]", at, i), o.Fields[i]))
	}
	return err
}

func (g *Group) check(at string) error {
	if g.Kind == "" {
		g.Kind = string(work.Teammate)
	}
	if !slices.Contains([]work.PersonKind{work.Teammate, work.Provider, work.Family}, work.PersonKind(g.Kind)) {
		return work.FieldError(at+".kind", "%s.kind is teammate, provider or family, not %q.", at, g.Kind)
	}
	err := first(
		titled(at+".name", g.Name),
		within(at+".count", float64(or(g.Count, 1)), 0, mostPeople),
		within(at+".capacity_hours", or(g.Capacity, 40), 1, 100),
		within(at+".own_hours", g.Own, 0, 100),
		within(at+".spread", or(g.Spread, 0.5), 0, 2),
		within(at+".learns", or(g.Learns, 1), 0, 5),
		within(at+".hour_cost", g.HourCost, 0, 10_000),
		skilled(at, g.Skills),
	)
	for i, w := range g.Wants {
		err = first(err, titled(fmt.Sprintf("%s.wants[%d]", at, i), w))
	}
	return err
}

// first is the first error of several, or none.
func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func within(field string, v, low, high float64) error {
	if v >= low && v <= high { // false for what is no number
		return nil
	}
	return work.FieldError(field, "%s is %s; it goes from %s to %s.", field, plain(v), plain(low), plain(high))
}

func fromTo(field string, from, to, low, high float64) error {
	if from > to {
		return work.FieldError(field, "%s goes from %s down to %s; write the smaller one first.", field, plain(from), plain(to))
	}
	return first(within(field, from, low, high), within(field, to, low, high))
}

func plain(v float64) string { return fmt.Sprintf("%g", math.Round(v*1000)/1000) }

func titled(field, text string) error {
	switch text = strings.TrimSpace(text); {
	case text == "":
		return work.FieldError(field, "%s is empty; say what it is.", field)
	case len(text) > 200:
		return work.FieldError(field, "%s has %d characters; 200 are the most.", field, len(text))
	}
	return nil
}

// skilled checks skills in the order of their names, so that the same file
// gets the same answer.
func skilled(at string, skills map[string]float64) error {
	for _, f := range slices.Sorted(maps.Keys(skills)) {
		if err := first(titled(at+".skills", f), within(at+".skills."+f, skills[f], 1, 5)); err != nil {
			return err
		}
	}
	return nil
}
