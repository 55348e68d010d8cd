package store

import (
	"regexp"
	"slices"
)

// secretLink is an address in a mail that opens something for whoever has it.
var secretLink = regexp.MustCompile(`(/(?:guest|signin|setup)/)[A-Za-z0-9_-]{20,}`)

// noLink is why a mail of an export is not sent from where it is brought back.
const noLink = "Its link stayed behind when everything was exported; make a new one and pass it on."

// keepLinks takes the secret out of each link in a mail of an export. Mail
// that had not left yet leads nowhere then and is given up, so that whoever it
// was sent for hears of it. A mail that was exported before stays as it is:
// what is brought back exports to the same bytes.
func keepLinks(columns []string, values []any) {
	at := func(name string) *any { return &values[slices.Index(columns, name)] }
	var body string
	switch v := (*at("body")).(type) {
	case string:
		body = v
	case []byte:
		body = string(v)
	}
	without := secretLink.ReplaceAllString(body, "${1}…")
	if without == body {
		return
	}
	*at("body") = without
	if *at("sent_at") == int64(0) && *at("given_up_at") == int64(0) {
		*at("given_up_at"), *at("problem") = *at("leaves_at"), noLink
	}
}
