package delegations

import (
	"context"
	"strconv"
	"time"

	"baton/internal/app"
	"baton/internal/store"
	"baton/internal/work"
)

// Operations lists what can be done with delegations.
func Operations() []app.Operation {
	return []app.Operation{
		List, Show, History, Waiting, Begin, Revise, Check, ShowSeveral, Interest, Offer, UndoOffer, Tell, Discard,
		Accept, Decline, AnswerFor, Withdraw, Propose, Agree, Keep, Confirm, ReadBack, ConfirmReadBack, Ask, Answer, TurnBack, Go, AddTo,
		Decide, AnswerDecision, Object, ReviseDecision, DropDecision, Happened, AnswerHappened, Pause, Resume,
		RequestUpdate, CheckIn, Feedback, Support, SupportTimer, StartSupport, StopSupport, Deliver, Receive, Return, Done, Skip, ReturnTurn, FindDefect, Mended,
		HandOn, GiveNotice, AnswerNotice, HandBack, Recall, MakeMoot, Wait, Thank, Reflect,
		SetNote, Load, KeepSecret, Reveal, AddPhoto, Photos, ShowPhoto, RemovePhoto, MakeLink, EndLinks, Leave, KeepPlaybook, Playbooks, ForgetPlaybook,
	}
}

func look(side work.PersonID, r work.Reflection, at time.Time) store.Lookback {
	return store.Lookback{Person: side, Reflection: r, At: at}
}

// AskList says which delegations to list.
type AskList struct {
	app.Page
	Side  string     `query:"side" json:"-" enum:"given,received" doc:"Both unless said"`
	State work.State `query:"state" json:"-" enum:"draft,offered,active,ended"`
	Going bool       `query:"going" json:"-" doc:"Only those offered or active"`
}

// List returns the actor's delegations, the newest first.
var List = app.Read(app.Describe{
	Name: "delegation.list", Method: "GET", Path: "delegations", Who: app.AnyMember, Summary: "List what you handed out and what you carry for others.",
}, func(ctx context.Context, tx *app.Tx, in AskList) (app.List[Delegation], error) {
	out := app.List[Delegation]{Items: []Delegation{}}
	if tx.Me.Guest != 0 { // their link opens this one and nothing else
		one, err := Show.Within(ctx, tx, On{Delegation: tx.Me.Guest})
		out.Items = append(out.Items, one)
		return out, err
	}
	f := store.DelegationFilter{State: in.State, Going: in.Going, Limit: in.Size() + 1}
	switch in.Side {
	case "given":
		f.Giver = tx.Me.Person
	case "received":
		f.Receiver = tx.Me.Person
	default:
		f.Party = tx.Me.Person
	}
	before, err := in.Behind()
	if err != nil {
		return out, err
	}
	f.Before = work.DelegationID(before)
	found, err := tx.Delegations(ctx, f)
	if err != nil {
		return out, err
	}
	if len(found) > in.Size() {
		found = found[:in.Size()]
		out.Next = strconv.FormatInt(int64(found[len(found)-1].ID), 10)
	}
	if err := tx.Ready(ctx, found); err != nil {
		return out, err
	}
	absences := absences{}
	for _, d := range found {
		if d.State == work.Draft && d.Giver != tx.Me.Person {
			continue // a draft is its giver's alone, whoever it names
		}
		one := View(tx, d)
		if err := absences.tellOf(ctx, tx, d, &one); err != nil {
			return out, err
		}
		out.Items = append(out.Items, one)
	}
	return out, nil
})

// A WaitingItem is an open item with what it belongs to.
type WaitingItem struct {
	Delegation work.DelegationID `json:"delegation"`
	Title      string            `json:"title"`
	With       Party             `json:"with" doc:"The other side"`
	Mine       bool              `json:"mine" doc:"You are to answer; otherwise you wait for it"`
	AgeDays    int               `json:"age_days" doc:"Days it has waited"`
	Late       bool              `json:"late" doc:"Its answer-by is over"`
	Item
}

// A WaitingRow is what waits of one delegation for one thing of one person,
// however many turns or questions that is.
type WaitingRow struct {
	WaitingItem     // the most pressing of them
	More        int // that it stands for
}

