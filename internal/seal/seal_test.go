package seal

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"baton/internal/work"
)

// TestOnlyTheKeyOpens seals a text twice, which looks different each time, and
// opens it with the key read again, not with another, not for another purpose,
// not changed.
func TestOnlyTheKeyOpens(t *testing.T) {
	path := filepath.Join(t.TempDir(), "baton.key")
	key, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file may be read by %v: %v", info.Mode(), err)
	}
	one, two := key.Seal("4711", "door"), key.Seal("4711", "door")
	if one == two || strings.Contains(one, "4711") {
		t.Errorf("sealed to %s and %s", one, two)
	}
	again, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := again.Open(one, "door"); err != nil || got != "4711" {
		t.Errorf("opened: %q, %v", got, err)
	}
	other, err := Load(filepath.Join(t.TempDir(), "baton.key"))
	if err != nil {
		t.Fatal(err)
	}
	for name, open := range map[string]func() (string, error){
		"another key":     func() (string, error) { return other.Open(one, "door") },
		"another purpose": func() (string, error) { return key.Open(one, "window") },
		"changed":         func() (string, error) { return key.Open("B"+one[1:], "door") },
		"cut":             func() (string, error) { return key.Open(one[:9], "door") },
		"nothing":         func() (string, error) { return key.Open("", "door") },
		"not sealed":      func() (string, error) { return key.Open("4711!", "door") },
	} {
		if got, err := open(); !errors.Is(err, ErrOther) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// TestAKeyFileThatIsNoneIsLeftAlone names what is wrong and writes nothing.
func TestAKeyFileThatIsNoneIsLeftAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "baton.key")
	if err := os.WriteFile(path, []byte("my diary\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(path); work.KindOf(err) != work.Invalid || !strings.Contains(err.Error(), "no key file of Baton") {
		t.Errorf("a diary: %v", err)
	}
	if body, err := os.ReadFile(path); err != nil || string(body) != "my diary\n" {
		t.Errorf("the diary reads %q now: %v", body, err)
	}
	if _, err := Load(filepath.Join(path, "below")); work.KindOf(err) != work.Invalid {
		t.Errorf("below a file: %v", err)
	}
}
