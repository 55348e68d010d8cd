package cli

import (
	"errors"

	"baton/internal/store"
	"baton/internal/work"
)

// moveAll moves everything from one database to another, or goes on with it.
func (s *session) moveAll(from, to string) (err error) {
	if s.Server != "" {
		return work.Errorf(work.Invalid, "A database is moved where it is; leave --server out.")
	}
	source, err := s.existing(from)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	target, err := store.Open(s.ctx, to, store.Options{Unfinished: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	say := s.printf
	if s.JSON {
		say = func(string, ...any) {}
	}
	sums, err := store.Move(s.ctx, source, target, s.Now(), store.Moving{
		Table: func(went store.Sum) {
			if went.Rows > 0 {
				say("%s: %d rows\n", went.Table, went.Rows)
			}
		},
		Again: func(table string) { say("The source changed since (%s); everything is moved anew.\n", table) },
	})
	if err != nil {
		return err
	}
	if s.JSON {
		return s.json(map[string]any{"tables": sums})
	}
	s.printf("%d rows of %d tables are there, the same as where they came from. Use the new database from here on; the old one is as it was.\n",
		store.Backup{Tables: sums}.Rows(), len(sums))
	return nil
}

// existing opens a database that is there and of this program's schema.
func (s *session) existing(dsn string) (*store.Store, error) {
	look, err := store.Open(s.ctx, dsn, store.Options{Look: true})
	if err != nil {
		return nil, err
	}
	if err := look.Close(); err != nil {
		return nil, err
	}
	return store.Open(s.ctx, dsn, store.Options{})
}
