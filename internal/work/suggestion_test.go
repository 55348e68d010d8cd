package work

import (
	"slices"
	"testing"
	"time"
)

// TestASuggestionIsAnswered follows a question that was handed back: the
// answer is the giver's to say go to, at each level with its own silence.
func TestASuggestionIsAnswered(t *testing.T) {
	const overdue, goes = "overdue", "goes"
	for _, row := range []struct {
		name  string
		level Level
		days  int // of notice
		then  func(t *testing.T, d *Delegation, a func(PersonID) Act)
		want  string
	}{
		{"the giver decides", Tell, 0, nil, overdue},
		{"after hearing the receiver", Consult, 0, nil, overdue},
		{"both agree", Agree, 0, nil, overdue},
		{"the receiver intends", Intend, 2, nil, goes},
		{"the receiver decides", Autonomous, 0, nil, goes},
		{"decisions are paused meanwhile", Intend, 2, func(t *testing.T, d *Delegation, a func(PersonID) Act) {
			if err := d.Pause(a(giver), "wait"); err != nil {
				t.Fatal(err)
			}
		}, overdue},
	} {
		t.Run(row.name, func(t *testing.T) {
			d, at := asked(t, row.level, row.days), start
			a := func(by PersonID) Act { return Act{By: by, At: at, Zone: "UTC"} }
			if err := d.TurnBack(a(giver), 0, ""); err != nil {
				t.Fatal(err)
			}
			if held := d.Open()[0]; held.Holder != receiver || held.Kind != Question {
				t.Fatalf("it is %d's, a %s", held.Holder, held.Kind)
			}
			if err := d.Answer(a(receiver), 0, "I would draw lots"); err != nil {
				t.Fatal(err)
			}
			it := d.Open()[0]
			if it.Kind != Suggestion || it.Holder != giver || !it.Blocking {
				t.Fatalf("the answer went to %d as a %s", it.Holder, it.Kind)
			}
			if row.then != nil {
				row.then(t, d, a)
			}
			at = at.AddDate(0, 0, 14)
			d.Tick(a(0), nil, nil)
			got := goes
			if i := slices.IndexFunc(d.Items, func(it Item) bool { return it.Kind == Suggestion && it.Open() }); i >= 0 {
				got = "open"
				if d.Items[i].Overdue.After(it.Since) {
					got = overdue
				}
			}
			if got != row.want {
				t.Errorf("after two weeks of silence it %s, want %s", got, row.want)
			}
			if said := last(d, SaidGo); (said != nil) != (row.want == goes) || said != nil && (said.By != 0 || said.Detail.Status != "silence") {
				t.Errorf("the history says %+v", said)
			}
		})
	}
}

func TestASuggestionIsGoneAlongWithOrAddedTo(t *testing.T) {
	a := func(by PersonID) Act { return Act{By: by, At: start, Zone: "UTC"} }
	d := asked(t, Consult, 0)
	if err := d.TurnBack(a(giver), 0, ""); err != nil {
		t.Fatal(err)
	}
	if err := d.Answer(a(receiver), 0, "I would draw lots"); err != nil {
		t.Fatal(err)
	}
	if err := d.Go(a(receiver), 0, ""); KindOf(err) == "" {
		t.Error("whoever suggested it says go to it")
	}
	if err := d.TurnBack(a(giver), 0, ""); KindOf(err) == "" {
		t.Error("it is handed back a second time")
	}
	if err := d.AddTo(a(giver), 0, " "); KindOf(err) != Invalid {
		t.Errorf("nothing was added, and it is %v", err)
	}
	if err := d.AddTo(a(giver), 0, "and ask Wei"); err != nil {
		t.Fatal(err)
	}
	if e := last(d, AddedTo); e == nil || e.Detail.Text != "and ask Wei" || len(d.Open()) != 0 {
		t.Errorf("%+v, open %+v", e, d.Open())
	}
}

// asked is an active delegation at a level, with a blocking question.
func asked(t *testing.T, level Level, notice int) *Delegation {
	t.Helper()
	ids := int64(100)
	a := func(by PersonID) Act { return Act{By: by, At: start, Zone: "UTC"} }
	task := &Task{ID: 7, Title: "Build the rota", Kind: PlainTask, State: TaskOpen}
	d, err := Start(a(giver), 50, task, Strategic, Terms{Brief: Brief{Outcome: "The rota is posted"}, Authority: Authority{Level: level}, Intention: notice}, func() int64 { ids++; return ids })
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{d.Offer(a(giver), receiver, time.Time{}), d.Accept(a(receiver), 1, "I post it"), d.ConfirmReadBack(a(giver), true, ""), d.Ask(a(receiver), "Who covers Christmas?", true)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return d
}

func last(d *Delegation, kind EventKind) *Event {
	for _, e := range slices.Backward(d.Events()) {
		if e.Kind == kind {
			return &e
		}
	}
	return nil
}

// TestFeedbackGetsThrough: who asks for it reaches the giver, what is said
// reaches the receiver, and nobody who is stuck is forgotten.
func TestFeedbackGetsThrough(t *testing.T) {
	for _, row := range []struct {
		status string
		asked  bool
		opens  bool
		stays  bool // open after weeks of silence
		urgent bool
	}{
		{OnTrack, false, false, false, false},
		{OnTrack, true, true, false, false},
		{Stuck, false, true, true, false},
		{NeedYou, false, true, true, true},
	} {
		d, at := asked(t, Agree, 0), start
		a := func(by PersonID) Act { return Act{By: by, At: at, Zone: "UTC"} }
		if err := d.Answer(a(giver), 0, "Wei"); err != nil {
			t.Fatal(err)
		}
		if err := d.GiveUpdate(a(receiver), row.status, "The 24th", row.asked); err != nil {
			t.Fatal(err)
		}
		update := last(d, CheckedIn)
		if told := d.Recipients(*update, nil); len(told) != 1 || told[0].To != giver || told[0].Urgent != row.urgent {
			t.Errorf("%s: of the update hear %+v", row.status, told)
		}
		if open := d.has(Feedback); open != row.opens {
			t.Fatalf("%s, asked %v: feedback is open %v", row.status, row.asked, open)
		}
		if !row.opens {
			continue
		}
		later := *d
		later.Items = slices.Clone(d.Items)
		later.Tick(Act{At: at.AddDate(0, 0, 30), Zone: "UTC"}, nil, nil)
		if stays := later.has(Feedback); stays != row.stays {
			t.Errorf("%s: after a month of silence it is open %v", row.status, stays)
		}
		if err := d.GiveFeedback(a(giver), 0, "Offer two days for one", 15); err != nil {
			t.Fatal(err)
		}
		said := last(d, FeedbackGiven)
		if told := d.Recipients(*said, nil); len(told) != 1 || told[0].To != receiver || said.Detail.Text != "Offer two days for one" || d.has(Feedback) {
			t.Errorf("%s: of the feedback %+v hear %+v", row.status, said.Detail, told)
		}
	}
}
