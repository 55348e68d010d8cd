package app

import (
	"strconv"
	"strings"
)

// TakesGzip reports whether a client wants answers compressed, by its
// Accept-Encoding headers: it names gzip, or any coding, and does not give it
// the weight 0 (RFC 9110, 12.5.3).
func TakesGzip(accepts []string) bool {
	others := false
	for one := range strings.SplitSeq(strings.Join(accepts, ","), ",") {
		coding, weight, weighed := strings.Cut(strings.ToLower(strings.Join(strings.Fields(one), "")), ";")
		q, err := strconv.ParseFloat(strings.TrimPrefix(weight, "q="), 64)
		wanted := !weighed || err == nil && q > 0
		switch coding {
		case "gzip", "x-gzip":
			return wanted
		case "*":
			others = wanted
		}
	}
	return others
}
