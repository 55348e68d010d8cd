package cli

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"baton/internal/app/coaching"
	"baton/internal/work"
)

// coachPackets are the commands about the packet and about who is named in it.
type coachPackets struct {
	Packet  coachPacketCmd  `cmd:"" help:"As a coach, look at what a client shows you; they see when you looked."`
	Preview coachPreviewCmd `cmd:"" help:"See what your coach sees, or would see."`
	Self    coachSelfCmd    `cmd:"" help:"Go through the call on your own: the same packet, of your own, with all names."`
	Names   coachNamesCmd   `cmd:"" help:"See who shows a coach something in which you appear."`
	Name    coachNameCmd    `cmd:"" help:"Let a coach read your name instead of your initials, or take that back."`
}

type coachPacketCmd struct {
	Client string `arg:"" help:"The client's name, or the number of the sharing."`
}

// Run looks at what a client shows.
func (c *coachPacketCmd) Run(s *session) error {
	open, err := s.sharing("clients", c.Client, clientName)
	if err != nil {
		return err
	}
	return show(s, http.MethodPost, fmt.Sprintf("sharings/%d/looks", open.ID), nil, coaching.OnSharing{}, s.packet)
}

type coachPreviewCmd struct {
	Coach string   `arg:"" optional:"" help:"Your coach; nobody yet unless said."`
	Show  []string `help:"Without a coach: what they would see; everything unless said." placeholder:"PART"`
}

// Run shows the client what the coach sees.
func (c *coachPreviewCmd) Run(s *session) error {
	if c.Coach == "" {
		return show(s, http.MethodGet, "packet", url.Values{"as_coach": {"true"}, "parts": {strings.Join(c.Show, ",")}}, nil, s.packet)
	}
	open, err := s.sharing("sharings", c.Coach, coachName)
	if err != nil {
		return err
	}
	return show(s, http.MethodGet, fmt.Sprintf("sharings/%d/packet", open.ID), nil, nil, s.packet)
}

type coachSelfCmd struct{}

// Run shows the actor's own packet.
func (c *coachSelfCmd) Run(s *session) error {
	return show(s, http.MethodGet, "packet", nil, nil, s.packet)
}

type coachNamesCmd struct{}

// Run lists where the actor appears.
func (c *coachNamesCmd) Run(s *session) error {
	return list(s, "namings", nil, func(all []coaching.Naming) {
		for _, n := range all {
			how := "by your initials"
			if n.Named {
				how = "by name"
			}
			s.printf("%d %s shows %s, as their coach, something in which you appear %s.\n", n.Sharing, n.Client, n.Coach, how)
		}
		if len(all) == 0 {
			s.printf("Nobody shows a coach anything in which you appear.\n")
		}
	})
}

type coachNameCmd struct {
	Sharing int64 `arg:"" help:"Its number."`
	No      bool  `help:"By initials again."`
}

// Run answers whether the actor may be named.
func (c *coachNameCmd) Run(s *session) error {
	return show(s, http.MethodPut, fmt.Sprintf("namings/%d", c.Sharing), nil, coaching.AnswerNaming{Yes: !c.No}, func(n coaching.Naming) {
		if n.Named {
			s.printf("%s may read your name in what %s shows.\n", n.Coach, n.Client)
		} else {
			s.printf("%s reads your initials in what %s shows.\n", n.Coach, n.Client)
		}
	})
}

