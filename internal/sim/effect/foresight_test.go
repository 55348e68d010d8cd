package effect

import "testing"

// TestForesightWeighsTheAims: who would learn by work is worth more the more
// growth counts, who masters it the more quality does; and whoever masters it
// needs no help.
func TestForesightWeighsTheAims(t *testing.T) {
	s, err := Read([]byte(`{"name": "tiny", "leaders": [{"name": "A", "skills": {"x": 4.5}, "streams": [{"title": "Given", "field": "x", "hours": 4, "difficulty": 3}]}],
		"people": [{"name": "Edge", "skills": {"x": 2.4}, "spread": 0}, {"name": "Master", "skills": {"x": 4.5}, "spread": 0}]}`))
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(s, 1)
	for _, p := range w.people {
		p.learns, p.liking = 1, []float64{0}
	}
	grows, careful := scales{level: 200, quality: 1}, scales{quality: 8}
	best := func(f scales, who int) deal { return f.best(w.tasks[0], w.people[who]) }
	if edge, master := best(grows, 0), best(grows, 1); edge.worth <= master.worth || edge.help == 0 || master.help != 0 {
		t.Errorf("for growth: %+v beside %+v", edge, master)
	}
	if edge, master := best(careful, 0), best(careful, 1); edge.worth >= master.worth {
		t.Errorf("for quality: %+v beside %+v", edge, master)
	}
	if hidden := (scales{}).best(w.tasks[0], w.people[1]); hidden.worth <= 0 || hidden.worth > 5 {
		t.Errorf("hours alone are worth %.1f a week of 4", hidden.worth)
	}
}
