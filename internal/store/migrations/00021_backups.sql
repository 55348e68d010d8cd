-- A database that is being filled with what another holds, until all of it is
-- there. One row, and none in a database that is in use.
CREATE TABLE moving (
  source {text} PRIMARY KEY, -- a digest that tells which database it comes from
  began_at {int} NOT NULL
){strict};

-- The backups that servers made by themselves, one a day: each day is done by
-- the server that wrote it down first.
CREATE TABLE backups (
  day {text} PRIMARY KEY, -- by the clock of the servers
  server {text} NOT NULL, -- the name of the machine
  began_at {int} NOT NULL, -- of the latest try
  ended_at {int} NOT NULL, -- 0 while it is being made
  file {text} NOT NULL,
  bytes {int} NOT NULL,
  problem {text} NOT NULL -- why there is none; '' when there is
){strict};
