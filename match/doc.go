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
// negative values. The limits on numbers of tasks and the load penalty may be
// absent; a task names the people who may have it, few or all. What could
// overflow is refused before it is solved, see [Problem.Validate].
//
// # The answer
//
// [Solve] returns a plan, its value and a bound: no plan is worth more. Both
// are integers computed from integers. When the context ends or a limit is
// reached, the best plan so far, if there is one, comes with the bound proven so
// far. "There is
// no such plan" is a [Status], not an error, and names the tasks and people it
// is about. For each task it names the best other choice and what that costs,
// and for each person what an hour more of theirs would be worth. It may begin
// with a plan, good or not, and begins with Previous unless told otherwise.
// [Check] verifies an answer without using any of Solve's code.
//
// # How
//
// First the people's limits are relaxed, each with a price: one pass over the
// pairs bounds the problem by its linear relaxation. From those prices the
// tasks are relaxed instead: each has a price, and each person takes the best
// set of tasks at these prices, a 0-1 knapsack solved exactly by extending the
// core around its break item (Pisinger 1997), O(items * room) at worst and in
// practice a few hundred states. The volume algorithm (Barahona and Anbil 2000)
// lowers that bound, and averages what people take. What an option would cost
// the bound rules it out once a plan is known; that cost is found exactly, for
// all of a person's options together, by dynamic programming from both ends of
// the list (Posta, Ferland and Michelon 2012).
//
// Where at most 64 tasks are left, it then lists every set of tasks that a
// person could have in a plan worth more than a cut a little below the bound,
// and searches these sets, lowering the cut until a plan is found (Baldacci,
// Christofides and Mingozzi 2008); that solves a team's problem.
//
// Where the sets are too many, or between looks at them, two searches take
// turns. One looks for plans: it decides for person after person what the averages are sure of,
// lowering the dual in between (Sadykov and others 2019), and solves what stays
// open as a smaller problem of the same kind. The other lowers the bound: it
// asks whether any plan is worth more than a cut a little below the bound, and
// answers by depth-first branch and bound, which either finds one or moves the
// bound to the cut. A local search of shifts and ejections (Yagiura, Ibaraki and
// Glover 2006) polishes first plans, and an auction (Bertsekas 1988) seats what
// nobody has room for.
//
// Prices are integers in a power of two; nothing is rounded in favour of an
// answer. Memory is proportional to the number of pairs. The problem is strongly
// NP-hard: without limits a solve may take exponential time, and with them it
// stops with the best plan and a valid bound.
package match
