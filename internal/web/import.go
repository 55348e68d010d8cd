package web

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"baton/internal/app"
	"baton/internal/app/imports"
	"baton/internal/importer/formats"
	"baton/internal/store"
	"baton/internal/work"
)

// importPages registers bringing lists here from other programs.
func (s *server) importPages() {
	s.member("GET /import", (*visit).importPage)
	s.upload("POST /import", (*visit).importNow)
	s.upload("POST /import/preview", (*visit).importPreview)
	s.member("GET /imports/{import}", (*visit).importResult)
	s.member("POST /imports/{import}/withdrawal", (*visit).takeImportBack)
}

// An intake is what the Import page shows.
type intake struct {
	Form    *form
	Before  []imports.Import // earlier ones, the newest first
	Preview *imports.Import
	Carried string // the file, compressed and in text, where it is small enough to be sent along
}

func (v *visit) intake(f *form) (intake, error) {
	list, err := do(v, imports.List, app.Whole)
	return intake{Form: f, Before: list.Items}, err
}

func (v *visit) importPage() error {
	in, err := v.intake(fields("format", v.r.URL.Query().Get("format")))
	if err != nil {
		return err
	}
	return v.show("Import", "plate", importView(v, in))
}

// An upload is a form with a file, read as it comes: fields stand before the
// file, and the file is a stream.
type upload struct {
	form *form
	name string
	file io.Reader // nil without one
}

// readUpload reads the form up to its file.
func (v *visit) readUpload() (*upload, error) {
	parts, err := v.r.MultipartReader()
	if err != nil {
		return nil, work.Errorf(work.Invalid, "Send the form of the page.")
	}
	u := &upload{form: fields()}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if part.FormName() == "file" && part.FileName() != "" {
			u.name, u.file = part.FileName(), part
			return u, nil
		}
		if err := u.field(part); err != nil {
			return nil, err
		}
	}
	return u, u.typed()
}

func (u *upload) field(part *multipart.Part) error {
	text, err := io.ReadAll(io.LimitReader(part, maxField))
	if err == nil {
		u.form.Set(part.FormName(), string(text))
	}
	return err
}

// typed takes the file from what was pasted, or carried along by a preview.
func (u *upload) typed() error {
	if carried := u.form.Get("carried"); carried != "" {
		file, err := unpack(carried)
		u.name, u.file = u.form.Get("name"), file
		return err
	}
	if pasted := u.form.text("pasted"); pasted != "" {
		u.file = strings.NewReader(u.form.Get("pasted"))
		return nil
	}
	return work.FieldError("file", "Choose a file, or paste a list.")
}

// importPreview says what an import would do, and brings the file along.
func (v *visit) importPreview() error {
	u, err := v.readUpload()
	kept := newParcel()
	var would imports.Import
	if err == nil {
		body := io.TeeReader(u.file, kept)
		would, err = do(v, imports.Start, imports.File{Format: u.form.Get("format"), Name: u.name, DryRun: true, Body: body})
	}
	if err != nil {
		return v.refuseImport(u, err)
	}
	in, err := v.intake(u.form)
	if err != nil {
		return err
	}
	in.Preview = &would
	in.Carried = kept.text()
	return v.show("Import", "plate", importView(v, in))
}

func (v *visit) importNow() error {
	u, err := v.readUpload()
	var done imports.Import
	if err == nil {
		done, err = do(v, imports.Start, imports.File{Format: u.form.Get("format"), Name: u.name, Body: u.file})
	}
	if err != nil {
		return v.refuseImport(u, err)
	}
	if done.Import == 0 {
		return v.leave(v.to("/import"), toast{Text: "All of it is here already; nothing changed."})
	}
	return v.leave(v.to("/imports/%d", done.Import), toast{Text: "Imported."})
}

// refuseImport shows the form again with what is wrong with the file.
func (v *visit) refuseImport(u *upload, err error) error {
	f := fields()
	if u != nil {
		f = u.form
	}
	if !f.refuse(err, "file", "format", "pasted") {
		return err
	}
	in, err := v.intake(f)
	if err != nil {
		return err
	}
	return v.showAs(http.StatusUnprocessableEntity, "Import", "plate", importView(v, in))
}

func (v *visit) importResult() error {
	number, err := number[work.ImportID](v, "import")
	if err != nil {
		return err
	}
	done, err := do(v, imports.Show, imports.AskImport{Import: number})
	if err != nil {
		return err
	}
	return v.show("Import", "plate", importedView(v, done))
}

func (v *visit) takeImportBack() error {
	number, err := number[work.ImportID](v, "import")
	if err != nil {
		return err
	}
	back, err := do(v, imports.TakeBack, imports.AskImport{Import: number})
	if err != nil {
		return v.act(v.to("/import"), err, "")
	}
	return v.show("Import taken back", "plate", withdrawnView(v, back))
}

// formatOptions are the formats a file can be forced to.
func formatOptions() []option {
	out := []option{{"", "Find out from the file"}}
	for _, f := range formats.All {
		out = append(out, option{f.Name, capital(f.Words)})
	}
	return out
}

// importWords sums up what an import did or would do.
func importWords(m imports.Import) string {
	var parts []string
	for _, part := range []struct {
		n     int
		words string
	}{{m.Created, " new"}, {m.Updated, " updated"}, {m.Unchanged, " as before"}, {len(m.Skipped) + m.MoreSkipped, " not imported"}} {
		if part.n > 0 {
			parts = append(parts, strconv.Itoa(part.n)+part.words)
		}
	}
	if len(parts) == 0 {
		return "nothing"
	}
	return strings.Join(parts, ", ")
}

// formatWords says what a file was read as.
func formatWords(name string) string {
	for _, f := range formats.All {
		if f.Name == name {
			return capital(f.Words)
		}
	}
	return name
}

// ofPeople reports whether an import brought people, not tasks.
func ofPeople(m imports.Import) bool { return m.Format == formats.People }

// verdictTone is the colour of what becomes of a row.
func verdictTone(r store.RowVerdict) string {
	switch r {
	case store.RowCreated:
		return "calm"
	case store.RowUpdated:
		return "blue"
	}
	return ""
}

// rowWords says what would become of a row.
func rowWords(r store.RowVerdict) string {
	switch r {
	case store.RowCreated:
		return "new"
	case store.RowUnchanged:
		return "as before"
	}
	return string(r)
}

// reasoned reports whether some row has a reason to show.
func reasoned(rows []imports.Preview) bool {
	return slices.ContainsFunc(rows, func(p imports.Preview) bool { return p.Reason != "" })
}

func previewTitle(m imports.Import) string {
	if m.Name == "" {
		return "What your list would do"
	}
	return "What " + m.Name + " would do"
}
