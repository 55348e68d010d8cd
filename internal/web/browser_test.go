package web

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"baton/internal/app/workspaces"
	"baton/internal/work"
)

// A browser is Chromium with one tab.
type browser struct {
	t   *testing.T
	ctx context.Context
}

// newBrowser starts Chromium, or skips the test where there is none.
// BATON_TEST_STRICT, which make sets, forbids skipping.
func newBrowser(t *testing.T) *browser {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "headless-shell"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	switch {
	case testing.Short():
		t.Skip("A browser is left out of short runs.")
	case path == "" && os.Getenv("BATON_TEST_STRICT") != "":
		t.Fatal("There is no Chromium here; install the package chromium.")
	case path == "":
		t.Skip("There is no Chromium here; the pages are not looked at in a browser.")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("hide-scrollbars", true),
	)
	allocated, free := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(free)
	ctx, stop := chromedp.NewContext(allocated)
	t.Cleanup(stop)
	b := &browser{t, ctx}
	b.do() // starts it
	return b
}

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// look sets the window's width and the colours a reader prefers.
func (b *browser) look(width int64, scheme string) {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(width, 900), chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}},
		})
		return err
	}))
}

// eval runs an expression in the page.
func eval[T any](b *browser, expression string, options ...chromedp.EvaluateOption) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, options...))
	if err != nil {
		b.t.Fatal(err)
	}
	return v
}

// enter signs in whom a site is for.
func (b *browser) enter(s *site) {
	b.t.Helper()
	link, err := workspaces.LinkFor(b.t.Context(), s.app, s.me)
	if err != nil {
		b.t.Fatal(err)
	}
	b.do(chromedp.Navigate(link))
	b.press("main button[type=submit]")
}

// beside opens a browser session of its own for another member.
func (b *browser) beside(s *site) *browser {
	b.t.Helper()
	theirs := b.apart()
	theirs.enter(s)
	return theirs
}

// apart opens a browser session of its own in which nobody is signed in.
func (b *browser) apart() *browser {
	b.t.Helper()
	ctx, stop := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	b.t.Cleanup(stop)
	theirs := &browser{b.t, ctx}
	theirs.do()
	return theirs
}

// says is what the open page says.
func (b *browser) says() string {
	b.t.Helper()
	return eval[string](b, `document.querySelector("main").innerText`)
}

// patience is how long a page may take that a button leads to: a button that
// leads nowhere must not hang the tests.
const patience = time.Minute

// press clicks what a selector finds and waits for the page it leads to.
func (b *browser) press(selector string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(selector))); err != nil {
		b.t.Fatalf("%s leads nowhere: %v", selector, err)
	}
}

// until waits for an expression to become true in the page.
func (b *browser) until(expression string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](expression)); err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
}

// enterOn presses Enter once a selector has the focus, which a page gives when
// it is first drawn, and waits for the page it leads to.
func (b *browser) enterOn(selector string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.WaitVisible(chromedp.CSS(selector+":focus"))); err != nil {
		b.t.Fatalf("%s has no focus: %v", selector, err)
	}
	if _, err := chromedp.RunResponse(ctx, chromedp.KeyEvent(kb.Enter)); err != nil {
		b.t.Fatalf("Enter on %s leads nowhere: %v", selector, err)
	}
}

