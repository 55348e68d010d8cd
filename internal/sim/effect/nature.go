package effect

import "math"

// The constants of the hidden world. docs/effect.md gives the reason for each.
// They were fixed before any policy was run, and no policy sees them.
const (
	steepness = 1.3 // of quality over (skill - difficulty), in logits a level
	matched   = 0.9 // logit of the quality of somebody whose skill equals the difficulty: 0.71
	luck      = 0.4 // standard deviation of a piece of work, in logits

	helpReach   = 1.0  // levels of skill that much help stands in for
	helpHalf    = 0.15 // hours of help an hour of work at which 63 % of that is reached
	clearWorth  = 0.6  // levels that a perfectly clear brief is worth beside none, half of it either way
	tiredCost   = 1.2  // levels lost by somebody worn out
	rushCost    = 2.0  // levels lost for each capacity over capacity
	likingWorth = 0.2  // levels won by somebody who loves it
	misjudge    = 0.25 // levels lost for each step of judgement and each level that is missing, when one decides alone

	paceSlope   = 0.18 // how much longer work takes, in logs, for each level that is missing
	fastest     = 0.8
	slowest     = 2.0
	learnRate   = 0.015 // levels an hour at the edge of ability, for a beginner
	edge        = 0.4   // levels above one's skill at which one learns fastest
	edgeWidth   = 0.9
	helpTeaches = 0.8  // more learning with much help
	ownTeaches  = 0.1  // more learning for each step of judgement one exercises alone
	notesTeach  = 0.5  // more learning from a piece that came back with notes
	likeTeaches = 0.3  // more learning by what one loves
	forgets     = 0.01 // of what was learned, for each week without practice
	idleAfter   = 8    // weeks without practice before one forgets

	tiring     = 0.25 // of the hours above capacity
	recovering = 0.3  // of the fatigue, a week
	longest    = 1.25 // of the capacity that anybody works; the rest is left undone
)

// A try is what goes into one piece of work.
type try struct {
	skill      float64 // of whoever does it
	difficulty float64
	help       float64 // hours of help an hour of work
	helper     float64 // skill of whoever helps
	clarity    float64 // 0 to 1
	fatigue    float64 // 0 to 1
	rush       float64 // share of the capacity above it
	liking     float64 // -1 to 1
	judgement  float64 // 0 to 3
	alone      float64 // share of the decisions one takes oneself
	learns     float64
	noise      float64 // standard normal
}

// boost is how many levels help stands in for: nobody is helped by somebody
// who knows less.
func (t *try) boost() float64 {
	room := min(max((t.helper-t.skill)/2, 0), 1)
	return helpReach * (1 - math.Exp(-t.help/helpHalf)) * room
}

// quality of the piece, 0 to 1.
func (t *try) quality() float64 {
	x := t.skill + t.boost() - t.difficulty + clearWorth*(t.clarity-0.5) - tiredCost*t.fatigue - rushCost*t.rush + likingWorth*t.liking
	x -= misjudge * t.judgement * t.alone * max(0, t.difficulty+0.5-t.skill)
	return 1 / (1 + math.Exp(-steepness*x-matched-luck*t.noise))
}

// pace is how many hours an hour of the work takes.
func (t *try) pace() float64 {
	return pace(t.skill+t.boost()/2, t.difficulty)
}

func pace(skill, difficulty float64) float64 {
	return min(max(math.Exp(paceSlope*(difficulty-skill)), fastest), slowest)
}

// learned is how many levels hours of such work teach.
func (t *try) learned(hours float64, returned bool) float64 {
	far := (t.difficulty - t.skill - t.boost()/2 - edge) / edgeWidth
	rate := learnRate * t.learns * math.Exp(-far*far) * max(0, 1-t.skill/6)
	rate *= 1 + helpTeaches*t.boost()/helpReach
	rate *= 1 + ownTeaches*t.judgement*t.alone
	rate *= max(0, 1+likeTeaches*t.liking)
	if returned {
		rate *= 1 + notesTeach
	}
	return min(rate*hours, 5-t.skill)
}

// tire is the fatigue after a week with a load.
func tire(fatigue, hours, capacity float64) float64 {
	return min(max(fatigue*(1-recovering)+tiring*max(0, hours/capacity-1), 0), 1)
}

// What a leader's time goes to, in hours.
const (
	briefBase   = 8.0 / 60  // to say what there is to do
	briefField  = 3.0 / 60  // for each thing more a brief says
	readingBack = 15.0 / 60 // talking a strategic brief over
	updateRead  = 5.0 / 60  // reading an update
	askedOnce   = 6.0 / 60  // answering a question
	decided     = 7.0 / 60  // taking a decision of one step of judgement for a piece of work
	announced   = 2.0 / 60  // reading what somebody intends
	lookBase    = 3.0 / 60  // looking at a piece of work
	lookShare   = 0.04      // of its hours
	notesTime   = 8.0 / 60  // saying what to change
	reflecting  = 5.0 / 60  // one look back

	mendShare  = 0.3  // of the hours, to put right what came back
	mended     = 0.6  // of the way to what the leader would have made of it
	poor       = 0.5  // quality at which a leader sends work back
	bad        = 0.4  // quality that shows later when nobody looked
	repairBase = 0.25 // of the hours, that a defect costs the leader
	repairMore = 0.15 // for each step that it matters
	repairMin  = 20.0 / 60
)

// looks is how often a leader looks at finished work, by level of authority.
var looks = [8]float64{1, 1, 1, 0.5, 0.5, 0.2, 0.1, 0.1}

// alone is the share of decisions somebody takes without the leader, by level.
var alone = [8]float64{0, 0, 0, 0.25, 0.5, 1, 1, 1}

// deciding is what a piece of work costs the leader in decisions.
func deciding(level int, judgement float64) float64 {
	switch {
	case level <= 2:
		return judgement * decided * 1.3 // asked cold, and explained
	case level <= 4:
		return judgement * decided // with a recommendation
	case level == 5:
		return judgement * announced
	}
	return 0
}

// questions is how many somebody asks about a piece of work.
func questions(skill, difficulty, clarity float64) float64 {
	return min(max(difficulty-skill, 0)*(1-clarity/2), 2)
}

// repair is what a defect costs a leader.
func repair(hours float64, matters int) float64 {
	return max(repairMin, hours*(repairBase+repairMore*float64(matters)))
}
