package plans

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/plan"
	"baton/internal/work"
)

// A Frame is what a plan was asked with, so that it comes out the same again.
type Frame struct {
	Grow   *int          `json:"grow,omitempty" minimum:"0" maximum:"100" doc:"50 unless said"`
	Pin    []TaskPerson  `json:"pin,omitempty"`
	Forbid []TaskPerson  `json:"forbid,omitempty"`
	Was    []TaskPerson  `json:"was,omitempty" doc:"The plan before"`
	Price  *work.Minutes `json:"move_price,omitempty" minimum:"0" maximum:"10080" doc:"What moving a task costs, in minutes of your week; 15 unless said"`
}

// A TaskPerson is a task and a person.
type TaskPerson struct {
	Task   work.TaskID   `json:"task"`
	Person work.PersonID `json:"person"`
}

// Frame is what the plan is asked with, to act on what it says.
func (in AskPlan) Frame() Frame {
	grow, price := in.Grow.Value(), in.Price.Value()
	out := Frame{Grow: &grow, Price: &price}
	for to, from := range map[*[]TaskPerson]Choices{&out.Pin: in.Pin, &out.Forbid: in.Forbid, &out.Was: in.Was} {
		for _, c := range from {
			*to = append(*to, TaskPerson(c))
		}
	}
	return out
}

func (in Frame) ask() AskPlan {
	var out AskPlan
	if in.Grow != nil {
		out.Grow = At(*in.Grow)
	}
	if in.Price != nil {
		out.Price = Of(*in.Price)
	}
	for to, from := range map[*Choices][]TaskPerson{&out.Pin: in.Pin, &out.Forbid: in.Forbid, &out.Was: in.Was} {
		for _, c := range from {
			*to = append(*to, plan.Choice(c))
		}
	}
	return out
}

// DraftPlan says which proposals to accept, of the plan that was asked with the
// same.
type DraftPlan struct {
	Frame
	Tasks []work.TaskID `json:"tasks,omitempty" doc:"By number"`
	All   bool          `json:"all,omitempty" doc:"Every proposal that hands something over"`
}

// Drafted is what became of the proposals accepted.
type Drafted struct {
	Drafts  []delegations.Delegation `json:"drafts"`
	Skipped []Undrafted              `json:"skipped"`
}

// An Undrafted proposal hands nothing over.
type Undrafted struct {
	Task   string      `json:"task"`
	TaskID work.TaskID `json:"task_id"`
	Reason string      `json:"reason"`
}

// Draft turns proposals into drafts of delegations with proposed terms. Nobody
// else sees them until they are offered.
var Draft = app.Write(app.Describe{
	Name: "plan.draft", Method: "POST", Path: "plan/drafts", Who: app.AnyMember, Undo: "delegation.discard", Summary: "Accept proposals of the plan: a draft for each, which nobody else sees.",
}, func(ctx context.Context, tx *app.Tx, in DraftPlan) (Drafted, error) {
	out := Drafted{Drafts: []delegations.Delegation{}, Skipped: []Undrafted{}}
	if err := tx.MembersOnly(); err != nil {
		return out, err
	}
	if len(in.Tasks) == 0 && !in.All {
		return out, work.FieldError("tasks", "Say which tasks, or all.")
	}
	input, err := in.ask().input(ctx, tx)
	if err != nil {
		return out, err
	}
	input.NoReasons = true
	made, err := plan.Make(ctx, input)
	if err != nil {
		return out, err
	}
	for _, id := range in.Tasks {
		if !slices.ContainsFunc(made.Proposals, func(p plan.Proposal) bool { return p.Task.ID == id }) {
			return out, work.Errorf(work.NotFound, "Task %d is not on your plate.", id)
		}
	}
	for i := range made.Proposals {
		p := &made.Proposals[i]
		named := slices.Contains(in.Tasks, p.Task.ID)
		switch why := undraftable(p); {
		case !named && (!in.All || why != ""):
		case why != "":
			out.Skipped = append(out.Skipped, Undrafted{p.Task.Title, p.Task.ID, why})
		default:
			d, err := draft(ctx, tx, p, partsOf(made, p.Task.ID))
			if work.KindOf(err) == work.Conflict {
				out.Skipped = append(out.Skipped, Undrafted{p.Task.Title, p.Task.ID, err.Error()})
				continue
			}
			if err != nil {
				return out, err
			}
			out.Drafts = append(out.Drafts, d)
		}
	}
	return out, nil
})

func undraftable(p *plan.Proposal) string {
	switch {
	case p.Held:
		return p.Reasons[0]
	case p.PartOf != 0:
		return p.Reasons[0]
	case p.Verdict == work.Drop:
		return "The plan is to drop it."
	case p.Verdict == work.Automate:
		return "The plan is to automate it."
	case p.Person == nil:
		return "In this plan it stays with you."
	}
	return ""
}

// partsOf are the parts that travel with a task, each name once: terms tell
// their parts apart by name.
func partsOf(p *plan.Plan, whole work.TaskID) []work.Part {
	var out []work.Part
	for _, one := range p.Proposals {
		there := slices.ContainsFunc(out, func(x work.Part) bool { return strings.EqualFold(x.Name, one.Task.Title) })
		if one.PartOf == whole && !there {
			out = append(out, work.Part{Name: one.Task.Title, Due: one.Task.Due})
		}
	}
	return out
}

// draft begins a delegation as the plan proposes it. What the brief says of
// the receiver is about them alone: it compares them with nobody.
func draft(ctx context.Context, tx *app.Tx, p *plan.Proposal, parts []work.Part) (delegations.Delegation, error) {
	card, err := tx.Person(ctx, p.Person.ID) // the plan's is as choices see it
	if err != nil {
		return delegations.Delegation{}, err
	}
	terms, _, err := delegations.Proposed(ctx, tx, p.Task, p.Kind, &card)
	if err != nil {
		return delegations.Delegation{}, err
	}
	terms.Authority.Level, terms.Support, terms.Review, terms.Brief.Parts = p.Level, p.Support, p.Review, parts
	terms.Brief.WhyYou = whyYou(p)
	if p.Before != nil {
		terms.Brief.Resources = append(terms.Brief.Resources, p.Before.Name+" carried it before you, and can show you how.")
	}
	return delegations.Begin.Within(ctx, tx, delegations.StartDelegation{Task: p.Task.ID, Kind: p.Kind, Receiver: p.Person.ID, Terms: &terms})
}

func whyYou(p *plan.Proposal) string {
	switch {
	case p.Wish != "":
		return fmt.Sprintf("You said that you want to grow in %s.", p.Wish)
	case p.Skill != "":
		return fmt.Sprintf("You know %s.", p.Skill)
	}
	return ""
}
