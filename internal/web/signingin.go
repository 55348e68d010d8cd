package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	qr "github.com/piglig/go-qr"

	"baton/internal/app"
	"baton/internal/app/accounts"
	"baton/internal/app/workspaces"
	"baton/internal/ical"
	"baton/internal/passkey"
	"baton/internal/work"
)

// signingInPages registers how a member gets in: passkeys, a password with its
// codes, and the browsers they are signed in with. No program with a token
// comes here: the pages know browsers only.
func (s *server) signingInPages() {
	s.member("GET /signing-in", func(v *visit) error { return v.signingIn(http.StatusOK, fields(), nil) })
	s.member("POST /signing-in/again", (*visit).signInAgain)
	s.member("POST /signing-in/password", (*visit).setPassword)
	s.member("POST /signing-in/password/end", (*visit).endPassword)
	s.member("POST /signing-in/codes", (*visit).beginCodes)
	s.member("GET /signing-in/codes", func(v *visit) error { return v.codesPage(http.StatusOK, fields()) })
	s.member("POST /signing-in/codes/confirm", (*visit).confirmCodes)
	s.member("POST /signing-in/codes/end", (*visit).endCodes)
	s.member("POST /signing-in/recovery", (*visit).newRecovery)
	s.member("POST /signing-in/passkeys/ask", (*visit).askNewPasskey)
	s.member("POST /signing-in/passkeys", (*visit).addPasskey)
	s.member("POST /signing-in/passkeys/end", (*visit).endPasskey)
	s.member("POST /sessions/{session}/end", (*visit).endSession)
	s.member("POST /sessions/end", (*visit).endOtherSessions)
	s.member("GET /audit", (*visit).auditPage)
}

// A wayIn is what the page How you sign in shows.
type wayIn struct {
	accounts.Ways
	Change   bool // they may be changed now
	Form     *form
	Recovery []string // new codes, shown this once
	Sessions []accounts.Session
}

// signingIn shows the page, with a form that was refused or codes that were
// made.
func (v *visit) signingIn(status int, f *form, recovery []string) error {
	w, err := accounts.WaysOf(v.r.Context(), v.app, *v.known)
	if err != nil {
		return err
	}
	sessions, err := do(v, accounts.Sessions, app.Whole)
	if err != nil {
		return err
	}
	return v.showAs(status, "How you sign in", "settings", signingInView(v, wayIn{w, w.MayChange(v.app), f, recovery, sessions.Items}))
}

// changed answers a button of the page.
func (v *visit) changed(err error, done string) error {
	if errors.Is(err, accounts.ErrSignInAgain) {
		return v.signInAgain()
	}
	return v.act(v.to("/signing-in"), err, "%s", done)
}

// signInAgain leads through the door and back to the page.
func (v *visit) signInAgain() error {
	v.goingTo(v.to("/signing-in"))
	http.Redirect(v.w, v.r, "/signin", http.StatusSeeOther)
	return nil
}

func (v *visit) setPassword() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	if f.Get("password") == "" {
		err = work.FieldError("password", "Write the password you want.")
	} else {
		err = accounts.SetPassword(v.r.Context(), v.app, *v.known, f.Get("password"))
	}
	if !errors.Is(err, accounts.ErrSignInAgain) && f.refuse(err, "password") {
		f.Del("password")
		return v.signingIn(http.StatusUnprocessableEntity, f, nil)
	}
	return v.changed(err, "Your password is set. Every other browser is signed out.")
}

func (v *visit) endPassword() error {
	return v.changed(accounts.SetPassword(v.r.Context(), v.app, *v.known, ""), "You have no password any more.")
}

func (v *visit) beginCodes() error {
	if err := accounts.BeginCodes(v.r.Context(), v.app, *v.known); err != nil {
		return v.changed(err, "")
	}
	http.Redirect(v.w, v.r, v.to("/signing-in/codes"), http.StatusSeeOther)
	return nil
}

func (v *visit) codesPage(status int, f *form) error {
	begun, err := accounts.Begun(v.r.Context(), v.app, *v.known)
	if errors.Is(err, accounts.ErrSignInAgain) {
		return v.signInAgain()
	}
	if err != nil {
		return err
	}
	picture, err := qr.EncodeText(begun.URL, qr.Medium)
	if err != nil {
		return err
	}
	return v.showAs(status, "An app for codes", "settings", codesView(v, begun, f, picture))
}

