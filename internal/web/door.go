package web

import (
	"net/http"
	"strconv"

	"baton/internal/app"
	"baton/internal/app/workspaces"
)

// doors registers what can be asked for without being signed in.
func (s *server) doors() {
	s.open("GET /{$}", (*visit).home)
	s.open("GET /signin", func(v *visit) error { return v.write(http.StatusOK, door("Sign in", signedOut())) })
	s.open("GET /signin/{secret}", (*visit).signInPage)
	s.open("POST /signin/{secret}", (*visit).signInNow)
	s.open("POST /signout", (*visit).signOut)
	s.open("GET /setup/{secret}", (*visit).setUpPage)
	s.open("POST /setup/{secret}", (*visit).setUp)
}

// home leads a signed-in member to their first workspace.
func (v *visit) home() error {
	account := v.account()
	if account == 0 {
		v.askToSignIn()
		return nil
	}
	all, err := workspaces.Memberships(v.r.Context(), v.app, account)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		v.askToSignIn()
		return nil
	}
	http.Redirect(v.w, v.r, "/w/"+strconv.FormatInt(int64(all[0].Workspace), 10)+"/today", http.StatusSeeOther)
	return nil
}

func (v *visit) askToSignIn() { http.Redirect(v.w, v.r, "/signin", http.StatusSeeOther) }

// signInPage has a button: programs that open the links of a mail do not press
// it.
func (v *visit) signInPage() error {
	if v.options.SignInByGET {
		me, err := workspaces.SignInAgain(v.r.Context(), v.app, v.r.PathValue("secret"))
		if err != nil {
			return err
		}
		return v.arrive(me)
	}
	return v.write(http.StatusOK, door("Sign in", signInButton(v.r.URL.Path)))
}

func (v *visit) signInNow() error {
	me, err := workspaces.SignIn(v.r.Context(), v.app, v.r.PathValue("secret"))
	if err != nil {
		return err
	}
	return v.arrive(me)
}

// arrive signs an actor in and shows them their day.
func (v *visit) arrive(me app.Actor) error {
	account, err := workspaces.AccountOf(v.r.Context(), v.app, me)
	if err != nil {
		return err
	}
	if err := v.signIn(account); err != nil {
		return err
	}
	http.Redirect(v.w, v.r, "/w/"+strconv.FormatInt(int64(me.Workspace), 10)+"/today", http.StatusSeeOther)
	return nil
}

func (v *visit) signOut() error {
	if err := v.sessions.Destroy(v.r.Context()); err != nil {
		return err
	}
	v.askToSignIn()
	return nil
}

func (v *visit) setUpPage() error {
	if err := workspaces.CanSetUp(v.r.Context(), v.app, v.r.PathValue("secret")); err != nil {
		return err
	}
	return v.write(http.StatusOK, door("Set up", setUpForm(v.r.URL.Path, fields("kind", "team", "currency", "USD"))))
}

func (v *visit) setUp() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	me, err := workspaces.SetUp(v.r.Context(), v.app, v.r.PathValue("secret"), workspaces.Founding{
		Workspace: f.text("workspace"), Kind: f.text("kind"), Currency: f.text("currency"), Zone: f.text("zone"),
		Name: f.text("name"), Email: f.text("email"),
	})
	if f.refuse(err, "workspace", "kind", "currency", "zone", "name", "email") {
		return v.write(http.StatusUnprocessableEntity, door("Set up", setUpForm(v.r.URL.Path, f)))
	}
	if err != nil {
		return err
	}
	return v.arrive(me)
}

var kindOptions = []option{{"team", "A team"}, {"practice", "A practice"}, {"household", "A household"}}
