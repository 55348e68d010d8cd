package delegations

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"baton/internal/app"
	"baton/internal/app/beliefs"
	"baton/internal/learn"
	"baton/internal/store"
	"baton/internal/work"
)

// Findings is what a brief could do better, and what was learned of the
// receiver that a proposal for them rests on.
type Findings struct {
	Findings []work.Finding `json:"findings" doc:"What could be better, as the brief stands"`
	Learned  []Learned      `json:"learned,omitempty" doc:"Of the level, once it is known what the receiver carried, and of the check-ins of strategic work: what would be proposed for them now, and why. Absent without a receiver"`
}

// Learned is what would be proposed for a field of the terms as they stand.
type Learned struct {
	Field    string `json:"field" enum:"authority.level,check_in" doc:"The field of the terms it would stand in"`
	Sentence string `json:"sentence" doc:"What would be proposed, with the reason: what looks back, experience and the work itself say"`
}

// ProposedWords names what is proposed and why, as pages and command line say
// it; nothing of nothing.
func ProposedWords(sentence string) string {
	if sentence == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(sentence)
	return "Proposed: " + string(unicode.ToLower(first)) + sentence[size:]
}

// Check advises on the terms of a delegation.
var Check = app.Read(app.Describe{
	Name: "delegation.check", Method: "GET", Path: "delegations/{delegation}/findings", Who: app.AGiver, Summary: "See what the brief could do better.",
}, func(ctx context.Context, tx *app.Tx, in On) (Findings, error) {
	out := Findings{Findings: []work.Finding{}}
	d, _, err := in.load(ctx, tx)
	if err != nil {
		return out, err
	}
	t, err := tx.Task(ctx, d.Task)
	if err != nil {
		return out, err
	}
	about := work.BriefContext{Kind: d.Kind, Task: &t, Today: tx.Today(), Project: t.Rule.IsZero() && t.Weekly(tx.Today()) >= 60}
	parts, err := tx.CountTasks(ctx, store.TaskFilter{Parts: true, Parent: t.ID})
	if err != nil {
		return out, err
	}
	about.Project = about.Project || parts > 0 || len(d.Terms.Brief.Parts) > 0
	if d.Receiver != 0 {
		if out.Learned, err = learned(ctx, tx, d, &t, &about); err != nil {
			return out, err
		}
	}
	out.Findings = append(out.Findings, work.CheckBrief(&d.Terms, about)...)
	return out, nil
})

// learned adds to what a brief is checked against what looks back showed of
// the receiver, and says it.
func learned(ctx context.Context, tx *app.Tx, d *work.Delegation, t *work.Task, about *work.BriefContext) ([]Learned, error) {
	p, err := tx.Person(ctx, d.Receiver)
	if err != nil {
		return nil, err
	}
	seen, known, err := beliefs.Seen(ctx, tx, &p)
	if err != nil {
		return nil, err
	}
	about.Receiver, about.Shown = seen, map[string]string{}
	for _, k := range known {
		about.Shown[strings.ToLower(k.Skill)] = k.Words(k.Now(p.SkillLevel(k.Skill), tx.Now))
	}
	receiver, has, err := experience(ctx, tx, t, &p)
	if err != nil {
		return nil, err
	}
	if has.Good > 0 {
		fresh, _ := learn.ProposeTerms(t, d.Kind, receiver, tx.Today(), has)
		about.Enough, about.EnoughWhy = fresh.CheckIn, learn.RhythmWords(fresh.CheckIn)
	}
	var out []Learned
	if has.Level != 0 {
		out = append(out, Learned{"authority.level", has.Cause})
	}
	if d.Kind == work.Strategic {
		out = append(out, Learned{"check_in", learn.RhythmWhy(&d.Terms, tx.Today(), has)})
	}
	return out, nil
}
