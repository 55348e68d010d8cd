package phrase

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

var effortForms = regexp.MustCompile(`^(?:(\d{1,3})(?:[.,](\d))?\s*(?:h|hr|hrs|hour|hours))?\s*(?:(\d{1,4})\s*(?:m|min|mins|minute|minutes)?)?$`)

// Effort reads minutes of work: "45m", "90 min", "1h", "1h30", "1.5 h". A
// number alone has no unit and is refused.
func Effort(text string) (minutes int, err error) {
	text = strings.ToLower(strings.TrimSpace(text))
	m := effortForms.FindStringSubmatch(text)
	if m == nil || text == "" || (m[1] == "" && strings.Trim(text, "0123456789") == "") || (m[2] != "" && m[3] != "") {
		return 0, fmt.Errorf("%q is not an effort; write it like 45m, 1h30 or 1.5h", text)
	}
	hours, _ := strconv.Atoi("0" + m[1])
	tenths, _ := strconv.Atoi("0" + m[2])
	rest, _ := strconv.Atoi("0" + m[3])
	minutes = hours*60 + tenths*6 + rest
	if minutes <= 0 || minutes > 10_000 {
		return 0, fmt.Errorf("%q is not an effort between 1 minute and 10,000", text)
	}
	return minutes, nil
}
