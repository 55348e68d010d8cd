package web

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"baton/internal/app"
	"baton/internal/app/coaching"
	"baton/internal/app/decisionareas"
	"baton/internal/app/delegations"
	"baton/internal/app/growth"
	"baton/internal/app/lessons"
	"baton/internal/app/people"
	"baton/internal/guard"
	"baton/internal/ical"
	"baton/internal/work"
)

// delegationPages registers the page of one delegation and its moves.
func (s *server) delegationPages() {
	s.member("GET /delegations/{delegation}", (*visit).delegationPage)
	s.member("GET /delegations/{delegation}/moves/{move}", (*visit).moveAddress)
	s.member("POST /delegations/{delegation}/moves/{move}", (*visit).delegationMoved)
	s.member("POST /delegations/{delegation}/note", (*visit).keepNote)
	s.member("POST /delegations/{delegation}/playbook", (*visit).keepPlaybook)
	s.member("POST /delegations/{delegation}/links", (*visit).makeLink)
	s.member("POST /delegations/{delegation}/links/end", (*visit).endLinks)
}

// An agreement is what the page of a delegation shows.
type agreement struct {
	delegations.Delegation
	Story delegations.Timeline
	Voice voice
	Can   map[work.ItemID][]shownMove // by the item it answers; 0 for none
	Base  string                      // of the page's address
	Names map[work.PersonID]string
	Link  *delegations.GuestLink // just made: it is shown once
	Clash *clash                 // a playbook of the name is there

	Help      *shownMove           // records time the reader helped
	Timer     delegations.Running  // of help the reader gives now
	Thanks    []growth.Thanks      // said to a guest
	Votes     []decisionareas.Vote // in which a guest votes
	Creeping  []guard.Return       // what of it is on its way back, for its giver
	Lessons   []lessons.Lesson     // what looking back on it proposes
	Photos    []delegations.Photo
	PhotoForm *form             // one to add
	Namings   []coaching.Naming // where the other side shows a coach work with the reader
}

// possible reports whether its reader may make a move now.
func (a *agreement) possible(m work.MoveName) bool {
	return slices.ContainsFunc(a.Moves, func(c delegations.Choice) bool { return c.Move == m })
}

// delegation reads which delegation the page is about: of the path, or of the
// guest's link.
func (v *visit) delegation() (delegations.On, error) {
	if v.guest != "" {
		return delegations.On{Delegation: v.place.Actor.Guest}, nil
	}
	d, err := number[work.DelegationID](v, "delegation")
	return delegations.On{Delegation: d}, err
}

// base is the address of a delegation's page for its reader.
func (v *visit) base(d work.DelegationID) string {
	if v.guest != "" {
		return "/guest/" + v.guest
	}
	return v.to("/delegations/%d", d)
}

func (v *visit) delegationPage() error {
	on, err := v.delegation()
	if err != nil {
		return err
	}
	return v.showDelegation(http.StatusOK, on, nil)
}

// moveAddress leads back to the page whose form has this address: somebody
// reloaded a refused form.
func (v *visit) moveAddress() error {
	on, err := v.delegation()
	if err != nil {
		return err
	}
	http.Redirect(v.w, v.r, v.base(on.Delegation), http.StatusSeeOther)
	return nil
}

// showDelegation shows a delegation as it is now, with a refused form in it if
// there is one.
func (v *visit) showDelegation(status int, on delegations.On, typed *typedMove) error {
	a, err := v.agreement(on, typed)
	if err != nil {
		return err
	}
	return v.showAgreement(status, a)
}

// showAgreement shows a delegation that is loaded, to a member or a guest.
func (v *visit) showAgreement(status int, a *agreement) (err error) {
	if a.Namings, err = v.namings(a); err != nil {
		return err
	}
	if v.guest != "" {
		a.forGuest()
		return v.showGuest(status, a.Title, guestView(v, a))
	}
	if a.State == work.Draft && a.Side == work.AsGiver {
		http.Redirect(v.w, v.r, a.Base+"/draft", http.StatusSeeOther)
		return nil
	}
	proposed, err := do(v, lessons.List, lessons.AskLessons{Page: app.Page{Limit: 50}, Delegation: a.ID})
	if err != nil {
		return err
	}
	a.Lessons = proposed.Items
	return v.showAs(status, a.Title, "delegations", delegationView(v, a))
}

