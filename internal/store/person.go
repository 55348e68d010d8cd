package store

import (
	"context"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"baton/internal/ical"
	"baton/internal/work"
)

const personColumns = `id, name, kind, email, owner, accountable, skills, interests, wishes, credentials, absences,
	stand_in, hour_cost, released, zone, note, left_on, stretch, version`

func scanPerson(row scanner) (p work.Person, err error) {
	err = row.Scan(&p.ID, &p.Name, &p.Kind, &p.Email, &p.Owner, &p.Accountable, asJSON(&p.Skills), asJSON(&p.Interests), asJSON(&p.Wishes),
		asJSON(&p.Credentials), asJSON(&p.Absences), &p.StandIn, &p.HourCost, &p.Released, &p.Zone, &p.Note, asText(&p.LeftOn), &p.Stretch, &p.Version)
	return p, err
}

// document scans a JSON column into a value.
type document struct{ to any }

func asJSON(to any) document { return document{to} }

// Scan reads a JSON text.
func (d document) Scan(src any) error {
	switch v := src.(type) {
	case string:
		return json.Unmarshal([]byte(v), d.to)
	case []byte:
		return json.Unmarshal(v, d.to)
	}
	return fmt.Errorf("a document cannot be read from a %T", src)
}

// word scans a text column into a value that reads itself from text.
type word struct{ to encoding.TextUnmarshaler }

func asText(to encoding.TextUnmarshaler) word { return word{to} }

// Scan reads a text.
func (w word) Scan(src any) error {
	switch v := src.(type) {
	case string:
		return w.to.UnmarshalText([]byte(v))
	case []byte:
		return w.to.UnmarshalText(v)
	}
	return fmt.Errorf("a text cannot be read from a %T", src)
}

// kept scans a recurrence that was checked when it was written.
type kept struct{ to *ical.Rule }

// Scan reads an RRULE.
func (k kept) Scan(src any) (err error) {
	text, ok := src.(string)
	if !ok {
		return fmt.Errorf("a recurrence cannot be read from a %T", src)
	}
	*k.to, err = ical.Known(text)
	return err
}

// toJSON renders a value for a JSON column. What the domain keeps always
// renders; a value that does not is a mistake of ours.
func toJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic("store: " + err.Error())
	}
	return string(b)
}