// shot keeps a picture of the page in the directory BATON_SHOTS names.
func (b *browser) shot(name string) {
	b.t.Helper()
	dir := os.Getenv("BATON_SHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// axe is a checker of accessibility.
func axe(t *testing.T) string {
	t.Helper()
	source, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	return string(source)
}

// violations runs axe over the page and returns what it found, a line each.
func (b *browser) violations(source string) []string {
	b.t.Helper()
	found := eval[string](b, source+`;axe.run(document, {resultTypes: ["violations"]}).then(r => JSON.stringify(r.violations.flatMap(v => v.nodes.map(n => v.id + ": " + n.target.join(" ") + " " + n.failureSummary))))`, chromedp.EvalAwaitPromise)
	var lines []string
	if err := json.Unmarshal([]byte(found), &lines); err != nil {
		b.t.Fatal(err)
	}
	return lines
}

// looks are the windows every page must be good in. What axe looks at depends
// on the width or on the colours, not on both, so two of them are enough.
var looks = []struct {
	width  int64
	scheme string
	axe    bool
}{{360, "light", true}, {1280, "dark", true}, {1280, "light", false}, {360, "dark", false}}

// wide reports what sticks out of the window to the right.
const wide = `document.documentElement.scrollWidth <= innerWidth ? "" :
	[...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 3)
	.map(e => e.tagName + "." + e.className).join(", ") || "the document"`

// small reports what a thumb cannot hit: anything to press outside running
// text that is under 44 pixels high or wide.
const small = `[...document.querySelectorAll("main button, main select, main input:not([type=hidden]):not([type=checkbox]):not([type=radio]), main .button, nav a")]
	.filter(e => e.checkVisibility() && (e.getBoundingClientRect().height < 43.5 || e.getBoundingClientRect().width < 43.5))
	.slice(0, 3).map(e => e.tagName + "." + e.className + " " + e.textContent.trim()).join(", ")`

// TestInABrowser looks at the pages as people do. One browser serves all of
// it: starting one takes longer than using it.
func TestInABrowser(t *testing.T) {
	b := newBrowser(t)
	s := newSite(t)
	s.fill()
	b.enter(s)
	run := func(name string, test func(*browser, *site)) {
		t.Run(name, func(t *testing.T) { test(&browser{t, b.ctx}, s) })
	}
	run("pages", everyPage)
	run("cold", coldPlate)
	run("quick add", quickAddChips)
	run("a door code", doorCode)
	run("a call", bookedAndHeld)
	run("a call of one's own", walkedAlone)
	run("a row moves", rowMoves)
	run("the kind brings its form", kindBringsItsForm)
	run("set-up guesses the zone", setUpGuesses)
	run("a coach is invited", coachIsInvited)
	run("a blind vote", blindVote)
	run("a guest votes", guestVoting)
	run("mirror and growth record", mirrorAndGrowth)
	run("the whole loop", wholeLoop)
}

// everyPage must be accessible, fit its window, and be good for a thumb.
func everyPage(b *browser, s *site) {
	source := axe(b.t)
	b.look(1280, "light")
	for _, path := range s.every() {
		b.do(chromedp.Navigate(s.app.URL + path))
		b.examine(source, path)
	}
}

// examine looks at the page that is open in every window.
func (b *browser) examine(source, page string) {
	t := b.t
	t.Helper()
	for _, look := range looks {
		b.look(look.width, look.scheme)
		where := fmt.Sprintf("%s at %d px, %s", page, look.width, look.scheme)
		if look.axe {
			if found := b.violations(source); len(found) > 0 {
				t.Errorf("%s: %s", where, strings.Join(found, "\n\t"))
			}
		}
		if out := eval[string](b, wide); out != "" {
			t.Errorf("%s: sticks out to the right: %s", where, out)
		}
		if look.width == 360 {
			if out := eval[string](b, small); out != "" {
				t.Errorf("%s: too small for a thumb: %s", where, out)
			}
		}
		b.shot(strings.NewReplacer("/", "_", "?", "_", "=", "_").Replace(strings.TrimPrefix(page, "/w/1/")) + fmt.Sprintf("-%d-%s", look.width, look.scheme))
	}
	b.look(1280, "light")
}

// coldPlate counts what a browser that knows nothing loads.
func coldPlate(b *browser, s *site) {
	t := b.t
	var mu sync.Mutex
	requests, bytes := 0, 0.0
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		if _, err := cdp.Call(ctx, t, network.Enable, network.EnableParams{}); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, t, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true})
		return err
	}))
	err := chromedp.Listen(b.ctx, func(event any) {
		if done, ok := event.(*network.EventLoadingFinished); ok {
			mu.Lock()
			defer mu.Unlock()
			requests, bytes = requests+1, bytes+done.EncodedDataLength
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.Navigate(s.app.URL + s.to("/plate")))
	eval[bool](b, `document.fonts.ready.then(() => true)`, chromedp.EvalAwaitPromise)
	mu.Lock()
	defer mu.Unlock()
	t.Logf("the plate, cold: %d requests, %.1f KiB", requests, bytes/1024)
	if requests == 0 || requests > 12 || bytes > 150*1024 {
		t.Errorf("the plate, cold, takes %d requests and %.1f KiB; at most 12 and 150 are allowed", requests, bytes/1024)
	}
}

// rowMoves moves a line of the plate by keyboard, and keeps the focus in it.
func rowMoves(b *browser, s *site) {
	t := b.t
	b.do(chromedp.Navigate(s.app.URL + s.to("/plate")))
	const second = `document.querySelectorAll("[data-task]")[1].dataset.task`
	moved := eval[string](b, second)
	b.do(chromedp.Focus(chromedp.CSS(`[data-task="` + moved + `"] [data-move]`)))
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, chromedp.KeyEvent(kb.ArrowUp, chromedp.KeyModifiers(kb.ModifierAlt))); err != nil {
		t.Fatal(err)
	}
	if got := eval[string](b, `document.querySelector("[data-task]").dataset.task`); got != moved {
		t.Errorf("task %s did not move up: %s is at the top", moved, got)
	}
	if got := eval[string](b, `document.activeElement.closest("[data-task]")?.dataset.task ?? ""`); got != moved {
		t.Errorf("the focus is in %q, not in the row that moved", got)
	}
}

