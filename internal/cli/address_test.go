package cli

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestOnlyOnesOwnProxiesAreBelieved(t *testing.T) {
	for _, row := range []struct {
		name    string
		proxies int
		said    []string
		want    string
	}{
		{"no proxy, nothing said", 0, nil, "192.0.2.1"},
		{"no proxy, something made up", 0, []string{"198.51.100.9"}, "192.0.2.1"},
		{"one proxy", 1, []string{"198.51.100.9"}, "198.51.100.9"},
		{"one proxy, something made up before it", 1, []string{"10.0.0.1, 198.51.100.9"}, "198.51.100.9"},
		{"made up in a header of its own", 1, []string{"10.0.0.1", "198.51.100.9"}, "198.51.100.9"},
		{"two proxies", 2, []string{"10.0.0.1, 198.51.100.9, 203.0.113.4"}, "198.51.100.9"},
		{"past the proxy", 1, nil, "192.0.2.1"},
		{"no address", 1, []string{"unknown"}, "192.0.2.1"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = "192.0.2.1:5000"
		for _, s := range row.said {
			r.Header.Add("X-Forwarded-For", s)
		}
		if got := addressOf(r, row.proxies).String(); got != row.want {
			t.Errorf("%s: %s, want %s", row.name, got, row.want)
		}
	}
}
