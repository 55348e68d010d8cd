// Package seal keeps secrets in the database that only the key file opens:
// whoever has the database or a backup of it alone does not have them.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"baton/internal/work"
)

// size is how long a key is, in bytes: AES-256.
const size = 32

// A Key seals and opens.
type Key struct {
	gcm cipher.AEAD
	mac []byte
}

// ErrOther says that something was sealed with another key.
var ErrOther = work.Errorf(work.Conflict, "This was sealed with another key file. Start Baton with the key file the database was used with (--key); without it, set it up anew.")

// Load reads the key file, and makes one for whoever runs the program alone
// when there is none.
func Load(path string) (*Key, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		text, err = newFile(path)
	}
	if err != nil {
		return nil, work.Errorf(work.Invalid, "The key file %s cannot be used: %s.", path, cause(err))
	}
	raw, err := base64.RawStdEncoding.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(raw) != size {
		return nil, work.Errorf(work.Invalid, "%s is no key file of Baton. Name the right one with --key; nothing was changed.", path)
	}
	return New(raw)
}

// Chance returns a key that is nowhere kept: for what lives as long as the
// process.
func Chance() (*Key, error) {
	var raw [size]byte
	_, _ = rand.Read(raw[:]) // never fails
	return New(raw[:])
}

// New returns the key of 32 bytes.
func New(raw []byte) (*Key, error) {
	block, err := aes.NewCipher(raw)
	if err != nil {
		return nil, fmt.Errorf("key: %w", err)
	}
	gcm, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("key: %w", err)
	}
	mac, err := hkdf.Key(sha256.New, raw, nil, "baton: keyed hashes", size)
	return &Key{gcm, mac}, err
}

// newFile writes a new key whole or not at all; of two programs that begin
// together one wins and both read its key.
func newFile(path string) ([]byte, error) {
	var raw [size]byte
	_, _ = rand.Read(raw[:]) // never fails
	text := base64.RawStdEncoding.EncodeToString(raw[:]) + "\n"
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".key-*") // readable by its owner alone
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.Remove(f.Name()) }() // linked by then, or of no use
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, err
	}
	if err := os.Link(f.Name(), path); err != nil && !errors.Is(err, os.ErrExist) {
		return nil, err
	}
	return os.ReadFile(path)
}

func cause(err error) string {
	var p *os.PathError
	var l *os.LinkError
	switch {
	case errors.As(err, &p):
		return p.Err.Error()
	case errors.As(err, &l):
		return l.Err.Error()
	}
	return err.Error()
}

// MAC is a keyed hash of a text: nobody makes it without the key.
func (k *Key) MAC(text string) string {
	h := hmac.New(sha256.New, k.mac)
	_, _ = h.Write([]byte(text)) // never fails
	return hex.EncodeToString(h.Sum(nil))
}

// Seal returns text in a form only the key opens, and only as what it was
// sealed for.
func (k *Key) Seal(text, of string) string {
	return base64.RawStdEncoding.EncodeToString(k.gcm.Seal(nil, nil, []byte(text), []byte(of))) //nolint:gosec // the nonce is chance, and the cipher chooses it
}

// Open returns what was sealed for a purpose; ErrOther with another key.
func (k *Key) Open(sealed, of string) (string, error) {
	raw, err := base64.RawStdEncoding.DecodeString(sealed)
	if err != nil {
		return "", ErrOther
	}
	text, err := k.gcm.Open(nil, nil, raw, []byte(of))
	if err != nil {
		return "", ErrOther
	}
	return string(text), nil
}