// kindBringsItsForm changes what is handed over: the fields follow, and what
// was typed stays.
func kindBringsItsForm(b *browser, s *site) {
	t := b.t
	page := s.drafted(s.onPlate("Sort the keys 1h"), work.Assignment, 0, map[string][]string{"brief.outcome": {"Every key has a name."}})
	b.do(chromedp.Navigate(s.app.URL + page + "/draft"))
	b.do(chromedp.SendKeys(chromedp.CSS(`[name="brief.outcome"]`), "!"))
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, chromedp.Focus(chromedp.CSS(`[name="kind"]`)), chromedp.KeyEvent(kb.ArrowDown)); err != nil {
		t.Fatal(err)
	}
	if got := eval[string](b, `document.querySelector('[name="brief.outcome"]').value`); !strings.Contains(got, "!") {
		t.Errorf("what was typed is lost: %q", got)
	}
	if !eval[bool](b, `!!document.querySelector('[name="brief.why_you"]')?.checkVisibility()`) {
		t.Error("the form of the other kind is not there")
	}
}

// setUpGuesses fills in the browser's own time zone.
func setUpGuesses(b *browser, _ *site) {
	empty := bareSite(b.t, Options{})
	link, err := workspaces.SetupLink(b.t.Context(), empty.app)
	if err != nil {
		b.t.Fatal(err)
	}
	b.do(chromedp.Navigate(link))
	want := eval[string](b, `Intl.DateTimeFormat().resolvedOptions().timeZone`)
	if got := eval[string](b, `document.querySelector("[name=zone]").value`); got != want || got == "" {
		b.t.Errorf("the zone is guessed as %q, the browser's is %q", got, want)
	}
	b.examine(axe(b.t), "setup")
}

// quickAddChips shows what was understood while somebody types.
func quickAddChips(b *browser, s *site) {
	t := b.t
	b.do(chromedp.Navigate(s.app.URL + s.to("/today")))
	b.do(chromedp.SendKeys(chromedp.CSS("#quickadd"), "Order supplies every friday 45m"))
	b.do(chromedp.Click(chromedp.CSS(".understood button:nth-child(2)")))
	if got := eval[string](b, `document.querySelector("#quickadd").value`); got != `Order supplies every friday "45m"` {
		t.Errorf("taking a chip back leaves %q", got)
	}
}
