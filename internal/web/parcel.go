package web

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"io"
	"strings"

	"baton/internal/work"
)

// A parcel is a file that a preview brings along, so that it need not be
// chosen again and nothing of it is kept on the server meanwhile. It travels
// compressed: lists are mostly repetition.
type parcel struct {
	packed bytes.Buffer
	gz     *gzip.Writer
}

// mostPacked is how large a packed file may be to travel, in bytes; unpacked
// that is a list of tens of megabytes. maxField is how long a field of a form
// with a file may be: such a parcel in text.
const (
	mostPacked = 2 << 20
	maxField   = 2 * mostPacked
)

func newParcel() *parcel {
	p := &parcel{}
	p.gz = gzip.NewWriter(&p.packed)
	return p
}

// Write takes in more of the file, and never fails. A file too large to travel
// is let go of.
func (p *parcel) Write(b []byte) (int, error) {
	if p.packed.Len() > mostPacked {
		return len(b), nil
	}
	_, _ = p.gz.Write(b) // into memory
	return len(b), nil
}

// text is the parcel as a field of a form carries it; "" when it is too large.
func (p *parcel) text() string {
	_ = p.gz.Close() // into memory
	if p.packed.Len() > mostPacked {
		return ""
	}
	return base64.StdEncoding.EncodeToString(p.packed.Bytes())
}

// unpack returns the file that a form carried, no more of it than may be
// uploaded.
func unpack(carried string) (io.Reader, error) {
	file, err := gzip.NewReader(base64.NewDecoder(base64.StdEncoding, strings.NewReader(carried)))
	if err != nil {
		return nil, work.FieldError("file", "What the preview carried is damaged; choose the file again.")
	}
	return io.LimitReader(file, maxFile), nil
}
