package web

import (
	"fmt"
	"strings"

	"baton/internal/app/delegations"
	"baton/internal/work"
)

// An eventWord says one kind of event in the past tense. What stands in braces
// is filled in: {who} did it, {about} is whom it is about.
type eventWord struct {
	Words string
	Icon  string
	Quiet bool // the clock's, or a step that matters little afterwards
}

// storyWords has an entry for every kind of event; a test says so.
var storyWords = map[work.EventKind]eventWord{
	work.Withheld:          {"Something this export does not hold", "clock", true},
	work.Drafted:           {"{who} began to write it down", "pencil", true},
	work.Revised:           {"{who} changed the draft", "pencil", true},
	work.Shown:             {"{who} showed it to {about}", "users", true},
	work.InterestSaid:      {"{who} said: {status}", "hand-helping", false},
	work.OfferMade:         {"{who} offered it", "send", false},
	work.OfferUndone:       {"{who} took the offer back before it left", "undo-2", true},
	work.ToldAloud:         {"{who} wrote down what you agreed aloud", "message-circle", false},
	work.Confirmed:         {"{who} confirmed what was agreed", "circle-check", false},
	work.Corrected:         {"{who} corrected what was written down", "pencil", false},
	work.AcceptedTerms:     {"{who} accepted", "circle-check", false},
	work.ReadBackSaid:      {"{who} said it in own words", "message-circle", false},
	work.ReadBackOK:        {"{who} confirmed the read-back", "check", false},
	work.ReadBackCorrected: {"{who} corrected the read-back", "pencil", false},
	work.TermsProposed:     {"{who} proposed other terms", "pencil", false},
	work.TermsKept:         {"{who} kept the present terms", "check", false},
	work.TermsAgreed:       {"{who} agreed to the terms", "circle-check", false},
	work.QuestionAsked:     {"{who} asked", "circle-help", false},
	work.QuestionAnswered:  {"{who} answered", "message-circle", false},
	work.QuestionTurned:    {"{who} asked back", "lightbulb", false},
	work.Suggested:         {"{who} said what they would do", "lightbulb", false},
	work.SaidGo:            {"{who} said go", "check", false},
	work.AddedTo:           {"{who} said go, and added", "message-circle", false},
	work.DecisionAsk:       {"{who} asked for a decision{money}", "circle-help", false},
	work.DecisionIntend:    {"{who} announced an intention{money}", "lightbulb", false},
	work.DecisionMade:      {"{who} decided{money}", "check", false},
	work.DecisionApproved:  {"{who} said yes{money}", "check", false},
	work.DecisionChanged:   {"{who} said yes to something a little different{money}", "check", false},
	work.DecisionDenied:    {"{who} said no", "x", false},
	work.ObjectionMade:     {"{who} objected", "x", false},
	work.DecisionLetGo:     {"{who} let it go", "x", false},
	work.WentAhead:         {"Nobody objected; it goes ahead{money}", "check", false},
	work.ItHappened:        {"{who} recorded something done outside the limits{money}", "triangle-alert", false},
	work.VoteStarted:       {"{who} asked for a vote on a level", "circle-help", false},
	work.VoteCast:          {"{who} voted", "check", true},
	work.VoteRevealedNow:   {"The votes were revealed", "users", false},
	work.VoteReminded:      {"Those who had not voted were reminded", "clock", true},
	work.VoteExplained:     {"{who} said why", "message-circle", true},
	work.VoteAgain:         {"{who} asked for a second vote", "rotate-ccw", false},
	work.VoteSettledOn:     {"{who} settled the vote{level}", "circle-check", false},
	work.VoteLapsedNow:     {"The vote lapsed", "clock", true},
	work.VoteWithdrawnNow:  {"{who} withdrew the vote", "x", false},
	work.RatifiedIt:        {"{who} let it stand", "check", false},
	work.MendAsked:         {"{who} asked to put it right", "rotate-ccw", false},
	work.DecisionsPaused:   {"{who} paused decisions", "hourglass", false},
	work.DecisionsResumed:  {"{who} let decisions go on", "check", false},
	work.UpdateRequested:   {"{who} asked for an update", "circle-help", false},
	work.CheckInDue:        {"A check-in was due", "clock", true},
	work.CheckedIn:         {"{who} gave an update: {status}", "message-circle", false},
	work.CheckInMissed:     {"A check-in passed without an update", "clock", true},
	work.FeedbackGiven:     {"{who} gave feedback{minutes}", "message-circle", false},
	work.SupportGiven:      {"{who} helped{minutes}", "hand-helping", false},
	work.Delivered:         {"{who} delivered {part}{late}", "download", false},
	work.DeliveryAccepted:  {"{who} accepted {part}", "circle-check", false},
	work.DeliveryReturned:  {"{who} returned {part} with notes", "rotate-ccw", false},
	work.DefectFound:       {"{who} reported a defect", "triangle-alert", false},
	work.DefectMended:      {"{who} put it right", "check", false},
	work.TurnDue:           {"The turn of {due} came up", "repeat", true},
	work.TurnDone:          {"{who} did the turn of {due}", "check", false},
	work.TurnSkipped:       {"{who} skipped the turn of {due}", "x", false},
	work.TurnMissed:        {"The turn of {due} passed without a word", "clock", true},
	work.TurnAccepted:      {"The turn of {due} counts as accepted", "check", true},
	work.NoticeGiven:       {"{who} gave notice", "calendar", false},
	work.NoticeAgreed:      {"{who} agreed to the end", "check", false},
	work.NoticeRefused:     {"{who} did not agree to the end", "x", false},
	work.HandedOn:          {"{who} began to hand it on", "split", false},
	work.EndedNow:          {"{ended}", "circle-check", false},
	work.ReviewDue:         {"Time to look back, for both", "sprout", true},
	work.Reflected:         {"{who} looked back", "sprout", false},
	work.ReflectionsOpen:   {"Both looks back can be read now", "sprout", false},
	work.Thanked:           {"{who} said thanks", "leaf", false},
	work.Reminded:          {"A reminder went to {about}", "clock", true},
	work.ItemLapsed:        {"Time passed; nothing more is asked", "clock", true},
	work.WentAway:          {"{about} went away", "calendar", true},
	work.CameBack:          {"{about} came back", "calendar", true},
	work.StandInChanged:    {"somebody else answers for {about} now", "calendar", true},
	work.Waited:            {"{who} said it can wait", "hourglass", true},
	work.LevelProposed:     {"It went well: time for another level of authority", "sprout", false},
	work.AccessRevealed:    {"{who} looked at the door codes", "key", true},
	work.PhotoAdded:        {"{who} added a photo", "upload", false},
	work.PhotoRemoved:      {"{who} took a photo away", "trash-2", true},
	work.LessonTaken:       {"{who} took what a look back proposed", "sprout", false},
	work.SharingBegun:      {"{who} chose what a coach sees", "users", false},
	work.SharingChanged:    {"{who} chose anew what a coach sees", "users", true},
	work.SharingStopped:    {"{who} ended what a coach sees", "x", false},
	work.SharingSeen:       {"{who} looked, as a coach", "users", true},
	work.SharedAbout:       {"{about} {was} told that a coach sees this, by initials", "users", true},
	work.NamingSaid:        {"{who} said whether a coach reads their name", "users", true},
	work.BeliefDisputed:    {"{who} disputed what was recorded", "message-circle", false},
	work.BeliefAnswered:    {"{who} answered what is disputed", "message-circle", false},
	work.BeliefSettled:     {"{who} settled what was disputed", "check", false},
}

