-- Types in braces differ between the databases: {text} compares bytewise, {int}
-- has 64 bits, {strict} refuses values of another type. Instants are UTC
-- microseconds, money is minor units, effort and capacity are minutes.

CREATE TABLE schema_floor (
  oldest {int} NOT NULL -- the oldest schema version whose programs may use this database
){strict};
INSERT INTO schema_floor (oldest) VALUES (1);

CREATE TABLE workspaces (
  id {int} PRIMARY KEY,
  name {text} NOT NULL,
  kind {text} NOT NULL CONSTRAINT workspace_kind CHECK (kind IN ('team', 'practice', 'household')),
  currency {text} NOT NULL,
  zone {text} NOT NULL,
  next_id {int} NOT NULL,
  next_event {int} NOT NULL,
  created_at {int} NOT NULL
){strict};

CREATE TABLE accounts (
  id {int} PRIMARY KEY,
  email {text} NOT NULL CONSTRAINT account_email UNIQUE,
  name {text} NOT NULL,
  created_at {int} NOT NULL
){strict};

CREATE TABLE signin_links (
  hash {text} PRIMARY KEY,
  workspace {int} NOT NULL REFERENCES workspaces (id),
  person {int} NOT NULL,
  expires_at {int} NOT NULL,
  used_at {int} NOT NULL
){strict};

CREATE TABLE setup_links (
  hash {text} PRIMARY KEY,
  expires_at {int} NOT NULL,
  used_at {int} NOT NULL
){strict};

CREATE TABLE sessions (
  token {text} PRIMARY KEY,
  data {blob} NOT NULL,
  expires_at {int} NOT NULL
){strict};
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE tokens (
  hash {text} PRIMARY KEY,
  workspace {int} NOT NULL REFERENCES workspaces (id),
  person {int} NOT NULL,
  label {text} NOT NULL,
  created_at {int} NOT NULL,
  used_at {int} NOT NULL,
  expires_at {int} NOT NULL
){strict};

CREATE TABLE idempotency (
  workspace {int} NOT NULL REFERENCES workspaces (id),
  person {int} NOT NULL,
  key {text} NOT NULL,
  request {text} NOT NULL, -- hash of operation and body
  response {text} NOT NULL,
  created_at {int} NOT NULL,
  PRIMARY KEY (workspace, person, key)
){strict};
CREATE INDEX idempotency_age ON idempotency (workspace, created_at);

CREATE TABLE people (
  workspace {int} NOT NULL REFERENCES workspaces (id),
  id {int} NOT NULL,
  name {text} NOT NULL,
  kind {text} NOT NULL CONSTRAINT person_kind CHECK (kind IN ('teammate', 'provider', 'family', 'agent')),
  email {text} NOT NULL,
  owner {int} NOT NULL, -- 0 shared
  accountable {int} NOT NULL,
  skills {text} NOT NULL,
  interests {text} NOT NULL,
  wishes {text} NOT NULL,
  credentials {text} NOT NULL,
  absences {text} NOT NULL,
  stand_in {int} NOT NULL,
  hour_cost {int} NOT NULL,
  released {int} NOT NULL,
  zone {text} NOT NULL,
  note {text} NOT NULL,
  left_on {text} NOT NULL,
  away {int} NOT NULL, -- 1 while the clock has sent them away
  next_change {int} NOT NULL, -- when an absence begins or ends next; 0 never
  digested_at {int} NOT NULL, -- when their last daily mail was written
  source_key {text} NOT NULL,
  source_said {text} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (workspace, id)
){strict};
CREATE INDEX people_name ON people (workspace, name, id);
CREATE INDEX people_change ON people (next_change) WHERE next_change > 0;

CREATE TABLE members (
  workspace {int} NOT NULL,
  person {int} NOT NULL,
  account {int} NOT NULL REFERENCES accounts (id),
  owner {int} NOT NULL,
  capacity {int} NOT NULL,
  hour_price {int} NOT NULL,
  digest {int} NOT NULL,
  urgent {int} NOT NULL,
  joined_at {int} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (workspace, person),
  CONSTRAINT member_account UNIQUE (workspace, account),
  FOREIGN KEY (workspace, person) REFERENCES people (workspace, id)
){strict};
CREATE INDEX members_account ON members (account);

