package web

import (
	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/app/tasks"
)

// todayPages registers the first page of the day.
func (s *server) todayPages() {
	s.member("GET /today", (*visit).todayPage)
}

// A day is what Today shows.
type day struct {
	Waiting delegations.WaitingList
	LetGo   *tasks.LetGoLine // the one suggestion
}

func (v *visit) todayPage() error {
	var d day
	var err error
	if d.Waiting, err = do(v, delegations.Waiting, app.None{}); err != nil {
		return err
	}
	return v.show("Today", "today", todayView(v, d))
}
