-- Help that is being given now: one running timer a member. Stopping it
-- records support on its delegation.
CREATE TABLE timers (
  workspace {int} NOT NULL,
  owner {int} NOT NULL,
  delegation {int} NOT NULL,
  started_at {int} NOT NULL,
  PRIMARY KEY (workspace, owner),
  FOREIGN KEY (workspace, owner) REFERENCES people (workspace, id),
  FOREIGN KEY (workspace, delegation) REFERENCES delegations (workspace, id) ON DELETE CASCADE
){strict};
CREATE INDEX timers_delegation ON timers (workspace, delegation);

-- A member's weekly reviews, one a week: theirs alone.
CREATE TABLE reviews (
  workspace {int} NOT NULL,
  owner {int} NOT NULL,
  week {text} NOT NULL, -- the Monday it belongs to
  steps {text} NOT NULL, -- those that are done
  did {text} NOT NULL, -- what was done in it, counted when it was finished
  started_at {int} NOT NULL,
  finished_at {int} NOT NULL, -- 0 while it is going on
  PRIMARY KEY (workspace, owner, week),
  FOREIGN KEY (workspace, owner) REFERENCES people (workspace, id)
){strict};

-- The weekday a member looks over their week, 1 Monday … 7 Sunday; 0 for none.
ALTER TABLE members ADD COLUMN review_day {int} NOT NULL DEFAULT 5;
