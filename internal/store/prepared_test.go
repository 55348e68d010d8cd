package store

import (
	"maps"
	"slices"
)

// Prepared lists the statements that were prepared on any connection of a
// SQLite database so far.
func (s *Store) Prepared() []string {
	all := maps.Clone(s.queue.conn.stmts)
	s.readers.mu.Lock()
	defer s.readers.mu.Unlock()
	for _, c := range s.readers.idle {
		maps.Copy(all, c.stmts)
	}
	return slices.Sorted(maps.Keys(all))
}
