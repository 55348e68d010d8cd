package web

import (
	"encoding/json"
	"net/http"

	"baton/internal/app/tasks"
	"baton/internal/phrase"
)

// addPages registers quick add, which is on every page.
func (s *server) addPages() {
	s.member("POST /tasks", (*visit).addTask)
	s.member("GET /understood", (*visit).understood)
}

func (v *visit) addTask() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	added, err := do(v, tasks.Add, tasks.AddTask{Line: f.text("line")})
	if f.refuse(err, "line") {
		return v.showAs(http.StatusUnprocessableEntity, "Add a task", "", addAgain(v, f))
	}
	if err != nil {
		return err
	}
	t := toast{Text: "“" + added.Title + "” is on your plate.", Link: v.to("/tasks/%d", added.ID), Label: "Change"}
	for _, c := range added.Chips {
		if c.Kind == "unclear" {
			t.Text += " Part of it stays title: " + c.Words + "."
			continue
		}
		t.Chips = append(t.Chips, c.Words)
	}
	return v.leave(v.back(v.to("/plate")), t)
}

// understood says what a line would be understood to say. It changes nothing.
func (v *visit) understood() error {
	got, err := phrase.QuickAdd(v.r.URL.Query().Get("line"), phrase.Context{Now: v.app.Now(), Zone: v.place.Workspace.Zone})
	if err != nil || got.Chips == nil {
		got.Chips = []phrase.Chip{} // what was not understood is title, and a title is no chip
	}
	v.w.Header().Set("Content-Type", "application/json")
	v.w.Header().Set("Cache-Control", "no-store")
	return json.NewEncoder(v.w).Encode(got.Chips)
}
