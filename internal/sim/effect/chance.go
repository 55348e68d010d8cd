package effect

import "math/rand/v2"

// A chance draws numbers by what they are for, so that the same seed rains on
// the same weeks whatever a policy did before: differences between policies
// are then differences of policy.
type chance uint64

// What numbers are drawn for.
const (
	forPerson = iota + 1
	forRecord
	forMarks
	forArrival
	forTask
	forLuck
	forWeek
	forLeaving
	forAbsence
	forLook
	forDefect
	forReflection
	forPolicy
)

// of returns the source of numbers for a purpose and what it is about.
func (c chance) of(purpose uint64, about ...uint64) *rand.Rand {
	h := mix(uint64(c) ^ mix(purpose))
	for _, k := range about {
		h = mix(h ^ mix(k+0x9e3779b97f4a7c15))
	}
	return rand.New(rand.NewPCG(h, mix(h)))
}

// mix is the finalizer of a 64-bit hash: every bit of the input moves every
// bit of the output.
func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// between draws from a span.
func between(r *rand.Rand, low, high float64) float64 { return low + (high-low)*r.Float64() }
