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
	"baton/internal/passkey"
	"baton/internal/work"
)

// doors registers what can be asked for without being signed in.
func (s *server) doors() {
	s.open("GET /{$}", (*visit).home)
	s.open("GET /signin", func(v *visit) error { return v.write(http.StatusOK, door("Sign in", signInForm(v, fields()))) })
	s.open("POST /signin", (*visit).signInByForm)
	s.open("GET /signin/code", func(v *visit) error { return v.write(http.StatusOK, door("Your code", codeForm(fields()))) })
	s.open("POST /signin/code", (*visit).signInByCode)
	s.open("POST /signin/passkey/ask", (*visit).askPasskey)
	s.open("POST /signin/passkey", (*visit).signInByPasskey)
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
		v.goingTo(v.r.URL.RequestURI())
	}
	http.Redirect(v.w, v.r, "/signin", http.StatusSeeOther)
}

// goingTo remembers a page of a workspace for an hour.
func (v *visit) goingTo(page string) {
	v.keep(nextCookie, base64.RawURLEncoding.EncodeToString([]byte(page)), time.Hour)
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

// signInByForm takes a password, or asks for a link, by the button that was
// pressed.
func (v *visit) signInByForm() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	if f.Get("way") == "mail" {
		return v.askLink(f)
	}
	step, err := accounts.ByPassword(v.r.Context(), v.app, f.text("email"), f.Get("password"))
	if f.refuse(err, "email", "password") {
		f.Del("password")
		return v.write(statuses[work.KindOf(err)], door("Sign in", signInForm(v, f)))
	}
	if err != nil {
		return err
	}
	if step.Account == 0 {
		v.keep(stepCookie, step.Secret, stepLasts)
		http.Redirect(v.w, v.r, "/signin/code", http.StatusSeeOther)
		return nil
	}
	return v.comeIn(step.Account, accounts.WithPassword)
}

// signInByCode takes the code behind a password.
func (v *visit) signInByCode() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	account, err := accounts.ByCode(v.r.Context(), v.app, v.cookie(stepCookie), f.text("code"))
	if f.refuse(err, "code") {
		return v.write(statuses[work.KindOf(err)], door("Your code", codeForm(f)))
	}
	if err != nil {
		return err
	}
	v.drop(stepCookie)
	return v.comeIn(account, accounts.WithPassword)
}

func (v *visit) askPasskey() error {
	c, err := accounts.AskPasskey(v.r.Context(), v.app)
	return v.answerJSON(c, err)
}

func (v *visit) signInByPasskey() error {
	var in struct {
		passkey.Signed
		Challenge string `json:"challenge"`
	}
	err := v.readJSON(&in)
	var account work.AccountID
	if err == nil {
		account, err = accounts.ByPasskey(v.r.Context(), v.app, in.Challenge, in.Signed)
	}
	if err == nil {
		err = v.signIn(account, accounts.WithPasskey)
	}
	return v.answerJSON(onward{cmp.Or(v.wanted(), "/")}, err)
}

// comeIn signs an account in and shows the page it wanted, or its day.
func (v *visit) comeIn(account work.AccountID, way string) error {
	if err := v.signIn(account, way); err != nil {
		return err
	}
	http.Redirect(v.w, v.r, cmp.Or(v.wanted(), "/"), http.StatusSeeOther)
	return nil
}

// askLink says the same whether anybody has an account with the address or not.
func (v *visit) askLink(f *form) error {
	err := accounts.AskLink(v.r.Context(), v.app, f.text("email"))
	if f.refuse(err, "email") {
		return v.write(statuses[work.KindOf(err)], door("Sign in", signInForm(v, f)))
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
