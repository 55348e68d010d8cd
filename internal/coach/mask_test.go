package coach

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestNamesGo(t *testing.T) {
	m := NewMask([]Somebody{
		{Name: "Imani Okafor", Email: "imani@clinic.example"},
		{Name: "Ben Smith", Named: true},
		{Name: "Ben Jones"},
		{Name: "Dr. Ana María de la Cruz"},
		{Name: "Sparkle Homes"},
		{Name: "O'Brien"},
		{Name: "X"},
		{Name: "Robin Hale", Named: true},
	})
	for _, row := range []struct{ text, want string }{
		{"Call Imani Okafor today", "Call I. O. today"},
		{"imani's notes for OKAFOR", "I. O.'s notes for I. O."},
		{"Imanis list", "I. O. list"},
		{"Ask Maria, or Crúz", "Ask D. A. M. D. L. C., or D. A. M. D. L. C."}, // without the accent, and with one too many
		{"mari\u0301a, in two characters", "D. A. M. D. L. C., in two characters"},
		{"imani-okafor and imani_okafor, ImaniOkafor", "I. O. and I. O., I. O."},
		{"write to Imani@Clinic.example.", "write to I. O."},
		{"The rota, and Imani Okafor.", "The rota, and I. O."},
		{"write to somebody@else.example", "write to …@…"},
		{"Ben Smith asked", "Ben Smith asked"},
		{"Ben asked", "B. J. asked"},
		{"Ben Jones asked Ben Smith", "B. J. asked Ben Smith"},
		{"Ana de la Cruz", "D. A. M. D. L. C. de la D. A. M. D. L. C."},
		{"two homes for Sparkle Homes", "two S. H. for S. H."},
		{"O’Brien and O'Brien", "O. B. and O. B."},
		{"Benefit of the doubt", "Benefit of the doubt"},
		{"X marks the spot", "X marks the spot"},
		{"Robin decides, Robin Hale too", "Robin decides, Robin Hale too"},
		{"", ""},
	} {
		if got := m.Text(row.text); got != row.want {
			t.Errorf("%q becomes %q, want %q", row.text, got, row.want)
		}
	}
}

func TestInitials(t *testing.T) {
	for name, want := range map[string]string{"Imani Okafor": "I. O.", "élodie": "É.", "": "N. N.", "…": "N. N.", "Ana-Lena Groß": "A. L. G."} {
		if got := Initials(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

// TestApplyFindsEveryText: a field nobody thought of loses its names, what is
// tagged and what has a type of its own stays.
func TestApplyFindsEveryText(t *testing.T) {
	type kind string
	type inner struct{ Text string }
	v := struct {
		Text  string
		Fixed string `mask:"-"`
		Kind  kind
		List  []inner
		Deep  *inner
		None  *inner
		Many  []string
	}{"Imani", "Imani", "Imani", []inner{{"for Imani"}}, &inner{"Imani"}, nil, []string{"Imani"}}
	NewMask([]Somebody{{Name: "Imani"}}).Apply(&v)
	if v.Text != "I." || v.Fixed != "Imani" || v.Kind != "Imani" || v.List[0].Text != "for I." || v.Deep.Text != "I." || v.Many[0] != "I." {
		t.Errorf("%+v %+v", v, v.Deep)
	}
}

// TestNoWordOfANameIsLeft: whatever stands around it, however it is written.
func TestNoWordOfANameIsLeft(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[A-Z][a-zäöüéß]{3,8}`)
		hidden := rapid.SliceOfNDistinct(word, 2, 2, strings.ToLower).Draw(t, "hidden")
		other := rapid.SliceOfNDistinct(word, 2, 2, strings.ToLower).Draw(t, "named")
		m := NewMask([]Somebody{{Name: strings.Join(hidden, " ")}, {Name: strings.Join(other, " "), Named: true}})
		pieces := rapid.SliceOfN(rapid.SampledFrom([]string{
			hidden[0], hidden[1], strings.ToUpper(hidden[0]), strings.ToLower(hidden[1]), hidden[0] + " " + hidden[1], hidden[0] + "'s", hidden[1] + "s", other[0],
			other[0] + " " + other[1], "1", "…", "\n", "to", strings.ToLower(hidden[0]) + "@example.org",
		}), 1, 12).Draw(t, "pieces")
		between := rapid.SampledFrom([]string{" ", ", ", "-", "/", " \t", "_"}).Draw(t, "between")
		text := strings.Join(pieces, between)
		got := strings.ToLower(m.Text(text))
		for _, h := range hidden {
			low := strings.ToLower(h)
			named := strings.ToLower(strings.Join(other, " "))
			if strings.Contains(named, low) {
				continue // somebody who agreed has it in their name
			}
			if strings.Contains(got, low) {
				t.Fatalf("%q leaves %q of %q", text, low, got)
			}
		}
		if again := m.Text(m.Text(text)); again != m.Text(text) && !strings.Contains(again, "…@…") {
			t.Fatalf("a second time %q becomes %q", m.Text(text), again)
		}
	})
}
