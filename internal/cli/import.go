package cli

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"baton/client"
	"baton/internal/app"
	"baton/internal/app/imports"
	"baton/internal/importer/formats"
	"baton/internal/work"
)

type importCmd struct {
	File     string `arg:"" optional:"" help:"The file; - reads standard input."`
	Format   string `help:"Its format, when it is not found out: todoist, asana, trello, taskwarrior, mstodo, calendar, text, csv or people."`
	DryRun   bool   `help:"Say what would happen, and change nothing."`
	List     bool   `help:"List your imports."`
	Show     int64  `help:"Look at an import, with what it skipped." placeholder:"NUMBER"`
	TakeBack int64  `help:"Take an import back; what was changed since stays." placeholder:"NUMBER"`
}

// Run imports a file, lists imports or takes one back.
func (c *importCmd) Run(s *session) error {
	asked := 0
	for _, is := range []bool{c.File != "", c.List, c.Show != 0, c.TakeBack != 0} {
		if is {
			asked++
		}
	}
	switch {
	case asked != 1:
		return usageError{errors.New("name a file, or - for standard input, or use --list, --show NUMBER or --take-back NUMBER")}
	case c.List:
		return list(s, "imports", nil, s.printImports)
	case c.Show != 0:
		return show(s, http.MethodGet, fmt.Sprintf("imports/%d", c.Show), nil, nil, func(r imports.Import) { s.printImport(r, false) })
	case c.TakeBack != 0:
		return show(s, http.MethodPost, fmt.Sprintf("imports/%d/withdrawal", c.TakeBack), nil, nil, s.printWithdrawn)
	}
	return s.importFile(c.File, c.Format, c.DryRun)
}

type peopleImportCmd struct {
	File   string `arg:"" help:"The file; - reads standard input."`
	DryRun bool   `help:"Say what would happen, and change nothing."`
}

// Run imports people.
func (c *peopleImportCmd) Run(s *session) error {
	return s.importFile(c.File, formats.People, c.DryRun)
}

// importFile sends a file to the API as it is, without holding it.
func (s *session) importFile(path, format string, dry bool) error {
	file, name, err := s.source(path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // it was only read
	body := bufio.NewReader(file)
	if format == "" && !dry && isExport(body) {
		return s.restore(body)
	}
	c, err := s.api()
	if err != nil {
		return err
	}
	q := url.Values{"name": {name}}
	if format != "" {
		q.Set("format", format)
	}
	if dry {
		q.Set("dry_run", "true")
	}
	var raw json.RawMessage
	if err := c.Do(s.ctx, client.Request{Method: http.MethodPost, Path: "imports", Query: q, Stream: body}, &raw); err != nil {
		return withFlag(err, format)
	}
	if s.JSON {
		_, err := fmt.Fprintln(s.Out, strings.TrimSpace(string(raw)))
		return err
	}
	var r imports.Import
	if err := json.Unmarshal(raw, &r); err != nil {
		return fmt.Errorf("read the answer of imports: %w", err)
	}
	s.printImport(r, dry)
	return nil
}

// withFlag adds to a refusal for want of a format by which flag one is named:
// the sentence itself is for pages and the API, too.
func withFlag(err error, format string) error {
	var refused *client.Error
	if errors.As(err, &refused) && refused.Fields["format"] != "" && format == "" {
		refused.Message += " Name it with --format."
	}
	return err
}

// source opens a file, or standard input for "-".
func (s *session) source(path string) (io.ReadCloser, string, error) {
	if path == "-" {
		return io.NopCloser(s.In), "", nil
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, "", work.Errorf(work.NotFound, "There is no file %s.", path)
	}
	if err == nil {
		info, statErr := f.Stat()
		if statErr == nil && !info.IsDir() {
			return f, filepath.Base(path), nil
		}
		err = errors.Join(statErr, f.Close())
	}
	return nil, "", work.Errorf(work.Invalid, "The file %s cannot be read: %s.", path, plainly(err))
}

// readAll is what a file holds, or standard input for "-".
func (s *session) readAll(path string) ([]byte, error) {
	from, _, err := s.source(path)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(from)
	return text, errors.Join(err, from.Close())
}

// plainly is the reason of an error without the path and the call.
func plainly(err error) string {
	var path *fs.PathError
	switch {
	case err == nil:
		return "it is a directory"
	case errors.As(err, &path):
		return path.Err.Error()
	}
	return err.Error()
}

// shownRows is how much of a preview a terminal is shown.
const shownRows = 200

func (s *session) printImport(r imports.Import, dry bool) {
	noun := "tasks"
	if r.Format == formats.People {
		noun = "people"
	}
	for i, p := range r.Rows {
		if i == shownRows {
			s.printf("… and %d more\n", len(r.Rows)-i+r.MoreRows)
			break
		}
		s.printf("line %-5d %-9s %s\n", p.Line, p.Verdict, strings.TrimSpace(p.Title+"  "+strings.ReplaceAll(p.Reason, "\n", " ")))
	}
	for i, k := range r.Skipped {
		if i == shownRows {
			break
		}
		s.printf("line %-5d skipped   %s\n", k.Line, k.Reason)
	}
	if rest := len(r.Skipped) - shownRows; rest > 0 || r.MoreSkipped > 0 {
		s.printf("… and %d more skipped\n", max(rest, 0)+r.MoreSkipped)
	}
	if r.Created == 1 {
		noun = map[string]string{"tasks": "task", "people": "person"}[noun]
	}
	verb := ""
	if dry {
		verb = "would be "
	}
	s.printf("%s: %d %s %screated, %d updated, %d left alone, %d skipped.\n", r.Format, r.Created, noun, verb, r.Updated, r.Unchanged, len(r.Skipped)+r.MoreSkipped)
	if !dry && r.Created+r.Updated > 0 {
		s.printf("Take it back with: baton import --take-back %d\n", r.Import)
	}
}

func (s *session) printImports(all []imports.Import) {
	var rows [][]string
	for _, r := range all {
		rows = append(rows, []string{
			fmt.Sprint(r.Import), s.local(r.At).Format("2006-01-02"), r.Format, r.Name, strings.ReplaceAll(string(r.State), "_", " "),
			fmt.Sprint(r.Created), fmt.Sprint(r.Updated), fmt.Sprint(r.Unchanged), fmt.Sprint(r.MoreSkipped),
		})
	}
	if len(rows) == 0 {
		s.printf("Nothing there.\n")
		return
	}
	s.table("ID Date Format File State Created Updated Unchanged Skipped", rows)
}

func (s *session) printWithdrawn(u imports.Withdrawn) {
	for _, k := range u.Kept {
		s.printf("line %-5d kept      %s\n", k.Line, k.Reason)
	}
	if u.MoreKept > 0 {
		s.printf("… and %d more kept\n", u.MoreKept)
	}
	s.printf("Import %d is taken back: %d removed, %d restored, %d kept.\n", u.Import, u.Removed, u.Restored, int64(len(u.Kept))+u.MoreKept)
}

// resumeImports takes up imports that a stopped process left.
func (s *session) resumeImports(a *app.App) error {
	n, err := imports.Resume(s.ctx, a)
	if n > 0 && err == nil {
		_, _ = fmt.Fprintf(s.Err, "An import that was interrupted was taken up; see baton import --list.\n")
	}
	return err
}
