package web

import (
	"context"
	"errors"
	"net/http"

	"baton/internal/work"
)

const ourFault = "Something went wrong on our side."

var (
	errNoPage  = work.Errorf(work.NotFound, "There is no such page.")
	errForeign = work.Errorf(work.Forbidden, "This came from another site. Open the page here and try again.")
	errSignIn  = errors.New("nobody is signed in")
)

// statuses is where the kinds of mistake become HTTP statuses.
var statuses = map[work.Kind]int{
	work.Invalid: http.StatusUnprocessableEntity, work.Forbidden: http.StatusForbidden, work.NotFound: http.StatusNotFound,
	work.Conflict: http.StatusConflict, work.Stale: http.StatusConflict, work.Full: http.StatusInsufficientStorage,
	work.TooOften: http.StatusTooManyRequests, work.Unreachable: http.StatusServiceUnavailable,
}

// mendable returns the sentence of an error that its reader can do something
// about where they are: the form is shown again, or a toast says it. What is
// not there or not theirs is a page of its own.
func mendable(err error) (*work.Error, bool) {
	sentence, ok := errors.AsType[*work.Error](err)
	return sentence, ok && sentence.Kind != work.NotFound
}

// fail answers with a page that says what is wrong. Only our own mistakes are
// logged, and they say no more than that they are ours.
func (v *visit) fail(err error) {
	sentence, theirs := errors.AsType[*work.Error](err)
	tooLong, large := errors.AsType[*http.MaxBytesError](err)
	status, message := http.StatusInternalServerError, ourFault
	switch {
	case errors.Is(err, errSignIn):
		v.askToSignIn()
		return
	case theirs:
		status, message = statuses[sentence.Kind], sentence.Message
		if sentence.Kind == work.NotFound {
			message = "There is no such page." // whether it is somebody else's is nobody's business
			if v.place == nil {
				message = sentence.Message
			}
		}
	case large:
		status, message = http.StatusRequestEntityTooLarge, tooLarge(tooLong.Limit)
	case errors.Is(err, context.Canceled):
		return // the reader is gone
	default:
		v.app.Log.ErrorContext(v.r.Context(), "page failed", "method", v.r.Method, "path", v.r.URL.Path, "error", err)
	}
	if status == 0 {
		status = http.StatusBadRequest
	}
	if v.place != nil && v.guest == "" {
		err = v.showAs(status, heading(status), "", failure(heading(status), message, v.to("/today")))
	} else {
		err = v.write(status, door(heading(status), failure(heading(status), message, "/")))
	}
	if err != nil {
		http.Error(v.w, ourFault, http.StatusInternalServerError)
	}
}

func heading(status int) string {
	switch status {
	case http.StatusNotFound:
		return "Nothing here"
	case http.StatusForbidden:
		return "Not yours to do"
	case http.StatusInternalServerError:
		return "Our mistake"
	}
	return "That did not work"
}

// recovered turns a panic into the page of our own mistakes.
func (v *visit) recovered() {
	if p := recover(); p != nil {
		if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
			panic(p)
		}
		v.app.Log.ErrorContext(v.r.Context(), "panic", "method", v.r.Method, "path", v.r.URL.Path, "panic", p)
		v.fail(errors.New("panic"))
	}
}
