// Package work is Baton's domain: what a plate, a task, a person and a
// delegation are, and the rules by which they change.
//
// It is pure. Nothing here reads a clock, a database or the network: a rule
// takes the state it needs and the moment it happens, and returns what follows.
// The one table of moves (moves.go) says who may do what in which state; pages,
// the API, the command line, mail and tests all read that table.
package work
