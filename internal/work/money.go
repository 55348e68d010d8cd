package work

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/currency"
)

// Money is an amount in minor units (cents) of the workspace's currency.
type Money int64

// The most that one decision, price or limit may be: any number of them can be
// added up without leaving the range of an int64.
const (
	MostMoney   Money   = 1_000_000_000_000
	MostMinutes Minutes = 1_000_000
)

// beyond reports an amount below nothing or above the most.
func (m Money) beyond() bool { return m < 0 || m > MostMoney }

// Digits returns how many decimals a currency's amounts have: 2 for "USD",
// 0 for "JPY". An unknown code counts as 2.
func Digits(code string) int {
	unit, err := currency.ParseISO(code)
	if err != nil {
		return 2
	}
	scale, _ := currency.Standard.Rounding(unit)
	return scale
}

// Format renders an amount with its currency: "38.50 USD".
func (m Money) Format(code string) string {
	return m.Decimal(code) + " " + code
}

// Decimal renders an amount as a plain decimal number: "38.50", or "38" when
// there are no cents to show.
func (m Money) Decimal(code string) string {
	digits := Digits(code)
	unit := pow10(digits)
	sign := ""
	if m < 0 {
		sign, m = "-", -m
	}
	whole, rest := int64(m)/unit, int64(m)%unit
	if rest == 0 {
		return sign + strconv.FormatInt(whole, 10)
	}
	return fmt.Sprintf("%s%d.%0*d", sign, whole, digits, rest)
}

// ParseMoney reads "38", "38.5" or "38.50" as an amount in the currency.
func ParseMoney(text, code string) (Money, error) {
	digits := Digits(code)
	whole, rest, _ := strings.Cut(strings.TrimSpace(text), ".")
	bad := Errorf(Invalid, "%q is not an amount of money; write it like 38 or 38.50.", text)
	if whole == "" || len(whole) > 15 || len(rest) > digits || strings.ContainsAny(rest, "+-") {
		return 0, bad
	}
	n, err := strconv.ParseInt(whole+rest+strings.Repeat("0", digits-len(rest)), 10, 64)
	if err != nil || n < 0 {
		return 0, bad
	}
	return Money(n), nil
}

func pow10(n int) int64 {
	p := int64(1)
	for range n {
		p *= 10
	}
	return p
}
