package match

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Everything the Problem type can say survives writing and reading.
func TestJSONRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyProblem(t, sizeOf{tasks: 6, people: 4, load: true})
		warm := make([]int, p.Tasks())
		for j := range warm {
			warm[j] = rapid.IntRange(Nobody, p.People()-1).Draw(t, "warm")
		}
		if len(warm) == 0 {
			warm = nil
		}
		var text bytes.Buffer
		if err := WriteJSON(&text, p, warm); err != nil {
			t.Fatal(err)
		}
		again, start, err := ReadJSON(&text)
		if err != nil || !reflect.DeepEqual(p, again) || !reflect.DeepEqual(warm, start) {
			t.Fatalf("%+v %v became %+v %v, %v", p, warm, again, start, err)
		}
	})
}

// The lists that may be nil are written as if they said nothing.
func TestWriteJSONNil(t *testing.T) {
	var text bytes.Buffer
	p := &Problem{Start: []int{0, 1}, Person: []int{0}, Value: []int64{3}, Effort: []int64{2}, Capacity: []int64{9}}
	if err := WriteJSON(&text, p, nil); err != nil {
		t.Fatal(err)
	}
	const want = `{"people":[{"capacity":9}],"tasks":[{"candidates":[{"person":0,"value":3,"effort":2}]}]}`
	if got := strings.TrimSpace(text.String()); got != want {
		t.Errorf("%s, not %s", got, want)
	}
	if err := WriteJSON(&text, &Problem{Capacity: []int64{-1}}, nil); !errors.Is(err, ErrInvalid) {
		t.Errorf("an invalid problem is written: %v", err)
	}
}

func TestReadJSONRefuses(t *testing.T) {
	for name, c := range map[string]struct{ text, says string }{
		"nothing":        {"", "ends too early"},
		"half":           {`{"people":[`, "ends too early"},
		"no JSON":        {"{\n5", "line 2: this is not JSON"},
		"no lists":       {"{}", "a list of people and a list of tasks"},
		"a wrong kind":   {"{\"people\":[\n{\"capacity\":\"x\"}]}", "line 2: people.capacity cannot be string"},
		"a fraction":     {`{"people":[{"capacity":1.5}]}`, "people.capacity cannot be number 1.5"},
		"unknown name":   {`{"persons":[]}`, `unknown field "persons"`},
		"more after it":  {"{\"people\":[],\"tasks\":[]}\n{}", "line 2: something follows"},
		"unknown person": {`{"people":[],"tasks":[{"candidates":[{"person":0,"value":1,"effort":1}]}]}`, "names person 0 of 0"},
		"a person twice": {
			`{"people":[{"capacity":1}],"tasks":[{"candidates":[{"person":0},{"person":0}]}]}`, "names person 0 twice",
		},
		"short start": {`{"people":[],"tasks":[],"warm_start":[0]}`, "warm_start has 1 entries for 0 tasks"},
		"wrong start": {`{"people":[],"tasks":[{"candidates":[]}],"warm_start":[0]}`, "gives task 0 to person 0 of 0"},
	} {
		_, _, err := ReadJSON(strings.NewReader(c.text))
		if !errors.Is(err, ErrInvalid) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, not %q", name, err, c.says)
		}
	}
}

// What is read is valid, and written it reads as the same again.
func FuzzReadJSON(f *testing.F) {
	f.Fuzz(func(t *testing.T, text []byte) {
		p, warm, err := ReadJSON(bytes.NewReader(text))
		if err != nil {
			if !errors.Is(err, ErrInvalid) || p != nil {
				t.Fatalf("%+v, %v", p, err)
			}
			return
		}
		var written bytes.Buffer
		if err := WriteJSON(&written, p, warm); err != nil {
			t.Fatal(err)
		}
		again, start, err := ReadJSON(&written)
		if err != nil || !reflect.DeepEqual(p, again) || len(warm)+len(start) > 0 && !reflect.DeepEqual(warm, start) {
			t.Fatalf("%+v %v, then %+v %v, %v", p, warm, again, start, err)
		}
	})
}
