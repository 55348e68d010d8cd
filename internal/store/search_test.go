package store_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"baton/internal/store"
	"baton/internal/work"
)

// add puts tasks on somebody's plate, in order.
func add(t *testing.T, s *store.Store, carrier work.PersonID, titles ...string) (ids []work.TaskID) {
	t.Helper()
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, title := range titles {
			task := work.Task{Kind: work.PlainTask, Title: title, Author: carrier, Carrier: carrier, State: work.TaskOpen, CreatedAt: noon}
			if err := tx.AddTask(ctx, &task); err != nil {
				return err
			}
			ids = append(ids, task.ID)
		}
		return nil
	})
	return ids
}

func titles(t *testing.T, s *store.Store, ws work.WorkspaceID, f store.TaskFilter) (found []string) {
	t.Helper()
	err := s.Read(t.Context(), ws, func(tx *store.Tx) error {
		tasks, err := tx.Tasks(t.Context(), f)
		for _, task := range tasks {
			found = append(found, task.Title)
		}
		return err
	})
	if err != nil {
		t.Fatalf("%+v: %v", f, err)
	}
	return found
}

// hits are the titles of what a search finds.
func hits(t *testing.T, s *store.Store, ws work.WorkspaceID, plate work.PersonID, typed string) (found []string) {
	t.Helper()
	err := s.Read(t.Context(), ws, func(tx *store.Tx) error {
		tasks, err := tx.Search(t.Context(), store.Search{Plate: plate, Words: typed, Limit: 100})
		for _, task := range tasks {
			found = append(found, task.Title)
		}
		return err
	})
	if err != nil {
		t.Fatalf("%q: %v", typed, err)
	}
	return found
}

func TestSearch(t *testing.T) { each(t, search) }

func search(t *testing.T, s *store.Store) {
	ada, _ := people(t, s)
	found(t, s, "Elsewhere")
	eve := work.Person{Name: "Eve", Kind: work.Teammate}
	err := s.Write(t.Context(), 2, func(tx *store.Tx) error {
		if err := tx.AddPerson(t.Context(), &eve); err != nil {
			return err
		}
		return tx.AddTask(t.Context(), &work.Task{Kind: work.PlainTask, Title: "Order gloves", Author: eve.ID, Carrier: eve.ID, State: work.TaskOpen})
	})
	if err != nil {
		t.Fatal(err)
	}
	add(t, s, ada.ID,
		"Order gloves", "Glove sizes", "Café à la crème", "Cafe\u0301 closing", "Re-order e-mail templates", "Pay $3.50 to o'neil@example.org",
		"Straße räumen", "Выставить счёт", "日本語の書類", "m² of floor", "to do: go", strings.Repeat("x", 3000), "w 1",
	)
	for _, row := range []struct {
		typed string
		want  []string
	}{
		{"gloves", []string{"Order gloves"}},
		{"glove", []string{"Glove sizes", "Order gloves"}},
		{"GLO", []string{"Glove sizes", "Order gloves"}},
		{"gl", nil}, // two letters are a whole word, not the beginning of one
		{"go", []string{"to do: go"}},
		{"glo order", nil}, // only the last word may be a beginning
		{"order glo", []string{"Order gloves"}},
		{"cafe", []string{"Cafe\u0301 closing", "Café à la crème"}},
		{"CAFÉ creme", []string{"Café à la crème"}},
		{"a", []string{"Café à la crème"}},
		{"order", []string{"Re-order e-mail templates", "Order gloves"}},
		{"e-mail", []string{"Re-order e-mail templates"}},
		{"example", []string{"Pay $3.50 to o'neil@example.org"}},
		{"o'neil 50", []string{"Pay $3.50 to o'neil@example.org"}},
		{"strasse", nil},
		{"straße rau", []string{"Straße räumen"}},
		{"счет", []string{"Выставить счёт"}},
		{"日本語", []string{"日本語の書類"}},
		{"m2", []string{"m² of floor"}},
		{strings.Repeat("X", 3000), []string{strings.Repeat("x", 3000)}},
		{"!!! --", nil},
		{`" OR title:* NEAR(`, nil},
		{"' | !x & (", nil},
		{"w:1", []string{"w 1"}},
	} {
		if diff := cmp.Diff(row.want, hits(t, s, 1, ada.ID, row.typed)); diff != "" {
			t.Errorf("searching %.40q:\n%s", row.typed, diff)
		}
	}
	if got := hits(t, s, 2, eve.ID, "gloves"); len(got) != 1 {
		t.Errorf("the other workspace finds %q, want its own one", got)
	}
}

func TestASearchFollowsChanges(t *testing.T) { each(t, searchFollows) }

