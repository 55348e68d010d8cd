package web

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"baton/internal/app"
	"baton/internal/work"
)

// A form is what somebody typed, and what was wrong with it: a refused form is
// shown again with both.
type form struct {
	url.Values
	Wrong   map[string]string // by field, each a sentence
	Problem string            // about no single field
}

// form reads what was sent.
func (v *visit) form() (*form, error) {
	if err := v.r.ParseForm(); err != nil {
		return nil, err
	}
	return &form{Values: v.r.PostForm}, nil
}

// fields makes a form of what a thing says now: name, value, name, value …
func fields(pairs ...string) *form {
	f := &form{Values: url.Values{}}
	for i := 0; i+1 < len(pairs); i += 2 {
		f.Set(pairs[i], pairs[i+1])
	}
	return f
}

// refuse keeps what is wrong with the form and reports whether its author can
// mend it. Sentences about fields the page does not show go above the form.
func (f *form) refuse(err error, shown ...string) bool {
	sentence, ok := mendable(err)
	if !ok {
		return false
	}
	f.Problem = sentence.Message
	for name, wrong := range sentence.Fields {
		for _, s := range shown {
			if s == name {
				if f.Wrong == nil {
					f.Wrong = map[string]string{}
				}
				f.Wrong[name] = wrong
				f.Problem = ""
			}
		}
	}
	return true
}

// text is a field without the space around it.
func (f *form) text(name string) string { return strings.TrimSpace(f.Get(name)) }

// ptr is a field that was sent, nil when the form has no such field.
func (f *form) ptr(name string) *string {
	if !f.Has(name) {
		return nil
	}
	s := f.text(name)
	return &s
}

// is reports whether a box was ticked.
func (f *form) is(name string) bool { return f.Get(name) != "" }

// version is the version of a thing its author saw.
func (f *form) version() int64 {
	n, _ := strconv.ParseInt(f.Get("version"), 10, 64) // none is 0: not asked
	return n
}

// seen is that version as a change asks for it.
func (f *form) seen() app.Match { return app.Seen(f.version()) }

// id reads a field that names something; "" names nothing.
func id[ID ~int64](f *form, name string) (ID, error) {
	s := f.text(name)
	if s == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 {
		return 0, work.FieldError(name, "Choose one of the list.")
	}
	return ID(n), nil
}

// hours reads hours of a week: "3.5". "" is none.
func hours(f *form, name string) (work.Minutes, error) {
	s := strings.ReplaceAll(f.text(name), ",", ".")
	if s == "" {
		return 0, nil
	}
	h, err := strconv.ParseFloat(s, 64)
	if err != nil || h < 0 || h > 168 {
		return 0, work.FieldError(name, "Write hours as a number from 0 to 168, like 3.5.")
	}
	return work.Minutes(h*60 + 0.5), nil
}

// lines reads a field of one entry a line, without empty ones.
func (f *form) lines(name string) []string {
	out := []string{}
	for _, l := range strings.Split(f.Get(name), "\n") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// tooLarge says how large something may be.
func tooLarge(limit int64) string {
	return fmt.Sprintf("That is more than %d MB; it was not read.", limit>>20)
}
