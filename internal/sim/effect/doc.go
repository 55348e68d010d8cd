// Package effect asks what Baton's advice is worth: it lets simulated teams
// live through weeks under several policies of delegating, side by side, and
// measures what came of it.
//
// The world behind it is hidden: true skills, learning, fatigue, interest,
// clarity, chance. A policy sees only what a user of Baton would see, because
// everything it knows and does goes through the operations of internal/app on
// a real database with a fake clock. docs/effect.md describes the world with
// the reasons for its numbers, the policies, the measures and what came out.
package effect
