package cli

import (
	"bufio"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"baton/internal/app/backups"
	"baton/internal/store"
	"baton/internal/work"
)

type backupCmd struct {
	File       string   `arg:"" optional:"" help:"Where to: a file that is not there yet, a directory in which it is named after the time, or - for standard output. Without one, see how the backups stand that the server makes."`
	Recipient  []string `help:"Lock it with age for whoever has the key of this recipient; several may open it." placeholder:"AGE1…"`
	Passphrase string   `name:"passphrase-file" help:"Lock it with age and the passphrase in this file." env:"BATON_PASSPHRASE_FILE" placeholder:"FILE"`
}

// Run writes a backup while others go on, and says what is in it.
func (c *backupCmd) Run(s *session) error {
	if c.File == "" {
		return show(s, http.MethodGet, "backup", nil, nil, func(h backups.Health) { s.printf("%s", strings.Join(append(healthWords(h), ""), "\n")) })
	}
	if s.Server != "" {
		return work.Errorf(work.Invalid, "A backup is made where the database is; leave --server out.")
	}
	passphrase, err := s.passphrase(c.Passphrase)
	if err != nil {
		return err
	}
	to, err := backups.Recipients(c.Recipient, passphrase)
	if err != nil {
		return err
	}
	a, err := s.open(store.Options{Look: true, Older: true})
	if err != nil {
		return err
	}
	if c.File == "-" {
		_, err := backups.Stream(s.ctx, a, s.Out, to)
		return err
	}
	made, err := backups.Write(s.ctx, a, c.File, to)
	if err != nil {
		return err
	}
	if s.JSON {
		return s.json(made)
	}
	s.printf("%s: %d rows of %d tables, read back and whole; %d kB.\n", made.File, made.Rows(), len(made.Tables), (made.Bytes+1023)/1024)
	return nil
}

// healthWords says how the backups stand.
func healthWords(h backups.Health) (lines []string) {
	if h.Last != nil {
		lines = append(lines, fmt.Sprintf("The last one: %s, %s, %d kB, on the server %s.", h.Last.At.Format("2006-01-02 15:04 MST"), h.Last.File, (h.Last.Bytes+1023)/1024, h.Last.Server))
	}
	for _, l := range []string{h.Worry, h.Problem} {
		if l != "" {
			lines = append(lines, l)
		}
	}
	return lines
}

// passphrase is the first line of a file; "" where none is named.
func (s *session) passphrase(file string) (string, error) {
	if file == "" {
		return "", nil
	}
	body, err := s.readAll(file)
	if err != nil {
		return "", err
	}
	line, _, _ := strings.Cut(string(body), "\n")
	if line = strings.TrimSuffix(line, "\r"); line == "" {
		return "", work.FieldError("passphrase-file", "There is no passphrase in the first line of %s.", file)
	}
	return line, nil
}

type restoreCmd struct {
	File       string `arg:"" help:"A backup or an export; - is standard input."`
	Identity   string `help:"The file with the age key that opens a locked backup." placeholder:"FILE"`
	Passphrase string `name:"passphrase-file" help:"The file with the passphrase that opens a locked backup." env:"BATON_PASSPHRASE_FILE" placeholder:"FILE"`
	Check      bool   `help:"Only see whether the backup is whole."`
}

// Run brings a backup or an export back into an empty local database.
func (c *restoreCmd) Run(s *session) error {
	file, _, err := s.source(c.File)
	if err != nil {
		return err
	}
	from := bufio.NewReader(file)
	if backups.IsBackup(from) {
		return errors.Join(c.restore(s, from), file.Close())
	}
	if c.Check {
		return errors.Join(work.Errorf(work.Invalid, "%s is no backup of Baton.", c.File), file.Close())
	}
	return errors.Join(s.restore(from), file.Close())
}

func (c *restoreCmd) restore(s *session, from *bufio.Reader) (err error) {
	if s.Server != "" {
		return work.Errorf(work.Invalid, "A backup is brought back where the database is; leave --server out.")
	}
	passphrase, err := s.passphrase(c.Passphrase)
	if err != nil {
		return err
	}
	var key []byte
	if c.Identity != "" {
		if key, err = s.readAll(c.Identity); err != nil {
			return err
		}
	}
	keys, err := backups.Identities(key, passphrase)
	if err != nil {
		return err
	}
	b, err := backups.Open(s.ctx, from, keys)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	if !c.Check {
		a, err := s.open(store.Options{})
		if err != nil {
			return err
		}
		if err := b.Restore(s.ctx, a); err != nil {
			return err
		}
	}
	if s.JSON {
		return s.json(b.Backup)
	}
	what := "are back"
	if c.Check {
		what = "are whole"
	}
	s.printf("%d rows of %d tables from %s %s.\n", b.Rows(), len(b.Tables), b.MadeAt.Format("2006-01-02 15:04 MST"), what)
	return nil
}
