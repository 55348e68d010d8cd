//go:build !unix

package cli

import "errors"

// room is how many bytes are free for Baton on the disk of a directory.
func room(string) (uint64, error) { return 0, errors.New("not on this system") }