// endedWords says how a delegation ended, by whom if anybody did.
var endedWords = map[work.Outcome]string{
	work.Completed:   "It is completed",
	work.Declined:    "{who} declined",
	work.Lapsed:      "The offer ran out unanswered",
	work.Withdrawn:   "{who} withdrew the offer",
	work.HandedBack:  "{who} handed it back",
	work.Recalled:    "{who} recalled it",
	work.ByAgreement: "It ended as agreed",
	work.PassedOn:    "It passed to a successor",
	work.Moot:        "{who} said it is no longer needed",
}

// clockEnds is how a delegation ended that nobody in particular ended.
var clockEnds = map[work.Outcome]string{
	work.Declined: "It was declined", work.Withdrawn: "The offer was withdrawn", work.HandedBack: "It was handed back",
	work.Recalled: "It was recalled", work.Moot: "It is no longer needed",
}

// statusWords are what an update or an answer says in one tap.
var statusWords = map[string]string{
	work.OnTrack: "on track", work.Stuck: "stuck", work.NeedYou: "needs a word",
	"interested": "interested", "not interested": "not this time",
}

// eventSentence says an event of a timeline to its reader.
func (o voice) eventSentence(e *delegations.Entry) string {
	words := storyWords[e.Kind].Words
	if e.Kind == work.EndedNow {
		words = endedWords[e.Detail.Outcome]
		if by := clockEnds[e.Detail.Outcome]; e.By == "" && by != "" {
			words = by
		}
	}
	if e.By == "" {
		switch e.Kind {
		case work.DeliveryAccepted:
			words = "Nobody had a note: {part} counts as accepted"
		case work.VoteWithdrawnNow:
			words = "The vote was taken back"
		case work.TurnSkipped:
			words = "The turn of {due} was skipped: away"
		case work.NoticeAgreed:
			words = "Nobody spoke against the end"
		}
	}
	d := &e.Detail
	part := "it"
	switch {
	case d.Part != "":
		part = "“" + d.Part + "”"
	case !d.Due.IsZero():
		part = "the turn of " + dueInFull(d.Due)
	}
	about, was := o.aboutWhom(e), "was"
	if about == "you" {
		was = "were"
	}
	s := strings.NewReplacer(
		"{who}", o.actor(e), "{about}", about, "{was}", was, "{part}", part, "{due}", dueInFull(d.Due),
		"{money}", o.amount(d.Money), "{minutes}", minutesWords(d.Minutes), "{late}", lateWords(d.Late),
		"{status}", statusOf(d.Status), "{level}", onLevel(d.Level),
	).Replace(words)
	if d.Outside {
		s += ", outside Baton"
	}
	return capital(s)
}

