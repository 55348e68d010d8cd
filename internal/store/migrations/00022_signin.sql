-- Browsers that are signed in: whose each is, what it calls itself, and by
-- which way it came in. Those from before did not say; they sign in again.
DROP TABLE sessions;
CREATE TABLE sessions (
  hash {text} PRIMARY KEY, -- of the secret in the cookie
  account {int} NOT NULL REFERENCES accounts (id),
  device {text} NOT NULL,
  way {text} NOT NULL CONSTRAINT session_way CHECK (way IN ('link', 'mail', 'password', 'passkey', 'provider')),
  opened_at {int} NOT NULL,
  seen_at {int} NOT NULL, -- to some minutes
  expires_at {int} NOT NULL
){strict};
CREATE INDEX sessions_account ON sessions (account);
CREATE INDEX sessions_expiry ON sessions (expires_at);

-- Addresses that asked for a link, whether anybody has an account there or not,
-- until a worker has answered.
CREATE TABLE signin_asks (
  id {text} PRIMARY KEY,
  email {text} NOT NULL,
  at {int} NOT NULL,
  leaves_at {int} NOT NULL,
  attempts {int} NOT NULL
){strict};
CREATE INDEX signin_asks_leaving ON signin_asks (leaves_at);
CREATE INDEX signin_asks_email ON signin_asks (email);

-- Whether a sign-in link went out by mail.
ALTER TABLE signin_links ADD COLUMN mailed {int} NOT NULL DEFAULT 0;

UPDATE schema_floor SET oldest = 22;
