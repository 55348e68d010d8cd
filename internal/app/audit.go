package app

import (
	"context"
	"crypto/subtle"
	"fmt"

	"baton/internal/seal"
	"baton/internal/store"
	"baton/internal/work"
)

// An AuditKind is a thing the audit log tells of.
type AuditKind string

// What the audit log tells of: who got in, who was let in, what was taken out.
const (
	SignedIn        AuditKind = "signed_in"
	CodeRefused     AuditKind = "code_refused"
	BrowserEnded    AuditKind = "browser_signed_out"
	PasswordSet     AuditKind = "password_set"
	PasswordRemoved AuditKind = "password_removed"
	CodesBegun      AuditKind = "codes_set_up"
	CodesEnded      AuditKind = "codes_removed"
	RecoveryMade    AuditKind = "recovery_codes_made"
	PasskeyMade     AuditKind = "passkey_made"
	PasskeyRemoved  AuditKind = "passkey_removed"
	LinkPrinted     AuditKind = "sign_in_link_printed"
	TokenMade       AuditKind = "token_made"
	TokenRevoked    AuditKind = "token_revoked"
	MemberInvited   AuditKind = "member_invited"
	MemberLeft      AuditKind = "member_left"
	CoachLetIn      AuditKind = "coach_let_in"
	SharingMade     AuditKind = "sharing_started"
	SharingEnded    AuditKind = "sharing_ended"
	GuestLinkMade   AuditKind = "guest_link_made"
	GuestLinksEnded AuditKind = "guest_links_ended"
	Exported        AuditKind = "exported"
	KeyReplaced     AuditKind = "key_replaced"
)

// AuditWords say in the past tense what somebody did, by kind.
var AuditWords = map[AuditKind]string{
	SignedIn: "signed in", CodeRefused: "gave a wrong code behind the right password", BrowserEnded: "signed a browser out",
	PasswordSet: "set a password", PasswordRemoved: "took the password away", CodesBegun: "set up an app for codes", CodesEnded: "took the app for codes away",
	RecoveryMade: "made recovery codes", PasskeyMade: "made a passkey", PasskeyRemoved: "took a passkey away", LinkPrinted: "printed a sign-in link",
	TokenMade: "made a token", TokenRevoked: "revoked a token", MemberInvited: "gave somebody an account", MemberLeft: "took somebody's account away",
	CoachLetIn: "let a coach in", SharingMade: "began to show a coach things", SharingEnded: "ended what a coach sees", GuestLinkMade: "made a guest's link", GuestLinksEnded: "ended a delegation's links",
	Exported: "took an export", KeyReplaced: "went on with a new key file: what is before is bound by the old one",
}

// Audit adds to the workspace's audit log what the actor just did. subject is
// the id of what it was done to; note may hold names, and can be erased.
func (tx *Tx) Audit(ctx context.Context, kind AuditKind, subject int64, note string) error {
	key, err := tx.App.Key()
	if err != nil {
		return err
	}
	if err := tx.knowKey(ctx, key); err != nil {
		return err
	}
	head, err := tx.LastAudited(ctx)
	if err != nil {
		return err
	}
	a := store.Audited{Number: head.Number + 1, At: tx.Now, Kind: string(kind), By: tx.Me.Person, Subject: subject, Note: note}
	a.MAC = link(key, tx.Workspace().ID, head.MAC, a)
	return tx.AddAudited(ctx, a)
}

// link binds a row of the log to the one before it.
func link(key *seal.Key, ws work.WorkspaceID, before string, a store.Audited) string {
	return key.MAC(fmt.Sprintf("audit %d %s %d %d %s %d %d", ws, before, a.Number, a.At.UnixMicro(), a.Kind, a.By, a.Subject))
}

// batch is how many rows of the log are verified together.
const batch = 1000

// VerifyAudit follows the workspace's audit log and returns its head, or a
// sentence about the first row that is not as it was written. It begins at the
// first row, or at the one since which the key is the present one.
func (tx *Tx) VerifyAudit(ctx context.Context) (head store.Audited, err error) {
	since, err := tx.LastAuditedAs(ctx, string(KeyReplaced))
	if err != nil {
		return head, err
	}
	if since > 1 {
		before, err := tx.AuditAfter(ctx, since-2, 1)
		if err != nil {
			return head, err
		}
		head = before[0]
	}
	for {
		rows, err := tx.AuditAfter(ctx, head.Number, batch)
		if err != nil || len(rows) == 0 {
			return head, err
		}
		key, err := tx.App.Key()
		if err != nil {
			return head, err
		}
		for _, a := range rows {
			if a.Number != head.Number+1 {
				return head, work.Errorf(work.Conflict, "Row %d of the audit log is missing.", head.Number+1)
			}
			if subtle.ConstantTimeCompare([]byte(a.MAC), []byte(link(key, tx.Workspace().ID, head.MAC, a))) != 1 {
				return head, work.Errorf(work.Conflict, "Row %d of the audit log was changed, or was written with another key file.", a.Number)
			}
			head = a
		}
	}
}