func searchFollows(t *testing.T, s *store.Store) {
	ada, _ := people(t, s)
	ids := add(t, s, ada.ID, "Order gloves", "Order masks")
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		task, err := tx.Task(ctx, ids[0])
		if err != nil {
			return err
		}
		task.Title, task.Note = "Order aprons", "blue"
		if err := tx.SaveTask(ctx, &task); err != nil {
			return err
		}
		return tx.RemoveTask(ctx, ids[1])
	})
	for typed, want := range map[string][]string{"gloves": nil, "aprons": {"Order aprons"}, "blue": {"Order aprons"}, "masks": nil, "order": {"Order aprons"}} {
		if diff := cmp.Diff(want, hits(t, s, 1, ada.ID, typed)); diff != "" {
			t.Errorf("searching %q:\n%s", typed, diff)
		}
	}
}

// TestASearchKeepsToOnePlate holds that many matches of others take nothing from
// what somebody finds, and that a task is found where it is carried now.
func TestASearchKeepsToOnePlate(t *testing.T) { each(t, onePlate) }

func onePlate(t *testing.T, s *store.Store) {
	ada, imani := people(t, s)
	ids := add(t, s, ada.ID, "Order gloves", "Order masks")
	many := make([]string, store.Many+20)
	for i := range many {
		many[i] = "Order of another"
	}
	add(t, s, imani.ID, many...)
	if diff := cmp.Diff([]string{"Order masks", "Order gloves"}, hits(t, s, 1, ada.ID, "order")); diff != "" {
		t.Error(diff)
	}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		task, err := tx.Task(ctx, ids[0])
		if err != nil {
			return err
		}
		task.Carrier = imani.ID
		return tx.SaveTask(ctx, &task)
	})
	for plate, want := range map[work.PersonID][]string{ada.ID: nil, imani.ID: {"Order gloves"}} {
		if diff := cmp.Diff(want, hits(t, s, 1, plate, "gloves")); diff != "" {
			t.Errorf("on plate %d:\n%s", plate, diff)
		}
	}
}

// TestAnythingCanBeSearched holds that no text is an error or finds what lacks
// its words.
func TestAnythingCanBeSearched(t *testing.T) { each(t, anything) }

func anything(t *testing.T, s *store.Store) {
	ada, _ := people(t, s)
	add(t, s, ada.ID, "Order gloves", "Pay the plumber")
	rapid.Check(t, func(rt *rapid.T) {
		typed := rapid.OneOf(rapid.String(), rapid.StringMatching(`[ '"*:()&|!<>\\\\-]{0,6}(AND|or|plumber)?['"*:()&|!\\\\]{0,4}`)).Draw(rt, "typed")
		err := s.Read(t.Context(), 1, func(tx *store.Tx) error {
			got, err := tx.Search(t.Context(), store.Search{Plate: ada.ID, Words: typed, Limit: 10})
			if len(got) > 1 && typed != "" {
				rt.Errorf("%q finds %d tasks that have no word in common", typed, len(got))
			}
			return err
		})
		if err != nil && work.KindOf(err) != work.Invalid {
			rt.Errorf("%q: %v", typed, err)
		}
	})
}

// TestPagesMeetWithoutGapOrOverlap walks lists by the key of the last row while
// the plate's order has been changed by hand.
func TestPagesMeetWithoutGapOrOverlap(t *testing.T) { each(t, pages) }

func pages(t *testing.T, s *store.Store) {
	ada, imani := people(t, s)
	for i := range 30 {
		ids := add(t, s, ada.ID, fmt.Sprintf("order %d", i))
		add(t, s, imani.ID, "order of another")
		if i%3 == 0 {
			write(t, s, func(ctx context.Context, tx *store.Tx) error {
				task, err := tx.Task(ctx, ids[0])
				if err != nil {
					return err
				}
				task.Position = "a" // several at one position: the id decides
				return tx.SaveTask(ctx, &task)
			})
		}
	}
	plate := func(f store.TaskFilter) func(*store.Tx, work.TaskID, int) ([]work.Task, error) {
		return func(tx *store.Tx, after work.TaskID, limit int) ([]work.Task, error) {
			f.After, f.Limit = after, limit
			return tx.Tasks(t.Context(), f)
		}
	}
	for name, list := range map[string]func(*store.Tx, work.TaskID, int) ([]work.Task, error){
		"plate": plate(store.TaskFilter{Carrier: ada.ID, State: work.TaskOpen}), "by id": plate(store.TaskFilter{Carrier: ada.ID, ByID: true}),
		"search": func(tx *store.Tx, after work.TaskID, limit int) ([]work.Task, error) {
			return tx.Search(t.Context(), store.Search{Plate: ada.ID, Words: "order", Before: after, Limit: limit})
		},
	} {
		var whole []string
		for _, size := range []int{100, 1, 7, 30} {
			var walked []string
			after := work.TaskID(0)
			err := s.Read(t.Context(), 1, func(tx *store.Tx) error {
				for {
					some, err := list(tx, after, size)
					if err != nil || len(some) == 0 {
						return err
					}
					for _, task := range some {
						walked = append(walked, task.Title)
					}
					after = some[len(some)-1].ID
				}
			})
			if whole == nil {
				whole = walked
			}
			if len(walked) != 30 {
				t.Errorf("%s by %d: %d tasks, want 30", name, size, len(walked))
			}
			if diff := cmp.Diff(whole, walked); err != nil || diff != "" {
				t.Errorf("%s by %d: %v\n%s", name, size, err, diff)
			}
		}
	}
}

