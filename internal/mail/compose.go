// Package mail composes what Baton tells people, and sends it by SMTP.
package mail

import (
	"fmt"
	"strings"
	"time"

	"baton/internal/work"
)

// A Line of a mail: one thing that happened.
type Line struct {
	Kind   work.EventKind
	Detail work.Detail
	Title  string // of the task
	Who    string // did it
	Until  string // the day a vote ends
	URL    string
}

// A Draft is what a mail is written from.
type Draft struct {
	Name    string // of its reader
	Lines   []Line
	Waiting []string // what the reader is to answer, each a sentence
	Daily   bool
	Today   string // where the reader finds all of it; "" for somebody without an account
	Review  string // where the reader looks over their week, when it is time for it
	Foot    string // why this mail comes, and how it stops
}

// shown is how many waiting things a mail lists; the rest is a number.
const shown = 10

// Compose writes a mail about what happened: plain text, one line a thing,
// nothing secret but a guest's own links.
func Compose(d Draft) (subject, body string) {
	var b strings.Builder
	fmt.Fprintf(&b, "Hello %s,\n\n", d.Name)
	for _, l := range d.Lines {
		fmt.Fprintf(&b, "- %s\n", l.Sentence())
		if l.URL != "" {
			fmt.Fprintf(&b, "  %s\n", l.URL)
		}
	}
	if d.Review != "" {
		if len(d.Lines) > 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "It is time to look over your week, in ten minutes: %s\n", d.Review)
	}
	switch n := len(d.Waiting); {
	case n == 0 && d.Today != "":
		b.WriteString("\nNothing waits for you.\n")
	case n == 1:
		b.WriteString("\nWaiting for you:\n\n")
	case n > 1:
		fmt.Fprintf(&b, "\n%d things wait for you:\n\n", n)
	}
	for i, w := range d.Waiting {
		if i == shown {
			fmt.Fprintf(&b, "- and %d more\n", len(d.Waiting)-shown)
			break
		}
		fmt.Fprintf(&b, "- %s\n", w)
	}
	if d.Today != "" {
		fmt.Fprintf(&b, "\nToday: %s\n", d.Today)
	}
	fmt.Fprintf(&b, "\n%s\n", d.Foot)
	switch n := len(d.Lines); {
	case n == 0:
		subject = "Look over your week, in ten minutes"
	case n == 1:
		subject = d.Lines[0].Sentence()
	case d.Daily:
		subject = fmt.Sprintf("Today: %d things to know", n)
	case n > 1:
		subject = fmt.Sprintf("%s And %d more.", d.Lines[n-1].Sentence(), n-1)
	}
	return oneLine(subject), b.String()
}

func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 120 {
		s = string(r[:119]) + "…"
	}
	return s
}

