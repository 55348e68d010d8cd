package web

import (
	"net/http"
	"strconv"

	"baton/internal/app/delegations"
	"baton/internal/photo"
	"baton/internal/work"
)

// maxPhoto is how large a form with a photo may be.
const maxPhoto = photo.MostBytes + maxForm

// photoPages registers photos of a delegation, for both sides.
func (s *server) photoPages() {
	s.memberUpTo(maxPhoto, "POST /delegations/{delegation}/photos", (*visit).addPhoto)
	s.member("GET /delegations/{delegation}/photos", (*visit).moveAddress)
	s.member("GET /delegations/{delegation}/photos/{photo}", (*visit).photoFile)
	s.member("POST /delegations/{delegation}/photos/{photo}/removal", (*visit).removePhoto)
	s.guestUpTo(maxPhoto, "POST /guest/{secret}/photos", (*visit).addPhoto)
	s.guestOpen("GET /guest/{secret}/photos", (*visit).moveAddress)
	s.guestOpen("GET /guest/{secret}/photos/{photo}", (*visit).photoFile)
	s.guestOpen("POST /guest/{secret}/photos/{photo}/removal", (*visit).removePhoto)
}

// addPhoto keeps what a form brought.
func (v *visit) addPhoto() error {
	on, err := v.delegation()
	if err != nil {
		return err
	}
	u, err := v.readUpload()
	switch {
	case u != nil && u.file == nil:
		err = work.FieldError("file", "Choose a photo first.")
	case err == nil:
		_, err = do(v, delegations.AddPhoto, delegations.NewPhoto{On: on, Caption: u.form.text("caption"), Body: u.file})
	}
	if err == nil {
		return v.leave(v.base(on.Delegation)+"#photos", toast{Text: "The other side sees it now."})
	}
	f := fields()
	if u != nil {
		f = u.form
	}
	if !f.refuse(err, "file", "caption") {
		return err
	}
	a, failed := v.agreement(on, nil)
	if failed != nil {
		return failed
	}
	a.PhotoForm = f
	return v.showAgreement(http.StatusUnprocessableEntity, a)
}

func (v *visit) onPhoto() (delegations.OnPhoto, error) {
	on, err := v.delegation()
	if err != nil {
		return delegations.OnPhoto{}, err
	}
	id, err := number[work.PhotoID](v, "photo")
	return delegations.OnPhoto{On: on, Photo: id}, err
}

// photoFile answers with the file: to be looked at within a page, and by
// itself as nothing but a file.
func (v *visit) photoFile() error {
	on, err := v.onPhoto()
	if err != nil {
		return err
	}
	p, err := do(v, delegations.ShowPhoto, on)
	if err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", "image/jpeg")
	h.Set("Content-Length", strconv.Itoa(len(p.JPEG)))
	h.Set("Content-Disposition", `attachment; filename="photo-`+strconv.FormatInt(int64(p.ID), 10)+`.jpg"`)
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	h.Set("Cache-Control", "private, max-age=86400, immutable")
	_, err = v.w.Write(p.JPEG)
	return err
}

func (v *visit) removePhoto() error {
	on, err := v.onPhoto()
	if err != nil {
		return err
	}
	_, err = do(v, delegations.RemovePhoto, on)
	return v.act(v.base(on.Delegation)+"#photos", err, "It is gone.")
}

// photoWords says what a photo is of, for who does not see it.
func (v *visit) photoWords(p *delegations.Photo) string {
	words := "Photo of " + v.called(p.By) + ", " + v.since(p.At)
	if p.Caption != "" {
		words = p.Caption + ". " + words
	}
	return words
}

// photoAt is the address of a photo.
func (a *agreement) photoAt(p *delegations.Photo) string {
	return a.Base + "/photos/" + strconv.FormatInt(int64(p.ID), 10)
}

// mayAddPhoto reports whether the page asks its reader for a photo.
func (a *agreement) mayAddPhoto() bool { return a.State != work.Ended && a.Side != "" }
