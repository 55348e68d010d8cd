-- Somebody who only coaches: a member without a plate, who sees what clients
-- show them and nothing else.
ALTER TABLE members ADD COLUMN coach {int} NOT NULL DEFAULT 0;

-- What a client shows a coach. One that ended stays, so that both can read
-- when it was.
CREATE TABLE sharings (
  workspace {int} NOT NULL,
  id {int} NOT NULL,
  client {int} NOT NULL,
  coach {int} NOT NULL,
  parts {text} NOT NULL, -- JSON list of what is shown
  asks {text} NOT NULL, -- what the client wants to ask, in their own words
  state {text} NOT NULL CONSTRAINT sharing_state CHECK (state IN ('open', 'ended')),
  since {int} NOT NULL,
  ended_at {int} NOT NULL,
  ended_by {int} NOT NULL, -- 0 when somebody left
  seen_at {int} NOT NULL, -- when the coach last looked; 0 never
  version {int} NOT NULL,
  PRIMARY KEY (workspace, id),
  CONSTRAINT sharing_sides CHECK (client <> coach),
  CONSTRAINT sharing_ended CHECK ((state = 'ended') = (ended_at > 0)),
  FOREIGN KEY (workspace, client) REFERENCES people (workspace, id),
  FOREIGN KEY (workspace, coach) REFERENCES people (workspace, id)
){strict};
CREATE UNIQUE INDEX sharings_open ON sharings (workspace, client, coach) WHERE state = 'open';
CREATE INDEX sharings_client ON sharings (workspace, client, id);
CREATE INDEX sharings_coach ON sharings (workspace, coach, id);

-- Who was told that something about them is shown to a coach, and whether the
-- coach may read their name.
CREATE TABLE namings (
  workspace {int} NOT NULL,
  sharing {int} NOT NULL,
  person {int} NOT NULL,
  told_at {int} NOT NULL, -- 0: there is no way to tell them
  agreed_at {int} NOT NULL, -- 0: by initials
  PRIMARY KEY (workspace, sharing, person),
  FOREIGN KEY (workspace, sharing) REFERENCES sharings (workspace, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace, person) REFERENCES people (workspace, id) ON DELETE CASCADE
){strict};
CREATE INDEX namings_person ON namings (workspace, person, sharing);
