// Package passkey checks what browsers send of passkeys: that one was made, and
// that one signed a challenge (Web Authentication Level 2, W3C, sections 7.1
// and 7.2). Who made the authenticator is not asked for: no attestation.
package passkey

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/subtle"
	"crypto/x509"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
)

// A Party is the site passkeys are made for.
type Party struct {
	ID     string // its host, like baton.example.org
	Origin string // like https://baton.example.org
}

// Bytes travel as base64url without padding.
type Bytes []byte

// UnmarshalText reads base64url, with padding or without.
func (b *Bytes) UnmarshalText(text []byte) (err error) {
	*b, err = base64.RawURLEncoding.DecodeString(string(bytes.TrimRight(text, "=")))
	return err
}

// MarshalText writes base64url without padding.
func (b Bytes) MarshalText() ([]byte, error) { return []byte(b.String()), nil }

func (b Bytes) String() string { return base64.RawURLEncoding.EncodeToString(b) }

// A Made is what a browser says of a new passkey.
type Made struct {
	ID   Bytes `json:"id"`
	Data Bytes `json:"data"` // authenticator data
	Said Bytes `json:"said"` // client data, JSON
	Key  Bytes `json:"key"`  // the public one, PKIX
}

// A Signed is what a browser says of a passkey that was used.
type Signed struct {
	ID        Bytes `json:"id"`
	Data      Bytes `json:"data"` // authenticator data
	Said      Bytes `json:"said"` // client data, JSON
	Signature Bytes `json:"signature"`
}

// Flags of the authenticator data.
const (
	present  = 0x01 // somebody touched it
	verified = 0x04 // it knows who: by a finger, a face or a PIN
	attested = 0x40 // a new key follows
)

const (
	headLength  = sha256.Size + 1 + 4
	modelLength = 16
)

// largest is how long the id of a passkey may be, in bytes (7.1, step 25).
const largest = 1023

// Check reports what is wrong with a new passkey; nil when it answers the
// challenge for this site. counter is what it counts from.
func (m *Made) Check(site Party, challenge string) (counter uint32, err error) {
	if err := said(m.Said, "webauthn.create", site, challenge); err != nil {
		return 0, err
	}
	flags, counter, err := head(m.Data, site)
	if err != nil {
		return 0, err
	}
	rest := m.Data[headLength:]
	if flags&attested == 0 || len(rest) < modelLength+2 {
		return 0, errors.New("no new key in the authenticator data")
	}
	rest = rest[modelLength:]
	length := int(binary.BigEndian.Uint16(rest))
	if length == 0 || length > largest || len(rest) < 2+length || !bytes.Equal(rest[2:2+length], m.ID) {
		return 0, errors.New("the id is not that of the authenticator data")
	}
	_, err = publicKey(m.Key)
	return counter, err
}

// Check reports what is wrong with a signature; nil when the key made it over
// the challenge for this site. counted is what the passkey counted before:
// one that counts must have counted on, or there are two of it.
func (s *Signed) Check(site Party, challenge string, key Bytes, counted uint32) (counter uint32, err error) {
	if err := said(s.Said, "webauthn.get", site, challenge); err != nil {
		return 0, err
	}
	_, counter, err = head(s.Data, site)
	if err != nil {
		return 0, err
	}
	public, err := publicKey(key)
	if err != nil {
		return 0, err
	}
	sum := sha256.Sum256(s.Said)
	if !signed(public, append(bytes.Clone(s.Data), sum[:]...), s.Signature) {
		return 0, errors.New("the signature is not of this key")
	}
	if (counter != 0 || counted != 0) && counter <= counted {
		return 0, fmt.Errorf("it counted %d after %d: there are two of it", counter, counted)
	}
	return counter, nil
}

// said checks the client data: what the browser was asked, and by whom.
func said(data []byte, kind string, site Party, challenge string) error {
	var c struct {
		Type        string `json:"type"`
		Challenge   string `json:"challenge"`
		Origin      string `json:"origin"`
		CrossOrigin bool   `json:"crossOrigin"`
	}
	if err := json.Unmarshal(data, &c); err != nil {
		return fmt.Errorf("client data: %w", err)
	}
	switch {
	case c.Type != kind:
		return fmt.Errorf("it is %q, not %s", c.Type, kind)
	case subtle.ConstantTimeCompare([]byte(c.Challenge), []byte(challenge)) != 1:
		return errors.New("it answers another challenge")
	case c.Origin != site.Origin || c.CrossOrigin:
		return fmt.Errorf("it was asked for by %q", c.Origin)
	}
	return nil
}

// head reads the authenticator data that every answer begins with.
func head(data []byte, site Party) (flags byte, counter uint32, err error) {
	if len(data) < headLength {
		return 0, 0, errors.New("the authenticator data is too short")
	}
	id := sha256.Sum256([]byte(site.ID))
	flags, counter = data[sha256.Size], binary.BigEndian.Uint32(data[sha256.Size+1:])
	switch {
	case !bytes.Equal(data[:sha256.Size], id[:]):
		return 0, 0, errors.New("it is for another site")
	case flags&present == 0 || flags&verified == 0:
		return 0, 0, errors.New("the authenticator did not ask who it was")
	}
	return flags, counter, nil
}

// publicKey reads a key of the three sorts that are asked for.
func publicKey(pkix []byte) (crypto.PublicKey, error) {
	key, err := x509.ParsePKIXPublicKey(pkix)
	if err != nil {
		return nil, fmt.Errorf("public key: %w", err)
	}
	switch k := key.(type) {
	case ed25519.PublicKey:
		return k, nil
	case *ecdsa.PublicKey:
		if k.Curve == elliptic.P256() {
			return k, nil
		}
	case *rsa.PublicKey:
		if k.N.BitLen() >= 2048 {
			return k, nil
		}
	}
	return nil, fmt.Errorf("a key of the sort %T is not used here", key)
}

// signed verifies EdDSA, ES256 or RS256 by the sort of the key.
func signed(key crypto.PublicKey, message, signature []byte) bool {
	sum := sha256.Sum256(message)
	switch k := key.(type) {
	case ed25519.PublicKey:
		return ed25519.Verify(k, message, signature)
	case *ecdsa.PublicKey:
		return ecdsa.VerifyASN1(k, sum[:], signature)
	case *rsa.PublicKey:
		return rsa.VerifyPKCS1v15(k, crypto.SHA256, sum[:], signature) == nil
	}
	return false
}
