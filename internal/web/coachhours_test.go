package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// tuesdays are hours of an hour's call on Tuesday afternoons in Chicago.
var tuesdays = url.Values{
	"windows": {"Tue 14:00-17:00"}, "zone": {"America/Chicago"}, "length": {"60"}, "before": {"0"}, "after": {"15"}, "notice": {"24"}, "horizon": {"4"}, "off": {""},
}

func with(v url.Values, name, value string) url.Values {
	out := url.Values{}
	for k := range v {
		out[k] = v[k]
	}
	out.Set(name, value)
	return out
}

func TestHoursForCallsAreKept(t *testing.T) {
	s := newSite(t)
	path := s.to("/coach/hours")
	p := s.get(path)
	p.is(http.StatusOK)
	p.has("section", "No time is free.")
	p = s.post(path, with(tuesdays, "version", ""))
	p.is(http.StatusOK)
	p.has(".toast", "Saved.")
	p.has("h3", "Tuesday 10 March")
	if got := p.text("section ul.chips .chip"); !strings.HasPrefix(got, "14:0014:3015:0015:3016:00") {
		t.Errorf("free times are %q", got)
	}
	p = s.post(path, with(tuesdays, "windows", "Tue 17-14"))
	p.is(http.StatusUnprocessableEntity)
	p.has(".wrong", "ends before it begins")
	p = s.post(path, with(tuesdays, "off", "Christmas"))
	p.is(http.StatusUnprocessableEntity)
	p.has(".wrong", "one a line, like 2026-12-24")
	p = s.post(path, with(tuesdays, "version", "7"))
	p.is(http.StatusConflict)
}

func TestABusyCalendarTakesFreeTimesAway(t *testing.T) {
	s := newSite(t)
	s.post(s.to("/coach/hours"), tuesdays).is(http.StatusOK)
	p := s.sendFile(s.to("/coach/busy"), "cal.ics", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Dentist\r\nDTSTART:20260303T200000Z\r\nDTEND:20260303T210000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
	p.is(http.StatusOK)
	p.has(".toast", "Calendar is read: 1 busy time.")
	if strings.Contains(p.body, "Dentist") {
		t.Error("what an event is was kept")
	}
	if first := p.doc.Find("section ul.chips").First().Find(".chip").First().Text(); first != "15:00" {
		t.Errorf("the first free time is %q, beside a busy one from 14:00 to 15:00", first)
	}
	p = s.sendFile(s.to("/coach/busy"), "cal.ics", "a list")
	p.is(http.StatusUnprocessableEntity)
	p.has(".wrong", "This is no calendar")
	s.now = s.now.Add(29 * 24 * time.Hour)
	s.get(s.to("/coach/hours")).has("[role=status]", "Read it again")
	p = s.post(s.to("/coach/busy/end"), url.Values{"source": {"calendar"}})
	p.has(".toast", "Forgotten.")
	p.lacks("[role=status]", "Read it again")
}
