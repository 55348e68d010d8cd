package app

import "testing"

func TestTakesGzip(t *testing.T) {
	for _, row := range []struct {
		accept string
		want   bool
	}{
		{"", false},
		{"identity", false},
		{"gzip", true},
		{"br, GZIP ;q=0.5", true},
		{"gzip;q=0", false},
		{"gzip; q=0.000", false},
		{"*", true},
		{"*;q=0", false},
		{"gzip;q=0, *", false},
		{"*;q=0, gzip", true},
		{"gzipped", false},
		{"gzip;q=x", false},
		{"deflate;q=1, x-gzip;q=1", true},
	} {
		if got := TakesGzip([]string{row.accept}); got != row.want {
			t.Errorf("Accept-Encoding: %s: %v", row.accept, got)
		}
	}
	if TakesGzip([]string{"br", "gzip;q=0"}) || !TakesGzip([]string{"br", "gzip"}) || TakesGzip(nil) {
		t.Error("the second of two headers counts as well")
	}
}
