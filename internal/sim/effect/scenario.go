package effect

import (
	"slices"
)

// A Scenario describes a team before anything happens. docs/effect.md has the
// format; hours are hours a week unless said, skills go from 1 to 5.
type Scenario struct {
	Name     string   `json:"name"`
	About    string   `json:"about"`
	Kind     string   `json:"kind"`                   // team, practice or household; team unless said
	Turnover float64  `json:"turnover_per_year"`      // share of the people who leave within a year
	Absence  float64  `json:"absence_weeks_per_year"` // of one person, holidays included
	Leaders  []Leader `json:"leaders"`
	People   []Group  `json:"people"`
}

// A Leader has a plate to let go of.
type Leader struct {
	Name     string             `json:"name"`
	Capacity *float64           `json:"capacity_hours"` // 40 unless said
	Clarity  *float64           `json:"clarity"`        // how clearly they say what they want, 0 to 1; 0.5 unless said
	Skills   map[string]float64 `json:"skills"`         // by field; 4 unless said
	Streams  []Stream           `json:"streams"`
	OneOffs  *OneOffs           `json:"one_offs"`
}

// A Stream is recurring work.
type Stream struct {
	Title      string  `json:"title"`
	Field      string  `json:"field"`
	Hours      float64 `json:"hours"`       // of one turn, for somebody whose skill equals the difficulty
	Every      *int    `json:"every_weeks"` // 1 unless said
	Difficulty float64 `json:"difficulty"`  // the skill that does it well, 1 to 5
	Judgement  int     `json:"judgement"`   // how much of it is decisions: 0 none … 3 only the leader can
	Matters    *int    `json:"matters"`     // 0 to 3; 1 unless said
	Energy     int     `json:"energy"`      // what it does to the leader, -2 to 2
}

// OneOffs arrive at random and are due within weeks.
type OneOffs struct {
	PerWeek    float64    `json:"per_week"`
	Titles     []string   `json:"titles"`
	Fields     []string   `json:"fields"`     // as many as titles
	Hours      [2]float64 `json:"hours"`      // from, to
	Difficulty [2]float64 `json:"difficulty"` // from, to
	Judgement  [2]int     `json:"judgement"`  // from, to
}

// A Group is people of one sort: each differs by chance.
type Group struct {
	Name     string             `json:"name"`
	Count    *int               `json:"count"`          // 1 unless said
	Kind     string             `json:"kind"`           // teammate, provider or family; teammate unless said
	Capacity *float64           `json:"capacity_hours"` // 40 unless said
	Own      float64            `json:"own_hours"`      // of their own work
	Skills   map[string]float64 `json:"skills"`         // by field; what is not named is at 1
	Spread   *float64           `json:"spread"`         // standard deviation of skills within the group; 0.5 unless said
	Learns   *float64           `json:"learns"`         // how fast, beside others; 1 unless said
	Wants    []string           `json:"wants"`          // fields they would like to grow in
	HourCost float64            `json:"hour_cost"`      // in the workspace's money
}

// or returns what was said, or what stands in for it.
func or[T any](said *T, unless T) T {
	if said == nil {
		return unless
	}
	return *said
}

// fields lists every field of work a scenario speaks of, sorted.
func (s *Scenario) fields() []string {
	var all []string
	add := func(m map[string]float64) {
		for f := range m {
			all = append(all, f)
		}
	}
	for i := range s.Leaders {
		l := &s.Leaders[i]
		add(l.Skills)
		for _, st := range l.Streams {
			all = append(all, st.Field)
		}
		if l.OneOffs != nil {
			all = append(all, l.OneOffs.Fields...)
		}
	}
	for i := range s.People {
		add(s.People[i].Skills)
		all = append(all, s.People[i].Wants...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