CREATE TABLE areas (
  workspace {int} NOT NULL REFERENCES workspaces (id),
  id {int} NOT NULL,
  name {text} NOT NULL,
  owner {int} NOT NULL, -- 0 shared
  version {int} NOT NULL,
  PRIMARY KEY (workspace, id),
  CONSTRAINT area_name UNIQUE (workspace, owner, name)
){strict};

CREATE TABLE focus_areas (
  workspace {int} NOT NULL REFERENCES workspaces (id),
  id {int} NOT NULL,
  owner {int} NOT NULL,
  name {text} NOT NULL,
  weekly {int} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (workspace, id),
  CONSTRAINT focus_name UNIQUE (workspace, owner, name)
){strict};

CREATE TABLE focus_entries (
  workspace {int} NOT NULL,
  id {int} NOT NULL,
  focus {int} NOT NULL,
  owner {int} NOT NULL,
  minutes {int} NOT NULL,
  at {int} NOT NULL,
  PRIMARY KEY (workspace, id),
  FOREIGN KEY (workspace, focus) REFERENCES focus_areas (workspace, id)
){strict};
CREATE INDEX focus_entries_owner ON focus_entries (workspace, owner, at);

CREATE TABLE tasks (
  workspace {int} NOT NULL REFERENCES workspaces (id),
  id {int} NOT NULL,
  kind {text} NOT NULL CONSTRAINT task_kind CHECK (kind IN ('task', 'decision_area')),
  title {text} NOT NULL,
  note {text} NOT NULL,
  area {int} NOT NULL,
  author {int} NOT NULL,
  carrier {int} NOT NULL,
  parent {int} NOT NULL,
  state {text} NOT NULL CONSTRAINT task_state CHECK (state IN ('open', 'done', 'dropped')),
  effort {int} NOT NULL,
  rule {text} NOT NULL,
  counted {int} NOT NULL,
  due {text} NOT NULL,
  due_at {int} NOT NULL,
  deadline {text} NOT NULL,
  skills {text} NOT NULL,
  credentials {text} NOT NULL,
  suggested {text} NOT NULL,
  position {text} NOT NULL,
  created_at {int} NOT NULL,
  closed_at {int} NOT NULL,
  import {int} NOT NULL,
  source_key {text} NOT NULL,
  source_said {text} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (workspace, id),
  FOREIGN KEY (workspace, carrier) REFERENCES people (workspace, id)
){strict};
CREATE INDEX tasks_plate ON tasks (workspace, carrier, state, position, id, parent, area);
CREATE INDEX tasks_due ON tasks (workspace, carrier, state, due_at, id);
CREATE INDEX tasks_longest ON tasks (workspace, carrier, state, effort DESC, id);
CREATE INDEX tasks_parent ON tasks (workspace, parent, position) WHERE parent > 0;
CREATE INDEX tasks_author ON tasks (workspace, author, state, id);
CREATE INDEX tasks_source ON tasks (workspace, author, source_key) WHERE source_key <> '';
CREATE INDEX tasks_import ON tasks (workspace, import) WHERE import > 0;

CREATE TABLE marks (
  workspace {int} NOT NULL,
  task {int} NOT NULL,
  person {int} NOT NULL,
  needs_me {int},
  matters {int},
  grows {int},
  energy {int},
  at {int} NOT NULL,
  PRIMARY KEY (workspace, task, person),
  FOREIGN KEY (workspace, task) REFERENCES tasks (workspace, id) ON DELETE CASCADE
){strict};
CREATE INDEX marks_person ON marks (workspace, person, task);

CREATE TABLE verdicts (
  workspace {int} NOT NULL,
  task {int} NOT NULL,
  person {int} NOT NULL,
  verdict {text} NOT NULL CONSTRAINT verdict_word CHECK (verdict IN ('keep', 'drop', 'automate', 'assign', 'delegate')),
  reason {text} NOT NULL,
  at {int} NOT NULL,
  PRIMARY KEY (workspace, task, person),
  FOREIGN KEY (workspace, task) REFERENCES tasks (workspace, id) ON DELETE CASCADE
){strict};
CREATE INDEX verdicts_person ON verdicts (workspace, person, task);

