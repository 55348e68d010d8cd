package mail

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// trusted is a certificate this process trusts, stranger one it does not.
var trusted, stranger tls.Certificate

// TestMain makes the certificate of the test's mail server one of the
// system's, before the system's are read: what is tested is then what an
// operator runs.
func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "baton-mail")
		if err != nil {
			panic(err)
		}
		defer func() { _ = os.RemoveAll(dir) }()
		trusted, stranger = certificate(), certificate()
		file := filepath.Join(dir, "roots.pem")
		block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: trusted.Certificate[0]})
		if err := os.WriteFile(file, block, 0o600); err != nil {
			panic(err)
		}
		if err := os.Setenv("SSL_CERT_FILE", file); err != nil {
			panic(err)
		}
		return m.Run()
	}())
}

// certificate is a fresh one for this machine, signed by itself.
func certificate() tls.Certificate {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	text := x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "mail"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, &text, &text, &key.PublicKey, key)
	if err != nil {
		panic(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// server speaks as much of SMTP as a sender needs, and notes what it heard.
type server struct {
	cert     tls.Certificate
	implicit bool // TLS from the start
	starttls bool // offers to turn to TLS
	password string

	mu    sync.Mutex
	heard []letter
}

// letter is a mail that arrived, and how.
type letter struct {
	User, MessageID string
	TLS             bool
}

// serve listens until the test ends and returns the address.
func (s *server) serve(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if s.implicit {
		l = tls.NewListener(l, s.config())
	}
	var open sync.WaitGroup
	open.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			open.Go(func() { s.talk(c) })
		}
	})
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
		open.Wait()
	})
	return l.Addr().String()
}

func (s *server) config() *tls.Config { return &tls.Config{Certificates: []tls.Certificate{s.cert}} }

// talk answers one client until it goes.
func (s *server) talk(c net.Conn) {
	defer func() { _ = c.Close() }()
	in, mail := bufio.NewReader(c), letter{TLS: s.implicit}
	say := func(lines string) { _, _ = fmt.Fprint(c, strings.ReplaceAll(lines, "\n", "\r\n")+"\r\n") }
	say("220 mail.example.org")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch strings.ToUpper(word) {
		case "EHLO":
			say(s.offers(mail.TLS))
		case "STARTTLS":
			say("220 go on")
			secure := tls.Server(c, s.config())
			if secure.Handshake() != nil {
				return
			}
			c, in, mail.TLS = secure, bufio.NewReader(secure), true
		case "AUTH":
			mail.User = s.who(rest)
			if mail.User == "" {
				say("535 5.7.8 wrong")
				continue
			}
			say("235 welcome")
		case "DATA":
			say("354 go on")
			mail.MessageID = body(in)
			s.mu.Lock()
			s.heard = append(s.heard, mail)
			s.mu.Unlock()
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 well")
		}
	}
}

func (s *server) offers(secure bool) string {
	out := "250-mail.example.org\n"
	if s.starttls && !secure {
		out += "250-STARTTLS\n"
	}
	if s.password != "" {
		out += "250-AUTH PLAIN\n"
	}
	return out + "250 8BITMIME"
}

// who reads AUTH PLAIN: the user whose password is right, else nobody.
func (s *server) who(said string) string {
	_, text, _ := strings.Cut(said, " ")
	plain, _ := base64.StdEncoding.DecodeString(text)
	if f := strings.Split(string(plain), "\x00"); len(f) == 3 && f[2] == s.password {
		return f[1]
	}
	return ""
}

// body reads a mail to its end and returns its id.
func body(in *bufio.Reader) (id string) {
	for {
		line, err := in.ReadString('\n')
		if err != nil || line == ".\r\n" {
			return id
		}
		if of, ok := strings.CutPrefix(line, "Message-ID: "); ok {
			id = strings.TrimSpace(of)
		}
	}
}
