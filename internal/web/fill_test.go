package web

import (
	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/app/people"
	"baton/internal/app/tasks"
	"baton/internal/app/workspaces"
	"baton/internal/ical"
	"baton/internal/work"
)

// must runs an operation as the site's owner.
func must[In, Out any](s *site, op app.Op[In, Out], in In) Out {
	s.t.Helper()
	out, err := op.Do(s.t.Context(), s.app, s.me, in)
	if err != nil {
		s.t.Fatalf("%s: %v", op.Describe().Name, err)
	}
	return out
}

// fill puts a leader's week into the site: enough of everything that no page
// is empty.
func (s *site) fill() {
	s.t.Helper()
	for _, line := range []string{
		"Approve time sheets every friday 30m #clinic",
		"Order exam supplies every other friday 45m #clinic due 6 mar !2",
		"Write the front desk rota every month 2h #clinic @Jamie",
		"Sign off abnormal lab results every weekday 20m #clinic !3",
		"Coach Jamie every monday 1h #clinic !3",
		"Prepare the group visit programme 6h #clinic due 27 mar !3",
		"Mow the lawn every saturday 50m #home",
		"Invoices of last month 90m #clinic due 27 feb",
		"Call the insurance about the claim that has been open since last autumn and nobody answers 25m",
		"Think about next year",
	} {
		s.add(line)
	}
	jamie := s.knows("Jamie Chen", work.Teammate, work.Skill{Name: "scheduling", Level: 3}, work.Skill{Name: "ordering", Level: 2})
	s.knows("Robin Alvarez", work.Teammate, work.Skill{Name: "leading projects", Level: 2})
	s.knows("Green & Sons", work.Provider, work.Skill{Name: "gardening", Level: 4})
	wishes, hours := []string{"leading projects"}, work.Minutes(240)
	absences := []work.Absence{{From: ical.Date{Year: 2026, Month: 3, Day: 2}, To: ical.Date{Year: 2026, Month: 3, Day: 6}}}
	must(s, people.Edit, people.EditPerson{Person: jamie.ID, Fields: people.Fields{Wishes: &wishes, Released: &hours, Absences: &absences}})
	must(s, workspaces.AddFocusArea, workspaces.NewFocus{Name: "Teaching", Weekly: 180})
	list := must(s, tasks.Plate, tasks.AskPlate{})
	s.task, s.person = list.Items[1].ID, jamie.ID
	must(s, tasks.Judge, tasks.JudgeTask{Task: list.Items[0].ID, Verdict: work.Assign})
	must(s, tasks.Finish, tasks.OnTask{Task: list.Items[8].ID})
	must(s, delegations.Begin, delegations.StartDelegation{Task: list.Items[2].ID, Receiver: jamie.ID})
}

// every lists a page of each kind.
func (s *site) every() []string {
	return []string{
		s.to("/today"), s.to("/week"), s.to("/plate"), s.to("/plate?state=done"), s.to("/tasks/%d", s.task), s.to("/tasks/%d/position", s.task), s.to("/triage"), s.to("/letgo"), s.to("/delegations?show=draft"),
		s.to("/plan"), s.to("/people"), s.to("/people/%d", s.person), s.to("/people/new"), s.to("/ledger"), s.to("/playbooks"), s.to("/history"), s.to("/search?q=rota"),
		s.to("/import"), s.to("/settings"), s.to("/mail"), s.to("/coach"), s.to("/coach/preview"), s.to("/coach/self"), s.to("/tasks/999"), "/signin",
	}
}
