package web

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"baton/internal/work"
)

// A walker goes through pages as one person does, and looks at each.
type walker struct {
	*browser
	s    *site
	axe  string
	name string
}

// as signs the browser in as somebody else.
func (w *walker) as(s *site, name string) *walker {
	w.t.Helper()
	w.enter(s)
	return &walker{w.browser, s, w.axe, name}
}

// open goes to a page by its path.
func (w *walker) open(path string) {
	w.t.Helper()
	w.do(chromedp.Navigate(w.s.app.URL + path))
}

// says fails the walk unless the page says something.
func (w *walker) says(words string) {
	w.t.Helper()
	if got := eval[string](w.browser, `document.querySelector("main").innerText`); !strings.Contains(got, words) {
		w.t.Fatalf("%s: %q is not on the page: %s", w.name, words, got)
	}
}

// looks examines the page in every window.
func (w *walker) looks(page string) {
	w.t.Helper()
	w.examine(w.axe, w.name+"-"+page)
}

// write fills a field.
func (w *walker) write(selector, words string) {
	w.t.Helper()
	w.do(chromedp.SendKeys(chromedp.CSS(selector), words))
}

// move unfolds a move's form, fills its fields and sends it.
func (w *walker) move(m work.MoveName, typed ...string) {
	w.t.Helper()
	form := `form[action$="/moves/` + string(m) + `"]`
	eval[bool](w.browser, `(() => { const d = document.querySelector(`+"`"+form+"`"+`)?.closest("details"); if (d && !d.open) d.querySelector("summary").click(); return true })()`)
	for i := 0; i+1 < len(typed); i += 2 {
		w.write(form+` [name="`+typed[i]+`"]`, typed[i+1])
	}
	w.press(form + ` button[type=submit]`)
}

// wholeLoop walks a hand-over from the plate to the look back, as giver, as
// receiver and as a guest.
func wholeLoop(b *browser, s *site) {
	ana := s.join("Ana Lopez", "ana.lopez@example.org")
	w := &walker{b, s, axe(b.t), ""}
	page := w.brief(s, ana)
	w.agree(s, ana, page)
	w.work(s, ana, page)
	w.guest(s)
}

// brief writes a strategic brief and offers it.
func (w *walker) brief(s, ana *site) (page string) {
	dana := w.as(s, "giver")
	task := s.onPlate("Plan the open day 12h due in 3 months")
	dana.open(s.to("/delegations/new?task=%d&kind=strategic&person=%d", task, ana.me.Person))
	dana.looks("start")
	dana.press(`form[action$="/delegation"] button`)
	dana.says("It does not say what will be true when it is done.")
	dana.looks("empty brief")
	for name, words := range map[string]string{
		"brief.outcome": "Forty families from the neighbourhood came, and half of them know one of us by name.",
		"brief.why":     "Most of them live ten minutes away and drive past us.",
		"brief.why_you": "You know every family on the street, and you wanted to lead something of your own.",
		"brief.success": "Forty families\nNobody worked past six",
		"brief.parts":   "A plan on one page: in 3 weeks",
	} {
		dana.write(`[name="`+name+`"]`, words)
	}
	dana.do(chromedp.Click(chromedp.CSS(`.more > summary`)))
	dana.write(`[name="per_decision"]`, "300")
	dana.write(`[name="total"]`, "1200")
	dana.do(chromedp.Click(chromedp.CSS(`[name="authority.level"][value="5"]`)))
	dana.press(`button[value="preview"]`)
	dana.says("This is what Ana Lopez will see.")
	dana.looks("preview")
	dana.press(`form[action$="/offer"] button`)
	dana.says("Ana Lopez’s move, since today.")
	dana.looks("offered")
	return strings.TrimPrefix(eval[string](w.browser, `location.pathname`), s.app.URL)
}

// agree reads, asks, and accepts with a read-back that the giver confirms.
func (w *walker) agree(s, ana *site, page string) {
	r := w.as(ana, "receiver")
	r.open(page)
	r.says("Your move, since today.")
	r.looks("offer")
	r.move(work.MoveAsk, "text", "May I ask the school for their yard?")
	dana := w.as(s, "giver")
	dana.open(page)
	dana.looks("question")
	dana.move(work.MoveTurnBack)
	r = w.as(ana, "receiver")
	r.open(page)
	r.move(work.MoveAnswer, "text", "I would ask them, and take the park if they say no.")
	r.move(work.MoveAccept, "read_back", "Families come and know us. First I write the plan on one page.")
	r.says("What you agreed")
	dana = w.as(s, "giver")
	dana.open(page)
	dana.move(work.MoveReadBackOK)
	dana.looks("suggestion")
	dana.move(work.MoveGo)
	dana.says("Ana Lopez’s move, since today.")
	dana.looks("agreed")
}

