package work

import (
	"strings"
)

// What a check-in can say in one tap.
const (
	OnTrack = "on_track"
	Stuck   = "stuck"
	NeedYou = "need_you"
)

// RequestUpdate asks for an update before its time. It is an intervention, and
// recorded as one.
func (d *Delegation) RequestUpdate(a Act, note string) error {
	if _, err := d.begin(a, MoveRequest, 0); err != nil {
		return err
	}
	if d.has(CheckIn) {
		return Errorf(Conflict, "%s has been asked for an update already.", d.Name(d.Receiver))
	}
	d.open(a, Item{Kind: CheckIn, Holder: d.Receiver, Text: note})
	d.record(a, UpdateRequested, Detail{Text: note})
	return nil
}

// GiveUpdate is the receiver's check-in: due or not, one of three answers, and
// room for more. Asking for feedback, or needing the giver, asks the giver.
func (d *Delegation) GiveUpdate(a Act, status, note string, feedback bool) error {
	if _, err := d.begin(a, MoveCheckIn, 0); err != nil {
		return err
	}
	if status != OnTrack && status != Stuck && status != NeedYou {
		return FieldError("status", "An update says on_track, stuck or need_you.")
	}
	d.closeAll(CheckIn, a.At, status)
	d.record(a, CheckedIn, Detail{Status: status, Text: note})
	if feedback || status != OnTrack {
		text := note
		if text == "" {
			text = strings.ReplaceAll(status, "_", " ")
		}
		d.closeAll(Feedback, a.At, "followed by a newer update")
		e := len(d.turn.events) - 1
		it := Item{Kind: Feedback, Holder: d.Giver, Text: text, Blocking: status == NeedYou}
		if status != OnTrack {
			it.Silence = Remind // nobody who is stuck is left alone by silence
		}
		d.turn.events[e].Item = d.open(a, it).ID
	}
	return nil
}

// GiveFeedback answers an update; minutes are those the giver spent on it.
func (d *Delegation) GiveFeedback(a Act, item ItemID, text string, minutes Minutes) error {
	it, err := d.begin(a, MoveFeedback, item)
	if err != nil {
		return err
	}
	if strings.TrimSpace(text) == "" {
		return FieldError("text", "Write the feedback.")
	}
	if minutes < 0 {
		return FieldError("minutes", "Minutes cannot be less than none.")
	}
	it.close(a.At, "given")
	d.record(a, FeedbackGiven, Detail{Text: text, Minutes: minutes})
	return nil
}

// Support records minutes the giver spent helping.
func (d *Delegation) Support(a Act, minutes Minutes, note string) error {
	if _, err := d.begin(a, MoveSupport, 0); err != nil {
		return err
	}
	if minutes <= 0 || minutes > 24*60 {
		return FieldError("minutes", "Support is recorded in minutes, from 1 to 1,440.")
	}
	d.record(a, SupportGiven, Detail{Minutes: minutes, Text: note})
	return nil
}

// Thank is kept for the person it goes to.
func (d *Delegation) Thank(a Act, text string) error {
	if _, err := d.begin(a, MoveThank, 0); err != nil {
		return err
	}
	if strings.TrimSpace(text) == "" {
		text = "Thank you."
	}
	d.about(a, Thanked, d.Other(d.Side(a.By)), Detail{Text: text})
	return nil
}

// A Reflection is one side's look back.
type Reflection struct {
	Outcome int    `json:"outcome,omitempty" minimum:"1" maximum:"5" doc:"What came out: 1 poor … 5 better than hoped"`
	Hard    int    `json:"hard,omitempty" minimum:"1" maximum:"5" doc:"How hard it was: as the giver, the work for its kind; as the receiver, for them"`
	Free    int    `json:"free,omitempty" minimum:"1" maximum:"5" doc:"How free it felt"`
	Worked  string `json:"worked,omitempty" doc:"What worked"`
	Change  string `json:"change,omitempty" doc:"What to change"`
	// Took and More are the receiver's to say; nobody has to.
	Took Minutes `json:"took,omitempty" minimum:"0" maximum:"100000" doc:"Minutes it really took, of one turn if it recurs; the receiver says it"`
	More int     `json:"more,omitempty" minimum:"-1" maximum:"1" doc:"1 more of this, 0 as it is, -1 less; the receiver says it"`
}

// Thanks is the light look back on an assignment: thanks, or please change.
// It stands for an outcome as hoped or better, or for one that was not.
func Thanks(thanks bool, text string) Reflection {
	if thanks {
		return Reflection{Outcome: 4, Hard: 3, Free: 3, Worked: text}
	}
	return Reflection{Outcome: 2, Hard: 3, Free: 3, Change: text}
}

// LookBack submits one side's reflection. It reports whether both are in, so
// that each may see the other's.
func (d *Delegation) LookBack(a Act, item ItemID, r Reflection) (both bool, err error) {
	it, err := d.begin(a, MoveReflect, item)
	if err != nil {
		return false, err
	}
	for _, q := range []struct {
		field, ask string
		answer     int
	}{
		{"outcome", "what came out of it, from 1, poor, to 5, better than hoped", r.Outcome},
		{"hard", "how hard it was, from 1, easy, to 5, very hard", r.Hard},
		{"free", "how free it felt, from 1, watched at every step, to 5, free with backing", r.Free},
	} {
		if q.answer < 1 || q.answer > 5 {
			return false, FieldError(q.field, "Say %s.", q.ask)
		}
	}
	if d.Side(it.Principal()) != d.Receiver && (r.Took != 0 || r.More != 0) {
		return false, FieldError("took", "How long it took, and whether they want more of it, is the receiver's to say.")
	}
	switch {
	case r.Took < 0 || r.Took > 100_000:
		return false, FieldError("took", "What it took is in minutes, from 0 to 100,000.")
	case r.More < -1 || r.More > 1:
		return false, FieldError("more", "More of this is 1, as it is 0, less -1.")
	}
	if it.Part == JustThanks && r.Outcome < 3 && strings.TrimSpace(r.Change) == "" {
		return false, FieldError("worked", "Say what to change.")
	}
	it.close(a.At, "submitted")
	d.record(a, Reflected, Detail{})
	if d.has(Reflect) {
		return false, nil
	}
	d.record(a, ReflectionsOpen, Detail{})
	return true, nil
}
