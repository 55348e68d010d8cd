package cli

import (
	"encoding/json"
	"errors"
	"maps"
	"net/url"
	"strconv"
)

// list answers with the items of a list alone, those of all its pages; a limit
// in the query is for all of them together.
func list[T any](s *session, path string, query url.Values, words func([]T)) error {
	c, err := s.api()
	if err != nil {
		return err
	}
	all, most := []T{}, 0
	q := url.Values{"limit": {"500"}}
	maps.Copy(q, query)
	if query.Has("limit") {
		if most, err = strconv.Atoi(query.Get("limit")); err != nil || most < 1 {
			return usageError{errors.New("--limit is a whole number from 1 on")}
		}
		q.Set("limit", strconv.Itoa(min(most, 500)))
	}
	err = c.All(s.ctx, path, q, func(raw json.RawMessage) error {
		if most > 0 && len(all) == most {
			return errEnough
		}
		var one T
		err := json.Unmarshal(raw, &one)
		all = append(all, one)
		return err
	})
	switch {
	case err != nil && !errors.Is(err, errEnough):
		return err
	case s.JSON:
		return s.json(all)
	}
	words(all)
	return nil
}

// errEnough ends the walk over the pages of a list.
var errEnough = errors.New("enough")

// each hands every item of a list to fn.
func each[T any](s *session, path string, fn func(T)) error {
	c, err := s.api()
	if err != nil {
		return err
	}
	return c.All(s.ctx, path, url.Values{"limit": {"500"}}, func(raw json.RawMessage) error {
		var one T
		err := json.Unmarshal(raw, &one)
		fn(one)
		return err
	})
}

// limited is a query for at most so many.
func limited(n int) url.Values { return url.Values{"limit": {strconv.Itoa(n)}} }
