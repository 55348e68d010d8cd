// Package operations is the one table of operations. The API, the command line
// and the permission test read it.
package operations

import (
	"slices"

	"baton/internal/app"
	"baton/internal/app/accounts"
	"baton/internal/app/backups"
	"baton/internal/app/beliefs"
	"baton/internal/app/calls"
	"baton/internal/app/coaching"
	"baton/internal/app/decisionareas"
	"baton/internal/app/delegations"
	"baton/internal/app/exports"
	"baton/internal/app/growth"
	"baton/internal/app/guards"
	"baton/internal/app/history"
	"baton/internal/app/imports"
	"baton/internal/app/lessons"
	"baton/internal/app/people"
	"baton/internal/app/plans"
	"baton/internal/app/pulse"
	"baton/internal/app/reviews"
	"baton/internal/app/tasks"
	"baton/internal/app/workspaces"
)

// All lists every operation, by noun.
func All() []app.Operation {
	return slices.Concat(
		reviews.Operations(), tasks.Operations(), people.Operations(), delegations.Operations(), history.Operations(), workspaces.Operations(), accounts.Operations(), imports.Operations(),
		plans.Operations(), exports.Operations(), guards.Operations(), beliefs.Operations(), lessons.Operations(), coaching.Operations(), calls.Operations(),
		decisionareas.Operations(),
		pulse.Operations(), growth.Operations(), backups.Operations(),
	)
}
