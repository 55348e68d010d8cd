package cli

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"baton/internal/app"
	"baton/internal/app/calls"
	"baton/internal/app/coaching"
	"baton/internal/ical"
	"baton/internal/work"
)

// coachSharings are the commands about what a client shows a coach.
type coachSharings struct {
	List    coachListCmd    `cmd:"" default:"" help:"See what you show to whom as your coach."`
	Invite  coachInviteCmd  `cmd:"" help:"Invite somebody as your coach, and choose what they see."`
	Share   coachShareCmd   `cmd:"" help:"Choose what your coach sees, or make a fellow member your coach."`
	Stop    coachStopCmd    `cmd:"" help:"Stop showing anything to your coach, or stop being the coach of a client."`
	Clients coachClientsCmd `cmd:"" help:"See whose coach you are, in all your workspaces: the next call, what was agreed and what became of it, and what waits for you."`
}

// choiceFlags say what is shown.
type choiceFlags struct {
	Show []string `help:"What they see: hours, plate, letgo, promises, mirror, questions; private adds work in your private areas; '' for nothing." placeholder:"PART"`
	Asks *string  `help:"What you want to ask, in your own words; '' for nothing."`
}

// choice is what is shown: as before where nothing is said of it.
func (c *choiceFlags) choice(before coaching.Showing) coaching.Showing {
	in := before
	set(&in.Asks, c.Asks)
	if c.Show == nil && in.Parts != nil {
		return in
	}
	in.Parts = []work.SharedPart{}
	for _, p := range c.Show {
		if p = strings.TrimSpace(p); p != "" {
			in.Parts = append(in.Parts, work.SharedPart(p))
		}
	}
	return in
}

// partsWords says what is shown.
func partsWords(parts []work.SharedPart) string {
	if len(parts) == 0 {
		return "nothing yet"
	}
	words := make([]string, len(parts))
	for i, p := range parts {
		words[i] = string(p)
	}
	return strings.Join(words, ", ")
}

// say tells what is shown to whom.
func (s *session) say(v coaching.Sharing) {
	s.printf("%s sees: %s.\n", v.Coach.Name, partsWords(v.Parts))
	if v.Asks != "" {
		s.printf("You ask: %s\n", v.Asks)
	}
}

// seenWords says when a coach last looked.
func (s *session) seenWords(at time.Time) string {
	if at.IsZero() {
		return "not looked yet"
	}
	return "looked on " + s.local(at).Format("2 January 2006")
}

type coachListCmd struct{}

// Run lists what the actor shows.
func (c *coachListCmd) Run(s *session) error {
	return list(s, "sharings", nil, func(all []coaching.Sharing) {
		for _, v := range all {
			if v.State == work.SharingEnded {
				s.printf("%s: ended on %s\n", v.Coach.Name, s.local(v.EndedAt).Format("2 January 2006"))
				continue
			}
			s.printf("%s: %s; %s\n", v.Coach.Name, partsWords(v.Parts), s.seenWords(v.SeenAt))
		}
		if len(all) == 0 {
			s.printf("You have no coach. Invite one with: baton coach invite NAME EMAIL\n")
		}
	})
}

type coachInviteCmd struct {
	Name  string `arg:"" help:"What they are called."`
	Email string `arg:"" help:"Their mail address."`
	choiceFlags
}

// Run invites a coach.
func (c *coachInviteCmd) Run(s *session) error {
	in := coaching.InviteCoach{Name: c.Name, Email: c.Email, Showing: c.choice(coaching.Showing{})}
	return show(s, http.MethodPost, "coaches", nil, in, func(v coaching.InvitedCoach) {
		s.say(v.Sharing)
		if v.URL != "" {
			s.printf("Signs them in once: %s\n", v.URL)
		} else {
			s.printf("They have an account here and sign in as they do.\n")
		}
	})
}

type coachShareCmd struct {
	Coach string `arg:"" help:"Their name; of a fellow member also the number."`
	choiceFlags
}

