package work

import "testing"

// TestAmountsCanBeAddedUp refuses what a sum could not hold.
func TestAmountsCanBeAddedUp(t *testing.T) {
	huge := MostMoney + 1
	long := MostMinutes + 1
	terms := func(change func(*Terms)) error {
		t := Terms{Authority: Authority{Level: Intend}}
		change(&t)
		return t.Validate()
	}
	for name, err := range map[string]error{
		"what a decision spends": (&Decision{Words: "spend", Amount: huge}).validate(),
		"what a decision takes":  (&Decision{Words: "spend", Time: long}).validate(),
		"a price":                terms(func(t *Terms) { t.Price, t.Per = huge, PerWhole }),
		"a limit":                terms(func(t *Terms) { t.Authority.Limits.Total = &huge }),
		"a limit of time":        terms(func(t *Terms) { t.Authority.Limits.Hours = &long }),
		"an hour's cost":         (&Person{Name: "Eve", Kind: Provider, HourCost: huge}).Validate(),
	} {
		if KindOf(err) != Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := (&Decision{Words: "spend", Amount: MostMoney, Time: MostMinutes}).validate(); err != nil {
		t.Error(err)
	}
}

func TestIsAddress(t *testing.T) {
	for text, want := range map[string]bool{
		"eve@x.org": true, "eve.o'neil+post@mail.x.org": true, "": false, "eve": false, "Eve <eve@x.org>": false, "<eve@x.org>": false,
		"eve@x.org\r\nRCPT TO:<v@x.org>": false, "eve@x.org ": false, "\"a b\"@x.org": false, "a@b@c": false, "eve@x.org, v@x.org": false,
	} {
		if got := IsAddress(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