// packet prints a packet in the order of the call.
func (s *session) packet(p coaching.Packet) {
	s.printf("%s, %s\n", p.Client, s.local(p.At).Format("2 January 2006"))
	if p.Initials {
		s.printf("People who did not agree to be named stand by their initials.\n")
	}
	s.packetHours(p.Hours)
	s.packetTasks(p)
	if p.Promises != nil {
		s.printf("\nPromises since %s\n", s.local(p.Promises.Since).Format("2 January 2006"))
		s.packetEmpty(len(p.Promises.Mine)+len(p.Promises.Theirs) == 0, "Nothing was promised.")
		s.packetPromises("by "+p.Client, p.Promises.Mine)
		s.packetPromises("to "+p.Client, p.Promises.Theirs)
	}
	if p.Mirror != nil {
		s.printf("\nMirror\n")
		image := p.Mirror.Image
		s.packetEmpty(len(image.Praise)+len(image.Notes)+len(p.Mirror.Returns) == 0, "Nothing stands out: nowhere stepped in beyond what was agreed, and nothing on its way back.")
		for _, n := range p.Mirror.Image.Praise {
			s.printf("  %s: %s\n", n.Title, n.Sentence)
		}
		for _, n := range p.Mirror.Image.Notes {
			s.printf("  %s: %s\n", n.Title, n.Sentence)
		}
		for _, r := range p.Mirror.Returns {
			s.printf("  %s\n", r.Sentence)
		}
	}
	if p.Questions != nil {
		s.printf("\nQuestions\n")
		s.packetEmpty(p.Questions.Asks == "" && len(p.Questions.Questions) == 0, "None.")
		if p.Questions.Asks != "" {
			s.printf("  %s asks: %s\n", p.Client, p.Questions.Asks)
		}
		for _, q := range p.Questions.Questions {
			s.printf("  %s\n", q.Words)
		}
	}
}

func (s *session) packetHours(h *coaching.HoursPart) {
	if h == nil {
		return
	}
	s.printf("\nHours\n  the week holds %s of %s: %s of tasks, %s of promised support\n", work.HoursWords(h.Week.Total), work.HoursWords(h.Week.Capacity),
		work.HoursWords(h.Week.Tasks), work.HoursWords(h.Week.Total-h.Week.Tasks))
	for _, p := range h.Ledger.Promises {
		s.printf("  %s: %s = %s\n", plain(p.Name), strings.TrimSpace(promiseValue(p)), p.Formula)
	}
}

func (s *session) packetTasks(p coaching.Packet) {
	if p.Plate != nil {
		s.printf("\nPlate\n")
		s.packetEmpty(len(p.Plate.Groups) == 0, "Nothing is on it.")
		for _, g := range p.Plate.Groups {
			verdict := string(g.Verdict)
			if verdict == "" {
				verdict = "no verdict yet"
			}
			s.printf("  %s, %s a week\n", verdict, work.HoursWords(g.Weekly))
			for _, t := range g.Tasks {
				s.printf("    %s (%s)\n", t.Title, work.HoursWords(t.Weekly))
			}
		}
	}
	if p.LetGo != nil {
		s.printf("\nLet go\n")
		s.packetEmpty(len(p.LetGo.Lines) == 0, "Nothing speaks for letting go of anything.")
		for _, l := range p.LetGo.Lines {
			s.printf("  %+d %s: %s\n", l.Score, l.Title, l.Because)
		}
	}
}

func turns(n int, what string) string {
	if n == 1 {
		return "turn " + what
	}
	return "turns " + what
}

// packetEmpty says of a part of a packet that nothing is in it.
func (s *session) packetEmpty(is bool, words string) {
	if is {
		s.printf("  %s\n", words)
	}
}

func (s *session) packetPromises(of string, lines []coaching.PromiseLine) {
	for _, l := range lines {
		said := []string{plain(string(l.State))}
		if l.Outcome != "" {
			said = append(said, plain(string(l.Outcome)))
		}
		if l.Overdue {
			said = append(said, "overdue since "+l.Due.Date.In(time.UTC).Format("2 January 2006"))
		}
		for _, n := range []struct {
			n     int
			words string
		}{{l.Late, "late"}, {l.Returned, "returned"}, {l.Done, turns(l.Done, "done")}, {l.Missed, turns(l.Missed, "missed")}, {l.CheckIns, "check-ins missed"}} {
			if n.n > 0 {
				said = append(said, fmt.Sprintf("%d %s", n.n, n.words))
			}
		}
		s.printf("  %s, with %s: %s (%s)\n", of, l.With, l.Title, strings.Join(said, ", "))
	}
}
