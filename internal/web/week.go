package web

import (
	"slices"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/app/tasks"
	"baton/internal/work"
)

// weekPages registers what a week is made of, and what can be put down.
func (s *server) weekPages() { s.member("GET /week", (*visit).weekPage) }

// A weekSheet is what the page of a week shows: all that takes hours, what is
// best put down first.
type weekSheet struct {
	Load    delegations.Week
	Own     []tasks.LetGoLine
	Carried []delegations.Delegation // for others
	More    int                      // own tasks that are not shown
	Agreed  *delegations.Delegation  // what was just taken on, nil without one
}

// weekPage is where accepting leads when the week holds more than it may:
// Baton asks what will be put down.
func (v *visit) weekPage() error {
	var w weekSheet
	var err error
	if w.Load, err = do(v, delegations.Load, app.None{}); err != nil {
		return err
	}
	going, err := do(v, delegations.List, delegations.AskList{Page: app.Page{Limit: most}, Going: true, Side: "received"})
	if err != nil {
		return err
	}
	taken, err := id[work.DelegationID](&form{Values: v.r.URL.Query()}, "taken")
	if err != nil {
		return errNoPage
	}
	for i, d := range going.Items {
		if d.State != work.Active {
			continue
		}
		w.Carried = append(w.Carried, d)
		if d.ID == taken {
			w.Agreed = &going.Items[i]
		}
	}
	list, err := do(v, tasks.LetGo, app.Whole)
	if err != nil {
		return err
	}
	w.Own = slices.DeleteFunc(list.Items, func(l tasks.LetGoLine) bool { return l.Weekly == 0 || w.carries(l.TaskID) })
	w.More = max(0, len(w.Own)-shownToLetGo)
	w.Own = w.Own[:len(w.Own)-w.More]
	title := "Your week"
	if w.Load.Over > 0 {
		title = "What will you put down?"
	}
	return v.show(title, "today", weekView(v, title, w))
}

func (w *weekSheet) carries(task work.TaskID) bool {
	return slices.ContainsFunc(w.Carried, func(d delegations.Delegation) bool { return d.Task == task })
}

// sentence says how full the week is, and since what.
func (w *weekSheet) sentence() string {
	s := "It holds " + hoursWords(w.Load.Total)
	if w.Load.Capacity > 0 {
		s += " of " + hoursWords(w.Load.Capacity)
	}
	s += "."
	if w.Load.Over == 0 {
		return s
	}
	if w.Agreed != nil {
		s = "You took on “" + w.Agreed.Title + "”. " + s
	}
	return s + " Put " + hoursWords(w.Load.Over) + " down, and it fits again."
}
