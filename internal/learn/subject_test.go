package learn

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"baton/internal/work"
)

func TestWhatATaskShows(t *testing.T) {
	for _, row := range []struct {
		task work.Task
		kind work.DelegationKind
		want []work.Skill
		area string
	}{
		{work.Task{Title: "Anything", Skills: []work.Skill{{Name: "Scheduling", Level: 4}, {Name: "hiring"}}}, work.Strategic, []work.Skill{{Name: "Scheduling", Level: 4}, {Name: "hiring", Level: 3}}, "scheduling"},
		{work.Task{Title: "Interview the applicants"}, work.Assignment, []work.Skill{{Name: "hiring", Level: 2}}, "hiring"},
		{work.Task{Title: "Clean the windows"}, work.Assignment, nil, "cleaning"},
		{work.Task{Title: "Xyzzy"}, work.Strategic, nil, ""},
	} {
		if diff := cmp.Diff(row.want, Skills(&row.task, row.kind)); diff != "" {
			t.Errorf("%s: %s", row.task.Title, diff)
		}
		if got := Area(&row.task); got != row.area {
			t.Errorf("%s: area %q, want %q", row.task.Title, got, row.area)
		}
	}
}
