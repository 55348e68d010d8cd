package sim

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"baton/internal/ical"
	"baton/internal/phrase"
	"baton/internal/work"
)

// fill sets a field of an operation's input, named as in JSON with dots
// between, from the words of a script.
func (p *player) fill(to reflect.Value, name, text string) error {
	head, rest, deeper := strings.Cut(name, ".")
	at, ok := byName(to, head)
	if !ok {
		return fmt.Errorf("%s has no field %q", to.Type(), head)
	}
	if at.Kind() == reflect.Pointer {
		if at.IsNil() {
			at.Set(reflect.New(at.Type().Elem()))
		}
		at = at.Elem()
	}
	if deeper {
		return p.fill(at, rest, text)
	}
	return p.read(at, text)
}

// byName finds the field that JSON calls so, in embedded structs too.
func byName(v reflect.Value, name string) (reflect.Value, bool) {
	t := v.Type()
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			if found, ok := byName(v.Field(i), name); ok {
				return found, true
			}
			continue
		}
		if tag, _, _ := strings.Cut(f.Tag.Get("json"), ","); tag == name {
			return v.Field(i), true
		}
	}
	return reflect.Value{}, false
}

// pathField finds the field that names what the operation is about.
func pathField(v reflect.Value) (reflect.Value, bool) {
	t := v.Type()
	for i := range t.NumField() {
		if t.Field(i).Tag.Get("path") != "" {
			return v.Field(i), true
		}
		if t.Field(i).Anonymous {
			if found, ok := pathField(v.Field(i)); ok {
				return found, true
			}
		}
	}
	return reflect.Value{}, false
}

// read turns words into a value of a field's type. Lists are separated by " | ".
func (p *player) read(to reflect.Value, text string) error {
	if to.Kind() == reflect.Slice {
		for part := range strings.SplitSeq(text, " | ") {
			one := reflect.New(to.Type().Elem()).Elem()
			if err := p.read(one, strings.TrimSpace(part)); err != nil {
				return err
			}
			to.Set(reflect.Append(to, one))
		}
		return nil
	}
	v, err := p.value(to, text)
	if err != nil {
		return err
	}
	to.Set(reflect.ValueOf(v).Convert(to.Type()))
	return nil
}

func (p *player) value(to reflect.Value, text string) (any, error) {
	if known, ok := p.labels[to.Type()]; ok {
		id, ok := known[text]
		if !ok {
			return nil, fmt.Errorf("nothing is called %q yet", text)
		}
		return id, nil
	}
	switch to.Interface().(type) {
	case work.Minutes:
		return phrase.Effort(text)
	case work.Money:
		return work.ParseMoney(text, currency)
	case ical.Rule:
		return p.calendar.rule(text)
	case ical.Due:
		return p.calendar.due(text)
	case ical.Date:
		return p.calendar.date(text)
	case time.Time:
		return p.calendar.moment(text)
	case work.Skill:
		return skill(text)
	case work.Credential:
		return p.credential(text)
	case work.Absence:
		return p.absence(text)
	case work.Part:
		return p.part(text)
	case work.Step:
		var s work.Step
		_, err := fmt.Sscanf(text, "%d after %d", &s.Level, &s.Rounds)
		return s, err
	}
	switch to.Kind() {
	case reflect.String:
		return text, nil
	case reflect.Bool:
		return text == "yes", nil
	case reflect.Int, reflect.Int64:
		return strconv.Atoi(text)
	}
	return nil, fmt.Errorf("no words make a %s", to.Type())
}

// skill reads "scheduling 4".
func skill(text string) (work.Skill, error) {
	name, level := cutLast(text)
	n, err := strconv.Atoi(level)
	return work.Skill{Name: name, Level: n}, err
}

func cutLast(text string) (before, last string) {
	i := strings.LastIndexByte(text, ' ')
	return strings.TrimSpace(text[:max(i, 0)]), text[i+1:]
}

// credential reads "RN licence" or "RN licence until +90".
func (p *player) credential(text string) (c work.Credential, err error) {
	name, until, dated := strings.Cut(text, " until ")
	c.Name = name
	if dated {
		c.Until, err = p.calendar.date(until)
	}
	return c, err
}

// absence reads "-18 to -12".
func (p *player) absence(text string) (a work.Absence, err error) {
	from, to, _ := strings.Cut(text, " to ")
	if a.From, err = p.calendar.date(from); err != nil {
		return a, err
	}
	a.To, err = p.calendar.date(to)
	return a, err
}

// part reads "Invitations by -2".
func (p *player) part(text string) (part work.Part, err error) {
	name, by, dated := strings.Cut(text, " by ")
	part.Name = name
	if dated {
		part.Due, err = p.calendar.due(by)
	}
	return part, err
}
