package match

import (
	"cmp"
	"fmt"
	"slices"
)

// A Builder collects people, tasks and pairs in any order and makes a Problem
// of them. The zero value is ready. Mistakes are reported by Problem.
type Builder struct {
	Load       Load
	SwitchCost int64

	capacity             []int64
	maxTasks, maxStretch []int
	leave                []int64
	pinned, previous     []int
	pairs                []pair
	forbidden            [][2]int
	err                  error
}

type pair struct {
	task, person  int
	value, effort int64
	stretch       bool
}

// Person adds a person and returns their number, counting from 0.
func (b *Builder) Person(capacity int64) int {
	b.capacity = append(b.capacity, capacity)
	b.maxTasks = append(b.maxTasks, NoLimit)
	b.maxStretch = append(b.maxStretch, NoLimit)
	return len(b.capacity) - 1
}

// Limit sets how many tasks a person may have, and how many of them by a
// stretch pair; NoLimit for either.
func (b *Builder) Limit(person, tasks, stretch int) {
	if b.knows("person", person, len(b.capacity)) {
		b.maxTasks[person], b.maxStretch[person] = tasks, stretch
	}
}

// Task adds a task that must be done and returns its number, counting from 0.
func (b *Builder) Task() int {
	b.leave = append(b.leave, MustDo)
	b.pinned = append(b.pinned, Nobody)
	b.previous = append(b.previous, Nobody)
	return len(b.leave) - 1
}

// MayLeave allows a task to be left undone, at a value (often negative or 0).
func (b *Builder) MayLeave(task int, value int64) {
	if b.knows("task", task, len(b.leave)) {
		b.leave[task] = value
	}
}

// Pair lets a person have a task.
func (b *Builder) Pair(task, person int, value, effort int64) {
	b.pairs = append(b.pairs, pair{task: task, person: person, value: value, effort: effort})
}

// Stretch lets a person have a task that counts against their stretch limit.
func (b *Builder) Stretch(task, person int, value, effort int64) {
	b.pairs = append(b.pairs, pair{task, person, value, effort, true})
}

// Pin says that a task has to go to a person, who must be a candidate.
func (b *Builder) Pin(task, person int) {
	if b.knows("task", task, len(b.leave)) {
		b.pinned[task] = person
	}
}

// Forbid rules a pair out, whether or not it was added.
func (b *Builder) Forbid(task, person int) {
	b.forbidden = append(b.forbidden, [2]int{task, person})
}

// Had says who has the task in the plan that people agreed to.
func (b *Builder) Had(task, person int) {
	if b.knows("task", task, len(b.leave)) {
		b.previous[task] = person
	}
}

func (b *Builder) knows(what string, number, count int) bool {
	if number >= 0 && number < count {
		return true
	}
	if b.err == nil {
		b.err = fmt.Errorf("%w: there is no %s %d", ErrInvalid, what, number)
	}
	return false
}

// Problem returns what was collected, or the first mistake in it.
func (b *Builder) Problem() (*Problem, error) {
	tasks := len(b.leave)
	for _, e := range b.pairs {
		b.knows("task", e.task, tasks)
	}
	if b.err != nil {
		return nil, b.err
	}
	pairs := slices.Clone(b.pairs)
	slices.SortStableFunc(pairs, func(x, y pair) int {
		return cmp.Or(cmp.Compare(x.task, y.task), cmp.Compare(x.person, y.person))
	})
	p := &Problem{
		Start:      make([]int, tasks+1),
		Leave:      slices.Clone(b.leave),
		Pinned:     slices.Clone(b.pinned),
		Previous:   slices.Clone(b.previous),
		Person:     make([]int, len(pairs)),
		Value:      make([]int64, len(pairs)),
		Effort:     make([]int64, len(pairs)),
		Stretch:    make([]bool, len(pairs)),
		Forbidden:  make([]bool, len(pairs)),
		Capacity:   slices.Clone(b.capacity),
		MaxTasks:   slices.Clone(b.maxTasks),
		MaxStretch: slices.Clone(b.maxStretch),
		Load:       Load{Steps: slices.Clone(b.Load.Steps)},
		SwitchCost: b.SwitchCost,
	}
	for e, from := range pairs {
		p.Start[from.task+1]++
		p.Person[e], p.Value[e], p.Effort[e], p.Stretch[e] = from.person, from.value, from.effort, from.stretch
	}
	for t := range tasks {
		p.Start[t+1] += p.Start[t]
	}
	for _, f := range b.forbidden {
		if !b.knows("task", f[0], tasks) || !b.knows("person", f[1], p.People()) {
			return nil, b.err
		}
		if e, ok := p.Pair(f[0], f[1]); ok {
			p.Forbidden[e] = true
		}
	}
	return p, p.Validate()
}
