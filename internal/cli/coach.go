package cli

// coachCmd is what a client and a coach do.
type coachCmd struct {
	coachSharings
	coachTimes
	coachPackets
}
