package web

import (
	"net/http"
	"slices"
	"strconv"

	"baton/internal/app/delegations"
	"baton/internal/work"
)

// reflectionPages registers the look back.
func (s *server) reflectionPages() {
	s.member("GET /delegations/{delegation}/reflection", (*visit).reflectionPage)
	s.member("POST /delegations/{delegation}/reflection", (*visit).lookBack)
}

// A hindsight is what the page of a look back shows.
type hindsight struct {
	*agreement
	form     *form
	Due      bool // the reader is asked to look back now
	Light    bool // only for thanks, or what to change
	Receives bool // the reader carried it: how long it took is theirs to say
}

func (v *visit) reflectionPage() error {
	on, err := v.delegation()
	if err != nil {
		return err
	}
	return v.showReflection(http.StatusOK, on, fields())
}

func (v *visit) showReflection(status int, on delegations.On, f *form) error {
	a, err := v.agreement(on, nil)
	if err != nil {
		return err
	}
	h := &hindsight{agreement: a, form: f}
	for _, m := range a.Moves {
		h.Due = h.Due || m.Move == work.MoveReflect
	}
	for _, it := range a.Items {
		h.Light = h.Light || it.Kind == work.Reflect && it.Part == work.JustThanks
	}
	h.Receives = a.Side == work.AsReceiver
	if v.guest != "" {
		return v.showGuest(status, "Looking back", reflectionView(v, h))
	}
	return v.showAs(status, "Looking back", "delegations", reflectionView(v, h))
}

func (v *visit) lookBack() error {
	return v.onForm(func(on delegations.On, f *form) error {
		in := delegations.LookBack{On: on}
		for name, to := range map[string]*int{"outcome": &in.Outcome, "hard": &in.Hard, "free": &in.Free} {
			*to, _ = strconv.Atoi(f.Get(name)) // none is 0: the rule refuses it
		}
		in.Worked, in.Change = f.text("worked"), f.text("change")
		in.More, _ = strconv.Atoi(f.Get("more")) // none is 0: as it is
		done := "Kept. Each of you reads the other’s once both are in."
		if f.Has("thanks") {
			thanks := f.Get("thanks") == "yes"
			if in.Thanks, done = &thanks, "Said."; !thanks {
				in.Worked, in.Change = "", in.Worked
			}
		}
		var err error
		if in.Took, err = readEffort(f, "took"); err == nil {
			var now delegations.Delegation
			now, err = do(v, delegations.Reflect, in)
			if !f.Has("thanks") && !slices.ContainsFunc(now.Items, func(it delegations.Item) bool { return it.Kind == work.Reflect }) {
				done = "Kept. Both are in: you each read the other’s now."
			}
		}
		if f.refuse(err, "outcome", "hard", "free", "took", "worked") {
			return v.showReflection(http.StatusUnprocessableEntity, on, f)
		}
		if err != nil {
			return err
		}
		return v.leave(v.base(on.Delegation), toast{Text: done})
	})
}

// A lookQuestion is a question of a look back.
type lookQuestion struct{ Name, Question string }

var lookQuestions = []lookQuestion{
	{"outcome", "What came out of it?"}, {"hard", "How hard was the work itself?"}, {"free", "How free did it feel?"},
}

// hardForThem is what the receiver is asked in place of how hard the work was:
// of that the giver knows more, of this they do.
const hardForThem = "How hard was it for you?"

// freeForThem is what the giver is asked in place of how free it felt, which
// only the receiver can say.
const freeForThem = "How free did you leave them?"

// questions are those of the reader's side.
func (h *hindsight) questions() []lookQuestion {
	out := slices.Clone(lookQuestions)
	if h.Receives {
		out[1].Question = hardForThem
	} else {
		out[2].Question = freeForThem
	}
	return out
}

// moreOptions are what a receiver can say they want.
var moreOptions = []option{{"1", "More of this"}, {"0", "As it is"}, {"-1", "Less of this"}}
