// Package calls holds the operations on strategy calls: the hours a coach keeps
// and the times that are free in them, and the calls themselves.
package calls

import "baton/internal/app"

// Operations lists what can be done with calls.
func Operations() []app.Operation {
	return []app.Operation{
		Clients, ShowHours, EditHours, Calendars, ReadBusy, ForgetBusy, FreeTimes,
		CallTimes, Book, List, Show, ShowEntry, MoveTimes, Move, Cancel, Begin, End, Miss, Guide, PlanOwn, Question, Answer, AddNote, Tasks, Decide, Take, LetGo, Say,
	}
}
