package accounts_test

import (
	"database/sql"
	"errors"
	"strings"
	"testing"

	"baton/internal/app"
	"baton/internal/app/accounts"
	"baton/internal/app/exports"
	"baton/internal/app/workspaces"
	"baton/internal/store"
	"baton/internal/storetest"
	"baton/internal/work"
)

// verify follows the chain of the house's audit log.
func (h *house) verify(t *testing.T) (head store.Audited, err error) {
	t.Helper()
	err = h.Read(t.Context(), h.me, func(tx *app.Tx) error {
		head, err = tx.VerifyAudit(t.Context())
		return err
	})
	return head, err
}

// TestTheAuditLogTellsWhoGotIn does what it tells of and reads it.
func TestTheAuditLogTellsWhoGotIn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.Store) {
		h := open(t, db)
		me := h.signedIn(t)
		made, err := workspaces.MakeToken.Do(t.Context(), h.App, h.me, workspaces.NewToken{Label: "Calendar"})
		if err != nil {
			t.Fatal(err)
		}
		_, revoked := workspaces.RevokeToken.Do(t.Context(), h.App, h.me, workspaces.AskToken{Token: made.ID})
		_, exported := exports.Show.Do(t.Context(), h.App, h.me, exports.Ask{Workspace: true})
		_, printed := workspaces.SignInLink(t.Context(), h.App, email)
		if err := errors.Join(revoked, exported, printed, accounts.SetPassword(t.Context(), h.App, me, password)); err != nil {
			t.Fatal(err)
		}
		list, err := workspaces.Audit.Do(t.Context(), h.App, h.me, app.Page{})
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, a := range list.Items {
			said = append(said, a.Name+" "+a.Words+" "+a.Note)
		}
		want := "Dana Reyes set a password Firefox on Linux| printed a sign-in link |Dana Reyes took an export workspace|Dana Reyes revoked a token Calendar|Dana Reyes made a token act: Calendar|Dana Reyes signed in Firefox on Linux, mail"
		if got := strings.Join(said, "|"); got != want {
			t.Errorf("the log says\n%s, want\n%s", got, want)
		}
		first, err := workspaces.Audit.Do(t.Context(), h.App, h.me, app.Page{Limit: 4})
		if err != nil || len(first.Items) != 4 {
			t.Fatalf("a page of %d: %v", len(first.Items), err)
		}
		if rest, err := workspaces.Audit.Do(t.Context(), h.App, h.me, app.Page{Limit: 4, After: first.Next}); err != nil || len(rest.Items) != 2 || rest.Next != "" {
			t.Errorf("the rest has %d: %v", len(rest.Items), err)
		}
		if head, err := h.verify(t); err != nil || head.Number != 6 || head.MAC != list.Items[0].MAC {
			t.Errorf("the chain ends at %d: %v", head.Number, err)
		}
	})
}

// TestAChangedAuditLogIsFound changes the rows of a log behind Baton's back, one
// thing at a time: each is found and named. Notes may go.
func TestAChangedAuditLogIsFound(t *testing.T) {
	dsn := storetest.DSN(t, "sqlite")
	h := open(t, storetest.Open(t, dsn))
	for range 3 {
		h.signedIn(t)
	}
	raw, err := sql.Open("sqlite", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = raw.Close() }() // of a test
	do := func(statement string) {
		t.Helper()
		if _, err := raw.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	do(`DELETE FROM audit_notes`)
	if head, err := h.verify(t); err != nil || head.Number != 3 {
		t.Fatalf("without its notes the chain ends at %d: %v", head.Number, err)
	}
	do(`CREATE TABLE kept AS SELECT * FROM audit`)
	for _, row := range []struct{ statement, want string }{
		{`UPDATE audit SET by = 0 WHERE number = 2`, "Row 2"},
		{`UPDATE audit SET at = at + 1 WHERE number = 1`, "Row 1"},
		{`UPDATE audit SET kind = 'exported' WHERE number = 3`, "Row 3"},
		{`UPDATE audit SET subject = subject + 1 WHERE number = 3`, "Row 3"},
		{`UPDATE audit SET mac = 'x' WHERE number = 1`, "Row 1"},
		{`UPDATE audit SET mac = (SELECT mac FROM kept WHERE number = 2) WHERE number = 3`, "Row 3"},
		{`DELETE FROM audit WHERE number = 2`, "Row 2 of the audit log is missing"},
		{`DELETE FROM audit WHERE number = 1`, "Row 1 of the audit log is missing"},
	} {
		do(row.statement)
		if _, err := h.verify(t); work.KindOf(err) != work.Conflict || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %v", row.statement, err)
		}
		do(`DELETE FROM audit`)
		do(`INSERT INTO audit SELECT * FROM kept`)
	}
	if _, err := h.verify(t); err != nil {
		t.Errorf("put back: %v", err)
	}
}
