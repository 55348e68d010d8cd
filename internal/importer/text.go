package importer

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	utf16 "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Decode returns a stream as UTF-8. It takes UTF-8 with and without a byte
// order mark, UTF-16 of either order, with the mark or where every other byte
// of the beginning is zero, and Windows-1252, byte by byte where a byte is no
// UTF-8.
func Decode(r io.Reader) (io.Reader, error) {
	b := bufio.NewReaderSize(r, 64<<10)
	head, err := b.Peek(4)
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	big, little := utf16.UTF16(utf16.BigEndian, utf16.UseBOM), utf16.UTF16(utf16.LittleEndian, utf16.UseBOM)
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		_, err = b.Discard(3)
	case bytes.HasPrefix(head, []byte("\xff\xfe")), len(head) == 4 && head[0] != 0 && head[1] == 0 && head[2] != 0 && head[3] == 0:
		return transform.NewReader(b, little.NewDecoder()), nil
	case bytes.HasPrefix(head, []byte("\xfe\xff")), len(head) == 4 && head[0] == 0 && head[1] != 0 && head[2] == 0 && head[3] != 0:
		return transform.NewReader(b, big.NewDecoder()), nil
	default:
		err = nil
	}
	return transform.NewReader(b, mended{}), err
}

// mended passes UTF-8 and reads every byte that is none as Windows-1252.
type mended struct{ transform.NopResetter }

// Transform implements transform.Transformer.
func (mended) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		r, size := rune(src[nSrc]), 1
		if r >= utf8.RuneSelf {
			if r, size = utf8.DecodeRune(src[nSrc:]); r == utf8.RuneError && size == 1 {
				if !atEOF && !utf8.FullRune(src[nSrc:]) {
					return nDst, nSrc, transform.ErrShortSrc
				}
				r = charmap.Windows1252.DecodeByte(src[nSrc])
			}
		}
		if nDst+utf8.RuneLen(r) > len(dst) {
			return nDst, nSrc, transform.ErrShortDst
		}
		nDst += utf8.EncodeRune(dst[nDst:], r)
		nSrc += size
	}
	return nDst, nSrc, nil
}

// clean drops what no title or note has a use for: control characters and
// space at the ends. Line ends become \n.
func clean(s string) string {
	s = strings.TrimSpace(s)
	if !strings.ContainsFunc(s, unwanted) {
		return s
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case unwanted(r):
			return -1
		}
		return r
	}, s))
}

func unwanted(r rune) bool {
	return r != '\n' && r != '\t' && unicode.IsControl(r) || r == utf8.RuneError || r == '\ufeff'
}

// OneLine folds all space of a text into single blanks.
func OneLine(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

// Cut shortens a text to so many bytes, at the end of a character.
func Cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	most -= len("…")
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most] + "…"
}

// Join puts the parts of a note under one another, without the empty ones.
func Join(parts ...string) string {
	var full []string
	for _, p := range parts {
		if p = clean(p); p != "" {
			full = append(full, p)
		}
	}
	return strings.Join(full, "\n")
}

// Named puts a label before a text, or is empty without one.
func Named(label, text string) string {
	if text = clean(text); text == "" {
		return ""
	}
	return label + ": " + text
}

func sentence(format string, args ...any) string { return fmt.Sprintf(format, args...) }

// Quoted shows a title inside a sentence.
func Quoted(title string) string { return "“" + Cut(OneLine(title), 80) + "”" }
