package app

import "testing"

// TestAMatchIsAListOfTags reads If-Match as RFC 9110 has it.
func TestAMatchIsAListOfTags(t *testing.T) {
	for _, row := range []struct {
		header string
		two    bool // whether version 2 is met
	}{
		{"", true},
		{"*", true},
		{" * ", true},
		{`"2"`, true},
		{"2", true},
		{`W/"2"`, true},
		{`"1"`, false},
		{`"a", "2"`, true},
		{`"2","a"`, true},
		{`"1" , W/"2"`, true},
		{`"a", "b"`, false},
		{`"1, 2"`, false},
		{`"a,2"`, false},
		{"abc", false},
		{`"2`, false},
		{`"2" "3"`, false},
		{`"2x"`, false},
		{"-2", false},
		{`""`, false},
		{",", false},
	} {
		var m Match
		if err := m.UnmarshalText([]byte(row.header)); err != nil || m.Holds(2) != row.two {
			t.Errorf("If-Match: %s is %v, %v", row.header, m, err)
		}
	}
	if !Seen(0).Holds(7) || !Seen(7).Holds(7) || Seen(6).Holds(7) {
		t.Error("what was seen is one version, and 0 none")
	}
}