// work decides, is objected to, gives an update, delivers, and both look back.
func (w *walker) work(s, ana *site, page string) {
	r := w.as(ana, "receiver")
	r.open(page)
	r.move(work.MoveDecide, "words", "Rent a tent", "amount", "280")
	r.move(work.MoveDecide, "words", "A band for the evening", "amount", "900")
	r.move(work.MoveCheckIn, "note", "The school said yes.")
	r.looks("working")
	dana := w.as(s, "giver")
	dana.open(page)
	dana.looks("decisions")
	dana.move(work.MoveRefuse, "reason", "A quiet evening is what they told us they want.")
	r = w.as(ana, "receiver")
	r.open(page)
	r.move(work.MoveDeliver, "note", "Forty-three families came.")
	r.says("Completed")
	r.looks("ended")
	r.open(page + "/reflection")
	r.looks("look back")
	for _, q := range lookQuestions {
		r.do(chromedp.Click(chromedp.CSS(`[name="` + q.Name + `"][value="4"]`)))
	}
	r.press(`form[action$="/reflection"] button`)
	r.says("The other look back shows once both are in.")
	w.learn(s, ana, page)
}

// learn completes the look back as the giver, takes what it proposes, and
// disputes it as the person it is about.
func (w *walker) learn(s, ana *site, page string) {
	dana := w.as(s, "giver")
	dana.open(page + "/reflection")
	dana.do(chromedp.Click(chromedp.CSS(`[name="outcome"][value="5"]`)), chromedp.Click(chromedp.CSS(`[name="hard"][value="3"]`)), chromedp.Click(chromedp.CSS(`[name="free"][value="4"]`)))
	dana.press(`form[action$="/reflection"] button`)
	dana.says("What experience proposes")
	dana.looks("lessons beside the work")
	dana.open(s.to("/lessons"))
	dana.looks("lessons")
	dana.press(`form[action$="/agreement"] button`)
	dana.says("Nothing is proposed now")
	record := s.to("/people/%d/record", ana.me.Person)
	r := w.as(ana, "receiver")
	r.open(record)
	r.looks("record")
	r.do(chromedp.Click(chromedp.CSS(`main details > summary`)))
	r.write(`[name="words"]`, "I had much help.")
	r.press(`form[action$="/dispute"] button`)
	r.says("“I had much help.”")
	r.looks("disputed")
	dana = w.as(s, "giver")
	dana.open(record)
	dana.looks("to answer")
}

// guest answers without an account.
func (w *walker) guest(s *site) {
	page, link := s.offeredTo("Clean the rooms every saturday 3h", "Bright Homes", map[string][]string{
		"brief.outcome": {"The rooms are clean by Saturday evening."}, "brief.minimum": {"Floors, basins and bins."},
		"price": {"114"}, "per": {"occurrence"}, "rule": {"every saturday"}, "effort": {"3h"}, "brief.ask_before": {"Moving furniture\nThrowing anything away"},
	})
	g := &walker{w.browser, s, w.axe, "guest"}
	g.open(link)
	g.says("Dana Reyes asks whether you would take this on.")
	g.looks("offer")
	g.open(link + "/proposal")
	g.looks("other terms")
	g.open(link)
	g.move(work.MoveAccept)
	g.says("You do this for Dana Reyes.")
	g.looks("agreed")
	g.open("/guest/closed")
	g.looks("closed")
	dana := w.as(s, "giver")
	dana.open(page)
	dana.looks("with a guest")
	dana.open(s.to("/delegations"))
	dana.looks("handed out")
}

// TestWordsOfADelegationFitItsReader reads one event from both sides.
func TestWordsOfADelegationFitItsReader(t *testing.T) {
	s := newSite(t)
	ana := s.join("Ana Lopez", "ana.lopez@example.org")
	page := s.drafted(s.onPlate("Count the stock 1h"), work.Assignment, ana.me.Person, map[string][]string{"brief.outcome": {"The list is right."}})
	s.post(page+"/offer", nil)
	ana.move(page, work.MoveDecline, map[string][]string{"reason": {"I am away that week."}})
	s.get(page).has(".timeline", "Ana Lopez declined")
	ana.get(page).has(".timeline", "You declined")
}