// sentences say what happened: WHO did something with TITLE.
var sentences = map[work.EventKind]string{
	work.OfferMade: "WHO offers you “TITLE”", work.Shown: "WHO shows you “TITLE”: are you interested?",
	work.InterestSaid: "WHO answered about “TITLE”", work.ToldAloud: "WHO wrote down what you agreed about “TITLE”; please confirm or correct it",
	work.Confirmed: "WHO confirmed what you agreed about “TITLE”", work.Corrected: "WHO corrected what you wrote down about “TITLE”",
	work.AcceptedTerms: "WHO accepted “TITLE”", work.ReadBackSaid: "WHO said “TITLE” in their own words", work.ReadBackOK: "WHO confirmed your read-back of “TITLE”",
	work.ReadBackCorrected: "WHO corrected your read-back of “TITLE”", work.TermsProposed: "WHO proposes other terms for “TITLE”",
	work.TermsKept: "WHO keeps the present terms of “TITLE”", work.TermsAgreed: "WHO agreed to your terms for “TITLE”",
	work.QuestionAsked: "WHO asks about “TITLE”", work.QuestionAnswered: "WHO answered your question about “TITLE”", work.QuestionTurned: "WHO asks what you would do about “TITLE”",
	work.Suggested: "WHO says what they would do about “TITLE”", work.SaidGo: "Go ahead with what you would do about “TITLE”", work.AddedTo: "WHO added to what you would do about “TITLE”: go ahead",
	work.DecisionAsk: "WHO needs your answer to a decision about “TITLE”", work.DecisionIntend: "WHO intends something about “TITLE”",
	work.DecisionMade: "WHO decided something about “TITLE”", work.DecisionApproved: "WHO said yes about “TITLE”", work.DecisionChanged: "WHO said yes, with a change, about “TITLE”",
	work.DecisionDenied: "WHO said no about “TITLE”", work.ObjectionMade: "WHO objects about “TITLE”", work.DecisionLetGo: "WHO let the decision about “TITLE” go",
	work.WentAhead: "What was intended about “TITLE” goes ahead", work.ItHappened: "Something happened outside the limits of “TITLE”",
	work.RatifiedIt: "WHO lets stand what happened with “TITLE”", work.MendAsked: "WHO asks you to mend what happened with “TITLE”",
	work.DecisionsPaused: "Decisions about “TITLE” are paused", work.DecisionsResumed: "Decisions about “TITLE” go on",
	work.CheckInDue: "It is time for an update on “TITLE”", work.TurnDue: "“TITLE” is due on DUE", work.PhotoAdded: "WHO added a photo to “TITLE”",
	work.UpdateRequested: "WHO asks how “TITLE” is going", work.CheckedIn: "WHO gave an update on “TITLE”", work.CheckInMissed: "No update on “TITLE” came; a word would help both of you",
	work.FeedbackGiven: "WHO gave you feedback on “TITLE”", work.SupportGiven: "WHO recorded help with “TITLE”", work.Delivered: "WHO delivered “TITLE”",
	work.DeliveryAccepted: "“TITLE” is accepted", work.DeliveryReturned: "WHO returned “TITLE” with notes", work.DefectFound: "WHO found something to mend in “TITLE”",
	work.DefectMended: "WHO mended “TITLE”", work.TurnDone: "WHO did “TITLE”", work.TurnSkipped: "“TITLE” is skipped this time", work.TurnMissed: "Nothing was heard of “TITLE” this time",
	work.NoticeGiven: "WHO gave notice for “TITLE”", work.NoticeAgreed: "The end of “TITLE” is agreed", work.NoticeRefused: "WHO does not agree to the end of “TITLE”",
	work.EndedNow: "“TITLE” ended", work.ReviewDue: "It is time to look back on “TITLE”", work.ReflectionsOpen: "You can both read your look back on “TITLE”",
	work.Thanked: "WHO thanks you for “TITLE”", work.Reminded: "“TITLE” waits for you", work.ItemLapsed: "Something about “TITLE” was not answered in time",
	work.LevelProposed: "“TITLE” went so well that it is time for more say in it", work.LessonTaken: "WHO took what the look back on “TITLE” proposed about you",
	work.BeliefDisputed: "WHO disputes what you took from the look back on “TITLE”", work.BeliefAnswered: "WHO answered what you dispute about “TITLE”",
	work.BeliefSettled: "What was disputed about “TITLE” is settled",
	work.VoteStarted:   "WHO asks for your vote on “TITLE”: which level?", work.VoteRevealedNow: "The votes on “TITLE” are revealed",
	work.VoteReminded: "Your level is not in yet; the vote on “TITLE” ends on UNTIL",
	work.VoteAgain:    "WHO asks for a second vote on “TITLE”", work.VoteSettledOn: "WHO settled the vote on “TITLE”",
	work.VoteLapsedNow: "The vote on “TITLE” is over without a level", work.VoteWithdrawnNow: "WHO withdrew the vote on “TITLE”",
	work.WentAway: "The other side of “TITLE” is away", work.CameBack: "The other side of “TITLE” is back",
	work.StandInChanged: "Somebody else answers for the other side of “TITLE” now",
	work.SharingBegun:   "WHO wants you as their coach, and chose what you see", work.SharingStopped: "What you and WHO shared for coaching ended",
	work.SharedAbout: "WHO shows a coach, ABOUT, how they delegate, and “TITLE” is part of it; you stand there by your initials unless you agree to be named",
}

// Sentence says what happened.
func (l Line) Sentence() string {
	s, ok := sentences[l.Kind]
	if !ok {
		s = "Something changed about “TITLE”"
	}
	who := l.Who
	if l.Kind == work.VoteWithdrawnNow && who == "" {
		s = "The vote on “TITLE” is over"
	}
	if who == "" || who == "the other side" {
		who = "Somebody"
	}
	s = strings.NewReplacer("WHO", who, "TITLE", l.Title, "ABOUT", l.Detail.Name, "UNTIL", l.Until, "DUE", l.Detail.Due.Date.In(time.UTC).Format("Monday 2 January")).Replace(s)
	if l.Kind == work.CheckedIn {
		s += map[string]string{work.Stuck: ": stuck", work.NeedYou: ": they need a word with you"}[l.Detail.Status]
	}
	if l.Kind == work.EndedNow && l.Detail.Outcome != "" {
		s += ": " + strings.ReplaceAll(string(l.Detail.Outcome), "_", " ")
	}
	if l.Kind == work.VoteWithdrawnNow && l.Detail.Reason != "" {
		s += ": " + strings.TrimSuffix(l.Detail.Reason, ".")
	}
	if strings.HasSuffix(s, "?") {
		return s
	}
	return s + "."
}
