package importer

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
)

// inMemory is how much of a spooled file stays in memory.
const inMemory = 1 << 20

// Spool keeps a stream so that it can be read more than once, for formats whose
// end explains their beginning: in memory while it is short, in a temporary
// file otherwise. fn may call again as often as it likes.
func Spool(r io.Reader, fn func(again func() (io.Reader, error)) error) (err error) {
	var head bytes.Buffer
	if _, err := io.CopyN(&head, r, inMemory); errors.Is(err, io.EOF) {
		return fn(func() (io.Reader, error) { return bytes.NewReader(head.Bytes()), nil })
	} else if err != nil {
		return fmt.Errorf("read the file: %w", err)
	}
	f, err := os.CreateTemp("", "baton-import-*")
	if err != nil {
		return fmt.Errorf("spool the file: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close(), os.Remove(f.Name())) }()
	if _, err := io.Copy(f, io.MultiReader(&head, r)); err != nil {
		return fmt.Errorf("spool the file: %w", err)
	}
	return fn(func() (io.Reader, error) {
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return nil, fmt.Errorf("read the file again: %w", err)
		}
		return f, nil
	})
}
