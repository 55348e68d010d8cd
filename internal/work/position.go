package work

import "strings"

// digits orders bytewise, so keys made of it compare as strings.
const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// Between returns an ordering key that sorts bytewise after a and before b,
// where "" stands for the open end on either side; a must sort before b. Keys
// are fractions in base 62 without trailing zeros, so a line can always be put
// between two others without touching any other row; a key grows by one digit
// in about six insertions at the same place. Complexity O(length of the keys).
func Between(a, b string) string {
	var key strings.Builder
	bounded := b != ""
	for i := 0; ; i++ {
		low, high := 0, len(digits)
		if i < len(a) {
			low = strings.IndexByte(digits, a[i])
		}
		if bounded {
			high = 0
			if i < len(b) {
				high = strings.IndexByte(digits, b[i])
			}
		}
		if high-low > 1 {
			key.WriteByte(digits[(low+high)/2])
			return key.String()
		}
		key.WriteByte(digits[low])
		bounded = bounded && low == high
	}
}

// Appended returns the ordering key of a new line at the end of a plate. Ids
// grow, so it needs no look at the lines that are there.
func Appended(id TaskID) string {
	key := [10]byte{9: 'V'}
	for i := 8; i >= 0; i-- {
		key[i] = digits[id%62]
		id /= 62
	}
	return string(key[:])
}
