package learn

import (
	"slices"
	"strings"

	"baton/internal/work"
)

// Skills returns what a task shows of its carrier: the skills it says it
// needs, or else the field of work its title speaks of, unless that needs no
// skill. Each has the level the work needs.
func Skills(t *work.Task, kind work.DelegationKind) []work.Skill {
	if len(t.Skills) > 0 {
		out := slices.Clone(t.Skills)
		for i := range out {
			out[i].Level = Demand(out[i].Level, kind)
		}
		return out
	}
	for _, f := range work.FieldsOf(t) {
		if !f.Plain {
			return []work.Skill{{Name: f.Name, Level: Demand(0, kind)}}
		}
	}
	return nil
}

// Area is what looks back on a task have in common with those on others: the
// skill it needs first, or the field of work its title speaks of, in small
// letters; "" for none.
func Area(t *work.Task) string { return AreaIn(t, work.FieldsOf(t)) }

// AreaIn is Area for a task whose fields of work are known.
func AreaIn(t *work.Task, fields []work.Field) string {
	switch {
	case len(t.Skills) > 0:
		return strings.ToLower(t.Skills[0].Name)
	case len(fields) > 0:
		return strings.ToLower(fields[0].Name)
	}
	return ""
}

// Next is what looks back of two people in an area mean for the next time.
type Next struct {
	Level work.Level // to propose; 0 for none
	Cause string     // of the level
	Good  int        // good rounds in a row; poor ones count below zero
}
