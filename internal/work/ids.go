package work

// Ids are handed out by the workspace's row and are unique inside one
// workspace. They are distinct types so that the compiler catches a swap.
type (
	// WorkspaceID names a team, a practice or a household.
	WorkspaceID int64
	// AccountID names a login identity, across workspaces.
	AccountID int64
	// PersonID names whoever can carry a task.
	PersonID int64
	// AreaID names an area of life: work, home or the user's own.
	AreaID int64
	// FocusAreaID names what a member wants the freed hours for.
	FocusAreaID int64
	// TaskID names one line on a plate.
	TaskID int64
	// DelegationID names one hand-over from a giver to a receiver.
	DelegationID int64
	// ItemID names something open between two people.
	ItemID int64
	// DecisionID names something the receiver decided or intends to.
	DecisionID int64
	// OccurrenceID names one turn of a standing delegation.
	OccurrenceID int64
	// PlaybookID names a brief kept for the next time.
	PlaybookID int64
	// PhotoID names a photo of a delegation.
	PhotoID int64
	// VoteID names a vote on a level in a decision area.
	VoteID int64
	// TokenID names a token with which a program acts for a member.
	TokenID int64
	// SessionID names a browser in which an account is signed in.
	SessionID int64
	// ImportID names one run of an import.
	ImportID int64
	// SharingID names what one client shows one coach.
	SharingID int64
	// CallID names a strategy call.
	CallID int64
	// CallDecisionID names something decided in a call.
	CallDecisionID int64
	// EventNumber is the place of an event in its workspace, without gaps.
	EventNumber int64
)

// Minutes of somebody's time.
type Minutes int64

// Hours renders minutes as hours with one decimal: 210 is "3.5".
func (m Minutes) Hours() float64 { return float64(m) / 60 }
