// Package peoplecsv reads people from a table with a header: name, kind, what
// they can do, want and cost.
package peoplecsv

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"baton/internal/ical"
	"baton/internal/importer"
	"baton/internal/work"
)

// Format is a list of people.
var Format = importer.Format{
	Name: "people", Words: "people as CSV", Read: read,
	Looks: func(_, head string) bool {
		_, ok := importer.HasHeader(head, func(c importer.Columns) bool { return header(c) && people(c) })
		return ok
	},
}

func header(c importer.Columns) bool { return c.Has("name") || c.Has("person") || c.Has("fullname") }

// people tells a list of people from one of tasks.
func people(c importer.Columns) bool {
	n := 0
	for _, column := range []string{"kind", "email", "skills", "hoursperweek", "hourlycost", "wantstogrowin", "credentials"} {
		if c.Has(column) {
			n++
		}
	}
	return n >= 2
}

func read(r io.Reader, c importer.Context) importer.Rows {
	keys := importer.NewKeys("people")
	return importer.Records(r, c, "there is no header with a column called name.", header,
		func(cols importer.Columns, record importer.Record, give func(importer.Row) bool) bool {
			name := importer.OneLine(cols.Get(record, "name", "person", "fullname"))
			row := importer.Row{Line: record.Line, Key: keys.Of("", strings.ToLower(name))}
			p, err := person(cols, record, c)
			if err != nil {
				row.Skip = err.Error()
			}
			p.Name = name
			row.Person = &p
			return give(row)
		})
}

// person reads a record; a field that says something impossible is an error.
func person(cols importer.Columns, record importer.Record, c importer.Context) (p work.Person, err error) {
	if p.Kind, err = kind(cols.Get(record, "kind", "type", "role")); err != nil {
		return p, err
	}
	p.Email = strings.ToLower(cols.Get(record, "email", "mail", "emailaddress"))
	p.Note = importer.Cut(cols.Get(record, "note", "notes", "comment", "description"), 5000)
	p.Wishes = list(cols.Get(record, "wantstogrowin", "growthwishes", "wishes", "growth"))
	p.Interests = list(cols.Get(record, "interests", "interest"))
	if hours := cols.Get(record, "hoursperweek", "hours", "freehours", "weeklyhours", "released"); hours != "" {
		n, err := strconv.ParseFloat(strings.ReplaceAll(hours, ",", "."), 64)
		if err != nil || !(n >= 0 && n <= 168) {
			return p, work.FieldError("hours_per_week", "%s are no hours a week between 0 and 168.", importer.Quoted(hours))
		}
		p.Released = work.Minutes(n*60 + 0.5)
	}
	if cost := cols.Get(record, "hourlycost", "cost", "rate", "hourlyrate", "price"); cost != "" {
		if p.HourCost, err = work.ParseMoney(strings.ReplaceAll(cost, ",", "."), c.Currency); err != nil {
			return p, err
		}
	}
	if p.Skills, err = skills(cols.Get(record, "skills", "skill")); err != nil {
		return p, err
	}
	p.Credentials, err = credentials(cols.Get(record, "credentials", "credential", "licences", "licenses"))
	return p, err
}

var kinds = map[string]work.PersonKind{
	"": work.Teammate, "teammate": work.Teammate, "team": work.Teammate, "colleague": work.Teammate, "employee": work.Teammate, "staff": work.Teammate,
	"provider": work.Provider, "contractor": work.Provider, "freelancer": work.Provider, "vendor": work.Provider, "service": work.Provider, "outside": work.Provider,
	"family": work.Family, "child": work.Family, "spouse": work.Family, "partner": work.Family, "agent": work.Agent,
}

func kind(text string) (work.PersonKind, error) {
	k, ok := kinds[strings.ToLower(text)]
	if !ok {
		return work.Teammate, work.FieldError("kind", "%s is not a kind of person; use teammate, provider, family or agent.", importer.Quoted(text))
	}
	return k, nil
}

func list(text string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		if part = importer.OneLine(part); part != "" && !slices.Contains(out, part) {
			out = append(out, importer.Cut(part, 100))
		}
	}
	return out
}

// usual is the level of a skill without one.
const usual = 3

func skills(text string) ([]work.Skill, error) {
	var out []work.Skill
	for _, part := range list(text) {
		name, level, said := strings.Cut(part, ":")
		n := usual
		if said {
			var err error
			if n, err = strconv.Atoi(strings.TrimSpace(level)); err != nil || n < 1 || n > 5 {
				return nil, work.FieldError("skills", "%s is no skill; write it like scheduling:4, with a level from 1 to 5.", importer.Quoted(part))
			}
		}
		out = append(out, work.Skill{Name: importer.OneLine(name), Level: n})
	}
	return out, nil
}

func credentials(text string) ([]work.Credential, error) {
	var out []work.Credential
	for _, part := range list(text) {
		name, until, dated := strings.Cut(part, " until ")
		c := work.Credential{Name: name}
		if dated {
			d, err := ical.ParseDate(strings.TrimSpace(until))
			if err != nil {
				return nil, work.FieldError("credentials", "%s.", err)
			}
			c.Until = d
		}
		out = append(out, c)
	}
	return out, nil
}
