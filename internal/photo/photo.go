// Package photo makes a picture fit to be kept: small, upright, and without
// what a camera writes beside it, such as where it was taken.
package photo

import (
	"bytes"
	"image"
	"image/draw"
	"image/jpeg"
	_ "image/png" // a screenshot is a photo too
	"io"
	"sync"

	xdraw "golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // what phones share

	"baton/internal/work"
)

// The bounds of a photo.
const (
	MostBytes  = 20 << 20 // as it is sent
	mostPixels = 64 << 20 // as it is sent: of large phone cameras
	longest    = 1600     // pixels of a side, as it is kept
	quality    = 80       // of the JPEG, of 100
)

// A Photo is one that is kept.
type Photo struct {
	JPEG          []byte
	Width, Height int // pixels
}

// looking is held by who decodes one: a large photo takes hundreds of megabytes
// of memory for a moment.
var looking sync.Mutex

// Read makes a photo of a JPEG, PNG or WebP file. Only its pixels are
// kept, turned upright and at most 1,600 on a side.
func Read(file io.Reader) (Photo, error) {
	raw, err := io.ReadAll(io.LimitReader(file, MostBytes+1))
	if err != nil {
		return Photo{}, err
	}
	if len(raw) > MostBytes {
		return Photo{}, work.FieldError("file", "The photo is larger than %d MB; send a smaller one.", MostBytes>>20)
	}
	looking.Lock()
	defer looking.Unlock()
	about, _, err := image.DecodeConfig(bytes.NewReader(raw))
	switch {
	case err != nil:
		return Photo{}, work.FieldError("file", "This is not a photo that can be read; send a JPEG, PNG or WebP.")
	case about.Width < 1 || about.Height < 1 || about.Width > mostPixels/about.Height:
		return Photo{}, work.FieldError("file", "The photo has %d × %d pixels, which is too many; send a smaller one.", about.Width, about.Height)
	}
	seen, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return Photo{}, work.FieldError("file", "The photo is damaged or did not arrive whole; send it again.")
	}
	kept := upright(small(seen), orientation(raw))
	var out bytes.Buffer
	if err := jpeg.Encode(&out, kept, &jpeg.Options{Quality: quality}); err != nil {
		return Photo{}, err
	}
	size := kept.Bounds().Size()
	return Photo{out.Bytes(), size.X, size.Y}, nil
}

// small is a picture on white, at most the longest side that is kept.
func small(seen image.Image) *image.RGBA {
	size := seen.Bounds().Size()
	if side := max(size.X, size.Y); side > longest {
		size = image.Pt(max(1, size.X*longest/side), max(1, size.Y*longest/side))
	}
	out := image.NewRGBA(image.Rectangle{Max: size})
	draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
	xdraw.ApproxBiLinear.Scale(out, out.Bounds(), seen, seen.Bounds(), draw.Over, nil)
	return out
}

// upright turns a picture as its orientation says: 1 stands, 2 to 8 are
// mirrored and turned as section 4.6.4 of Exif 2.3 lists them.
func upright(seen *image.RGBA, orientation int) *image.RGBA {
	if orientation <= 1 || orientation > 8 {
		return seen
	}
	w, h := seen.Bounds().Dx(), seen.Bounds().Dy()
	size := image.Pt(w, h)
	if orientation >= 5 {
		size = image.Pt(h, w)
	}
	out := image.NewRGBA(image.Rectangle{Max: size})
	for y := range h {
		for x := range w {
			to := [9]image.Point{
				2: {w - 1 - x, y}, 3: {w - 1 - x, h - 1 - y}, 4: {x, h - 1 - y},
				5: {y, x}, 6: {h - 1 - y, x}, 7: {h - 1 - y, w - 1 - x}, 8: {y, w - 1 - x},
			}[orientation]
			copy(out.Pix[out.PixOffset(to.X, to.Y):][:4], seen.Pix[seen.PixOffset(x, y):][:4])
		}
	}
	return out
}
