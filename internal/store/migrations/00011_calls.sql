-- The times a member keeps for calls as a coach.
CREATE TABLE coach_hours (
  workspace {int} NOT NULL,
  person {int} NOT NULL,
  zone {text} NOT NULL,
  windows {text} NOT NULL, -- "Tue 14:00-17:00, Thu 9:00-12:00"
  length {int} NOT NULL CONSTRAINT coach_hours_length CHECK (length > 0), -- minutes
  before {int} NOT NULL,
  after {int} NOT NULL,
  notice {int} NOT NULL, -- hours
  horizon {int} NOT NULL, -- weeks
  off {text} NOT NULL, -- JSON list of dates
  version {int} NOT NULL,
  PRIMARY KEY (workspace, person),
  FOREIGN KEY (workspace, person) REFERENCES people (workspace, id) ON DELETE CASCADE
){strict};

-- When a member is busy, as their own calendars say: from when to when, and
-- nothing else of it.
CREATE TABLE busy_sources (
  workspace {int} NOT NULL,
  person {int} NOT NULL,
  source {text} NOT NULL,
  at {int} NOT NULL, -- when it was read
  until {int} NOT NULL, -- up to when it was read
  PRIMARY KEY (workspace, person, source),
  FOREIGN KEY (workspace, person) REFERENCES people (workspace, id) ON DELETE CASCADE
){strict};
CREATE TABLE busy_times (
  workspace {int} NOT NULL,
  person {int} NOT NULL,
  source {text} NOT NULL,
  starts_at {int} NOT NULL,
  ends_at {int} NOT NULL,
  PRIMARY KEY (workspace, person, source, starts_at),
  CONSTRAINT busy_span CHECK (starts_at < ends_at),
  FOREIGN KEY (workspace, person, source) REFERENCES busy_sources (workspace, person, source) ON DELETE CASCADE
){strict};
CREATE INDEX busy_times_end ON busy_times (workspace, person, ends_at);

-- Strategy calls: with a coach, or guided by the client alone (coach 0).
CREATE TABLE calls (
  workspace {int} NOT NULL,
  id {int} NOT NULL,
  sharing {int} NOT NULL, -- what the coach sees by; 0 without a coach
  coach {int} NOT NULL,
  client {int} NOT NULL,
  state {text} NOT NULL CONSTRAINT call_state CHECK (state IN ('booked', 'running', 'ended', 'cancelled', 'not_held')),
  starts_at {int} NOT NULL,
  ends_at {int} NOT NULL,
  sequence {int} NOT NULL, -- of its calendar entry; rises when it moves
  wish {text} NOT NULL, -- what the client wants of it
  reason {text} NOT NULL, -- why it was cancelled
  created_at {int} NOT NULL,
  begun_at {int} NOT NULL,
  closed_at {int} NOT NULL,
  reminded {int} NOT NULL, -- 1 once the reminder of the day before is over
  asked {int} NOT NULL, -- 1 once both were asked whether it took place
  due_at {int} NOT NULL, -- when the clock looks at it; 0 never
  version {int} NOT NULL,
  PRIMARY KEY (workspace, id),
  CONSTRAINT call_span CHECK (starts_at < ends_at),
  CONSTRAINT call_sides CHECK (coach <> client),
  CONSTRAINT call_coached CHECK ((coach > 0) = (sharing > 0)),
  FOREIGN KEY (workspace, client) REFERENCES people (workspace, id)
){strict};
CREATE UNIQUE INDEX calls_slot ON calls (workspace, coach, starts_at) WHERE coach > 0 AND state = 'booked';
CREATE INDEX calls_coach ON calls (workspace, coach, starts_at) WHERE coach > 0;
CREATE INDEX calls_client ON calls (workspace, client, starts_at);
CREATE INDEX calls_due ON calls (due_at) WHERE due_at > 0;

CREATE TABLE call_notes (
  workspace {int} NOT NULL,
  id {int} NOT NULL,
  call {int} NOT NULL,
  author {int} NOT NULL,
  shared {int} NOT NULL, -- 1: both see it; 0: the author alone
  body {text} NOT NULL,
  at {int} NOT NULL,
  PRIMARY KEY (workspace, id),
  FOREIGN KEY (workspace, call) REFERENCES calls (workspace, id) ON DELETE CASCADE
){strict};
CREATE INDEX call_notes_call ON call_notes (workspace, call, id);

-- What was decided in a call about the client's plate. Nothing changes before
-- the client takes it.
CREATE TABLE call_decisions (
  workspace {int} NOT NULL,
  id {int} NOT NULL,
  call {int} NOT NULL,
  kind {text} NOT NULL CONSTRAINT call_decision_kind CHECK (kind IN ('delegate', 'drop', 'automate', 'keep', 'promise')),
  task {int} NOT NULL, -- 0 for a promise about no task
  title {text} NOT NULL, -- of the task then
  receiver {int} NOT NULL, -- 0 when nobody is named yet
  words {text} NOT NULL,
  due {text} NOT NULL, -- of a promise; '' for none
  by {int} NOT NULL,
  at {int} NOT NULL,
  state {text} NOT NULL CONSTRAINT call_decision_state CHECK (state IN ('proposed', 'taken', 'let_go')),
  closed_at {int} NOT NULL,
  delegation {int} NOT NULL, -- the draft it became; 0 for none
  kept {text} NOT NULL CONSTRAINT call_decision_kept CHECK (kept IN ('', 'kept', 'not_kept')), -- of a promise, as the client says
  PRIMARY KEY (workspace, id),
  FOREIGN KEY (workspace, call) REFERENCES calls (workspace, id) ON DELETE CASCADE
){strict};
CREATE INDEX call_decisions_call ON call_decisions (workspace, call, id);

-- A mail about a call brings its entry for the calendar.
ALTER TABLE outbox ADD COLUMN calendar {text} NOT NULL DEFAULT '';
