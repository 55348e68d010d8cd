package cli

import (
	"fmt"
	"math"
	"strings"
	"time"
)

const (
	plotWide = 60
	plotHigh = 14
)

// plot draws the best value (o) and the bound (-) over time, the time growing
// tenfold by equal steps, since most happens early. The scale is that of the
// moments with a plan.
func plot(history []moment, sign int64) string {
	low, high := int64(math.MaxInt64), int64(math.MinInt64)
	for _, m := range history {
		if m.found {
			low, high = min(low, m.value, m.bound), max(high, m.value, m.bound)
		}
	}
	if low > high {
		return "No plan was found, so there is nothing to draw."
	}
	first, last := history[0].after, history[len(history)-1].after
	grid := make([][]byte, plotHigh)
	for y := range grid {
		grid[y] = []byte(strings.Repeat(" ", plotWide))
	}
	now := 0
	for x := range plotWide {
		for now+1 < len(history) && history[now+1].after <= at(x, first, last) {
			now++
		}
		m := history[now]
		put(grid, x, m.bound, low, high, '-')
		if m.found {
			put(grid, x, m.value, low, high, 'o')
		}
	}
	return frame(grid, sign*low, sign*high, first, last)
}

// at is the time of a column.
func at(x int, first, last time.Duration) time.Duration {
	if x == plotWide-1 || first <= 0 {
		return last
	}
	part := float64(x) / (plotWide - 1)
	return time.Duration(float64(first) * math.Pow(float64(last)/float64(first), part))
}

func put(grid [][]byte, x int, v, low, high int64, mark byte) {
	if v < low || v > high {
		return
	}
	y := 0
	if high > low {
		y = int(math.Round((float64(high) - float64(v)) / (float64(high) - float64(low)) * (plotHigh - 1)))
	}
	grid[y][x] = mark
}

func frame(grid [][]byte, low, high int64, first, last time.Duration) string {
	var b strings.Builder
	for y, row := range grid {
		label := ""
		switch y {
		case 0:
			label = fmt.Sprint(high)
		case plotHigh - 1:
			label = fmt.Sprint(low)
		}
		fmt.Fprintf(&b, "%12s |%s\n", label, strings.TrimRight(string(row), " "))
	}
	from, to := fmt.Sprintf("%.2f s", first.Seconds()), fmt.Sprintf("%.2f s", last.Seconds())
	fmt.Fprintf(&b, "%12s +%s\n%12s  %s%*s\n", "", strings.Repeat("-", plotWide), "", from, plotWide-len(from), to)
	fmt.Fprintf(&b, "%12s  o value, - bound; each step to the right multiplies the time\n", "")
	return b.String()
}
