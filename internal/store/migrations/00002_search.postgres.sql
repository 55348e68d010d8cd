-- Each row's words begin with its workspace, so that the index finds words of
-- one workspace.
CREATE TABLE task_search (
  workspace BIGINT NOT NULL,
  task BIGINT NOT NULL,
  words tsvector NOT NULL,
  PRIMARY KEY (workspace, task)
);
CREATE INDEX task_search_words ON task_search USING gin (words);
