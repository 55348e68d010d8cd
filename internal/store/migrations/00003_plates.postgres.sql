-- Each row's words begin with its plate instead of its workspace, so that the
-- index finds words of one plate. Everything is indexed anew after this step.
TRUNCATE task_search;
UPDATE schema_floor SET oldest = 3;
