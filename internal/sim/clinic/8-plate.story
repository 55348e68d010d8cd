# What is on Noor's plate, most of it never handed to anybody.
@ -40 08:05
noor task.add lab
  line: Sign off lab results every weekday 40m #Clinic !3
  marks.needs_me: 3
noor task.add visits
  line: See patients with long visits every tuesday 3h #Clinic !3
  marks.needs_me: 3
  marks.energy: 2
noor task.add portal
  line: Answer portal messages every weekday 30m #Clinic
  marks.energy: -1
noor task.add huddle
  line: Team huddle every monday 20m #Clinic
  marks.needs_me: 2
  marks.energy: 1
noor task.add overtime
  line: Review overtime every other friday 30m #Practice
noor task.add autoclave
  line: Check the autoclave log every wednesday 15m #Clinic
  note: The inspector asks for twelve weeks.
noor task.add paper
  line: Order printer paper and toner every month 20m #Clinic
noor task.add cash
  line: Reconcile the petty cash every friday 30m #Practice
  marks.needs_me: 0
  marks.energy: -2
noor task.add theo11
  line: One to one with Theo every thursday 45m #Practice !2
  marks.needs_me: 3
  marks.grows: 2
noor task.add oncall
  line: Update the on-call list every month 25m #Clinic
noor task.add bills
  line: Pay the household bills every month 40m #Home
noor task.add drive
  line: Drive Nadia to orchestra every saturday 50m #Home
  marks.energy: 1
@ -26 17:40
noor task.add quality
  line: Write the quality report 6h #Practice !2
  deadline: +22
  marks.needs_me: 1
  marks.energy: -2
noor task.split quality
  parts: Collect the numbers | Write the text | Have Ingrid read it
noor task.add
  line: Prepare the talk on foot care 4h #Practice
  deadline: +16
  marks.energy: 2
  marks.needs_me: 2
noor task.add
  line: Compare blood pressure cuffs 2h #Clinic
noor task.add supervision
  line: Supervise the student from the college every wednesday 2h #Practice
  marks.needs_me: 2
  marks.energy: 2
noor task.judge supervision
  verdict: keep
  reason: This is what I want the hours for.
@ -18 18:10
noor task.add
  line: Renew my licence 2h #Practice !3
  deadline: +26
  marks.needs_me: 3
noor task.add taxes
  line: Sort the receipts for the taxes 3h #Home
  marks.energy: -2
noor task.judge taxes
  verdict: delegate
noor task.add
  line: Find a summer camp for Nadia 2h #Home
noor task.add old
  line: Redesign the intake form 5h #Clinic
noor task.add reviews
  line: Reply to reviews on the internet every monday 25m #Practice
  marks.matters: 1
  marks.energy: -1
noor task.judge reviews
  verdict: automate
  reason: Three answers fit nearly all of them.
@ -9 17:50
noor task.add
  line: Replace the chair in exam room 3 45m #Clinic
noor task.add
  line: Call the landlord about the heating 20m #Practice
noor task.drop old
noor task.add cards
  line: Write holiday cards to referring practices 2h #Practice
noor task.judge cards
  verdict: assign
@ -5 17:20
noor task.add cuffs
  line: Return the broken otoscope 15m #Clinic
noor task.add
  line: Buy Elias a birthday present 1h #Home
@ -3 18:05
noor task.complete overtime
noor task.complete paper
noor task.complete oncall
noor task.complete bills
@ -2 17:40
noor task.complete cuffs
noor task.complete huddle
noor task.complete theo11
noor task.complete drive
noor task.complete cash
noor task.add
  line: Check why the waiting list grew 90m #Practice !2
# Noor does what recurs, so that what is due is what comes next.
@ -1 17:55
noor task.complete visits
noor task.complete portal
noor task.complete lab
noor task.complete autoclave
noor task.complete supervision
noor task.complete reviews
