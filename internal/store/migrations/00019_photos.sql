-- Photos of what is to be done and of what was, seen by those who see the
-- delegation, until their time is over.
CREATE TABLE photos (
  workspace {int} NOT NULL,
  id {int} NOT NULL,
  delegation {int} NOT NULL,
  author {int} NOT NULL,
  at {int} NOT NULL,
  caption {text} NOT NULL,
  width {int} NOT NULL, -- pixels
  height {int} NOT NULL,
  size {int} NOT NULL, -- bytes of the file
  until {int} NOT NULL, -- when it goes
  jpeg {text} NOT NULL, -- in base 64, so that every export holds it as it is
  PRIMARY KEY (workspace, id),
  FOREIGN KEY (workspace, delegation) REFERENCES delegations (workspace, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace, author) REFERENCES people (workspace, id)
){strict};
CREATE INDEX photos_delegation ON photos (workspace, delegation);
CREATE INDEX photos_author ON photos (workspace, author);
CREATE INDEX photos_until ON photos (until);
CREATE INDEX photos_size ON photos (workspace, size);
