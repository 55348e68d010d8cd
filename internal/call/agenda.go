package call

// A Step of a call: what to look at, and what to ask about it.
type Step struct {
	Title     string
	Part      string // of what a client shows: "" is about the calls themselves
	Questions []string
}

// Agenda is the order of a call, the same with a coach and without.
var Agenda = []Step{
	{"What became of the last call", "", []string{"Which of it made your week lighter?", "What stayed undone, and what stood in its way?"}},
	{"Your hours", "hours", []string{"Where did last week go that you did not want it to go?", "What would you do with four hours more?"}},
	{"Your plate", "plate", []string{"What on it would nobody miss?", "What do you do only because you always have?"}},
	{"What to let go of", "letgo", []string{"What is the first thing you could hand over by Friday?", "Who would grow by having it?", "What do they need from you to have it whole, with the decisions?"}},
	{"Promises", "promises", []string{"Which promise of yours is in danger, and who should know?"}},
	{"Stepping in and keeping away", "mirror", []string{"Where did you step in, and what would have happened if you had not?"}},
	{"What you decide", "", []string{"What will be different by the next call?", "How will you notice that it slips?"}},
}
