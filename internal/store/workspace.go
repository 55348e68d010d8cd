package store

import (
	"context"
	"time"

	"baton/internal/work"
)

// A Workspace is a team, a practice or a household.
type Workspace struct {
	ID        work.WorkspaceID
	Name      string
	Kind      string // team, practice or household
	Currency  string // ISO 4217
	Zone      string // IANA
	Stretch   int    // stretch tasks people take at a time who do not say
	CreatedAt time.Time
	Version   int64
	ChangedBy work.PersonID // 0 nobody yet

	nextID, nextEvent int64
}

// An Account is a login identity.
type Account struct {
	ID    work.AccountID
	Email string
	Name  string
}

const workspaceColumns = `id, name, kind, currency, zone, next_id, next_event, created_at, version, changed_by, stretch`

func scanWorkspace(row scanner) (w Workspace, err error) {
	var created int64
	err = row.Scan(&w.ID, &w.Name, &w.Kind, &w.Currency, &w.Zone, &w.nextID, &w.nextEvent, &created, &w.Version, &w.ChangedBy, &w.Stretch)
	w.CreatedAt = instant(created)
	return w, err
}

func (s session) workspace(ctx context.Context, id work.WorkspaceID, lock string) (Workspace, error) {
	w, err := one(ctx, s, scanWorkspace, `SELECT `+workspaceColumns+` FROM workspaces WHERE id = ?`+lock, id)
	return w, missing(err, "workspace")
}

// Workspaces lists every workspace.
func (g *Global) Workspaces(ctx context.Context) ([]Workspace, error) {
	return collect(ctx, g.session, scanWorkspace, `SELECT `+workspaceColumns+` FROM workspaces ORDER BY id`)
}

// AddWorkspace makes a workspace and gives it its id.
func (g *Global) AddWorkspace(ctx context.Context, w Workspace) (Workspace, error) {
	id, err := one(ctx, g.session, number[work.WorkspaceID], `SELECT COALESCE(MAX(id), 0) + 1 FROM workspaces`)
	if err != nil {
		return w, err
	}
	if w.ID == 0 {
		w.ID = id
	}
	w.nextID, w.nextEvent, w.Version = max(w.nextID, 1), max(w.nextEvent, 1), 1
	err = g.exec(ctx, `INSERT INTO workspaces (`+workspaceColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		w.ID, w.Name, w.Kind, w.Currency, w.Zone, w.nextID, w.nextEvent, micros(w.CreatedAt), w.Version, w.ChangedBy, w.Stretch)
	return w, err
}

// SaveWorkspace changes a workspace's name, kind, currency, zone and how many
// stretch tasks are usual.
func (tx *Tx) SaveWorkspace(ctx context.Context, w Workspace) error {
	if w.Zone != tx.ws.Zone { // by whose clock its members look over their week
		if err := tx.exec(ctx, `UPDATE members SET review_at = 1 WHERE workspace = ?`, tx.ws.ID); err != nil {
			return err
		}
	}
	tx.ws.Name, tx.ws.Kind, tx.ws.Currency, tx.ws.Zone, tx.ws.Stretch, tx.ws.ChangedBy = w.Name, w.Kind, w.Currency, w.Zone, w.Stretch, w.ChangedBy
	tx.ws.Version++
	return tx.change(ctx, `UPDATE workspaces SET name = ?, kind = ?, currency = ?, zone = ?, stretch = ?, version = ?, changed_by = ? WHERE id = ?`,
		w.Name, w.Kind, w.Currency, w.Zone, w.Stretch, tx.ws.Version, w.ChangedBy, tx.ws.ID)
}

func scanAccount(row scanner) (a Account, err error) {
	err = row.Scan(&a.ID, &a.Email, &a.Name)
	return a, err
}

// Account returns the account with a mail address, NotFound if there is none.
func (g *Global) Account(ctx context.Context, email string) (Account, error) {
	a, err := one(ctx, g.session, scanAccount, `SELECT id, email, name FROM accounts WHERE email = ?`, email)
	return a, missing(err, "account")
}

// AccountByID returns an account, NotFound if there is none.
func (g *Global) AccountByID(ctx context.Context, id work.AccountID) (Account, error) {
	a, err := one(ctx, g.session, scanAccount, `SELECT id, email, name FROM accounts WHERE id = ?`, id)
	return a, missing(err, "account")
}

// AddAccount makes an account and gives it its id.
func (g *Global) AddAccount(ctx context.Context, a Account, at time.Time) (Account, error) {
	id, err := one(ctx, g.session, number[work.AccountID], `SELECT COALESCE(MAX(id), 0) + 1 FROM accounts`)
	if err != nil {
		return a, err
	}
	a.ID = id
	return a, g.exec(ctx, `INSERT INTO accounts (id, email, name, created_at) VALUES (?, ?, ?, ?)`, a.ID, a.Email, a.Name, micros(at))
}

// A Membership is one account's place in one workspace.
type Membership struct {
	Workspace work.WorkspaceID
	Person    work.PersonID
	Owner     bool
	Coach     bool // only coaches
	Account   work.AccountID
}

