package web

import (
	"bytes"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

func TestAParcelBringsTheFileBack(t *testing.T) {
	noise := make([]byte, mostPacked+1<<20)
	seed := rand.New(rand.NewPCG(1, 2))
	for i := range noise {
		noise[i] = byte(seed.Uint32())
	}
	for _, c := range []struct {
		name    string
		file    []byte
		travels bool
	}{
		{"empty", nil, true},
		{"a long list", bytes.Repeat([]byte("Order supplies every friday 45m #clinic\n"), 200_000), true},
		{"noise beyond the limit", noise, false},
	} {
		p := newParcel()
		if _, err := io.Copy(p, bytes.NewReader(c.file)); err != nil {
			t.Fatal(err)
		}
		carried := p.text()
		if (carried != "") != c.travels || len(carried) > maxField {
			t.Errorf("%s: %d characters travel", c.name, len(carried))
		}
		if !c.travels {
			continue
		}
		file, err := unpack(carried)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		back, err := io.ReadAll(file)
		if err != nil || !bytes.Equal(back, c.file) {
			t.Errorf("%s: %d of %d bytes come back, %v", c.name, len(back), len(c.file), err)
		}
	}
	if _, err := unpack("bm90IGEgcGFyY2Vs"); err == nil {
		t.Error("what is no parcel is unpacked")
	}
}

// TestALargeFileIsCarriedByItsPreview imports more than half a megabyte
// without choosing it twice.
func TestALargeFileIsCarriedByItsPreview(t *testing.T) {
	s := newSite(t)
	var list strings.Builder
	for i := range 400 {
		list.WriteString("- [ ] Task " + strconv.Itoa(i) + "\n  " + strings.Repeat("A long note about it. ", 80) + "\n")
	}
	would := s.sendFile(s.to("/import/preview"), "long.md", list.String(), "format", "").is(http.StatusOK)
	would.has("main", "400 new")
	carried := would.values(`form:has([name=carried])`)
	done := s.sendFile(s.to("/import"), "", "", "format", "", "name", carried.Get("name"), "carried", carried.Get("carried")).is(http.StatusOK)
	done.has("main", "400 new.")
	s.sendFile(s.to("/import"), "", "", "carried", "damaged").is(http.StatusUnprocessableEntity).has("#f-file-wrong", "choose the file again")
}
