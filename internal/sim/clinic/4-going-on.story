# What goes on, and what waits for somebody today.

# The group visit: a project with dated parts, of somebody who grows with it.
@ -39 10:10
noor task.add groupvisit
  title: Start a diabetes group visit
  note: Eight patients, ninety minutes, once a month. The grant pays for the food.
  area: Practice
  effort: 24h
  deadline: +20
  skills: patient education 3 | events 2
  marks.needs_me: 1
  marks.matters: 3
  marks.grows: 3
noor task.judge groupvisit
  verdict: delegate
noor delegation.start groupvisit
  kind: strategic
  receiver: priya
  terms.brief.outcome: Eight patients have been to the first visit, and six say they will come again.
  terms.brief.why: They wait eleven weeks for a visit in which nobody has time to cook with them.
  terms.brief.why_you: Patients ask for you, and you said you want to lead something from its beginning.
  terms.brief.success: A plan on one page | Eight people said yes | The first visit took place
  terms.brief.minimum: Five patients
  terms.brief.resources: 600 dollars of the grant | The big room on Thursdays
  terms.brief.parts: Plan on one page by -29 | Invitations by -3 | First visit by +12
  terms.authority.level: 4
  terms.authority.limits.total: 600
  terms.effort: 24h
  terms.support: 30m
  terms.due: +20
  terms.check_in: weekly -34
  terms.path: 5 after 2
noor delegation.offer groupvisit
@ -38 16:20
priya delegation.accept groupvisit
  terms: 1
  read_back: I organise a cooking class for patients with diabetes. First I ask the kitchen downstairs.
@ -37 09:05
noor delegation.confirm_read_back groupvisit
  note: Almost: it is a visit, with vitals and a talk, and cooking in it. What do you begin with then?
@ -37 12:30
priya delegation.read_back groupvisit
  text: A medical visit for eight, in which we also cook. First I write the plan on one page and show it to you.
@ -36 08:40
noor delegation.confirm_read_back groupvisit
  yes: yes
@ -34 12:50
priya delegation.check_in groupvisit
  status: on_track
  note: The plan is half a page. The kitchen said yes.
@ -33 13:05
priya delegation.ask groupvisit
  text: Which patients should I invite?
@ -33 17:10
noor delegation.turn_back groupvisit
  text: You have seen more of them than I have. Whom would you invite, and why?
@ -32 12:20
priya delegation.answer groupvisit
  text: The twelve with an A1c over nine who come to their visits. They have the most to win and they show up.
@ -32 15:45
noor delegation.add_to groupvisit
  text: Call them rather than write. Two of them do not read letters.
@ -30 16:00
priya delegation.deliver groupvisit
  part: Plan on one page
  note: In the shared drive. The second half is the budget.
@ -29 08:30
noor delegation.accept_delivery groupvisit
  text: Clear and short. The budget answers every question I had.
@ -28 12:15
noor delegation.support groupvisit
  minutes: 40m
  note: Went through how a group visit is billed
@ -24 12:40
priya delegation.decide groupvisit
  words: Order twelve blood sugar diaries with pictures
  amount: 96
  recommendation: Half of those invited read little English.
@ -23 08:20
noor delegation.answer_decision groupvisit
  yes: yes
@ -19 13:00
priya delegation.check_in groupvisit
  status: stuck
  note: The grant office wants a signature for every receipt.
@ -18 09:00
noor delegation.feedback groupvisit
  text: Ask Sam how he does it for the vaccine programme; he has a form.
  minutes: 10m
@ -14 12:30
priya delegation.decide groupvisit
  words: A photographer for the first visit
  amount: 300
  recommendation: Pictures would help us with the next grant.
@ -13 08:15
noor delegation.answer_decision groupvisit
  yes: no
  reason: The grant is for food and teaching. Lou takes good pictures, and it costs nothing.
@ -9 15:50
priya delegation.deliver groupvisit
  part: Invitations
  note: Twelve letters, ready to go.
@ -8 08:35
noor delegation.return groupvisit
  text: The date is missing in the Spanish letter, and please say that family may come.
@ -2 16:00
priya delegation.deliver groupvisit
  part: Invitations
  note: Both letters have the date and the family line now. Mateo read the Spanish one.

# Hiring: with intentions that go ahead and one that did not.
@ -37 08:20
noor task.add hiring
  title: Hiring for the front desk
  area: Practice
  effort: 16h
  deadline: +25
  marks.needs_me: 1
  marks.matters: 3
  marks.grows: 3
noor delegation.start hiring
  kind: strategic
  receiver: theo
  terms.brief.outcome: A second person at the front desk who stays longer than a year.
  terms.brief.why: Mateo cannot be ill at the moment.
  terms.brief.why_you: You will work with them every day, and you asked for it.
  terms.brief.success: Signed contract | Two references | Mateo met them
  terms.authority.level: 5
  terms.authority.limits.total: 900
  terms.intention_days: 2
  terms.effort: 16h
  terms.support: 30m
  terms.due: +25
  terms.check_in: weekly -27 by 2
  terms.path: 6 after 2
noor delegation.offer hiring
@ -36 13:15
theo delegation.accept hiring
  terms: 1
  read_back: Somebody good sits beside Mateo by the new year. First I write down what a good day at the desk looks like.
@ -35 08:25
noor delegation.confirm_read_back hiring
  yes: yes
@ -33 09:40
theo delegation.decide hiring
  words: The advertisement goes to the college board and one paid site
  amount: 240
@ -31 10:20
noor delegation.note hiring
  text: Do not suggest anybody from the old office.
@ -27 09:15
theo delegation.check_in hiring
  status: on_track
  note: Fourteen applied, five can do it.
@ -26 10:30
theo delegation.hand_on hiring as calls
  kind: assignment
  receiver: mateo
  terms.brief.outcome: Five applicants have been called, and we know when each can come.
  terms.brief.why: You hear in a minute whether somebody is kind on the phone.
  terms.authority.level: 2
  terms.authority.limits.total: 0
  terms.effort: 2h
  terms.due: -22
theo delegation.offer calls
@ -26 15:10
mateo delegation.accept calls
  terms: 1
@ -23 14:40
mateo delegation.deliver calls
  note: All five called. My favourite is the one who asked about the fax.
@ -22 09:20
theo delegation.accept_delivery calls
  text: I laughed about the fax. Thank you.
