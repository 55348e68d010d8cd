package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"

	"baton/internal/app"
	"baton/internal/app/backups"
	"baton/internal/app/exports"
	"baton/internal/app/workspaces"
	"baton/internal/ical"
	"baton/internal/work"
)

// settingsPages registers what a member sets up: their week, their mail, the
// workspace, areas and tokens.
func (s *server) settingsPages() {
	s.member("GET /settings", (*visit).settingsPage)
	s.member("POST /settings", (*visit).saveSettings)
	s.member("POST /workspace", (*visit).saveWorkspace)
	s.member("POST /areas", (*visit).addArea)
	s.member("POST /areas/{area}", (*visit).editArea)
	s.member("POST /tokens", (*visit).makeToken)
	s.member("POST /tokens/{token}/end", (*visit).revokeToken)
	s.member("GET /mail", (*visit).mailPage)
	s.member("GET /export", (*visit).export)
}

// A setup is what the Settings page shows.
type setup struct {
	Now       workspaces.Setting
	Areas     []workspaces.Area
	Mine      *form // my week and mail
	Workspace *form
	Area      *form
	Token     *form
	Tokens    []workspaces.Token
	Made      string         // a token, shown this once
	Backups   backups.Health // for an owner
	Clash     *clash         // another change of one of the forms came first
}

func (v *visit) setup() (setup, error) {
	s := setup{Area: fields(), Token: fields("scope", string(app.ScopeAct))}
	var err error
	if s.Now, err = do(v, workspaces.Settings, app.None{}); err != nil {
		return s, err
	}
	var areas app.List[workspaces.Area]
	if !v.place.Actor.Coach { // who only coaches knows of no areas
		if areas, err = do(v, workspaces.Areas, app.Whole); err != nil {
			return s, err
		}
	}
	if s.Now.Owner {
		if s.Backups, err = do(v, backups.Show, app.None{}); err != nil {
			return s, err
		}
	}
	tokens, err := do(v, workspaces.Tokens, app.Whole)
	if err != nil {
		return s, err
	}
	s.Areas, s.Tokens = areas.Items, tokens.Items
	s.Mine = fields("version", idField(s.Now.Version), "review_day", strconv.Itoa(s.Now.ReviewDay), "review_hour", strconv.Itoa(s.Now.ReviewHour), "capacity", hoursField(s.Now.Capacity))
	if s.Now.HourPrice > 0 {
		s.Mine.Set("hour_price", s.Now.HourPrice.Decimal(s.Now.Currency))
	}
	for name, on := range map[string]bool{"digest": s.Now.Digest, "urgent": s.Now.Urgent, "review_mail": s.Now.ReviewMail} {
		if on {
			s.Mine.Set(name, "yes")
		}
	}
	w, err := do(v, workspaces.ShowWorkspace, app.None{})
	s.Workspace = fields("version", idField(w.Version), "name", w.Name, "kind", w.Kind, "currency", w.Currency, "zone", w.Zone, "stretch_tasks", strconv.Itoa(w.Stretch))
	return s, err
}

func (v *visit) settingsPage() error {
	s, err := v.setup()
	if err != nil {
		return err
	}
	return v.show("Settings", "settings", settingsView(v, s))
}

var settingLabels = map[string]string{
	"capacity": "Hours your week may hold", "hour_price": "What an hour of yours is worth", "digest": "One mail a day", "urgent": "At once", "review_day": "Your weekly review", "review_hour": "At", "review_mail": "A reminder of your weekly review",
	"name": "Name", "kind": "What it is", "currency": "Currency", "zone": "Time zone", "stretch_tasks": "Stretch tasks at a time", "private": "Private",
}

// clashed answers a form of Settings that would have written over another
// change: now returns that form with what is there.
func (v *visit) clashed(f *form, err error, now func(*setup) *form, action string, names ...string) error {
	s, failed := v.setup()
	if failed != nil {
		return failed
	}
	s.Clash = newClash(err, f, now(&s), names, settingLabels, v.to("%s", action))
	s.Clash.Keep = v.to("/settings")
	return v.showAs(http.StatusConflict, "Settings", "settings", settingsView(v, s))
}

// settle answers one of the forms of Settings: on is the form as it was sent.
func (v *visit) settle(on func(*setup), f *form, err error, done string, names ...string) error {
	if f.refuse(err, names...) {
		s, err := v.setup()
		if err != nil {
			return err
		}
		on(&s)
		return v.showAs(http.StatusUnprocessableEntity, "Settings", "settings", settingsView(v, s))
	}
	if err != nil {
		return err
	}
	return v.leave(v.to("/settings"), toast{Text: done})
}

