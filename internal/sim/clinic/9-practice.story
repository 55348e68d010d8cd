# How the practice itself goes: a decision area with a level that was voted on,
# blind; a coach, what is shown to her and the call that is booked; and what Noor
# says of her weeks, for herself.
@ -30 17:30
noor pulse.give
  full: 5
  matters: 1
@ -25 17:30
noor pulse.give
  full: 5
  matters: 2
@ -20 17:30
noor pulse.give
  full: 4
  matters: 2
@ -15 17:30
noor pulse.give
  full: 4
  matters: 3
@ -10 17:30
noor pulse.give
  full: 3
  matters: 3
@ -5 17:30
noor pulse.give
  full: 3
  matters: 4

# Who decides who joins the office?
@ -24 09:15
noor task.add hires
  title: Who joins the office team
  kind: decision_area
  area: Practice
  skills: hiring 3
  note: Two people left within a year; both had been my choice.
noor delegation.start hires
  receiver: theo
  kind: strategic
  terms.brief.outcome: Whoever joins the office stays, and is glad to.
  terms.brief.minimum: Two references, and a trial month.
  terms.brief.why_you: You know the office, and want to learn hiring.
  terms.authority.level: 3
noor delegation.offer hires
@ -23 08:40
theo delegation.accept hires
  terms: 1
  read_back: People stay who like it here. First I write down what the last two left for.
@ -23 12:30
noor delegation.confirm_read_back hires
  yes: yes
@ -18 09:15
noor vote.start hires
  person: theo
  voters: ingrid | priya
  question: Theo would run the interviews and bring the person in. How far does he decide alone?
  examples: Whom we invite | The offer, inside the pay band | Ending a trial month
@ -18 12:40
ingrid vote.cast hires
  level: 5
  reason: He knows the office better than any of us.
@ -17 08:50
theo vote.cast hires
  level: 4
  reason: I would like to talk over the first one together.
priya vote.cast hires
  level: 6
@ -17 13:10
noor vote.cast hires
  level: 3
  reason: The last two were expensive mistakes, and they were mine.
@ -16 09:20
noor vote.say hires
  words: I notice that I am the one holding on. What would help me is to hear whom he invites before he does.
priya vote.say hires
  words: It is his office. He lives with whoever comes.
@ -15 11:00
noor vote.settle hires
  level: 5
@ -14 08:50
theo delegation.agree hires
  terms: 2

# A coach from outside; she sees the hours, the plate, the let-go list and the mirror.
@ -11 18:10
noor coach.invite vera
  name: Vera Lindqvist
  email: vera@lindqvist.example
  parts: hours | plate | letgo | promises | mirror | questions
  asks: I hand things over and then hover. Where do you see it?
@ -10 09:00
vera hours.edit
  zone: America/New_York
  windows: Mon-Fri 9:00-12:00, Mon-Fri 13:00-17:00
  length: 45m
  notice: 12
@ -2 12:15
noor call.book vera
  at: +3 10:00
  wish: What to let go of next, and how to leave the open day alone.
