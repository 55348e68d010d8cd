package work

// CoachingQuestions are ready-made ways to hand a question back, those that fit
// a level of authority: below level 4 the giver still decides and helps to
// think, from level 4 on the receiver is asked to.
func CoachingQuestions(l Level) []string {
	common := []string{"What would you do?", "What have you thought of so far, and what speaks against it?"}
	switch {
	case l <= Consult:
		return append(common, "Which two ways do you see, and which would you recommend?", "What would you need to know to answer it yourself?")
	case l <= Intend:
		return append(common, "What do you intend to do, and what could go wrong?", "What would make you sure enough to go ahead?")
	}
	return append(common, "This is yours to decide. What would help you decide it?", "Who else could you ask, besides me?")
}
