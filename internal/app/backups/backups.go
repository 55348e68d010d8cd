// Package backups writes the whole database to one file and brings it back.
//
// A backup is a SQLite database, made by the store, in gzip, and in age where
// it is locked: gunzip, or age and gunzip, give the database. It is written
// beside its place under another name, synced, read back and only then named,
// so that a file with a backup's name is a whole one.
package backups

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"

	"baton/internal/app"
	"baton/internal/store"
	"baton/internal/work"
)

// Made is a backup that was written.
type Made struct {
	File  string `json:"file"`
	Bytes int64  `json:"bytes"`
	store.Backup
}

// Name is what a backup made now is called in a directory.
func Name(a *app.App, to []age.Recipient) string {
	name := "baton-" + a.Now().Format("20060102-150405") + ".db.gz"
	if len(to) > 0 {
		name += ".age"
	}
	return name
}

// Write backs up the database to a file that is not there yet, or to one named
// after the time in a directory, and locks it for recipients if there are any.
func Write(ctx context.Context, a *app.App, path string, to []age.Recipient) (m Made, err error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		path = filepath.Join(path, Name(a, to))
	}
	if _, err := os.Lstat(path); err == nil {
		return m, errThere(path)
	}
	dir, err := os.MkdirTemp(filepath.Dir(path), unfinished+"*")
	if err != nil {
		return m, unwritable(path, err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	part := filepath.Join(dir, "part")
	out, err := os.OpenFile(part, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return m, unwritable(path, err)
	}
	m.File = path
	wrote := sha256.New()
	m.Backup, err = writeTo(ctx, a, io.MultiWriter(out, wrote), dir, to)
	if err == nil {
		m.Bytes, err = readBack(out, wrote)
	}
	if err = errors.Join(err, out.Close()); err != nil {
		return m, unwritable(path, err)
	}
	return m, unwritable(path, name(part, path))
}

// unfinished is how the directory of a backup begins that is being written.
const unfinished = ".baton-backup-"

// Stream backs up the database to a writer.
func Stream(ctx context.Context, a *app.App, w io.Writer, to []age.Recipient) (b store.Backup, err error) {
	dir, err := os.MkdirTemp("", unfinished+"*")
	if err != nil {
		return b, unwritable(os.TempDir(), err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	return writeTo(ctx, a, w, dir, to)
}

// writeTo makes the backup in a directory, as a database that is read back and
// checked, and hands it on in its wrappings.
func writeTo(ctx context.Context, a *app.App, w io.Writer, dir string, to []age.Recipient) (b store.Backup, err error) {
	plain := filepath.Join(dir, "backup.db")
	if b, err = a.Store.Backup(ctx, plain, a.Now()); err != nil {
		return b, err
	}
	from, err := os.Open(plain)
	if err != nil {
		return b, err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	var locked io.WriteCloser
	if len(to) > 0 {
		if locked, err = age.Encrypt(w, to...); err != nil {
			return b, fmt.Errorf("lock the backup: %w", err)
		}
		w = locked
	}
	zip := gzip.NewWriter(w)
	_, err = io.Copy(zip, reader{ctx, from})
	if err = errors.Join(err, zip.Close()); err == nil && locked != nil {
		err = locked.Close()
	}
	return b, err
}

// A reader ends with its context.
type reader struct {
	ctx context.Context
	io.Reader
}

// Read implements io.Reader.
func (r reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p)
}

// readBack syncs a file and compares what is in it with what was written.
func readBack(f *os.File, wrote hash.Hash) (int64, error) {
	if err := f.Sync(); err != nil {
		return 0, err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return 0, err
	}
	has := sha256.New()
	n, err := io.Copy(has, f)
	if err == nil && !bytes.Equal(has.Sum(nil), wrote.Sum(nil)) {
		err = errors.New("the disk gives back something else than was written")
	}
	return n, err
}

// name gives a file its name, unless there is one of that name.
func name(part, path string) error {
	if err := os.Link(part, path); err != nil {
		if _, there := os.Lstat(path); there == nil {
			return errThere(path)
		}
		if err := os.Rename(part, path); err != nil { // a disk without links
			return err
		}
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	_ = dir.Sync() // some systems cannot
	return dir.Close()
}

func errThere(path string) error {
	return work.Errorf(work.Conflict, "There is a file %s already, and a backup is not written over anything; name another one.", path)
}

// unwritable says why a backup could not be written to a place.
func unwritable(path string, err error) error {
	var at *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &at):
		return work.Errorf(work.Full, "%s cannot be written: %s.", path, at.Err)
	case errors.As(err, &link):
		return work.Errorf(work.Full, "%s cannot be written: %s.", path, link.Err)
	}
	return err
}

// Recipients reads who can open a locked backup: age recipients (age1…), or
// whoever knows a passphrase.
func Recipients(keys []string, passphrase string) (all []age.Recipient, err error) {
	for _, key := range keys {
		some, err := age.ParseRecipients(strings.NewReader(key))
		if err != nil {
			return nil, work.FieldError("recipient", "%q is not a recipient of age; it begins with age1, and age-keygen -y prints it.", key)
		}
		all = append(all, some...)
	}
	switch {
	case passphrase == "":
		return all, nil
	case len(all) > 0:
		return nil, work.Errorf(work.Invalid, "A backup is locked for recipients or with a passphrase, not both.")
	}
	by, err := age.NewScryptRecipient(passphrase)
	return []age.Recipient{by}, err
}

// Identities reads what opens a locked backup: a file of age identities, or a
// passphrase; neither for one that is not locked.
func Identities(file []byte, passphrase string) (all []age.Identity, err error) {
	if len(file) > 0 {
		if all, err = age.ParseIdentities(bytes.NewReader(file)); err != nil {
			return nil, work.FieldError("identity", "The file holds no identity of age; age-keygen makes one.")
		}
	}
	if passphrase != "" {
		by, err := age.NewScryptIdentity(passphrase)
		if err != nil {
			return nil, fmt.Errorf("read the passphrase: %w", err)
		}
		all = append(all, by)
	}
	return all, nil
}

// An Opened is a backup out of its wrappings, found whole, in a directory of
// its own that Close takes away.
type Opened struct {
	store.Backup
	dir string
}

// Close takes the file away.
func (o *Opened) Close() error { return os.RemoveAll(o.dir) }

// Open takes a backup out of its wrappings and checks every row of it.
func Open(ctx context.Context, from io.Reader, keys []age.Identity) (*Opened, error) {
	dir, err := os.MkdirTemp("", "baton-restore-*")
	if err != nil {
		return nil, unwritable(os.TempDir(), err)
	}
	o := &Opened{dir: dir}
	if err := o.unpack(bufio.NewReader(reader{ctx, from}), keys); err != nil {
		return nil, errors.Join(err, o.Close())
	}
	if o.Backup, err = store.InspectBackup(ctx, o.file()); err != nil {
		return nil, errors.Join(err, o.Close())
	}
	return o, nil
}

// unpack writes the database inside a backup to the directory.
func (o *Opened) unpack(from *bufio.Reader, keys []age.Identity) error {
	plain, err := unwrapped(from, keys)
	if err != nil {
		return err
	}
	out, err := os.OpenFile(o.file(), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return unwritable(o.file(), err)
	}
	_, err = io.Copy(out, plain)
	if err = errors.Join(err, out.Close()); err == nil {
		return nil
	}
	if at := (*fs.PathError)(nil); errors.As(err, &at) {
		return unwritable(at.Path, err)
	}
	return errDamaged(err)
}

func (o *Opened) file() string { return filepath.Join(o.dir, "backup.db") }

// Restore fills an empty database with an opened backup: all of it or nothing.
func (o *Opened) Restore(ctx context.Context, a *app.App) error {
	_, err := a.Store.BringBack(ctx, o.file())
	return err
}

// ageBegins is how a locked backup begins.
const ageBegins = "age-encryption.org/v1\n"

// unwrapped is the database inside a backup.
func unwrapped(from *bufio.Reader, keys []age.Identity) (io.Reader, error) {
	if head, _ := from.Peek(len(ageBegins)); string(head) == ageBegins { // less when there is less
		if len(keys) == 0 {
			return nil, work.Errorf(work.Invalid, "The backup is locked; give the key with --identity FILE, or the passphrase with --passphrase-file FILE.")
		}
		open, err := age.Decrypt(from, keys...)
		if wrong := (*age.NoIdentityMatchError)(nil); errors.As(err, &wrong) {
			return nil, work.Errorf(work.Forbidden, "The backup is locked for another key or with another passphrase.")
		}
		if err != nil {
			return nil, errDamaged(err)
		}
		from = bufio.NewReader(open)
	}
	if head, _ := from.Peek(2); !bytes.Equal(head, []byte{0x1f, 0x8b}) {
		return from, nil // a database that was unpacked by hand, or nothing of ours
	}
	zip, err := gzip.NewReader(from)
	if err != nil {
		return nil, errDamaged(err)
	}
	return zip, nil
}

func errDamaged(err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	return work.Errorf(work.Invalid, "The backup is damaged or cut off (%s); use another one.", strings.TrimPrefix(err.Error(), "gzip: "))
}

// IsBackup reports whether what is about to be read begins like a backup.
func IsBackup(from *bufio.Reader) bool {
	head, _ := from.Peek(len(ageBegins)) // less when there is less
	return string(head) == ageBegins || bytes.HasPrefix(head, []byte{0x1f, 0x8b}) || bytes.HasPrefix(head, []byte("SQLite format 3\x00"))
}
