package plan

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"baton/internal/ical"
	"baton/internal/phrase"
	"baton/internal/work"
)

const samples = "../../../shared/samples/plates"

var monday = time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)

var today = ical.DateOf(monday)

// A plate is a leader's input in a form short enough to read.
type plate struct {
	tasks  []string // "Area | Title | note | every friday | minutes | deadline"
	people []string // "Name | kind | hours | cost | skill:level, … | wishes | credentials"
}

func (p plate) input(t testing.TB) Input {
	t.Helper()
	in := Input{Me: 1, Capacity: 40 * 60, Currency: "USD", Today: ical.DateOf(monday), Grow: 50}
	in.People = append(in.People, Candidate{Person: &work.Person{ID: 1, Name: "Lead", Kind: work.Teammate}})
	for i, row := range p.people {
		in.People = append(in.People, Candidate{Person: person(t, work.PersonID(i+2), fields(row, 7))})
	}
	for i, row := range p.tasks {
		f := fields(row, 6)
		line := Line{Area: f[0], Task: task(t, work.TaskID(100+i), f[1:])}
		if strings.HasPrefix(f[1], "- ") {
			line.Task.Title = strings.TrimPrefix(f[1], "- ")
			line.Task.Parent = in.Lines[len(in.Lines)-1].Task.ID
			if p := in.Lines[len(in.Lines)-1].Task.Parent; p != 0 {
				line.Task.Parent = p
			}
		}
		in.Lines = append(in.Lines, line)
	}
	guess(&in)
	return in
}

// guess marks every line as the app does.
func guess(in *Input) {
	var skills []string
	for _, p := range in.People {
		for _, s := range p.Skills {
			skills = append(skills, s.Name)
		}
	}
	known := work.NewVocabulary(skills)
	for i := range in.Lines {
		in.Lines[i].Marks = work.Guess(in.Lines[i].Task, known, in.Today)
	}
}

func fields(row string, n int) []string {
	out := strings.Split(row, "|")
	for i := range out {
		out[i] = strings.TrimSpace(out[i])
	}
	for len(out) < n {
		out = append(out, "")
	}
	return out
}

func task(t testing.TB, id work.TaskID, f []string) *work.Task {
	t.Helper()
	out := &work.Task{ID: id, Kind: work.PlainTask, State: work.TaskOpen, Title: f[0], Note: f[1], Position: work.Appended(id)}
	here := phrase.Context{Now: monday, Zone: "America/Chicago"}
	if f[2] != "" {
		when, err := phrase.Recur(f[2], here)
		if err != nil {
			t.Fatalf("%s: %v", f[2], err)
		}
		out.Rule, out.Due = when.Rule, when.Due
	}
	if f[3] != "" {
		n, err := strconv.Atoi(f[3])
		if err != nil {
			t.Fatal(err)
		}
		out.Effort = work.Minutes(n)
	}
	if f[4] != "" {
		day, err := ical.ParseDate(f[4])
		if err != nil {
			t.Fatal(err)
		}
		out.Deadline = ical.DayDue(day, here.Zone)
	}
	return out
}

func person(t testing.TB, id work.PersonID, f []string) *work.Person {
	t.Helper()
	p := &work.Person{ID: id, Name: f[0], Kind: work.PersonKind(f[1])}
	hours, _ := strconv.ParseFloat(f[2], 64)
	cost, _ := strconv.ParseFloat(f[3], 64)
	p.Released, p.HourCost = work.Minutes(hours*60), work.Money(cost*100)
	for one := range strings.SplitSeq(f[4], ",") {
		name, level, _ := strings.Cut(strings.TrimSpace(one), ":")
		if name != "" {
			n, err := strconv.Atoi(level)
			if err != nil {
				t.Fatal(err)
			}
			p.Skills = append(p.Skills, work.Skill{Name: name, Level: n})
		}
	}
	for one := range strings.SplitSeq(f[5], ",") {
		if one = strings.TrimSpace(one); one != "" {
			p.Wishes = append(p.Wishes, one)
		}
	}
	for one := range strings.SplitSeq(f[6], ",") {
		if one = strings.TrimSpace(one); one != "" {
			p.Credentials = append(p.Credentials, work.Credential{Name: one})
		}
	}
	return p
}

// clinic reads the sample plate, or skips the test without it.
func clinic(t testing.TB) plate {
	t.Helper()
	var p plate
	area := ""
	for _, r := range readCSV(t, "clinic-lead.todoist.csv") {
		switch r["TYPE"] {
		case "section":
			area = r["CONTENT"]
		case "task":
			title := strings.Join(strings.FieldsFunc(r["CONTENT"], func(c rune) bool { return c == '|' }), "")
			title, _, _ = strings.Cut(title, " @")
			if r["INDENT"] != "1" {
				title = "- " + title
			}
			p.tasks = append(p.tasks, strings.Join([]string{area, title, r["DESCRIPTION"], r["DATE"], r["DURATION"], r["DEADLINE"]}, "|"))
		}
	}
	for _, r := range readCSV(t, "people.csv") {
		p.people = append(p.people, strings.Join([]string{
			r["name"], r["kind"], r["hours_per_week"], r["hourly_cost"], r["skills"], r["wants_to_grow_in"], r["credentials"],
		}, "|"))
	}
	return p
}

func readCSV(t testing.TB, name string) []map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join(samples, name))
	if err != nil {
		t.Skip("no samples here")
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, v := range row {
			m[strings.TrimPrefix(rows[0][i], "\ufeff")] = v
		}
		out = append(out, m)
	}
	return out
}
