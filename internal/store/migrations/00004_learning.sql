-- What is believed of somebody's skill, from looks back. Everything in it is
-- shown to the person it is about.
CREATE TABLE beliefs (
  workspace {int} NOT NULL,
  person {int} NOT NULL,
  key {text} NOT NULL, -- the skill's name in small letters
  skill {text} NOT NULL,
  mean {int} NOT NULL, -- thousandths of a level
  variance {int} NOT NULL CONSTRAINT belief_variance CHECK (variance > 0), -- millionths of a squared level
  rounds {int} NOT NULL, -- looks back it rests on
  recorded {int} NOT NULL, -- the level on the person's card then
  at {int} NOT NULL,
  by {int} NOT NULL, -- who took it
  delegation {int} NOT NULL, -- whose look back it came from; 0 when none
  cause {text} NOT NULL,
  disputed_at {int} NOT NULL, -- 0 when the person does not dispute it
  dispute {text} NOT NULL,
  own_level {int} NOT NULL, -- what the person says of themselves; 0 for nothing
  answer {text} NOT NULL,
  answer_level {int} NOT NULL, -- what whoever took it answers with; 0 for nothing yet
  answered_by {int} NOT NULL,
  settled_at {int} NOT NULL,
  settled_by {int} NOT NULL,
  PRIMARY KEY (workspace, person, key),
  FOREIGN KEY (workspace, person) REFERENCES people (workspace, id)
){strict};

-- What looks back propose. Nothing changes before the holder takes it.
CREATE TABLE lessons (
  workspace {int} NOT NULL,
  id {int} NOT NULL,
  delegation {int} NOT NULL,
  task {int} NOT NULL,
  giver {int} NOT NULL, -- of the delegation
  kind {text} NOT NULL,
  holder {int} NOT NULL, -- who is to agree
  about {int} NOT NULL, -- the person it is about; 0 for the work alone
  subject {text} NOT NULL, -- the skill, interest or area, in small letters
  body {text} NOT NULL,
  state {text} NOT NULL CONSTRAINT lesson_state CHECK (state IN ('open', 'taken', 'let_go')),
  at {int} NOT NULL,
  closed_at {int} NOT NULL,
  closed_by {int} NOT NULL,
  PRIMARY KEY (workspace, id),
  FOREIGN KEY (workspace, delegation) REFERENCES delegations (workspace, id) ON DELETE CASCADE
){strict};
CREATE INDEX lessons_holder ON lessons (workspace, holder, state, id);
CREATE INDEX lessons_giver ON lessons (workspace, giver, state, id);
CREATE INDEX lessons_about ON lessons (workspace, about, state, id) WHERE about > 0;
CREATE INDEX lessons_delegation ON lessons (workspace, delegation, id);
CREATE INDEX lessons_kind ON lessons (workspace, kind, state, id);
CREATE INDEX lessons_task ON lessons (workspace, task, id);

-- Looks back in a row: the same two people, the same area of work. An answer
-- of 0 was not given.
CREATE TABLE rounds (
  workspace {int} NOT NULL,
  id {int} NOT NULL,
  delegation {int} NOT NULL,
  giver {int} NOT NULL,
  receiver {int} NOT NULL,
  area {text} NOT NULL, -- in small letters; '' for none
  level {int} NOT NULL,
  giver_outcome {int} NOT NULL,
  receiver_outcome {int} NOT NULL,
  receiver_free {int} NOT NULL,
  returned {int} NOT NULL, -- what came back since the round before
  at {int} NOT NULL,
  PRIMARY KEY (workspace, id),
  FOREIGN KEY (workspace, delegation) REFERENCES delegations (workspace, id) ON DELETE CASCADE
){strict};
CREATE INDEX rounds_of_two ON rounds (workspace, giver, receiver, area, id);
CREATE INDEX rounds_delegation ON rounds (workspace, delegation, id);
