package cli

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"baton/internal/app/delegations"
	"baton/internal/app/workspaces"
	"baton/internal/work"
)

// delegation finds a delegation by its number or its task's title. Of several
// it takes those that are going on, then those that wait for the actor, then
// those whose given side the actor is; the newest of what ended.
func (s *session) delegation(typed string, side work.Role) (int64, error) {
	if id, err := strconv.ParseInt(typed, 10, 64); err == nil {
		return id, nil
	}
	if strings.TrimSpace(typed) == "" {
		return 0, work.Errorf(work.Invalid, "The name of the delegation is empty; give its number or a part of its task's title.")
	}
	all, err := s.called(typed)
	if err != nil {
		return 0, err
	}
	narrow := func(keep func(delegations.Delegation) bool) {
		if some := slices.DeleteFunc(slices.Clone(all), func(d delegations.Delegation) bool { return !keep(d) }); len(some) > 0 {
			all = some
		}
	}
	narrow(func(d delegations.Delegation) bool { return strings.EqualFold(d.Title, strings.TrimSpace(typed)) })
	narrow(func(d delegations.Delegation) bool { return d.State != work.Ended })
	if side != "" && len(all) > 1 {
		me, err := s.myself()
		if err != nil {
			return 0, err
		}
		narrow(func(d delegations.Delegation) bool { return isSide(me, d, side) })
	}
	// Of one decision area several go on, each with somebody else: which of them
	// waits says nothing of which is meant.
	if len(all) > 1 && all[0].State != work.Ended && all[0].TaskKind != work.DecisionArea {
		waits, err := s.waiting()
		if err != nil {
			return 0, err
		}
		narrow(func(d delegations.Delegation) bool { return waits[d.ID] != "" })
	}
	switch {
	case len(all) == 0:
		return 0, work.Errorf(work.NotFound, "There is no delegation of %q.", typed)
	case len(all) == 1, all[0].State == work.Ended:
		return int64(all[0].ID), nil
	}
	labels := make([]string, min(len(all), 5))
	for i := range labels {
		d := all[i]
		labels[i] = fmt.Sprintf("%d %s", d.ID, d.Title)
		if d.Giver.Name != "" {
			labels[i] += ", " + d.Giver.Name + " to " + cmp.Or(d.Receiver.Name, "nobody yet")
		}
	}
	return 0, work.Errorf(work.Invalid, "%q could be several: %s. Use the number.", typed, strings.Join(labels, "; "))
}

// called lists the delegations whose title has what was typed, the newest
// first, and those that only wait for the actor's answer.
func (s *session) called(typed string) ([]delegations.Delegation, error) {
	c, err := s.api()
	if err != nil {
		return nil, err
	}
	lower := strings.ToLower(strings.TrimSpace(typed))
	var found []delegations.Delegation
	err = c.All(s.ctx, "delegations", url.Values{"limit": {"500"}}, func(raw json.RawMessage) error {
		var d delegations.Delegation
		if err := json.Unmarshal(raw, &d); err != nil {
			return err
		}
		if strings.Contains(strings.ToLower(d.Title), lower) {
			found = append(found, d)
		}
		return nil
	})
	if err != nil || s.Guest != "" {
		return found, err
	}
	waits, err := s.waiting()
	for id, title := range waits {
		known := slices.ContainsFunc(found, func(d delegations.Delegation) bool { return d.ID == id })
		if !known && strings.Contains(strings.ToLower(title), lower) {
			found = append(found, delegations.Delegation{ID: id, Title: title, State: work.Offered})
		}
	}
	return found, err
}

// waiting returns the titles of the delegations that wait for the actor.
func (s *session) waiting() (map[work.DelegationID]string, error) {
	var list delegations.WaitingList
	if s.Guest != "" {
		return nil, nil //nolint:nilnil // a guest has one delegation
	}
	if err := s.get("waiting", &list); err != nil {
		return nil, err
	}
	out := map[work.DelegationID]string{}
	for _, w := range list.Mine {
		out[w.Delegation] = w.Title
	}
	return out, nil
}

// myself is the person the commands act for.
func (s *session) myself() (work.PersonID, error) {
	if s.me.Person != 0 {
		return s.me.Person, nil
	}
	var set workspaces.Setting
	err := s.get("settings", &set)
	return set.Me.ID, err
}

// isSide reports whether a person is on a side of a delegation.
func isSide(me work.PersonID, d delegations.Delegation, side work.Role) bool {
	if side == work.AsGiver {
		return d.Giver.ID == me
	}
	return d.Receiver.ID == me
}
