package store

import (
	"context"
	"time"
)

// Damage lists what the database itself finds wrong with its file and its
// references, in its own words; nothing when all is well. PostgreSQL looks
// after itself.
func (s *Store) Damage(ctx context.Context) (found []string, err error) {
	if s.Postgres() {
		return nil, nil
	}
	err = s.read(ctx, func(c session) (err error) {
		found, err = c.damage(ctx, `PRAGMA quick_check`)
		return err
	})
	return found, s.dialect.explain(err)
}

// damage asks SQLite to check its file, and its references.
func (s session) damage(ctx context.Context, check string) (found []string, err error) {
	words, err := collect(ctx, s, text, check)
	if err != nil {
		return nil, err
	}
	for _, w := range words {
		if w != "ok" {
			found = append(found, w)
		}
	}
	loose, err := collect(ctx, s, func(row scanner) (string, error) {
		var table, parent string
		var id, key any
		err := row.Scan(&table, &id, &parent, &key)
		return "a row of " + table + " refers to a row of " + parent + " that is not there", err
	}, `PRAGMA foreign_key_check`)
	return append(found, loose...), err
}

// ClockApart is how far the clock of PostgreSQL's machine is ahead of this one's;
// SQLite has no other.
func (s *Store) ClockApart(ctx context.Context) (apart time.Duration, err error) {
	if !s.Postgres() {
		return 0, nil
	}
	err = s.read(ctx, func(c session) error {
		at, err := one(ctx, c, number[int64], `SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::bigint`)
		apart = time.Until(instant(at))
		return err
	})
	return apart, err
}

func text(row scanner) (s string, err error) {
	err = row.Scan(&s)
	return s, err
}

// A Backlog is mail that is in trouble.
type Backlog struct {
	Waiting int64 // tried and not sent yet
	GivenUp int64 // since a moment
	Problem string
}

// Backlog looks for mail that could not be sent, and for what was given up
// since a moment.
func (g *Global) Backlog(ctx context.Context, since time.Time) (b Backlog, err error) {
	if b.Waiting, err = one(ctx, g.session, number[int64], `SELECT COUNT(*) FROM outbox WHERE sent_at = 0 AND given_up_at = 0 AND attempts > 0`); err != nil {
		return b, err
	}
	if b.GivenUp, err = one(ctx, g.session, number[int64], `SELECT COUNT(*) FROM outbox WHERE given_up_at > ?`, micros(since)); err != nil {
		return b, err
	}
	last, err := collect(ctx, g.session, text, `SELECT problem FROM outbox WHERE sent_at = 0 AND problem <> '' ORDER BY leaves_at DESC LIMIT 1`)
	if len(last) > 0 {
		b.Problem = last[0]
	}
	return b, err
}
