# More of what goes on, most of it waiting for an answer today.

# Denied claims: too little help, and a check-in nobody gave.
@ -36 09:30
noor task.add claims
  title: Bring denied claims under five percent
  area: Practice
  effort: 20h
  deadline: +30
  marks.matters: 3
  marks.energy: -2
noor delegation.start claims
  kind: strategic
  receiver: sam
  terms.brief.outcome: Fewer than five in a hundred claims come back.
  terms.brief.why: We write off what two assistants cost.
  terms.brief.why_you: Nobody reads a denial letter as fast as you.
  terms.brief.success: The three most frequent reasons are gone | A list everybody can follow
  terms.authority.level: 4
  terms.effort: 20h
  terms.support: 15m
  terms.due: +30
  terms.check_in: weekly -31
noor delegation.offer claims
@ -35 15:45
sam delegation.accept claims
  terms: 1
  read_back: The share of denials is under five percent by the end of the quarter. First I sort the last hundred by reason.
@ -34 08:50
noor delegation.confirm_read_back claims
  yes: yes
@ -31 14:00
sam delegation.check_in claims
  status: on_track
  note: Sorted. Forty of a hundred are one missing modifier.
@ -25 11:10
noor delegation.support claims
  minutes: 30m
@ -15 14:20
sam delegation.check_in claims
  status: need_you
  note: The insurer wants to talk to the practice lead, not to me.
@ -15 17:20
noor delegation.feedback claims
  text: I called them and put you on the list. They talk to you now.
  minutes: 35m
@ -11 13:50
sam delegation.check_in claims
  status: on_track
@ -1 14:05
sam delegation.check_in claims
  status: stuck
  note: We are at seven percent and it does not move. I think it is the eligibility check at the desk, and that is not mine to change.

# Patient letters: finished, and Sam has looked back already.
@ -30 10:00
noor task.add letters
  title: Rewrite the three letters patients do not understand
  area: Practice
  effort: 6h
  deadline: -5
noor delegation.start letters
  kind: strategic
  receiver: sam
  terms.brief.outcome: Patients pay or call after the first letter, because they understand it.
  terms.brief.why: Half of the calls at the desk are about one sentence in them.
  terms.brief.why_you: You know which sentence.
  terms.brief.success: Three letters of one page | Two patients read them aloud to us
  terms.authority.level: 6
  terms.effort: 6h
  terms.support: 15m
  terms.due: -7
noor delegation.offer letters
@ -29 15:30
sam delegation.accept letters
  terms: 1
  read_back: Three letters that need no call. First I ask Mateo for the ten questions he hears most.
@ -28 09:00
noor delegation.confirm_read_back letters
  yes: yes
@ -20 14:50
sam delegation.decide letters
  words: No more account numbers in the first paragraph
@ -6 15:20
sam delegation.deliver letters
  note: All three, and what the two patients said about them.
@ -5 13:40
sam delegation.reflect letters
  outcome: 4
  hard: 2
  free: 5
  worked: Asking the desk before writing anything.
  change: I would have liked to hear earlier that legal must see them.

# Newsletter: late and returned once, and in the end a playbook.
@ -27 11:20
noor task.add newsletter
  title: Autumn newsletter
  area: Practice
  effort: 4h
  deadline: -15
  marks.needs_me: 0
noor delegation.start newsletter
  receiver: juno
  terms.brief.outcome: The newsletter is in every mailbox, with flu dates and the new hours.
  terms.brief.success: Flu dates | New hours | A picture of Lou
  terms.authority.level: 2
  terms.price: 136
  terms.per: whole
  terms.effort: 4h
  terms.due: -19
noor delegation.offer newsletter
noor delegation.link newsletter
@ -26 11:00
juno delegation.accept newsletter
  terms: 1
@ -22 12:15
juno delegation.ask newsletter
  text: May I use the picture from the summer party?
@ -22 17:40
noor delegation.answer newsletter
  text: Yes, everybody on it agreed in writing.
@ -17 10:30
juno delegation.deliver newsletter
  note: The draft is in the shared drive.
@ -17 17:15
noor delegation.return newsletter
  text: The flu dates are last year's.
@ -16 09:45
juno delegation.deliver newsletter
  note: Dates corrected, Ingrid checked them. Sorry!
@ -16 17:20
noor delegation.accept_delivery newsletter
@ -16 17:25
noor playbook.keep newsletter
  name: Newsletter with flu dates
noor delegation.thank newsletter
  text: Patients called about the recipe. Lovely.

# Travel for the conference: a question waits.
@ -6 10:20
noor task.add travel
  title: Book the conference in March
  area: Practice
  effort: 90m
  deadline: +8
noor delegation.start travel
  receiver: juno
  terms.brief.outcome: Flights and two nights near the hall are booked for Ingrid and me.
  terms.brief.ask_before: Anything that cannot be cancelled
  terms.authority.level: 2
  terms.authority.limits.total: 1100
  terms.price: 34
  terms.per: hour
  terms.effort: 90m
  terms.due: +6
noor delegation.offer travel
noor delegation.link travel
@ -5 09:50
juno delegation.accept travel
  terms: 1
@ -3 11:30
juno delegation.ask travel
  text: The early flight is 140 dollars cheaper and leaves at 6:10. Is that too early for you both?
