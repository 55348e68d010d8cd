package delegations

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"time"

	"baton/internal/app"
	"baton/internal/photo"
	"baton/internal/store"
	"baton/internal/work"
)

// How long photos are kept, and how much a workspace holds at once.
const (
	photosStay  = 90 * 24 * time.Hour
	mostPhotos  = 100 // of one delegation
	photosBytes = 500 << 20
)

// A Photo of a delegation.
type Photo struct {
	ID      work.PhotoID `json:"id"`
	At      time.Time    `json:"at"`
	By      Party        `json:"by" doc:"Who added it"`
	Caption string       `json:"caption,omitempty" doc:"What it shows"`
	Width   int          `json:"width" doc:"Pixels"`
	Height  int          `json:"height" doc:"Pixels"`
	Until   time.Time    `json:"until" doc:"When it goes by itself"`
	Mine    bool         `json:"mine" doc:"You may take it away"`
}

// A PhotoFile is a photo with its file.
type PhotoFile struct {
	Photo
	JPEG []byte `json:"jpeg" doc:"The JPEG file, in base 64"`
}

func shownPhoto(tx *app.Tx, d *work.Delegation, p *store.Photo) Photo {
	return Photo{
		p.ID, p.At,
		Party{p.Author, p.Name},
		p.Caption, p.Width, p.Height, p.Until,
		p.Author == tx.Me.Person || d.Is(tx.Me.Person, work.AsGiver),
	}
}

// NewPhoto is a photo as a camera wrote it.
type NewPhoto struct {
	On
	Caption string    `query:"caption" json:"-" maxLength:"200"`
	Body    io.Reader `body:"raw" json:"-" doc:"A JPEG, PNG or WebP file of at most 20 MB; it is kept smaller, without where it was taken"`
}

// AddPhoto shows the other side a photo. It is made small before the
// transaction begins.
var AddPhoto = app.Steps(app.Describe{
	Name: "photo.add", Method: "POST", Path: "delegations/{delegation}/photos", Who: app.AParty, Undo: "photo.remove",
	Summary: "Add a photo of what is to be done or of what was; only its pixels are kept, for 90 days.",
}, func(ctx context.Context, a *app.App, me app.Actor, in NewPhoto) (Photo, error) {
	if in.Body == nil {
		return Photo{}, work.FieldError("file", "There is no photo; send it as the body.")
	}
	small := smallPhoto{On: in.On, Caption: work.OneLine(in.Caption)}
	// Nobody's photo is looked at who may not add one; the transaction says so.
	may := a.Read(ctx, me, func(tx *app.Tx) error { _, err := small.added(ctx, tx); return err })
	if may == nil {
		var err error
		sum := sha256.New()
		if small.kept, err = photo.Read(io.TeeReader(in.Body, sum)); err != nil {
			return Photo{}, err
		}
		small.File = hex.EncodeToString(sum.Sum(nil))
	}
	return app.Write(app.Describe{Name: "photo.add"}, keepPhoto).Do(ctx, a, me, small)
})

// added is a delegation to which the actor may add a photo, and did.
func (in *smallPhoto) added(ctx context.Context, tx *app.Tx) (*work.Delegation, error) {
	d, _, err := in.load(ctx, tx)
	if err != nil {
		return nil, err
	}
	return d, d.AddPhoto(tx.Act(), in.Caption)
}

// smallPhoto is what was read; the caption and the file tell a repeated
// request.
type smallPhoto struct {
	On
	Caption, File string
	kept          photo.Photo
}

