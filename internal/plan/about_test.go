package plan

import (
	"fmt"
	"slices"
	"testing"

	"baton/internal/work"
)

func TestNaming(t *testing.T) {
	// Each title is tried with every name, so that no rule hangs on one.
	names := []string{"Nadia", "Oluwaseun", "Zoë", "Jean-Luc", "O’Dea", "May", "小美"}
	for _, row := range []struct {
		title string
		want  naming
	}{
		{"Drive %s to orchestra", about},
		{"Talk to %s about the rota", about},
		{"Find a birthday present for %s", about},
		{"Check %s's homework", about},
		{"%s's performance review", about},
		{"%s’s performance review", about},
		{"One on one with %s", about},
		{"Ask %s about the invoice", about},
		{"Remind %s to practise", about},
		{"Call with %s: invoices", about},
		{"Collect %s", about},
		{"Give the keys to %s's mother", about},
		{"%s: order supplies", calledUpon},
		{"%s - order supplies", calledUpon},
		{"%s, order supplies", calledUpon},
		{"Ruth and %s: plan the party", calledUpon},
		{"Order supplies @%s", calledUpon},
		{"Order supplies (%s)", calledUpon},
		{"Order supplies → %s", calledUpon},
		{"Ask %s to order supplies", calledUpon},
		{"Let %s order supplies", calledUpon},
		{"Supplies, to be ordered by %s", calledUpon},
		{"A list for %s to look through", calledUpon},
		{"Delegate the rota to %s", calledUpon},
		{"%s: drive %[1]s to orchestra", calledUpon},
		{"%s orders supplies", unnamed},
		{"%s birthday party", unnamed},
		{"Order supplies", unnamed},
		{"Order %sable supplies", unnamed},
	} {
		for _, name := range names {
			title := row.title
			if title != "Order supplies" {
				title = fmt.Sprintf(title, name)
			}
			if got := namingOf(title, []string{name}); got != row.want {
				t.Errorf("%q: %s is named as %d, not %d", title, name, got, row.want)
			}
		}
	}
	for _, row := range []struct {
		title, name string
		want        naming
	}{
		{"drive nadia to orchestra", "Nadia", about},
		{"order supplies @nadia", "Nadia", calledUpon},
		{"Order what may be needed", "May", unnamed}, // a small word among capitals
		{"Pay Bright Homes", "Bright Homes", about},
		{"Buy Bright paint", "Bright Homes", unnamed},
		{"", "Nadia", unnamed},
		{"Drive somebody", "", unnamed},
	} {
		if got := namingOf(row.title, []string{row.name}); got != row.want {
			t.Errorf("%q: %q is named as %d, not %d", row.title, row.name, got, row.want)
		}
	}
}

// TestNobodyIsAskedToDoWhatIsAboutThem plans a home where everybody could do
// the one task, and looks who is asked.
func TestNobodyIsAskedToDoWhatIsAboutThem(t *testing.T) {
	for _, pair := range [][2]string{{"Nadia", "Omar"}, {"Omar", "Nadia"}, {"Beatriz Lund", "Chidi"}, {"Chidi", "Beatriz Lund"}} {
		first, other := wordsOf(pair[0])[0].text, wordsOf(pair[1])[0].text
		home := func(title, note string) string {
			in := plate{
				tasks: []string{"Home | " + title + " | " + note + " | every monday | 60"},
				people: []string{
					pair[0] + " | family | 6 | 0 | driving:5, supplies:5", // the better of the two
					pair[1] + " | family | 6 | 0 | driving:3, supplies:3",
				},
			}.input(t)
			p, err := Make(t.Context(), in)
			if err != nil {
				t.Fatal(err)
			}
			if p.Proposals[0].Person == nil {
				return "nobody"
			}
			return p.Proposals[0].Person.Name
		}
		for title, want := range map[string]string{
			"Drive to orchestra":               pair[0],
			"Drive " + first + " to orchestra": pair[1],
			first + ": order supplies":         pair[0],
			"Order supplies @" + first:         pair[0],
		} {
			if got := home(title, ""); got != want {
				t.Errorf("%q of %v goes to %s, not to %s", title, pair, got, want)
			}
		}
		if got := home("Drive "+first+" to orchestra", "Labels: car, "+first); got != pair[0] {
			t.Errorf("a label that names %s: it goes to %s", first, got)
		}
		if got := home(other+": drive "+first+" and "+other+" to orchestra", ""); got != pair[1] {
			t.Errorf("who is called upon and named again does not have it, but %s", got)
		}
	}
}

func TestFirstNamesThatTwoHaveNameNobody(t *testing.T) {
	people := []Candidate{
		{Person: &work.Person{ID: 2, Name: "Nadia Ito", Kind: work.Family}},
		{Person: &work.Person{ID: 3, Name: "Nadia Berg", Kind: work.Teammate}},
		{Person: &work.Person{ID: 4, Name: "Omar Said", Kind: work.Teammate}},
		{Person: &work.Person{ID: 5, Name: "Bright Homes", Kind: work.Provider}},
	}
	called := callings(people)
	for id, want := range map[work.PersonID][]string{2: {"Nadia Ito"}, 3: {"Nadia Berg"}, 4: {"Omar Said", "omar"}, 5: {"Bright Homes"}} {
		if !slices.Equal(called[id], want) {
			t.Errorf("%d is called %q, not %q", id, called[id], want)
		}
	}
}
