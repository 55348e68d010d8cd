package cli

import (
	"net/http"
	"net/netip"
	"strings"

	"baton/internal/app"
)

// addressed tells the operations below from where a request came, behind so
// many proxies of one's own.
func addressed(proxies int, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if from := addressOf(r, proxies); from.IsValid() {
			r = r.WithContext(app.WithAddress(r.Context(), from))
		}
		next.ServeHTTP(w, r)
	})
}

// addressOf is the address that the outermost proxy of one's own saw. What
// stands further left in X-Forwarded-For anybody may have written there.
func addressOf(r *http.Request, proxies int) netip.Addr {
	direct, _ := netip.ParseAddrPort(r.RemoteAddr)
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	if proxies == 0 || len(hops) < proxies {
		return direct.Addr()
	}
	said, err := netip.ParseAddr(strings.TrimSpace(hops[len(hops)-proxies]))
	if err != nil {
		return direct.Addr()
	}
	return said
}
