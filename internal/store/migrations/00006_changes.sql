-- Who changed what several people share, so that a refused write can say it.
-- Programs of before leave the new columns alone.

ALTER TABLE workspaces ADD COLUMN version {int} NOT NULL DEFAULT 1;
ALTER TABLE workspaces ADD COLUMN changed_by {int} NOT NULL DEFAULT 0;
ALTER TABLE areas ADD COLUMN changed_by {int} NOT NULL DEFAULT 0;
CREATE INDEX tokens_person ON tokens (workspace, person);
CREATE INDEX undos_row ON undos (workspace, noun, id, after);
