package web

import (
	"net/http"
	"slices"
	"strings"

	"baton/internal/app"
	"baton/internal/app/calls"
	"baton/internal/app/coaching"
	"baton/internal/app/people"
	"baton/internal/work"
)

// coachPages registers what a client shows a coach, and what the coach sees.
func (s *server) coachPages() {
	s.member("GET /coach", (*visit).coachPage)
	s.member("POST /coach/invitations", (*visit).inviteCoach)
	s.member("POST /coach/sharings", (*visit).startSharing)
	s.member("GET /coach/preview", (*visit).previewPacket)
	s.member("GET /coach/self", (*visit).selfPage)
	s.member("GET /coach/{sharing}", (*visit).packetPage)
	s.member("POST /coach/{sharing}", (*visit).changeSharing)
	s.member("POST /coach/{sharing}/end", (*visit).stopSharing)
	s.member("POST /namings/{naming}", (*visit).answerNaming)
	s.guestOpen("POST /guest/{secret}/namings/{naming}", (*visit).answerNaming)
}

// A coachDesk is what the Coach page shows.
type coachDesk struct {
	Clients []calls.Client // of every workspace of the account
	Coaches []coaching.Sharing
	Past    []coaching.Sharing
	Namings []coaching.Naming
	Fellows []option // members who could coach
	Invite  *form
	Start   *form
	Link    string // signs a new coach in once
	Name    string // of the new coach
}

func (v *visit) coachPage() error {
	d, err := v.coachDesk()
	if err != nil {
		return err
	}
	return v.show("Coach", "coach", coachView(v, d))
}

func (v *visit) coachDesk() (coachDesk, error) {
	d := coachDesk{Invite: fields(), Start: fields()}
	for _, p := range work.SharedParts {
		if p != work.SharePrivate {
			d.Invite.Add("parts", string(p))
		}
	}
	d.Start.Values["parts"] = slices.Clone(d.Invite.Values["parts"])
	clients, err := do(v, calls.Clients, app.Page{Limit: 500})
	d.Clients = clients.Items
	if err != nil || v.place.Actor.Coach {
		return d, err
	}
	mine, err := do(v, coaching.List, app.Page{Limit: 500})
	if err != nil {
		return d, err
	}
	for _, s := range mine.Items {
		if s.State == work.SharingOpen {
			d.Coaches = append(d.Coaches, s)
		} else {
			d.Past = append(d.Past, s)
		}
	}
	namings, err := do(v, coaching.Namings, app.Page{Limit: 500})
	if err != nil {
		return d, err
	}
	d.Namings = namings.Items
	all, err := do(v, people.Everybody, app.Whole)
	if err != nil {
		return d, err
	}
	for _, p := range all.Items {
		taken := slices.ContainsFunc(d.Coaches, func(s coaching.Sharing) bool { return s.Coach.ID == p.ID })
		if p.Member && p.ID != v.place.Actor.Person && !taken {
			d.Fellows = append(d.Fellows, option{idField(p.ID), p.Name})
		}
	}
	return d, nil
}

// showing reads what a form chooses to show.
func showing(f *form) coaching.Showing {
	in := coaching.Showing{Parts: []work.SharedPart{}, Asks: f.text("asks")}
	for _, p := range f.Values["parts"] {
		in.Parts = append(in.Parts, work.SharedPart(p))
	}
	return in
}

func (v *visit) inviteCoach() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	made, err := do(v, coaching.Invite, coaching.InviteCoach{Name: f.text("name"), Email: f.text("email"), Showing: showing(f)})
	return v.coachSettled(func(d *coachDesk) { d.Invite = f }, f, err, func(d *coachDesk) { d.Link, d.Name = made.URL, made.Sharing.Coach.Name }, "name", "email")
}

func (v *visit) startSharing() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	who, err := id[work.PersonID](f, "coach")
	if err != nil {
		return err
	}
	made, err := do(v, coaching.Start, coaching.StartSharing{Coach: who, Showing: showing(f)})
	return v.coachSettled(func(d *coachDesk) { d.Start = f }, f, err, func(d *coachDesk) { d.Name = made.Coach.Name }, "coach")
}

// coachSettled answers a form that makes a coach: with what was wrong, or with
// the coach.
func (v *visit) coachSettled(refused func(*coachDesk), f *form, err error, done func(*coachDesk), names ...string) error {
	wrong := f.refuse(err, names...)
	if err != nil && !wrong {
		return err
	}
	d, failed := v.coachDesk()
	if failed != nil {
		return failed
	}
	if wrong {
		refused(&d)
		return v.showAs(http.StatusUnprocessableEntity, "Coach", "coach", coachView(v, d))
	}
	done(&d)
	return v.show("Coach", "coach", coachView(v, d))
}

