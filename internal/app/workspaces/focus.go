package workspaces

import (
	"context"

	"baton/internal/app"
	"baton/internal/work"
)

// A Focus is what a member wants the freed hours for.
type Focus struct {
	ID     work.FocusAreaID `json:"id"`
	Name   string           `json:"name"`
	Weekly work.Minutes     `json:"weekly,omitempty" doc:"Minutes a week they would like to give it"`
	Given  work.Minutes     `json:"given" doc:"Minutes recorded in the last 28 days"`

	Version int64 `json:"version"`
}

// counted is over how many days a focus area's time is added up.
const counted = 28

// FocusAreas lists the actor's focus areas.
var FocusAreas = app.Read(app.Describe{
	Name: "focus.list", Method: "GET", Path: "focus-areas", Who: app.AnyMember, Summary: "List what you want the freed hours for.",
}, func(ctx context.Context, tx *app.Tx, in app.Page) (app.List[Focus], error) {
	var out app.List[Focus]
	if err := tx.MembersOnly(); err != nil {
		return out, err
	}
	all, err := tx.FocusAreas(ctx, tx.Me.Person)
	if err != nil {
		return out, err
	}
	entries, err := tx.FocusEntries(ctx, tx.Me.Person, tx.Now.AddDate(0, 0, -counted))
	if err != nil {
		return out, err
	}
	list := make([]Focus, len(all))
	for i, f := range all {
		list[i] = viewFocus(f, entries)
	}
	return app.Cut(list, in, func(f Focus) string { return app.Key(f.Name) })
})

// viewFocus shows a focus area with what was recorded for it.
func viewFocus(f work.FocusArea, entries []work.FocusEntry) Focus {
	v := Focus{ID: f.ID, Name: f.Name, Weekly: f.Weekly, Version: f.Version}
	for _, e := range entries {
		if e.Focus == f.ID {
			v.Given += e.Minutes
		}
	}
	return v
}

func myFocus(ctx context.Context, tx *app.Tx, id work.FocusAreaID) (work.FocusArea, error) {
	if err := tx.MembersOnly(); err != nil {
		return work.FocusArea{}, err
	}
	all, err := tx.FocusAreas(ctx, tx.Me.Person)
	for _, f := range all {
		if f.ID == id {
			return f, err
		}
	}
	if err == nil {
		err = work.Errorf(work.NotFound, "There is no such focus area.")
	}
	return work.FocusArea{}, err
}

// NewFocus names a focus area.
type NewFocus struct {
	Name   string       `json:"name" minLength:"1" maxLength:"100"`
	Weekly work.Minutes `json:"weekly,omitempty" minimum:"0"`
}

// AddFocusArea makes a focus area.
var AddFocusArea = app.Write(app.Describe{
	Name: "focus.add", Method: "POST", Path: "focus-areas", Who: app.AnyMember, Undo: "focus.edit", Summary: "Say what you want the freed hours for.",
}, func(ctx context.Context, tx *app.Tx, in NewFocus) (Focus, error) {
	if err := tx.MembersOnly(); err != nil {
		return Focus{}, err
	}
	f := work.FocusArea{Owner: tx.Me.Person, Name: work.OneLine(in.Name), Weekly: in.Weekly}
	if f.Name == "" {
		return Focus{}, work.FieldError("name", "A focus area needs a name.")
	}
	err := tx.AddFocusArea(ctx, &f)
	return viewFocus(f, nil), err
})

// ChangeFocus renames a focus area or says what a week should give it.
type ChangeFocus struct {
	Focus   work.FocusAreaID `path:"focus" json:"-"`
	IfMatch app.Match        `header:"If-Match" json:"-" doc:"Refuse when the version is another"`
	NewFocus
}

// EditFocusArea changes one of the actor's focus areas.
var EditFocusArea = app.Write(app.Describe{
	Name: "focus.edit", Method: "PUT", Path: "focus-areas/{focus}", Who: app.AnyMember, Undo: "focus.edit", Summary: "Rename a focus area, or say what a week should give it.",
}, func(ctx context.Context, tx *app.Tx, in ChangeFocus) (Focus, error) {
	f, err := myFocus(ctx, tx, in.Focus)
	if err != nil {
		return Focus{}, err
	}
	if err := tx.Fresh(ctx, in.IfMatch, f.Version, f.Owner, "“"+f.Name+"”"); err != nil {
		return Focus{}, err
	}
	f.Name, f.Weekly = work.OneLine(in.Name), in.Weekly
	if f.Name == "" {
		return Focus{}, work.FieldError("name", "A focus area needs a name.")
	}
	if err := tx.SaveFocusArea(ctx, &f); err != nil {
		return Focus{}, err
	}
	entries, err := tx.FocusEntries(ctx, tx.Me.Person, tx.Now.AddDate(0, 0, -counted))
	return viewFocus(f, entries), err
})

// FocusTime is time that went to a focus area.
type FocusTime struct {
	Focus   work.FocusAreaID `path:"focus" json:"-"`
	IfMatch app.Match        `header:"If-Match" json:"-" doc:"Refuse when the version of the focus area is another"`
	Minutes work.Minutes     `json:"minutes" minimum:"1" maximum:"10080"`
}

// LogFocus records time that went to a focus area.
var LogFocus = app.Write(app.Describe{
	Name: "focus.log", Method: "POST", Path: "focus-areas/{focus}/time", Who: app.AnyMember, Undo: "", Summary: "Record where freed hours went.",
}, func(ctx context.Context, tx *app.Tx, in FocusTime) (app.None, error) {
	if in.Minutes <= 0 || in.Minutes > 10080 {
		return app.None{}, work.FieldError("minutes", "Record between 1 minute and a week.")
	}
	f, err := myFocus(ctx, tx, in.Focus)
	if err != nil {
		return app.None{}, err
	}
	if err := tx.Fresh(ctx, in.IfMatch, f.Version, f.Owner, "“"+f.Name+"”"); err != nil {
		return app.None{}, err
	}
	return app.None{}, tx.AddFocusEntry(ctx, tx.Me.Person, work.FocusEntry{Focus: f.ID, Minutes: in.Minutes, At: tx.Now})
})
