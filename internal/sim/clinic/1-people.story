# Who there is. Noor leads a family practice; Theo runs its office, Priya and
# Mateo are its youngest, Ingrid and Sam know their trade. Outside, a cleaning
# service and a virtual assistant are paid and have no account. At home there
# are Elias and their daughter Nadia, whom only Noor knows of here.
@ -40 08:02
noor settings.edit
  capacity: 42h
  hour_price: 95
noor area.add clinic
  name: Clinic
noor area.add practice
  name: Practice
noor area.add home
  name: Home
  private: yes
noor focus.add complex
  name: Patients who need a long visit
  weekly: 6h
noor focus.add teaching
  name: Teaching new clinicians
  weekly: 3h
noor person.edit noor
  skills: clinical judgement 5 | teaching 4
  credentials: NP licence until +220
  released: 2h
noor person.add theo
  name: Theo Brandt
  kind: teammate
  email: theo@willowstreet.example
  skills: scheduling 5 | payroll 4 | vendors 4 | hiring 2
  wants_to_grow_in: hiring | leading people
  interests: numbers that tell a story
  hourly_cost: 38
  released: 8h
  note: Office manager
noor person.invite theo
noor person.add priya
  name: Priya Raman
  kind: teammate
  email: priya@willowstreet.example
  skills: patient education 4 | triage 3 | events 3
  wants_to_grow_in: leading projects | teaching
  credentials: CMA until +130
  hourly_cost: 27
  released: 7h
  note: Medical assistant
noor person.invite priya
noor person.add mateo
  name: Mateo Silva
  kind: teammate
  email: mateo@willowstreet.example
  skills: phones 4 | inventory 3 | scheduling 2 | spanish 5
  wants_to_grow_in: leading projects | scheduling
  hourly_cost: 22
  released: 9h
  note: Front desk
noor person.invite mateo
noor person.add ingrid
  name: Ingrid Aas
  kind: teammate
  email: ingrid@willowstreet.example
  skills: vaccines 5 | wound care 5 | teaching 4
  wants_to_grow_in: presenting
  credentials: RN licence until +300 | Infection control
  hourly_cost: 44
  released: 5h
  note: Registered nurse
noor person.invite ingrid
noor person.add sam
  name: Sam Whitlock
  kind: teammate
  email: sam@willowstreet.example
  skills: billing 5 | insurance 5 | spreadsheets 4
  hourly_cost: 36
  released: 4h
  note: Billing
noor person.invite sam
noor person.add juno
  name: Juno Park
  kind: provider
  email: juno@deskbyjuno.example
  private: no
  skills: newsletters 4 | calendar 5 | travel booking 4 | websites 2
  hourly_cost: 34
  released: 10h
  note: Virtual assistant, by the hour
noor person.add harbor
  name: Tidy Harbor Cleaning
  kind: provider
  email: hello@tidyharbor.example
  private: no
  skills: cleaning 5
  hourly_cost: 40
  released: 6h
noor person.add elias
  name: Elias Haddad
  kind: family
  skills: cooking 4 | driving 5
noor person.add nadia
  name: Nadia Haddad
  kind: family
  skills: recycling 3 | mowing 2
  wants_to_grow_in: cooking
  released: 3h

@ -39 12:10
theo settings.edit
  capacity: 38h
theo person.edit theo
  interests: numbers that tell a story | calm Mondays
@ -38 12:30
ingrid person.edit ingrid
  absences: -18 to -12
  stand_in: priya
@ -38 12:40
mateo settings.edit
  digest: no

# What the freed hours went to.
@ -30 16:40
noor focus.log complex
  minutes: 90m
@ -24 16:10
noor focus.log complex
  minutes: 2h
@ -19 16:30
noor focus.log teaching
  minutes: 75m
@ -14 16:20
noor focus.log complex
  minutes: 3h
@ -9 16:35
noor focus.log teaching
  minutes: 2h
@ -8 16:45
noor focus.log complex
  minutes: 150m
@ -3 16:15
noor focus.log complex
  minutes: 4h
@ -2 16:25
noor focus.log teaching
  minutes: 90m
