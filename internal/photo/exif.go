package photo

import (
	"bytes"
	"encoding/binary"
)

// orientation is how a JPEG says its camera was held, 1 to 8, and 1 where it
// does not say. Nothing else of what a camera writes is looked at.
func orientation(jpeg []byte) int {
	for rest := body(jpeg); len(rest) >= 4 && rest[0] == 0xFF; {
		kind, length := rest[1], int(binary.BigEndian.Uint16(rest[2:]))
		if kind == startOfScan || length < 2 || length+2 > len(rest) {
			break
		}
		if said, is := bytes.CutPrefix(rest[4:length+2], []byte("Exif\x00\x00")); is && kind == app1 {
			return tagged(said)
		}
		rest = rest[length+2:]
	}
	return 1
}

const (
	app1           = 0xE1
	startOfScan    = 0xDA
	orientationTag = 0x0112
	short          = 3 // the type of the tag
)

// body is what follows a JPEG's first mark.
func body(jpeg []byte) []byte {
	rest, _ := bytes.CutPrefix(jpeg, []byte{0xFF, 0xD8})
	return rest
}

// tagged finds the orientation in the first directory of a TIFF header.
func tagged(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	if tiff[0] == 'M' {
		order = binary.BigEndian
	}
	at := uint64(order.Uint32(tiff[4:]))
	if at+2 > uint64(len(tiff)) {
		return 1
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < 12 {
			break
		}
		if order.Uint16(entries) == orientationTag && order.Uint16(entries[2:]) == short {
			return int(order.Uint16(entries[8:]))
		}
		entries = entries[12:]
	}
	return 1
}
