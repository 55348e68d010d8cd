package web

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"baton/internal/app"
	"baton/internal/app/accounts"
	"baton/internal/app/workspaces"
	"baton/internal/ical"
	"baton/internal/work"
)

// A handler answers one request. What it returns as an error becomes a page in
// one place.
type handler func(v *visit) error

// A visit is one request, and who makes it where.
type visit struct {
	*server
	w     http.ResponseWriter
	r     *http.Request
	place *workspaces.Place  // nil outside a workspace
	undo  work.EventNumber   // of the change made in this visit
	guest string             // the secret of a guest's link; "" for a member
	known *accounts.SignedIn // who is signed in, once asked; nobody without a hash
	said  *toast             // stands on the page that answers a form without leading to another
}

// enter finds out who is signed in and opens the workspace of the path.
func (v *visit) enter() error {
	account, err := v.account()
	if err != nil {
		return err
	}
	if account == 0 {
		return errSignIn
	}
	id, err := strconv.ParseInt(v.r.PathValue("workspace"), 10, 64)
	if err != nil {
		return errNoPage
	}
	place, err := workspaces.Enter(v.r.Context(), v.app, account, work.WorkspaceID(id))
	if err != nil {
		return err
	}
	place.Actor.Session = v.known.Hash
	v.place = &place
	return nil
}

// do runs an operation for the visit's member.
func do[In, Out any](v *visit, op app.Op[In, Out], in In) (Out, error) {
	return op.Do(v.ctx(), v.app, v.place.Actor, in)
}

func (v *visit) ctx() context.Context { return app.WithUndo(v.r.Context(), &v.undo) }

// today is the workspace's date.
func (v *visit) today() ical.Date { return ical.Today(v.app.Now(), v.place.Workspace.Zone) }

// to returns the address of a page of this workspace: v.to("/tasks/%d", id).
func (v *visit) to(format string, args ...any) string { return to(v.place, format, args...) }

// number reads an id from the path; what is no number is no page.
func number[ID ~int64](v *visit, name string) (ID, error) {
	n, err := strconv.ParseInt(v.r.PathValue(name), 10, 64)
	if err != nil || n <= 0 {
		return 0, errNoPage
	}
	return ID(n), nil
}

// show answers with a page.
func (v *visit) show(title, section string, content templ.Component) error {
	return v.showAs(http.StatusOK, title, section, content)
}

// showAs answers with a page and a status of its own, as a refused form has.
func (v *visit) showAs(status int, title, section string, content templ.Component) error {
	f := frame{Title: title, Section: section, Place: v.place, Toast: v.takeToast(), Path: v.r.URL.Path}
	return v.write(status, layout(f, content))
}

// leave answers a form: the browser gets the page at path, with a toast.
func (v *visit) leave(path string, t toast) error {
	if t.Text != "" {
		if t.Undo == 0 && !t.Problem {
			t.Undo = v.undo
		}
		v.setToast(t)
	}
	http.Redirect(v.w, v.r, path, http.StatusSeeOther)
	return nil
}

// act answers a button that needs no page of its own: back to where it was
// pressed, with what was done or why it was refused.
func (v *visit) act(fallback string, err error, done string, args ...any) error {
	if sentence, ok := mendable(err); ok {
		return v.leave(v.back(fallback), toast{Text: sentence.Message, Problem: true})
	}
	if err != nil {
		return err
	}
	return v.leave(v.back(fallback), toast{Text: fmt.Sprintf(done, args...)})
}

// back is the page the request came from, when it is one of this workspace.
func (v *visit) back(fallback string) string {
	from, err := url.Parse(v.r.Referer())
	if err != nil || from.Path == "" || v.guest != "" || !strings.HasPrefix(from.Path, v.to("/")) {
		return fallback
	}
	return from.RequestURI()
}

// A toast says what was done, on the next page.
type toast struct {
	Text    string           `json:"text"`
	Chips   []string         `json:"chips,omitempty"` // what quick add understood
	Link    string           `json:"link,omitempty"`
	Post    string           `json:"post,omitempty"`  // where a button sends, instead of the link
	Label   string           `json:"label,omitempty"` // of the link or button
	Undo    work.EventNumber `json:"undo,omitempty"`
	Problem bool             `json:"problem,omitempty"`
}

// toastCookie carries a toast over the redirect. It is the browser's own and
// is shown as text, so that it needs no seal and no row in the database.
const toastCookie = "baton_toast"

func (v *visit) setToast(t toast) {
	b, err := json.Marshal(t)
	if err != nil || len(b) > 2500 {
		return // a toast is never worth a failure
	}
	v.keep(toastCookie, base64.RawURLEncoding.EncodeToString(b), time.Minute)
}

func (v *visit) takeToast() *toast {
	if v.said != nil {
		return v.said
	}
	kept := v.cookie(toastCookie)
	if kept == "" {
		return nil
	}
	v.drop(toastCookie)
	b, err := base64.RawURLEncoding.DecodeString(kept)
	if err != nil {
		return nil
	}
	var t toast
	if json.Unmarshal(b, &t) != nil || t.Text == "" {
		return nil
	}
	for _, to := range []string{t.Link, t.Post} {
		if to != "" && !strings.HasPrefix(to, "/w/") {
			return nil
		}
	}
	return &t
}
