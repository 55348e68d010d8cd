package match

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// A document is the JSON form of a Problem, see [ReadJSON].
type document struct {
	People     []personDoc `json:"people"`
	Tasks      []taskDoc   `json:"tasks"`
	Load       []stepDoc   `json:"load,omitempty"`
	SwitchCost int64       `json:"switch_cost,omitempty"`
	WarmStart  []int       `json:"warm_start,omitempty"`
}

type personDoc struct {
	Capacity   int64 `json:"capacity"`
	MaxTasks   *int  `json:"max_tasks,omitempty"`
	MaxStretch *int  `json:"max_stretch,omitempty"`
}

type taskDoc struct {
	Candidates []candidateDoc `json:"candidates"`
	Leave      *int64         `json:"leave,omitempty"`
	Pinned     *int           `json:"pinned,omitempty"`
	Previous   *int           `json:"previous,omitempty"`
}

type candidateDoc struct {
	Person    int   `json:"person"`
	Value     int64 `json:"value"`
	Effort    int64 `json:"effort"`
	Stretch   bool  `json:"stretch,omitempty"`
	Forbidden bool  `json:"forbidden,omitempty"`
}

type stepDoc struct {
	Percent int   `json:"percent"`
	Price   int64 `json:"price"`
}

// ReadJSON reads a problem, and the plan to begin with for Options.WarmStart
// or nil, from one JSON object. People and tasks are numbered from 0 in the
// order they stand in; all numbers are whole.
//
//	{
//	  "people": [{
//	    "capacity": 60,
//	    "max_tasks": 3,              optional: no limit
//	    "max_stretch": 1             optional: no limit
//	  }],
//	  "tasks": [{
//	    "candidates": [{             in any order, each person once
//	      "person": 0,
//	      "value": 90,               below zero for a cost
//	      "effort": 45,
//	      "stretch": true,           optional: false
//	      "forbidden": true          optional: false
//	    }],
//	    "leave": -20,                optional: the task must be done
//	    "pinned": 0,                 optional: nobody
//	    "previous": 0                optional: nobody
//	  }],
//	  "load": [{"percent": 80, "price": 500}],   optional: no price
//	  "switch_cost": 5,                          optional: 0
//	  "warm_start": [0]                          optional; by task, -1 for nobody
//	}
//
// What each of them means stands at [Problem]. A name that is not among these
// is refused. The error wraps [ErrInvalid] unless the reader itself failed.
func ReadJSON(r io.Reader) (*Problem, []int, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, nil, fmt.Errorf("read the problem: %w", err)
	}
	d, err := parseDocument(text)
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	p, err := d.problem()
	if err != nil {
		return nil, nil, err
	}
	if d.WarmStart != nil && len(d.WarmStart) != p.Tasks() {
		return nil, nil, fmt.Errorf("%w: warm_start has %d entries for %d tasks", ErrInvalid, len(d.WarmStart), p.Tasks())
	}
	for t, i := range d.WarmStart {
		if i < Nobody || i >= p.People() {
			return nil, nil, fmt.Errorf("%w: warm_start gives task %d to person %d of %d", ErrInvalid, t, i, p.People())
		}
	}
	return p, d.WarmStart, nil
}

// parseDocument reads one object and nothing after it.
func parseDocument(text []byte) (*document, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	var d document
	err := decoder.Decode(&d)
	if err == nil {
		if more := bytes.TrimLeft(text[decoder.InputOffset():], " \t\r\n"); len(more) > 0 {
			return nil, fmt.Errorf("line %d: something follows after the problem", lineOf(text, int64(len(text)-len(more))))
		}
	}
	if err == nil && (d.People == nil || d.Tasks == nil) {
		return nil, errors.New("a problem has a list of people and a list of tasks")
	}
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case err == nil:
		return &d, nil
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return nil, errors.New("the JSON ends too early")
	case errors.As(err, &syntax):
		return nil, fmt.Errorf("line %d: this is not JSON: %w", lineOf(text, syntax.Offset), err)
	case errors.As(err, &kind):
		return nil, fmt.Errorf("line %d: %s cannot be %s", lineOf(text, kind.Offset), kind.Field, kind.Value)
	}
	return nil, fmt.Errorf("line %d: %w", lineOf(text, decoder.InputOffset()), err)
}

func lineOf(text []byte, offset int64) int {
	return 1 + bytes.Count(text[:min(int(offset), len(text))], []byte("\n"))
}

// problem builds what the document says.
func (d *document) problem() (*Problem, error) {
	b := Builder{SwitchCost: d.SwitchCost}
	for _, s := range d.Load {
		b.Load.Steps = append(b.Load.Steps, Step(s))
	}
	for _, p := range d.People {
		b.Limit(b.Person(p.Capacity), or(p.MaxTasks, NoLimit), or(p.MaxStretch, NoLimit))
	}
	for _, in := range d.Tasks {
		t := b.Task()
		if in.Leave != nil {
			b.MayLeave(t, *in.Leave)
		}
		b.Pin(t, or(in.Pinned, Nobody))
		b.Had(t, or(in.Previous, Nobody))
		for _, c := range in.Candidates {
			if c.Stretch {
				b.Stretch(t, c.Person, c.Value, c.Effort)
			} else {
				b.Pair(t, c.Person, c.Value, c.Effort)
			}
			if c.Forbidden {
				b.Forbid(t, c.Person)
			}
		}
	}
	p, err := b.Problem()
	if err != nil {
		return nil, err
	}
	return p, nil
}

func or[T any](given *T, otherwise T) T {
	if given == nil {
		return otherwise
	}
	return *given
}

// WriteJSON writes a valid problem, and the plan to begin with unless it is
// nil, in the form that [ReadJSON] reads.
func WriteJSON(w io.Writer, p *Problem, warmStart []int) error {
	if err := p.Validate(); err != nil {
		return err
	}
	d := document{
		People: make([]personDoc, p.People()), Tasks: make([]taskDoc, p.Tasks()),
		SwitchCost: p.SwitchCost, WarmStart: warmStart,
	}
	for _, s := range p.Load.Steps {
		d.Load = append(d.Load, stepDoc(s))
	}
	for i, c := range p.Capacity {
		d.People[i] = personDoc{Capacity: c, MaxTasks: unless(p.MaxTasks, i, NoLimit), MaxStretch: unless(p.MaxStretch, i, NoLimit)}
	}
	for t := range d.Tasks {
		d.Tasks[t] = taskDoc{
			Candidates: make([]candidateDoc, 0, p.Start[t+1]-p.Start[t]),
			Leave:      unless(p.Leave, t, MustDo),
			Pinned:     unless(p.Pinned, t, Nobody),
			Previous:   unless(p.Previous, t, Nobody),
		}
		for e := p.Start[t]; e < p.Start[t+1]; e++ {
			d.Tasks[t].Candidates = append(d.Tasks[t].Candidates, candidateDoc{
				Person: p.Person[e], Value: p.Value[e], Effort: p.Effort[e],
				Stretch: p.Stretch != nil && p.Stretch[e], Forbidden: p.Forbidden != nil && p.Forbidden[e],
			})
		}
	}
	return json.NewEncoder(w).Encode(d)
}

// unless is an entry of a list that may be nil, or nil when it says nothing.
func unless[T comparable](list []T, k int, nothing T) *T {
	if list == nil || list[k] == nothing {
		return nil
	}
	return &list[k]
}
