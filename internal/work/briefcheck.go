package work

import (
	"regexp"
	"strings"

	"baton/internal/ical"
)

// A Finding is one thing a brief could do better, with a way to mend it. It
// advises; only a missing outcome blocks an offer.
type Finding struct {
	Code     string `json:"code" doc:"A word for it, the same in every language and version"`
	Field    string `json:"field" doc:"The field of the terms it is about, like brief.outcome"`
	Sentence string `json:"sentence" doc:"What is wrong or missing"`
	Mend     string `json:"mend" doc:"What to write instead"`
	Blocks   bool   `json:"blocks,omitempty" doc:"Nothing can be offered before it is mended"`
}

// A BriefContext is what is known beside the terms: the task and
// the receiver.
type BriefContext struct {
	Kind     DelegationKind
	Task     *Task
	Receiver *Person // nil when nobody is named yet
	Project  bool    // the task has parts, or is a larger piece of work with an end
	Today    ical.Date

	// What looks back showed of the receiver: of a skill, by its name in small
	// letters, and which check-ins are enough after good rounds, in words too.
	Shown     map[string]string
	Enough    ical.Rule
	EnoughWhy string // "" when there were no good rounds
}

// A check looks for one flaw; it returns a finding with a Code, or none.
type check func(t *Terms, c BriefContext) (Finding, bool)

var checks = []check{
	noOutcome, activityNotResult, noWhy, noWhyYou, noTest, noDue, dueBefore, untilBefore,
	micromanaged, projectWithoutSay, moneyWithoutLimit, tooManyInstructions,
	denseCheckIns, trustedAlready, skillWithoutSupport, reviewsThemselves,
}

// CheckBrief reports what a brief could do better, in the order of its fields.
func CheckBrief(t *Terms, c BriefContext) []Finding {
	var out []Finding
	for _, look := range checks {
		if f, found := look(t, c); found {
			out = append(out, f)
		}
	}
	return out
}

func noOutcome(t *Terms, _ BriefContext) (Finding, bool) {
	return Finding{
		"no_outcome", "brief.outcome", "It does not say what will be true when it is done.",
		"Finish the sentence “It is done when …”.", true,
	}, strings.TrimSpace(t.Brief.Outcome) == ""
}

// activityWords begin outcomes that name doing rather than a result.
var activityWords = regexp.MustCompile(`(?i)^\s*(work(ing)?|help(ing)?|try(ing)?|look(ing)?|handl(e|ing)|deal(ing)?|manag(e|ing)|support(ing)?|assist(ing)?|do(ing)?|take care|think(ing)?|continue|keep|follow(ing)? up|coordinat(e|ing))\b`)

func activityNotResult(t *Terms, _ BriefContext) (Finding, bool) {
	return Finding{
		"activity", "brief.outcome", "The outcome names an activity, not a result.",
		"Say what somebody could see once it is done: “The rota is posted by the 25th and every shift is covered.”", false,
	}, activityWords.MatchString(t.Brief.Outcome)
}

func noWhy(t *Terms, c BriefContext) (Finding, bool) {
	return Finding{
		"no_why", "brief.why", "It does not say why this matters.",
		"One sentence on what it is for lets the other person decide well when things change.", false,
	}, strings.TrimSpace(t.Brief.Why) == "" && (c.Kind == Strategic || t.Authority.Level > Explain)
}

func noWhyYou(t *Terms, c BriefContext) (Finding, bool) {
	return Finding{
		"no_why_you", "brief.why_you", "It does not say why you ask this person.",
		"Say what you see in them, or what they would grow by.", false,
	}, c.Kind == Strategic && strings.TrimSpace(t.Brief.WhyYou) == ""
}

func noTest(t *Terms, c BriefContext) (Finding, bool) {
	return Finding{
		"no_success", "brief.success", "There is no way for both of you to tell that it is done well.",
		"List two or three things you will both check, or the least that will do.", false,
	}, len(t.Brief.Success) == 0 && strings.TrimSpace(t.Brief.Minimum) == ""
}

