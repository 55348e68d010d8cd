package cli

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"baton/client"
	"baton/internal/app"
	"baton/internal/app/workspaces"
	"baton/internal/work"
)

type areaCmd struct {
	Name    string  `arg:"" optional:"" help:"Make an area of this name, or change the one there is; without one, list them."`
	Private *bool   `help:"Only you see it." negatable:""`
	Rename  *string `help:"Its new name." placeholder:"NAME"`
}

// Run lists areas, makes one, or changes one.
func (c *areaCmd) Run(s *session) error {
	var there []workspaces.Area
	err := each(s, "areas", func(a workspaces.Area) {
		if strings.EqualFold(a.Name, c.Name) {
			there = append(there, a)
		}
	})
	if err != nil {
		return err
	}
	words := func(a workspaces.Area) {
		s.printf("%d  %s%s\n", a.ID, a.Name, map[bool]string{true: "  (private)"}[a.Private])
	}
	switch {
	case c.Name == "":
		return list(s, "areas", nil, func(all []workspaces.Area) {
			if len(all) == 0 {
				s.printf("No area yet; baton area NAME adds one.\n")
			}
			for _, a := range all {
				words(a)
			}
		})
	case c.Rename == nil && (c.Private == nil || len(there) == 0):
		return show(s, http.MethodPost, "areas", nil, workspaces.NewArea{Name: c.Name, Private: c.Private != nil && *c.Private}, words)
	case len(there) != 1:
		return work.Errorf(work.NotFound, "There is no area called %q.", c.Name)
	}
	in := workspaces.NewArea{Name: there[0].Name, Private: there[0].Private}
	set(&in.Name, c.Rename)
	set(&in.Private, c.Private)
	return showOver(s, http.MethodPut, fmt.Sprintf("areas/%d", there[0].ID), there[0].Version, in, words)
}

func set[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}

// showOver is show for a change of the version that was just read: what
// somebody else changed meanwhile is not written over.
func showOver[T any](s *session, method, path string, version int64, body any, words func(T)) error {
	return answer(s, client.Request{Method: method, Path: path, Body: body, IfMatch: version}, words)
}

// weekHours is how many hours a week has.
const weekHours = 168

type focusCmd struct {
	Name    string   `arg:"" optional:"" help:"A focus area; without one, list them."`
	Minutes *int64   `help:"Record so many minutes that went to it."`
	Weekly  *float64 `help:"Hours a week it should get." placeholder:"HOURS"`
	Rename  *string  `help:"Its new name." placeholder:"NAME"`
}

// Run lists focus areas, makes one, changes one, or records time.
func (c *focusCmd) Run(s *session) error {
	if c.Name == "" {
		return list(s, "focus-areas", nil, func(all []workspaces.Focus) {
			if len(all) == 0 {
				s.printf("No focus area yet; baton focus NAME adds one.\n")
			}
			for _, f := range all {
				wanted := ""
				if f.Weekly > 0 {
					wanted = fmt.Sprintf(", of %s a week it should get", work.HoursWords(f.Weekly))
				}
				s.printf("%d  %s  %s in four weeks%s\n", f.ID, f.Name, work.HoursWords(f.Given), wanted)
			}
		})
	}
	var there []workspaces.Focus
	err := each(s, "focus-areas", func(f workspaces.Focus) {
		if strings.EqualFold(f.Name, c.Name) || fmt.Sprint(f.ID) == c.Name {
			there = append(there, f)
		}
	})
	in := workspaces.NewFocus{Name: c.Name}
	if len(there) > 0 {
		in.Name, in.Weekly = there[0].Name, there[0].Weekly
	}
	set(&in.Name, c.Rename)
	if c.Weekly != nil {
		if *c.Weekly < 0 || *c.Weekly > weekHours {
			return usageError{fmt.Errorf("--weekly is between 0 and %d hours a week", weekHours)}
		}
		in.Weekly = work.Minutes(*c.Weekly * 60)
	}
	words := func(f workspaces.Focus) { s.printf("%d  %s\n", f.ID, f.Name) }
	switch {
	case err != nil:
		return err
	case len(there) == 0 && (c.Minutes != nil || c.Rename != nil):
		return work.Errorf(work.NotFound, "There is no focus area called %q.", c.Name)
	case len(there) == 0:
		return show(s, http.MethodPost, "focus-areas", nil, in, words)
	case c.Minutes != nil:
		path := fmt.Sprintf("focus-areas/%d/time", there[0].ID)
		return show(s, http.MethodPost, path, nil, workspaces.FocusTime{Minutes: work.Minutes(*c.Minutes)}, func(app.None) { s.printf("Recorded.\n") })
	case c.Weekly == nil && c.Rename == nil:
		return usageError{errors.New("say --minutes, --weekly or --rename: there is a focus area of this name")}
	}
	return showOver(s, http.MethodPut, fmt.Sprintf("focus-areas/%d", there[0].ID), there[0].Version, in, words)
}