func TestCountsStop(t *testing.T) { each(t, counts) }

func counts(t *testing.T, s *store.Store) {
	ada, _ := people(t, s)
	many := make([]string, store.Many+20)
	for i := range many {
		many[i] = "order"
	}
	add(t, s, ada.ID, many...)
	for name, count := range map[string]func(*store.Tx) (int64, error){
		"plate": func(tx *store.Tx) (int64, error) {
			return tx.CountTasks(t.Context(), store.TaskFilter{Carrier: ada.ID})
		},
		"search": func(tx *store.Tx) (int64, error) {
			return tx.CountFound(t.Context(), store.Search{Plate: ada.ID, Words: "order"})
		},
	} {
		err := s.Read(t.Context(), 1, func(tx *store.Tx) error {
			n, err := count(tx)
			if want := int64(store.Many + 1); n != want {
				t.Errorf("%s: counted %d, want %d", name, n, want)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// TestNoValueIsPartOfAStatement writes and reads back text that would be SQL.
func TestNoValueIsPartOfAStatement(t *testing.T) { each(t, noValue) }

func noValue(t *testing.T, s *store.Store) {
	ada, _ := people(t, s)
	hostile := []string{`'); DROP TABLE tasks; --`, `" OR 1=1`, `$1 ? :x @y`, `{text} {int}`, "a;\nb", `\'`, "%_", "💡"}
	add(t, s, ada.ID, hostile...)
	if diff := cmp.Diff(hostile, titles(t, s, 1, store.TaskFilter{Carrier: ada.ID})); diff != "" {
		t.Error(diff)
	}
	for _, bad := range []string{"a\x00b", "\xff"} {
		err := s.Write(t.Context(), 1, func(tx *store.Tx) error {
			return tx.AddTask(t.Context(), &work.Task{Kind: work.PlainTask, Title: bad, Author: ada.ID, Carrier: ada.ID, State: work.TaskOpen})
		})
		if work.KindOf(err) != work.Invalid {
			t.Errorf("a title %q: %v, want a refusal", bad, err)
		}
	}
}

// TestFoundBesideThePlate holds that people, delegations and playbooks are found
// by whoever may read them, and by nobody else.
func TestFoundBesideThePlate(t *testing.T) { each(t, beside) }

func beside(t *testing.T, s *store.Store) {
	ada, imani := people(t, s)
	task := add(t, s, ada.ID, "Order gloves")[0]
	var d *work.Delegation
	private := work.Person{Name: "Glove Repairs", Kind: work.Provider, Owner: ada.ID}
	book := store.Playbook{Owner: imani.ID, Name: "Gloves again", Kind: work.Assignment}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		whole, err := tx.Task(ctx, task)
		if err != nil {
			return err
		}
		act := work.Act{By: ada.ID, At: noon, Zone: "UTC"}
		d, err = work.Start(act, work.DelegationID(tx.NextID()), &whole, work.Assignment, work.Terms{Brief: work.Brief{Outcome: "They are there"}, Authority: work.Authority{Level: 2}}, tx.NextID)
		if err != nil {
			return err
		}
		if err := d.Revise(act, "", imani.ID, d.Terms, false); err != nil {
			return err
		}
		return errors.Join(tx.SaveDelegation(ctx, d), tx.AddPerson(ctx, &private), tx.SavePlaybook(ctx, &book))
	})
	finds := func(reader work.PersonID, typed string, want ...string) {
		t.Helper()
		var got []string
		err := s.Read(t.Context(), 1, func(tx *store.Tx) error {
			l := store.Look{Reader: reader, Words: typed, Limit: 10}
			hits, err := tx.Found(t.Context(), l)
			for _, h := range hits {
				got = append(got, string(h.Noun)+" "+h.Title)
			}
			if n, err := tx.CountHits(t.Context(), l); err != nil || int(n) != len(hits) {
				t.Errorf("%q: counts %d of %d, %v", typed, n, len(hits), err)
			}
			if l.Limit = 1; len(hits) > 1 { // page by page it is the same
				l.Before = hits[0].ID
				next, err := tx.Found(t.Context(), l)
				if diff := cmp.Diff(hits[1:2], next); err != nil || diff != "" {
					t.Errorf("%q, the second page: %v %s", typed, err, diff)
				}
			}
			return err
		})
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%d looking for %q: %v %s", reader, typed, err, diff)
		}
	}
	change := func(fn func(context.Context, *store.Tx, *work.Delegation) error) {
		t.Helper()
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			there, err := tx.Delegation(ctx, d.ID)
			if err != nil {
				return err
			}
			return errors.Join(fn(ctx, tx, there), tx.SaveDelegation(ctx, there))
		})
	}
	finds(ada.ID, "glov", "person Glove Repairs", "delegation Order gloves")
	finds(imani.ID, "glov", "playbook Gloves again") // neither a draft nor who is private to another
	finds(ada.ID, "gloves ord", "delegation Order gloves")
	finds(imani.ID, "ada", "person Ada")
	finds(ada.ID, "!!")
	change(func(_ context.Context, _ *store.Tx, d *work.Delegation) error {
		return d.Offer(work.Act{By: ada.ID, At: noon, Zone: "UTC"}, imani.ID, time.Time{})
	})
	finds(imani.ID, "order gloves", "delegation Order gloves")
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		whole, err := tx.Task(ctx, task)
		whole.Title = "Order aprons"
		return errors.Join(err, tx.SaveTask(ctx, &whole))
	})
	finds(imani.ID, "aprons", "delegation Order aprons")
	finds(imani.ID, "gloves", "playbook Gloves again")
	change(func(_ context.Context, _ *store.Tx, d *work.Delegation) error {
		return d.UndoOffer(work.Act{By: ada.ID, At: noon, Zone: "UTC"})
	})
	finds(imani.ID, "aprons")
	finds(ada.ID, "aprons", "delegation Order aprons")
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(tx.DeletePlaybook(ctx, imani.ID, book.ID), tx.DeleteDelegation(ctx, d.ID), tx.RemovePerson(ctx, private.ID))
	})
	finds(imani.ID, "gloves")
	finds(ada.ID, "glov")
}

