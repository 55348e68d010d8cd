package formats

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"baton/internal/importer"
	"baton/internal/work"
)

// monday 23 November 2026, 09:00 in Chicago
var here = importer.Context{
	Now: time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC), Zone: "America/Chicago", Currency: "USD", Me: []string{"Ada", "ada@example.org"},
}

// tally is what came of a file: how many rows were taken, and how many not.
type tally struct {
	Format         string
	Taken, Skipped int
	Refused        string
}

func tallied(name, content, forced string) tally {
	format, rows, err := Open(strings.NewReader(content), name, forced, here)
	t := tally{Format: format.Name}
	if err != nil {
		t.Refused = err.Error()
		return t
	}
	for row, err := range rows {
		switch {
		case err != nil:
			t.Refused = err.Error()
		case row.Skip != "":
			t.Skipped++
		default:
			t.Taken++
		}
	}
	return t
}

func collect(t *testing.T, name, content string) []importer.Row {
	t.Helper()
	_, rows, err := Open(strings.NewReader(content), name, "", here)
	if err != nil {
		t.Fatal(err)
	}
	var out []importer.Row
	for row, err := range rows {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, row)
	}
	return out
}

// TestSamples walks the sample files when they are there. Whatever is not
// taken is skipped with a reason; nothing is refused.
func TestSamples(t *testing.T) {
	want := map[string]tally{
		"clinic-lead.todoist.csv": {"todoist", 24, 0, ""}, "home.txt": {"text", 7, 1, ""}, "people.csv": {"people", 6, 0, ""}, "practice.asana.csv": {"asana", 3, 1, ""},

		"Atikokan.ics": {"calendar", 0, 1, ""}, "Denver.ics": {"calendar", 0, 1, ""}, "Los_Angeles.ics": {"calendar", 0, 1, ""}, "New_York.ics": {"calendar", 0, 1, ""},
		"RDATE_test.ics": {"calendar", 0, 1, ""}, "RDATE_utc_test.ics": {"calendar", 0, 1, ""}, "RRULE_UNTIL_test.ics": {"calendar", 0, 1, ""},
		"blank_line_end.ics": {"calendar", 0, 1, ""}, "blank_line_mid.ics": {"calendar", 0, 1, ""}, "google_birthday.ics": {"calendar", 0, 4, ""},
		"daily_recur.ics": {"calendar", 1, 0, ""}, "parserv2.ics": {"calendar", 1, 0, ""}, "recur_instances.ics": {"calendar", 1, 0, ""},
	}
	files, err := filepath.Glob("../../../../shared/samples/*/*")
	if err != nil || len(files) == 0 {
		t.Skip("the samples are not there")
	}
	calendars := 0
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(file)
		got := tallied(name, string(content), "")
		expected, named := want[name]
		if !named {
			expected = tally{"calendar", 0, 1, ""} // over, for the whole day, or without length
		}
		if diff := cmp.Diff(expected, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if got.Format == "calendar" && got.Refused == "" {
			calendars++
		}
	}
	if calendars < 20 {
		t.Errorf("%d calendars were taken", calendars)
	}
}

func TestKeysSurviveOtherLines(t *testing.T) {
	const header = "TYPE,CONTENT,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE\n"
	before := collect(t, "a.csv", header+"section,Home,,,,,,,\ntask,Mow,4,1,,,,,\ntask,Trim,4,2,,,,,\ntask,Mow,4,1,,,,,\n")
	after := collect(t, "b.csv", header+"task,New,4,1,,,,,\nsection,Home,,,,,,,\ntask,Other,4,1,,,,,\ntask,Mow,4,1,,,,,\ntask,Trim,4,2,,,,,\ntask,Mow,4,1,,,,,\n")
	keys := map[string]bool{}
	for _, r := range after {
		keys[r.Key] = true
	}
	for _, r := range before {
		if !keys[r.Key] {
			t.Errorf("the key of %s changed", r.Title)
		}
	}
	if len(keys) != len(after) {
		t.Error("two rows have one key")
	}
}