// agreement loads all that the page of a delegation shows.
func (v *visit) agreement(on delegations.On, typed *typedMove) (*agreement, error) {
	d, err := do(v, delegations.Show, on)
	if err != nil {
		return nil, err
	}
	story, err := do(v, delegations.History, on)
	if err != nil {
		return nil, err
	}
	slices.Reverse(story.Events) // the newest is what somebody comes for
	a := &agreement{
		Delegation: d, Story: story, Voice: voiceOf(v.place.Actor.Person, v.place.Workspace.Currency, &d),
		Can: shown(&d, typed), Base: v.base(d.ID), PhotoForm: fields(),
	}
	photos, err := do(v, delegations.Photos, delegations.AskPhotos{On: on, Page: app.Whole})
	if err != nil {
		return nil, err
	}
	a.Photos = photos.Items
	if a.Creeping, err = v.creeping(a); err != nil {
		return nil, err
	}
	if v.guest != "" {
		record, err := do(v, growth.Show, growth.Ask{})
		if err != nil {
			return nil, err
		}
		a.Thanks = growthSheet{Record: record}.thanksOf(true)
		going, err := do(v, decisionareas.Votes, decisionareas.AskVotes{Going: true})
		if err != nil {
			return nil, err
		}
		a.Votes = going.Items
	}
	if v.guest == "" && a.Side == work.AsGiver {
		a.takeSupport()
		if a.Timer, err = v.timer(); err != nil {
			return nil, err
		}
	}
	a.Names, err = v.names(&d)
	return a, err
}

// names are what the terms call people by.
func (v *visit) names(d *delegations.Delegation) (map[work.PersonID]string, error) {
	out := map[work.PersonID]string{d.Giver.ID: d.Giver.Name, d.Receiver.ID: d.Receiver.Name}
	reviewer := d.Terms.Brief.Reviewer
	if reviewer == 0 || out[reviewer] != "" || v.guest != "" {
		return out, nil
	}
	p, err := do(v, people.Show, people.AskPerson{Person: reviewer})
	if work.KindOf(err) == work.NotFound {
		return out, nil // somebody this reader does not know of
	}
	out[reviewer] = p.Name
	return out, err
}

// rows are what the terms say, without what they leave open.
func (a *agreement) rows(t *work.Terms) []termRow { return termRows(a.Voice, a.Kind, t, a.Names) }

// changes are what a proposal would change.
func (a *agreement) changes() []termChange {
	if a.Proposal == nil {
		return nil
	}
	return termChanges(a.rows(&a.Terms), a.rows(a.Proposal))
}

// sincePrevious are what a version of terms changed in the one before.
func (a *agreement) sincePrevious(i int) []termChange {
	return termChanges(a.rows(&a.Story.Terms[i-1]), a.rows(&a.Story.Terms[i]))
}

// linkFirst reports whether the giver's next step is to get a link to somebody
// without an account: they have an offer to answer, or a link was just made.
func (a *agreement) linkFirst() bool {
	return a.Guest && a.Side == work.AsGiver && (a.State == work.Offered || a.Link != nil)
}

// other is the side the reader does not act for.
func (a *agreement) other() delegations.Party {
	if a.Side == work.AsReceiver {
		return a.Giver
	}
	return a.Receiver
}

// heading says what the card at the top is to its reader.
func (a *agreement) heading() string {
	mine := a.Side == work.AsReceiver
	switch {
	case a.State == work.Draft:
		return "What it is about"
	case a.State == work.Offered && mine:
		return "What " + a.Voice.does(a.Giver, "offer") + " you"
	case a.State == work.Offered:
		return "What " + a.Voice.object(a.Receiver) + " " + isAre(a.Voice.object(a.Receiver)) + " offered"
	case a.State == work.Ended && a.Agreed == 0:
		return "What was offered"
	case a.Told:
		return "What was agreed aloud"
	case a.State == work.Ended:
		return "What was agreed"
	case a.Side == "":
		return "What they agreed"
	}
	return "What you agreed"
}

func isAre(subject string) string {
	if subject == "you" || subject == "them" {
		return "are"
	}
	return "is"
}

// delegationState is where it stands, as a chip says it.
func delegationState(d *delegations.Delegation) string {
	switch d.State {
	case work.Draft:
		return "Draft"
	case work.Offered:
		return "Offered"
	case work.Active:
		return "Going on"
	}
	return outcomeWords[d.Outcome]
}