func TestCommonWordsBesideThePlate(t *testing.T) { each(t, commonWordsBesideThePlate) }

// commonWordsBesideThePlate looks among more playbooks than a beginning is read
// through: the order of the words changes nothing, and the newest come first.
func commonWordsBesideThePlate(t *testing.T, s *store.Store) {
	ada, eve := people(t, s)
	name := func(i int) string {
		switch {
		case i%1000 == 7:
			return "Pay the zebra's invoice"
		case i%2 == 0:
			return "Order gloves"
		}
		return "Sort an invoice"
	}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for i := range 9000 {
			if err := tx.SavePlaybook(ctx, &store.Playbook{Name: fmt.Sprintf("%s w%d", name(i), i), Owner: ada.ID, Kind: work.Assignment}); err != nil {
				return err
			}
		}
		return nil
	})
	for _, row := range []struct {
		typed string
		title string // of the newest and the oldest of a page
		page  int
		count int64
	}{
		{"invoice", "Sort an invoice", 20, store.Many + 1},
		{"inv", "Sort an invoice", 20, store.Many + 1},
		{"zebra invoice", "Pay the zebra's invoice", 9, 9},
		{"invoice zeb", "Pay the zebra's invoice", 9, 9},
		{"zebra inv", "Pay the zebra's invoice", 9, 9},
		{"invoice gloves", "", 0, 0},
		{"invoice glo", "", 0, 0},
	} {
		err := s.Read(t.Context(), 1, func(tx *store.Tx) error {
			l := store.Look{Reader: ada.ID, Words: row.typed, Limit: 20}
			hits, err := tx.Found(t.Context(), l)
			if err != nil {
				return err
			}
			n, err := tx.CountHits(t.Context(), l)
			if len(hits) != row.page || n != row.count {
				t.Errorf("%q finds %d, %d in all, want %d of %d", row.typed, len(hits), n, row.page, row.count)
			}
			if len(hits) > 0 && (!strings.HasPrefix(hits[0].Title, row.title) || !strings.HasPrefix(hits[len(hits)-1].Title, row.title) || hits[0].ID < hits[len(hits)-1].ID) {
				t.Errorf("%q finds %q to %q", row.typed, hits[0].Title, hits[len(hits)-1].Title)
			}
			if len(hits) > 0 { // the next page goes on behind
				l.Before = hits[len(hits)-1].ID
				next, err := tx.Found(t.Context(), l)
				if err != nil || len(next) > 0 && next[0].ID >= l.Before {
					t.Errorf("%q goes on with %v, %v", row.typed, next, err)
				}
			}
			l.Reader = eve.ID
			if others, err := tx.Found(t.Context(), l); err != nil || len(others) != 0 {
				t.Errorf("%q finds %d of what is Ada's, %v", row.typed, len(others), err)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
