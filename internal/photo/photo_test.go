package photo

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"baton/internal/work"
)

// quarters is a picture whose upper left corner is red and whose upper right
// one is green.
func quarters(w, h int) *image.RGBA {
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{0, 0, 255, 255}
			switch {
			case y < h/2 && x < w/2:
				c = color.RGBA{255, 0, 0, 255}
			case y < h/2:
				c = color.RGBA{0, 255, 0, 255}
			}
			p.SetRGBA(x, y, c)
		}
	}
	return p
}

// taken is a JPEG as a camera writes it: with the way it was held, and where.
func taken(t testing.TB, p image.Image, order binary.ByteOrder, held uint16) []byte {
	t.Helper()
	var plain bytes.Buffer
	if err := jpeg.Encode(&plain, p, nil); err != nil {
		t.Fatal(err)
	}
	mark := map[binary.ByteOrder]string{binary.LittleEndian: "II*\x00", binary.BigEndian: "MM\x00*"}[order]
	said := append([]byte("Exif\x00\x00"), mark...)
	for _, part := range []any{uint32(8), uint16(2), uint16(0x010F), uint16(2), uint32(4), []byte("Cam\x00"), uint16(orientationTag), uint16(short), uint32(1), held, uint16(0), uint32(0)} {
		said, _ = binary.Append(said, order, part)
	}
	said = append(said, "GPS 52.5200 N 13.4050 E"...)
	out := append([]byte{0xFF, 0xD8, 0xFF, app1}, binary.BigEndian.AppendUint16(nil, uint16(len(said)+2))...)
	return append(append(out, said...), plain.Bytes()[2:]...)
}

func near(c color.Color, r, g, b uint32) bool {
	x, y, z, _ := c.RGBA()
	far := func(a, b uint32) bool { return a > b+60 || b > a+60 }
	return !far(x>>8, r) && !far(y>>8, g) && !far(z>>8, b)
}

func TestAPhotoStandsUprightAndTellsNoPlace(t *testing.T) {
	// Where the red and the green corner of what the camera wrote are once it
	// stands upright, by how the camera was held.
	corners := map[uint16][2]image.Point{
		1: {{0, 0}, {1, 0}}, 2: {{1, 0}, {0, 0}}, 3: {{1, 1}, {0, 1}}, 4: {{0, 1}, {1, 1}},
		5: {{0, 0}, {0, 1}}, 6: {{1, 0}, {1, 1}}, 7: {{1, 1}, {1, 0}}, 8: {{0, 1}, {0, 0}},
	}
	for held, want := range corners {
		for _, order := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
			raw := taken(t, quarters(320, 160), order, held)
			if !bytes.Contains(raw, []byte("GPS")) {
				t.Fatal("the camera wrote no place")
			}
			p, err := Read(bytes.NewReader(raw))
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(p.JPEG, []byte("GPS")) || bytes.Contains(p.JPEG, []byte("Exif")) {
				t.Errorf("held %d: the photo tells where it was taken", held)
			}
			seen, err := jpeg.Decode(bytes.NewReader(p.JPEG))
			if err != nil {
				t.Fatal(err)
			}
			if wide := held <= 4; (p.Width == 320 && p.Height == 160) != wide || seen.Bounds().Dx() != p.Width {
				t.Errorf("held %d: it is %d × %d", held, p.Width, p.Height)
			}
			corner := func(c image.Point) color.Color {
				return seen.At(10+c.X*(p.Width-20), 10+c.Y*(p.Height-20))
			}
			if !near(corner(want[0]), 255, 0, 0) || !near(corner(want[1]), 0, 255, 0) {
				t.Errorf("held %d: red is %v and green %v", held, corner(want[0]), corner(want[1]))
			}
		}
	}
}

func TestALargePhotoIsMadeSmall(t *testing.T) {
	var raw bytes.Buffer
	if err := png.Encode(&raw, quarters(4000, 10)); err != nil {
		t.Fatal(err)
	}
	p, err := Read(&raw)
	if err != nil || p.Width != longest || p.Height != 4 {
		t.Errorf("it is %d × %d (%v)", p.Width, p.Height, err)
	}
}

func TestWhatIsNoPhotoIsRefused(t *testing.T) {
	var huge, half bytes.Buffer
	if err := jpeg.Encode(&half, quarters(300, 300), nil); err != nil {
		t.Fatal(err)
	}
	half.Truncate(half.Len() / 2)
	if err := png.Encode(&huge, image.NewGray(image.Rect(0, 0, 30_000, 3_000))); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct{ name, raw, want string }{
		{"nothing", "", "not a photo"},
		{"a page", "<svg xmlns='http://www.w3.org/2000/svg'/>", "not a photo"},
		{"half of one", half.String(), "did not arrive whole"},
		{"a bomb", huge.String(), "30000 × 3000 pixels"},
		{"too much", strings.Repeat("x", MostBytes+1), "larger than 20 MB"},
	} {
		_, err := Read(strings.NewReader(row.raw))
		if work.KindOf(err) != work.Invalid || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %v, want %q", row.name, err, row.want)
		}
	}
}

// FuzzRead holds that nothing but a sentence refuses a file, and that what is
// kept can be read.
func FuzzRead(f *testing.F) {
	for held := range uint16(10) {
		f.Add(taken(f, quarters(16, 8), binary.LittleEndian, held))
		f.Add(taken(f, quarters(8, 16), binary.BigEndian, held))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if about, _, err := image.DecodeConfig(bytes.NewReader(raw)); err == nil && about.Width*about.Height > 1<<20 {
			t.Skip("large")
		}
		p, err := Read(bytes.NewReader(raw))
		if err != nil {
			if work.KindOf(err) != work.Invalid {
				t.Fatal(err)
			}
			return
		}
		if got, err := jpeg.DecodeConfig(bytes.NewReader(p.JPEG)); err != nil || got.Width != p.Width || got.Height != p.Height || max(p.Width, p.Height) > longest {
			t.Fatalf("kept %d × %d: %v", p.Width, p.Height, err)
		}
	})
}
