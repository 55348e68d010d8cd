package web

import (
	"testing"

	"baton/internal/app/delegations"
	"baton/internal/work"
)

func TestWhoWasToldIsSpokenTo(t *testing.T) {
	o := voice{me: 2, giver: delegations.Party{ID: 1, Name: "Dana"}, receiver: delegations.Party{ID: 2, Name: "Ana"}}
	for about, want := range map[string]string{"Ana": "You were told that a coach sees this, by initials", "Dana": "Dana was told that a coach sees this, by initials"} {
		if got := o.eventSentence(&delegations.Entry{Kind: work.SharedAbout, About: about}); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestShortJoinsWhatWasSaid(t *testing.T) {
	for _, c := range []struct {
		name string
		in   []string
		want string
	}{
		{"nothing", []string{"", ""}, ""},
		{"one part", []string{"Buy a lamp", ""}, "Buy a lamp"},
		{"a reason after it", []string{"Buy a lamp", "It is dark."}, "Buy a lamp. It is dark."},
		{"its own stop stays", []string{"May we?", "It is dark."}, "May we? It is dark."},
		{"paragraphs", []string{"Buy a lamp\n\nRecommendation: the small one"}, "Buy a lamp. Recommendation: the small one"},
	} {
		if got := short(c.in...); got != c.want {
			t.Errorf("%s: short(%q) = %q, want %q", c.name, c.in, got, c.want)
		}
	}
}

func TestCapitalKeepsLettersWhole(t *testing.T) {
	for in, want := range map[string]string{"": "", "ärztin": "Ärztin", "todoist": "Todoist", "iCalendar (.ics)": "iCalendar (.ics)"} {
		if got := capital(in); got != want {
			t.Errorf("capital(%q) = %q, want %q", in, got, want)
		}
	}
}
