package grammar

import (
	"cmp"
	"slices"
	"strings"
)

// meant ends a sentence about a word that is none of the names: with those it
// may have been meant for, if any.
func meant(word string, names []string) string {
	type candidate struct {
		name     string
		distance int
	}
	var near []candidate
	for _, name := range names {
		distance := distance(word, name)
		if strings.HasPrefix(name, word) {
			distance = 0
		}
		if distance <= (len(strings.Trim(word, "-"))+1)/3 {
			near = append(near, candidate{name, distance})
		}
	}
	if len(near) == 0 {
		return "."
	}
	slices.SortStableFunc(near, func(a, b candidate) int { return cmp.Compare(a.distance, b.distance) })
	var proposed []string
	for _, c := range near[:min(len(near), 3)] {
		proposed = append(proposed, c.name)
	}
	return "; did you mean " + either(proposed) + "?"
}

// distance counts the letters to insert, drop, change or swap with their
// neighbour to make one word of the other. It takes time and space of the
// product of their lengths.
func distance(a, b string) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			changed := d[i-1][j-1]
			if a[i-1] != b[j-1] {
				changed++
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, changed)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}
