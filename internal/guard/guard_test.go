package guard

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baton/internal/ical"
	"baton/internal/work"
)

const (
	ada   work.PersonID = 1 // gives
	imani work.PersonID = 2 // receives
	wei   work.PersonID = 3 // stands in for Ada
)

var monday = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// A tale is a history made by the moves people have, so that the guards read
// what is really recorded.
type tale struct {
	t     *testing.T
	d     *work.Delegation
	now   time.Time
	ids   int64
	terms map[int]work.Terms
	plate []work.Task
}

// begin agrees on a strategic delegation at a level, on the first Monday.
func begin(t *testing.T, level work.Level) *tale {
	h := &tale{t: t, now: monday, ids: 100, terms: map[int]work.Terms{}}
	terms := work.Terms{
		Brief: work.Brief{
			Outcome: "The spring open day has happened", Success: []string{"sixty guests", "no complaint"},
			Parts: []work.Part{{Name: "Book the venue"}, {Name: "Invite speakers"}},
		},
		Authority: work.Authority{Level: level}, Effort: 600, CheckIn: ical.MustRule("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
	}
	d, err := work.Start(h.by(ada), 50, &work.Task{ID: 7, Title: "Spring open day", Kind: work.PlainTask, State: work.TaskOpen}, work.Strategic, terms, h.next)
	h.must(err)
	d.Names = map[work.PersonID]string{ada: "Ada", imani: "Imani"}
	h.d = d
	h.must(d.Offer(h.by(ada), imani, time.Time{}))
	h.must(d.Accept(h.by(imani), 1, "Sixty people come; I begin with the venue."))
	h.terms[1] = d.Terms
	return h
}

func (h *tale) next() int64                   { h.ids++; return h.ids }
func (h *tale) by(p work.PersonID) work.Act   { return work.Act{By: p, At: h.now, Zone: "UTC"} }
func (h *tale) on(days int) *tale             { h.now = monday.AddDate(0, 0, days).Add(time.Hour); return h }
func (h *tale) asks(text string) *tale        { return h.must(h.d.Ask(h.by(imani), text, false)) }
func (h *tale) answers() *tale                { return h.must(h.d.Answer(h.by(ada), 0, "Look in the binder.")) }
func (h *tale) turnsBack() *tale              { return h.must(h.d.TurnBack(h.by(ada), 0, "")) }
func (h *tale) suggests() *tale               { return h.must(h.d.Answer(h.by(imani), 0, "I would take the Lion.")) }
func (h *tale) saysGo() *tale                 { return h.must(h.d.Go(h.by(ada), 0, "")) }
func (h *tale) adds() *tale                   { return h.must(h.d.AddTo(h.by(ada), 0, "Ask for a ramp.")) }
func (h *tale) supports(m work.Minutes) *tale { return h.must(h.d.Support(h.by(ada), m, "")) }
func (h *tale) stuck() *tale                  { return h.must(h.d.GiveUpdate(h.by(imani), work.Stuck, "", false)) }

func (h *tale) updates() *tale { return h.must(h.d.GiveUpdate(h.by(imani), work.OnTrack, "", false)) }

func (h *tale) request(by work.PersonID) *tale {
	return h.must(h.d.RequestUpdate(h.by(by), "How is it going?"))
}
func (h *tale) recalls() *tale { return h.must(h.d.Recall(h.by(ada), "I want it back")) }
func (h *tale) pauses() *tale  { return h.must(h.d.Pause(h.by(ada), "wait")) }
func (h *tale) captures(title string, parent work.TaskID) *tale {
	h.plate = append(h.plate, work.Task{ID: work.TaskID(h.next()), Title: title, Parent: parent, Carrier: ada, State: work.TaskOpen, CreatedAt: h.now})
	return h
}

// decides lets the receiver decide; the giver's answer is refused with "no".
func (h *tale) decides(no bool) *tale {
	dec := work.Decision{Words: "hold it on a Saturday", Recommendation: "Saturday"}
	_, err := h.d.Decide(h.by(imani), dec, []work.Link{{Delegation: h.d.ID, Giver: ada, Authority: h.d.Terms.Authority}})
	h.must(err)
	if made := h.d.Decisions(); no {
		last := made[len(made)-1]
		if last.State == work.DecisionIntended {
			return h.must(h.d.Object(h.by(ada), 0, last, "not a Saturday"))
		}
		return h.must(h.d.AnswerDecision(h.by(ada), 0, last, work.AnswerTo{Reason: "not a Saturday"}, nil))
	}
	return h
}

// agrees makes new terms that one side proposes and the other agrees to.
func (h *tale) agrees(by work.PersonID, change func(*work.Terms)) *tale {
	terms := h.d.Terms
	terms.Brief.Parts = append([]work.Part(nil), terms.Brief.Parts...)
	change(&terms)
	h.must(h.d.Propose(h.by(by), h.d.Newest, terms, "", false))
	h.must(h.d.Agree(h.by(h.d.Other(by)), h.d.Newest))
	h.terms[h.d.Newest] = h.d.Terms
	return h
}

func (h *tale) must(err error) *tale {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
	return h
}

// recorded is the tale as the store would hand it over.
func (h *tale) recorded() []Case {
	events := append([]work.Event(nil), h.d.Events()...)
	for i := range events {
		events[i].Number = work.EventNumber(i + 1)
	}
	return []Case{{
		ID: h.d.ID, Kind: h.d.Kind, Title: h.d.Title, Task: h.d.Task, Giver: ada, Receiver: imani, Name: "Imani",
		Started: h.d.StartedAt, Ended: h.d.EndedAt, Terms: h.terms, Events: events,
	}}
}

func TestReverseDelegation(t *testing.T) {
	less := func(t *work.Terms) { t.Effort -= 120 }
	for _, row := range []struct {
		name string
		tale *tale
		want []Rule
	}{
		{"a question asks the giver to do it", begin(t, 5).on(3).asks("Could you please call the hotel and book the room?"), []Rule{AskedToDo}},
		{"a question asks to know", begin(t, 5).on(3).asks("Can you tell me which hotel we used last year?"), nil},
		{"a question asks for what is needed", begin(t, 5).on(3).asks("Could you send me the guest list of last year?"), nil},
		{"it was answered", begin(t, 5).on(3).asks("Could you call the hotel?").answers(), nil},
		{"it was handed back", begin(t, 5).on(3).asks("Could you call the hotel?").turnsBack(), nil},
		{"a question became hours", begin(t, 4).on(3).asks("Which hotel?").answers().on(4).supports(20).on(5).supports(25), []Rule{BecameYours}},
		{"help long after a question", begin(t, 4).on(3).asks("Which hotel?").answers().on(10).supports(60), nil},
		{"help after it was handed back", begin(t, 4).on(3).asks("Which hotel?").turnsBack().on(4).supports(45), nil},
		{"what they would do came after", begin(t, 4).on(3).asks("Could you call the hotel?").turnsBack().suggests().adds().on(4).supports(45), nil},
		{"what they decide came as questions and went back", begin(t, 5).on(20).asks("Red or blue?").turnsBack().suggests().saysGo().on(22).asks("Tea or coffee?").turnsBack().suggests().saysGo().on(25).asks("Where?").answers(), nil},
		{"a short answer", begin(t, 4).on(3).asks("Which hotel?").answers().on(4).supports(10), nil},
		{"what they decide comes as questions", begin(t, 5).on(20).asks("Red or blue?").answers().on(22).asks("Tea or coffee?").answers().on(25).asks("Where?").answers(), []Rule{DecidesBack}},
		{"questions at the beginning", begin(t, 5).on(1).asks("Red or blue?").answers().on(2).asks("Tea or coffee?").answers().on(3).asks("Where?").answers(), nil},
		{"questions where the giver decides", begin(t, 3).on(20).asks("Red or blue?").answers().on(22).asks("Tea or coffee?").answers().on(25).asks("Where?").answers(), nil},
		{"handed back in pieces", begin(t, 4).on(7).agrees(imani, less).on(14).agrees(imani, less), []Rule{InPieces}},
		{"made smaller once", begin(t, 4).on(7).agrees(imani, less), nil},
		{"made smaller by the giver", begin(t, 4).on(7).agrees(ada, less).on(14).agrees(ada, less), nil},
		{"a part stands on the plate", begin(t, 4).on(7).captures("Think about chairs", 7), []Rule{OnYourPlate}},
		{"a part's words stand on the plate", begin(t, 4).on(7).captures("Invite the speakers", 0), []Rule{OnYourPlate}},
		{"other work on the plate", begin(t, 4).on(7).captures("Invite the auditor", 0), nil},
		{"everything ended", begin(t, 5).on(3).asks("Could you call the hotel?").recalls(), nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			var got []Rule
			for _, r := range Reverse(row.tale.recorded(), row.tale.plate, row.tale.now.Add(time.Hour)) {
				got = append(got, r.Rule)
				if r.Answer == "" || r.Sentence == "" || len(r.Events) == 0 && r.Task == 0 {
					t.Errorf("%s says too little: %+v", r.Rule, r)
				}
			}
			if diff := cmp.Diff(row.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMirror(t *testing.T) {
	clearer := func(t *work.Terms) { t.Brief.Outcome = "The open day has happened, my way" }
	closer := func(t *work.Terms) { t.CheckIn = ical.MustRule("FREQ=WEEKLY;BYDAY=MO,TH") }
	wider := func(t *work.Terms) { t.CheckIn = ical.MustRule("FREQ=MONTHLY;BYMONTHDAY=1") }
	for _, row := range []struct {
		name   string
		tale   *tale
		acts   map[Act]int
		beyond int
	}{
		{"kept away", begin(t, 5).on(20).updates(), map[Act]int{}, 0},
		{"asked early at a level that decides", begin(t, 5).on(4).request(ada), map[Act]int{EarlyRequest: 1}, 1},
		{"asked early where the level allows it", begin(t, 4).on(4).request(ada), map[Act]int{EarlyRequest: 1}, 0},
		{"asked early again and again", begin(t, 4).on(4).request(ada).updates().on(6).request(ada).updates().on(8).request(ada), map[Act]int{EarlyRequest: 3}, 2},
		{"coaches, and says go or adds", begin(t, 5).on(4).asks("Which hotel?").turnsBack().suggests().saysGo().on(5).asks("Who speaks?").turnsBack().suggests().adds(), map[Act]int{}, 0},
		{"answers decisions as agreed", begin(t, 3).on(4).decides(true), map[Act]int{}, 0},
		{"objects to what the other decides", begin(t, 5).on(4).decides(true), map[Act]int{Overruled: 1}, 1},
		{"rewrites the brief", begin(t, 6).on(4).agrees(ada, clearer), map[Act]int{RewrittenBrief: 1}, 1},
		{"the receiver rewrites it", begin(t, 6).on(4).agrees(imani, clearer), map[Act]int{}, 0},
		{"closer check-ins", begin(t, 5).on(4).agrees(ada, closer), map[Act]int{CloserRhythm: 1}, 1},
		{"closer check-ins for somebody stuck", begin(t, 5).on(3).stuck().on(4).agrees(ada, closer), map[Act]int{}, 0},
		{"closer check-ins long after they were stuck", begin(t, 5).on(3).stuck().on(4).updates().on(5).agrees(ada, closer), map[Act]int{CloserRhythm: 1}, 1},
		{"fewer check-ins", begin(t, 5).on(4).agrees(ada, wider), map[Act]int{}, 0},
		{"recalls where much is allowed", begin(t, 1).on(4).recalls(), map[Act]int{TakenBack: 1}, 1},
		{"pauses decisions", begin(t, 4).on(4).pauses(), map[Act]int{Paused: 1}, 1},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := Mirror(row.tale.recorded(), 2, monday.AddDate(0, 0, 27))
			last := got.Spans[1]
			if diff := cmp.Diff(row.acts, last.Acts); diff != "" {
				t.Error(diff)
			}
			if last.Beyond != row.beyond || last.Delegations != 1 || (len(got.Notes) > 0) != (row.beyond > 0) {
				t.Errorf("beyond %d of %d, notes %+v", last.Beyond, last.Delegations, got.Notes)
			}
			if before := got.Spans[0]; len(before.Acts) > 0 || before.Delegations != 0 {
				t.Errorf("the span before it began holds %+v", before)
			}
		})
	}
}

func TestMirrorLeavesOutTheStandIn(t *testing.T) {
	h := begin(t, 5).on(3)
	h.d.Absent = map[work.PersonID]work.PersonID{ada: wei}
	h.request(wei)
	if got := Mirror(h.recorded(), 1, h.now.Add(time.Hour)); got.Spans[0].Beyond != 0 || len(got.Notes) > 0 {
		t.Errorf("what Wei did is held against Ada: %+v", got)
	}
}

func TestMirrorNamesWhatWasLeftLying(t *testing.T) {
	waits := func(level work.Level) *tale {
		h := begin(t, level).on(3).asks("Which hotel?").turnsBack().on(4).suggests().on(14)
		h.d.Tick(h.by(0), nil, []work.Link{{Delegation: h.d.ID, Giver: ada, Authority: h.d.Terms.Authority}})
		return h
	}
	away := begin(t, 3).on(3).asks("Which hotel?").turnsBack().on(4).suggests()
	away.d.Attend(away.by(0), map[work.PersonID]work.PersonID{ada: wei})
	away.on(14).d.Tick(away.by(0), nil, nil)
	for _, row := range []struct {
		name string
		tale *tale
		want string
	}{
		{"where the giver decides", waits(3), "You asked what Imani would do and were told: “I would take the Lion.”. It waited past its time for a go from you."},
		{"where both agree, and answered late", waits(4).saysGo(), "You asked what Imani would do and were told: “I would take the Lion.”. It waited past its time for a go from you."},
		{"where silence means go", waits(5), ""},
		{"answered in time", begin(t, 3).on(3).asks("Which hotel?").turnsBack().on(4).suggests().adds(), ""},
		{"while somebody stood in", away, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			var said string
			for _, n := range Mirror(row.tale.recorded(), 1, monday.AddDate(0, 0, 20)).Notes {
				said += n.Sentence
				if len(n.Events) != 2 {
					t.Errorf("it rests on %v", n.Events)
				}
			}
			if said != row.want {
				t.Errorf("said %q, want %q", said, row.want)
			}
		})
	}
}

func TestMirrorPraises(t *testing.T) {
	for _, row := range []struct {
		name string
		tale *tale
		at   int
		want bool
	}{
		{"left alone for five weeks, and it goes on", begin(t, 5).on(20).updates(), 36, true},
		{"stepped in lately", begin(t, 5).on(20).updates().request(ada), 36, false},
		{"stepped in long ago", begin(t, 5).on(2).request(ada).on(20).updates(), 36, true},
		{"nothing was heard", begin(t, 5), 36, false},
		{"where the giver decides", begin(t, 2).on(20).updates(), 36, false},
		{"too early to tell", begin(t, 5).on(10).updates(), 20, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := Mirror(row.tale.recorded(), 2, monday.AddDate(0, 0, row.at)); (len(got.Praise) > 0) != row.want {
				t.Errorf("praise is %+v", got.Praise)
			}
		})
	}
}

// TestPraiseNamesTheLevels: a level that rose on the way is not said of the
// weeks before.
func TestPraiseNamesTheLevels(t *testing.T) {
	higher := func(terms *work.Terms) { terms.Authority.Level = 6 }
	for _, row := range []struct {
		name string
		tale *tale
		want string
	}{
		{"one level all along", begin(t, 5).on(20).updates(), "as level 5 says, and it went on"},
		{"a higher one on the way", begin(t, 5).on(10).agrees(imani, higher).on(20).updates(), "as level 5 said at first and level 6 says now, and it went on"},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := Mirror(row.tale.recorded(), 2, monday.AddDate(0, 0, 36)).Praise
			if len(got) != 1 || !strings.Contains(got[0].Sentence, row.want) {
				t.Errorf("praise is %+v, want %q", got, row.want)
			}
		})
	}
}

func TestNoteIsASentence(t *testing.T) {
	h := begin(t, 5).on(4).request(ada).updates().on(6).request(ada).updates().on(7).decides(true)
	got := Mirror(h.recorded(), 1, h.now.Add(time.Hour))
	want := "Level 5 says “Say what you intend; it goes ahead unless there is an objection.” In four weeks you asked for an update early twice and overruled a decision."
	if len(got.Notes) != 1 || got.Notes[0].Sentence != want {
		t.Errorf("got %+v", got.Notes)
	}
}

func TestAsksToAct(t *testing.T) {
	for text, want := range map[string]bool{
		"Can you just order them?":                true,
		"Please write to the caterer.":            true,
		"Would you mind finishing the slides?":    true,
		"You need to choose the menu":             true,
		"Can you explain the budget?":             false,
		"Would you please take a look?":           false,
		"Please let me know by Friday":            false,
		"What would you do?":                      false,
		"Which room can you recommend?":           false,
		"Should I order, or can you?":             false,
		"Please can you tell me where the key is": false,
		"": false,
	} {
		if got := AsksToAct(text); got != want {
			t.Errorf("%q asks to act: %v", text, got)
		}
	}
}
