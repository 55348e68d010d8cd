-- What a member says of a week, to themselves alone: how full it was, and how
-- much of it went to what matters to them. An answer of 0 was not given.
CREATE TABLE pulses (
  workspace {int} NOT NULL,
  person {int} NOT NULL,
  week {text} NOT NULL, -- its Monday, where the workspace is
  fullness {int} NOT NULL CONSTRAINT pulse_fullness CHECK (fullness BETWEEN 0 AND 5),
  matters {int} NOT NULL CONSTRAINT pulse_matters CHECK (matters BETWEEN 0 AND 5),
  put_off {text} NOT NULL, -- the day on which it was put off; '' for never
  at {int} NOT NULL,
  PRIMARY KEY (workspace, person, week),
  FOREIGN KEY (workspace, person) REFERENCES people (workspace, id)
){strict};
