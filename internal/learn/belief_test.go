package learn

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"baton/internal/work"
)

var monday = time.Date(2026, time.June, 1, 9, 0, 0, 0, time.UTC)

func anyBelief(t *rapid.T) Belief {
	return Belief{
		Mean: Milli(rapid.IntRange(500, 5500).Draw(t, "mean")), Variance: rapid.Int64Range(1, 4*priorNothing).Draw(t, "variance"),
		Rounds: rapid.IntRange(0, 20).Draw(t, "rounds"), At: monday,
	}
}

func anyObservation(t *rapid.T) Observation {
	return Observation{
		Milli(rapid.IntRange(int(lowest), int(highest)).Draw(t, "level")), rapid.Int64Range(noise, 3*noise).Draw(t, "noise"), monday,
	}
}

func between(a, b, c Milli) bool { return min(a, c) <= b && b <= max(a, c) }

func TestAnUpdateMakesSurerAndMovesTowardsWhatWasSeen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, o := anyBelief(t), anyObservation(t)
		after := b.Update(o)
		switch {
		case after.Variance > b.Variance || after.Variance > o.Variance:
			t.Fatalf("variance %d after %d and %d", after.Variance, b.Variance, o.Variance)
		case !between(b.Mean, after.Mean, o.Level):
			t.Fatalf("mean %d, between %d and %d", after.Mean, b.Mean, o.Level)
		case after.Rounds != b.Rounds+1:
			t.Fatalf("%d rounds after %d", after.Rounds, b.Rounds)
		case after != b.Update(o):
			t.Fatal("not the same twice")
		}
		again := after.Update(o)
		if again.Variance >= after.Variance && after.Variance > 1 {
			t.Fatalf("a second voice left the variance at %d", again.Variance)
		}
	})
}

func TestAnUpdateIsTheGaussianProduct(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, o := anyBelief(t), anyObservation(t)
		after := b.Update(o)
		p, r := float64(b.Variance), float64(o.Variance)
		mean := (float64(b.Mean)*r + float64(o.Level)*p) / (p + r)
		variance := 1 / (1/p + 1/r)
		if d := float64(after.Mean) - mean; d < -0.51 || d > 0.51 {
			t.Fatalf("mean %d, want %f", after.Mean, mean)
		}
		if d := float64(after.Variance) - variance; d < -1.01 || d > 1.01 {
			t.Fatalf("variance %d, want %f", after.Variance, variance)
		}
	})
}

// TestOrderDoesNotMatter holds to within what rounding to whole thousandths
// does.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, seen := anyBelief(t), rapid.SliceOfN(rapid.Custom(anyObservation), 2, 6).Draw(t, "seen")
		other := rapid.Permutation(seen).Draw(t, "other")
		first, second := b, b
		for i := range seen {
			first, second = first.Update(seen[i]), second.Update(other[i])
		}
		if d := first.Mean - second.Mean; d < -Milli(len(seen)) || d > Milli(len(seen)) {
			t.Fatalf("means %d and %d", first.Mean, second.Mean)
		}
		if d := first.Variance - second.Variance; d < -int64(len(seen)) || d > int64(len(seen)) {
			t.Fatalf("variances %d and %d", first.Variance, second.Variance)
		}
	})
}

