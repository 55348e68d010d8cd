package cli

// allCommands is the whole grammar.
type allCommands struct {
	Globals

	Add       addCmd       `cmd:"" help:"Put a task on your plate: one line as you would say it."`
	Import    importCmd    `cmd:"" help:"Import a file of another program, list imports, or take one back."`
	Plate     plateCmd     `cmd:"" help:"List what is on your plate."`
	Week      weekCmd      `cmd:"" help:"See what your week holds, and what to let go of next."`
	Task      taskCmd      `cmd:"" help:"Look at a task."`
	Edit      editCmd      `cmd:"" help:"Change a task."`
	Split     splitCmd     `cmd:"" help:"Split a task into parts."`
	Complete  completeCmd  `cmd:"" help:"Mark a task of your own done."`
	Drop      dropCmd      `cmd:"" help:"Drop a task: nobody does it."`
	Move      moveCmd      `cmd:"" help:"Put a task at another place of your plate; with --to, move the whole database to another one."`
	Reopen    reopenCmd    `cmd:"" help:"Put a finished task back on your plate."`
	Search    searchCmd    `cmd:"" help:"Find tasks by words, and people, delegations, decision areas and playbooks."`
	Mark      markCmd      `cmd:"" help:"Mark how much a task needs you, matters, grows somebody, and drains you."`
	Judge     judgeCmd     `cmd:"" help:"Say what to do with a task: keep, drop, automate, assign or delegate."`
	Letgo     letgoCmd     `cmd:"" help:"See what to let go of, and why."`
	Plan      planCmd      `cmd:"" help:"See who should have which task, and why; accept proposals into drafts."`
	People    peopleCmd    `cmd:"" help:"The people you can delegate to."`
	Area      areaCmd      `cmd:"" help:"Your areas."`
	Focus     focusCmd     `cmd:"" help:"What you want the freed hours for."`
	Settings  settingsCmd  `cmd:"" help:"Your capacity, hour price and mail."`
	Workspace workspaceCmd `cmd:"" help:"The workspace's name, kind, currency, time zone and usual stretch tasks."`
	Mail      mailCmd      `cmd:"" help:"Read the mail written to you, sent or not."`

	Delegate   delegateCmd   `cmd:"" help:"Begin to delegate a task: a draft, or an offer at once with --offer."`
	Brief      briefCmd      `cmd:"" help:"Change a draft's terms, and see what the brief could do better."`
	Show       showToCmd     `cmd:"" help:"Show a draft to several people and see who is interested."`
	Interested interestedCmd `cmd:"" help:"Say whether you are interested in what you were shown."`
	Offer      offerCmd      `cmd:"" help:"Offer a draft to somebody."`
	Tell       tellCmd       `cmd:"" help:"Record an agreement made aloud."`
	Discard    discardCmd    `cmd:"" help:"Throw a draft away."`
	Accept     acceptCmd     `cmd:"" help:"Accept an offer, or record that it was accepted outside."`
	Decline    declineCmd    `cmd:"" help:"Decline an offer."`
	Withdraw   withdrawCmd   `cmd:"" help:"Withdraw an offer."`
	Propose    proposeCmd    `cmd:"" help:"Propose other terms."`
	Agree      agreeCmd      `cmd:"" help:"Agree to the proposed terms."`
	Keep       keepCmd       `cmd:"" help:"Keep the present terms."`
	Confirm    confirmCmd    `cmd:"" help:"Confirm what was agreed aloud, or the read-back."`
	Ask        askCmd        `cmd:"" help:"Ask the giver a question."`
	Answer     answerCmd     `cmd:"" help:"Answer a question, a decision, a notice or an absence."`
	Decide     decideCmd     `cmd:"" help:"Decide: recorded, announced or asked, as your authority says."`
	Object     objectCmd     `cmd:"" help:"Object to an intention."`
	Happened   happenedCmd   `cmd:"" help:"Record something you did outside the limits."`
	Pause      pauseCmd      `cmd:"" help:"Pause decisions at once."`
	Resume     resumeCmd     `cmd:"" help:"Let decisions go on."`
	Checkin    checkinCmd    `cmd:"" help:"Give an update: on-track, stuck or need-you."`
	Feedback   feedbackCmd   `cmd:"" help:"Give feedback on an update."`
	Support    supportCmd    `cmd:"" help:"Record minutes you spent helping."`
	Deliver    deliverCmd    `cmd:"" help:"Deliver the whole or a part."`
	Receive    receiveCmd    `cmd:"" help:"Accept a delivery."`
	Return     returnCmd     `cmd:"" help:"Return a delivery or a turn with notes."`
	Done       doneCmd       `cmd:"" help:"Mark the turn that is due done."`
	Skip       skipCmd       `cmd:"" help:"Skip the turn that is due."`
	Mended     mendedCmd     `cmd:"" help:"Say that something is mended."`
	Defect     defectCmd     `cmd:"" help:"Report a defect found later."`
	HandOn     handOnCmd     `cmd:"" help:"Hand on what you carry, never wider than your own authority."`
	End        endCmd        `cmd:"" help:"End a delegation: give notice, hand back, recall, or say it is no longer needed."`
	Thank      thankCmd      `cmd:"" help:"Thank the other side."`
	Reflect    reflectCmd    `cmd:"" help:"Look back on a delegation."`
	Lessons    lessonsCmd    `cmd:"" help:"See what looks back propose, to you and about you."`
	Lesson     lessonCmd     `cmd:"" help:"Take what a look back proposes, or let it go."`
	About      aboutCmd      `cmd:"" help:"See what is recorded about you, or about somebody you know: who said it, when and why."`
	Dispute    disputeCmd    `cmd:"" help:"Dispute what is recorded of a skill of yours; it counts for less until it is settled."`
	Settle     settleCmd     `cmd:"" help:"Settle a dispute about a skill, or answer it."`
	Access     accessCmd     `cmd:"" help:"Reveal the door codes kept for a delegation, or keep one."`
	Photo      photoCmd      `cmd:"" help:"Photos of a delegation: of what is to be done, or of what was."`
	Link       linkCmd       `cmd:"" help:"Make a link that lets the receiver answer without an account."`
	Playbook   playbookCmd   `cmd:"" help:"Briefs kept for the next time."`
	Note       noteCmd       `cmd:"" help:"Keep a note about a delegation that only you see."`

	DecisionArea decisionAreaCmd `cmd:"" help:"Decision areas: see the board with the level of each person, or add one."`
	Vote         voteCmd         `cmd:"" help:"Blind votes on a level: start one, say yours, settle."`

	Waiting    waitingCmd    `cmd:"" help:"See what waits for you and what you wait for."`
	Delegation delegationCmd `cmd:"" help:"Look at one delegation, or list them."`
	History    historyCmd    `cmd:"" help:"See what happened."`
	Ledger     ledgerCmd     `cmd:"" help:"See the five promises as numbers."`
	Pulse      pulseCmd      `cmd:"" help:"Say how full your week was and how much of it went to what matters, or see what you said. Only you see it."`
	Growth     growthCmd     `cmd:"" help:"See your growth record, or of somebody you delegated to what concerns the two of you."`
	Guards     guardsCmd     `cmd:"" help:"See what you handed over and is on its way back to you, with a coaching answer."`
	Mirror     mirrorCmd     `cmd:"" help:"See how often you stepped in against the agreed levels, and where you kept away."`
	Coach      coachCmd      `cmd:"" help:"Your coach and what they see of yours; as a coach, your clients and your hours for calls."`
	Call       callCmd       `cmd:"" help:"Strategy calls with your coach, or on your own: book one, hold it, and see what became of it."`
	Review     reviewCmd     `cmd:"" help:"Look over your week in ten minutes, six steps; it can be taken up on another device."`
	Undo       undoCmd       `cmd:"" help:"Take your latest change back."`

	Export     exportCmd     `cmd:"" help:"Take everything out as JSON."`
	Backup     backupCmd     `cmd:"" help:"Back the whole database up into one file while it is in use."`
	Restore    restoreCmd    `cmd:"" help:"Bring a backup or an export back into an empty database."`
	Serve      serveCmd      `cmd:"" help:"Serve pages and the API."`
	Demo       demoCmd       `cmd:"" help:"Try it out: serve a clinic with eight weeks of history, thrown away at the end."`
	Sim        simCmd        `cmd:"" help:"Simulated teams: what Baton's advice is worth beside simpler policies."`
	Match      matchCmd      `cmd:"" help:"The engine that gives tasks to people, on a problem of your own."`
	Doctor     doctorCmd     `cmd:"" help:"Check the database, the promises it keeps, the disk and the mail server."`
	Audit      auditCmd      `cmd:"" help:"As an owner, see who signed in, who was let in and what was taken out."`
	Signin     signinCmd     `cmd:"" help:"Print a one-time sign-in link for a member."`
	Owner      ownerCmd      `cmd:"" help:"For whoever runs the server: let an owner back in."`
	Sessions   sessionsCmd   `cmd:"" help:"The browsers in which you are signed in: list them, sign one or all out."`
	Token      tokenCmd      `cmd:"" help:"The tokens with which programs act for you: list them, make one, revoke one."`
	Completion completionCmd `cmd:"" help:"Print the completion for your shell: bash, zsh or fish."`
	Version    versionCmd    `cmd:"" help:"Print the version."`
}
