package learn

import (
	"fmt"
	"strings"
	"time"

	"baton/internal/ical"
	"baton/internal/work"
)

// A Kind says what a lesson would change.
type Kind string

// The kinds of lesson, in the order they are told.
const (
	EffortLesson   Kind = "effort"        // how long the work takes
	SkillLesson    Kind = work.SkillTaken // what is believed of the receiver's skill
	InterestLesson Kind = "interest"      // what the receiver wants more or less of
	LevelLesson    Kind = "level"         // the authority proposed next
	RhythmLesson   Kind = "rhythm"        // how often to meet
	PlaybookLesson Kind = "playbook"      // what to write into the brief the next time
)

// A Lesson is one thing a look back proposes to change. Nothing changes before
// its holder takes it.
type Lesson struct {
	Kind    Kind          `json:"kind"`
	About   work.PersonID `json:"about,omitempty"` // the receiver; 0 for what is about the work alone
	Holder  work.PersonID `json:"holder"`          // who is to agree
	Subject string        `json:"subject,omitempty"`
	// From and To are minutes for effort, thousandths of a level for a skill,
	// levels of authority for a level, and -1..1 for an interest.
	From    int64        `json:"from,omitempty"`
	To      int64        `json:"to,omitempty"`
	Shown   *Observation `json:"shown,omitempty"` // of a skill: joined to what is believed when it is taken
	Rhythm  ical.Rule    `json:"rhythm,omitzero"` // in place of Before
	Before  ical.Rule    `json:"before,omitzero"`
	Worked  string       `json:"worked,omitempty"` // for the playbook
	Improve string       `json:"improve,omitempty"`
	Cause   string       `json:"cause"`
}

// A LookBack is all that one look back rests on: both reflections (nil for a
// side that said nothing) and what was known before.
type LookBack struct {
	Delegation  *work.Delegation
	At          time.Time
	Giver       *work.Reflection
	Receiver    *work.Reflection
	Estimate    work.Minutes // of one turn of the work
	Measured    int          // measured times the estimate rests on
	Subjects    []Subject    // what the work is about
	Aid         Milli        // what the help it was done with stands in for
	Area        string       // of the work, for the level; "" for no area
	Rounds      []Round      // earlier ones of the two in this area, oldest first, with this one last
	Limit       work.Level   // the highest level possible; 0 for none but the kinds'
	Interested  bool         // the receiver's card says the first subject interests them
	SelfTaught  bool         // the receiver has an account and agrees to what is theirs alone
	ReachedStep bool         // the path has proposed a level of its own
}

// A Subject is a skill the work needs, and what is believed of the receiver's.
type Subject struct {
	Skill  string
	Demand int // level the work needs
	Belief Belief
}

// Lessons says what a look back teaches, in the order of the kinds.
func Lessons(l LookBack) []Lesson {
	if l.Giver == nil && l.Receiver == nil {
		return nil
	}
	var out []Lesson
	for _, one := range []func(LookBack) []Lesson{effortLessons, skillLessons, interestLessons, levelLessons, rhythmLessons, playbookLessons} {
		for _, lesson := range one(l) {
			lesson.Cause = l.cause()
			if lesson.Kind == SkillLesson && l.Aid >= 50 {
				lesson.Cause += fmt.Sprintf(" It was done with help, which counts for %s of a level.", l.Aid)
			}
			if lesson.Holder == 0 {
				lesson.Holder = l.Delegation.Giver
			}
			out = append(out, lesson)
		}
	}
	return out
}

func effortLessons(l LookBack) []Lesson {
	if l.Receiver == nil || l.Receiver.Took <= 0 {
		return nil
	}
	next := Effort(l.Estimate, l.Receiver.Took, l.Measured)
	if !tells(l.Estimate, next) {
		return nil
	}
	return []Lesson{{Kind: EffortLesson, From: int64(l.Estimate), To: int64(next)}}
}

func skillLessons(l LookBack) (out []Lesson) {
	for _, s := range l.Subjects {
		shown, any := Observe(s.Demand, l.Aid, l.Giver, l.Receiver, l.At)
		if !any {
			continue
		}
		before := s.Belief.Widen(l.At)
		after := before.Update(shown)
		out = append(out, Lesson{
			Kind: SkillLesson, About: l.Delegation.Receiver, Subject: s.Skill, From: int64(before.Mean), To: int64(after.Mean), Shown: &shown,
		})
	}
	return out
}

func interestLessons(l LookBack) []Lesson {
	if l.Receiver == nil || l.Receiver.More == 0 || len(l.Subjects) == 0 || l.Receiver.More > 0 && l.Interested {
		return nil
	}
	one := Lesson{Kind: InterestLesson, About: l.Delegation.Receiver, Subject: l.Subjects[0].Skill, To: int64(l.Receiver.More)}
	if l.SelfTaught {
		one.Holder = l.Delegation.Receiver
	}
	return []Lesson{one}
}