func TestTimeOnlyWidens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := anyBelief(t)
		days := rapid.IntRange(0, 40*365).Draw(t, "days")
		sooner := b.Widen(monday.AddDate(0, 0, days/2))
		later := sooner.Widen(monday.AddDate(0, 0, days))
		switch {
		case later.Mean != b.Mean || sooner.Mean != b.Mean:
			t.Fatal("time moved a mean")
		case later.Variance < sooner.Variance || sooner.Variance < b.Variance:
			t.Fatalf("variances %d, %d, %d", b.Variance, sooner.Variance, later.Variance)
		case later.Variance > max(b.Variance, priorNothing):
			t.Fatalf("variance %d, more than of somebody unknown", later.Variance)
		}
		if d := b.Widen(monday.AddDate(0, 0, days)).Variance - later.Variance; d < 0 || d > 1 {
			t.Fatalf("in two steps %d less", d)
		}
	})
	if got := (Belief{Mean: 3000, Variance: 100_000, At: monday}).Widen(monday.Add(year * time.Second)); got.Variance != 260_000 {
		t.Errorf("after a year %d", got.Variance)
	}
	daily := Belief{Mean: 3000, Variance: 360_000, At: monday}
	for day := range 365 {
		daily = daily.Widen(monday.AddDate(0, 0, day+1))
	}
	if daily.Variance < 519_000 {
		t.Errorf("widened day by day: %d", daily.Variance)
	}
	if b := (Belief{Mean: 3000, Variance: 360_000, At: monday}); b.Widen(monday.AddDate(-1, 0, 0)) != b {
		t.Error("an earlier moment changed it")
	}
}

func TestADisputeWeighsLessUntilSettled(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := anyBelief(t)
		own := rapid.IntRange(0, 5).Draw(t, "own")
		disputed := b.Disputed(own)
		if own == 0 && (disputed.Mean != b.Mean || disputed.Variance != 4*b.Variance) {
			t.Fatalf("%+v of %+v", disputed, b)
		}
		if own > 0 && !between(b.Mean, disputed.Mean, Of(own)) {
			t.Fatalf("mean %d, between %d and %d", disputed.Mean, b.Mean, Of(own))
		}
		if own == 0 && disputed.Effective() > b.Effective() {
			t.Fatal("a dispute alone made somebody more able")
		}
		o := anyObservation(t)
		from, to := disputed.Mean, b.Disputed(own).Update(o).Mean
		if moved, calm := to-from, b.Update(o).Mean-b.Mean; own == 0 && (moved*calm < 0 || max(moved, -moved) < max(calm, -calm)) {
			t.Fatalf("new evidence moved the disputed by %d, the settled by %d", moved, calm)
		}
	})
}

