package work

import (
	"cmp"
	"slices"

	"baton/internal/ical"
)

// NextBest names who could have a task that came back: the best suited among
// people who stay, are here, hold what it needs and have room for it; nil when
// nobody is known to suit. loads are the minutes a week people carry already.
// It compares a few people for one task; weighing all tasks against all people
// is the plan's.
func NextBest(t *Task, people []Person, loads map[PersonID]Minutes, except PersonID, today ical.Date) *Person {
	type scored struct {
		p     *Person
		score int
	}
	var fit []scored
	for i := range people {
		p := &people[i]
		if p.ID == except || p.ID == t.Carrier || !p.CanTake(t, loads[p.ID], today) {
			continue
		}
		if score := p.Suits(t); score > 0 {
			fit = append(fit, scored{p, score})
		}
	}
	if len(fit) == 0 {
		return nil
	}
	best := slices.MaxFunc(fit, func(a, b scored) int {
		return cmp.Or(cmp.Compare(a.score, b.score), cmp.Compare(b.p.ID, a.p.ID))
	})
	return best.p
}

// CanTake reports whether nothing forbids a person a task: they have not left,
// are here, hold the credentials, and offer the hours beside what they carry.
func (p *Person) CanTake(t *Task, carried Minutes, today ical.Date) bool {
	_, away := p.AwayOn(today)
	if away || p.Gone(today) || p.Released < carried+t.Weekly(today) {
		return false
	}
	return !slices.ContainsFunc(t.Credentials, func(name string) bool { return !p.Holds(name, today) })
}

// Suits says how well a task suits a person: 10 for each level of the skills it
// needs, or of the one its words are closest to, and 15 for a wish to grow that
// its words meet.
func (p *Person) Suits(t *Task) int {
	score, best := 0, 0
	for _, need := range t.Skills {
		score += 10 * p.SkillLevel(need.Name)
	}
	for _, s := range p.Skills {
		if Related(t, s.Name) >= 50 {
			best = max(best, s.Level)
		}
	}
	for _, w := range p.Wishes {
		if Related(t, w) >= 50 {
			score += 15
			break
		}
	}
	if len(t.Skills) == 0 {
		score += 10 * best
	}
	return score
}