const membershipColumns = `workspace, person, owner, coach, account`

func scanMembership(row scanner) (m Membership, err error) {
	err = row.Scan(&m.Workspace, &m.Person, &m.Owner, &m.Coach, &m.Account)
	return m, err
}

// Memberships lists the workspaces an account belongs to.
func (g *Global) Memberships(ctx context.Context, account work.AccountID) ([]Membership, error) {
	return collect(ctx, g.session, scanMembership, `SELECT `+membershipColumns+` FROM members WHERE account = ? ORDER BY workspace`, account)
}

// Membership returns one person's membership.
func (g *Global) Membership(ctx context.Context, ws work.WorkspaceID, person work.PersonID) (Membership, error) {
	m, err := one(ctx, g.session, scanMembership, `SELECT `+membershipColumns+` FROM members WHERE workspace = ? AND person = ?`, ws, person)
	return m, missing(err, "member")
}

// FirstOwner returns the first owner of the first workspace: who the command
// line acts for when nobody else is named.
func (g *Global) FirstOwner(ctx context.Context) (Membership, error) {
	m, err := one(ctx, g.session, scanMembership, `SELECT `+membershipColumns+` FROM members WHERE owner = 1 ORDER BY workspace, person LIMIT 1`)
	return m, missing(err, "owner")
}

// OwnerOf returns the first owner of a workspace.
func (g *Global) OwnerOf(ctx context.Context, ws work.WorkspaceID) (Membership, error) {
	m, err := one(ctx, g.session, scanMembership, `SELECT `+membershipColumns+` FROM members WHERE workspace = ? AND owner = 1 ORDER BY person LIMIT 1`, ws)
	return m, missing(err, "owner")
}

// A Link signs one person in once, or answers for them without an account.
type Link struct {
	Workspace  work.WorkspaceID
	Person     work.PersonID
	Delegation work.DelegationID // of a guest's link
	Expires    time.Time
	Mailed     bool // of a sign-in link: it went out by mail
}

// AddSignInLink keeps the hash of a one-time sign-in link.
func (g *Global) AddSignInLink(ctx context.Context, hash string, l Link) error {
	return g.exec(ctx, `INSERT INTO signin_links (hash, workspace, person, expires_at, used_at, mailed) VALUES (?, ?, ?, ?, 0, ?)`,
		hash, l.Workspace, l.Person, micros(l.Expires), bit(l.Mailed))
}

func scanLink(row scanner) (l Link, err error) {
	var expires int64
	err = row.Scan(&l.Workspace, &l.Person, &l.Delegation, &expires, &l.Mailed)
	l.Expires = instant(expires)
	return l, err
}

// SignInLink returns an unused sign-in link.
func (g *Global) SignInLink(ctx context.Context, hash string, at time.Time) (Link, error) {
	l, err := one(ctx, g.session, scanLink, `SELECT workspace, person, 0, expires_at, mailed FROM signin_links WHERE hash = ? AND used_at = 0 AND expires_at > ?`, hash, micros(at))
	return l, missing(err, "sign-in link")
}

// UseSignInLink marks a link used; the second to try finds nothing.
func (g *Global) UseSignInLink(ctx context.Context, hash string, at time.Time) error {
	return missing(g.change(ctx, `UPDATE signin_links SET used_at = ? WHERE hash = ? AND used_at = 0`, micros(at), hash), "sign-in link")
}

// AddSetupLink keeps the hash of the link that makes the first workspace.
func (g *Global) AddSetupLink(ctx context.Context, hash string, expires time.Time) error {
	return g.exec(ctx, `INSERT INTO setup_links (hash, expires_at, used_at) VALUES (?, ?, 0)`, hash, micros(expires))
}

// SetupLink reports whether a set-up link can be used at a moment: NotFound
// otherwise.
func (g *Global) SetupLink(ctx context.Context, hash string, at time.Time) error {
	_, err := one(ctx, g.session, number[int64], `SELECT expires_at FROM setup_links WHERE hash = ? AND used_at = 0 AND expires_at > ?`, hash, micros(at))
	return missing(err, "set-up link")
}

// UseSetupLinks marks every set-up link used: there is one first workspace.
func (g *Global) UseSetupLinks(ctx context.Context, at time.Time) error {
	return g.exec(ctx, `UPDATE setup_links SET used_at = ? WHERE used_at = 0`, micros(at))
}

// GuestLink returns a guest's link that is neither expired nor revoked.
func (g *Global) GuestLink(ctx context.Context, hash string, at time.Time) (Link, error) {
	l, err := one(ctx, g.session, scanLink, `SELECT workspace, person, delegation, expires_at, 0 FROM guest_links WHERE hash = ? AND revoked_at = 0 AND expires_at > ?`, hash, micros(at))
	return l, missing(err, "link")
}

