package web

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"testing"
)

// sendFile sends a form with a file as a browser would.
func (s *site) sendFile(path, name, body string, values ...string) *sheet {
	s.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i+1 < len(values); i += 2 {
		_ = w.WriteField(values[i], values[i+1]) // a buffer takes all
	}
	part, _ := w.CreateFormFile("file", name)
	_, _ = part.Write([]byte(body))
	_ = w.WriteField("pasted", "")
	_ = w.Close()
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.app.URL+path, &b)
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return s.send(r)
}

func TestAFileIsLookedAtImportedAndTakenBack(t *testing.T) {
	s := newSite(t)
	list := "- [ ] Order exam supplies\n- [ ] Write the rota\n"
	would := s.sendFile(s.to("/import/preview"), "list.md", list, "format", "").is(http.StatusOK)
	would.has("main", "2 new, read as Plain text or Markdown checklist. Nothing is changed yet.")
	would.has("main table", "Order exam supplies")
	s.get(s.to("/plate")).lacks(".rows", "Order")
	carried := would.values(`form:has([name=carried])`)
	done := s.sendFile(s.to("/import"), "", "", "format", carried.Get("format"), "name", carried.Get("name"), "carried", carried.Get("carried")).is(http.StatusOK)
	done.has("h1", "list.md")
	s.get(s.to("/plate")).has(".rows", "Order exam supplies")
	again := s.sendFile(s.to("/import"), "list.md", list).is(http.StatusOK)
	again.has(".toast", "nothing changed")
	back := s.post(again.doc.Find(`form[action$="/withdrawal"]`).AttrOr("action", ""), nil).is(http.StatusOK)
	back.has("main", "2 things it created are gone")
	s.get(s.to("/plate")).lacks(".rows", "Order")
}

func TestAfterPeopleComeThePlanAndTheirPage(t *testing.T) {
	s := newSite(t)
	done := s.sendFile(s.to("/import"), "people.csv", "name,kind,skills\nImani,teammate,scheduling:4\n").is(http.StatusOK)
	done.has("main", "1 new.")
	done.has("main", "People as CSV")
	for _, want := range []string{"/plan", "/people"} {
		if done.doc.Find(`main a[href="`+s.to("%s", want)+`"]`).Length() == 0 {
			t.Errorf("nothing leads from the import of people to %s", want)
		}
	}
	done.lacks("main", "two questions")
}

func TestAFileThatIsNoListIsRefusedWithASentence(t *testing.T) {
	s := newSite(t)
	s.sendFile(s.to("/import"), "", "").is(http.StatusUnprocessableEntity).has("#f-file-wrong", "Choose a file")
	s.sendFile(s.to("/import"), "list.csv", "\x00\x01\x02\x03", "format", "todoist").is(http.StatusUnprocessableEntity)
	unknown := s.sendFile(s.to("/import"), "x.json", `{"a":1}`).is(http.StatusUnprocessableEntity)
	unknown.has("#f-format-wrong", "is in no format that is known")
	unknown.lacks("main", "--")
}
