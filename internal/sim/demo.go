package sim

import (
	"context"
	"embed"
	"fmt"
	"path"
	"reflect"
	"time"

	"baton/internal/app"
	"baton/internal/app/workspaces"
	"baton/internal/work"
)

// The scripts of the demo's story. What happened in which order is in their
// moments; which file it stands in only groups it for the reader.
//
//go:embed clinic/*.story
var clinic embed.FS

// zone is where the clinic is.
const zone = "America/New_York"

// begins is how many working days before its end the story begins: eight weeks.
const begins = "-40 08:00"

// A Cast is who can be tried out in the demo.
type Cast struct {
	Leader   app.Actor // gives most of it
	Teammate app.Actor // receives from the leader, and hands on
	Provider app.Actor // a guest: no account, one delegation
}

// Demo fills an empty database with eight weeks of a family practice and of
// its leader's home that end now: hand-offs of which some went well and some
// did not, made one by one through the operations a user has. The same moment
// gives the same story.
func Demo(ctx context.Context, a *app.App, now time.Time) (Cast, error) {
	p := newPlayer(a, now.UTC().Truncate(time.Second), zone)
	acts, err := p.story()
	if err != nil {
		return Cast{}, err
	}
	if p.now, err = p.calendar.moment(begins); err != nil {
		return Cast{}, err
	}
	noor, err := workspaces.Found(ctx, p.app, workspaces.Founding{
		Workspace: "Willow Street Family Practice", Kind: "practice", Currency: currency, Zone: zone,
		Name: "Noor Haddad", Email: "noor@willowstreet.example",
	})
	if err != nil {
		return Cast{}, err
	}
	p.join("noor", noor)
	if err := p.play(ctx, acts); err != nil {
		return Cast{}, err
	}
	if err := p.until(ctx, p.calendar.now); err != nil {
		return Cast{}, err
	}
	guest := app.Actor{
		Workspace: noor.Workspace, Person: work.PersonID(p.labels[reflect.TypeFor[work.PersonID]()]["harbor"]),
		Guest: work.DelegationID(p.labels[reflect.TypeFor[work.DelegationID]()]["cleaning"]),
	}
	return Cast{Leader: noor, Teammate: p.actors["theo"], Provider: guest}, nil
}

// story reads all scripts into one sequence of acts.
func (p *player) story() ([]act, error) {
	files, err := clinic.ReadDir("clinic")
	if err != nil {
		return nil, fmt.Errorf("list the scripts: %w", err)
	}
	var scripts [][]act
	for _, f := range files {
		text, err := clinic.ReadFile(path.Join("clinic", f.Name()))
		if err != nil {
			return nil, fmt.Errorf("script %s: %w", f.Name(), err)
		}
		acts, err := parse(f.Name(), string(text), p.calendar)
		if err != nil {
			return nil, err
		}
		scripts = append(scripts, acts)
	}
	return merge(scripts...), nil
}
