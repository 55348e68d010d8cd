package match

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// ReadORLib reads problems in the format of OR-Library's files on generalised
// assignment. One problem is whole numbers between blanks and line ends,
// wherever the lines break: the people m and the tasks n; then for each person
// n costs, or profits when maximise is set; then for each person n efforts;
// then m capacities. Every task has to be done. A file whose first line is one
// number alone holds that many problems, one after the other.
//
// A cost is read as a value below zero, so that the best plan is the cheapest
// one. An error is a sentence naming the line, and wraps [ErrInvalid] unless
// the reader itself failed. Memory grows with what was read, whatever the
// numbers at the top announce.
func ReadORLib(r io.Reader, maximise bool) ([]*Problem, error) {
	w := &words{in: bufio.NewReader(r), line: 1}
	first, err := w.number("the number of people, or of problems")
	if err != nil {
		return nil, err
	}
	if !w.alone() {
		p, err := readDense(w, first, maximise)
		if err != nil {
			return nil, err
		}
		return w.whole([]*Problem{p})
	}
	if first < 1 {
		return nil, w.errorf("the file announces %d problems", first)
	}
	var list []*Problem
	for k := range first {
		people, err := w.number(fmt.Sprintf("the number of people of problem %d of %d", k+1, first))
		if err != nil {
			return nil, err
		}
		p, err := readDense(w, people, maximise)
		if err != nil {
			return nil, fmt.Errorf("problem %d of %d: %w", k+1, first, err)
		}
		list = append(list, p)
	}
	return w.whole(list)
}

// readDense reads what follows the number of people.
func readDense(w *words, people int64, maximise bool) (*Problem, error) {
	tasks, err := w.number("the number of tasks")
	if err != nil {
		return nil, err
	}
	const most = 1<<31 - 1
	if people < 1 || tasks < 1 || people > most/tasks {
		return nil, w.errorf("%d people and %d tasks: there have to be some of both, and at most %d pairs", people, tasks, most)
	}
	values, err := w.table("value", people, tasks)
	if err != nil {
		return nil, err
	}
	efforts, err := w.table("effort", people, tasks)
	if err != nil {
		return nil, err
	}
	capacity, err := w.table("capacity", people, 1)
	if err != nil {
		return nil, err
	}
	p := &Problem{
		Start:    make([]int, tasks+1),
		Person:   make([]int, len(values)),
		Value:    make([]int64, len(values)),
		Effort:   make([]int64, len(values)),
		Capacity: capacity,
	}
	m, n := int(people), int(tasks)
	for t := range n {
		p.Start[t+1] = (t + 1) * m
		for i := range m {
			from, to := i*n+t, t*m+i
			p.Person[to], p.Value[to], p.Effort[to] = i, values[from], efforts[from]
			if !maximise {
				p.Value[to] = -values[from]
			}
		}
	}
	if err := p.Validate(); err != nil {
		return nil, err
	}
	return p, nil
}

// words reads numbers and remembers the line.
type words struct {
	in   *bufio.Reader
	line int
}

func (w *words) errorf(format string, args ...any) error {
	return fmt.Errorf("%w: line %d: %s", ErrInvalid, w.line, fmt.Sprintf(format, args...))
}

// skip goes to the next byte that is no blank and returns it unread, or 0 at
// the end. With stop it does not leave the line.
func (w *words) skip(stop bool) (byte, error) {
	for {
		c, err := w.in.ReadByte()
		if errors.Is(err, io.EOF) {
			return 0, nil
		}
		if err != nil {
			return 0, fmt.Errorf("read line %d: %w", w.line, err)
		}
		switch {
		case c == '\n' && stop, c != ' ' && c != '\t' && c != '\r' && c != '\n':
			return c, w.in.UnreadByte()
		case c == '\n':
			w.line++
		}
	}
}

// alone says whether nothing but blanks follows on the line.
func (w *words) alone() bool {
	c, err := w.skip(true)
	return err == nil && c == '\n'
}

// whole returns the problems once it is sure that nothing follows them.
func (w *words) whole(list []*Problem) ([]*Problem, error) {
	c, err := w.skip(false)
	if err != nil {
		return nil, err
	}
	if c != 0 {
		return nil, w.errorf("%q follows after the last capacity", c)
	}
	return list, nil
}

// number reads the next number; the name says in an error what it would be.
func (w *words) number(name string) (int64, error) {
	word, err := w.word()
	if err != nil {
		return 0, err
	}
	if len(word) == 0 {
		return 0, w.errorf("the file ends where %s is expected", name)
	}
	n, err := strconv.ParseInt(string(word), 10, 64)
	if err != nil || n <= -limit || n >= limit {
		return 0, w.errorf("%q is no whole number below 2^60, and %s is expected", word, name)
	}
	return n, nil
}

// word reads up to the next blank, or as far as a number could reach.
func (w *words) word() ([]byte, error) {
	if c, err := w.skip(false); c == 0 {
		return nil, err
	}
	word := make([]byte, 0, 24)
	for len(word) < cap(word) {
		c, err := w.in.ReadByte()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("read line %d: %w", w.line, err)
		}
		if c == ' ' || c == '\t' || c == '\r' || c == '\n' {
			return word, w.in.UnreadByte()
		}
		word = append(word, c)
	}
	return word, nil
}

// table reads a row of numbers for each person.
func (w *words) table(name string, people, tasks int64) ([]int64, error) {
	var list []int64
	for k := range people * tasks {
		n, err := w.number("a number")
		if err != nil {
			return nil, fmt.Errorf("the %s table, person %d of %d, number %d of %d: %w",
				name, k/tasks+1, people, k%tasks+1, tasks, err)
		}
		list = append(list, n)
	}
	return list, nil
}
