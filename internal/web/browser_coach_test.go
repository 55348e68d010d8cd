package web

import (
	"context"
	"strings"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// coachIsInvited invites a coach, looks at what they will see, and at the same
// on paper.
func coachIsInvited(b *browser, s *site) {
	b.look(1280, "light")
	b.do(chromedp.Navigate(s.app.URL + s.to("/coach")))
	b.do(chromedp.Click(chromedp.CSS("details:has(#f-coach-name) > summary"))) // somebody coaches already
	b.do(chromedp.SendKeys(chromedp.CSS("#f-coach-name"), "Cora Vance"), chromedp.SendKeys(chromedp.CSS("#f-coach-email"), "cora@coach.example"))
	b.press(`form[action$="/coach/invitations"] button.primary`)
	if got := eval[string](b, `document.querySelector("main h2").textContent`); got != "Cora Vance is your coach" {
		b.t.Fatalf("the page says %q", got)
	}
	b.shot("coach")
	b.examine(axe(b.t), "/coach with a coach")
	b.look(1280, "light")
	b.press(`a[href*="/coach/"].button:not([href$="/self"]):not([href$="/hours"]):not([href$="/book"])`)
	b.shot("packet")
	if got := eval[string](b, `document.querySelector("h1").textContent`); got != "What your coach sees" {
		b.t.Fatalf("the preview is %q", got)
	}
	paper(b)
}

// paper looks at the page as it prints: no navigation and no form, and nothing
// wider than the sheet.
func paper(b *browser) {
	b.do(chromedp.EmulateViewport(700, 1000), chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
		return err
	}))
	if left := eval[string](b, `[...document.querySelectorAll("nav, .quickadd, .topbar, main form, main .button")].filter(e => e.checkVisibility()).map(e => e.className).join(", ")`); left != "" {
		b.t.Errorf("on paper stands %s", left)
	}
	if out := eval[string](b, wide); out != "" {
		b.t.Errorf("on paper sticks out: %s", out)
	}
	if who := eval[string](b, `document.querySelector(".onpaper").checkVisibility() ? document.querySelector(".onpaper").textContent : ""`); !strings.Contains(who, ",") {
		b.t.Errorf("the sheet does not say whose it is: %q", who)
	}
	b.shot("paper")
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: ""})
		return err
	}))
}
