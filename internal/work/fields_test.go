package work

import "testing"

// TestAFieldOfWorkIsWhatATitleSpeaksOfFirst: the first names its area.
func TestAFieldOfWorkIsWhatATitleSpeaksOfFirst(t *testing.T) {
	for title, want := range map[string]string{
		"Hiring for the front desk":        "hiring",
		"Answer the front desk about jobs": "communication",
		"Build the staff rota":             "rotas",
		"Train whoever answers the phone":  "teaching",
		"Present the audit":                "presenting",
		"Audit the presentation":           "quality",
	} {
		if got := FieldsOf(&Task{Title: title}); len(got) == 0 || got[0].Name != want {
			t.Errorf("%q speaks of %v, want %s first", title, got, want)
		}
	}
	if got := FieldsOf(&Task{Title: "Nothing in particular"}); len(got) != 0 {
		t.Errorf("it speaks of %v", got)
	}
}
