package cli

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"

	"baton/client"
	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/work"
)

type photoCmd struct {
	List   listPhotosCmd  `cmd:"" default:"" help:"List the photos of a delegation."`
	Add    addPhotoCmd    `cmd:"" help:"Add a photo of what is to be done or of what was."`
	Save   savePhotoCmd   `cmd:"" help:"Save a photo as a JPEG file."`
	Remove removePhotoCmd `cmd:"" help:"Take a photo away."`
}

type listPhotosCmd struct{ on }

// Run lists photos.
func (c *listPhotosCmd) Run(s *session) error {
	id, err := s.delegation(c.Delegation, "")
	if err != nil {
		return err
	}
	return list(s, fmt.Sprintf("delegations/%d/photos", id), nil, func(all []delegations.Photo) {
		for i := range all {
			s.printPhoto(&all[i])
		}
		if len(all) == 0 {
			s.printf("No photos yet: baton photo add %s FILE\n", c.Delegation)
		}
	})
}

func (s *session) printPhoto(p *delegations.Photo) {
	s.printf("%d  %s, %s", p.ID, p.By.Name, s.local(p.At).Format("2 January 15:04"))
	if p.Caption != "" {
		s.printf(": %s", p.Caption)
	}
	s.printf("  (%d × %d, until %s)\n", p.Width, p.Height, s.local(p.Until).Format("2 January 2006"))
}

type addPhotoCmd struct {
	on
	File    string   `arg:"" help:"A JPEG, PNG or WebP file; - reads standard input."`
	Caption []string `arg:"" optional:"" help:"What it shows."`
}

// Run adds a photo.
func (c *addPhotoCmd) Run(s *session) error {
	id, err := s.delegation(c.Delegation, "")
	if err != nil {
		return err
	}
	file, _, err := s.source(c.File)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // it was only read
	query := url.Values{}
	if len(c.Caption) > 0 {
		query.Set("caption", strings.Join(c.Caption, " "))
	}
	req := client.Request{Method: http.MethodPost, Path: fmt.Sprintf("delegations/%d/photos", id), Query: query, Stream: bufio.NewReader(file)}
	return answer(s, req, func(p delegations.Photo) { s.printPhoto(&p) })
}

type savePhotoCmd struct {
	on
	Photo int64  `arg:"" help:"Its number."`
	File  string `arg:"" help:"Where to save it; a file that is there stays, and - is standard output."`
}

// Run saves a photo.
func (c *savePhotoCmd) Run(s *session) error {
	id, err := s.delegation(c.Delegation, "")
	if err != nil {
		return err
	}
	var p delegations.PhotoFile
	if err := s.get(fmt.Sprintf("delegations/%d/photos/%d", id, c.Photo), &p); err != nil {
		return err
	}
	if _, err := os.Lstat(c.File); err == nil {
		return work.FieldError("file", "%s is there already; name another file.", c.File)
	}
	err = s.toFile(c.File, func(w io.Writer) error { _, err := w.Write(p.JPEG); return err })
	switch {
	case err != nil || c.File == "-":
		return err
	case s.JSON:
		return s.json(p.Photo)
	}
	s.printPhoto(&p.Photo)
	return nil
}

type removePhotoCmd struct {
	on
	Photo int64 `arg:"" help:"Its number."`
}

// Run takes a photo away.
func (c *removePhotoCmd) Run(s *session) error {
	id, err := s.delegation(c.Delegation, "")
	if err != nil {
		return err
	}
	return show(s, http.MethodDelete, fmt.Sprintf("delegations/%d/photos/%d", id, c.Photo), nil, nil, func(app.None) { s.printf("It is gone.\n") })
}