// AddGuestLink keeps the hash of a link that opens one delegation for one
// person.
func (tx *Tx) AddGuestLink(ctx context.Context, hash string, l Link, at time.Time) error {
	return tx.exec(ctx, `INSERT INTO guest_links (hash, workspace, delegation, person, expires_at, revoked_at, created_at) VALUES (?, ?, ?, ?, ?, 0, ?)`,
		hash, tx.ws.ID, l.Delegation, l.Person, micros(l.Expires), micros(at))
}

// RevokeGuestLinks ends every link to a delegation and returns how many.
func (tx *Tx) RevokeGuestLinks(ctx context.Context, id work.DelegationID, at time.Time) (int64, error) {
	return tx.conn.exec(ctx, `UPDATE guest_links SET revoked_at = ? WHERE workspace = ? AND delegation = ? AND revoked_at = 0`, []any{micros(at), tx.ws.ID, id})
}

// A Token lets a program act for one member.
type Token struct {
	Hash      string // of its secret; where tokens are listed
	Workspace work.WorkspaceID
	Person    work.PersonID
	Owner     bool
	Coach     bool // the member only coaches
	Label     string
	Scope     string // read, act or all
	CreatedAt time.Time
	UsedAt    time.Time
	Expires   time.Time
}

func scanToken(row scanner) (t Token, err error) {
	var created, used, expires int64
	err = row.Scan(&t.Workspace, &t.Person, &t.Owner, &t.Coach, &t.Label, &t.Scope, &created, &used, &expires)
	t.CreatedAt, t.UsedAt, t.Expires = instant(created), instant(used), instant(expires)
	return t, err
}

// Tokens lists a member's tokens, those that expired too, the newest first.
func (tx *Tx) Tokens(ctx context.Context, person work.PersonID) ([]Token, error) {
	return collect(ctx, tx.session, func(row scanner) (t Token, err error) {
		var created, used, expires int64
		err = row.Scan(&t.Hash, &t.Label, &t.Scope, &created, &used, &expires)
		t.CreatedAt, t.UsedAt, t.Expires = instant(created), instant(used), instant(expires)
		return t, err
	}, `SELECT hash, label, scope, created_at, used_at, expires_at FROM tokens WHERE workspace = ? AND person = ? ORDER BY created_at DESC, hash`, tx.ws.ID, person)
}

// DeleteToken ends a member's token by its hash.
func (tx *Tx) DeleteToken(ctx context.Context, person work.PersonID, hash string) error {
	return missing(tx.change(ctx, `DELETE FROM tokens WHERE workspace = ? AND person = ? AND hash = ?`, tx.ws.ID, person, hash), "token")
}

// Token returns a token by its hash while it is valid.
func (g *Global) Token(ctx context.Context, hash string, at time.Time) (Token, error) {
	t, err := one(ctx, g.session, scanToken, `SELECT t.workspace, t.person, m.owner, m.coach, t.label, t.scope, t.created_at, t.used_at, t.expires_at
		FROM tokens t JOIN members m ON m.workspace = t.workspace AND m.person = t.person
		WHERE t.hash = ? AND (t.expires_at = 0 OR t.expires_at > ?)`, hash, micros(at))
	return t, missing(err, "token")
}

// AddToken keeps a token's hash.
func (g *Global) AddToken(ctx context.Context, hash string, t Token) error {
	return g.exec(ctx, `INSERT INTO tokens (hash, workspace, person, label, scope, created_at, used_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, 0, ?)`,
		hash, t.Workspace, t.Person, t.Label, t.Scope, micros(t.CreatedAt), micros(t.Expires))
}

// TouchToken notes when a token was last used.
func (g *Global) TouchToken(ctx context.Context, hash string, at time.Time) error {
	return g.exec(ctx, `UPDATE tokens SET used_at = ? WHERE hash = ?`, micros(at), hash)
}

// A Reply is what an idempotent request was answered with.
type Reply struct {
	Request  string // hash of what was asked
	Response string // JSON
}

// Reply returns what a member's request with a key was answered with since a
// moment, and whether there was one.
func (tx *Tx) Reply(ctx context.Context, person work.PersonID, key string, since time.Time) (Reply, bool, error) {
	found, err := collect(ctx, tx.session, func(row scanner) (r Reply, err error) { err = row.Scan(&r.Request, &r.Response); return r, err },
		`SELECT request, response FROM idempotency WHERE workspace = ? AND person = ? AND key = ? AND created_at > ?`, tx.ws.ID, person, key, micros(since))
	if err != nil || len(found) == 0 {
		return Reply{}, false, err
	}
	return found[0], true, nil
}

// SaveReply keeps the answer to a request with a key, and forgets old ones.
func (tx *Tx) SaveReply(ctx context.Context, person work.PersonID, key string, r Reply, at time.Time) error {
	if err := tx.exec(ctx, `DELETE FROM idempotency WHERE workspace = ? AND created_at < ?`, tx.ws.ID, micros(at.Add(-24*time.Hour))); err != nil {
		return err
	}
	return tx.exec(ctx, `INSERT INTO idempotency (workspace, person, key, request, response, created_at) VALUES (?, ?, ?, ?, ?, ?)`,
		tx.ws.ID, person, key, r.Request, r.Response, micros(at))
}
