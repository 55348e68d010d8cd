package cli

import (
	"context"
	"os"
	"strings"
	"testing"

	"baton/internal/app"
	"baton/internal/app/operations"
)

// witnesses names the file in which commands of a script write down which
// operations they ran.
const witnesses = "BATON_TEST_OPERATIONS"

// A witness writes down that its operation was done. Every POST it does twice.
type witness struct{ app.Operation }

// DoAny implements app.Operation.
func (w witness) DoAny(ctx context.Context, a *app.App, me app.Actor, in any) (any, error) {
	do, file := w.Operation.DoAny, os.Getenv(witnesses)
	if mayRepeat(ctx, w) {
		do = func(ctx context.Context, a *app.App, me app.Actor, in any) (any, error) {
			return repeat(ctx, w.Operation, a, me, in)
		}
	}
	out, err := do(ctx, a, me, in)
	if err != nil || file == "" {
		return out, err
	}
	f, failed := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if failed != nil {
		panic(failed)
	}
	if _, failed = f.WriteString(w.Describe().Name + "\n"); failed != nil {
		panic(failed)
	}
	if failed = f.Close(); failed != nil {
		panic(failed)
	}
	return out, nil
}

// witnessed is the table of operations, each with a witness.
func witnessed() []app.Operation {
	all := operations.All()
	for i, o := range all {
		all[i] = witness{o}
	}
	return all
}

// notByCommand are the operations that no command reaches, each with a reason.
var notByCommand = map[string]string{}

// everyOperationIsReached holds what the commands of all scripts did against
// the table of operations: each is done by a command of a story.
func everyOperationIsReached(t *testing.T, log string) {
	t.Helper()
	text, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	done := map[string]bool{}
	for name := range strings.SplitSeq(string(text), "\n") {
		done[name] = true
	}
	for _, o := range operations.All() {
		switch name := o.Describe().Name; {
		case !done[name] && notByCommand[name] == "":
			t.Errorf("no command of any script does %s", name)
		case done[name] && notByCommand[name] != "":
			t.Errorf("%s is done by a command; it is no exception", name)
		}
	}
}
