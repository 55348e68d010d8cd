// Package learn says what a look back teaches: what to believe of somebody's
// skill and how sure to be, how long the work really takes, which level of
// authority comes next, how often to meet, what to write into the brief the
// next time. docs/learning.md has the formulas and their sources.
//
// It is pure: no clock, no database, no randomness, and integers only, so that
// the same look back teaches the same on every machine. It proposes; a human
// agrees.
package learn
