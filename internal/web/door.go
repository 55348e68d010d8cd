package web

import (
	"cmp"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"time"

	"baton/internal/app/accounts"
	"baton/internal/app/workspaces"
)

// doors registers what can be asked for without being signed in.
func (s *server) doors() {
	s.open("GET /{$}", (*visit).home)
	s.open("GET /signin", func(v *visit) error { return v.write(http.StatusOK, door("Sign in", signInForm(v, fields()))) })
	s.open("POST /signin", (*visit).askLink)
	s.open("GET /signin/{secret}", (*visit).signInPage)
	s.open("POST /signin/{secret}", (*visit).signInNow)
	s.open("POST /signout", (*visit).signOut)
	s.open("GET /setup/{secret}", (*visit).setUpPage)
	s.open("POST /setup/{secret}", (*visit).setUp)
}

// home leads a signed-in member to their first workspace.
func (v *visit) home() error {
	account, err := v.account()
	if err != nil {
		return err
	}
	if account == 0 {
		return errSignIn
	}
	all, err := workspaces.Memberships(v.r.Context(), v.app, account)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return errSignIn
	}
	http.Redirect(v.w, v.r, "/w/"+strconv.FormatInt(int64(all[0].Workspace), 10)+"/today", http.StatusSeeOther)
	return nil
}

// askToSignIn leads to the page where people sign in, and remembers for an hour
// which page they wanted.
func (v *visit) askToSignIn() {
	if v.r.Method == http.MethodGet && strings.HasPrefix(v.r.URL.Path, "/w/") {
		v.keep(nextCookie, base64.RawURLEncoding.EncodeToString([]byte(v.r.URL.RequestURI())), time.Hour)
	}
	http.Redirect(v.w, v.r, "/signin", http.StatusSeeOther)
}

// wanted is the page of a workspace that somebody was asked to sign in for.
func (v *visit) wanted() string {
	kept := v.cookie(nextCookie)
	if kept == "" {
		return ""
	}
	v.drop(nextCookie)
	page, err := base64.RawURLEncoding.DecodeString(kept)
	if err != nil || !strings.HasPrefix(string(page), "/w/") {
		return ""
	}
	return string(page)
}

// askLink says the same whether anybody has an account with the address or not.
func (v *visit) askLink() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	err = accounts.AskLink(v.r.Context(), v.app, f.text("email"))
	if f.refuse(err, "email") {
		return v.write(http.StatusUnprocessableEntity, door("Sign in", signInForm(v, f)))
	}
	if err != nil {
		return err
	}
	return v.write(http.StatusOK, door("Look into your mail", linkAsked(f.text("email"))))
}

// signInPage has a button: programs that open the links of a mail do not press
// it.
func (v *visit) signInPage() error {
	if v.options.SignInByGET {
		in, err := workspaces.SignInAgain(v.r.Context(), v.app, v.r.PathValue("secret"))
		if err != nil {
			return err
		}
		return v.arrive(in)
	}
	return v.write(http.StatusOK, door("Sign in", signInButton(v.r.URL.Path)))
}

func (v *visit) signInNow() error {
	in, err := workspaces.SignIn(v.r.Context(), v.app, v.r.PathValue("secret"))
	if err != nil {
		return err
	}
	return v.arrive(in)
}

// arrive signs somebody in and shows them the page they wanted, or their day.
func (v *visit) arrive(in workspaces.Arrival) error {
	if err := v.signIn(in.Actor.Account, in.Way); err != nil {
		return err
	}
	http.Redirect(v.w, v.r, cmp.Or(v.wanted(), "/w/"+strconv.FormatInt(int64(in.Actor.Workspace), 10)+"/today"), http.StatusSeeOther)
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
	return v.arrive(workspaces.Arrival{Actor: me, Way: accounts.ByLink})
}

var kindOptions = []option{{"team", "A team"}, {"practice", "A practice"}, {"household", "A household"}}
