package cli

import (
	"io"
	"net/http"
	"time"
)

// The server's patience. It is with silence, not with length: a huge file on a
// slow line, or an import that takes minutes to apply, is cut off by no clock,
// while a line that says nothing, or next to nothing for ever, is.
const (
	headerPatience  = 10 * time.Second
	silencePatience = time.Minute      // between two pieces of a body, and for each piece of an answer to be taken
	bodyPatience    = 10 * time.Minute // for a whole body, and as long again as it takes at slowest
	slowest         = 8 << 10          // bytes a second
	idlePatience    = 2 * time.Minute
	stopPatience    = 4 * time.Second
)

// patient gives each request deadlines that move as long as something moves.
func patient(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		line := http.NewResponseController(w)
		if r.Body != nil && r.Body != http.NoBody {
			r.Body = &slowBody{ReadCloser: r.Body, line: line, began: time.Now()}
			defer func() { _ = line.SetReadDeadline(time.Now().Add(silencePatience)) }() // for what nobody read of it
		}
		next.ServeHTTP(&slowAnswer{ResponseWriter: w, line: line}, r)
		_ = line.SetWriteDeadline(time.Now().Add(silencePatience)) // for what is still to be sent
	})
}

// slowBody is a body whose deadline moves with every piece that came.
type slowBody struct {
	io.ReadCloser
	line  *http.ResponseController
	began time.Time
	bytes int64
}

// Read implements io.Reader.
func (b *slowBody) Read(p []byte) (int, error) {
	end := b.began.Add(bodyPatience + time.Duration(b.bytes/slowest)*time.Second)
	if quiet := time.Now().Add(silencePatience); quiet.Before(end) {
		end = quiet
	}
	_ = b.line.SetReadDeadline(end) // a line without deadlines has none to move
	n, err := b.ReadCloser.Read(p)
	b.bytes += int64(n)
	if err != nil {
		_ = b.line.SetReadDeadline(time.Time{}) // nothing more is waited for
	}
	return n, err
}

// slowAnswer gives every piece of an answer its own time to be taken.
type slowAnswer struct {
	http.ResponseWriter
	line *http.ResponseController
}

// Write implements io.Writer.
func (a *slowAnswer) Write(p []byte) (int, error) {
	_ = a.line.SetWriteDeadline(time.Now().Add(silencePatience))
	return a.ResponseWriter.Write(p)
}

// Unwrap lets a ResponseController find the line below.
func (a *slowAnswer) Unwrap() http.ResponseWriter { return a.ResponseWriter }