CREATE TABLE delegations (
  workspace {int} NOT NULL REFERENCES workspaces (id),
  id {int} NOT NULL,
  kind {text} NOT NULL CONSTRAINT delegation_kind CHECK (kind IN ('assignment', 'strategic')),
  task {int} NOT NULL,
  giver {int} NOT NULL,
  receiver {int} NOT NULL,
  parent {int} NOT NULL,
  state {text} NOT NULL CONSTRAINT delegation_state CHECK (state IN ('draft', 'offered', 'active', 'ended')),
  outcome {text} NOT NULL,
  reason {text} NOT NULL,
  terms {int} NOT NULL,    -- the version in force or on offer
  proposal {int} NOT NULL, -- the version proposed; 0 none
  newest {int} NOT NULL,
  agreed {int} NOT NULL,
  told {int} NOT NULL,
  rounds {int} NOT NULL,
  paused_at {int} NOT NULL,
  offered_at {int} NOT NULL,
  agreed_at {int} NOT NULL,
  started_at {int} NOT NULL,
  ended_at {int} NOT NULL,
  ends_at {int} NOT NULL,
  next_check_in {int} NOT NULL,
  next_turn {int} NOT NULL,
  next_review {int} NOT NULL,
  good {int} NOT NULL,
  delivered {text} NOT NULL,
  created_at {int} NOT NULL,
  due_at {int} NOT NULL, -- when the clock must look at it; 0 never
  mover {int} NOT NULL,
  heard_at {int} NOT NULL, -- when somebody last did something about it
  version {int} NOT NULL,
  PRIMARY KEY (workspace, id),
  FOREIGN KEY (workspace, task) REFERENCES tasks (workspace, id),
  FOREIGN KEY (workspace, giver) REFERENCES people (workspace, id),
  CONSTRAINT ended_has_outcome CHECK ((state = 'ended') = (outcome <> '')),
  CONSTRAINT not_to_oneself CHECK (giver <> receiver)
){strict};
CREATE INDEX delegations_given ON delegations (workspace, giver, state, id);
CREATE INDEX delegations_received ON delegations (workspace, receiver, state, id);
CREATE INDEX delegations_task ON delegations (workspace, task, id);
CREATE INDEX delegations_parent ON delegations (workspace, parent) WHERE parent > 0;
CREATE INDEX delegations_active ON delegations (workspace, receiver, task) WHERE state = 'active';
CREATE INDEX delegations_due ON delegations (due_at) WHERE due_at > 0;

CREATE TABLE terms (
  workspace {int} NOT NULL,
  delegation {int} NOT NULL,
  version {int} NOT NULL,
  by {int} NOT NULL,
  at {int} NOT NULL,
  body {text} NOT NULL,
  PRIMARY KEY (workspace, delegation, version),
  FOREIGN KEY (workspace, delegation) REFERENCES delegations (workspace, id) ON DELETE CASCADE
){strict};

CREATE TABLE items (
  workspace {int} NOT NULL,
  id {int} NOT NULL,
  delegation {int} NOT NULL,
  kind {text} NOT NULL,
  holder {int} NOT NULL CONSTRAINT one_holder CHECK (holder > 0),
  principal {int} NOT NULL, -- the absent person the holder answers for; 0
  since {int} NOT NULL,
  answer_by {int} NOT NULL CONSTRAINT has_answer_by CHECK (answer_by > 0),
  silence {text} NOT NULL CONSTRAINT silence_rule CHECK (silence IN ('remind', 'accept', 'lapse', 'go_ahead')),
  blocking {int} NOT NULL,
  reminded {int} NOT NULL,
  frozen {int} NOT NULL,
  text {text} NOT NULL,
  part {text} NOT NULL,
  final {int} NOT NULL,
  coached {int} NOT NULL,
  decision {int} NOT NULL,
  turn {int} NOT NULL,
  opened_by {int} NOT NULL,
  result {text} NOT NULL,
  closed_at {int} NOT NULL,
  PRIMARY KEY (workspace, id),
  FOREIGN KEY (workspace, delegation) REFERENCES delegations (workspace, id) ON DELETE CASCADE
){strict};
CREATE INDEX items_delegation ON items (workspace, delegation, closed_at);
CREATE INDEX items_open ON items (workspace, delegation, id) WHERE closed_at = 0;
CREATE INDEX items_waiting ON items (workspace, holder, answer_by) WHERE closed_at = 0;

