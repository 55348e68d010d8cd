package match

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// orlib writes problems that give every task to every person, as costs.
func orlib(list []*Problem) []byte {
	var b bytes.Buffer
	fmt.Fprintln(&b, len(list))
	for _, p := range list {
		m, n := p.People(), p.Tasks()
		fmt.Fprintln(&b, m, n)
		for i := range m {
			for t := range n {
				fmt.Fprint(&b, -p.Value[t*m+i], " ")
			}
		}
		for i := range m {
			for t := range n {
				fmt.Fprint(&b, p.Effort[t*m+i], " ")
			}
		}
		for _, c := range p.Capacity {
			fmt.Fprint(&b, c, "\n")
		}
	}
	return b.Bytes()
}

// Two people, three tasks, wrapped differently; once alone and once as two.
func TestReadORLib(t *testing.T) {
	want := &Problem{
		Start:    []int{0, 2, 4, 6},
		Person:   []int{0, 1, 0, 1, 0, 1},
		Value:    []int64{1, 4, 2, 5, 3, 6},
		Effort:   []int64{7, 10, 8, 11, 9, 12},
		Capacity: []int64{20, 21},
	}
	const one = " 2 3\r\n 1 2\n3\n4 5 6 7 8 9\n\n10 11 12\n20\t21"
	for name, text := range map[string]string{"alone": one, "of two": "2 \n" + one + "\n" + one + "\n\n"} {
		list, err := ReadORLib(strings.NewReader(text), true)
		if err != nil || !reflect.DeepEqual(list[0], want) {
			t.Errorf("%s: %+v, %v", name, list, err)
		}
		costs, err := ReadORLib(strings.NewReader(text), false)
		if err != nil || len(costs) != len(list) || costs[0].Value[5] != -6 {
			t.Errorf("%s as costs: %+v, %v", name, costs, err)
		}
	}
}

func TestReadORLibRefuses(t *testing.T) {
	for name, c := range map[string]struct{ text, says string }{
		"nothing":          {"", "line 1: the file ends where the number of people"},
		"words":            {"people and tasks", `line 1: "people" is no whole number`},
		"a fraction":       {"1 1\n2.5\n1\n1\n", "the value table, person 1 of 1, number 1 of 1"},
		"a lying header":   {"40000 50000\n1 2 3\n", "the file ends"},
		"more than pairs":  {"4000000000 4000000000\n", "at most 2147483647 pairs"},
		"tasks for no one": {"0 1000000000\n", "some of both"},
		"too few problems": {"2\n1 1\n1\n1\n1\n", "line 6: the file ends where the number of people of problem 2 of 2"},
		"many problems":    {"1000000000000\n", "the file ends where the number of people of problem 1"},
		"no problems":      {"0\n", "announces 0 problems"},
		"too much":         {"1 1 1 1 1 7", "'7' follows after the last capacity"},
		"negative effort":  {"1 1 1 -1 1", "an effort of -1"},
		"a large value":    {"1 1 1152921504606846976 1 1", "below 2^60"},
	} {
		_, err := ReadORLib(strings.NewReader(c.text), false)
		if !errors.Is(err, ErrInvalid) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, not %q", name, err, c.says)
		}
	}
}

// The published files are all understood, the same as the tests' own reader does.
func TestReadORLibPublished(t *testing.T) {
	for _, b := range benchmarks(t) {
		text, err := os.ReadFile(filepath.Join(gapDir, b.file))
		if err != nil {
			t.Fatal(err)
		}
		list, err := ReadORLib(bytes.NewReader(text), b.maximise)
		if err != nil || len(list) != 1 {
			t.Fatalf("%s: %d problems, %v", b.name, len(list), err)
		}
		want := b.problem(t)
		for name, pair := range map[string][2]any{
			"start": {list[0].Start, want.Start}, "people": {list[0].Person, want.Person},
			"values": {list[0].Value, want.Value}, "efforts": {list[0].Effort, want.Effort},
			"capacities": {list[0].Capacity, want.Capacity},
		} {
			if !reflect.DeepEqual(pair[0], pair[1]) {
				t.Errorf("%s: the %s are %v, not %v", b.name, name, pair[0], pair[1])
			}
		}
	}
}

// What is read is valid, and written it reads as the same again.
func FuzzReadORLib(f *testing.F) {
	f.Fuzz(func(t *testing.T, text []byte) {
		list, err := ReadORLib(bytes.NewReader(text), false)
		if err != nil {
			if !errors.Is(err, ErrInvalid) || list != nil {
				t.Fatalf("%d problems, %v", len(list), err)
			}
			return
		}
		again, err := ReadORLib(bytes.NewReader(orlib(list)), false)
		if err != nil || !reflect.DeepEqual(list, again) {
			t.Fatalf("%+v, then %+v, %v", list, again, err)
		}
	})
}
