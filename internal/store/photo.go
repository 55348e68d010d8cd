package store

import (
	"context"
	"encoding/base64"
	"time"

	"baton/internal/work"
)

// A Photo of a delegation.
type Photo struct {
	ID            work.PhotoID
	Delegation    work.DelegationID
	Author        work.PersonID
	Name          string // the author's
	At            time.Time
	Caption       string
	Width, Height int       // pixels
	Size          int64     // bytes
	Until         time.Time // when it goes
}

const photoColumns = `id, delegation, author, at, caption, width, height, size, until`

var photoQuery = `SELECT ` + prefixed("f", photoColumns) + `, p.name FROM photos f JOIN people p ON p.workspace = f.workspace AND p.id = f.author
	WHERE f.workspace = ? AND f.delegation = ? AND f.until > ?`

func scanPhoto(row scanner) (p Photo, err error) {
	var at, until int64
	err = row.Scan(&p.ID, &p.Delegation, &p.Author, &at, &p.Caption, &p.Width, &p.Height, &p.Size, &until, &p.Name)
	p.At, p.Until = instant(at), instant(until)
	return p, err
}

// Photos lists those of a delegation that have not gone, the newest first.
func (tx *Tx) Photos(ctx context.Context, d work.DelegationID, now time.Time) ([]Photo, error) {
	return collect(ctx, tx.session, scanPhoto, photoQuery+` ORDER BY +f.id DESC`, tx.ws.ID, d, micros(now))
}

// Photo returns a photo of a delegation that has not gone.
func (tx *Tx) Photo(ctx context.Context, d work.DelegationID, id work.PhotoID, now time.Time) (Photo, error) {
	p, err := one(ctx, tx.session, scanPhoto, photoQuery+` AND f.id = ?`, tx.ws.ID, d, micros(now), id)
	return p, missing(err, "photo")
}

// JPEG returns the file of a photo.
func (tx *Tx) JPEG(ctx context.Context, id work.PhotoID) ([]byte, error) {
	text, err := one(ctx, tx.session, text, `SELECT jpeg FROM photos WHERE workspace = ? AND id = ?`, tx.ws.ID, id)
	if err != nil {
		return nil, missing(err, "photo")
	}
	return base64.StdEncoding.DecodeString(text)
}

// AddPhoto keeps a photo.
func (tx *Tx) AddPhoto(ctx context.Context, p Photo, jpeg []byte) error {
	return tx.exec(ctx, `INSERT INTO photos (workspace, `+photoColumns+`, jpeg) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		tx.ws.ID, p.ID, p.Delegation, p.Author, micros(p.At), p.Caption, p.Width, p.Height, p.Size, micros(p.Until), base64.StdEncoding.EncodeToString(jpeg))
}

// RemovePhoto takes a photo away.
func (tx *Tx) RemovePhoto(ctx context.Context, id work.PhotoID) error {
	return missing(tx.change(ctx, `DELETE FROM photos WHERE workspace = ? AND id = ?`, tx.ws.ID, id), "photo")
}

// PhotoBytes is how much all photos of the workspace hold.
func (tx *Tx) PhotoBytes(ctx context.Context) (int64, error) {
	return one(ctx, tx.session, number[int64], `SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM photos WHERE workspace = ?`, tx.ws.ID)
}

// PhotosGone lists workspaces with photos whose time is over; the plus keeps
// SQLite from walking all photos by workspace.
func (g *Global) PhotosGone(ctx context.Context, now time.Time) ([]work.WorkspaceID, error) {
	return collect(ctx, g.session, number[work.WorkspaceID], `SELECT DISTINCT +workspace FROM photos WHERE until <= ?`, micros(now))
}

// DropPhotos takes the photos of the workspace away whose time is over.
func (tx *Tx) DropPhotos(ctx context.Context, now time.Time) error {
	return tx.exec(ctx, `DELETE FROM photos WHERE workspace = ? AND until <= ?`, tx.ws.ID, micros(now))
}
