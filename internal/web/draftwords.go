package web

import (
	"slices"
	"strconv"
	"strings"

	"baton/internal/app/delegations"
	"baton/internal/work"
)

// levelsOf are the levels a form offers: all seven, or the three sentences of
// an assignment, with the one it has now if it is another.
func levelsOf(kind work.DelegationKind, f *form) []work.Level {
	if kind == work.Strategic {
		return []work.Level{work.Tell, work.Explain, work.Consult, work.Agree, work.Intend, work.Inform, work.Autonomous}
	}
	out := []work.Level{work.Explain, work.Intend, work.Autonomous}
	if n, err := strconv.Atoi(f.Get("authority.level")); err == nil && !slices.Contains(out, work.Level(n)) && n >= 1 && n <= 7 {
		out = append(out, work.Level(n))
		slices.Sort(out)
	}
	return out
}

// levelCardWords are a level's heading and what follows from it. An assignment's
// heading is what its giver would say.
func levelCardWords(kind work.DelegationKind, l work.Level, o voice, f *form) (heading, rest string) {
	t := levelTerms(l, f)
	if kind == work.Assignment {
		return "“" + l.Simple() + "”", o.simple(l, t.Intention)
	}
	heading, rest, _ = strings.Cut(o.authority(l, t.Intention), ". ")
	return strconv.Itoa(int(l)) + " · " + strings.TrimSuffix(heading, "."), rest
}

// levelTerms are terms that say only a level, to put it into words.
func levelTerms(l work.Level, f *form) *work.Terms {
	days, _ := strconv.Atoi(f.text("intention_days")) // none is the usual
	return &work.Terms{Authority: work.Authority{Level: l}, Intention: days}
}

// folded are the fields that stand under “Limits, and more”.
var folded = []string{"per_decision", "total", "limit_hours", "kinds", "until", "notice_days", "intention_days", "path", "brief.reviewer"}

// moreIsWrong reports whether something folded away is wrong.
func moreIsWrong(f *form, kind work.DelegationKind) bool {
	hidden := slices.Concat(folded, []string{"price", "per"})
	if kind == work.Assignment {
		hidden = slices.Concat(folded, []string{"brief.parts", "check_in", "support"})
	}
	return anyWrong(f, hidden...)
}

// anyWrong reports whether something is wrong with one of the fields.
func anyWrong(f *form, names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return f.Wrong[name] != "" })
}

// foldedFinding reports whether the check found something about a field that
// the form folds away.
func foldedFinding(found []work.Finding, kind work.DelegationKind) bool {
	hidden := []string{"authority.limits", "brief.reviewer"}
	if kind == work.Assignment {
		hidden = append(hidden, "brief.instructions", "check_in", "support")
	}
	return slices.ContainsFunc(found, func(f work.Finding) bool { return slices.Contains(hidden, f.Field) })
}

// fieldOf is the name of the field in which a finding is mended.
func fieldOf(f work.Finding, kind work.DelegationKind) string {
	switch {
	case f.Field == "authority.limits":
		return "per_decision"
	case f.Field == "brief.success" && kind == work.Assignment:
		return "brief.minimum"
	}
	return f.Field
}

func previewSentence(p *preview) string {
	switch {
	case len(p.Candidates) > 0:
		return "This is what those it is shown to see. Offer it to one of them."
	case p.Receiver.ID == 0:
		return "This is what they will see. Nobody sees it yet."
	}
	return "This is what " + p.Receiver.Name + " will see. Nobody sees it yet."
}

// rhythmHint says what check-ins look like, with those that would be proposed
// and why.
func rhythmHint(proposed string) string {
	const how = "Like every monday; empty for none."
	return strings.TrimSpace(delegations.ProposedWords(proposed) + " " + how)
}
