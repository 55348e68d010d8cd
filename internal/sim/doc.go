// Package sim plays simulated teams on a fake clock: the demo's clinic, from a
// script of what its people did, and a team of any size that behaves at
// random. Both act only through the operations a user has, so that what they
// leave in a database is what users leave.
package sim