func noDue(t *Terms, c BriefContext) (Finding, bool) {
	return Finding{
		"no_due", "due", "It has no due and no rhythm.",
		"Give a day, or say how often.", false,
	}, t.Due.IsZero() && t.Rule.IsZero() && (c.Task == nil || c.Task.Kind != DecisionArea)
}

func dueBefore(t *Terms, c BriefContext) (Finding, bool) {
	return Finding{
		"past_due", "due", "It is due on a day that is over: " + t.Due.Date.String() + ".",
		"Give a day that is still to come.", false,
	}, !t.Due.IsZero() && t.Rule.IsZero() && t.Due.Date.Compare(c.Today) < 0
}

func untilBefore(t *Terms, c BriefContext) (Finding, bool) {
	until := t.Authority.Limits.Until
	return Finding{
		"past_until", "authority.limits.until", "The authority ended before it begins: " + until.String() + ".",
		"Give a last day that is still to come, or none; until then every decision comes to you.", false,
	}, !until.IsZero() && until.Compare(c.Today) < 0
}

func micromanaged(t *Terms, _ BriefContext) (Finding, bool) {
	return Finding{
		"micromanaged", "brief.instructions", "The level says they decide, yet the brief lists how to do it.",
		"Keep the outcome and the limits, and leave the steps to them; or agree on a lower level.", false,
	}, t.Authority.Level >= Inform && len(t.Brief.Instructions) >= 3
}

func projectWithoutSay(t *Terms, c BriefContext) (Finding, bool) {
	return Finding{
		"no_say", "authority.level", "This is a project, but every decision in it stays with you.",
		"At level 3 they bring a recommendation, at level 5 they tell you what they intend.", false,
	}, t.Authority.Level <= Explain && c.Project && c.Kind == Strategic
}

var moneyWords = regexp.MustCompile(`(?i)[$€£]\s*\d|\d\s*(usd|eur|gbp|dollars?|euros?|pounds?)\b|\b(budget|spend|buy|purchase|invoice[sd]?|cost|costs)\b`)

func moneyWithoutLimit(t *Terms, _ BriefContext) (Finding, bool) {
	said := strings.Join(append([]string{t.Brief.Outcome, t.Brief.Minimum}, append(t.Brief.Resources, t.Brief.Instructions...)...), "\n")
	return Finding{
		"money", "authority.limits", "Money is mentioned, but no limit is set.",
		"Set what one decision may cost and what all may cost together.", false,
	}, !t.Authority.CoversMoney() && moneyWords.MatchString(said)
}

func tooManyInstructions(t *Terms, _ BriefContext) (Finding, bool) {
	return Finding{
		"instructions", "brief.instructions", "There are more than seven instructions on how to do it.",
		"Keep those that matter for safety or law; move the rest to a resource they may use.", false,
	}, len(t.Brief.Instructions) > 7
}

// densest says it by level.
var densest = [...]int64{0, 5, 5, 3, 2, 1, 1, 1}

// DensestCheckIns is how many check-ins a week a level warrants at most.
func DensestCheckIns(level Level) int64 { return densest[min(max(level, Tell), Autonomous)] }

func denseCheckIns(t *Terms, _ BriefContext) (Finding, bool) {
	times, weeks := t.CheckIn.PerWeek()
	return Finding{
		"check_ins", "check_in", "The check-ins are closer together than the level warrants.",
		"Meet less often; they can ask whenever they need you.", false,
	}, times > DensestCheckIns(t.Authority.Level)*weeks
}

func trustedAlready(t *Terms, c BriefContext) (Finding, bool) {
	times, weeks := t.CheckIn.PerWeek()
	enough, per := c.Enough.PerWeek()
	return Finding{
		"check_ins_learned", "check_in", "The check-ins are closer together than your looks back speak for.",
		"After the last good rounds, " + c.EnoughWhy + " would do.", false,
	}, c.EnoughWhy != "" && times*per > enough*weeks
}

