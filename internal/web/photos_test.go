package web

import (
	"bytes"
	"image"
	"image/jpeg"
	"net/http"
	"net/url"
	"testing"

	"baton/internal/app/clock"
)

func picture(t *testing.T) string {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, image.NewRGBA(image.Rect(0, 0, 64, 48)), nil); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestBothSidesShowPhotos: a guest shows the giver how it looks now, both see
// it, nobody else does, each takes away what they may, and time takes the rest.
func TestBothSidesShowPhotos(t *testing.T) {
	dana := newSite(t)
	page, link := dana.offeredTo("Clean the rooms 3h", "Bright Homes", url.Values{"brief.outcome": {"The rooms are clean."}})
	other, otherLink := dana.offeredTo("Wash the windows 2h", "Clear View", url.Values{"brief.outcome": {"One sees through."}})
	guest := dana.stranger()
	dana.sendFile(page+"/photos", "hall.jpg", picture(t), "caption", "How it should look").is(http.StatusOK)
	guest.get(link).is(http.StatusOK).has("#photos", "How it should look").has("#photos", "Dana Reyes")
	got := guest.sendFile(link+"/photos", "hall.jpg", picture(t), "caption", "The hall, done").is(http.StatusOK)
	if n := got.doc.Find("#photos img[alt]").Length(); n != 2 {
		t.Errorf("%d photos are shown", n)
	}
	if n := got.doc.Find("#photos button.tight").Length(); n != 1 {
		t.Errorf("a guest may take %d photos away", n)
	}
	seen := dana.get(page).has("#photos", "The hall, done").has(".timeline", "Bright Homes added a photo")
	file := seen.doc.Find("#photos img").First().AttrOr("src", "")
	raw := dana.get(file).is(http.StatusOK)
	for name, want := range map[string]string{
		"Content-Type": "image/jpeg", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'",
	} {
		if got := raw.header.Get(name); got != want {
			t.Errorf("%s is %q", name, got)
		}
	}
	id := file[len(page+"/photos/"):]
	guest.get(link + "/photos/" + id).is(http.StatusOK)
	guest.get(otherLink + "/photos/" + id).is(http.StatusNotFound)
	dana.get(other + "/photos/" + id).is(http.StatusNotFound)
	guest.get(file).has("h1", "Sign in to Baton")

	guest.sendFile(link+"/photos", "", "", "caption", "Nothing").is(http.StatusUnprocessableEntity).has(".wrong", "Choose a photo first.")
	guest.sendFile(link+"/photos", "letter.txt", "Dear Dana", "caption", "A letter").is(http.StatusUnprocessableEntity).has(".wrong", "not a photo")
	first := got.doc.Find("#photos img").Last().AttrOr("src", "")
	guest.post(first+"/removal", nil).has(".notice", "Whoever added a photo, or the giver, takes it away.")
	guest.post(link+"/photos/"+id+"/removal", nil).is(http.StatusOK)
	dana.get(file).is(http.StatusNotFound)

	dana.now = dana.now.AddDate(0, 0, 91)
	if err := clock.Advance(t.Context(), dana.app, dana.now); err != nil {
		t.Fatal(err)
	}
	if n := dana.get(page).doc.Find("#photos img").Length(); n != 0 {
		t.Errorf("%d photos stay after their time", n)
	}
}
