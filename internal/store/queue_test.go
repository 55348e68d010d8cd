package store_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"baton/internal/store"
	"baton/internal/storetest"
	"baton/internal/work"
)

// TestTwoProgramsOnOneFile writes through two stores opened on one database at
// the same moment, as a server and a command line do: none waits in vain.
func TestTwoProgramsOnOneFile(t *testing.T) {
	dsn := filepath.Join(t.TempDir(), "baton.db")
	var stores [2]*store.Store
	var opened sync.WaitGroup
	for i := range stores {
		opened.Go(func() {
			s, err := store.Open(t.Context(), dsn, store.Options{})
			if err != nil {
				t.Error(err)
			}
			stores[i] = s
		})
	}
	opened.Wait()
	if t.Failed() {
		return
	}
	found(t, stores[0], "Clinic")
	ada, _ := people(t, stores[0])
	const clients, each = 64, 4
	var wg sync.WaitGroup
	for i := range clients {
		wg.Go(func() {
			for range each {
				err := stores[i%2].Write(context.Background(), 1, func(tx *store.Tx) error {
					return tx.AddTask(context.Background(), &work.Task{Kind: work.PlainTask, Title: "x", Author: ada.ID, Carrier: ada.ID, State: work.TaskOpen})
				})
				if err != nil {
					t.Error(err)
				}
				err = stores[i%2].Read(context.Background(), 1, func(tx *store.Tx) error {
					_, err := tx.CountTasks(context.Background(), store.TaskFilter{Carrier: ada.ID})
					return err
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if got := titles(t, stores[1], 1, store.TaskFilter{Carrier: ada.ID}); len(got) != clients*each {
		t.Errorf("%d tasks, want %d", len(got), clients*each)
	}
	for _, s := range stores {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestServersMayStartTogether opens one new PostgreSQL database four times at
// once: one of them makes the schema.
func TestServersMayStartTogether(t *testing.T) {
	dsn := storetest.Empty(t)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			s, err := store.Open(t.Context(), dsn, store.Options{})
			if err != nil {
				t.Error(err)
				return
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func TestAPanicTakesOnlyItsOwnBack(t *testing.T) { each(t, panics) }

func panics(t *testing.T, s *store.Store) {
	ada, _ := people(t, s)
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			defer func() {
				if p := recover(); (p != nil) != (i%2 == 0) || p != nil && p != "odd" {
					t.Errorf("writer %d: panic %v", i, p)
				}
			}()
			err := s.Write(context.Background(), 1, func(tx *store.Tx) error {
				err := tx.AddTask(context.Background(), &work.Task{Kind: work.PlainTask, Title: fmt.Sprint(i), Author: ada.ID, Carrier: ada.ID, State: work.TaskOpen})
				if i%2 == 0 {
					panic("odd")
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := titles(t, s, 1, store.TaskFilter{Carrier: ada.ID}); len(got) != 10 {
		t.Errorf("%d tasks, want those of the ten that did not panic", len(got))
	}
}

func TestWhoGaveUpWritesNothing(t *testing.T) { each(t, gaveUp) }

func gaveUp(t *testing.T, s *store.Store) {
	ada, _ := people(t, s)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := s.Write(ctx, 1, func(tx *store.Tx) error {
		return tx.AddTask(ctx, &work.Task{Kind: work.PlainTask, Title: "x", Author: ada.ID, Carrier: ada.ID, State: work.TaskOpen})
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("err = %v, want that it was cancelled", err)
	}
	if got := titles(t, s, 1, store.TaskFilter{}); len(got) != 0 {
		t.Errorf("it wrote %q", got)
	}
}

// TestIDsAndEventsHaveNoGaps lets many writers of two workspaces meet, some of
// whom fail.
func TestIDsAndEventsHaveNoGaps(t *testing.T) { each(t, noGaps) }

func noGaps(t *testing.T, s *store.Store) {
	found(t, s, "Second")
	var wg sync.WaitGroup
	for i := range 40 {
		wg.Go(func() {
			_ = s.Write(context.Background(), work.WorkspaceID(1+i%2), func(tx *store.Tx) error {
				tx.NextID()
				if _, err := tx.Record(context.Background(), work.Event{Kind: work.Drafted, At: noon}); err != nil {
					return err
				}
				if i%4 > 1 {
					return errors.New("changed my mind")
				}
				return nil
			})
		})
	}
	wg.Wait()
	for ws := work.WorkspaceID(1); ws <= 2; ws++ {
		err := s.Write(t.Context(), ws, func(tx *store.Tx) error {
			events, err := tx.Events(t.Context(), store.EventFilter{})
			for i, e := range events {
				if int(e.Number) != i+1 {
					t.Errorf("workspace %d: event %d has number %d", ws, i+1, e.Number)
				}
			}
			if next := tx.NextID(); len(events) != 10 || next != 11 {
				t.Errorf("workspace %d: %d events and next id %d, want 10 and 11", ws, len(events), next)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// TestAClosedStoreAnswers writes after the end: whoever comes too late is told,
// and never waits for an answer that nobody gives.
func TestAClosedStoreAnswers(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		for range 50 { // by chance a late one still gets into the line
			if err := s.WriteGlobal(t.Context(), func(*store.Global) error { return nil }); err == nil {
				t.Fatal("a closed store takes a write")
			}
		}
	})
}
