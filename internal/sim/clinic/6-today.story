# The rest of what waits, and the hours around it.

# Somebody leaves: what Dana carried is offered to Mateo.
@ -40 08:40
noor person.add dana
  name: Dana Kowalski
  kind: teammate
  email: dana@willowstreet.example
  skills: phones 4 | spanish 2
  hourly_cost: 21
  released: 5h
  note: Front desk, until the end of the month
noor person.invite dana
noor task.add reminders
  title: Call patients who missed a visit
  area: Clinic
  effort: 50m
  rule: weekly -35
  due: -35
noor delegation.start reminders
  receiver: dana
  terms.brief.outcome: Everybody who missed a visit has a new one or told us why not.
  terms.brief.why: A third of them never come back otherwise.
  terms.authority.level: 5
  terms.effort: 50m
  terms.rule: weekly -35
  terms.due: -35
  terms.notice_days: 7
noor delegation.offer reminders
@ -39 13:20
dana delegation.accept reminders
  terms: 1
@ -35 15:30
dana delegation.done reminders
  text: Nine of eleven have a new date.
@ -25 15:20
dana delegation.done reminders
@ -22 16:50
noor person.leave dana
  successor: mateo
  note: Dana moves to Duluth. The list is in the blue folder; call before eleven.
@ -21 09:00
mateo delegation.accept reminders
  terms: 1
@ -20 15:40
mateo delegation.done reminders
  text: Seven calls, six new dates.
@ -15 15:30
mateo delegation.done reminders
@ -10 15:45
mateo delegation.done reminders
  text: I began to ask why, and write it down.

# Phones: Mateo proposes other terms, and waits for an answer.
@ -14 09:10
noor task.add phones
  title: Look after the phone menu
  area: Clinic
  effort: 30m
  rule: weekly -8
  due: -8
noor delegation.start phones
  receiver: mateo
  terms.brief.outcome: Who calls reaches a person within two minutes.
  terms.brief.why: Old people hang up at the third menu.
  terms.authority.level: 2
  terms.effort: 30m
  terms.rule: weekly -8
  terms.due: -8
  terms.notice_days: 14
noor delegation.offer phones
@ -13 15:45
mateo delegation.accept phones
  terms: 1
@ -8 16:10
mateo delegation.done phones
  text: The menu has two steps now instead of four.
@ -4 15:50
mateo delegation.propose phones
  seen: 1
  note: I know what callers ask for. Let me change the menu and tell you, instead of asking first.
  terms.brief.outcome: Who calls reaches a person within two minutes.
  terms.brief.why: Old people hang up at the third menu.
  terms.authority.level: 5
  terms.effort: 30m
  terms.rule: weekly -8
  terms.due: -8
  terms.notice_days: 14
@ -3 16:20
mateo delegation.done phones
  text: Nothing to change this week.

# Plants: ended with notice.
@ -38 12:00
noor task.add plants
  title: Water the waiting room plants
  area: Clinic
  effort: 15m
  rule: weekly -37
  due: -37
noor delegation.start plants
  receiver: sam
  terms.brief.outcome: The plants are alive.
  terms.authority.level: 7
  terms.effort: 15m
  terms.rule: weekly -37
  terms.due: -37
  terms.notice_days: 7
noor delegation.offer plants
@ -38 13:50
sam delegation.accept plants
  terms: 1
@ -37 15:10
sam delegation.done plants
@ -32 15:10
sam delegation.done plants
@ -22 15:10
sam delegation.done plants
@ -20 13:30
sam delegation.give_notice plants
  reason: I keep forgetting, and the fern has noticed.
@ -20 17:00
noor delegation.answer_notice plants
  yes: yes
  note: The fern and I agree.

# Agreements made aloud: one confirmed, one not yet.
@ -14 12:50
noor task.add lunch
  title: Organise the team lunch in December
  area: Practice
  effort: 3h
  deadline: +14