CREATE TABLE decisions (
  workspace {int} NOT NULL,
  id {int} NOT NULL,
  delegation {int} NOT NULL,
  by {int} NOT NULL,
  kind {text} NOT NULL,
  words {text} NOT NULL,
  recommendation {text} NOT NULL,
  amount {int} NOT NULL,
  minutes {int} NOT NULL,
  state {text} NOT NULL,
  ruling {text} NOT NULL,
  outside {text} NOT NULL,
  reason {text} NOT NULL,
  answered_by {int} NOT NULL,
  goes_ahead_at {int} NOT NULL,
  at {int} NOT NULL,
  closed_at {int} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (workspace, id),
  FOREIGN KEY (workspace, delegation) REFERENCES delegations (workspace, id) ON DELETE CASCADE,
  CONSTRAINT outside_needs_giver CHECK (state <> 'decided' OR outside = '' OR answered_by > 0)
){strict};
CREATE INDEX decisions_delegation ON decisions (workspace, delegation, id);

CREATE TABLE occurrences (
  workspace {int} NOT NULL,
  id {int} NOT NULL,
  delegation {int} NOT NULL,
  due {text} NOT NULL,
  state {text} NOT NULL CONSTRAINT occurrence_state CHECK (state IN ('due', 'done', 'skipped', 'missed')),
  note {text} NOT NULL,
  price {int} NOT NULL,
  minutes {int} NOT NULL,
  closed_at {int} NOT NULL,
  accept_by {int} NOT NULL,
  PRIMARY KEY (workspace, id),
  FOREIGN KEY (workspace, delegation) REFERENCES delegations (workspace, id) ON DELETE CASCADE
){strict};
CREATE INDEX occurrences_delegation ON occurrences (workspace, delegation, id);
CREATE INDEX occurrences_unsettled ON occurrences (workspace, delegation) WHERE accept_by > 0;

CREATE TABLE reflections (
  workspace {int} NOT NULL,
  id {int} NOT NULL,
  delegation {int} NOT NULL,
  person {int} NOT NULL,
  body {text} NOT NULL,
  at {int} NOT NULL,
  open {int} NOT NULL, -- 1 once both may read it
  PRIMARY KEY (workspace, id),
  FOREIGN KEY (workspace, delegation) REFERENCES delegations (workspace, id) ON DELETE CASCADE
){strict};
CREATE INDEX reflections_delegation ON reflections (workspace, delegation, id);

CREATE TABLE events (
  workspace {int} NOT NULL REFERENCES workspaces (id),
  number {int} NOT NULL,
  at {int} NOT NULL,
  by {int} NOT NULL,
  for_person {int} NOT NULL,
  kind {text} NOT NULL,
  delegation {int} NOT NULL,
  task {int} NOT NULL,
  person {int} NOT NULL,
  item {int} NOT NULL,
  detail {text} NOT NULL,
  PRIMARY KEY (workspace, number)
){strict};
CREATE INDEX events_delegation ON events (workspace, delegation, number) WHERE delegation > 0;
CREATE INDEX events_task ON events (workspace, task, number) WHERE task > 0;
CREATE INDEX events_person ON events (workspace, person, number) WHERE person > 0;
CREATE INDEX events_by ON events (workspace, by, number);

CREATE TABLE undos (
  workspace {int} NOT NULL,
  number {int} NOT NULL, -- the event it would undo
  person {int} NOT NULL,
  noun {text} NOT NULL,
  id {int} NOT NULL,
  after {int} NOT NULL, -- the row's version after the change; it must still be that
  before {text} NOT NULL, -- the row before; empty when it did not exist
  undone_at {int} NOT NULL,
  PRIMARY KEY (workspace, number)
){strict};
CREATE INDEX undos_person ON undos (workspace, person, number);

CREATE TABLE notices (
  workspace {int} NOT NULL,
  event {int} NOT NULL,
  person {int} NOT NULL,
  urgent {int} NOT NULL,
  leaves_at {int} NOT NULL,
  mailed_at {int} NOT NULL, -- when mail was settled; 0 while it may still be written
  letter {int} NOT NULL, -- the mail that told of it; 0 none
  PRIMARY KEY (workspace, event, person)
){strict};
CREATE INDEX notices_person ON notices (workspace, person, event);
CREATE INDEX notices_leaving ON notices (leaves_at) WHERE mailed_at = 0;

