// Package call holds what a strategy call is: the hours a coach keeps for
// calls and the times that are free in them, the call itself from its booking
// to its end, what is decided in it, and what became of that by the next one.
// A call without a coach is the same call, guided by its own questions.
//
// It is pure: the same hours, busy times and moment give the same free times,
// whoever looks, from whatever zone.
package call