func (v *visit) changeSharing() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	sharing, err := number[work.SharingID](v, "sharing")
	if err != nil {
		return err
	}
	s, err := do(v, coaching.Change, coaching.ChangeSharing{Sharing: sharing, IfMatch: f.seen(), Showing: showing(f)})
	return v.act(v.to("/coach"), err, "%s sees from now on: %s.", s.Coach.Name, partsSentence(s.Parts))
}

func (v *visit) stopSharing() error {
	sharing, err := number[work.SharingID](v, "sharing")
	if err != nil {
		return err
	}
	s, err := do(v, coaching.Stop, coaching.OnSharing{Sharing: sharing})
	if _, ok := mendable(err); err != nil && !ok {
		return err
	}
	if err == nil {
		return v.leave(v.to("/coach"), toast{Text: s.Coach.Name + " sees nothing of " + s.Client.Name + " any more."})
	}
	return v.act(v.to("/coach"), err, "")
}

func (v *visit) answerNaming() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	naming, err := number[work.SharingID](v, "naming")
	if err != nil {
		return err
	}
	n, err := do(v, coaching.Answer, coaching.AnswerNaming{Sharing: naming, Yes: f.is("yes")})
	back := v.to("/coach")
	if v.guest != "" {
		back = "/guest/" + v.guest
	}
	if n.Named {
		return v.act(back, err, "%s may read your name.", n.Coach)
	}
	return v.act(back, err, "%s reads your initials.", n.Coach)
}

// namings are those of what the other side of a delegation shows a coach.
func (v *visit) namings(a *agreement) ([]coaching.Naming, error) {
	all, err := do(v, coaching.Namings, app.Page{Limit: 500})
	return slices.DeleteFunc(all.Items, func(n coaching.Naming) bool { return n.Of != a.Giver.ID && n.Of != a.Receiver.ID }), err
}

// namingsAt is where a delegation's page sends an answer about a name.
func (v *visit) namingsAt() string {
	if v.guest != "" {
		return "/guest/" + v.guest + "/namings"
	}
	return v.to("/namings")
}

// packetPage is the coach's look at a client, or the client's at what they
// show.
func (v *visit) packetPage() error {
	sharing, err := number[work.SharingID](v, "sharing")
	if err != nil {
		return err
	}
	p, err := do(v, coaching.Preview, coaching.OnSharing{Sharing: sharing})
	if work.KindOf(err) == work.Forbidden { // it is shown to them
		if p, err = do(v, coaching.Look, coaching.OnSharing{Sharing: sharing}); err == nil {
			return v.show(p.Client, "coach", packetView(v, packet{Packet: p, As: asCoach}))
		}
	}
	if err != nil {
		return err
	}
	return v.show("What your coach sees", "coach", packetView(v, packet{Packet: p, As: asPreview}))
}

func (v *visit) previewPacket() error {
	p, err := do(v, coaching.Own, coaching.AskPacket{AsCoach: true, Parts: strings.Join(v.r.URL.Query()["parts"], ",")})
	if err != nil {
		return err
	}
	return v.show("What a coach would see", "coach", packetView(v, packet{Packet: p, As: asPreview}))
}

func (v *visit) selfPage() error {
	p, err := do(v, coaching.Own, coaching.AskPacket{})
	if err != nil {
		return err
	}
	return v.show("The call on your own", "coach", packetView(v, packet{Packet: p, As: asSelf}))
}

// partWords name what can be shown, and say what is in it.
var partWords = map[work.SharedPart][2]string{
	work.ShareHours:     {"Hours", "your week against your capacity, and the five promises of the last 13 weeks with their formulas"},
	work.SharePlate:     {"Plate by verdict", "your tasks under what you decided about each, with your reasons"},
	work.ShareLetGo:     {"Let-go list", "the scores and what they are made of, your marks among it"},
	work.SharePromises:  {"Promises", "what you promised and what was promised to you: kept, open, late"},
	work.ShareMirror:    {"Mirror", "where you stepped in and where you kept away"},
	work.ShareQuestions: {"Questions", "what the numbers ask, and what you want to ask"},
	work.SharePrivate:   {"Private areas too", "work in areas only you see, in all of the above; left out otherwise"},
}

// partsSentence names what is shown.
func partsSentence(parts []work.SharedPart) string {
	if len(parts) == 0 {
		return "nothing yet"
	}
	words := make([]string, len(parts))
	for i, p := range parts {
		words[i] = strings.ToLower(partWords[p][0])
	}
	return strings.Join(words, ", ")
}

// watching names the coaches who see the mirror, "" for none.
func (v *visit) watching() (string, error) {
	mine, err := do(v, coaching.List, app.Page{Limit: 500})
	if err != nil {
		return "", err
	}
	var names []string
	for _, s := range mine.Items {
		if s.State == work.SharingOpen && slices.Contains(s.Parts, work.ShareMirror) {
			names = append(names, s.Coach.Name)
		}
	}
	return strings.Join(names, " and "), nil
}
