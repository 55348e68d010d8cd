package coaching

import (
	"context"
	"slices"
	"time"

	"baton/internal/app"
	"baton/internal/app/delegations"
	"baton/internal/coach"
	"baton/internal/guard"
	"baton/internal/ical"
	"baton/internal/work"
)

// A Packet is what a client and a coach look at before and during a call, in
// the order of the call. What is not shown is absent.
type Packet struct {
	Sharing   work.SharingID    `json:"sharing,omitempty" doc:"0: the client's own, or a preview"`
	Client    string            `json:"client" mask:"-" doc:"Who shows it"`
	Coach     string            `json:"coach,omitempty" mask:"-" doc:"To whom"`
	At        time.Time         `json:"at"`
	Zone      string            `json:"zone" mask:"-"`
	Parts     []work.SharedPart `json:"parts" doc:"What of it is shown"`
	Initials  bool              `json:"initials" doc:"People who did not agree to be named stand by their initials"`
	Hours     *HoursPart        `json:"hours,omitempty" doc:"The week and the five promises"`
	Plate     *PlatePart        `json:"plate,omitempty" doc:"The plate by verdict"`
	LetGo     *LetGoPart        `json:"letgo,omitempty" doc:"What to let go of"`
	Promises  *PromisesPart     `json:"promises,omitempty" doc:"What was promised by and to the client"`
	Mirror    *MirrorPart       `json:"mirror,omitempty" doc:"Interventions, and what is on its way back"`
	Questions *QuestionsPart    `json:"questions,omitempty" doc:"What to ask in the call"`
}

// HoursPart is the week's load and the ledger.
type HoursPart struct {
	Week   delegations.Week `json:"week"`
	Ledger work.Ledger      `json:"ledger" mask:"-"`
}

// PlatePart is the plate by verdict.
type PlatePart struct {
	Groups []PlateGroup `json:"groups"`
	More   int          `json:"more,omitempty" doc:"Tasks beyond those listed, the shortest ones"`
}

// A PlateGroup holds the tasks of one verdict.
type PlateGroup struct {
	Verdict work.Verdict `json:"verdict,omitempty" doc:"Absent: no verdict yet"`
	Weekly  work.Minutes `json:"weekly"`
	Tasks   []PlateTask  `json:"tasks"`
}

// A PlateTask is one task on the plate.
type PlateTask struct {
	Task   work.TaskID  `json:"task"`
	Title  string       `json:"title"`
	Weekly work.Minutes `json:"weekly" doc:"Minutes a week"`
	Due    ical.Due     `json:"due,omitzero" mask:"-" doc:"Of what is done once; what is standing has turns instead"`
	Reason string       `json:"reason,omitempty" doc:"Of the verdict"`
	Since  time.Time    `json:"since,omitzero" doc:"When the verdict was given"`
	From   string       `json:"from,omitempty" doc:"Who handed it over to the client"`
}

// LetGoPart is the let-go list, what is best let go of first.
type LetGoPart struct {
	Lines []LetGoRow `json:"lines"`
	More  int        `json:"more,omitempty" doc:"Tasks beyond those listed"`
}

// A LetGoRow is one task of it, with what its score is made of.
type LetGoRow struct {
	Task    work.TaskID  `json:"task"`
	Title   string       `json:"title"`
	Score   int          `json:"score"`
	Weekly  work.Minutes `json:"weekly" doc:"Minutes a week"`
	Points  []work.Point `json:"points" mask:"-"`
	Advice  work.Verdict `json:"advice"`
	Because string       `json:"because" mask:"-"`
	Verdict work.Verdict `json:"verdict,omitempty"`

	marks work.Marks
}

// PromisesPart is what was promised in the ledger's span: kept, open, and not.
type PromisesPart struct {
	Since  time.Time     `json:"since"`
	Mine   []PromiseLine `json:"mine" doc:"What the client promised others"`
	Theirs []PromiseLine `json:"theirs" doc:"What others promised the client"`
}