// outcomeWords is how a delegation ended, as a chip says it.
var outcomeWords = map[work.Outcome]string{
	work.Completed: "Completed", work.Declined: "Declined", work.Lapsed: "Not answered", work.Withdrawn: "Withdrawn",
	work.HandedBack: "Handed back", work.Recalled: "Recalled", work.ByAgreement: "Ended as agreed",
	work.PassedOn: "Passed to a successor", work.Moot: "No longer needed",
}

func stateTone(d *delegations.Delegation) string {
	switch {
	case d.State == work.Active, d.Outcome == work.Completed:
		return "calm"
	case d.State == work.Offered:
		return "blue"
	}
	return ""
}

// fromTo says who hands to whom, and how.
func (a *agreement) fromTo() string {
	how := "an assignment"
	if a.Kind == work.Strategic {
		how = "strategic"
	}
	s := "From " + a.Voice.object(a.Giver)
	if a.Receiver.ID != 0 {
		s += " to " + a.Voice.object(a.Receiver)
	}
	return s + " · " + how
}

// next says what comes up by itself: the soonest turn, check-in or due.
func (a *agreement) next(v *visit) string {
	if a.State != work.Active {
		return ""
	}
	what, at := "", time.Time{}
	consider := func(words string, t *time.Time) {
		if t != nil && (at.IsZero() || t.Before(at)) {
			what, at = words, *t
		}
	}
	consider("a turn", a.Turn)
	consider("a check-in", a.CheckIn)
	if !a.Standing && !a.Terms.Due.IsZero() {
		due := a.Terms.Due.Start()
		consider("it is due", &due)
	}
	if what == "" || at.Before(v.app.Now()) {
		return ""
	}
	rhythm := ""
	if what == "a check-in" && !a.Terms.CheckIn.IsZero() {
		rhythm = "; check-ins " + a.Terms.CheckIn.Words()
	}
	return "Next: " + what + ", " + dayWords(v.dayOf(at), v.today()) + rhythm + "."
}

// path says where the receiver stands on the way to the next level, "" where
// none is agreed.
func (a *agreement) path() string {
	p := a.Path
	if p == nil {
		return ""
	}
	s := "Level " + strconv.Itoa(int(p.Level)) + " after " + plural(p.Rounds, "good round", "good rounds") + ": " + strconv.Itoa(p.Good) + " of " + strconv.Itoa(p.Rounds) + " so far."
	if p.Good >= p.Rounds {
		s += " It is proposed to " + a.Voice.object(a.Giver) + "."
	}
	return s
}

// grouped are the moves of a group that answer no item.
func (a *agreement) grouped(g moveGroup) []shownMove {
	var out []shownMove
	for _, m := range a.Can[0] {
		if m.Group == g {
			out = append(out, m)
		}
	}
	return out
}

// text is what an item is about, as its reader should see it.
func itemText(it *delegations.Item) string {
	if it.Kind != work.Turn {
		return it.Text
	}
	var due ical.Due
	if due.UnmarshalText([]byte(it.Text)) != nil {
		return it.Text
	}
	return "The turn of " + dueInFull(due) + "."
}

func (v *visit) keepNote() error {
	return v.onForm(func(on delegations.On, f *form) error {
		_, err := do(v, delegations.SetNote, delegations.PrivateNote{On: on, Text: f.text("text")})
		return v.act(v.base(on.Delegation), err, "Kept; only you see it.")
	})
}

// makeLink shows a guest's link this once: only its hash is kept.
func (v *visit) makeLink() error {
	return v.onForm(func(on delegations.On, _ *form) error { return v.makeLinkTo(on) })
}

func (v *visit) makeLinkTo(on delegations.On) error {
	link, err := do(v, delegations.MakeLink, on)
	if err != nil {
		return v.act(v.base(on.Delegation), err, "")
	}
	a, err := v.agreement(on, nil)
	if err != nil {
		return err
	}
	a.Link = &link
	return v.show(a.Title, "delegations", delegationView(v, a))
}

func (v *visit) endLinks() error {
	return v.onForm(func(on delegations.On, _ *form) error {
		_, err := do(v, delegations.EndLinks, on)
		return v.act(v.base(on.Delegation), err, "Every link to this is closed.")
	})
}

// onForm reads which delegation a form is about, and the form.
func (v *visit) onForm(answer func(delegations.On, *form) error) error {
	on, err := v.delegation()
	if err != nil {
		return err
	}
	f, err := v.form()
	if err != nil {
		return err
	}
	return answer(on, f)
}