func levelLessons(l LookBack) []Lesson {
	d := l.Delegation
	now := d.Terms.Authority.Level
	next := NextLevel(d.Kind, now, d.Agent, l.Limit, l.Rounds)
	if next == now || next > now && l.ReachedStep {
		return nil
	}
	return []Lesson{{Kind: LevelLesson, About: d.Receiver, Subject: l.Area, From: int64(now), To: int64(next)}}
}

func rhythmLessons(l LookBack) []Lesson {
	d := l.Delegation
	if d.State != work.Active || len(l.Rounds) == 0 {
		return nil
	}
	next := NextRhythm(d.Terms.CheckIn, d.Terms.Authority.Level, l.Rounds[len(l.Rounds)-1])
	if next == d.Terms.CheckIn {
		return nil
	}
	return []Lesson{{Kind: RhythmLesson, About: d.Receiver, Before: d.Terms.CheckIn, Rhythm: next}}
}

func playbookLessons(l LookBack) []Lesson {
	one := Lesson{Kind: PlaybookLesson}
	for _, r := range []*work.Reflection{l.Giver, l.Receiver} {
		if r != nil {
			one.Worked, one.Improve = line(one.Worked, r.Worked), line(one.Improve, r.Change)
		}
	}
	if one.Worked == "" && one.Improve == "" {
		return nil
	}
	return []Lesson{one}
}

// line joins two texts, each once.
func line(text, more string) string {
	more = strings.TrimSpace(more)
	switch {
	case more == "" || text == more:
		return text
	case text == "":
		return more
	}
	return text + "\n" + more
}

// cause says what a lesson rests on, with who said it.
func (l LookBack) cause() string {
	d := l.Delegation
	giver, receiver := d.Name(d.Giver), d.Name(d.Receiver)
	if l.Giver == nil || l.Receiver == nil {
		who, said := giver, l.Giver
		if l.Giver == nil {
			who, said = receiver, l.Receiver
		}
		return fmt.Sprintf("%s looked back on “%s”: outcome %d of 5, difficulty %d.", who, d.Title, said.Outcome, said.Hard)
	}
	return fmt.Sprintf("%s and %s looked back on “%s”: outcome %s of 5, difficulty %s.", giver, receiver, d.Title,
		both(l.Giver.Outcome, l.Receiver.Outcome), both(l.Giver.Hard, l.Receiver.Hard))
}

// both says two answers, giver's first, or the one they share.
func both(a, b int) string {
	if a == b {
		return fmt.Sprint(a)
	}
	return fmt.Sprintf("%d and %d", a, b)
}

// Words says what a lesson would change, to somebody who knows the person by
// a name.
func (l Lesson) Words(name string) string {
	switch l.Kind {
	case EffortLesson:
		if l.From == 0 {
			return "Count " + work.HoursWords(work.Minutes(l.To)) + " for it; nobody had said."
		}
		return fmt.Sprintf("Count %s for it instead of %s.", work.HoursWords(work.Minutes(l.To)), work.HoursWords(work.Minutes(l.From)))
	case SkillLesson:
		if from, to := Milli(l.From).String(), Milli(l.To).String(); from != to {
			return fmt.Sprintf("%s %s: level %s of 5 instead of %s.", possessive(name), l.Subject, to, from)
		}
		return fmt.Sprintf("%s %s: level %s of 5 still, and surer.", possessive(name), l.Subject, Milli(l.To))
	case InterestLesson:
		if l.To > 0 {
			return name + " would like more " + l.Subject + "."
		}
		return name + " would like less " + l.Subject + "."
	case LevelLesson:
		how := "more"
		if l.To < l.From {
			how = "less"
		}
		return fmt.Sprintf("Give %s %s say: level %d instead of %d.", name, how, l.To, l.From)
	case RhythmLesson:
		return upper(RhythmWords(l.Rhythm)) + " instead of " + RhythmWords(l.Before) + "."
	case PlaybookLesson:
		return "Write it into the playbook for the next time."
	}
	return string(l.Kind)
}

// possessive is "Ben’s" or "Ingrid Aas’".
func possessive(name string) string {
	if strings.HasSuffix(name, "s") {
		return name + "’"
	}
	return name + "’s"
}

// Overtaken reports whether terms agreed since leave a lesson nothing to change,
// and whether they say what it would have.
func (l Lesson) Overtaken(t *work.Terms) (gone, said bool) {
	var now int64
	switch l.Kind {
	case EffortLesson:
		now = int64(t.Effort)
	case LevelLesson:
		now = int64(t.Authority.Level)
	case RhythmLesson:
		return t.CheckIn != l.Before, t.CheckIn == l.Rhythm
	default:
		return false, false
	}
	return now != l.From, now == l.To
}

// upper makes the first letter a capital; the words it is for begin in ASCII.
func upper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
