package effect

import (
	"context"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baton/internal/app"
	"baton/internal/app/promises"
	"baton/internal/work"
)

func named(t testing.TB, name string) *Scenario {
	t.Helper()
	s, err := Named(name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestEveryPolicyKeepsThePromises lets every policy work with the household
// for ten weeks, and the team with most departures for some weeks, and holds
// the promises against each database afterwards.
func TestEveryPolicyKeepsThePromises(t *testing.T) {
	for _, row := range []struct {
		scenario string
		weeks    int
	}{{"household", 10}, {"growing_team", 5}} {
		s := *named(t, row.scenario)
		s.Turnover, s.Absence = 2, 10 // nothing shall be too rare to happen
		checked := make(chan bool, len(Policies))
		r := Run{Scenario: &s, Seeds: 1, Weeks: row.weeks, Check: func(ctx context.Context, a *app.App, ws work.WorkspaceID) error {
			checked <- true
			return promises.Check(ctx, a, ws, a.Now())
		}}
		if _, err := Simulate(t.Context(), r); err != nil {
			t.Errorf("%s: %v", row.scenario, err)
		}
		if len(checked) != len(Policies) {
			t.Errorf("%s: %d databases were checked", row.scenario, len(checked))
		}
	}
}

func TestTheSameSeedsGiveTheSameMeasures(t *testing.T) {
	r := Run{Scenario: named(t, "small_firm"), Seeds: 2, Weeks: 8, Policies: Policies[3:]}
	first, err := Simulate(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	second, err := Simulate(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(first, second); diff != "" {
		t.Error(diff)
	}
	e := first.Policies["most_skilled"][NetHours]
	if e.Low >= e.Mean || e.High <= e.Mean {
		t.Errorf("two seeds are the same world: %+v", e)
	}
}

// TestEveryPolicyHasTheSameWeather compares what reaches the leaders under two
// policies.
func TestEveryPolicyHasTheSameWeather(t *testing.T) {
	weather := func() (out []string) {
		w := newWorld(named(t, "growing_team"), 7)
		for range 30 {
			for i := range w.leaders {
				for _, one := range w.arrivals(i) {
					out = append(out, one.title+strconv.Itoa(one.first))
				}
			}
			w.week++
		}
		return out
	}
	one := weather()
	if diff := cmp.Diff(one, weather()); diff != "" {
		t.Error(diff)
	}
	if n := len(one); n < 40 || n > 95 { // 2.2 a week, for 30 weeks
		t.Errorf("%d single pieces of work arrived", n)
	}
}

func near(a, b float64) bool { return math.Abs(a-b) < 1e-9 }

func TestMeasures(t *testing.T) {
	// Two leaders and three people for 26 weeks: 100 hours freed and 48 spent,
	// 600 hours of work of which 450 were worth something, 6 levels grown.
	of := tally{freed: 100, spent: 48, due: 600, good: 450, grown: 6, personWeeks: 78, staffWeeks: 130, over: 13, gini: 2.6, weeks: 26}.measures(2)
	want := map[string]float64{NetHours: 1, Quality: 0.75, SkillGrowth: 4, LoadGini: 0.1, Overload: 5.2}
	for m, v := range want {
		if !near(of[m], v) {
			t.Errorf("%s is %v, not %v", m, of[m], v)
		}
	}
	if len(of) != len(Measures) || slices.ContainsFunc(Measures, func(m string) bool { _, ok := of[m]; return !ok }) {
		t.Errorf("measures are %v", of)
	}
	for m, v := range (tally{}).measures(1) {
		if v != 0 {
			t.Errorf("of nothing, %s is %v", m, v)
		}
	}
}

func TestGini(t *testing.T) {
	for _, row := range []struct {
		loads []float64
		want  float64
	}{
		{nil, 0}, {[]float64{0, 0}, 0}, {[]float64{1}, 0}, {[]float64{2, 2, 2}, 0}, {[]float64{0, 1}, 0.5}, {[]float64{4, 0, 0, 0}, 0.75}, {[]float64{1, 3}, 0.25},
	} {
		if got := gini(row.loads); !near(got, row.want) {
			t.Errorf("gini of %v is %v, not %v", row.loads, got, row.want)
		}
	}
}

func TestEstimate(t *testing.T) {
	// Mean 3, standard deviation 1: 4.303/√3 either way with two degrees of freedom.
	got, half := estimate([]float64{2, 3, 4}), 4.303/math.Sqrt(3)
	if !near(got.Mean, 3) || !near(got.Low, 3-half) || !near(got.High, 3+half) {
		t.Errorf("estimate is %+v", got)
	}
	if one := estimate([]float64{5}); one != (Estimate{5, 5, 5}) {
		t.Errorf("of one value: %+v", one)
	}
	for freedom, want := range map[int]float64{1: 12.706, 29: 2.045, 35: 2.042, 100: 2.000, 999: 1.980} {
		if got := student(freedom); got != want {
			t.Errorf("t for %d is %v, not %v", freedom, got, want)
		}
	}
}

// TestAWeekByHand follows a team of one leader and one person through one
// week's work, without a database.
func TestAWeekByHand(t *testing.T) {
	s, err := Read([]byte(`{"name": "tiny", "leaders": [{"name": "A", "capacity_hours": 10, "skills": {"x": 3}, "streams": [
		{"title": "Kept", "field": "x", "hours": 2, "difficulty": 3}, {"title": "Given", "field": "x", "hours": 4, "difficulty": 3}]}],
		"people": [{"name": "B", "capacity_hours": 10, "own_hours": 0, "skills": {"x": 3}, "spread": 0}]}`))
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(s, 1)
	b := w.people[0]
	b.learns, b.liking = 1, []float64{0}
	given := w.tasks[1]
	given.carrier, given.clarity = b, 0.5
	given.terms.Authority.Level = work.Autonomous
	w.live()
	// Of six hours, four were somebody else's; nobody needed help and nothing
	// was decided by the leader. Both know as much as the work asks.
	if !near(w.tally.freed, 4) || !near(w.tally.due, 6) {
		t.Errorf("freed %v of %v hours", w.tally.freed, w.tally.due)
	}
	kept := w.tasks[0].now
	wantKept := 1 / (1 + math.Exp(-steepness*clearWorth/2-matched-luck*kept.try.noise))
	wantGiven := 1 / (1 + math.Exp(-matched-luck*given.now.try.noise))
	if !near(kept.quality, wantKept) || given.now.returned || given.now.defect || !near(given.now.quality, wantGiven) {
		t.Errorf("quality is %v and %v, not %v and %v", kept.quality, given.now.quality, wantKept, wantGiven)
	}
	learned := learnRate * math.Exp(-edge*edge/edgeWidth/edgeWidth) * 0.5 * 4
	if !near(w.tally.grown, learned) || !near(b.skill[0], 3+learned) {
		t.Errorf("grown by %v, not %v", w.tally.grown, learned)
	}
	if !near(b.hours, 4) || !near(w.leaders[0].hours, 2) || !near(w.tally.gini, 1.0/6) || w.tally.over != 0 {
		t.Errorf("loads %v and %v, gini %v", b.hours, w.leaders[0].hours, w.tally.gini)
	}
}

func TestTheWorldIsPlausible(t *testing.T) {
	base := try{skill: 3, difficulty: 3, helper: 4.5, clarity: 0.5, learns: 1}
	with := func(change func(*try)) *try { c := base; change(&c); return &c }
	for _, row := range []struct {
		name        string
		better, not *try
	}{
		{"skill", with(func(c *try) { c.skill = 4 }), &base},
		{"help", with(func(c *try) { c.help = 0.2 }), &base},
		{"clarity", with(func(c *try) { c.clarity = 0.9 }), &base},
		{"rest", &base, with(func(c *try) { c.fatigue = 0.3 })},
		{"time", &base, with(func(c *try) { c.rush = 0.2 })},
		{"deciding what one masters", with(func(c *try) { c.skill, c.judgement, c.alone = 3.5, 2, 1 }), with(func(c *try) { c.judgement, c.alone = 2, 1 })},
	} {
		if a, b := row.better.quality(), row.not.quality(); a <= b {
			t.Errorf("%s: quality %.3f is not above %.3f", row.name, a, b)
		}
	}
	if who := with(func(c *try) { c.help, c.helper = 1, 2 }); who.boost() != 0 {
		t.Error("somebody is helped by who knows less")
	}
	atEdge, far, easy := with(func(c *try) { c.difficulty = 3.4 }), with(func(c *try) { c.difficulty = 5 }), with(func(c *try) { c.difficulty = 1.5 })
	if one := atEdge.learned(1, false); one < 10*easy.learned(1, false) || one < 5*far.learned(1, false) || one > 0.02 {
		t.Errorf("an hour teaches %.4f at the edge, %.4f far beyond it, %.4f in what is easy", one, far.learned(1, false), easy.learned(1, false))
	}
	if top := with(func(c *try) { c.skill = 4.999; c.difficulty = 5 }); top.learned(1000, true) > 0.002 {
		t.Error("somebody learned beyond the highest level")
	}
}

func TestShippedScenarios(t *testing.T) {
	all, err := Scenarios()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 4 {
		t.Errorf("%d scenarios", len(all))
	}
	for _, s := range all {
		w := newWorld(s, 1)
		if s.About == "" || len(w.people) == 0 || len(w.tasks) == 0 {
			t.Errorf("%s says too little", s.Name)
		}
		for i := range s.Leaders { // the reason to delegate at all
			hours := 0.0
			for _, one := range w.tasks {
				if one.leader == w.leaders[i] {
					hours += one.weekly()
				}
			}
			if o := s.Leaders[i].OneOffs; o != nil {
				hours += o.PerWeek * (o.Hours[0] + o.Hours[1]) / 2
			}
			if full := hours / w.leaders[i].capacity; full < 0.95 || full > 1.35 {
				t.Errorf("%s: the week of %s is %.0f %% full", s.Name, s.Leaders[i].Name, 100*full)
			}
		}
	}
}

// TestOddTeams runs teams at the edge of what can be.
func TestOddTeams(t *testing.T) {
	leader := `{"name": "A", "streams": [{"title": "Cook dinners", "field": "cooking", "hours": 2, "difficulty": 2}, {"title": "Mow the lawn", "field": "garden", "hours": 1, "difficulty": 1}]}`
	for name, text := range map[string]string{
		"nobody else":     `{"name": "o", "leaders": [` + leader + `]}`,
		"one person":      `{"name": "o", "leaders": [` + leader + `], "people": [{"name": "B", "own_hours": 30}]}`,
		"no tasks":        `{"name": "o", "leaders": [{"name": "A"}], "people": [{"name": "B"}]}`,
		"no hours":        `{"name": "o", "leaders": [` + leader + `], "people": [{"name": "B", "own_hours": 60}]}`,
		"forty":           `{"name": "o", "turnover_per_year": 3, "leaders": [` + leader + `], "people": [{"name": "B", "count": 40, "own_hours": 30, "kind": "provider", "skills": {"cooking": 4}}]}`,
		"two of one name": `{"name": "o", "leaders": [` + leader + `,` + leader + `], "people": [{"name": "B", "own_hours": 30}, {"name": "B", "own_hours": 30}]}`,
	} {
		s, err := Read([]byte(text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		r, err := Simulate(t.Context(), Run{Scenario: s, Seeds: 1, Weeks: 3})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for p, measures := range r.Policies {
			for m, e := range measures {
				if math.IsNaN(e.Mean) || math.IsInf(e.Mean, 0) {
					t.Errorf("%s: %s of %s is %v", name, m, p, e.Mean)
				}
			}
		}
	}
}

func TestScenariosAreRefusedInSentences(t *testing.T) {
	const leaders = `"leaders": [{"name": "A"}]`
	stream := func(with string) string {
		return `{"name": "s", "leaders": [{"name": "A", "streams": [{"title": "Cook", "field": "cooking", "hours": 1, "difficulty": 2` + with + `}]}]}`
	}
	for text, want := range map[string]string{
		``:                   "The scenario is empty",
		`[]`:                 "A scenario is a JSON object in braces, not array",
		`{"name": "s"`:       "ends in the middle",
		"{\n\"name\" \"s\"}": "Line 2 of the scenario is not JSON",
		`{"name": 3}`:        "name at line 1 cannot be a number",
		`{"named": "s"}`:     `has no field "named" here`,
		`{"name": "s"} {}`:   "Something follows the scenario",
		`{` + leaders + `}`:  "A scenario needs a name",
		`{"name": "s"}`:      "has 1 to 20 leaders; this one has 0",
		`{"name": "s", "kind": "firm", ` + leaders + `}`:                                                      `kind is team, practice or household, not "firm"`,
		`{"name": "s", "turnover_per_year": -1, ` + leaders + `}`:                                             "turnover_per_year is -1; it goes from 0 to 3",
		`{"name": "s", "leaders": [{"name": " "}]}`:                                                           "leaders[0] needs a name",
		`{"name": "s", "leaders": [{"name": "A", "capacity_hours": 0}]}`:                                      "leaders[0].capacity_hours is 0; it goes from 1 to 100",
		`{"name": "s", "leaders": [{"name": "A", "skills": {"x": 7}}]}`:                                       "leaders[0].skills.x is 7; it goes from 1 to 5",
		`{"name": "s", ` + leaders + `, "people": [{"name": "B", "kind": "agent"}]}`:                          `people[0].kind is teammate, provider or family, not "agent"`,
		`{"name": "s", ` + leaders + `, "people": [{"name": "B", "count": 201}]}`:                             "people[0].count is 201; it goes from 0 to 200",
		`{"name": "s", ` + leaders + `, "people": [{"name": "B", "count": 150}, {"name": "C", "count": 51}]}`: "at most 200 people; this one has 201",
		`{"name": "s", ` + leaders + `, "people": [{"name": ""}]}`:                                            "people[0].name is empty",
		stream(`, "every_weeks": 0`):                                                                          "streams[0].every_weeks is 0; it goes from 1 to 52",
		stream(`, "judgement": 4`):                                                                            "streams[0].judgement is 4; it goes from 0 to 3",
		stream(`, "hours": 0`):                                                                                "streams[0].hours is 0; it goes from 0.05 to 80",
		`{"name": "s", "leaders": [{"name": "A", "one_offs": {"per_week": 1}}]}`:                              "one_offs.titles needs at least one title",
		`{"name": "s", "leaders": [{"name": "A", "one_offs": {"titles": ["a"]}}]}`:                            "has 1 titles and 0 fields",
		`{"name": "s", "leaders": [{"name": "A", "one_offs": {"hours": [3, 2]}}]}`:                            "goes from 3 down to 2",
	} {
		_, err := Read([]byte(text))
		if err == nil || work.KindOf(err) != work.Invalid || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\n\tgot  %v\n\twant %s", text, err, want)
		}
	}
}

func TestRunsAreRefusedInSentences(t *testing.T) {
	for want, r := range map[string]Run{
		"Seeds go from 1 to 1000, not 0": {Weeks: 1}, "Weeks go from 1 to 520, not 521": {Seeds: 1, Weeks: 521},
	} {
		if _, err := Simulate(t.Context(), r); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Simulate(gone, Run{Scenario: named(t, "clinic"), Seeds: 1, Weeks: 1}); err == nil {
		t.Error("nobody heard that it was to stop")
	}
}

// TestPolicies prints one policy's measures, for whoever works on the advice:
// BATON_EFFECT=clinic:8:52:baton go test -run Policies -v.
func TestPolicies(t *testing.T) {
	asked := strings.Split(os.Getenv("BATON_EFFECT"), ":")
	if len(asked) != 4 {
		t.Skip("BATON_EFFECT=scenario:seeds:weeks:policy,policy is not set")
	}
	seeds, _ := strconv.Atoi(asked[1])
	weeks, _ := strconv.Atoi(asked[2])
	for _, p := range Policies {
		if !slices.Contains(strings.Split(asked[3], ","), p.Name) {
			continue
		}
		began := time.Now()
		r, err := Simulate(t.Context(), Run{Scenario: named(t, asked[0]), Seeds: seeds, Weeks: weeks, Policies: []*Policy{p}})
		if err != nil {
			t.Fatal(err)
		}
		row := ""
		for _, m := range Measures {
			e := r.Policies[p.Name][m]
			row += "  " + strconv.FormatFloat(e.Mean, 'f', 3, 64) + " ±" + strconv.FormatFloat(e.High-e.Mean, 'f', 3, 64)
		}
		t.Logf("%-16s%s  %s", p.Name, row, time.Since(began).Round(time.Millisecond))
	}
}

// BenchmarkThirtyYears lives a year of the clinic's twelve people thirty times
// under Baton's advice.
func BenchmarkThirtyYears(b *testing.B) {
	clinic, err := Named("clinic")
	if err != nil {
		b.Fatal(err)
	}
	i := slices.IndexFunc(Policies, func(p *Policy) bool { return p.Name == "baton" })
	for b.Loop() {
		if _, err := Simulate(b.Context(), Run{Scenario: clinic, Seeds: 30, Weeks: 52, Policies: Policies[i : i+1]}); err != nil {
			b.Fatal(err)
		}
	}
}
