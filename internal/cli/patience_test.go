package cli

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// line is an answer whose deadlines are noted.
type line struct {
	*httptest.ResponseRecorder
	read, write []time.Time
}

// SetReadDeadline notes when reading is given up.
func (l *line) SetReadDeadline(at time.Time) error {
	l.read = append(l.read, at)
	return nil
}

// SetWriteDeadline notes when writing is given up.
func (l *line) SetWriteDeadline(at time.Time) error {
	l.write = append(l.write, at)
	return nil
}

// slowly gives a byte every so often.
type slowly struct {
	left int
	each time.Duration
}

// Read implements io.Reader.
func (s *slowly) Read(p []byte) (int, error) {
	time.Sleep(s.each)
	if s.left--; s.left < 0 {
		return 0, io.EOF
	}
	return copy(p, "x"), nil
}

// TestPatience sends bodies on a clock of its own and looks how long the
// server would have waited for their last piece.
func TestPatience(t *testing.T) {
	for _, row := range []struct {
		name string
		body io.Reader
		cut  bool // a line would have been given up
	}{
		{"a body at once", strings.NewReader(strings.Repeat("x", 1<<20)), false},
		{"half a minute between pieces", &slowly{10, 30 * time.Second}, false},
		{"two minutes between pieces", &slowly{2, 2 * time.Minute}, true},
		{"a byte every half minute for ever", &slowly{100, 30 * time.Second}, true},
	} {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l, cut := &line{ResponseRecorder: httptest.NewRecorder()}, false
				r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", io.NopCloser(row.body))
				patient(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					piece := make([]byte, 4096)
					for {
						_, err := r.Body.Read(piece)
						if err != nil {
							break
						}
						cut = cut || l.read[len(l.read)-1].Before(time.Now())
					}
					if !l.read[len(l.read)-1].IsZero() {
						t.Error("a line is given up while its request is worked on")
					}
					time.Sleep(time.Hour)
					_, _ = w.Write([]byte("done"))
				})).ServeHTTP(l, r)
				if cut != row.cut {
					t.Errorf("cut off: %v", cut)
				}
				if last := l.write[len(l.write)-1]; last.Before(time.Now()) {
					t.Error("there is no time to take the answer")
				}
			})
		})
	}
}