func (v *visit) saveSettings() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	digest, urgent, review := f.is("digest"), f.is("urgent"), f.is("review_mail")
	in := workspaces.NewSettings{IfMatch: f.seen(), Digest: &digest, Urgent: &urgent}
	if v.place.Actor.Coach { // the rest is of a plate, which they do not have
		_, err := do(v, workspaces.ChangeSettings, in)
		if work.KindOf(err) == work.Stale {
			return v.clashed(f, err, func(s *setup) *form { return s.Mine }, "/settings", "digest", "urgent")
		}
		return v.settle(func(s *setup) { s.Mine = f }, f, err, "Saved.")
	}
	in.ReviewMail = &review
	if day, err := strconv.Atoi(f.Get("review_day")); err == nil {
		in.ReviewDay = &day
	}
	if hour, err := strconv.Atoi(f.Get("review_hour")); err == nil {
		in.ReviewHour = &hour
	}
	capacity, err := hours(f, "capacity")
	if err == nil {
		in.Capacity = &capacity
		in.HourPrice, err = v.money(f, "hour_price")
	}
	if err == nil {
		_, err = do(v, workspaces.ChangeSettings, in)
	}
	if work.KindOf(err) == work.Stale {
		return v.clashed(f, err, func(s *setup) *form { return s.Mine }, "/settings", "capacity", "hour_price", "digest", "urgent", "review_day", "review_hour", "review_mail")
	}
	return v.settle(func(s *setup) { s.Mine = f }, f, err, "Saved.", "capacity", "hour_price")
}

func (v *visit) saveWorkspace() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	in := workspaces.NewWorkspace{IfMatch: f.seen(), Name: f.ptr("name"), Kind: f.ptr("kind"), Currency: f.ptr("currency"), Zone: f.ptr("zone")}
	if f.text("stretch_tasks") != "" {
		in.Stretch, err = readStretch(f, work.StretchAtATime)
	}
	if err == nil {
		_, err = do(v, workspaces.ChangeWorkspace, in)
	}
	if work.KindOf(err) == work.Stale {
		return v.clashed(f, err, func(s *setup) *form { return s.Workspace }, "/workspace", "name", "kind", "currency", "zone", "stretch_tasks")
	}
	return v.settle(func(s *setup) { s.Workspace = f }, f, err, "Saved.", "name", "kind", "currency", "zone", "stretch_tasks")
}

func (v *visit) addArea() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	_, err = do(v, workspaces.AddArea, workspaces.NewArea{Name: f.text("name"), Private: f.is("private")})
	return v.settle(func(s *setup) { s.Area = f }, f, err, "“"+f.text("name")+"” is an area now.", "name")
}

func (v *visit) editArea() error {
	area, err := number[work.AreaID](v, "area")
	if err != nil {
		return err
	}
	f, err := v.form()
	if err != nil {
		return err
	}
	_, err = do(v, workspaces.EditArea, workspaces.ChangeArea{
		Area: area, IfMatch: f.seen(), NewArea: workspaces.NewArea{Name: f.text("name"), Private: f.is("private")},
	})
	if work.KindOf(err) == work.Stale {
		return v.clashed(f, err, func(s *setup) *form { return s.area(area) }, fmt.Sprintf("/areas/%d", area), "name", "private")
	}
	return v.settle(func(s *setup) { s.Area = &form{Problem: f.Problem} }, f, err, "Saved.")
}

// area is one area as its form shows it.
func (s *setup) area(id work.AreaID) *form {
	f := fields()
	for _, a := range s.Areas {
		if a.ID != id {
			continue
		}
		f = fields("version", idField(a.Version), "name", a.Name)
		if a.Private {
			f.Set("private", "yes")
		}
	}
	return f
}

func (v *visit) revokeToken() error {
	token, err := number[work.TokenID](v, "token")
	if err != nil {
		return err
	}
	_, err = do(v, workspaces.RevokeToken, workspaces.AskToken{Token: token})
	return v.act(v.to("/settings"), err, "Revoked: what uses it is refused from now on.")
}

// makeToken shows the token on the answer itself: it is kept nowhere.
func (v *visit) makeToken() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	if f.text("label") == "" {
		return v.settle(func(s *setup) { s.Token = f }, f, work.FieldError("label", "Say what the token is for."), "", "label")
	}
	made, err := do(v, workspaces.MakeToken, workspaces.NewToken{Label: f.text("label"), Scope: app.Scope(f.text("scope"))})
	if err != nil {
		return v.settle(func(s *setup) { s.Token = f }, f, err, "", "label", "scope")
	}
	s, err := v.setup()
	if err != nil {
		return err
	}
	s.Made = made.Token
	return v.show("Settings", "settings", settingsView(v, s))
}

func (v *visit) mailPage() error {
	list, err := do(v, workspaces.Letters, app.Page{Limit: 50})
	if err != nil {
		return err
	}
	return v.show("Your mail", "settings", mailView(v, list.Items))
}

// export sends everything of the member's, or as an owner the workspace's, as
// a file.
func (v *visit) export() error {
	out, err := do(v, exports.Show, exports.Ask{Workspace: v.r.URL.Query().Get("workspace") != ""})
	if err != nil {
		return err
	}
	body, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	h := v.w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Content-Disposition", `attachment; filename="baton-`+v.today().String()+`.json"`)
	h.Set("Cache-Control", "no-store")
	_, _ = v.w.Write(body) // the client is gone; there is nobody to tell
	return nil
}

// scopeOptions are how much a token may do.
var scopeOptions = []option{
	{string(app.ScopeRead), "Only look"}, {string(app.ScopeAct), "Act for me, without an owner's powers"}, {string(app.ScopeAll), "Everything I may"},
}

// tokenWords says when a token was last used and how long it is valid.
func tokenWords(v *visit, t workspaces.Token) string {
	words := "Never used"
	if t.Used != nil {
		words = "Last used " + whenShort(v, *t.Used)
	}
	if t.Expired {
		return words + "; expired"
	}
	return words + "; valid until " + dayWords(ical.DateOf(t.Expires.In(v.zone())), v.today())
}
