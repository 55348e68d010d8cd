package store_test

import (
	"context"
	"fmt"
	"testing"

	"baton/internal/store"
	"baton/internal/storetest"
	"baton/internal/work"
)

// BenchmarkFound looks beside the plate among 100,000 playbooks: three in ten
// say "invoice", one in a thousand says "zebra", each has a word of its own.
func BenchmarkFound(b *testing.B) {
	for _, database := range storetest.Databases {
		b.Run(database, func(b *testing.B) {
			s := storetest.Open(b, storetest.DSN(b, database))
			reader := manyPlaybooks(b, s, 100_000)
			for _, typed := range []string{"zebra", "nothing", "invoice", "invoice zebra", "invoice supplies", "inv", "w12", "invoice w12", "zebra inv"} {
				b.Run(typed, func(b *testing.B) {
					for b.Loop() {
						lookOnce(b, s, store.Look{Reader: reader, Words: typed, Limit: 50})
					}
				})
			}
		})
	}
}

// lookOnce is one search as it is made: a page, and how many there are.
func lookOnce(b *testing.B, s *store.Store, l store.Look) {
	b.Helper()
	err := s.Read(b.Context(), 1, func(tx *store.Tx) error {
		if _, err := tx.Found(b.Context(), l); err != nil {
			return err
		}
		_, err := tx.CountHits(b.Context(), l)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
}

// manyPlaybooks fills a workspace and returns whose they are.
func manyPlaybooks(b *testing.B, s *store.Store, n int) (ada work.PersonID) {
	b.Helper()
	found(b, s, "Clinic")
	err := s.Write(b.Context(), 1, func(tx *store.Tx) error {
		p := work.Person{Name: "Ada", Kind: work.Teammate}
		if err := tx.AddPerson(b.Context(), &p); err != nil {
			return err
		}
		ada = p.ID
		return addPlaybooks(b.Context(), tx, ada, n)
	})
	if err != nil {
		b.Fatal(err)
	}
	return ada
}

func addPlaybooks(ctx context.Context, tx *store.Tx, owner work.PersonID, n int) error {
	for i := range n {
		subject := [...]string{"Check supplies", "Answer messages", "Plan the rota", "Send an invoice", "Update the log", "Pay an invoice", "Call suppliers", "Sort an invoice", "Book rooms", "Prepare minutes"}[i%10]
		if i%1000 == 7 {
			subject += " and the zebra"
		}
		if err := tx.SavePlaybook(ctx, &store.Playbook{Name: fmt.Sprintf("%s w%d", subject, i), Owner: owner, Kind: work.Assignment}); err != nil {
			return err
		}
	}
	return nil
}
