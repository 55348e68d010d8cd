-- A decision area stays on the plate of whoever gave it first, and has neither
-- effort nor dates: several people hold a level in it at the same time.
UPDATE tasks SET effort = 0, rule = '', due = '', deadline = '', due_at = 0, counted = 0, version = version + 1 WHERE kind = 'decision_area';
UPDATE tasks SET carrier = (SELECT MIN(d.giver) FROM delegations d WHERE d.workspace = tasks.workspace AND d.task = tasks.id AND d.parent = 0 AND d.state = 'active')
  WHERE kind = 'decision_area' AND state = 'open'
  AND EXISTS (SELECT 1 FROM delegations d WHERE d.workspace = tasks.workspace AND d.task = tasks.id AND d.parent = 0 AND d.state = 'active');
CREATE INDEX tasks_decision_areas ON tasks (workspace, carrier, id) WHERE kind = 'decision_area';

-- A vote on the level somebody should have in a decision area.
CREATE TABLE votes (
  workspace {int} NOT NULL,
  id {int} NOT NULL,
  task {int} NOT NULL, -- the decision area
  giver {int} NOT NULL, -- who started it
  receiver {int} NOT NULL, -- the person the level is for
  question {text} NOT NULL,
  examples {text} NOT NULL, -- decisions to think of, a JSON list
  state {text} NOT NULL CONSTRAINT vote_state CHECK (state IN ('open', 'revealed', 'settled', 'lapsed', 'withdrawn')),
  round {int} NOT NULL,
  answer_by {int} NOT NULL, -- of this round
  started_at {int} NOT NULL,
  revealed_at {int} NOT NULL, -- the latest round; 0 before
  settle_by {int} NOT NULL, -- 0 before the reveal
  closed_at {int} NOT NULL,
  level {int} NOT NULL, -- settled on; 0 before
  settled_by {int} NOT NULL,
  delegation {int} NOT NULL, -- whose terms the settlement went to; 0 for none
  due_at {int} NOT NULL, -- when the clock is to look at it; 0 for never
  version {int} NOT NULL,
  PRIMARY KEY (workspace, id),
  FOREIGN KEY (workspace, task) REFERENCES tasks (workspace, id),
  FOREIGN KEY (workspace, giver) REFERENCES people (workspace, id),
  FOREIGN KEY (workspace, receiver) REFERENCES people (workspace, id)
){strict};
CREATE INDEX votes_task ON votes (workspace, task, id);
CREATE INDEX votes_due ON votes (due_at) WHERE due_at > 0;

-- What one voter says in one round; a row without a level is not in yet.
CREATE TABLE ballots (
  workspace {int} NOT NULL,
  vote {int} NOT NULL,
  round {int} NOT NULL,
  person {int} NOT NULL,
  level {int} NOT NULL CONSTRAINT ballot_level CHECK (level BETWEEN 0 AND 7),
  reason {text} NOT NULL,
  at {int} NOT NULL, -- 0 before
  open {int} NOT NULL, -- 1 once the round is revealed to all its voters
  words {text} NOT NULL, -- what the highest and the lowest say after the reveal
  PRIMARY KEY (workspace, vote, round, person),
  FOREIGN KEY (workspace, vote) REFERENCES votes (workspace, id),
  FOREIGN KEY (workspace, person) REFERENCES people (workspace, id)
){strict};
CREATE INDEX ballots_person ON ballots (workspace, person, vote);
