# At home: private to Noor.
@ -38 20:10
noor task.add recycling
  title: Take out the recycling
  area: home
  effort: 20m
  rule: weekly -34
  due: -34
  marks.needs_me: 0
noor delegation.start recycling
  receiver: nadia
  terms.brief.outcome: The blue bin is at the street before seven.
  terms.authority.level: 7
  terms.price: 6
  terms.per: occurrence
  terms.effort: 20m
  terms.rule: weekly -34
  terms.due: -34
  terms.notice_days: 7
noor delegation.offer recycling
noor delegation.answer_for recycling
  yes: yes
  words: At dinner. She wanted ten, we agreed on six.
noor delegation.link recycling
@ -37 18:40
nadia delegation.confirm recycling
  terms: 1
@ -34 20:30
noor delegation.done recycling
  text: Done before breakfast.
@ -29 20:30
noor delegation.done recycling
@ -24 21:00
noor delegation.skip recycling
  text: School trip.
@ -14 20:30
noor delegation.done recycling
@ -9 20:15
noor delegation.done recycling
@ -4 20:20
noor delegation.done recycling
  text: And the neighbour's, without being asked.
@ -4 20:25
noor delegation.thank recycling
  text: Mrs. Odell told me about her bin. That was kind.

@ -33 20:40
noor task.add dinner
  title: Cook dinner on the late day
  area: home
  effort: 75m
  rule: weekly -30
  due: -30
noor delegation.start dinner
  receiver: elias
  terms.brief.outcome: There is something warm at half past seven.
  terms.authority.level: 7
  terms.effort: 75m
  terms.rule: weekly -30
  terms.due: -30
noor delegation.tell dinner
  started: -35 19:00
  words: He offered it himself.
@ -32 20:05
elias delegation.confirm dinner
  terms: 1
@ -30 21:10
noor delegation.done dinner
@ -25 21:10
noor delegation.done dinner
@ -15 21:10
noor delegation.done dinner
@ -10 21:20
noor delegation.done dinner
  text: The lentils again, and nobody complained.

# The lawn: Nadia gave it up when school began.
@ -36 20:15
noor task.add lawn
  title: Mow the lawn
  area: home
  effort: 60m
noor delegation.start lawn
  receiver: nadia
  terms.brief.outcome: The lawn is short.
  terms.authority.level: 7
  terms.price: 15
  terms.per: whole
  terms.effort: 60m
  terms.due: -28
noor delegation.offer lawn
noor delegation.link lawn
@ -35 18:30
nadia delegation.decline lawn
  reason: Exams. Ask me in spring?
@ -31 18:00
noor task.drop lawn