type workspaceCmd struct {
	Name     *string `help:"Its name."`
	Kind     *string `help:"team, practice or household." placeholder:"KIND"`
	Currency *string `help:"Three letters, like USD."`
	Zone     *string `help:"Its time zone, like America/Chicago."`

	StretchTasks *int `help:"How many tasks beyond what they can do now people take at a time who do not say." placeholder:"N"`
}

// Run shows or changes the workspace.
func (c *workspaceCmd) Run(s *session) error {
	words := func(w workspaces.Workspace) {
		s.printf("%s, a %s (%s, %s). Who does not say otherwise takes %s at a time.\n", w.Name, w.Kind, w.Currency, w.Zone, plural(w.Stretch, "stretch task"))
	}
	in := workspaces.NewWorkspace{Name: c.Name, Kind: c.Kind, Currency: c.Currency, Zone: c.Zone, Stretch: c.StretchTasks}
	if c.Name == nil && c.Kind == nil && c.Currency == nil && c.Zone == nil && c.StretchTasks == nil {
		return show(s, http.MethodGet, "workspace", nil, nil, words)
	}
	return show(s, http.MethodPatch, "workspace", nil, in, words)
}

type mailCmd struct {
	Limit int `help:"At most this many." default:"50"`
}

// Run lists the mail written to the actor, or on their behalf.
func (c *mailCmd) Run(s *session) error {
	return list(s, "mail", limited(c.Limit), func(all []workspaces.Mail) {
		for _, m := range all {
			state := map[bool]string{true: "sent", false: "not sent"}[m.Sent]
			s.printf("%s  %s  %s (%s)\n\n%s\n\n", s.local(m.At).Format("2006-01-02 15:04"), m.To, m.Subject, state, strings.TrimSpace(m.Body))
		}
		if len(all) == 0 {
			s.printf("No mail.\n")
		}
	})
}

type settingsCmd struct {
	Hours     *float64 `help:"Hours a week may hold."`
	HourPrice *string  `help:"What an hour of yours is worth, like 90 or 90.50."`
	Digest    *bool    `help:"One mail a day." negatable:""`
	Urgent    *bool    `help:"Mail at once for what cannot wait." negatable:""`

	ReviewDay  *string `help:"The weekday of your weekly review: monday to sunday, or none." placeholder:"DAY"`
	ReviewHour *int    `help:"The hour of that day at which mail reminds you, 0 to 23." placeholder:"HOUR"`
	ReviewMail *bool   `help:"Mail at that hour." negatable:""`
}

// Run shows or changes settings.
func (c *settingsCmd) Run(s *session) error {
	var now workspaces.Setting
	if err := s.get("settings", &now); err != nil {
		return err
	}
	in := workspaces.NewSettings{Digest: c.Digest, Urgent: c.Urgent, ReviewHour: c.ReviewHour, ReviewMail: c.ReviewMail}
	if c.Hours != nil {
		m := work.Minutes(*c.Hours * 60)
		in.Capacity = &m
	}
	if c.HourPrice != nil {
		price, err := work.ParseMoney(*c.HourPrice, now.Currency)
		if err != nil {
			return err
		}
		in.HourPrice = &price
	}
	if c.ReviewDay != nil {
		day, err := weekday(*c.ReviewDay)
		if err != nil {
			return err
		}
		in.ReviewDay = &day
	}
	return show(s, http.MethodPatch, "settings", nil, in, func(v workspaces.Setting) {
		s.printf("%s in %s (%s, %s)\n", v.Me.Name, v.Workspace, v.Currency, v.Zone)
		s.printf("%s a week, an hour is worth %s, %s\n", work.HoursWords(v.Capacity), v.HourPrice.Format(v.Currency), reviewWords(v))
	})
}
