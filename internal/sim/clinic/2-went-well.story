# Hand-offs that went well.

# The rota: an assignment that earned more authority.
@ -40 08:20
noor task.add rota
  title: Build the staff rota
  note: Two weeks at a time, posted in the break room and in the shared calendar.
  area: Clinic
  effort: 2h
  rule: weekly -37 by 2
  due: -37
  marks.needs_me: 0
  marks.energy: -2
  marks.matters: 2
noor task.judge rota
  verdict: assign
  reason: Theo knows everybody's hours better than I do.
noor delegation.start rota
  receiver: theo
  terms.brief.outcome: The rota for the next two weeks is posted, and every shift has somebody.
  terms.brief.why: People can plan their lives, and nobody is phoned on a Sunday.
  terms.brief.success: Posted by noon | No shift is empty | Wishes were asked for
  terms.brief.minimum: Every opening hour has a nurse and a front desk.
  terms.authority.level: 5
  terms.effort: 2h
  terms.due: -37
  terms.rule: weekly -37 by 2
  terms.notice_days: 14
  terms.path: 7 after 3
noor delegation.offer rota
@ -40 13:05
theo delegation.accept rota
  terms: 1
@ -37 11:20
theo delegation.done rota
  text: Posted. Sam and Ingrid swapped Thursday themselves.
@ -36 08:50
noor delegation.thank rota
  text: First Monday in a year without a phone call about shifts. Thank you.
@ -27 11:40
theo delegation.done rota
  text: Posted. I asked for wishes a week ahead this time.
@ -22 09:10
theo delegation.decide rota
  words: From now on wishes close on Wednesday noon
@ -17 10:55
theo delegation.done rota
  text: Posted, with Priya covering for Ingrid.
@ -11 09:30
theo delegation.propose rota
  seen: 1
  note: Three good rounds. I would like it to be mine.
  terms.brief.outcome: The rota for the next two weeks is posted, and every shift has somebody.
  terms.brief.why: People can plan their lives, and nobody is phoned on a Sunday.
  terms.brief.success: Posted by noon | No shift is empty | Wishes were asked for
  terms.brief.minimum: Every opening hour has a nurse and a front desk.
  terms.authority.level: 7
  terms.effort: 2h
  terms.due: -37
  terms.rule: weekly -37 by 2
  terms.notice_days: 14
@ -11 12:15
noor delegation.agree rota
  terms: 2
@ -7 10:30
theo delegation.done rota
  text: Posted.
@ -6 13:00
noor playbook.keep rota
  name: A rota in two-week steps

# Cleaning, by a service without an account: a price, a standard, done.
@ -39 09:15
noor task.add cleaning
  title: Clean the clinic
  area: Clinic
  effort: 3h
  rule: weekly -38
  due: -38
  marks.needs_me: 0
  marks.energy: -2
noor delegation.start cleaning
  receiver: harbor
  terms.brief.outcome: The clinic is clean before the first patient comes.
  terms.brief.success: Exam rooms wiped and mopped | Bins emptied | Waiting room dusted
  terms.brief.minimum: Exam rooms and bathrooms
  terms.brief.ask_before: Moving anything in the lab
  terms.authority.level: 2
  terms.price: 120
  terms.per: occurrence
  terms.effort: 3h
  terms.due: -38
  terms.rule: weekly -38
  terms.notice_days: 14
noor delegation.offer cleaning
noor delegation.link cleaning
@ -39 17:40
noor delegation.answer_for cleaning
  yes: yes
  words: By phone, Dana from Tidy Harbor: fine, they begin tomorrow.
@ -38 19:30
harbor delegation.confirm cleaning
  terms: 1
harbor delegation.done cleaning
  text: All rooms. The key box code works.
@ -33 19:40
harbor delegation.done cleaning
@ -32 08:20
noor delegation.return_turn cleaning
  note: The sink in exam room 2 was left wet and soapy. Could you look at it?
@ -32 12:30
harbor delegation.mended cleaning
  text: Sorry about that. Done on our way to another customer.
@ -28 19:35
harbor delegation.done cleaning
@ -23 18:50
harbor delegation.skip cleaning
  text: Two of us are ill; we come on the weekend for the bins.
