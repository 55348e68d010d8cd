//go:build unix

package cli

import "golang.org/x/sys/unix"

// room is how many bytes are free for Baton on the disk of a directory.
func room(dir string) (uint64, error) {
	var fs unix.Statfs_t
	err := unix.Statfs(dir, &fs)
	return fs.Bavail * uint64(fs.Bsize), err
}