func TestEffective(t *testing.T) {
	for level := 1; level <= 5; level++ {
		if got := Recorded(level, monday).Effective(); got != level {
			t.Errorf("level %d on a card counts as %d", level, got)
		}
	}
	for _, row := range []struct {
		name string
		b    Belief
		want int
	}{
		{"nothing known", Recorded(0, monday), 1},
		{"a 4 that time made unsure", Recorded(4, monday).Widen(monday.AddDate(4, 0, 0)), 3},
		{"a 4 under dispute", Recorded(4, monday).Disputed(0), 3},
		{"sure of 4.4", Belief{Mean: 4400, Variance: 40_000}, 4},
		{"sure of 4.7", Belief{Mean: 4700, Variance: 40_000}, 5},
		{"never below 1", Belief{Mean: 500, Variance: priorNothing}, 1},
		{"never above 5", Belief{Mean: 5500, Variance: 1}, 5},
	} {
		if got := row.b.Effective(); got != row.want {
			t.Errorf("%s: %d, want %d", row.name, got, row.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		b := anyBelief(t)
		surer := b
		surer.Variance = rapid.Int64Range(1, b.Variance).Draw(t, "less")
		if surer.Effective() < b.Effective() {
			t.Fatalf("surer of the same mean counts for less: %d, %d", surer.Effective(), b.Effective())
		}
	})
}

func said(outcome, hard, free int) *work.Reflection {
	return &work.Reflection{Outcome: outcome, Hard: hard, Free: free}
}

func TestObserve(t *testing.T) {
	for _, row := range []struct {
		name            string
		demand          int
		aid             Milli
		giver, receiver *work.Reflection
		want            Observation
	}{
		{"good, as hard as its level", 3, 0, said(4, 3, 3), said(4, 3, 3), Observation{3000, 490_000, monday}},
		{"only as agreed", 3, 0, said(3, 3, 3), said(3, 3, 3), Observation{2625, 490_000, monday}},
		{"harder work than its level says", 3, 0, said(4, 5, 3), said(4, 3, 3), Observation{4000, 490_000, monday}},
		{"hard for whoever did it", 3, 0, said(4, 3, 3), said(4, 5, 3), Observation{2000, 490_000, monday}},
		{"easy for whoever did it", 3, 0, said(5, 3, 3), said(5, 2, 3), Observation{3875, 490_000, monday}},
		{"good with much help", 3, 1000, said(4, 3, 3), said(4, 3, 3), Observation{2500, 490_000, monday}},
		{"the same, as its giver alone saw it", 3, 1000, said(4, 3, 3), nil, Observation{2000, 810_000, monday}},
		{"poor and hard", 2, 0, said(1, 3, 3), said(1, 5, 3), Observation{500, 490_000, monday}},
		{"the giver's voice", 3, 0, said(5, 4, 3), nil, Observation{4250, 810_000, monday}},
		{"the receiver's voice", 3, 0, nil, said(4, 2, 3), Observation{3500, 810_000, monday}},
		{"the two disagree", 3, 0, said(2, 3, 3), said(4, 3, 3), Observation{2625, 980_000, monday}},
		{"the top", 5, 0, said(5, 5, 3), said(5, 1, 3), Observation{5500, 490_000, monday}},
	} {
		got, _ := Observe(row.demand, row.aid, row.giver, row.receiver, monday)
		if diff := cmp.Diff(row.want, got); diff != "" {
			t.Errorf("%s: %s", row.name, diff)
		}
	}
	if _, any := Observe(3, 0, nil, nil, monday); any {
		t.Error("silence showed something")
	}
}

func TestAid(t *testing.T) {
	for _, row := range []struct {
		help, worked work.Minutes
		want         Milli
	}{{0, 600, 0}, {30, 0, 0}, {15, 60, 1000}, {60, 60, 1000}, {30, 300, 400}, {10, 60, 667}} {
		if got := Aid(row.help, row.worked); got != row.want {
			t.Errorf("%d minutes of help in %d: %d, want %d", row.help, row.worked, got, row.want)
		}
	}
}

func TestWordsOfBeliefs(t *testing.T) {
	for _, row := range []struct {
		b    Belief
		want string
	}{
		{Belief{Mean: 3600, Rounds: 2}, "3.6, from two looks back"},
		{Belief{Mean: 3561, Rounds: 1}, "3.6, from one look back"},
		{Belief{Mean: 4000}, "4.0, as recorded"},
		{Belief{Mean: 2949, Rounds: 12}, "2.9, from 12 looks back"},
	} {
		if got := row.b.Words(); got != row.want {
			t.Errorf("%q, want %q", got, row.want)
		}
	}
}

func TestApply(t *testing.T) {
	p := &work.Person{ID: 2, Skills: []work.Skill{{Name: "Scheduling", Level: 4}, {Name: "hiring", Level: 2}}}
	known := []Known{
		{Skill: "scheduling", Belief: Belief{Mean: 2600, Variance: 200_000, Rounds: 3, At: monday}, Recorded: 4},
		{Skill: "teaching", Belief: Belief{Mean: 3400, Variance: 200_000, Rounds: 1, At: monday}},
	}
	want := []work.Skill{{Name: "Scheduling", Level: 2}, {Name: "hiring", Level: 2}, {Name: "teaching", Level: 3}}
	if diff := cmp.Diff(want, Apply(p, known, monday).Skills); diff != "" {
		t.Error(diff)
	}
	if p.Skills[0].Level != 4 {
		t.Error("the card itself changed")
	}
	known[0].Recorded = 3 // somebody wrote a 4 since
	if got := Apply(p, known, monday).Skills[0].Level; got != 3 {
		t.Errorf("the card corrected since counts as %d", got)
	}
	known[0].Recorded, known[0].Disputed, known[0].Own = 4, true, 5
	if got := Apply(p, known, monday).Skills[0].Level; got != 3 {
		t.Errorf("disputed with an own level of 5: %d", got)
	}
}
