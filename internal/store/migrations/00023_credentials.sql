-- What people sign in with beside links. None of it can be used by whoever
-- reads it: passwords and codes are hashes, a secret is sealed with the key
-- file, a passkey's other half never leaves its device.
CREATE TABLE passwords (
  account {int} PRIMARY KEY REFERENCES accounts (id),
  hash {text} NOT NULL, -- argon2id, with its parameters and salt
  changed_at {int} NOT NULL
){strict};

CREATE TABLE code_apps ( -- programs that show a code every half minute (TOTP)
  account {int} PRIMARY KEY REFERENCES accounts (id),
  secret {text} NOT NULL, -- sealed
  confirmed_at {int} NOT NULL, -- 0 until its first code was right
  step {int} NOT NULL -- of the newest code that was used: none is good twice
){strict};

CREATE TABLE recovery_codes (
  account {int} NOT NULL REFERENCES accounts (id),
  hash {text} NOT NULL,
  PRIMARY KEY (account, hash)
){strict};

CREATE TABLE passkeys (
  id {text} PRIMARY KEY, -- the authenticator's, in base64url
  account {int} NOT NULL REFERENCES accounts (id),
  key {text} NOT NULL, -- the public one, PKIX in base64url
  counter {int} NOT NULL,
  label {text} NOT NULL,
  made_at {int} NOT NULL,
  used_at {int} NOT NULL
){strict};
CREATE INDEX passkeys_account ON passkeys (account);

-- What a browser was told a moment ago and is to come back with: that its
-- password was right and the code is missing, or what a passkey is to sign.
CREATE TABLE signin_steps (
  hash {text} PRIMARY KEY,
  account {int} NOT NULL, -- 0 while it is not known
  kind {text} NOT NULL CONSTRAINT signin_step CHECK (kind IN ('code', 'passkey', 'new_passkey')),
  expires_at {int} NOT NULL
){strict};
CREATE INDEX signin_steps_expiry ON signin_steps (expires_at);
