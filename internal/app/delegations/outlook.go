package delegations

import (
	"context"

	"baton/internal/app"
	"baton/internal/app/tasks"
	"baton/internal/work"
)

// An Outlook is what stands around a delegation when somebody looks at it
// alone; lists leave it out.
type Outlook struct {
	Currency string              `json:"currency,omitempty" doc:"Of every amount"`
	Zone     string              `json:"zone,omitempty" doc:"In which days are counted"`
	Words    string              `json:"level_words,omitempty" doc:"What the level means, to the receiver"`
	Step     *work.Step          `json:"reached,omitempty" doc:"The step of the path that the good rounds have reached"`
	Interest []Interested        `json:"interest,omitempty" doc:"What those a draft was shown to said; the giver sees it"`
	Gaps     []Gap               `json:"gaps,omitempty" doc:"Absences in the way, while it is about to begin"`
	Access   []string            `json:"access,omitempty" doc:"What door codes are kept; reveal them one tap away"`
	Talked   bool                `json:"talked,omitempty" doc:"The proposed terms are the result of a talk"`
	Ruling   work.Ruling         `json:"ruling,omitempty" doc:"How the decision just stated is treated"`
	NextBest *tasks.SomebodyElse `json:"next_best,omitempty" doc:"Who else could have what came back to you"`

	Rhythm   string    `json:"rhythm,omitempty" doc:"Of a strategic draft: how often to meet as it stands, and why; the giver sees it"`
	Coaching []string  `json:"coaching,omitempty" doc:"Ready-made ways to hand a question back to the receiver, those that fit the level"`
	Path     *PathStep `json:"path_step,omitempty" doc:"Where the receiver stands on the way to the next level"`

	Unreached bool `json:"unreached,omitempty" doc:"The receiver has no account, and no mail address is known: make a link and give it to them yourself"`
}

// A PathStep is the next level the path agrees on, and how far it is.
type PathStep struct {
	Level  work.Level `json:"level"`
	Rounds int        `json:"rounds" doc:"Good rounds it takes"`
	Good   int        `json:"good" doc:"Good rounds so far"`
}

// pathStep is where a delegation stands on its path, nil where there is none.
func pathStep(d *work.Delegation) *PathStep {
	if d.State != work.Active {
		return nil
	}
	for _, s := range d.Terms.Path {
		if s.Level > d.Terms.Authority.Level {
			return &PathStep{s.Level, s.Rounds, min(d.Good, s.Rounds)}
		}
	}
	return nil
}

// Interested is what somebody said who was shown a draft.
type Interested struct {
	Person Party  `json:"person"`
	Yes    bool   `json:"yes"`
	Note   string `json:"note,omitempty"`
}

// outlook fills in what stands around a delegation.
func outlook(ctx context.Context, tx *app.Tx, d *work.Delegation, v *Delegation) error {
	v.Currency, v.Zone, v.Words, v.Step = tx.Workspace().Currency, tx.Zone(), d.Terms.Authority.Level.Words(), d.Reached()
	v.Talked, v.Path = d.Talked(), pathStep(d)
	for _, c := range v.Moves {
		if c.Move == work.MoveTurnBack {
			v.Coaching = work.CoachingQuestions(d.Terms.Authority.Level)
		}
	}
	err := absences{}.tellOf(ctx, tx, d, v)
	if err != nil {
		return err
	}
	if v.Gaps, err = gaps(ctx, tx, d); err != nil {
		return err
	}
	if err := v.reach(ctx, tx, d); err != nil {
		return err
	}
	if d.State == work.Draft && d.Is(tx.Me.Person, work.AsGiver) {
		if err := v.interest(ctx, tx, d); err != nil {
			return err
		}
		if d.Kind == work.Strategic {
			if v.Rhythm, err = rhythmOf(ctx, tx, d); err != nil {
				return err
			}
		}
	}
	if mayOpen(tx, d) {
		kept, err := tx.Access(ctx, d.ID)
		if err != nil {
			return err
		}
		for _, k := range kept {
			v.Access = append(v.Access, k.Label)
		}
	}
	if !d.Outcome.Returns() || tx.Me.Person != d.Giver {
		return nil
	}
	t, err := tx.Task(ctx, d.Task)
	if err != nil || t.Carrier != d.Giver || t.Finished() {
		return err
	}
	v.NextBest, err = tasks.NextBest(ctx, tx, &t, d.Receiver)
	return err
}

// reach tells the giver when neither mail nor an account tells the receiver of
// what they are to answer.
func (v *Delegation) reach(ctx context.Context, tx *app.Tx, d *work.Delegation) error {
	if !d.Guest || d.Agent || tx.Me.Guest != 0 || !d.Is(tx.Me.Person, work.AsGiver) || d.State != work.Offered && d.State != work.Active {
		return nil
	}
	p, err := tx.Person(ctx, d.Receiver)
	v.Unreached = p.Email == ""
	return err
}

func (v *Delegation) interest(ctx context.Context, tx *app.Tx, d *work.Delegation) error {
	all, err := tx.Items(ctx, d.ID)
	if err != nil {
		return err
	}
	for _, it := range all {
		if it.Kind != work.Interest || it.Open() || it.Result != work.IsInterested && it.Result != work.NotInterested {
			continue
		}
		p, err := tx.Person(ctx, it.Principal())
		if err != nil {
			return err
		}
		v.Interest = append(v.Interest, Interested{Party{p.ID, p.Name}, it.Result == work.IsInterested, it.Text})
	}
	return nil
}
