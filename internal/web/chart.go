package web

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"baton/internal/ical"
	"baton/internal/work"
)

// A chart is one promise over time, a bar for each period. It is drawn by the
// server; a table says the same in numbers.
type chart struct {
	Name, Title string
	Bars        []chartBar
	Begins      string // the first day and the last
	Ends        string
	Zero        int    // where the line of zero is
	Top         string // what the highest bar would say at full height
	moves       bool   // some value is not zero
}

// A chartBar is one period: where its bar stands in the drawing, and what it
// says. Counted is false where there is no number.
type chartBar struct {
	X, Y, Width, Height int
	Below, Counted      bool
	When, Says          string
}

// The drawing's size; the page scales it to the card.
const (
	chartWidth  = 240
	chartHeight = 72
	barGap      = 2
)

// chartOf draws a promise over periods. Percentages go up to 100; other values
// as far as the largest, and below zero where one is.
func chartOf(p work.Promise, periods []work.Period, zone string) chart {
	return drawn(p.Name, promises[p.Name].Title, p.Unit, periods, zone)
}

// drawn draws one value of periods.
func drawn(name, title, unit string, periods []work.Period, zone string) chart {
	c := chart{Name: name, Title: title}
	high, low := 0.0, 0.0
	for _, one := range periods {
		if v := one.Values[name]; v != nil {
			high, low = math.Max(high, *v), math.Min(low, *v)
			c.moves = c.moves || *v != 0
		}
	}
	switch unit {
	case "percent":
		high = 100
	case ofFive:
		high = 5
	}
	reach := math.Max(high-low, 1e-9)
	y := func(v float64) int { return int(math.Round((high - v) / reach * chartHeight)) }
	c.Zero, c.Top = y(0), valueWords(high, unit)
	step := float64(chartWidth) / float64(max(len(periods), 1))
	for i, one := range periods {
		left, right := int(math.Round(float64(i)*step)), int(math.Round(float64(i+1)*step))
		b := chartBar{X: left, Width: max(right-left-barGap, 1), When: periodWords(one, zone), Says: "nothing to count"}
		if v := one.Values[name]; v != nil {
			b.Counted, b.Below, b.Says = true, *v < 0, valueWords(*v, unit)
			b.Y, b.Height = min(y(*v), c.Zero), max(y(*v)-c.Zero, c.Zero-y(*v))
			if b.Height == 0 { // a zero that was counted is seen
				b.Y, b.Height = max(c.Zero-1, 0), 1
			}
		}
		c.Bars = append(c.Bars, b)
	}
	if len(periods) > 0 {
		c.Begins, _, _ = strings.Cut(c.Bars[0].When, " – ")
		_, c.Ends, _ = strings.Cut(c.Bars[len(c.Bars)-1].When, " – ")
	}
	return c
}

// tells reports whether there is something to see: at least two periods, and
// a number in one of them that is not zero.
func (c chart) tells() bool {
	return len(c.Bars) > 1 && c.moves
}

// sentence says what the drawing shows, to those who do not see it.
func (c chart) sentence() string {
	if len(c.Bars) == 0 {
		return ""
	}
	first, last := c.Bars[0], c.Bars[len(c.Bars)-1]
	return fmt.Sprintf("%s in %s: %s first, %s last. The table below has every number.", c.Title, plural(len(c.Bars), "period", "periods"), first.Says, last.Says)
}

// valueWords says a value with its unit.
func valueWords(v float64, unit string) string {
	value := strconv.FormatFloat(math.Abs(v), 'f', -1, 64)
	if v < 0 {
		value = "−" + value
	}
	switch unit {
	case "percent":
		return value + " %"
	case "hours":
		return value + " h"
	}
	if v == 1 && unit == "steps" {
		unit = "step"
	}
	return value + " " + unit
}

// periodWords are a period's first and last day.
func periodWords(p work.Period, zone string) string {
	from, to := ical.Today(p.From, zone).In(time.UTC), ical.Today(p.To, zone).In(time.UTC)
	if from.Year() != to.Year() {
		return from.Format("2 Jan 2006") + " – " + to.Format("2 Jan 2006")
	}
	return from.Format("2 Jan") + " – " + to.Format("2 Jan 2006")
}

// periodDays is how long the periods are in which a span of days is shown:
// weeks, four weeks, or quarters of a year.
func periodDays(days int) int {
	switch {
	case days <= 91:
		return 7
	case days <= 365:
		return 28
	}
	return 91
}
