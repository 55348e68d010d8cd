// Package trello reads a Trello board's JSON: cards as tasks, lists as areas,
// checklists as parts.
package trello

import (
	"io"
	"strings"

	"baton/internal/importer"
)

// Format is a Trello board.
var Format = importer.Format{
	Name: "trello", Words: "Trello board JSON", Read: read,
	Looks: func(_, head string) bool {
		if !strings.HasPrefix(strings.TrimSpace(head), "{") || strings.Contains(head, `"uuid"`) {
			return false
		}
		for _, name := range []string{`"cards"`, `"lists"`, `"idOrganization"`, `"shortLink"`, `"dateLastActivity"`, `"idBoard"`} {
			if strings.Contains(head, name) {
				return true
			}
		}
		return false
	},
}

type named struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	FullName string `json:"fullName"`
	Username string `json:"username"`
	Closed   bool   `json:"closed"`
}

type card struct {
	ID          string   `json:"id"`
	Name        string   `json:"name"`
	Desc        string   `json:"desc"`
	Due         string   `json:"due"`
	DueComplete bool     `json:"dueComplete"`
	Closed      bool     `json:"closed"`
	IsTemplate  bool     `json:"isTemplate"`
	List        string   `json:"idList"`
	Members     []string `json:"idMembers"`
	Labels      []named  `json:"labels"`
}

type checklist struct {
	Card  string `json:"idCard"`
	Name  string `json:"name"`
	Items []struct {
		ID     string `json:"id"`
		Name   string `json:"name"`
		State  string `json:"state"`
		Due    string `json:"due"`
		Member string `json:"idMember"`
	} `json:"checkItems"`
}

// board is what the cards need to be read: it is small, and may stand behind
// them.
type board struct {
	c       importer.Context
	lists   map[string]named
	members map[string]string
	cards   importer.Seen // those that are imported
	areas   importer.Names
}

// read goes over the file three times: for lists and members, for cards, and
// for checklists, in whatever order the file has them.
func read(r io.Reader, c importer.Context) importer.Rows {
	return func(yield func(importer.Row, error) bool) {
		b := &board{c, map[string]named{}, map[string]string{}, importer.Seen{}, importer.Names{}}
		stopped := false
		give := func(row importer.Row) bool {
			stopped = !yield(row, nil)
			return !stopped
		}
		err := importer.Spool(r, func(again func() (io.Reader, error)) error {
			found := false
			for _, pass := range []map[string]visit{
				{"lists": b.list, "members": b.member},
				{"cards": func(s *importer.Stream) (bool, error) { found = true; return b.card(s, give) }},
				{"checklists": func(s *importer.Stream) (bool, error) { return b.checklist(s, give) }},
			} {
				src, err := again()
				if err != nil {
					return err
				}
				if err := walk(src, pass); stopped || err != nil {
					return err
				}
			}
			if !found {
				give(importer.Skipped(1, "The board has no cards."))
			}
			return nil
		})
		if err != nil && !stopped {
			yield(importer.Row{}, err)
		}
	}
}

// A visit reads one element of a list of the board.
type visit func(*importer.Stream) (more bool, err error)

// walk goes over a board and visits the elements of some of its lists.
func walk(src io.Reader, lists map[string]visit) error {
	s := importer.NewStream(src)
	_, err := s.Fields(func(name string) (bool, error) {
		if fn := lists[name]; fn != nil {
			return s.Each(func() (bool, error) { return fn(s) })
		}
		return true, s.Pass()
	})
	return err
}

// most is how many lists and members a board may have.
const most = 20_000

func (b *board) list(s *importer.Stream) (bool, error) {
	var l named
	_, err := s.Entry(&l)
	if len(b.lists) < most {
		b.lists[l.ID] = l
	}
	return true, err
}

func (b *board) member(s *importer.Stream) (bool, error) {
	var m named
	_, err := s.Entry(&m)
	name := m.FullName
	if name == "" {
		name = m.Username
	}
	if len(b.members) < most && !b.c.Mine(name) {
		b.members[m.ID] = name
	}
	return true, err
}

func (b *board) card(s *importer.Stream, give func(importer.Row) bool) (bool, error) {
	var k card
	line, err := s.Entry(&k)
	if err != nil {
		return false, err
	}
	list, title := b.lists[k.List], importer.Quoted(k.Name)
	switch {
	case k.Closed, list.Closed:
		return give(importer.Skipped(line, "%s is archived.", title)), nil
	case k.IsTemplate:
		return give(importer.Skipped(line, "%s is a template.", title)), nil
	case k.DueComplete:
		return give(importer.Skipped(line, "%s is complete.", title)), nil
	case isDone(list.Name):
		return give(importer.Skipped(line, "%s is in the list %s.", title, importer.Quoted(list.Name))), nil
	case k.ID == "":
		return give(importer.Skipped(line, "%s has no id.", title)), nil
	}
	labels := make([]string, 0, len(k.Labels))
	for _, l := range k.Labels {
		if l.Name != "" {
			labels = append(labels, l.Name)
		}
	}
	row := importer.Row{
		Line: line, Key: importer.ID("trello", k.ID), Title: k.Name, Area: list.Name,
		Note: importer.Join(k.Desc, importer.Named("Labels", strings.Join(labels, ", "))),
	}
	for _, id := range k.Members {
		if row.Suggested == "" {
			row.Suggested = b.members[id]
		}
	}
	row.Time(k.Due, b.c)
	b.cards.Add(k.ID, line)
	b.areas.Set(k.ID, list.Name)
	return give(row), nil
}

// isDone reports whether a list's name says that its cards are.
func isDone(list string) bool {
	switch strings.ToLower(importer.OneLine(strings.Trim(list, " .!✓✔✅🎉"))) {
	case "done", "completed", "complete", "finished", "closed":
		return true
	}
	return false
}

func (b *board) checklist(s *importer.Stream, give func(importer.Row) bool) (bool, error) {
	var l checklist
	line, err := s.Entry(&l)
	if err != nil || !b.cards.Has(l.Card) {
		return true, err
	}
	for _, item := range l.Items {
		row := importer.Row{
			Line: line, Key: importer.ID("trello", item.ID), Parent: importer.ID("trello", l.Card), Title: item.Name,
			Area: b.areas.Key(l.Card), Suggested: b.members[item.Member],
		}
		switch {
		case item.State == "complete":
			row = importer.Skipped(line, "%s is ticked off.", importer.Quoted(item.Name))
		case item.ID == "":
			row = importer.Skipped(line, "%s has no id.", importer.Quoted(item.Name))
		default:
			row.Time(item.Due, b.c)
		}
		if !give(row) {
			return false, nil
		}
	}
	return true, nil
}
