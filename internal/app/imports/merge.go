package imports

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"baton/internal/app"
	"baton/internal/importer"
	"baton/internal/importer/formats"
	"baton/internal/store"
	"baton/internal/work"
)

// said is what a row says, or the thing it became: by field, as text that can
// be compared. Empty fields are absent.
type said map[string]string

func (s said) put(field, text string) {
	if text != "" {
		s[field] = text
	}
}

// long shortens a text that is only ever compared.
func long(text string) string {
	if len(text) <= 100 {
		return text
	}
	return "#" + importer.Digest(text)
}

func (s said) String() string {
	b, err := json.Marshal(s)
	if err != nil {
		panic("imports: " + err.Error()) // texts always render
	}
	return string(b)
}

// parseSaid reads what String rendered; what it does not know says nothing.
func parseSaid(text string) said {
	s := said{}
	if text != "" {
		_ = json.Unmarshal([]byte(text), &s) // of an older form: as if it had said nothing
	}
	return s
}

// A noun is what rows become: tasks or people. It lives for one transaction
// and one batch of rows. What it is told to create or remove may wait until
// flush.
type noun interface {
	// look finds at once what the rows of a batch became before.
	look(ctx context.Context, tx *app.Tx, rows []importer.Row) error
	// find returns the thing a row became before; its id is 0 if there is none.
	find(ctx context.Context, tx *app.Tx, row *importer.Row) (there, error)
	says(row *importer.Row) said
	create(ctx context.Context, tx *app.Tx, id work.ImportID, row *importer.Row) (target int64, err error)
	// update takes some fields over and returns how the thing was before.
	update(ctx context.Context, tx *app.Tx, t there, row *importer.Row, take []string) (before string, err error)
	// lookBack finds at once what became of the things of a batch since.
	lookBack(ctx context.Context, tx *app.Tx, rows []store.StagedRow) error
	// back takes a row back, unless something was changed since: then kept says
	// what.
	back(ctx context.Context, tx *app.Tx, row *store.StagedRow) (v store.RowVerdict, kept string, err error)
	flush(ctx context.Context, tx *app.Tx) error
	// made lists the areas made on the way.
	made() []work.AreaID
}

func nounOf(ctx context.Context, tx *app.Tx, format string) (noun, error) {
	if format == formats.People {
		return newPersonNoun(ctx, tx)
	}
	return newTaskNoun(ctx, tx)
}

// there is a thing that an import made before, or that a row speaks of.
type there struct {
	id     int64
	before said   // what the import said last
	now    said   // what it is now
	closed string // why it is left alone whatever the row says
	thing  any    // the noun's own
}

// A judgement is what to do about a row.
type judgement struct {
	verdict store.RowVerdict
	take    []string // fields to take over
	words   string
}

// fields in the order they are told.
var fields = []string{
	"title", "name", "kind", "email", "note", "area", "effort", "rule", "due", "counted", "deadline", "matters", "suggested",
	"hours_per_week", "hourly_cost", "skills", "wants_to_grow_in", "interests", "credentials",
}

// judge compares three sides: what the import said last, what it says now and
// what the thing is. A field that only the file changed is taken; one the user
// changed stays theirs.
func judge(t there, says said) judgement {
	if t.id == 0 {
		return judgement{verdict: store.RowCreated}
	}
	if t.closed != "" {
		return judgement{verdict: store.RowUnchanged, words: t.closed}
	}
	if says["when"] == t.before["when"] {
		// The same words mean another day tomorrow; that is no change.
		for _, f := range []string{"rule", "due", "counted"} {
			delete(says, f)
			says.put(f, t.before[f])
		}
	}
	j := judgement{verdict: store.RowUnchanged}
	var take, theirs []string
	for _, f := range fields {
		was, is, now := t.before[f], says[f], t.now[f]
		switch {
		case is == was || is == now:
		case now == was:
			take = append(take, f)
		default:
			theirs = append(theirs, f)
		}
	}
	if j.take = together(take, theirs); len(j.take) > 0 {
		j.verdict, j.words = store.RowUpdated, "Changes "+strings.Join(j.take, ", ")+"."
	}
	switch {
	case len(take)+len(theirs) == 0:
		j.words = "The file says what it said before."
	case len(theirs) > 0:
		j.words = importer.Join(j.words, fmt.Sprintf("Your own stays: %s.", strings.Join(theirs, ", ")))
	}
	return j
}

// together makes the due follow the rule: a turn of one rule is no turn of
// another.
func together(take, theirs []string) []string {
	switch {
	case slices.Contains(theirs, "rule"):
		return slices.DeleteFunc(take, func(f string) bool { return f == "due" })
	case slices.Contains(take, "rule") && slices.Contains(theirs, "due"):
		return append(take, "due")
	}
	return take
}

// differing lists the fields in which a thing is not what was said.
func differing(was, now said) []string {
	var out []string
	for _, f := range fields {
		if was[f] != now[f] {
			out = append(out, f)
		}
	}
	return out
}
