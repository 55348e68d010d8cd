package workspaces

import (
	"context"
	"strings"

	"baton/internal/app"
	"baton/internal/work"
)

// An Area of life.
type Area struct {
	ID      work.AreaID `json:"id"`
	Name    string      `json:"name"`
	Private bool        `json:"private"`
}

// Areas lists the areas the actor sees.
var Areas = app.Read(app.Describe{
	Name: "area.list", Method: "GET", Path: "areas", Who: app.AnyMember, Summary: "List your areas and the shared ones.",
}, func(ctx context.Context, tx *app.Tx, _ app.None) (app.List[Area], error) {
	out := app.List[Area]{Items: []Area{}}
	if err := tx.MembersOnly(); err != nil {
		return out, err
	}
	all, err := tx.Areas(ctx, tx.Me.Person)
	for _, a := range all {
		out.Items = append(out.Items, Area{a.ID, a.Name, a.Owner != 0})
	}
	return out, err
})

// NewArea names an area.
type NewArea struct {
	Name    string `json:"name" minLength:"1" maxLength:"100"`
	Private bool   `json:"private,omitempty"`
}

// AddArea makes an area.
var AddArea = app.Write(app.Describe{
	Name: "area.add", Method: "POST", Path: "areas", Who: app.AnyMember, Undo: "area.edit", Summary: "Make an area.",
}, func(ctx context.Context, tx *app.Tx, in NewArea) (Area, error) {
	if err := tx.MembersOnly(); err != nil {
		return Area{}, err
	}
	a := work.Area{Name: strings.TrimSpace(in.Name)}
	if in.Private {
		a.Owner = tx.Me.Person
	}
	if a.Name == "" {
		return Area{}, work.FieldError("name", "An area needs a name.")
	}
	err := tx.AddArea(ctx, &a)
	return Area{a.ID, a.Name, in.Private}, err
})

// ChangeArea renames an area, or makes it private or shared.
type ChangeArea struct {
	Area work.AreaID `path:"area" json:"-"`
	NewArea
}

// EditArea changes an area the actor may change: their own, or a shared one.
var EditArea = app.Write(app.Describe{
	Name: "area.edit", Method: "PUT", Path: "areas/{area}", Who: app.AnyMember, Undo: "area.edit", Summary: "Rename an area, or make it private or shared.",
}, func(ctx context.Context, tx *app.Tx, in ChangeArea) (Area, error) {
	if err := tx.MembersOnly(); err != nil {
		return Area{}, err
	}
	all, err := tx.Areas(ctx, tx.Me.Person)
	if err != nil {
		return Area{}, err
	}
	for _, a := range all {
		if a.ID != in.Area {
			continue
		}
		a.Name, a.Owner = strings.TrimSpace(in.Name), 0
		if in.Private {
			a.Owner = tx.Me.Person
		}
		return Area{a.ID, a.Name, in.Private}, tx.SaveArea(ctx, &a)
	}
	return Area{}, work.Errorf(work.NotFound, "There is no such area.")
})

// A Focus is what a member wants the freed hours for.
type Focus struct {
	ID     work.FocusAreaID `json:"id"`
	Name   string           `json:"name"`
	Weekly work.Minutes     `json:"weekly,omitempty" doc:"Minutes a week they would like to give it"`
	Given  work.Minutes     `json:"given" doc:"Minutes recorded in the last 28 days"`
}

// FocusAreas lists the actor's focus areas.
var FocusAreas = app.Read(app.Describe{
	Name: "focus.list", Method: "GET", Path: "focus-areas", Who: app.AnyMember, Summary: "List what you want the freed hours for.",
}, func(ctx context.Context, tx *app.Tx, _ app.None) (app.List[Focus], error) {
	out := app.List[Focus]{Items: []Focus{}}
	if err := tx.MembersOnly(); err != nil {
		return out, err
	}
	all, err := tx.FocusAreas(ctx, tx.Me.Person)
	if err != nil {
		return out, err
	}
	entries, err := tx.FocusEntries(ctx, tx.Me.Person, tx.Now.AddDate(0, 0, -28))
	for _, f := range all {
		v := Focus{ID: f.ID, Name: f.Name, Weekly: f.Weekly}
		for _, e := range entries {
			if e.Focus == f.ID {
				v.Given += e.Minutes
			}
		}
		out.Items = append(out.Items, v)
	}
	return out, err
})

// NewFocus names a focus area.
type NewFocus struct {
	Name   string       `json:"name" minLength:"1" maxLength:"100"`
	Weekly work.Minutes `json:"weekly,omitempty" minimum:"0"`
}

// AddFocusArea makes a focus area.
var AddFocusArea = app.Write(app.Describe{
	Name: "focus.add", Method: "POST", Path: "focus-areas", Who: app.AnyMember, Undo: "", Summary: "Say what you want the freed hours for.",
}, func(ctx context.Context, tx *app.Tx, in NewFocus) (Focus, error) {
	if err := tx.MembersOnly(); err != nil {
		return Focus{}, err
	}
	f := work.FocusArea{Owner: tx.Me.Person, Name: strings.TrimSpace(in.Name), Weekly: in.Weekly}
	if f.Name == "" {
		return Focus{}, work.FieldError("name", "A focus area needs a name.")
	}
	err := tx.AddFocusArea(ctx, &f)
	return Focus{ID: f.ID, Name: f.Name, Weekly: f.Weekly}, err
})

// FocusTime is time that went to a focus area.
type FocusTime struct {
	Focus   work.FocusAreaID `path:"focus" json:"-"`
	Minutes work.Minutes     `json:"minutes" minimum:"1" maximum:"10080"`
}

// LogFocus records time that went to a focus area.
var LogFocus = app.Write(app.Describe{
	Name: "focus.log", Method: "POST", Path: "focus-areas/{focus}/time", Who: app.AnyMember, Undo: "", Summary: "Record where freed hours went.",
}, func(ctx context.Context, tx *app.Tx, in FocusTime) (app.None, error) {
	if err := tx.MembersOnly(); err != nil {
		return app.None{}, err
	}
	if in.Minutes <= 0 || in.Minutes > 10080 {
		return app.None{}, work.FieldError("minutes", "Record between 1 minute and a week.")
	}
	all, err := tx.FocusAreas(ctx, tx.Me.Person)
	if err != nil {
		return app.None{}, err
	}
	for _, f := range all {
		if f.ID == in.Focus {
			return app.None{}, tx.AddFocusEntry(ctx, tx.Me.Person, work.FocusEntry{Focus: f.ID, Minutes: in.Minutes, At: tx.Now})
		}
	}
	return app.None{}, work.Errorf(work.NotFound, "There is no such focus area.")
})
