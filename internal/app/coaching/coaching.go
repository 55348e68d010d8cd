package coaching

import "baton/internal/app"

// Operations lists what can be done with coaches.
func Operations() []app.Operation {
	return []app.Operation{List, Invite, Start, Change, Stop, Own, Preview, Look, Namings, Answer}
}
