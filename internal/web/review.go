package web

import (
	"strconv"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/app/pulse"
	"baton/internal/app/reviews"
	"baton/internal/app/tasks"
	"baton/internal/work"
)

// reviewPages registers the weekly review.
func (s *server) reviewPages() {
	s.member("GET /review", (*visit).reviewPage)
	s.member("POST /review/steps", (*visit).reviewStep)
	s.member("POST /review/end", (*visit).reviewEnd)
	s.member("POST /review/tasks", (*visit).reviewTasks)
	s.member("POST /review/thanks", (*visit).reviewThanks)
}

// A lookOver is what the Review page shows.
type lookOver struct {
	reviews.Review
	At   work.ReviewStep // the step that is open; "" at the end
	Form *form           // of the lines that were refused

	Pulse pulse.Current // asked with the last step
}

// part is the step that is open, and its number.
func (l *lookOver) part() (reviews.Stage, int) {
	for i, p := range l.Steps {
		if p.Step == l.At {
			return p, i + 1
		}
	}
	return reviews.Stage{}, 0
}

// left is how many minutes the steps that are not done take, about.
func (l *lookOver) left() int {
	n := 0
	for _, p := range l.Steps {
		if !p.Done {
			n += p.Minutes
		}
	}
	return n
}

// reviewAt is the review with the step somebody asked for open, else the next.
func (v *visit) reviewAt() (*lookOver, error) {
	r, err := do(v, reviews.Show, app.None{})
	if err != nil {
		return nil, err
	}
	l := &lookOver{Review: r, At: r.Next, Form: fields()}
	if r.Finished != nil {
		l.At = ""
	}
	for _, p := range r.Steps {
		if string(p.Step) == v.r.URL.Query().Get("step") {
			l.At = p.Step
		}
	}
	l.Pulse, err = do(v, pulse.Show, app.None{})
	return l, err
}

func (v *visit) reviewPage() error {
	l, err := v.reviewAt()
	if err != nil {
		return err
	}
	return v.show("Your week", "today", reviewView(v, l))
}

func (v *visit) reviewStep() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	_, err = do(v, reviews.Step, reviews.MarkStep{Step: work.ReviewStep(f.Get("step")), Open: f.is("open")})
	if err != nil {
		return v.act(v.to("/review"), err, "")
	}
	return v.leave(v.to("/review"), toast{})
}

func (v *visit) reviewEnd() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	if step := work.ReviewStep(f.Get("step")); step != "" {
		if _, err := do(v, reviews.Step, reviews.MarkStep{Step: step}); err != nil {
			return v.act(v.to("/review"), err, "")
		}
	}
	if _, err := do(v, reviews.Finish, app.None{}); err != nil {
		return v.act(v.to("/review"), err, "")
	}
	return v.leave(v.to("/review"), toast{})
}

// mostLines is how many lines are put down at once; a longer list is a file to
// import.
const mostLines = 100

// reviewTasks puts each line on the plate. A line that is refused stays in the
// field, with those behind it.
func (v *visit) reviewTasks() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	lines := f.lines("lines")
	if len(lines) > mostLines {
		return v.act(v.to("/review"), work.Errorf(work.Invalid, "That is more than %d lines; import them as a list.", mostLines), "")
	}
	for i, line := range lines {
		if _, err := do(v, tasks.Add, tasks.AddTask{Line: line}); err != nil {
			return v.linesRefused(lines, i, err)
		}
	}
	if len(lines) == 0 {
		return v.leave(v.to("/review?step=plate"), toast{})
	}
	return v.leave(v.to("/review?step=plate"), toast{Text: plural(len(lines), "task is", "tasks are") + " on your plate.", Link: v.to("/plate"), Label: "See them"})
}

// linesRefused shows the lines from a refused one on again, and says which of
// them was wrong.
func (v *visit) linesRefused(lines []string, at int, err error) error {
	sentence, ok := mendable(err)
	if !ok {
		return err
	}
	l, err := v.reviewAt()
	if err != nil {
		return err
	}
	l.At, l.Form = work.ReviewPlate, fields()
	for i, line := range lines[at:] {
		if i > 0 {
			line = l.Form.Get("lines") + "\n" + line
		}
		l.Form.Set("lines", line)
	}
	words := "“" + short(lines[at]) + "”: " + sentence.Message
	if at > 0 {
		words += " " + strconv.Itoa(at) + " before it are on your plate."
	}
	l.Form.Wrong = map[string]string{"lines": words}
	return v.showAs(statuses[work.Invalid], "Your week", "today", reviewView(v, l))
}

func (v *visit) reviewThanks() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	d, err := id[work.DelegationID](f, "delegation")
	if err != nil || d == 0 {
		return errNoPage
	}
	_, err = do(v, delegations.Thank, delegations.Text{On: delegations.On{Delegation: d}, Text: f.text("text")})
	return v.act(v.to("/review?step=thanks"), err, "Said; it is kept for them.")
}

// reviewReminder is what Today says of the weekly review, "" for nothing.
func (v *visit) reviewReminder() (string, error) {
	due, begun, err := reviews.Reminder(v.ctx(), v.app, v.place.Actor)
	switch {
	case err != nil:
		return "", err
	case begun:
		return "You began to look over your week. It goes on where you left it.", nil
	case due:
		return "It is the day you look over your week. It takes about ten minutes.", nil
	}
	return "", nil
}

// reviewDays are the weekdays a review can be on.
var reviewDays = []option{
	{"1", "On Monday"}, {"2", "On Tuesday"}, {"3", "On Wednesday"}, {"4", "On Thursday"}, {"5", "On Friday"}, {"6", "On Saturday"}, {"7", "On Sunday"}, {"0", "No reminder"},
}

// hoursOfADay are the hours of a day a reminder of the review can come at.
func hoursOfADay() (out []option) {
	for hour := range 24 {
		out = append(out, option{strconv.Itoa(hour), strconv.Itoa(hour) + ":00"})
	}
	return out
}
