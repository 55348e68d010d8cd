package web

import (
	"slices"
	"strings"
)

// A clash is a refused write: somebody changed the thing since it was read.
// Both versions are offered.
type clash struct {
	Title  string
	Words  string   // who changed what
	Action string   // where the author's own version goes when it is to win
	Keep   string   // the page of the thing as it is now
	Rows   []differ // the fields in which the two differ
	Sent   []hidden // what was sent, at the version there is now
}

// A differ is one field of a clash.
type differ struct{ Label, Mine, Theirs string }

// A hidden is one field of a form that is sent again as it is.
type hidden struct{ Name, Value string }

// boxes are the fields that a form leaves out when they are not ticked.
var boxes = []string{"private", "digest", "urgent", "review_mail"}

// newClash compares what was typed with what is there now. names are the
// fields of the form in the order they are shown, with a label for each; the
// form goes to, and the page is at, action.
func newClash(err error, mine, theirs *form, names []string, labels map[string]string, action string) *clash {
	sentence, _ := mendable(err)
	c := &clash{Title: "Somebody was faster", Words: sentence.Message, Action: action, Keep: action}
	for _, name := range names {
		for _, value := range mine.Values[name] {
			c.Sent = append(c.Sent, hidden{name, value})
		}
		if !mine.Has(name) && !slices.Contains(boxes, name) {
			continue
		}
		typed := strings.ReplaceAll(mine.text(name), "\r\n", "\n")
		if typed != theirs.Get(name) {
			c.Rows = append(c.Rows, differ{labels[name], typed, theirs.Get(name)})
		}
	}
	c.Sent = append(c.Sent, hidden{"version", theirs.Get("version")})
	mine.Set("version", theirs.Get("version"))
	return c
}

// dash stands for nothing in a table.
func dash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}
