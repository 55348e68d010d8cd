package web

import (
	"baton/internal/app/history"
	"baton/internal/work"
)

// historyPages registers what looks back: undo, and the list of changes.
func (s *server) historyPages() {
	s.member("POST /undo", (*visit).undoChange)
}

func (v *visit) undoChange() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	number, err := id[work.EventNumber](f, "number")
	if err != nil {
		return err
	}
	undone, err := do(v, history.Undo, history.UndoWhat{Number: number})
	return v.act(v.to("/today"), err, "%s", undone.Words)
}