// Run says what a coach sees from now on. Without a word of it, it says what
// they see now.
func (c *coachShareCmd) Run(s *session) error {
	open, err := s.sharing("sharings", c.Coach, coachName)
	if err != nil && work.KindOf(err) != work.NotFound {
		return err
	}
	if err == nil && c.Show == nil && c.Asks == nil {
		if s.JSON {
			return s.json(open)
		}
		s.say(open)
		return nil
	}
	if err == nil {
		in := coaching.ChangeSharing{Showing: c.choice(coaching.Showing{Parts: open.Parts, Asks: open.Asks})}
		return show(s, http.MethodPut, fmt.Sprintf("sharings/%d", open.ID), nil, in, s.say)
	}
	id, err := s.person(c.Coach)
	if err != nil {
		return err
	}
	return show(s, http.MethodPost, "sharings", nil, coaching.StartSharing{Coach: work.PersonID(id), Showing: c.choice(coaching.Showing{})}, s.say)
}

type coachStopCmd struct {
	Who string `arg:"" help:"Your coach, or your client."`
}

// Run ends a sharing from either side.
func (c *coachStopCmd) Run(s *session) error {
	open, err := s.sharing("sharings", c.Who, coachName)
	if work.KindOf(err) == work.NotFound || work.KindOf(err) == work.Forbidden {
		open, err = s.sharing("clients", c.Who, clientName)
	}
	if err != nil {
		return err
	}
	return show(s, http.MethodPost, fmt.Sprintf("sharings/%d/end", open.ID), nil, coaching.OnSharing{}, func(v coaching.Sharing) {
		s.printf("%s sees nothing of %s any more.\n", v.Coach.Name, v.Client.Name)
	})
}

type coachClientsCmd struct{}

// Run lists whose coach the actor is.
func (c *coachClientsCmd) Run(s *session) error {
	return list(s, "clients", nil, func(all []calls.Client) {
		for i := range all {
			s.printClient(&all[i])
		}
		if len(all) == 0 {
			s.printf("Nobody shows you anything as their coach.\n")
		}
	})
}

func (s *session) printClient(c *calls.Client) {
	zone := ical.Location(c.Zone)
	s.printf("%d %s, in %s (%d): %s; since %s\n", c.ID, c.Client.Name, c.Workspace.Name, c.Workspace.ID, partsWords(c.Parts), c.Since.In(zone).Format("2 January 2006"))
	for _, w := range c.Waits {
		s.printf("  waits for you: %s\n", w.Words)
	}
	if c.Next == nil {
		s.printf("  no call is booked\n")
	} else {
		s.printf("  call %d: %s (%s)\n", c.Next.ID, c.Next.From.In(zone).Format("Mon 2 Jan 2006 15:04"), plain(string(c.Next.State)))
	}
	if c.Last != nil {
		s.printf("  agreed in the call of %s:\n", c.Last.From.In(zone).Format("2 January 2006"))
		s.printDecisions(c.Last.Decisions)
	}
}

func coachName(v *coaching.Sharing) string  { return v.Coach.Name }
func clientName(v *coaching.Sharing) string { return v.Client.Name }

// sharing finds the one open sharing whose other side somebody typed.
func (s *session) sharing(path, typed string, name func(*coaching.Sharing) string) (coaching.Sharing, error) {
	var all app.List[calls.Client] // of sharings, those have no workspace
	if err := s.get(path+"?limit=500", &all); err != nil {
		return coaching.Sharing{}, err
	}
	open := slices.DeleteFunc(all.Items, func(v calls.Client) bool {
		return v.State != work.SharingOpen || typed != fmt.Sprint(v.ID) && !strings.Contains(strings.ToLower(name(&v.Sharing)), strings.ToLower(typed))
	})
	here := slices.DeleteFunc(slices.Clone(open), func(v calls.Client) bool {
		return v.Workspace.ID != 0 && s.me.Workspace != 0 && v.Workspace.ID != s.me.Workspace
	})
	switch {
	case len(open) == 0:
		return coaching.Sharing{}, work.Errorf(work.NotFound, "Nobody called %s is your coach or your client.", typed)
	case len(here) == 0:
		return coaching.Sharing{}, work.Errorf(work.NotFound, "%s is your client in %s: add --in %d.", open[0].Client.Name, open[0].Workspace.Name, open[0].Workspace.ID)
	case len(here) == 1:
		return here[0].Sharing, nil
	}
	return coaching.Sharing{}, work.Errorf(work.Invalid, "Several are called %s; use the number.", typed)
}