noor delegation.start lunch
  receiver: mateo
  terms.brief.outcome: Everybody ate together, and everybody could eat something.
  terms.authority.level: 6
  terms.authority.limits.total: 350
  terms.effort: 3h
  terms.due: +13
noor delegation.tell lunch
  started: -16 12:00
  words: At the coffee machine: you choose the place, up to 350 dollars.
@ -13 12:20
mateo delegation.confirm lunch
  terms: 1
@ -2 12:05
noor task.add keys
  title: Renew the key list
  area: Clinic
  effort: 1h
noor delegation.start keys
  receiver: theo
  terms.brief.outcome: We know who has which key, and Dana's are back.
  terms.authority.level: 7
  terms.effort: 1h
  terms.due: +4
noor delegation.tell keys
  started: -3 17:00
  words: On the stairs, after closing.

# An offer not answered yet, and a draft shown to two people.
@ -2 17:05
noor task.add handouts
  title: Make the wound care handout readable
  area: Clinic
  effort: 4h
  deadline: +15
noor delegation.start handouts
  receiver: ingrid
  terms.brief.outcome: A patient can change a dressing with nothing but the handout.
  terms.brief.why: Six of ten call us on the second day.
  terms.brief.success: One page, with pictures | Two patients tried it
  terms.authority.level: 5
  terms.effort: 4h
  terms.due: +14
noor delegation.offer handouts
@ -3 12:40
noor task.add screen
  title: Run the waiting room screen
  area: Clinic
  effort: 30m
  rule: weekly +3
  due: +3
noor delegation.start screen
  terms.brief.outcome: What the screen shows is never older than two weeks.
  terms.authority.level: 6
  terms.effort: 30m
  terms.rule: weekly +3
  terms.due: +3
  terms.notice_days: 7
noor delegation.show_to screen
  people: mateo | priya
@ -2 12:55
mateo delegation.interest screen
  yes: yes
  note: I have ideas, and some of them move.

# A draft nobody has seen.
@ -1 17:30
noor task.add interpreter
  title: Find a better interpreter service
  area: Practice
  effort: 8h
  deadline: +28
noor delegation.start interpreter
  kind: strategic
  receiver: mateo
  terms.brief.outcome: Nobody waits longer than ten minutes for an interpreter.
  terms.brief.why: Children translate for their parents, and they should not.
  terms.authority.level: 3
  terms.effort: 8h
  terms.support: 30m
  terms.due: +25

# Theo gives, too.
@ -15 10:00
theo task.add badges
  title: Order badges for the new people
  effort: 40m
theo delegation.start badges
  receiver: mateo
  terms.brief.outcome: Lou has a badge, and two blank ones are in the drawer.
  terms.authority.level: 5
  terms.effort: 40m
  terms.due: -10
theo delegation.offer badges
@ -15 15:40
mateo delegation.accept badges
  terms: 1
@ -11 15:00
mateo delegation.deliver badges
  note: Ordered on Monday, they are here.
@ -10 09:30
theo delegation.accept_delivery badges
@ -4 10:10
theo task.add insurance
  title: Compare the health plans for the team
  effort: 5h
  deadline: +18
theo task.add printer
  title: Talk to the printer company about the contract
  effort: 45m

# What Theo intends: this morning.
@ -13 09:35
theo delegation.check_in hiring
  status: on_track
  note: Two came for a trial morning.
@ -12 09:50
theo delegation.decide hiring
  words: We hire without a second reference, the first one was glowing
@ -12 13:10
noor delegation.object hiring
  text: The last time a glowing reference was a sister. Please get a second one.
@ -11 09:40
theo delegation.revise_decision hiring
  words: Nobody gets an offer before the second reference is in
@ -11 12:10
noor delegation.answer_decision hiring
  yes: yes
@ now -3h
theo delegation.decide hiring
  words: Offer the job to Amara Lewis, 19.50 an hour, from the first of the month