// Fold lists items by row, as many as are shown at most.
func Fold(items []WaitingItem, most int) []WaitingRow {
	type same struct {
		delegation  work.DelegationID
		kind        work.ItemKind
		holder, who work.PersonID
	}
	var rows []WaitingRow
	at := map[same]int{}
	for _, w := range items {
		key := same{delegation: w.Delegation, kind: w.Kind, holder: w.Holder.ID}
		if w.For != nil {
			key.who = w.For.ID
		}
		if i, there := at[key]; there {
			rows[i].More++
			continue
		}
		at[key] = len(rows)
		rows = append(rows, WaitingRow{WaitingItem: w})
	}
	return rows[:min(len(rows), most)]
}

// AskWaiting says how much of the list to show.
type AskWaiting struct {
	Theirs int `query:"theirs" json:"-" minimum:"1" maximum:"500" doc:"At most this many of what you wait for; 500 unless said"`
}

// WaitingList is what waits for the actor, and what they wait for.
type WaitingList struct {
	Mine        []WaitingItem `json:"mine"`
	Theirs      []WaitingItem `json:"theirs"`
	TheirsCount int64         `json:"theirs_count" doc:"How many things you wait for, those included that are not shown"`
}

// Waiting lists open items with their ages, the most pressing first.
var Waiting = app.Read(app.Describe{
	Name: "delegation.waiting", Method: "GET", Path: "waiting", Who: app.AnyMember, Summary: "See what waits for you and what you wait for, with ages.",
}, func(ctx context.Context, tx *app.Tx, in AskWaiting) (WaitingList, error) {
	out := WaitingList{Mine: []WaitingItem{}, Theirs: []WaitingItem{}}
	if err := tx.MembersOnly(); err != nil {
		return out, err
	}
	mine, err := tx.WaitingFor(ctx, tx.Me.Person, longest)
	if err != nil {
		return out, err
	}
	if in.Theirs <= 0 || in.Theirs > longest {
		in.Theirs = longest
	}
	theirs, err := tx.Awaited(ctx, tx.Me.Person, in.Theirs)
	if err != nil {
		return out, err
	}
	absences := absences{}
	for i := range mine {
		out.Mine = append(out.Mine, waiting(tx, &mine[i]))
		if err := absences.tell(ctx, tx, &out.Mine[i].Item, mine[i].Item.Opened); err != nil {
			return out, err
		}
	}
	for i := range theirs {
		out.Theirs = append(out.Theirs, waiting(tx, &theirs[i]))
		if err := absences.tell(ctx, tx, &out.Theirs[i].Item, theirs[i].Item.Opened); err != nil {
			return out, err
		}
	}
	if out.TheirsCount = int64(len(theirs)); len(theirs) == in.Theirs { // there may be more
		out.TheirsCount, err = tx.CountAwaited(ctx, tx.Me.Person)
	}
	return out, err
})

// longest is how many items a waiting list shows at most.
const longest = 500

func waiting(tx *app.Tx, w *store.Waiting) WaitingItem {
	other := w.Other()
	return WaitingItem{
		Delegation: w.Delegation, Title: w.Title, With: Party{other, w.Names[other]}, Mine: w.Item.Holder == tx.Me.Person,
		AgeDays: int(tx.Now.Sub(w.Item.Since) / (24 * time.Hour)), Late: tx.Now.After(w.Item.AnswerBy) || !w.Item.Overdue.IsZero(), Item: viewItem(w.Names, &w.Item),
	}
}

// PrivateNote is a note for oneself.
type PrivateNote struct {
	On
	Text string `json:"text" maxLength:"20000"`
}

// SetNote keeps a note about a delegation that only its author sees.
var SetNote = app.Write(app.Describe{
	Name: "delegation.note", Method: "PUT", Path: "delegations/{delegation}/note", Who: app.AParty, Undo: "delegation.note", Summary: "Keep a note only you see.",
}, func(ctx context.Context, tx *app.Tx, in PrivateNote) (app.None, error) {
	if _, _, err := in.load(ctx, tx); err != nil {
		return app.None{}, err
	}
	return app.None{}, tx.SavePrivateNote(ctx, tx.Me.Person, in.Delegation, in.Text, tx.Now)
})