func skillWithoutSupport(t *Terms, c BriefContext) (Finding, bool) {
	if c.Receiver == nil || c.Task == nil || t.Support > 0 || !t.CheckIn.IsZero() {
		return Finding{}, false
	}
	for _, need := range c.Task.Skills {
		if c.Receiver.SkillLevel(need.Name) < max(need.Level, 1) {
			sentence := c.Receiver.Name + " has not done this before (" + need.Name + "), and no support is planned."
			if shown := c.Shown[strings.ToLower(need.Name)]; shown != "" {
				sentence = c.Receiver.Name + "'s " + need.Name + " is at " + shown + ", and no support is planned."
			}
			return Finding{
				"support", "support", sentence,
				"Set aside some minutes a week, or plan check-ins.", false,
			}, true
		}
	}
	return Finding{}, false
}

func reviewsThemselves(t *Terms, c BriefContext) (Finding, bool) {
	return Finding{
		"reviewer", "brief.reviewer", "Whoever does it would also review it.",
		"Name somebody else to look at the delivery.", false,
	}, c.Receiver != nil && t.Brief.Reviewer != 0 && t.Brief.Reviewer == c.Receiver.ID
}

// ProposeTerms fills in terms for handing a task to somebody: what the task
// says, and the usual rhythm and support for the kind, the level and how new
// the work is to the person. Everything in it can be changed.
func ProposeTerms(t *Task, kind DelegationKind, receiver *Person, today ical.Date) Terms {
	terms := Terms{
		Effort: t.Effort, Due: t.Due, Rule: t.Rule,
		Authority: Authority{Level: ProposeLevel(t, kind, receiver)},
	}
	if !t.Rule.IsZero() || t.Kind == DecisionArea {
		terms.Notice = 14
	} else if terms.Due.IsZero() {
		terms.Due = t.Deadline
	}
	if kind == Strategic {
		terms.CheckIn, terms.Support = ical.MustRule("FREQ=WEEKLY;BYDAY=MO"), 30
		if t.Rule.IsZero() && t.Weekly(today) < 60 {
			terms.Support = 15
		}
		terms.Path = []Step{{Level: min(terms.Authority.Level+1, Autonomous), Rounds: 2}}
	}
	if receiver != nil && receiver.HourCost > 0 && receiver.Kind == Provider {
		terms.Price, terms.Per = receiver.HourCost, PerHour
	}
	return terms
}

// ProposeLevel suggests a level: an assignment is asked about first when the
// skill is new and told before when it is not; a strategic delegation begins at
// 3 and rises to 5 with the person's skill. Software stays at or under its cap.
func ProposeLevel(t *Task, kind DelegationKind, receiver *Person) Level {
	if receiver == nil {
		return LevelFor(kind, 0, Teammate)
	}
	return LevelFor(kind, BestSkill(t, receiver), receiver.Kind)
}

// BestSkill is the highest level of a person's skills that have to do with a
// task, 0 when none has.
func BestSkill(t *Task, p *Person) (best int) {
	for _, s := range p.Skills {
		if Related(t, s.Name) >= 50 || needs(t, s.Name) {
			best = max(best, s.Level)
		}
	}
	return best
}

// LevelFor is ProposeLevel for somebody whose best skill that has to do with
// the task is known.
func LevelFor(kind DelegationKind, best int, receiver PersonKind) Level {
	level := Intend
	switch {
	case kind == Strategic && best >= 4:
		level = Intend
	case kind == Strategic && best >= 2:
		level = Agree
	case kind == Strategic:
		level = Consult
	case best >= 5:
		level = Autonomous
	case best == 0:
		level = Explain
	}
	if receiver == Agent {
		level = min(level, AgentCap)
	}
	return level
}

func needs(t *Task, skill string) bool {
	for _, s := range t.Skills {
		if strings.EqualFold(s.Name, skill) {
			return true
		}
	}
	return false
}
