package workspaces

import (
	"context"

	"baton/internal/app"
	"baton/internal/work"
)

// An Area of life.
type Area struct {
	ID      work.AreaID `json:"id"`
	Name    string      `json:"name"`
	Private bool        `json:"private"`
	Version int64       `json:"version"`
}

func viewArea(a work.Area) Area { return Area{a.ID, a.Name, a.Owner != 0, a.Version} }

// Areas lists the areas the actor sees.
var Areas = app.Read(app.Describe{
	Name: "area.list", Method: "GET", Path: "areas", Who: app.AnyMember, Summary: "List your areas and the shared ones.",
}, func(ctx context.Context, tx *app.Tx, in app.Page) (app.List[Area], error) {
	if err := tx.MembersOnly(); err != nil {
		return app.List[Area]{}, err
	}
	all, err := tx.Areas(ctx, tx.Me.Person)
	if err != nil {
		return app.List[Area]{}, err
	}
	list := make([]Area, len(all))
	for i, a := range all {
		list[i] = viewArea(a)
	}
	return app.Cut(list, in, func(a Area) string { return app.Key(a.Name, int64(a.ID)) })
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
	a := work.Area{Name: work.OneLine(in.Name), ChangedBy: tx.Me.Person}
	if in.Private {
		a.Owner = tx.Me.Person
	}
	if a.Name == "" {
		return Area{}, work.FieldError("name", "An area needs a name.")
	}
	err := tx.AddArea(ctx, &a)
	return viewArea(a), err
})

// ChangeArea renames an area, or makes it private or shared.
type ChangeArea struct {
	Area    work.AreaID `path:"area" json:"-"`
	IfMatch app.Match   `header:"If-Match" json:"-" doc:"Refuse when the version is another"`
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
		if err := tx.Fresh(ctx, in.IfMatch, a.Version, a.ChangedBy, "the area “"+a.Name+"”"); err != nil {
			return Area{}, err
		}
		a.Name, a.Owner, a.ChangedBy = work.OneLine(in.Name), 0, tx.Me.Person
		if a.Name == "" {
			return Area{}, work.FieldError("name", "An area needs a name.")
		}
		if in.Private {
			a.Owner = tx.Me.Person
		}
		err := tx.SaveArea(ctx, &a)
		return viewArea(a), err
	}
	return Area{}, work.Errorf(work.NotFound, "There is no such area.")
})
