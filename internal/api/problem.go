package api

import (
	"encoding/json"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"baton/internal/work"
)

// statuses is where the kinds of mistake become HTTP statuses.
var statuses = map[work.Kind]int{
	work.Invalid: http.StatusUnprocessableEntity, work.Forbidden: http.StatusForbidden, work.NotFound: http.StatusNotFound,
	work.Conflict: http.StatusConflict, work.Stale: http.StatusPreconditionFailed, work.Full: http.StatusInsufficientStorage,
	work.TooOften: http.StatusTooManyRequests, work.Unreachable: http.StatusServiceUnavailable,
}

// problem is the answer to a mistake, as RFC 9457 says.
type problem struct {
	Title  string       `json:"title"`
	Status int          `json:"status"`
	Detail string       `json:"detail" doc:"A sentence that says what is wrong and what to do"`
	Kind   string       `json:"kind" doc:"invalid, forbidden, not_found, conflict, stale, full, too_often, unreachable, unauthorized or internal"`
	Errors []fieldWrong `json:"errors,omitempty"`
}

// fieldWrong says what is wrong with one field.
type fieldWrong struct {
	Location string `json:"location" doc:"The path of the field"`
	Message  string `json:"message"`
}

var problemType = reflect.TypeFor[problem]()

func problemOf(e *work.Error) problem {
	p := problem{Kind: string(e.Kind), Detail: e.Message}
	for where, message := range e.Fields {
		p.Errors = append(p.Errors, fieldWrong{where, message})
	}
	slices.SortFunc(p.Errors, func(a, b fieldWrong) int { return strings.Compare(a.Location, b.Location) })
	return p
}

func (s *server) problem(w http.ResponseWriter, r *http.Request, status int, p problem) {
	if status == 0 {
		status = http.StatusBadRequest
	}
	p.Status, p.Title = status, http.StatusText(status)
	body, err := json.Marshal(p)
	if err != nil {
		body = []byte(`{}`)
	}
	write(w, r, status, "application/problem+json", body)
}
