-- What a token may do for its member: read, act (all but what only an owner may)
-- or all. Tokens made before could do all.
ALTER TABLE tokens ADD COLUMN scope {text} NOT NULL DEFAULT 'all' CONSTRAINT token_scope CHECK (scope IN ('read', 'act', 'all'));

-- Wrong secrets by where they came from, for every process that serves: the
-- source is a hash of what was tried and the address.
CREATE TABLE attempts (
  source {text} PRIMARY KEY,
  since {int} NOT NULL,
  wrong {int} NOT NULL
){strict};
CREATE INDEX attempts_age ON attempts (since);