// auditPage shows an owner who got in and what was taken out.
func (v *visit) auditPage() error {
	list, err := do(v, workspaces.Audit, app.Page{Limit: 100, After: v.r.URL.Query().Get("after")})
	if err != nil {
		return err
	}
	return v.show("Audit log", "settings", auditView(v, list))
}

// squares is a QR code as the path of an SVG, a unit a square, with the quiet
// margin of four it needs.
func squares(picture *qr.QrCode) string {
	var b strings.Builder
	for y := range picture.Size() {
		for x := range picture.Size() {
			if picture.Module(x, y) {
				fmt.Fprintf(&b, "M%d %dh1v1h-1z", x+4, y+4)
			}
		}
	}
	return b.String()
}

func (v *visit) confirmCodes() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	recovery, err := accounts.ConfirmCodes(v.r.Context(), v.app, *v.known, f.text("code"))
	if errors.Is(err, accounts.ErrSignInAgain) {
		return v.signInAgain()
	}
	if f.refuse(err, "code") {
		return v.codesPage(http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return v.signingIn(http.StatusOK, fields(), recovery)
}

func (v *visit) endCodes() error {
	return v.changed(accounts.StopCodes(v.r.Context(), v.app, *v.known), "Your password is enough from now on.")
}

func (v *visit) newRecovery() error {
	recovery, err := accounts.NewRecovery(v.r.Context(), v.app, *v.known)
	if err != nil {
		return v.changed(err, "")
	}
	return v.signingIn(http.StatusOK, fields(), recovery)
}

func (v *visit) askNewPasskey() error {
	c, err := accounts.BeginPasskey(v.r.Context(), v.app, *v.known)
	return v.answerJSON(c, err)
}

func (v *visit) addPasskey() error {
	var in struct {
		passkey.Made
		Challenge string `json:"challenge"`
	}
	err := v.readJSON(&in)
	if err == nil {
		err = accounts.AddPasskey(v.r.Context(), v.app, *v.known, in.Challenge, deviceOf(v.r.UserAgent()), in.Made)
	}
	if err == nil {
		v.setToast(toast{Text: "Your passkey is kept. It signs you in from now on."})
	}
	return v.answerJSON(onward{v.to("/signing-in")}, err)
}

func (v *visit) endPasskey() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	return v.changed(accounts.DropPasskey(v.r.Context(), v.app, *v.known, f.Get("id")), "That passkey signs nobody in any more.")
}

// An onward is where a script leads the browser.
type onward struct {
	Next string `json:"next"`
}

// readJSON reads what a script sent.
func (v *visit) readJSON(in any) error {
	if err := json.NewDecoder(v.r.Body).Decode(in); err != nil {
		return work.Errorf(work.Invalid, "The browser said something that cannot be read.")
	}
	return nil
}

// answerJSON answers a script: with what it asked for, or with the sentence it
// shows. What is our fault is logged and is a page, as everywhere.
func (v *visit) answerJSON(out any, err error) error {
	status := http.StatusOK
	if err != nil {
		sentence, theirs := errors.AsType[*work.Error](err)
		if !theirs {
			return err
		}
		status, out = statuses[sentence.Kind], map[string]string{"problem": sentence.Message}
	}
	v.w.Header().Set("Content-Type", "application/json")
	v.w.WriteHeader(status)
	return json.NewEncoder(v.w).Encode(out)
}

// wayWords say how a browser came in.
var wayWords = map[string]string{
	accounts.ByLink: " by a link", accounts.ByMail: " by a mailed link", accounts.WithPassword: " with your password", accounts.WithPasskey: " with a passkey",
}

// dayOf says on which day something was.
func dayOf(v *visit, at time.Time) string {
	return dayWords(ical.DateOf(at.In(v.zone())), v.today())
}

func (v *visit) endSession() error {
	session, err := number[work.SessionID](v, "session")
	if err != nil {
		return err
	}
	_, err = do(v, accounts.EndSession, accounts.AskSession{Session: session})
	return v.act(v.to("/signing-in"), err, "That browser is signed out.")
}

func (v *visit) endOtherSessions() error {
	ended, err := do(v, accounts.EndOtherSessions, app.None{})
	return v.act(v.to("/signing-in"), err, "%s", ended.Words())
}

// sessionWords say how a browser came in and when it was last here.
func sessionWords(v *visit, s accounts.Session) []string {
	words := []string{"Last used " + whenShort(v, s.Seen), "signed in " + whenShort(v, s.Opened) + wayWords[s.Way]}
	if s.This {
		words[0] = "This one"
	}
	return words
}
