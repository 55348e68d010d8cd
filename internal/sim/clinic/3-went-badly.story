# Hand-offs that went badly, or never began.

# An offer nobody answered.
@ -36 10:10
noor task.add audit
  title: Audit twenty charts for coding
  area: Practice
  effort: 4h
  deadline: -20
  marks.needs_me: 0
  marks.energy: -2
noor delegation.start audit
  receiver: sam
  terms.brief.outcome: Twenty charts are compared with what was billed, and the differences are listed.
  terms.authority.level: 5
  terms.effort: 4h
  terms.due: -22
noor delegation.offer audit

# Declined after counter-terms: the fax inbox.
@ -34 09:05
noor task.add fax
  title: Sort the fax inbox
  area: Clinic
  effort: 20m
  rule: FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR
  due: -34
  marks.needs_me: 0
  marks.energy: -2
noor delegation.start fax
  receiver: mateo
  terms.brief.outcome: By ten every fax is with the person it is for, and the inbox is empty.
  terms.brief.minimum: Referrals and results by ten, the rest by noon
  terms.authority.level: 2
  terms.effort: 20m
  terms.rule: FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR
  terms.due: -33
  terms.notice_days: 7
noor delegation.offer fax
@ -34 15:30
mateo delegation.propose fax
  seen: 1
  note: Before ten the phones do not stop. I could do it at one.
  terms.brief.outcome: By two every fax is with the person it is for, and the inbox is empty.
  terms.authority.level: 5
  terms.effort: 20m
  terms.rule: FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR
  terms.due: -33
  terms.notice_days: 7
@ -33 08:45
noor delegation.keep fax
  reason: Results that arrive at night must be seen before the first patient.
@ -33 16:00
mateo delegation.decline fax
  reason: Then it is not for me, honestly; the morning is full.

# Handed back: too much at once.
@ -35 13:10
noor task.add stock
  title: Count the supply room
  area: Clinic
  effort: 90m
  rule: weekly -29
  due: -29
noor delegation.start stock
  receiver: priya
  terms.brief.outcome: What is on the shelf is what the list says.
  terms.brief.instructions: Count with the list | Mark what expires within sixty days
  terms.authority.level: 5
  terms.effort: 90m
  terms.rule: weekly -29
  terms.due: -29
  terms.notice_days: 7
noor delegation.offer stock
@ -34 12:10
priya delegation.accept stock
  terms: 1
@ -29 17:00
priya delegation.done stock
  text: Took me three hours, not one and a half.
@ -25 12:25
priya delegation.hand_back stock
  reason: With the group visit coming I cannot give this the time it needs, and I would rather say so now.
@ -25 17:30
noor delegation.thank stock
  text: Good that you said it early. The group visit matters more.

# Recalled: the website, stuck twice and silent.
@ -37 10:05
noor task.add website
  title: Put the new opening hours on the website
  area: Practice
  effort: 3h
  deadline: -18
noor delegation.start website
  receiver: juno
  terms.brief.outcome: The website, the map entries and the voicemail say the new hours.
  terms.brief.success: Website | Both map entries | Voicemail text sent to Mateo
  terms.authority.level: 5
  terms.authority.limits.total: 60
  terms.price: 90
  terms.per: whole
  terms.effort: 3h
  terms.due: -24
  terms.check_in: weekly -32
noor delegation.offer website
noor delegation.link website
@ -37 15:40
juno delegation.accept website
  terms: 1
@ -32 11:15
juno delegation.check_in website
  status: stuck
  note: The login of the map entry goes to an address nobody reads.
@ -31 09:20
noor delegation.feedback website
  text: I sent you the recovery code.
  minutes: 20m
@ -24 16:50
noor delegation.request_update website
  text: How far are we? Patients come an hour early.
@ -19 10:00
noor delegation.pause website
  reason: Please spend nothing before we have talked.
@ -18 09:05
noor delegation.recall website
  reason: The hours had to be right this week; Mateo has changed them now.
@ -17 10:30
noor task.complete website

# Spending beside the limit: exam supplies.
@ -38 09:05
noor task.add orders
  title: Order exam supplies
  area: Clinic
  effort: 45m
  rule: weekly -34
  due: -34
  marks.needs_me: 0
  marks.energy: -1
noor delegation.start orders
  receiver: mateo
  terms.brief.outcome: No exam room runs out of anything, and nothing expires on the shelf.
  terms.brief.why: A missing speculum costs a visit.
  terms.brief.resources: The order list in the shared drive
  terms.authority.level: 6
  terms.authority.limits.per_decision: 250
  terms.authority.limits.kinds: supplies
  terms.effort: 45m
  terms.rule: weekly -34
  terms.due: -34
  terms.check_in: weekly -29
  terms.notice_days: 14
noor delegation.offer orders
@ -37 16:10
mateo delegation.accept orders
  terms: 1
@ -34 14:30
mateo delegation.decide orders
  words: Gloves and table paper for two weeks
  kind: supplies
  amount: 182.40
mateo delegation.done orders
@ -29 09:10
mateo delegation.check_in orders
  status: on_track
  note: The list and the shelf agree now.
@ -29 15:00
mateo delegation.decide orders
  words: A year of table paper at once, a third cheaper
  kind: supplies
  amount: 610
  recommendation: It keeps, and we have the room above the printer.
mateo delegation.done orders
@ -28 08:30
noor delegation.answer_decision orders
  yes: no
  reason: We may move the supply room in spring. Let us buy by the quarter.
@ -24 15:20
mateo delegation.done orders
@ -19 15:45
mateo delegation.happened orders
  words: Paid a rush fee, because the lancets did not arrive and diabetes day was the next morning
  kind: supplies
  amount: 285
mateo delegation.done orders
@ -18 08:40
noor delegation.answer_happened orders
  yes: yes
  note: I would have done the same. Let us keep a spare box.
@ -14 15:10
mateo delegation.done orders
@ -4 15:30
mateo delegation.done orders
  text: Lancets: two spare boxes are in the cabinet now.
@ -1 15:40
mateo delegation.decide orders
  words: A second thermometer for the vaccine fridge
  kind: equipment
  amount: 180
  recommendation: The inspector asked for one in writing, and Ingrid agrees.