// A PromiseLine is one delegation as a promise.
type PromiseLine struct {
	Delegation work.DelegationID `json:"delegation"`
	Title      string            `json:"title"`
	With       string            `json:"with" doc:"The other side"`
	State      work.State        `json:"state" doc:"Where it stands"`
	Outcome    work.Outcome      `json:"outcome,omitempty" doc:"How it ended"`
	Due        ical.Due          `json:"due,omitzero" mask:"-" doc:"A day or a moment, with its time zone"`
	Overdue    bool              `json:"overdue,omitempty" doc:"Active, and its date is over"`
	Late       int               `json:"late,omitempty" doc:"Deliveries after their date"`
	Returned   int               `json:"returned,omitempty" doc:"Deliveries and turns returned with notes"`
	Done       int               `json:"done,omitempty" doc:"Turns done"`
	Missed     int               `json:"missed,omitempty" doc:"Turns missed"`
	CheckIns   int               `json:"late_check_ins,omitempty" doc:"Check-ins the client owed and did not give in time; others' are nobody's but the two's"`
}

// Kept reports whether a promise is over and was kept: completed, and no
// delivery of it late.
func (l *PromiseLine) Kept() bool { return l.Outcome == work.Completed && l.Late == 0 }

// MirrorPart is what the client did against the levels they agreed to, and
// what is on its way back to them.
type MirrorPart struct {
	Image   guard.Image    `json:"image"`
	Returns []guard.Return `json:"returns"`
}

// QuestionsPart is what the data and the client ask.
type QuestionsPart struct {
	Asks      string           `json:"asks,omitempty" doc:"The client's own, in their words"`
	Questions []coach.Question `json:"questions"`
}

// Seen builds the packet of a sharing as its coach sees it, and says in the
// other result who appears in it beside the two.
func Seen(ctx context.Context, tx *app.Tx, s *work.Sharing) (Packet, []Third, error) {
	if s.State != work.SharingOpen {
		return Packet{}, nil, work.Errorf(work.Conflict, "This ended; nothing is shown any more.")
	}
	d := desk{tx: as(tx, s.Client), coach: s.Coach, parts: s.Parts, asks: s.Asks}
	if err := d.build(ctx); err != nil {
		return Packet{}, nil, err
	}
	if err := d.agreed(ctx, s.ID); err != nil {
		return Packet{}, nil, err
	}
	d.packet.Sharing = s.ID
	return d.packet, d.thirds, d.mask(ctx)
}

// as is the transaction of a client, for reading what is theirs.
func as(tx *app.Tx, client work.PersonID) *app.Tx {
	return &app.Tx{Tx: tx.Tx, App: tx.App, Me: app.Actor{Workspace: tx.Me.Workspace, Person: client}, Now: tx.Now}
}

// mask takes out the names of all who did not agree. The client's and the
// coach's stay.
func (d *desk) mask(ctx context.Context) error {
	m, err := d.names(ctx)
	if err != nil {
		return err
	}
	d.packet.Initials = true
	m.Apply(&d.packet)
	return nil
}

// MaskOf is the mask that a sharing's coach reads everything through: of all
// whom the client knows, and of others that a text is known to name. Once the
// sharing ended, nobody's agreement to be named holds.
func MaskOf(ctx context.Context, tx *app.Tx, s *work.Sharing, others ...work.PersonID) (*coach.Mask, error) {
	d := desk{tx: as(tx, s.Client), coach: s.Coach}
	for _, p := range others {
		d.thirds = append(d.thirds, Third{Person: p})
	}
	if s.State == work.SharingOpen {
		if err := d.agreed(ctx, s.ID); err != nil {
			return nil, err
		}
	}
	return d.names(ctx)
}

// agreed notes who agreed to be named to the coach of a sharing.
func (d *desk) agreed(ctx context.Context, id work.SharingID) error {
	namings, err := d.tx.Namings(ctx, id)
	for _, n := range namings {
		if !n.AgreedAt.IsZero() {
			d.named = append(d.named, n.Person)
		}
	}
	return err
}