func TestEncodings(t *testing.T) {
	const text = "Task;Notes\r\nGrüße – schreiben;„ja“\r\n"
	want := collect(t, "x.csv", text)
	for name, e := range map[string]encoding.Encoding{
		"UTF-8 with a mark": unicode.UTF8BOM, "UTF-16 LE": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
		"UTF-16 BE": unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "UTF-16 LE without a mark": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
		"UTF-16 BE without a mark": unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "Windows-1252": charmap.Windows1252,
	} {
		encoded, err := e.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		got := collect(t, "x.csv", encoded)
		if len(got) != 1 || got[0].Title != want[0].Title || got[0].Note != "„ja“" {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestOddTables(t *testing.T) {
	for name, c := range map[string]struct {
		content string
		want    tally
	}{
		"ragged":             {"title,due\nA\nB,2026-12-01,more,and more\n\n,\n", tally{"csv", 2, 0, ""}},
		"quotes inside":      {"title,note\n5\" screen,x\n\"a \"\"b\"\" c\",\"d,\ne\"\n\"say \"hi\" now\",f\n", tally{"csv", 3, 0, ""}},
		"old line ends":      {"title,note\rA,b\rC,d\r", tally{"csv", 2, 0, ""}},
		"tabs":               {"title\tnote\nA\tb\n", tally{"csv", 1, 0, ""}},
		"zero bytes":         {"title,note\nA\x00B,c\n", tally{"csv", 1, 0, ""}},
		"no title":           {"title,note\n,lost\n", tally{"csv", 0, 1, ""}},
		"one id twice":       {"id,title,note\n1,A,\n1,B,\n", tally{"csv", 1, 1, ""}},
		"an open quote":      {"title,note\n\"A,b\n", tally{"csv", 0, 0, "Line 2: a quote opens there and never closes."}},
		"a huge field":       {"title,note\n\"" + strings.Repeat("x", 1<<20+1) + "\",b\n", tally{"csv", 0, 0, "Line 2: the field that opens there is longer than 1 MB; is its closing quote missing?"}},
		"a list of people":   {"name,kind,email,skills\nKim,family,,cooking:3\n", tally{"people", 1, 0, ""}},
		"an agent":           {"name,kind,email\nRobot,agent,\n", tally{"people", 1, 0, ""}},
		"hours that are not": {"name,email,hours_per_week\nKim,,NaN\nLee,,\"2,5\"\n", tally{"people", 1, 1, ""}},
	} {
		if diff := cmp.Diff(c.want, tallied("x.csv", c.content, "")); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestRefusals(t *testing.T) {
	for name, c := range map[string]struct{ file, content, forced, want string }{
		"empty":           {"x.txt", " \n", "", "The file is empty."},
		"a picture":       {"x.png", "\x89PNG\r\n\x1a\n\x00\x00", "", "Line 1: x.png is in no format that is known"},
		"other JSON":      {"x.json", `{"a":1}`, "", "Line 1: x.json is in no format that is known"},
		"forced":          {"x.csv", "a,b\n", "todoist", "Line 1: there is no header with the columns TYPE and CONTENT."},
		"cut JSON":        {"x.json", "[{\"uuid\":\"1\",\"description\":\"a\"},\n{\"uuid\":", "", "Line 2: the file breaks off."},
		"cut calendar":    {"x.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\n", "", "Line 3: the file breaks off inside a VEVENT."},
		"an odd board":    {"x.json", `{"cards":7,"lists":[]}`, "", "Line 1: there should be a [."},
		"deep components": {"x.ics", "BEGIN:VCALENDAR\n" + strings.Repeat("BEGIN:A\n", 30), "", "Line 21: components are nested too deep."},
		"a format nobody": {"x.csv", "a", "excel", `There is no format called "excel"`},
	} {
		if got := tallied(c.file, c.content, c.forced); !strings.HasPrefix(got.Refused, c.want) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestCalendarHours(t *testing.T) {
	event := func(lines ...string) string {
		return "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Meet\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	}
	weekly := []string{"DTSTART;TZID=America/Chicago:20200106T100000", "DTEND;TZID=America/Chicago:20200106T110000", "RRULE:FREQ=WEEKLY;BYDAY=MO"}
	for name, c := range map[string]struct {
		content string
		want    work.Minutes
	}{
		"weekly":               {event(weekly...), 60},
		"two excepted":         {event(append(weekly, "EXDATE;TZID=America/Chicago:20261116T100000,20261130T100000")...), 53},
		"excepted by its date": {event(append(weekly, "EXDATE;VALUE=DATE:20261116")...), 57},
		"one more":             {event(append(weekly, "RDATE;TZID=America/Chicago:20261202T090000")...), 64},
		"a longer one more":    {event(append(weekly, "RDATE;VALUE=PERIOD:20261202T150000Z/PT4H")...), 75},
		"two rules":            {event(append(weekly, "RRULE:FREQ=WEEKLY;BYDAY=TH")...), 120},
		"daily for decades":    {event("DTSTART:19700101T100000Z", "DURATION:PT30M", "RRULE:FREQ=DAILY"), 210},
		"across the change":    {event("DTSTART;TZID=America/Chicago:20260901T013000", "DURATION:PT1H", "RRULE:FREQ=DAILY"), 420},
		"one moved, one gone": {strings.Replace(event(weekly...), "END:VCALENDAR", strings.Join([]string{
			"BEGIN:VEVENT", "UID:a", "RECURRENCE-ID;TZID=America/Chicago:20261207T100000", "DTSTART;TZID=America/Chicago:20261208T100000",
			"DTEND;TZID=America/Chicago:20261208T130000", "END:VEVENT", "BEGIN:VEVENT", "UID:a", "RECURRENCE-ID;TZID=America/Chicago:20261214T100000",
			"DTSTART;TZID=America/Chicago:20261214T100000", "DTEND;TZID=America/Chicago:20261214T110000", "STATUS:CANCELLED", "END:VEVENT", "END:VCALENDAR",
		}, "\r\n"), 1), 64},
		"in a zone of its own": {"BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Mine\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:-0741\nTZOFFSETTO:-0741\nEND:STANDARD\nEND:VTIMEZONE\n" +
			"BEGIN:VEVENT\nUID:a\nSUMMARY:Meet\nDTSTART;TZID=Mine:20261123T134200\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=4\nEND:VEVENT\nEND:VCALENDAR\n", 15},
	} {
		rows := collect(t, "x.ics", c.content)
		if len(rows) != 1 || rows[0].Skip != "" || rows[0].Counted != c.want {
			t.Errorf("%s: %d minutes a week, want %d: %+v", name, rows[0].Counted, c.want, rows)
		}
	}
	for name, content := range map[string]string{
		"for whole days":  event("DTSTART;VALUE=DATE:20261123", "RRULE:FREQ=WEEKLY"),
		"free":            event(append(weekly, "TRANSP:TRANSPARENT")...),
		"declined":        event(append(weekly, "ATTENDEE;PARTSTAT=ACCEPTED:mailto:x@example.org", "ATTENDEE;CN=Ada;PARTSTAT=DECLINED:mailto:ada@example.org")...),
		"over":            event("DTSTART:20200106T100000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;UNTIL=20261101T000000Z"),
		"by the minute":   event("DTSTART:20200106T100000Z", "DURATION:PT1M", "RRULE:FREQ=MINUTELY"),
		"without a match": event("DTSTART:20200106T100000Z", "DURATION:PT1H", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
	} {
		if rows := collect(t, "x.ics", content); len(rows) != 1 || rows[0].Skip == "" {
			t.Errorf("%s: %+v", name, rows)
		}
	}
}

func TestDatesAreNotGuessed(t *testing.T) {
	rows := collect(t, "x.csv", "title,due\nA,03/04/2027\n")
	if !rows[0].Due.IsZero() || rows[0].Note != "When: 03/04/2027" || rows[0].Remark == "" {
		t.Errorf("a date that could be two days: %+v", rows[0])
	}
	rows = collect(t, "x.csv", "title,due\nA,03/04/2027\nB,25/12/2026\n")
	if got := rows[0].Due.Date.String(); got != "2027-04-03" {
		t.Errorf("the other dates put the day first, and this is %s", got)
	}
}

// FuzzOpen gives any bytes to any reader. Nothing panics or hangs, every row
// has a line, and what is taken has a key and a title.
func FuzzOpen(f *testing.F) {
	for _, seed := range seeds {
		for i := range All {
			f.Add([]byte(seed), i)
		}
	}
	f.Fuzz(func(t *testing.T, content []byte, which int) {
		forced := ""
		if which >= 0 && which < len(All) {
			forced = All[which].Name
		}
		_, rows, err := Open(strings.NewReader(string(content)), "", forced, here)
		if err != nil {
			return
		}
		keys := map[string]bool{}
		for row, err := range rows {
			switch {
			case err != nil:
				return
			case row.Line < 1:
				t.Errorf("a row without a line: %+v", row)
			case row.Skip == "" && (row.Key == "" || keys[row.Key] || row.Title == "" && row.Person == nil):
				t.Errorf("a row without a key of its own or a title: %+v", row)
			case strings.ContainsRune(row.Title+row.Note+row.Area, 0):
				t.Errorf("a zero byte: %+v", row)
			}
			keys[row.Key] = true
		}
	})
}

var seeds = []string{
	"TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,DATE,DURATION,DURATION_UNIT\nsection,S,,,,,,\ntask,Do @x,d,1,1,every friday 16:00,45,minute\nnote,n,,,,,,\ntask,Part,,4,2,tomorrow,1,day\n",
	"Task ID,Completed At,Name,Section/Column,Due Date,Parent task\n1,,A,S,2026-12-01,\n2,2026-01-01,B,S,,\n3,,C,S,,A\n",
	`{"cards":[{"id":"1","name":"A","idList":"l"}],"lists":[{"id":"l","name":"L"}],"checklists":[{"idCard":"1","checkItems":[{"id":"2","name":"P"}]}]}`,
	`[{"uuid":"1","description":"A","status":"pending","recur":"2wks","due":"20261201T000000Z"}]`,
	"Title,Importance,Due Date,List Name,Steps\nA,high,12/24/2026,L,\"one\ntwo\"\n",
	"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:A\nDTSTART;TZID=America/Chicago:20261123T100000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY\nEXDATE;VALUE=DATE:20261130\nRDATE:20261201T000000Z/PT2H\nEND:VEVENT\nBEGIN:VTODO\nSUMMARY:B\nDUE:20261201\nEND:VTODO\nEND:VCALENDAR\n",
	"# Home\n- [ ] a 20m\n  - b every sunday\n  more\n- [x] c\n```\nx\n```\n1. d due 12 dec !2\n",
	"title;minutes;repeat\nA;30;every month\n",
	"name,kind,email,hours_per_week,hourly_cost,skills,credentials\nKim,family,k@example.org,6,42.50,\"a:4, b\",RN until 2027-01-01\n",
	"\xff\xfea\x00,\x00b\x00\n\x00", "\x00\x01\x02", "[[[[", "{{\"a\":[", "\"", "",
}
