package passkey

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/binary"
	"encoding/json"
	"strings"
	"testing"
)

var here = Party{ID: "baton.example.org", Origin: "https://baton.example.org"}

const challenge = "mPZb3sWmSIm8ZlS1YqRtV9v1z4H3pIuPqgZ0Xr9vQyE"

// clientData is what a browser says it was asked.
func clientData(t *testing.T, kind, challenge, origin string) Bytes {
	t.Helper()
	b, err := json.Marshal(map[string]any{"type": kind, "challenge": challenge, "origin": origin, "crossOrigin": false})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// authenticatorData is what an authenticator signs; id follows where it is new.
func authenticatorData(site string, flags byte, counter uint32, id []byte) Bytes {
	sum := sha256.Sum256([]byte(site))
	b := append(sum[:], flags)
	b = binary.BigEndian.AppendUint32(b, counter)
	if id == nil {
		return b
	}
	b = append(b, make([]byte, modelLength)...)
	b = binary.BigEndian.AppendUint16(b, uint16(len(id)))
	return append(b, id...)
}

func pkix(t *testing.T, key any) Bytes {
	t.Helper()
	b, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// keys are one of each sort, with how it signs.
func keys(t *testing.T) map[string]struct {
	public Bytes
	sign   func([]byte) []byte
} {
	t.Helper()
	ec, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	public, ed, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	rs, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	by := func(s crypto.Signer, hashed bool) func([]byte) []byte {
		return func(message []byte) []byte {
			options, digest := crypto.Hash(0), message
			if hashed {
				sum := sha256.Sum256(message)
				options, digest = crypto.SHA256, sum[:]
			}
			signature, err := s.Sign(rand.Reader, digest, options)
			if err != nil {
				t.Fatal(err)
			}
			return signature
		}
	}
	return map[string]struct {
		public Bytes
		sign   func([]byte) []byte
	}{"ES256": {pkix(t, &ec.PublicKey), by(ec, true)}, "EdDSA": {pkix(t, public), by(ed, false)}, "RS256": {pkix(t, &rs.PublicKey), by(rs, true)}}
}

// signature is a good one by a key, with one thing changed.
func signature(t *testing.T, sign func([]byte) []byte, change func(*Signed)) Signed {
	t.Helper()
	s := Signed{ID: []byte("key"), Data: authenticatorData(here.ID, present|verified, 7, nil), Said: clientData(t, "webauthn.get", challenge, here.Origin)}
	sum := sha256.Sum256(s.Said)
	s.Signature = sign(append(append([]byte{}, s.Data...), sum[:]...))
	change(&s)
	return s
}

func TestSignatures(t *testing.T) {
	all := keys(t)
	same := func(*Signed) {}
	for name, key := range all {
		s := signature(t, key.sign, same)
		if counter, err := s.Check(here, challenge, key.public, 6); err != nil || counter != 7 {
			t.Errorf("%s: %d, %v", name, counter, err)
		}
		for other, wrong := range all {
			if _, err := s.Check(here, challenge, wrong.public, 6); (err == nil) != (other == name) {
				t.Errorf("%s with the key of %s: %v", name, other, err)
			}
		}
	}
	// Whatever is changed before it is signed anew is refused for its own reason.
	sign := all["ES256"].sign
	again := func(data, said Bytes) func(*Signed) {
		return func(s *Signed) {
			if data != nil {
				s.Data = data
			}
			if said != nil {
				s.Said = said
			}
			sum := sha256.Sum256(s.Said)
			s.Signature = sign(append(append([]byte{}, s.Data...), sum[:]...))
		}
	}
	for _, row := range []struct {
		name    string
		change  func(*Signed)
		counted uint32
		want    string
	}{
		{"another site", again(authenticatorData("evil.example", present|verified, 7, nil), nil), 6, "another site"},
		{"nobody there", again(authenticatorData(here.ID, verified, 7, nil), nil), 6, "did not ask who it was"},
		{"not asked who", again(authenticatorData(here.ID, present, 7, nil), nil), 6, "did not ask who it was"},
		{"too short", again(Bytes("x"), nil), 6, "too short"},
		{"another challenge", again(nil, clientData(t, "webauthn.get", "other", here.Origin)), 6, "another challenge"},
		{"another origin", again(nil, clientData(t, "webauthn.get", challenge, "https://evil.example")), 6, "evil.example"},
		{"of a new passkey", again(nil, clientData(t, "webauthn.create", challenge, here.Origin)), 6, "not webauthn.get"},
		{"no JSON", again(nil, Bytes("{")), 6, "client data"},
		{"counted as before", same, 7, "two of it"},
		{"counted back", same, 9, "two of it"},
		{"counts no more", again(authenticatorData(here.ID, present|verified, 0, nil), nil), 6, "two of it"},
		{"changed data", func(s *Signed) { s.Data[headLength-1]++ }, 6, "signature"},
		{"changed signature", func(s *Signed) { s.Signature[9]++ }, 6, "signature"},
	} {
		s := signature(t, sign, row.change)
		if _, err := s.Check(here, challenge, all["ES256"].public, row.counted); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %v, want %q in it", row.name, err, row.want)
		}
	}
	never := signature(t, sign, again(authenticatorData(here.ID, present|verified, 0, nil), nil))
	if _, err := never.Check(here, challenge, all["ES256"].public, 0); err != nil {
		t.Errorf("one that never counts: %v", err)
	}
}

func TestNewPasskeys(t *testing.T) {
	all := keys(t)
	good := func() Made {
		return Made{ID: []byte("key"), Data: authenticatorData(here.ID, present|verified|attested, 3, []byte("key")), Said: clientData(t, "webauthn.create", challenge, here.Origin), Key: all["ES256"].public}
	}
	for name, key := range all {
		m := good()
		m.Key = key.public
		if counter, err := m.Check(here, challenge); err != nil || counter != 3 {
			t.Errorf("%s: %d, %v", name, counter, err)
		}
	}
	weak, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		name   string
		change func(*Made)
		want   string
	}{
		{"another id", func(m *Made) { m.ID = []byte("kez") }, "id is not"},
		{"cut short", func(m *Made) { m.Data = m.Data[:headLength+modelLength+3] }, "id is not"},
		{"no key", func(m *Made) { m.Data = authenticatorData(here.ID, present|verified, 3, nil) }, "no new key"},
		{"unasked", func(m *Made) { m.Data[sha256.Size] = present | attested }, "did not ask"},
		{"of a use", func(m *Made) { m.Said = clientData(t, "webauthn.get", challenge, here.Origin) }, "not webauthn.create"},
		{"another challenge", func(m *Made) { m.Said = clientData(t, "webauthn.create", "x", here.Origin) }, "another challenge"},
		{"no public key", func(m *Made) { m.Key = []byte("x") }, "public key"},
		{"of another sort", func(m *Made) { m.Key = pkix(t, &weak.PublicKey) }, "not used here"},
	} {
		m := good()
		row.change(&m)
		if _, err := m.Check(here, challenge); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %v, want %q in it", row.name, err, row.want)
		}
	}
}

// FuzzSigned feeds whatever to the check: nothing panics, nothing but the
// signature passes.
func FuzzSigned(f *testing.F) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		f.Fatal(err)
	}
	public, err := x509.MarshalPKIXPublicKey(private.Public())
	if err != nil {
		f.Fatal(err)
	}
	data := authenticatorData(here.ID, present|verified|attested, 1, []byte("key"))
	f.Add([]byte(data), []byte(`{"type":"webauthn.get","challenge":"`+challenge+`","origin":"`+here.Origin+`"}`), []byte("x"), public)
	f.Add([]byte(data), []byte(`{"type":"webauthn.create","challenge":"`+challenge+`","origin":"`+here.Origin+`"}`), []byte("key"), public)
	f.Fuzz(func(t *testing.T, data, said, other, key []byte) {
		s := Signed{Data: data, Said: said, Signature: other}
		if _, err := s.Check(here, challenge, public, 0); err == nil {
			t.Errorf("signed by nobody: %q", said)
		}
		m := Made{ID: other, Data: data, Said: said, Key: key}
		if counter, err := m.Check(here, challenge); err == nil && counter != binary.BigEndian.Uint32(data[sha256.Size+1:]) {
			t.Errorf("a counter of %d", counter)
		}
	})
}