// SkillNames lists, sorted and once each, the skills of everybody a member may
// know of but themselves.
func (tx *Tx) SkillNames(ctx context.Context, member work.PersonID) ([]string, error) {
	lists, err := collect(ctx, tx.session, func(row scanner) (skills []work.Skill, err error) {
		err = row.Scan(asJSON(&skills))
		return skills, err
	},
		`SELECT DISTINCT skills FROM people WHERE workspace = ? AND (owner = 0 OR owner = ?) AND id <> ? AND skills <> '[]'`, tx.ws.ID, member, member)
	var names []string
	for _, skills := range lists {
		for _, s := range skills {
			names = append(names, s.Name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names), err
}

// Person returns a person by id.
func (tx *Tx) Person(ctx context.Context, id work.PersonID) (work.Person, error) {
	p, err := one(ctx, tx.session, scanPerson, `SELECT `+personColumns+` FROM people WHERE workspace = ? AND id = ?`, tx.ws.ID, id)
	return p, missing(err, "person")
}

// Names returns what people are called, by id; who is not there is left out.
func (tx *Tx) Names(ctx context.Context, ids []work.PersonID) (map[work.PersonID]string, error) {
	out := make(map[work.PersonID]string, len(ids))
	for some := range slices.Chunk(ids, most) {
		marks, args := in(some)
		_, err := collect(ctx, tx.session, func(row scanner) (struct{}, error) {
			var id work.PersonID
			var name string
			err := row.Scan(&id, &name)
			out[id] = name
			return struct{}{}, err
		}, `SELECT id, name FROM people WHERE workspace = ? AND id IN (`+marks+`)`, append([]any{tx.ws.ID}, args...)...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// People lists everybody a member may know of, by name. Those who only coach
// are known to their clients, and carry nothing.
func (tx *Tx) People(ctx context.Context, member work.PersonID) ([]work.Person, error) {
	return collect(ctx, tx.session, scanPerson, `SELECT `+personColumns+` FROM people
		WHERE workspace = ? AND (owner = 0 OR owner = ? OR id = ?)
		AND id NOT IN (SELECT person FROM members WHERE workspace = ? AND coach = 1 AND person <> ?) ORDER BY name, id`, tx.ws.ID, member, member, tx.ws.ID, member)
}

// AddPerson writes down a new person and gives them an id.
func (tx *Tx) AddPerson(ctx context.Context, p *work.Person) error {
	p.ID, p.Version = work.PersonID(tx.NextID()), 1
	err := tx.exec(ctx, `INSERT INTO people (workspace, `+personColumns+`, away, next_change, digested_at, source_key, source_said)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, 0, '', '')`,
		append(append([]any{tx.ws.ID}, personValues(p)...), micros(tx.nextChange(p, time.Time{})))...)
	if err != nil {
		return err
	}
	return tx.reword(ctx, personWords(tx.ws.ID, p))
}

func personValues(p *work.Person) []any {
	return []any{
		p.ID, p.Name, p.Kind, p.Email, p.Owner, p.Accountable, toJSON(notNil(p.Skills)), toJSON(notNil(p.Interests)), toJSON(notNil(p.Wishes)),
		toJSON(notNil(p.Credentials)), toJSON(notNil(p.Absences)), p.StandIn, p.HourCost, p.Released, p.Zone, p.Note, p.LeftOn.String(), p.Stretch, p.Version,
	}
}

func notNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// SavePerson changes a person, unless somebody changed them since. The clock
// looks at once at somebody who is away: who answers for them may be another;
// and plans a member's review anew by the clock of another zone.
func (tx *Tx) SavePerson(ctx context.Context, p *work.Person) error {
	p.Version++
	tx.away = nil
	err := tx.exec(ctx, `UPDATE members SET review_at = 1 WHERE workspace = ? AND person = ? AND EXISTS
		(SELECT 1 FROM people WHERE workspace = ? AND id = ? AND (zone <> ? OR left_on <> ?))`, tx.ws.ID, p.ID, tx.ws.ID, p.ID, p.Zone, p.LeftOn.String())
	if err != nil {
		return err
	}
	err = tx.change(ctx, `UPDATE people SET name = ?, kind = ?, email = ?, owner = ?, accountable = ?, skills = ?, interests = ?, wishes = ?,
		credentials = ?, absences = ?, stand_in = ?, hour_cost = ?, released = ?, zone = ?, note = ?, left_on = ?, stretch = ?, version = ?,
		next_change = CASE WHEN away = 1 THEN CAST(1 AS BIGINT) ELSE CAST(? AS BIGINT) END
		WHERE workspace = ? AND id = ? AND version = ?`,
		append(personValues(p)[1:], micros(tx.nextChange(p, time.Time{})), tx.ws.ID, p.ID, p.Version-1)...)
	if err != nil {
		return stale(err, "person")
	}
	return tx.reword(ctx, personWords(tx.ws.ID, p))
}

// stale turns an update that met no row into the sentence for a lost race.
func stale(err error, noun string) error {
	if errors.Is(err, errNone) {
		return work.Errorf(work.Stale, "Somebody changed this %s since you read it; read it again.", noun)
	}
	return err
}

// nextChange is when the clock must look at a person's absences: where one
// begins or ends after a moment.
func (tx *Tx) nextChange(p *work.Person, after time.Time) time.Time {
	zone := p.Zone
	if zone == "" {
		zone = tx.ws.Zone
	}
	var next time.Time
	consider := func(d ical.Date) {
		at := d.In(ical.Location(zone)).UTC()
		if at.After(after) && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	for _, a := range p.Absences {
		consider(a.From)
		consider(a.To.AddDays(1))
	}
	return next
}

// A Change of presence: somebody whose absence begins or ends, and when.
type Change struct {
	Workspace work.WorkspaceID
	Person    work.PersonID
	At        time.Time
}

// DueChanges lists the people whose absences begin or end by a moment.
func (g *Global) DueChanges(ctx context.Context, at time.Time, limit int) ([]Change, error) {
	return collect(ctx, g.session, func(row scanner) (c Change, err error) {
		var at int64
		err = row.Scan(&c.Workspace, &c.Person, &at)
		c.At = instant(at)
		return c, err
	}, `SELECT workspace, id, next_change FROM people WHERE next_change > 0 AND next_change <= ? ORDER BY next_change, workspace, id LIMIT ?`, micros(at), limit)
}

// Absent returns who is away as the clock last saw it, or left, and whom each
// had named to answer meanwhile (0 nobody). It is read once in a transaction,
// and must not be changed.
func (tx *Tx) Absent(ctx context.Context) (map[work.PersonID]work.PersonID, error) {
	if tx.away != nil {
		return tx.away, nil
	}
	away := map[work.PersonID]work.PersonID{}
	_, err := collect(ctx, tx.session, func(row scanner) (struct{}, error) {
		var who, standIn work.PersonID
		err := row.Scan(&who, &standIn)
		away[who] = standIn
		return struct{}{}, err
	}, `SELECT id, CASE WHEN left_on = '' THEN answered_by ELSE 0 END FROM people WHERE workspace = ? AND (away = 1 OR left_on <> '')`, tx.ws.ID)
	if err == nil {
		tx.away = away
	}
	return away, err
}

// SetAway notes that the clock sent a person away or let them come back, who
// answers meanwhile, and when to look next.
func (tx *Tx) SetAway(ctx context.Context, p *work.Person, away bool, at time.Time) error {
	tx.away = nil
	standIn := work.PersonID(0)
	if away {
		standIn = p.StandIn
	}
	return tx.exec(ctx, `UPDATE people SET away = ?, answered_by = ?, next_change = ? WHERE workspace = ? AND id = ?`,
		bit(away), standIn, micros(tx.nextChange(p, at)), tx.ws.ID, p.ID)
}

// PersonSource returns the person an import made from a key, and what the
// import said then; zero when there is none.
func (tx *Tx) PersonSource(ctx context.Context, owner work.PersonID, key string) (work.PersonID, string, error) {
	type source struct {
		id   work.PersonID
		said string
	}
	found, err := collect(ctx, tx.session, func(row scanner) (s source, err error) { err = row.Scan(&s.id, &s.said); return s, err },
		`SELECT id, source_said FROM people WHERE workspace = ? AND source_key = ? AND (owner = 0 OR owner = ?) ORDER BY id LIMIT 1`, tx.ws.ID, key, owner)
	if err != nil || len(found) == 0 {
		return 0, "", err
	}
	return found[0].id, found[0].said, nil
}

// PersonSaid returns what the import a person came from said last; "" if they
// came from none.
func (tx *Tx) PersonSaid(ctx context.Context, id work.PersonID) (string, error) {
	text, err := one(ctx, tx.session, func(row scanner) (s string, err error) { err = row.Scan(&s); return s, err },
		`SELECT source_said FROM people WHERE workspace = ? AND id = ?`, tx.ws.ID, id)
	return text, missing(err, "person")
}

// SetPersonSource notes which line of an import a person came from.
func (tx *Tx) SetPersonSource(ctx context.Context, id work.PersonID, key, said string) error {
	return tx.exec(ctx, `UPDATE people SET source_key = ?, source_said = ? WHERE workspace = ? AND id = ?`, key, said, tx.ws.ID, id)
}

// ForgetStandIn leaves those without a stand-in for whom somebody stood in who
// leaves, and those too who are away now.
func (tx *Tx) ForgetStandIn(ctx context.Context, id work.PersonID) error {
	tx.away = nil
	err := tx.exec(ctx, `UPDATE people SET stand_in = 0, version = version + 1 WHERE workspace = ? AND stand_in = ?`, tx.ws.ID, id)
	return errors.Join(err, tx.exec(ctx, `UPDATE people SET answered_by = 0 WHERE workspace = ? AND answered_by = ?`, tx.ws.ID, id))
}

const memberColumns = `person, account, owner, coach, capacity, hour_price, digest, urgent, joined_at, version, review_day, review_hour, review_mail`

func scanMember(row scanner) (m work.Member, err error) {
	var joined int64
	err = row.Scan(&m.Person, &m.Account, &m.Owner, &m.Coach, &m.Capacity, &m.HourPrice, &m.Digest, &m.Urgent, &joined, &m.Version, &m.ReviewDay, &m.ReviewHour, &m.ReviewMail)
	m.JoinedAt = instant(joined)
	return m, err
}

// Member returns what a person set up for themselves.
func (tx *Tx) Member(ctx context.Context, id work.PersonID) (work.Member, error) {
	m, err := one(ctx, tx.session, scanMember, `SELECT `+memberColumns+` FROM members WHERE workspace = ? AND person = ?`, tx.ws.ID, id)
	return m, missing(err, "member")
}

// Members lists the members.
func (tx *Tx) Members(ctx context.Context) ([]work.Member, error) {
	return collect(ctx, tx.session, scanMember, `SELECT `+memberColumns+` FROM members WHERE workspace = ? ORDER BY person`, tx.ws.ID)
}

// AddMember gives a person's account a place in the workspace.
func (tx *Tx) AddMember(ctx context.Context, m *work.Member) error {
	m.Version, m.ReviewDay, m.ReviewHour, m.ReviewMail = 1, work.UsualReviewDay, work.UsualReviewHour, true
	return tx.exec(ctx, `INSERT INTO members (workspace, `+memberColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		tx.ws.ID, m.Person, m.Account, bit(m.Owner), bit(m.Coach), m.Capacity, m.HourPrice, bit(m.Digest), bit(m.Urgent), micros(m.JoinedAt), m.Version,
		m.ReviewDay, m.ReviewHour, bit(m.ReviewMail))
}

// SaveMember changes a member's own settings. The clock plans their review anew
// when that is at another time.
func (tx *Tx) SaveMember(ctx context.Context, m *work.Member) error {
	m.Version++
	return stale(tx.change(ctx, `UPDATE members SET owner = ?, capacity = ?, hour_price = ?, digest = ?, urgent = ?, version = ?,
		review_at = CASE WHEN review_day = ? AND review_hour = ? AND review_mail = ? THEN review_at ELSE 1 END, review_day = ?, review_hour = ?, review_mail = ?
		WHERE workspace = ? AND person = ? AND version = ?`,
		bit(m.Owner), m.Capacity, m.HourPrice, bit(m.Digest), bit(m.Urgent), m.Version,
		m.ReviewDay, m.ReviewHour, bit(m.ReviewMail), m.ReviewDay, m.ReviewHour, bit(m.ReviewMail), tx.ws.ID, m.Person, m.Version-1), "member")
}

// RemoveMember takes a person's account out of the workspace; the person and
// their history stay.
func (tx *Tx) RemoveMember(ctx context.Context, id work.PersonID) error {
	return tx.exec(ctx, `DELETE FROM members WHERE workspace = ? AND person = ?`, tx.ws.ID, id)
}

func scanArea(row scanner) (a work.Area, err error) {
	err = row.Scan(&a.ID, &a.Name, &a.Owner, &a.Version, &a.ChangedBy)
	return a, err
}

// Areas lists the areas a member may see.
func (tx *Tx) Areas(ctx context.Context, member work.PersonID) ([]work.Area, error) {
	return collect(ctx, tx.session, scanArea, `SELECT id, name, owner, version, changed_by FROM areas WHERE workspace = ? AND (owner = 0 OR owner = ?) ORDER BY name, id`, tx.ws.ID, member)
}

// AddArea makes an area.
func (tx *Tx) AddArea(ctx context.Context, a *work.Area) error {
	a.ID, a.Version = work.AreaID(tx.NextID()), 1
	err := tx.exec(ctx, `INSERT INTO areas (workspace, id, name, owner, version, changed_by) VALUES (?, ?, ?, ?, ?, ?)`, tx.ws.ID, a.ID, a.Name, a.Owner, a.Version, a.ChangedBy)
	if err != nil && tx.d.unique(err) {
		return work.FieldError("name", "There is an area called %s already.", a.Name)
	}
	return err
}

// DropEmptyArea forgets an area in which no task is left.
func (tx *Tx) DropEmptyArea(ctx context.Context, id work.AreaID) error {
	return tx.exec(ctx, `DELETE FROM areas WHERE workspace = ? AND id = ?
		AND NOT EXISTS (SELECT 1 FROM tasks WHERE tasks.workspace = areas.workspace AND tasks.area = areas.id)`, tx.ws.ID, id)
}

// SaveArea renames an area or makes it private or shared.
func (tx *Tx) SaveArea(ctx context.Context, a *work.Area) error {
	a.Version++
	err := tx.change(ctx, `UPDATE areas SET name = ?, owner = ?, version = ?, changed_by = ? WHERE workspace = ? AND id = ? AND version = ?`,
		a.Name, a.Owner, a.Version, a.ChangedBy, tx.ws.ID, a.ID, a.Version-1)
	if err != nil && tx.d.unique(err) {
		return work.FieldError("name", "There is an area called %s already.", a.Name)
	}
	return stale(err, "area")
}

func scanFocus(row scanner) (f work.FocusArea, err error) {
	err = row.Scan(&f.ID, &f.Owner, &f.Name, &f.Weekly, &f.Version)
	return f, err
}

// FocusAreas lists a member's own focus areas.
func (tx *Tx) FocusAreas(ctx context.Context, owner work.PersonID) ([]work.FocusArea, error) {
	return collect(ctx, tx.session, scanFocus, `SELECT id, owner, name, weekly, version FROM focus_areas WHERE workspace = ? AND owner = ? ORDER BY name`, tx.ws.ID, owner)
}

// AddFocusArea makes a focus area.
func (tx *Tx) AddFocusArea(ctx context.Context, f *work.FocusArea) error {
	f.ID, f.Version = work.FocusAreaID(tx.NextID()), 1
	err := tx.exec(ctx, `INSERT INTO focus_areas (workspace, id, owner, name, weekly, version) VALUES (?, ?, ?, ?, ?, ?)`, tx.ws.ID, f.ID, f.Owner, f.Name, f.Weekly, f.Version)
	if err != nil && tx.d.unique(err) {
		return work.FieldError("name", "You have a focus area called %s already.", f.Name)
	}
	return err
}

// SaveFocusArea renames a focus area or says what it should get.
func (tx *Tx) SaveFocusArea(ctx context.Context, f *work.FocusArea) error {
	f.Version++
	err := tx.change(ctx, `UPDATE focus_areas SET name = ?, weekly = ?, version = ? WHERE workspace = ? AND id = ? AND version = ?`,
		f.Name, f.Weekly, f.Version, tx.ws.ID, f.ID, f.Version-1)
	if err != nil && tx.d.unique(err) {
		return work.FieldError("name", "You have a focus area called %s already.", f.Name)
	}
	return stale(err, "focus area")
}

// AddFocusEntry records time that went to a focus area.
func (tx *Tx) AddFocusEntry(ctx context.Context, owner work.PersonID, e work.FocusEntry) error {
	return tx.exec(ctx, `INSERT INTO focus_entries (workspace, id, focus, owner, minutes, at) VALUES (?, ?, ?, ?, ?, ?)`,
		tx.ws.ID, tx.NextID(), e.Focus, owner, e.Minutes, micros(e.At))
}

// FocusEntries lists what a member recorded since a moment, oldest first.
func (tx *Tx) FocusEntries(ctx context.Context, owner work.PersonID, since time.Time) ([]work.FocusEntry, error) {
	return collect(ctx, tx.session, func(row scanner) (e work.FocusEntry, err error) {
		var at int64
		err = row.Scan(&e.Focus, &e.Minutes, &at)
		e.At = instant(at)
		return e, err
	}, `SELECT focus, minutes, at FROM focus_entries WHERE workspace = ? AND owner = ? AND at >= ? ORDER BY at`, tx.ws.ID, owner, micros(since))
}

// RemovePerson takes a person away who never did anything: an undone addition.
func (tx *Tx) RemovePerson(ctx context.Context, id work.PersonID) error {
	if err := tx.unword(ctx, tx.ws.ID, int64(id)); err != nil {
		return err
	}
	return missing(tx.change(ctx, `DELETE FROM people WHERE workspace = ? AND id = ?`, tx.ws.ID, id), "person")
}