// keepPhoto is the one transaction of AddPhoto.
func keepPhoto(ctx context.Context, tx *app.Tx, in smallPhoto) (Photo, error) {
	d, err := in.added(ctx, tx)
	if err != nil {
		return Photo{}, err
	}
	if in.File == "" {
		return Photo{}, work.Errorf(work.Conflict, "It changed just now; send the photo again.")
	}
	there, err := tx.Photos(ctx, d.ID, tx.Now)
	if err != nil {
		return Photo{}, err
	}
	held, err := tx.PhotoBytes(ctx)
	switch {
	case err != nil:
		return Photo{}, err
	case len(there) >= mostPhotos:
		return Photo{}, work.Errorf(work.Conflict, "There are %d photos here; take one away first.", len(there))
	case held+int64(len(in.kept.JPEG)) > photosBytes:
		return Photo{}, work.Errorf(work.Conflict, "The photos of this workspace hold %d MB, which is all there is room for; take some away first.", held>>20)
	}
	p := store.Photo{
		ID: work.PhotoID(tx.NextID()), Delegation: d.ID, Author: tx.Me.Person, At: tx.Now, Caption: in.Caption,
		Width: in.kept.Width, Height: in.kept.Height, Size: int64(len(in.kept.JPEG)), Until: tx.Now.Add(photosStay),
	}
	if err := tx.AddPhoto(ctx, p, in.kept.JPEG); err != nil {
		return Photo{}, err
	}
	if err := Settle(ctx, tx, d); err != nil {
		return Photo{}, err
	}
	p, err = tx.Photo(ctx, d.ID, p.ID, tx.Now) // with its author's name
	return shownPhoto(tx, d, &p), err
}

// AskPhotos asks for the photos of a delegation.
type AskPhotos struct {
	On
	app.Page
}

// Photos lists the photos of a delegation, the newest first.
var Photos = app.Read(app.Describe{
	Name: "photo.list", Method: "GET", Path: "delegations/{delegation}/photos", Who: app.AParty, Summary: "List the photos of a delegation, the newest first.",
}, func(ctx context.Context, tx *app.Tx, in AskPhotos) (app.List[Photo], error) {
	d, _, err := in.load(ctx, tx)
	if err != nil {
		return app.List[Photo]{}, err
	}
	kept, err := tx.Photos(ctx, d.ID, tx.Now)
	if err != nil {
		return app.List[Photo]{}, err
	}
	all := make([]Photo, len(kept))
	for i := range kept {
		all[i] = shownPhoto(tx, d, &kept[i])
	}
	return app.Cut(all, in.Page, func(p Photo) string { return app.Key(-int64(p.ID)) })
})

// OnPhoto names a photo.
type OnPhoto struct {
	On
	Photo work.PhotoID `path:"photo" json:"-"`
}

// ShowPhoto returns a photo with its file.
var ShowPhoto = app.Read(app.Describe{
	Name: "photo.show", Method: "GET", Path: "delegations/{delegation}/photos/{photo}", Who: app.AParty, Summary: "Look at a photo.",
}, func(ctx context.Context, tx *app.Tx, in OnPhoto) (PhotoFile, error) {
	d, _, err := in.load(ctx, tx)
	if err != nil {
		return PhotoFile{}, err
	}
	p, err := tx.Photo(ctx, d.ID, in.Photo, tx.Now)
	if err != nil {
		return PhotoFile{}, err
	}
	file, err := tx.JPEG(ctx, p.ID)
	return PhotoFile{shownPhoto(tx, d, &p), file}, err
})

// RemovePhoto takes a photo away.
var RemovePhoto = app.Write(app.Describe{
	Name: "photo.remove", Method: "DELETE", Path: "delegations/{delegation}/photos/{photo}", Who: app.AParty,
	Summary: "Take a photo away that you added, or as the giver any; it is gone for good.",
}, func(ctx context.Context, tx *app.Tx, in OnPhoto) (app.None, error) {
	d, _, err := in.load(ctx, tx)
	if err != nil {
		return app.None{}, err
	}
	p, err := tx.Photo(ctx, d.ID, in.Photo, tx.Now)
	if err != nil {
		return app.None{}, err
	}
	if err := d.RemovePhoto(tx.Act(), p.Author); err != nil {
		return app.None{}, err
	}
	if err := tx.RemovePhoto(ctx, p.ID); err != nil {
		return app.None{}, err
	}
	return app.None{}, Settle(ctx, tx, d)
})
