-- Who got in, who was let in, what was taken out: rows that are added to and
-- never changed, each bound to the one before by a keyed hash. They hold ids
-- alone; words that may have to go stand beside them, outside the chain.
CREATE TABLE audit (
  workspace {int} NOT NULL REFERENCES workspaces (id),
  number {int} NOT NULL,
  at {int} NOT NULL,
  kind {text} NOT NULL,
  by {int} NOT NULL, -- person; 0 for whoever runs the server
  subject {int} NOT NULL, -- id of what it was done to; 0 for nothing
  mac {text} NOT NULL,
  PRIMARY KEY (workspace, number)
){strict};

CREATE TABLE audit_notes (
  workspace {int} NOT NULL,
  number {int} NOT NULL,
  text {text} NOT NULL,
  PRIMARY KEY (workspace, number),
  FOREIGN KEY (workspace, number) REFERENCES audit (workspace, number)
){strict};

-- A keyed hash by which the key file that a database is used with is known.
CREATE TABLE key_check (
  id {int} PRIMARY KEY CONSTRAINT one_key CHECK (id = 1),
  mac {text} NOT NULL
){strict};
