// Package match gives tasks to people as well as possible, and says how good
// that is. It solves the generalised assignment problem with side rules,
// exactly on small problems and with a proven bound on every problem, in
// 64-bit integers, without a clock and without a global random source: the
// same input gives the same output on every machine.
//
// # The problem
//
// Tasks j and people i. A pair (i, j) that is a candidate has a value v(i,j),
// an effort w(i,j) >= 0 and may be a stretch. With x(i,j) = 1 when person i
// has task j and y(j) = 1 when j is left undone:
//
//	maximise    sum v(i,j) x(i,j) + sum leave(j) y(j) - sum P(i, load(i)) - switching
//	subject to  y(j) + sum over i of x(i,j) = 1      every task, y(j) only where Leave allows it
//	            load(i) = sum w(i,j) x(i,j) <= Capacity(i)
//	            sum x(i,j) <= MaxTasks(i)
//	            sum over stretch pairs x(i,j) <= MaxStretch(i)
//	            x(i,j) = 1 where pinned, 0 where forbidden or no candidate
//
// P is the load penalty, convex and piecewise linear in a person's
// utilisation, zero unless Problem.Load has steps (see [Load]). Switching is
// SwitchCost for each task that Previous gave to a person and that the answer
// gives to somebody else or to nobody. To minimise costs, give them as
// negative values.
//
// # The answer
//
// [Solve] returns a plan, its value and a bound: no plan is worth more. Both
// are integers computed from integers. When the context ends or a limit is
// reached, the best plan so far comes with the bound proven so far. "There is
// no such plan" is a [Status], not an error, and names the tasks and people it
// is about. [Check] verifies an answer without using any of Solve's code.
package match
