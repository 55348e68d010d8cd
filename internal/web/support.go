package web

import (
	"slices"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/work"
)

// supportPages registers the timer of the help a member gives.
func (s *server) supportPages() {
	s.member("POST /delegations/{delegation}/support/timer", (*visit).startSupport)
	s.member("POST /support/timer/end", (*visit).stopSupport)
}

// oneTap are the minutes of help that one tap records.
var oneTap = []option{{"5m", "5 min"}, {"15m", "15 min"}, {"30m", "30 min"}}

// takeSupport takes the recording of help out of the moves: it has a block of
// its own.
func (a *agreement) takeSupport() {
	i := slices.IndexFunc(a.Can[0], func(m shownMove) bool { return m.Name == work.MoveSupport })
	if i < 0 {
		return
	}
	m := a.Can[0][i]
	a.Help = &m
	a.Can[0] = slices.Delete(a.Can[0], i, i+1)
}

func (v *visit) startSupport() error {
	return v.onForm(func(on delegations.On, _ *form) error {
		_, err := do(v, delegations.StartSupport, on)
		return v.act(v.base(on.Delegation), err, "The timer runs. It waits for you here and on Today, on any device.")
	})
}

func (v *visit) stopSupport() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	in := delegations.StopTimer{Note: f.text("note"), Discard: f.is("discard")}
	if !in.Discard {
		if in.Minutes, err = minutesOf(f, "minutes"); err != nil {
			return v.act(v.to("/today"), err, "")
		}
	}
	stopped, err := do(v, delegations.StopSupport, in)
	if err == nil && in.Discard {
		return v.act(v.to("/today"), nil, "Thrown away; nothing is recorded.")
	}
	return v.act(v.to("/today"), err, "%s of support recorded on “%s”.", hoursWords(stopped.Minutes), stopped.Title)
}

// timer is the reader's running timer.
func (v *visit) timer() (delegations.Running, error) {
	return do(v, delegations.SupportTimer, app.None{})
}