// onLevel names the level something was settled on.
func onLevel(l work.Level) string {
	if l == 0 {
		return ""
	}
	return " on " + levelShort(l)
}

func (o voice) actor(e *delegations.Entry) string {
	name := e.By
	switch {
	case e.Mine:
		name = "you"
	case name == "":
		name = "time"
	case e.Detail.Outside && e.Kind == work.AcceptedTerms && o.receiver.ID != 0:
		return o.name(o.receiver)
	}
	if e.For != "" && e.For != e.By {
		return name + ", for " + e.For + ","
	}
	return name
}

func (o voice) aboutWhom(e *delegations.Entry) string {
	for _, p := range []delegations.Party{o.giver, o.receiver} {
		if p.ID == o.me && p.Name == e.About {
			return "you"
		}
	}
	return e.About
}

func (o voice) amount(m work.Money) string {
	if m == 0 {
		return ""
	}
	return ", " + m.Format(o.currency)
}

func minutesWords(m work.Minutes) string {
	if m == 0 {
		return ""
	}
	return " for " + hoursWords(m)
}

func lateWords(late bool) string {
	if late {
		return ", after its day"
	}
	return ""
}

func statusOf(s string) string {
	if w := statusWords[s]; w != "" {
		return w
	}
	return strings.ReplaceAll(s, "_", " ")
}

// quotes are the words somebody said in an event, and the reason they gave.
func quotes(e *delegations.Entry) []string {
	var out []string
	for _, s := range []string{e.Detail.Text, e.Detail.Reason} {
		if s != "" && e.Kind != work.NoticeGiven && e.Kind != work.Reminded && e.Kind != work.ItemLapsed && e.Kind != work.CheckInMissed {
			out = append(out, s)
		}
	}
	if e.Kind == work.NoticeGiven {
		out = append(out, fmt.Sprintf("The last day would be %s.", e.Detail.Text))
		if e.Detail.Reason != "" {
			out = append(out, e.Detail.Reason)
		}
	}
	return out
}
