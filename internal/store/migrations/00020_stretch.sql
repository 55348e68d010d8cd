-- How many stretch tasks, beyond what somebody can do now, they take at a time:
-- what is usual in a workspace, and what a person says; NULL is as is usual.
ALTER TABLE workspaces ADD COLUMN stretch {int} NOT NULL DEFAULT 2 CONSTRAINT workspace_stretch CHECK (stretch BETWEEN 0 AND 20);
ALTER TABLE people ADD COLUMN stretch {int} CONSTRAINT person_stretch CHECK (stretch BETWEEN 0 AND 20);
