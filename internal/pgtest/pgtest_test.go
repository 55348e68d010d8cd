package pgtest

import (
	"testing"

	"github.com/jackc/pgx/v5"
)

func TestADatabaseIsACopyOfItsTemplateAndNobodyElses(t *testing.T) {
	c := Use(t)
	filled := 0
	for range 2 {
		err := c.Template(t.Context(), "full", func(dsn string) error {
			filled++
			db, err := pgx.Connect(t.Context(), dsn)
			if err != nil {
				return err
			}
			defer func() { _ = db.Close(t.Context()) }()
			_, err = db.Exec(t.Context(), `CREATE TABLE x (n int); INSERT INTO x VALUES (1)`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if filled != 1 {
		t.Errorf("the template was filled %d times", filled)
	}
	for range 2 {
		db, err := pgx.Connect(t.Context(), Database(t, "full"))
		if err != nil {
			t.Fatal(err)
		}
		var n int
		if err := db.QueryRow(t.Context(), `INSERT INTO x VALUES (2) RETURNING (SELECT count(*) FROM x)`).Scan(&n); err != nil || n != 1 {
			t.Errorf("the copy holds %d rows, %v; want the template's one", n, err)
		}
		_ = db.Close(t.Context())
	}
}