@ -18 19:45
harbor delegation.done cleaning
  text: All rooms, and the windows at the front.
@ -13 19:30
harbor delegation.done cleaning
@ -3 19:50
harbor delegation.done cleaning
  text: All rooms. The soap in the staff bathroom is running out.

# The vaccine fridge: Ingrid's own, while she is away it is Priya's turn.
@ -38 08:40
noor task.add fridge
  title: Check the vaccine fridge log
  area: Clinic
  effort: 25m
  rule: weekly -36
  due: -36
  skills: vaccines 3
  credentials: RN licence
  marks.needs_me: 1
  marks.matters: 3
noor delegation.start fridge
  receiver: ingrid
  terms.brief.outcome: The log of the week is complete and every reading out of range has a note.
  terms.brief.why: One warm weekend costs us four thousand dollars of vaccine.
  terms.authority.level: 7
  terms.effort: 25m
  terms.due: -36
  terms.rule: weekly -36
  terms.notice_days: 14
noor delegation.offer fridge
@ -38 12:20
ingrid delegation.accept fridge
  terms: 1
@ -36 16:10
ingrid delegation.done fridge
@ -31 15:50
ingrid delegation.done fridge
  text: Two readings missing on Sunday. I showed the weekend shift the sheet.
@ -26 16:00
ingrid delegation.done fridge
@ -21 16:05
ingrid delegation.decide fridge
  words: The log moves to the tablet at the fridge door
ingrid delegation.done fridge
@ -16 15:45
priya delegation.done fridge
  text: For Ingrid. All in range.
@ -11 16:20
ingrid delegation.done fridge
@ -6 16:15
ingrid delegation.done fridge
@ -1 16:10
ingrid delegation.done fridge
  text: All in range. A new battery for the alarm is in.

# Onboarding: a project that ended well, with both sides looking back.
@ -39 08:30
noor task.add onboarding
  title: Onboard the new medical assistant
  area: Practice
  effort: 10h
  deadline: -16
  marks.needs_me: 1
  marks.grows: 3
  marks.matters: 3
noor task.judge onboarding
  verdict: delegate
  reason: Ingrid teaches better than she thinks.
noor delegation.start onboarding
  kind: strategic
  receiver: ingrid
  terms.brief.outcome: Lou rooms patients alone and knows whom to ask.
  terms.brief.why: We lose two visits a day while somebody is always beside Lou.
  terms.brief.why_you: You noticed what our last onboarding missed, and you teach by asking.
  terms.brief.success: Lou rooms ten patients without help | The skills list is signed
  terms.authority.level: 5
  terms.effort: 10h
  terms.support: 30m
  terms.due: -16
  terms.check_in: weekly -33
noor delegation.offer onboarding
@ -38 12:45
ingrid delegation.accept onboarding
  terms: 1
  read_back: Lou works alone with patients by the end of the month. First I watch Lou for a morning and write down what to begin with.
@ -37 08:55
noor delegation.confirm_read_back onboarding
  yes: yes
@ -33 12:10
ingrid delegation.check_in onboarding
  status: on_track
  note: Vitals are solid. Injections next week.
@ -29 13:20
ingrid delegation.decide onboarding
  words: Lou shadows Priya on vaccine day instead of reading the manual
@ -28 12:05
ingrid delegation.check_in onboarding
  status: on_track
  note: Nine of the twelve skills are signed.
  feedback: yes
@ -27 12:40
noor delegation.feedback onboarding
  text: The way you let Lou find the answer in the binder, instead of telling, is exactly it.
  minutes: 15m
@ -20 16:30
ingrid delegation.deliver onboarding
  note: Lou roomed eleven patients today. The list is signed, a copy is in the drawer.
@ -19 17:20
ingrid delegation.reflect onboarding
  outcome: 5
  hard: 3
  free: 5
  worked: Watching for a morning before teaching anything.
  change: I should have blocked the first week in my calendar.
@ -12 17:05
noor delegation.reflect onboarding
  outcome: 5
  hard: 2
  free: 4
  worked: I did not step in once, and Lou is faster than our plan.
  change: Agree on blocked time before the start.
@ -12 17:10
noor delegation.thank onboarding
  text: Lou told me it was the best first month of any job. That was you.
