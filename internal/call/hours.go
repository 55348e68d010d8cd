package call

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"baton/internal/ical"
	"baton/internal/work"
)

// Hours are the times a member keeps for calls as a coach, and how calls are
// booked in them.
type Hours struct {
	Person  work.PersonID
	Zone    string // IANA, of the windows
	Windows []Window
	Length  work.Minutes // of a call
	Before  work.Minutes // free before a call
	After   work.Minutes // free after it
	Notice  int          // hours from booking to the call at least
	Horizon int          // weeks ahead that can be booked
	Off     []ical.Date  // days without calls
	Version int64
}

// Lengths are how many minutes a call can be.
var Lengths = []work.Minutes{30, 45, 60, 90}

// Usual are hours without a window, with what is proposed for the rest.
func Usual(person work.PersonID, zone string) Hours {
	return Hours{Person: person, Zone: zone, Length: 60, After: 15, Notice: 24, Horizon: 4, Version: 1}
}

// Bounds of hours.
const (
	mostWindows = 50
	mostBuffer  = 240
	mostNotice  = 24 * 28
	mostHorizon = 26
	mostOff     = 200
)

// Check says what is wrong with hours, by field.
func (h *Hours) Check() error {
	switch {
	case !ical.IsZone(h.Zone):
		return work.FieldError("zone", "%q is not a time zone; write it like America/Chicago.", h.Zone)
	case len(h.Windows) > mostWindows:
		return work.FieldError("windows", "A week has at most %d windows.", mostWindows)
	case !slices.Contains(Lengths, h.Length):
		return work.FieldError("length", "A call takes 30, 45, 60 or 90 minutes.")
	case h.Before < 0 || h.Before > mostBuffer:
		return work.FieldError("before", "Between 0 and %d minutes are kept free before a call.", mostBuffer)
	case h.After < 0 || h.After > mostBuffer:
		return work.FieldError("after", "Between 0 and %d minutes are kept free after a call.", mostBuffer)
	case h.Notice < 0 || h.Notice > mostNotice:
		return work.FieldError("notice", "A call is booked between 0 and %d hours ahead.", mostNotice)
	case h.Horizon < 1 || h.Horizon > mostHorizon:
		return work.FieldError("horizon", "Between 1 and %d weeks can be booked ahead.", mostHorizon)
	case len(h.Off) > mostOff:
		return work.FieldError("off", "At most %d days can be taken off.", mostOff)
	}
	for _, d := range h.Off {
		if d.IsZero() {
			return work.FieldError("off", "A day off is a date like 2026-12-24.")
		}
	}
	slices.SortFunc(h.Windows, Window.compare)
	slices.SortFunc(h.Off, ical.Date.Compare)
	h.Off = slices.Compact(h.Off)
	for i, w := range h.Windows {
		switch {
		case w.From < 0 || w.To > 24*60 || w.From >= w.To:
			return work.FieldError("windows", "%s ends before it begins; a window lies within one day.", w)
		case w.To-w.From < int(h.Length):
			return work.FieldError("windows", "%s is shorter than a call of %d minutes.", w, h.Length)
		case i > 0 && h.Windows[i-1].Day == w.Day && h.Windows[i-1].To > w.From:
			return work.FieldError("windows", "%s and %s overlap; make one window of them.", h.Windows[i-1], w)
		}
	}
	return nil
}

// A Window is a span of one day of the week, by the clock of the hours' zone.
type Window struct {
	Day      time.Weekday
	From, To int // minutes after midnight
}

// compare orders windows from Monday on.
func (w Window) compare(o Window) int {
	return cmp.Or(cmp.Compare((w.Day+6)%7, (o.Day+6)%7), cmp.Compare(w.From, o.From), cmp.Compare(w.To, o.To))
}

// String renders "Tue 14:00-17:00".
func (w Window) String() string {
	return fmt.Sprintf("%s %d:%02d-%d:%02d", w.Day.String()[:3], w.From/60, w.From%60, w.To/60, w.To%60)
}

// MarshalText renders the window as String does.
func (w Window) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (w *Window) UnmarshalText(text []byte) error {
	all, err := ParseWindows(string(text))
	switch {
	case err != nil:
		return err
	case len(all) != 1:
		return work.FieldError("windows", "%q is not one window; write it like Tue 14:00-17:00.", text)
	}
	*w = all[0]
	return nil
}

// WindowWords renders windows as ParseWindows reads them.
func WindowWords(all []Window) string {
	words := make([]string, len(all))
	for i, w := range all {
		words[i] = w.String()
	}
	return strings.Join(words, ", ")
}

// ParseWindows reads "Tue 14:00-17:00, Thu 9-12" or "Mon-Fri 9:00-12:00":
// windows between commas, semicolons or line ends.
func ParseWindows(text string) ([]Window, error) {
	var out []Window
	split := func(r rune) bool { return r == ',' || r == ';' || r == '\n' }
	for part := range strings.FieldsFuncSeq(text, split) {
		if part = strings.TrimSpace(strings.NewReplacer("–", "-", "—", "-", " - ", "-").Replace(part)); part == "" {
			continue
		}
		days, clock, _ := strings.Cut(part, " ")
		first, last, isRange := strings.Cut(days, "-")
		if !isRange {
			last = first
		}
		from, to, _ := strings.Cut(strings.TrimSpace(clock), "-")
		a, okA := weekday(first)
		b, okB := weekday(last)
		begin, okFrom := minute(from)
		end, okTo := minute(to)
		if !okA || !okB || !okFrom || !okTo {
			return nil, work.FieldError("windows", "%q is not a window; write it like Tue 14:00-17:00.", part)
		}
		for day := a; ; day = (day + 1) % 7 {
			out = append(out, Window{day, begin, end})
			if day == b {
				break
			}
		}
		if len(out) > mostWindows {
			return nil, work.FieldError("windows", "A week has at most %d windows.", mostWindows)
		}
	}
	return out, nil
}

func weekday(text string) (time.Weekday, bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	for d := time.Sunday; d <= time.Saturday; d++ {
		if len(text) >= 3 && strings.HasPrefix(strings.ToLower(d.String()), text) {
			return d, true
		}
	}
	return 0, false
}

// minute reads "14:00" or "9" as minutes after midnight, up to 24:00.
func minute(text string) (int, bool) {
	hour, rest, timed := strings.Cut(strings.TrimSpace(text), ":")
	h, err := strconv.Atoi(hour)
	m := 0
	if timed && err == nil {
		m, err = strconv.Atoi(rest)
		if len(rest) != 2 {
			return 0, false
		}
	}
	return h*60 + m, err == nil && h >= 0 && m >= 0 && m < 60 && h*60+m <= 24*60
}
