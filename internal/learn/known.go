package learn

import (
	"slices"
	"strings"
	"time"

	"baton/internal/work"
)

// Known is one kept belief about a person, and what speaks against it.
type Known struct {
	Skill    string
	Belief   Belief
	Recorded int  // the level on the person's card when the belief was kept; 0 for none
	Disputed bool // by the person, and not settled
	Own      int  // what the person says of themselves; 0 for nothing
}

// Now is the belief as it counts at a moment: widened, joined with what
// somebody wrote on the card since, and weighing less while it is disputed.
func (k Known) Now(card int, now time.Time) Belief {
	b := k.Undisputed(card, now)
	if k.Disputed {
		b = b.Disputed(k.Own)
	}
	return b
}

// Undisputed is the belief at a moment as if nobody disputed it: what a new
// observation joins.
func (k Known) Undisputed(card int, now time.Time) Belief {
	b := k.Belief.Widen(now)
	if card != k.Recorded {
		b = b.Corrected(card)
	}
	return b
}

// Words says a belief as it counts, what it rests on and that it is disputed.
func (k Known) Words(b Belief) string {
	words := b.Words()
	switch {
	case k.Disputed && k.Own > 0:
		words += " and by their own word, disputed"
	case k.Disputed:
		words += ", disputed"
	}
	return words
}

// Find returns what is known of a skill. Names compare without regard to case.
func Find(known []Known, skill string) (Known, bool) {
	i := slices.IndexFunc(known, func(k Known) bool { return strings.EqualFold(k.Skill, skill) })
	if i < 0 {
		return Known{}, false
	}
	return known[i], true
}

// Apply returns the person as choices see them: each skill at the effective
// level of what is believed of it. What nobody looked back on stays as the
// card has it. The person given is not changed.
func Apply(p *work.Person, known []Known, now time.Time) *work.Person {
	if len(known) == 0 {
		return p
	}
	seen := *p
	seen.Skills = slices.Clone(p.Skills)
	for _, k := range known {
		level := k.Now(p.SkillLevel(k.Skill), now).Effective()
		i := slices.IndexFunc(seen.Skills, func(s work.Skill) bool { return strings.EqualFold(s.Name, k.Skill) })
		if i < 0 {
			seen.Skills = append(seen.Skills, work.Skill{Name: k.Skill, Level: level})
			continue
		}
		seen.Skills[i].Level = level
	}
	return &seen
}
