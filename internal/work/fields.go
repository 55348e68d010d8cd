package work

import (
	"cmp"
	"slices"
	"strings"
)

// A Field of work ties the words a skill is called by to the words a task of
// that kind is written with, so that "staff rota" finds who has "scheduling".
// Words are read as cues are: see the cue type.
type Field struct {
	Name  string
	Words []string
	Plain bool // anybody can do it well enough with a little showing
}

// Fields lists the fields of work, by name. docs/letgo.md shows the table.
var Fields = []Field{
	{"administration", []string{"administ", "admin", "office", "phone", "inbox", "timesheet", "secretar", "assistan", "mail", "filing", "file", "scan", "copy", "copies", "photocop", "print ", "printing", "data entry", "type up", "typing", "minutes of", "handout", "letters", "archiv", "errand", "paperwork", "forms"}, true},
	{"appointments", []string{"schedul", "calendar", "appointment", "booking", "reservation", "diary"}, false},
	{"books and bills", []string{"financ", "invoic", "money", "cash", "timesheet", "billing", "bills", "bill", "bookkeep", "accounts", "accounting", "receipt", "expense", "payroll", "budget", "tax ", "taxes", "vat ", "ledger", "reconcil", "payment", "overdue", "debtor", "bank"}, false},
	{"childcare", []string{"childcare", "child care", "babysit", "nanny", "bedtime", "kids"}, false},
	{"cleaning", []string{"clean", "housekeep", "tidy", "vacuum", "wash", "sweep", "hoover", "mop ", "mopping", "dust", "laundry", "iron ", "ironing", "dishes", "scrub", "declutter", "housework"}, true},
	{"clinical work", []string{"clinical", "nursing", "triage", "prescri", "refill", "lab ", "labs ", "laboratory", "chart", "treatment", "vaccin", "diagnos", "prior authorization", "patient care"}, false},
	{"communication", []string{"communicat", "message", "email", "e mail", "inbox", "phone", "call", "reception", "front desk", "customer service", "enquir", "inquir", "correspond", "reply", "replies", "replying", "answer"}, false},
	{"cooking", []string{"cook", "meal", "dinner", "lunch", "grocer", "recipe", "bake", "baking", "catering"}, true},
	{"data", []string{"spreadsheet", "excel", "data", "report", "dashboard", "statistic", "analy", "figures"}, false},
	{"design", []string{"design", "layout", "poster", "brochure", "flyer", "logo", "graphic", "photo ", "photos ", "photograph", "banner"}, false},
	{"driving", []string{"driv", "pick up", "drop off", "transport", "courier", "school run", "chauffeur", "deliver"}, true},
	{"events", []string{"event ", "events ", "party", "venue", "invitation", "ceremony", "trip", "travel", "holiday", "flight", "hotel", "itinerary", "open day"}, false},
	{"garden", []string{"garden", "lawn", "mow", "plants", "hedge", "weed", "prun", "yard", "leaves", "landscap", "snow"}, true},
	{"hiring", []string{"hiring", "hire", "recruit", "interview", "candidate", "applicant", "onboard", "vacanc", "staffing", "job advert"}, false},
	{"inventory", []string{"inventor", "suppl", "stock", "restock", "reorder", "order", "purchas", "procure", "warehouse"}, true},
	{"languages", []string{"translat", "interpret", "spanish", "french", "german", "polish", "bilingual", "subtitl"}, false},
	{"law", []string{"legal", "contract", "lease", "gdpr", "privacy", "policies"}, false},
	{"leading projects", []string{"project", "program", "initiative", "launch", "roll out", "rollout", "pilot", "campaign", "implement", "migrat"}, false},
	{"presenting", []string{"presenting", "presentation", "^present", "slides", "slide deck", "conference talk", "give a talk", "a talk", "talk on ", "speech", "keynote", "speak", "pitch"}, false},
	{"quality", []string{"quality", "audit", "improvement", "metric", "measure", "outcome", "indicator", "kpi", "accredit", "inspect"}, false},
	{"records", []string{"record", "log ", "logs ", "logbook", "register", "document", "compliance"}, true},
	{"repairs", []string{"repair", "fix", "plumb", "gutter", "leak", "paint", "handyman", "maintenance", "electric", "carpent", "boiler", "roof", "renovat", "diy"}, false},
	{"sales", []string{"sales", "selling", "quote", "tender", "proposal", "crm", "prospect"}, false},
	{"rotas", []string{"schedul", "rota", "rotas", "roster", "shift", "timetab", "time off", "leave request", "vacation request", "availab"}, false},
	{"social media and marketing", []string{"social media", "marketing", "instagram", "facebook", "linkedin", "advert", "promot", "seo"}, false},
	{"software and machines", []string{"it support", "software", "website", "server", "backup", "back up", "printer", "network", "laptop", "computer", "password", "install", "phone line", "database", "web"}, false},
	{"teaching", []string{"teach ", "teaching", "train", "apprentice", "mentor", "coach", "tutor", "curriculum", "lesson", "workshop", "instruct", "induct", "homework", "class"}, false},
	{"writing", []string{"writ", "rewrit", "newsletter", "edit", "blog", "article", "copywrit", "proofread", "press release", "content", "letter to"}, false},
}

// fieldIn returns whether one of the field's words stands in a text.
func (f *Field) in(t *text) bool {
	for _, w := range f.Words {
		if t.has(w) {
			return true
		}
	}
	return false
}

// fieldsIn returns the indexes of the fields a text speaks of.
func fieldsIn(t *text) []int {
	var out []int
	for i := range Fields {
		if Fields[i].in(t) {
			out = append(out, i)
		}
	}
	return out
}

// FieldsOf returns the fields of work that a task's title speaks of, what it
// speaks of first before the rest: "hiring for the front desk" is hiring.
func FieldsOf(t *Task) []Field {
	title := newText(t.Title)
	in := fieldsIn(&title)
	slices.SortStableFunc(in, func(a, b int) int { return cmp.Compare(Fields[a].at(&title), Fields[b].at(&title)) })
	var out []Field
	for _, i := range in {
		out = append(out, Fields[i])
	}
	return out
}

// at is where the first of the field's words stands in a text that has one.
func (f *Field) at(t *text) int {
	first := len(t.whole)
	for _, w := range f.Words {
		if t.has(w) {
			first = min(first, max(0, t.wordAt(strings.TrimPrefix(w, "^"))))
		}
	}
	return first
}