func (d *desk) names(ctx context.Context) (*coach.Mask, error) {
	all, err := d.tx.People(ctx, d.tx.Me.Person)
	if err != nil {
		return nil, err
	}
	known := make([]coach.Somebody, 0, len(all)+len(d.thirds))
	seen := map[work.PersonID]bool{}
	add := func(p *work.Person) {
		seen[p.ID] = true
		known = append(known, coach.Somebody{Name: p.Name, Email: p.Email, Named: p.ID == d.tx.Me.Person || p.ID == d.coach || slices.Contains(d.named, p.ID)})
	}
	for i := range all {
		add(&all[i])
	}
	thirds := slices.Clone(d.thirds)
	members, err := d.tx.Members(ctx)
	if err != nil {
		return nil, err
	}
	for i := range members { // the client's other coaches, who are among no people
		if members[i].Coach {
			thirds = append(thirds, Third{Person: members[i].Person})
		}
	}
	for _, t := range thirds {
		if seen[t.Person] {
			continue
		}
		p, err := d.tx.Person(ctx, t.Person)
		if err != nil {
			return nil, err
		}
		add(&p)
	}
	return coach.NewMask(known), nil
}

// AskPacket says as what the actor's own packet is shown.
type AskPacket struct {
	AsCoach bool   `query:"as_coach" json:"-" doc:"As a coach would see it who is shown these parts: everybody by initials"`
	Parts   string `query:"parts" json:"-" doc:"Separated by commas: hours, plate, letgo, promises, mirror, questions, private. All of them unless said"`
}

// Own shows the actor's own packet: whole and with all names for a call
// without a coach, or as a coach would see it before anything is shown.
var Own = app.Read(app.Describe{
	Name: "packet.show", Method: "GET", Path: "packet", Who: app.AnyMember, Summary: "See your own packet for a call, or what a coach would see of it.",
}, func(ctx context.Context, tx *app.Tx, in AskPacket) (Packet, error) {
	if err := tx.MembersOnly(); err != nil {
		return Packet{}, err
	}
	parts, err := partsOf(in.Parts)
	if err != nil {
		return Packet{}, err
	}
	d := desk{tx: tx, parts: parts}
	if err := d.build(ctx); err != nil || !in.AsCoach {
		return d.packet, err
	}
	err = d.mask(ctx)
	return d.packet, err
})

// Preview shows a client what their coach sees, to the letter.
var Preview = app.Read(app.Describe{
	Name: "sharing.preview", Method: "GET", Path: "sharings/{sharing}/packet", Who: app.AnyMember, Summary: "See what you show as your coach sees it.",
}, func(ctx context.Context, tx *app.Tx, in OnSharing) (Packet, error) {
	s, err := ours(ctx, tx, in.Sharing)
	switch {
	case err != nil:
		return Packet{}, err
	case s.Client != tx.Me.Person:
		return Packet{}, work.Errorf(work.Forbidden, "Only the client previews what is shown; a coach looks at it, and the client sees when.")
	}
	p, _, err := Seen(ctx, tx, &s)
	return p, err
})

// Look shows a coach what a client shows them. The client sees when they
// looked last, and who appears for the first time is told.
var Look = app.Write(app.Describe{
	Name: "sharing.look", Coaches: true, Method: "POST", Path: "sharings/{sharing}/looks", Who: app.AnyMember, Summary: "As a coach, look at what a client shows you; they see when you looked last.",
}, func(ctx context.Context, tx *app.Tx, in OnSharing) (Packet, error) {
	s, err := ours(ctx, tx, in.Sharing)
	if err != nil {
		return Packet{}, err
	}
	if err := tx.Fresh(ctx, in.IfMatch, s.Version, s.Client, "what is shown"); err != nil {
		return Packet{}, err
	}
	anew, err := s.Look(tx.Act())
	if err != nil {
		return Packet{}, err
	}
	p, thirds, err := Seen(ctx, tx, &s)
	if err != nil {
		return Packet{}, err
	}
	if err := tell(ctx, tx, &s, thirds); err != nil {
		return Packet{}, err
	}
	if err := tx.SaveLook(ctx, s.ID, s.SeenAt); err != nil || !anew {
		return p, err
	}
	return p, tx.TellOf(ctx, &s, work.Event{Kind: work.SharingSeen, Person: s.Client})
})
