-- The row id holds the workspace above the task, so that a range of row ids is
-- one workspace and their order is by age.
CREATE VIRTUAL TABLE task_search USING fts5 (title, note, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2');