CREATE TABLE outbox (
  workspace {int} NOT NULL,
  id {int} NOT NULL,
  person {int} NOT NULL,
  giver {int} NOT NULL, -- on whose behalf it goes to somebody without an account; 0
  recipient {text} NOT NULL,
  reply_to {text} NOT NULL,
  subject {text} NOT NULL,
  body {text} NOT NULL,
  message_id {text} NOT NULL CONSTRAINT outbox_message_id UNIQUE,
  created_at {int} NOT NULL,
  leaves_at {int} NOT NULL,
  attempts {int} NOT NULL,
  sent_at {int} NOT NULL,
  given_up_at {int} NOT NULL,
  problem {text} NOT NULL,
  PRIMARY KEY (workspace, id)
){strict};
CREATE INDEX outbox_leaving ON outbox (leaves_at) WHERE sent_at = 0 AND given_up_at = 0;
CREATE INDEX outbox_person ON outbox (workspace, person, id);
CREATE INDEX outbox_giver ON outbox (workspace, giver, id) WHERE giver > 0;

CREATE TABLE access_secrets ( -- never exported
  workspace {int} NOT NULL,
  delegation {int} NOT NULL,
  label {text} NOT NULL,
  secret {text} NOT NULL,
  at {int} NOT NULL,
  PRIMARY KEY (workspace, delegation, label),
  FOREIGN KEY (workspace, delegation) REFERENCES delegations (workspace, id) ON DELETE CASCADE
){strict};

CREATE TABLE playbooks (
  workspace {int} NOT NULL REFERENCES workspaces (id),
  id {int} NOT NULL,
  owner {int} NOT NULL,
  name {text} NOT NULL,
  kind {text} NOT NULL,
  terms {text} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (workspace, id),
  CONSTRAINT playbook_name UNIQUE (workspace, owner, name)
){strict};

CREATE TABLE imports (
  workspace {int} NOT NULL REFERENCES workspaces (id),
  id {int} NOT NULL,
  person {int} NOT NULL,
  format {text} NOT NULL,
  name {text} NOT NULL,
  state {text} NOT NULL CONSTRAINT import_state CHECK (state IN ('staging', 'applying', 'applied', 'taking_back', 'taken_back')),
  created {int} NOT NULL,
  updated {int} NOT NULL,
  unchanged {int} NOT NULL,
  skipped {text} NOT NULL, -- the first of them
  more_skipped {int} NOT NULL,
  areas {text} NOT NULL, -- made for it
  runner {text} NOT NULL, -- the process at work on it
  at {int} NOT NULL,
  PRIMARY KEY (workspace, id)
){strict};
CREATE INDEX imports_unfinished ON imports (state) WHERE state IN ('staging', 'applying', 'taking_back');

CREATE TABLE import_rows (
  workspace {int} NOT NULL,
  import {int} NOT NULL,
  number {int} NOT NULL,
  line {int} NOT NULL,
  body {text} NOT NULL, -- the row until it is applied, then how it was before
  target {int} NOT NULL, -- the task or person it became
  verdict {text} NOT NULL, -- empty until applied; created, updated; removed, restored or kept when taken back
  PRIMARY KEY (workspace, import, number),
  FOREIGN KEY (workspace, import) REFERENCES imports (workspace, id) ON DELETE CASCADE
){strict};

CREATE TABLE guest_links (
  hash {text} NOT NULL,
  workspace {int} NOT NULL REFERENCES workspaces (id),
  delegation {int} NOT NULL,
  person {int} NOT NULL,
  expires_at {int} NOT NULL,
  revoked_at {int} NOT NULL,
  created_at {int} NOT NULL,
  PRIMARY KEY (hash)
){strict};
CREATE INDEX guest_links_delegation ON guest_links (workspace, delegation);

CREATE TABLE private_notes (
  workspace {int} NOT NULL REFERENCES workspaces (id),
  owner {int} NOT NULL,
  delegation {int} NOT NULL,
  text {text} NOT NULL,
  at {int} NOT NULL,
  PRIMARY KEY (workspace, owner, delegation)
){strict};
