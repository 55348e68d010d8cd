package app

import (
	"encoding/base64"
	"fmt"
	"sort"
	"strconv"

	"baton/internal/work"
)

// A Page of a list: where to continue, and how many.
type Page struct {
	After string `query:"after" json:"-" doc:"The next of the page before"`
	Limit int    `query:"limit" json:"-" minimum:"1" maximum:"500" doc:"At most this many; 50 unless said"`

	whole bool
}

// Whole asks for a list that is read whole anyway in one page. No request can.
var Whole = Page{whole: true}

// Size is the page's limit with its default.
func (p Page) Size() int {
	if p.Limit <= 0 {
		return 50
	}
	return min(p.Limit, 500)
}

// Behind is After of a list that is ordered by number; 0 is its beginning.
func (p Page) Behind() (int64, error) {
	if p.After == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(p.After, 10, 64)
	if err != nil || n < 1 {
		return 0, ErrAfter()
	}
	return n, nil
}

// A List is one page of things.
type List[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty" doc:"Pass as after to continue; absent on the last page"`
	Count int64  `json:"count,omitempty" doc:"How many there are; 1001 stands for more than a thousand"`
}

// ErrAfter refuses a page that does not continue one before.
func ErrAfter() error {
	return work.FieldError("after", "Pass the next of the page before as after.")
}

// Cut takes one page of a list that had to be read whole. key orders it as all
// is ordered already, and no two things have the same: what comes and goes
// between two pages moves nothing else from one to the other.
func Cut[T any](all []T, p Page, key func(T) string) (List[T], error) {
	out := List[T]{Items: []T{}}
	from := 0
	if p.After != "" {
		last, err := base64.RawURLEncoding.DecodeString(p.After)
		if err != nil {
			return out, ErrAfter()
		}
		from = sort.Search(len(all), func(i int) bool { return key(all[i]) > string(last) })
	}
	to := len(all)
	if !p.whole {
		to = min(to, from+p.Size())
	}
	out.Items = append(out.Items, all[from:to]...)
	if to < len(all) {
		out.Next = base64.RawURLEncoding.EncodeToString([]byte(key(all[to-1])))
	}
	return out, nil
}

// Key joins what orders a list into a text that is ordered alike: texts
// bytewise, numbers by value.
func Key(parts ...any) string {
	var b []byte
	for _, p := range parts {
		switch p := p.(type) {
		case string:
			b = append(append(b, p...), 0)
		case int64:
			b = fmt.Appendf(b, "%016x", uint64(p)^1<<63)
		default:
			panic(fmt.Sprintf("app: a list cannot be ordered by a %T", p))
		}
	}
	return string(b)
}
