package plan

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baton/internal/ical"
	"baton/internal/work"
)

func mustMake(t testing.TB, in Input) *Plan {
	t.Helper()
	p, err := Make(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// outcome says for each title what is to become of it: a verdict, and a person
// if it has one.
func outcome(p *Plan) map[string]string {
	out := map[string]string{}
	for _, one := range p.Proposals {
		out[one.Task.Title] = string(one.Verdict)
		if one.Person != nil {
			out[one.Task.Title] += " " + one.Person.Name
		}
	}
	return out
}

// expect compares what a plan says of the titles in want; a value may list
// several with |.
func expect(t *testing.T, p *Plan, want map[string]string) {
	t.Helper()
	got := outcome(p)
	for _, title := range slices.Sorted(maps.Keys(want)) {
		if have, ok := got[title]; !ok || !slices.Contains(strings.Split(want[title], "|"), have) {
			t.Errorf("%q: %q, want %q", title, have, want[title])
		}
	}
	for _, l := range p.Loads {
		if l.Carried+l.Planned > l.Offered {
			t.Errorf("%s would carry %d of %d minutes", l.Name, l.Carried+l.Planned, l.Offered)
		}
	}
}

// clinicWant is what a sensible leader would expect of the sample plate.
var clinicWant = map[string]string{
	"Build next month's staff rota":                            "assign Imani",
	"Check and reorder exam room supplies":                     "assign Tomas",
	"Answer patient portal messages that are about scheduling": "assign Imani|assign Tomas|assign Rosa",
	"Sign off abnormal lab results":                            "keep",
	"Lead the diabetes group visit project":                    "delegate Imani|delegate Wei",
	"Write the curriculum":                                     "delegate Imani|delegate Wei",
	"Present quality numbers to the board":                     "keep",
	"Interview medical assistant candidates":                   "delegate Imani",
	"Mentor the two new nurse practitioners":                   "keep",
	"Approve time-off requests":                                "assign Imani",
	"Update the vaccine refrigerator log":                      "assign Tomas|assign Imani",
	"Copy handouts for the Thursday meeting":                   "assign Tomas",
	"Send invoices and chase late ones":                        "assign Rosa",
	"Reply to booking requests":                                "assign Rosa",
	"Coach clients":                                            "keep",
	"Prepare the conference talk on delegation":                "keep",
	"Clean the house":                                          "assign Bright Homes",
	"Mow the lawn":                                             "assign Lena",
	"Plan and shop for meals":                                  "assign Lena",
	"Drive to soccer practice":                                 "keep",
}

func TestClinic(t *testing.T) {
	p := mustMake(t, clinic(t).input(t))
	expect(t, p, clinicWant)
	if len(p.Proposals) != 24 {
		t.Errorf("%d proposals for 24 lines", len(p.Proposals))
	}
	if p.Value != p.Bound || p.Freed < 15*60 || p.Payback < 1 || p.Payback > 4 {
		t.Errorf("value %d, bound %d, %d minutes freed, paid back after %d weeks", p.Value, p.Bound, p.Freed, p.Payback)
	}
	for _, one := range p.Proposals {
		if len(one.Reasons) == 0 {
			t.Errorf("%q has no reason", one.Task.Title)
		}
	}
}

// TestNamesDoNotMatter gives everybody another name: the plan is the same.
func TestNamesDoNotMatter(t *testing.T) {
	source := clinic(t)
	names := map[string]string{"Imani": "Petr", "Tomas": "Zoë", "Wei": "Aaron", "Rosa": "Bright Homes", "Bright Homes": "Rosa", "Lena": "Q"}
	in := source.input(t)
	for i := range in.People {
		if other := names[in.People[i].Name]; other != "" {
			in.People[i].Name = other
		}
	}
	want := outcome(mustMake(t, source.input(t)))
	got := outcome(mustMake(t, in))
	for title, said := range want {
		verdict, name, _ := strings.Cut(said, " ")
		if other := names[name]; other != "" {
			want[title] = verdict + " " + other
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestSkillsDecide moves skills and wishes to other people, and the plan
// follows them.
func TestSkillsDecide(t *testing.T) {
	source := clinic(t)
	swap := strings.NewReplacer("invoicing:4", "embroidery:4", "inventory:4", "invoicing:4", "leading projects, hiring", "hiring", "presenting, leading projects", "presenting", "quality improvement|MA", "leading projects|MA")
	for i, row := range source.people {
		source.people[i] = swap.Replace(row)
	}
	expect(t, mustMake(t, source.input(t)), map[string]string{
		"Send invoices and chase late ones":     "assign Tomas",
		"Lead the diabetes group visit project": "delegate Tomas",
		"Clean the house":                       "assign Bright Homes",
	})
}

// TestParaphrases says the same in other words.
func TestParaphrases(t *testing.T) {
	source := clinic(t)
	source.tasks = []string{
		"Clinic | Put together the duty roster for December | | every month on the 21st | 180",
		"Clinic | Restock the treatment rooms | | every friday | 45",
		"Clinic | Countersign critical laboratory findings | | every weekday | 30",
		"Clinic | Run the weight management group project | | every tuesday | 120 | 2027-03-31",
		"Practice | Do the billing and remind those who have not paid | | every month on the 1st | 120",
		"Practice | Coaching sessions | This is what I am here for | every thursday | 180",
		"Home | Housekeeping: floors, bathrooms, kitchen | | every saturday | 180",
		"Home | Cook for the week | | every sunday | 120",
		"Home | Cinema with the kids | Time with my family | every friday | 150",
		"Clinic | One-to-one with the trainee nurses | | every other wednesday | 60",
	}
	expect(t, mustMake(t, source.input(t)), map[string]string{
		"Put together the duty roster for December":         "assign Imani",
		"Restock the treatment rooms":                       "assign Tomas",
		"Countersign critical laboratory findings":          "keep",
		"Run the weight management group project":           "delegate Imani|delegate Wei",
		"Do the billing and remind those who have not paid": "assign Rosa",
		"Coaching sessions":                                 "keep",
		"Housekeeping: floors, bathrooms, kitchen":          "assign Bright Homes",
		"Cook for the week":                                 "assign Lena",
		"Cinema with the kids":                              "keep",
		"One-to-one with the trainee nurses":                "keep",
	})
}

func TestOtherLeaders(t *testing.T) {
	for name, want := range map[string]map[string]string{
		"firm": {
			"Run payroll": "assign Berta|assign Books & Co", "Sign the building inspection certificates": "keep",
			"Visit every site": "keep", "Negotiate prices with the timber yard": "keep", "Hire a second site manager": "delegate Carlo",
			"Set up an apprenticeship programme": "delegate Dana", "Post project photos on Instagram": "assign Dana",
			"Back up the office server": "automate", "Print the weekly report nobody reads": "drop",
			"Answer the phone and the inbox": "assign Berta", "Timesheets into the spreadsheet": "assign Berta",
			"Weekly one-to-one with the foreman": "keep",
		},
		"household": {
			"Bedtime story with Mia": "keep", "Visit my mother": "keep", "Walk the dog": "assign Jo", "Fix the dripping tap": "assign Handy Hank",
			"Help Mia with maths homework": "assign Ms Brandt", "Groceries and dinner plan": "assign Noor", "Family tax return": "assign Noor",
		},
		"headteacher": {
			"Write the governors' report": "keep", "Observe lessons and give feedback": "keep", "Safeguarding referrals": "keep",
			"Appraisals of the deputy heads": "keep", "Assembly on Monday": "keep", "Parents' complaints": "keep",
			"Order books and stationery": "assign Mrs Cole", "Count the dinner money": "assign Mrs Cole", "Update the school website": "assign Dev",
			"Plan the spring open day": "delegate Dev", "Lead the reading improvement project": "delegate Aoife",
			"Mentor the two new teachers": "delegate Aoife", "Recruit a science teacher": "delegate Ben",
		},
	} {
		t.Run(name, func(t *testing.T) {
			in := leaders[name].input(t)
			in.Household = name == "household"
			expect(t, mustMake(t, in), want)
		})
	}
}

// TestRules holds what excludes a pair, each on the firm's payroll.
func TestRules(t *testing.T) {
	const payroll, berta = work.TaskID(100), work.PersonID(2)
	absence := work.Absence{From: ical.DateOf(monday), To: ical.DateOf(monday).AddDays(25)}
	for name, change := range map[string]func(*Input){
		"forbidden":  func(in *Input) { in.Forbids = []Choice{{payroll, berta}} },
		"away long":  func(in *Input) { in.People[1].Absences = []work.Absence{absence} },
		"gone":       func(in *Input) { in.People[1].LeftOn = ical.DateOf(monday) },
		"private":    func(in *Input) { in.People[1].Owner = 99 },
		"credential": func(in *Input) { in.Lines[0].Task.Credentials = []string{"Payroll certificate"} },
		"no room":    func(in *Input) { in.People[1].Carried = in.People[1].Released },
		"kept":       func(in *Input) { in.Lines[0].Verdict = work.Keep },
		"dropped":    func(in *Input) { in.Lines[0].Verdict = work.Drop },
		"automated":  func(in *Input) { in.Lines[0].Verdict = work.Automate },
		"pinned":     func(in *Input) { in.Pins = []Choice{{payroll, 3}} },
		"mine":       func(in *Input) { in.Pins = []Choice{{payroll, in.Me}} },
	} {
		t.Run(name, func(t *testing.T) {
			in := leaders["firm"].input(t)
			change(&in)
			p := mustMake(t, in)
			one := p.Proposals[0]
			if one.Person != nil && one.Person.ID == berta {
				t.Errorf("payroll goes to Berta: %v", one.Reasons)
			}
			if name == "pinned" && (one.Person == nil || one.Person.ID != 3) {
				t.Error("the pin is not obeyed")
			}
			if v := in.Lines[0].Verdict; v != "" && one.Verdict != v {
				t.Errorf("the verdict is %s, not %s as said", one.Verdict, v)
			}
		})
	}
	t.Run("said to hand over", func(t *testing.T) {
		in := leaders["firm"].input(t)
		in.Lines[4].Verdict = work.Delegate // the negotiation, which would stay
		one := mustMake(t, in).Proposals[4]
		if one.Verdict != work.Delegate || one.Person == nil || one.Kind != work.Strategic {
			t.Errorf("%s: %v", one.Verdict, one.Reasons)
		}
	})
	t.Run("software decides little", func(t *testing.T) {
		in := leaders["firm"].input(t)
		in.People[1].Kind, in.People[1].Accountable = work.Agent, in.Me
		for _, one := range mustMake(t, in).Proposals {
			if one.Person != nil && one.Person.ID == berta && (one.Kind != work.Assignment || one.Level > work.AgentCap) {
				t.Errorf("%s: %s at level %d", one.Task.Title, one.Kind, one.Level)
			}
		}
	})
}

func TestPins(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Input)
		want   string
	}{
		"unknown person": {func(in *Input) { in.Pins = []Choice{{100, 77}} }, "There is no such person to plan with: 77."},
		"unknown task":   {func(in *Input) { in.Pins = []Choice{{7, 2}} }, "Task 7 is not on your plate to be planned."},
		"gone": {func(in *Input) {
			in.People[1].LeftOn = ical.DateOf(monday)
			in.Pins = []Choice{{100, 2}}
		}, "“Run payroll” cannot be pinned: Berta has left."},
		"too much": {func(in *Input) {
			in.People[3].Released = 60
			in.Pins = []Choice{{103, 4}, {106, 4}}
		}, "What is pinned to Dana takes 5 h a week; Dana has 1 h."},
		"slider": {func(in *Input) { in.Grow = 101 }, "The slider goes from 0, lighten my load, to 100, grow my people."},
	} {
		t.Run(name, func(t *testing.T) {
			in := leaders["firm"].input(t)
			c.change(&in)
			_, err := Make(context.Background(), in)
			if err == nil || err.Error() != c.want {
				t.Errorf("%v, want %s", err, c.want)
			}
		})
	}
}

// TestPartsTravel keeps a part with its whole until it is judged on its own.
func TestPartsTravel(t *testing.T) {
	pl := plate{
		tasks: []string{
			"Office | Lead the office move project | | every week | 120 | 2027-06-30",
			"Office | - Pack the archive | | | 60",
			"Office | - Sign the lease | | | 30",
		},
		people: []string{"Carlo | teammate | 10 | 20 | moving house:3 | leading projects |"},
	}
	in := pl.input(t)
	in.Lines[2].Verdict = work.Keep
	p := mustMake(t, in)
	expect(t, p, map[string]string{"Lead the office move project": "delegate Carlo", "Pack the archive": "delegate Carlo", "Sign the lease": "keep"})
	if p.Proposals[1].PartOf != p.Proposals[0].Task.ID || p.Proposals[2].PartOf != 0 {
		t.Error("the parts do not say where they go")
	}
}

// TestFullWeek lets tasks stay although the leader's week is full, and says so.
func TestFullWeek(t *testing.T) {
	in := leaders["firm"].input(t)
	in.Capacity, in.People = 60, in.People[:1]
	p := mustMake(t, in)
	if p.Over == 0 || p.Value > p.Bound {
		t.Errorf("over by %d, value %d, bound %d", p.Over, p.Value, p.Bound)
	}
}

// TestChangesHappen plans again with every change a plan names.
func TestChangesHappen(t *testing.T) {
	found := 0
	for name := range leaders {
		in := leaders[name].input(t)
		for _, one := range mustMake(t, in).Proposals {
			c := one.Change
			if c == nil {
				continue
			}
			found++
			again := mustMake(t, c.apply(in, one.Task.ID))
			i := slices.IndexFunc(again.Proposals, func(x Proposal) bool { return x.Task.ID == one.Task.ID })
			who := again.Proposals[i].Person
			if (who == nil) != (c.To == nil) || who != nil && who.ID != c.To.ID {
				t.Errorf("%s: %s It goes to %v.", one.Task.Title, c.Words, who)
			}
		}
	}
	if found < 10 {
		t.Errorf("only %d changes were found", found)
	}
}

// TestSlider hands growth to people who want it as the slider moves.
func TestSlider(t *testing.T) {
	growth := func(grow int) (sum int64) {
		in := leaders["headteacher"].input(t)
		in.Grow = grow
		for _, one := range mustMake(t, in).Proposals {
			if one.Kind == work.Strategic {
				sum++
			}
		}
		return sum
	}
	if low, high := growth(0), growth(100); low > high {
		t.Errorf("%d strategic delegations to lighten the load, %d to grow people", low, high)
	}
	freed := func(grow int) work.Minutes {
		in := leaders["headteacher"].input(t)
		in.Grow = grow
		return mustMake(t, in).Freed
	}
	if low, high := freed(0), freed(100); low < high {
		t.Errorf("lightening the load frees %d minutes, growing people %d", low, high)
	}
}

func TestHeldCountsAgainstItsReceiver(t *testing.T) {
	in := leaders["firm"].input(t)
	in.Lines[3].Held = &Held{Person: 2, Kind: work.Assignment, Words: "It is offered to Berta."}
	p := mustMake(t, in)
	if one := p.Proposals[3]; !one.Held || one.Person == nil || one.Person.ID != 2 {
		t.Errorf("%+v", one)
	}
	for _, l := range p.Loads {
		if l.Person == 2 && l.Planned < 300 {
			t.Errorf("Berta would carry %d minutes, without the 300 on offer", l.Planned)
		}
	}
}

// TestFreedIsNetOfSupport: what a plan frees and when it has paid back count
// the help each hand-over takes.
func TestFreedIsNetOfSupport(t *testing.T) {
	p := mustMake(t, clinic(t).input(t))
	var gross, help work.Minutes
	for _, one := range p.Proposals {
		help += one.Support
		if one.Person != nil || one.Verdict == work.Drop || one.Verdict == work.Automate {
			gross += one.Weekly
		}
	}
	if help == 0 || p.Support != help || p.Freed != gross-help {
		t.Errorf("%d minutes freed with %d of help, of %d handed over with %d", p.Freed, p.Support, gross, help)
	}
	if weeks := work.Minutes(p.Payback); weeks*p.Freed < p.Briefing || (weeks-1)*p.Freed >= p.Briefing {
		t.Errorf("%d minutes of briefing are paid back after %d weeks of %d", p.Briefing, p.Payback, p.Freed)
	}
}
