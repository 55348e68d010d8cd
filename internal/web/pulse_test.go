package web

import (
	"net/http"
	"net/url"
	"testing"
	"time"
)

// TestThePulseIsOneTapAndPrivate answers on a weekend, one question after the
// other, and looks for the answers where only the member may find them.
func TestThePulseIsOneTapAndPrivate(t *testing.T) {
	dana := newSite(t)
	ana := dana.join("Ana Lopez", "ana@example.org")
	const card = "section[aria-labelledby='pulse']"
	dana.get(dana.to("/today")).lacks("main", "How full was your week?")

	dana.now = monday.AddDate(0, 0, 5) // Saturday
	page := dana.get(dana.to("/today"))
	page.has(card, "How full was your week?")
	page.has(card, "How much of it went to what matters to you?")
	dana.post(dana.to("/pulse"), url.Values{"later": {"yes"}}).is(http.StatusOK).lacks("main", "How full was your week?")

	dana.now = dana.now.Add(24 * time.Hour)
	if n := dana.get(dana.to("/today")).doc.Find(card + " button[name='full']").Length(); n != 5 {
		t.Fatalf("%d answers to tap", n)
	}
	half := dana.post(dana.to("/pulse"), url.Values{"full": {"4"}}).is(http.StatusOK)
	half.has(card, "How much of it went to what matters to you?")
	half.lacks(card, "How full was your week?")
	whole := dana.post(dana.to("/pulse"), url.Values{"matters": {"2"}}).is(http.StatusOK)
	whole.has(".toast", "Only you see it")
	whole.lacks("main", "what matters to you?")
	dana.post(dana.to("/pulse"), url.Values{"full": {"9"}}).has(".toast", "from 1")

	ledger := dana.get(dana.to("/ledger"))
	ledger.has("section[aria-labelledby='weeks'] button[name='full'][aria-pressed='true']", "4")
	ledger.has("section[aria-labelledby='weeks'] table", "4 of 5")
	dana.get(dana.to("/ledger/less_overload")).has(".sources", "What you said of a week")
	if other := ana.get(ana.to("/ledger")); other.doc.Find("[aria-pressed='true']").Length() != 0 || other.doc.Find("section[aria-labelledby='weeks'] table").Length() != 0 {
		t.Error("another member sees the answers")
	}
}
