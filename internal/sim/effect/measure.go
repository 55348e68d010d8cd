package effect

import (
	"cmp"
	"math"
	"slices"
)

// The measures, as the contract names them.
const (
	NetHours    = "net_hours_per_week"
	Quality     = "quality"
	SkillGrowth = "skill_growth"
	LoadGini    = "load_gini"
	Overload    = "overload_weeks"
)

// Measures lists them in the order tables show them.
var Measures = []string{NetHours, Quality, SkillGrowth, LoadGini, Overload}

// A tally adds up what the measures need.
type tally struct {
	freed, spent float64 // hours of leaders'
	due, good    float64 // hours of work that fell due, and the same times its quality
	grown        float64 // levels
	personWeeks  float64 // of the people, without the leaders
	staffWeeks   float64 // leaders included
	over         float64 // staff-weeks above capacity
	gini         float64 // summed over weeks
	weeks        float64
}

// week takes in how the loads stand at the end of a week.
func (t *tally) week(w *world) {
	var loads []float64
	take := func(p *person) {
		loads = append(loads, p.hours/p.capacity)
		t.staffWeeks++
		if p.hours > p.capacity {
			t.over++
		}
	}
	for _, l := range w.leaders {
		take(&l.person)
	}
	for _, p := range w.people {
		if !p.present {
			continue
		}
		t.personWeeks++
		if w.week >= p.away {
			take(p)
		}
	}
	t.gini += gini(loads)
	t.weeks++
}

// gini is the Gini coefficient of loads: 0 when all carry the same, near 1
// when one carries everything.
func gini(loads []float64) float64 {
	sorted := slices.Sorted(slices.Values(loads))
	sum, ranked := 0.0, 0.0
	for i, v := range sorted {
		sum += v
		ranked += float64(i+1) * v
	}
	n := float64(len(sorted))
	if sum == 0 {
		return 0
	}
	return 2*ranked/(n*sum) - (n+1)/n
}

// measures are those of one run.
func (t tally) measures(leaders int) map[string]float64 {
	return map[string]float64{
		NetHours:    ratio(t.freed-t.spent, t.weeks*float64(leaders)),
		Quality:     ratio(t.good, t.due),
		SkillGrowth: ratio(t.grown, t.personWeeks/weeksAYear),
		LoadGini:    ratio(t.gini, t.weeks),
		Overload:    ratio(t.over, t.staffWeeks/weeksAYear),
	}
}

const weeksAYear = 52

func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

// An Estimate is a mean over seeds with its 95 % interval.
type Estimate struct {
	Mean float64 `json:"mean"`
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// estimate is the mean of values with the interval of Student's t for n-1
// degrees of freedom. One value has no interval: low and high are the mean.
func estimate(values []float64) Estimate {
	n := float64(len(values))
	mean, square := 0.0, 0.0
	for _, v := range values {
		mean += v / n
	}
	if len(values) < 2 {
		return Estimate{mean, mean, mean}
	}
	for _, v := range values {
		square += (v - mean) * (v - mean)
	}
	half := student(len(values)-1) * math.Sqrt(square/(n-1)/n)
	return Estimate{mean, mean - half, mean + half}
}

// quantiles are the 97.5 % quantiles of Student's t, by degrees of freedom.
var quantiles = []struct {
	freedom int
	t       float64
}{
	{1, 12.706},
	{2, 4.303},
	{3, 3.182},
	{4, 2.776},
	{5, 2.571},
	{6, 2.447},
	{7, 2.365},
	{8, 2.306},
	{9, 2.262},
	{10, 2.228},
	{11, 2.201},
	{12, 2.179},
	{13, 2.160},
	{14, 2.145},
	{15, 2.131},
	{16, 2.120},
	{17, 2.110},
	{18, 2.101},
	{19, 2.093},
	{20, 2.086},
	{21, 2.080},
	{22, 2.074},
	{23, 2.069},
	{24, 2.064},
	{25, 2.060},
	{26, 2.056},
	{27, 2.052},
	{28, 2.048},
	{29, 2.045},
	{30, 2.042},
	{40, 2.021},
	{60, 2.000},
	{120, 1.980},
}

// student is the 97.5 % quantile for so many degrees of freedom: that of the
// next fewer in the table, which is never too narrow.
func student(freedom int) float64 {
	at, found := slices.BinarySearchFunc(quantiles, freedom, func(q struct {
		freedom int
		t       float64
	}, f int,
	) int {
		return cmp.Compare(q.freedom, f)
	})
	if !found {
		at--
	}
	return quantiles[at].t
}
