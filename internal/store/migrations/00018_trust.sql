-- What a token may do for its member: read, act (all but what only an owner may)
-- or all. Tokens made before could do all.
ALTER TABLE tokens ADD COLUMN scope {text} NOT NULL DEFAULT 'all' CONSTRAINT token_scope CHECK (scope IN ('read', 'act', 'all'));
