package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"baton/internal/app/plans"
	"baton/internal/work"
)

// What can be settled by hand about a task and a person.
const (
	only  = "pin"    // the task goes to nobody else
	never = "forbid" // the task does not go to them
)

// mostCarried is up to how many characters the plan on the page is carried along
// in the addresses of the next: longer ones get lost on the way. It is enough
// for some 500 tasks.
const mostCarried = 4000

// next is what the next plan is asked with: as this one, which is its plan
// before, so that one choice moves little else.
func (s planSheet) next() plans.AskPlan {
	ask := s.Ask
	if len(s.Plan.Proposals) > 0 {
		ask.Was = s.Plan.AsWas
	}
	if text, _ := ask.Was.MarshalText(); len(text) > mostCarried { // never fails
		ask.Was = nil
	}
	return ask
}

// with is the address of the next plan with one more choice settled, where list
// names one.
func (s planSheet) with(v *visit, list string, task work.TaskID, person work.PersonID) string {
	return address(v, settledIn(s.next(), list, task, person))
}

// address is where a plan is found.
func address(v *visit, ask plans.AskPlan) string {
	return v.to("/plan?%s", plain.Replace(ask.Query().Encode()))
}

// plain writes what separates the pairs as it is, which an address may.
var plain = strings.NewReplacer("%3A", ":", "%2C", ",")

// settledIn settles one more choice. What is said last about a task and a person
// holds.
func settledIn(ask plans.AskPlan, list string, task work.TaskID, person work.PersonID) plans.AskPlan {
	switch list {
	case only:
		ask.Pin = slices.DeleteFunc(slices.Clone(ask.Pin), func(c choice) bool { return c.Task == task })
		ask.Forbid = slices.DeleteFunc(slices.Clone(ask.Forbid), func(c choice) bool { return c.Task == task && c.Person == person })
		ask.Pin = append(ask.Pin, choice{Task: task, Person: person})
	case never:
		ask.Pin = slices.DeleteFunc(slices.Clone(ask.Pin), func(c choice) bool { return c.Task == task })
		ask.Forbid = append(slices.Clone(ask.Forbid), choice{Task: task, Person: person})
	}
	return ask
}

// choosing is what a button says that settles a choice; settleByHand reads it.
func choosing(list string, task work.TaskID, person work.PersonID) string {
	return fmt.Sprintf("%s:%d:%d", list, task, person)
}

// settled counts what was chosen by hand.
func (s planSheet) settled() int { return len(s.Ask.Pin) + len(s.Ask.Forbid) }

// A byHand is one choice by hand, in words, and the address of the plan
// without it.
type byHand struct {
	Words   string
	Without string
}

// settlements are the choices by hand in the order in which they were made.
func (s planSheet) settlements(v *visit) []byHand {
	tasks := map[work.TaskID]string{}
	for _, p := range s.Plan.Proposals {
		tasks[p.TaskID] = p.Task
	}
	names := map[work.PersonID]string{v.place.Actor.Person: "me"}
	for _, p := range s.Known {
		names[p.ID] = p.Name
	}
	var out []byHand
	for _, list := range []struct {
		word string
		of   *plans.Choices
	}{{"only ", &s.Ask.Pin}, {"not ", &s.Ask.Forbid}} {
		all := *list.of
		for i, c := range all {
			if tasks[c.Task] == "" || names[c.Person] == "" {
				continue // gone since; the plan takes no notice of it
			}
			*list.of = slices.Concat(all[:i], all[i+1:])
			out = append(out, byHand{"“" + tasks[c.Task] + "”: " + list.word + names[c.Person], s.with(v, "", 0, 0)})
		}
		*list.of = all
	}
	return out
}

// settleByHand goes on to the plan with the choice that a button or its form
// named.
func (v *visit) settleByHand(s planSheet, said string) error {
	f := &form{Values: v.r.URL.Query()}
	list, pair, button := strings.Cut(said, ":")
	if button {
		task, person, _ := strings.Cut(pair, ":")
		f.Set("task", task)
		f.Set("person", person)
	}
	task, err := id[work.TaskID](f, "task")
	if err != nil {
		return errNoPage
	}
	person, err := id[work.PersonID](f, "person")
	if err != nil || task == 0 || person == 0 || list != only && list != never {
		return errNoPage
	}
	http.Redirect(v.w, v.r, s.with(v, list, task, person), http.StatusSeeOther)
	return nil
}
