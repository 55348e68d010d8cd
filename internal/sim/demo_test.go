package sim

import (
	"log/slog"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"baton/internal/app"
	"baton/internal/app/calls"
	"baton/internal/app/coaching"
	"baton/internal/app/decisionareas"
	"baton/internal/app/delegations"
	"baton/internal/app/pulse"
	"baton/internal/app/tasks"
	"baton/internal/app/workspaces"
	"baton/internal/ical"
	"baton/internal/store"
	"baton/internal/storetest"
	"baton/internal/work"
)

// wednesday is a working day, in the middle of its morning.
var wednesday = time.Date(2026, 11, 25, 15, 30, 0, 0, time.UTC)

func open(t testing.TB) *app.App {
	t.Helper()
	s, err := store.Open(t.Context(), storetest.DSN(t, "sqlite"), store.Options{Unsynced: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return app.New(s, slog.New(slog.DiscardHandler))
}

// play fills a new database with the demo as it is at a moment.
func play(t testing.TB, at time.Time) (*app.App, Cast) {
	t.Helper()
	a := open(t)
	cast, err := Demo(t.Context(), a, at)
	if err != nil {
		t.Fatal(err)
	}
	a.Now = func() time.Time { return at }
	return a, cast
}

// TestTheLeaderHasADayToBegin holds on every day of the week and at night: what
// waits is of several kinds and ages, and others hold something, too.
func TestTheLeaderHasADayToBegin(t *testing.T) {
	for _, later := range []time.Duration{0, 24, 48 + 9, 72, 96 + 7, 120, 144 - 11} {
		at := wednesday.Add(later * time.Hour)
		t.Run(at.Format("Monday 15:04"), func(t *testing.T) {
			a, cast := play(t, at)
			w, err := delegations.Waiting.Do(t.Context(), a, cast.Leader, delegations.AskWaiting{})
			if err != nil {
				t.Fatal(err)
			}
			kinds, ages := map[work.ItemKind]bool{}, map[int]bool{}
			for _, it := range w.Mine {
				kinds[it.Kind], ages[it.AgeDays] = true, true
				if it.With.Name == "" || it.Title == "" || it.Asks == "" {
					t.Errorf("nobody can read what waits: %+v", it)
				}
			}
			if n := len(w.Mine); n < 5 || n > 8 || len(kinds) < 5 || len(ages) < 3 {
				t.Errorf("%d things of %d kinds and %d ages wait for the leader: %v", n, len(kinds), len(ages), kinds)
			}
			holders := map[string]bool{}
			for _, it := range w.Theirs {
				holders[it.Holder.Name] = true
			}
			if len(holders) < 3 || holders[""] {
				t.Errorf("others hold %d things: %v", len(w.Theirs), holders)
			}
		})
	}
}

// history returns everything that happened in a demo, without numbers of
// secrets: two demos of one moment have the same.
func history(t *testing.T, a *app.App, cast Cast) []work.Event {
	t.Helper()
	var events []work.Event
	err := a.Store.Read(t.Context(), cast.Leader.Workspace, func(tx *store.Tx) (err error) {
		events, err = tx.Events(t.Context(), store.EventFilter{})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return events
}

func TestTheSameMomentGivesTheSameStory(t *testing.T) {
	first, cast := play(t, wednesday)
	second, _ := play(t, wednesday)
	if diff := cmp.Diff(history(t, first, cast), history(t, second, cast), cmpopts.EquateComparable(ical.Rule{})); diff != "" {
		t.Error(diff)
	}
}

// claimed is what the story shows; the rest is left to people who try it.
var claimed = []work.EventKind{
	work.Drafted, work.Shown, work.InterestSaid, work.OfferMade, work.ToldAloud, work.Confirmed, work.AcceptedTerms, work.ReadBackOK, work.ReadBackSaid,
	work.ReadBackCorrected, work.TermsProposed, work.TermsKept, work.TermsAgreed, work.QuestionAsked, work.QuestionAnswered, work.QuestionTurned, work.Suggested, work.AddedTo,
	work.DecisionAsk, work.DecisionIntend, work.DecisionMade, work.DecisionApproved, work.DecisionDenied, work.ObjectionMade, work.WentAhead,
	work.ItHappened, work.RatifiedIt, work.DecisionsPaused, work.UpdateRequested, work.CheckInDue, work.CheckedIn, work.CheckInMissed, work.FeedbackGiven,
	work.SupportGiven, work.Delivered, work.DeliveryAccepted, work.DeliveryReturned, work.DefectMended, work.TurnDue, work.TurnDone, work.TurnSkipped,
	work.TurnMissed, work.TurnAccepted, work.NoticeGiven, work.NoticeAgreed, work.HandedOn, work.EndedNow, work.ReviewDue, work.Reflected,
	work.ReflectionsOpen, work.Thanked, work.Reminded, work.WentAway, work.CameBack,
	work.VoteStarted, work.VoteCast, work.VoteRevealedNow, work.VoteExplained, work.VoteSettledOn, coaching.CoachInvited, work.SharingBegun, work.CallBooked,
}

func TestTheStoryShowsWhatItClaims(t *testing.T) {
	a, cast := play(t, wednesday)
	kinds, outcomes := map[work.EventKind]bool{}, map[work.Outcome]bool{}
	for _, e := range history(t, a, cast) {
		kinds[e.Kind] = true
		outcomes[e.Detail.Outcome] = true
	}
	for _, kind := range claimed {
		if !kinds[kind] {
			t.Errorf("nothing was %s", kind)
		}
	}
	for _, o := range []work.Outcome{
		work.Completed, work.Declined, work.Lapsed, work.HandedBack, work.Recalled, work.ByAgreement, work.PassedOn,
	} {
		if !outcomes[o] {
			t.Errorf("nothing ended %s", o)
		}
	}
	plate, err := tasks.Plate.Do(t.Context(), a, cast.Leader, tasks.AskPlate{Top: true})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(plate.Items); n < 22 || n > 45 {
		t.Errorf("%d tasks are on the leader's plate", n)
	}
	mail, err := workspaces.Letters.Do(t.Context(), a, cast.Leader, app.Page{})
	if err != nil || len(mail.Items) < 20 {
		t.Errorf("the leader had %d letters (%v)", len(mail.Items), err)
	}
}

// TestAListSaysWhatIsPossible holds the moves of a list, whose turn it is and
// what was spent against those of each delegation alone.
func TestAListSaysWhatIsPossible(t *testing.T) {
	a, cast := play(t, wednesday)
	for _, me := range []app.Actor{cast.Leader, cast.Teammate} {
		list, err := delegations.List.Do(t.Context(), a, me, delegations.AskList{Page: app.Page{Limit: 500}})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range list.Items {
			one, err := delegations.Show.Do(t.Context(), a, me, delegations.On{Delegation: d.ID})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(one.Moves, d.Moves); diff != "" {
				t.Errorf("%s: %s", d.Title, diff)
			}
			if diff := cmp.Diff(one.Mover, d.Mover); diff != "" || one.Spent != d.Spent {
				t.Errorf("%s: %s, spent %v, %v", d.Title, diff, one.Spent, d.Spent)
			}
		}
	}
}

// TestThePracticeLooksAtItself: a decision area whose level was voted on, a
// coach with a call to come, and what the leader says of their weeks, on every
// day somebody may try it.
func TestThePracticeLooksAtItself(t *testing.T) {
	for later := range 7 {
		at := wednesday.AddDate(0, 0, later)
		t.Run(at.Weekday().String(), func(t *testing.T) {
			a, cast := play(t, at)
			votes, err := decisionareas.Votes.Do(t.Context(), a, cast.Leader, decisionareas.AskVotes{})
			if err != nil || len(votes.Items) != 1 || votes.Items[0].State != work.VoteSettled {
				t.Errorf("the votes are %+v (%v)", votes.Items, err)
			}
			board, err := decisionareas.List.Do(t.Context(), a, cast.Leader, app.None{})
			if err != nil || len(board.Areas) != 1 || len(board.Areas[0].Levels) != 1 || board.Areas[0].Levels[0].Level != work.Intend {
				t.Errorf("the board is %+v (%v)", board, err)
			}
			booked, err := calls.List.Do(t.Context(), a, cast.Leader, app.Whole)
			if err != nil || len(booked.Items) != 1 || !booked.Items[0].From.After(at) {
				t.Errorf("the calls are %+v (%v)", booked.Items, err)
			}
			said, err := pulse.List.Do(t.Context(), a, cast.Leader, app.Whole)
			if err != nil || len(said.Items) < 5 {
				t.Errorf("%d weeks have an answer (%v)", len(said.Items), err)
			}
			others, err := pulse.List.Do(t.Context(), a, cast.Teammate, app.Whole)
			if err != nil || len(others.Items) != 0 {
				t.Errorf("somebody else reads %d answers (%v)", len(others.Items), err)
			}
		})
	}
}
