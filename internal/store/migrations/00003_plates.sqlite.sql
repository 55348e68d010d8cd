-- The words of one plate stand together: a row id holds the plate above the
-- task, so that a range of row ids is one plate, its order is by age, and
-- nobody's search walks through what others carry. Everything is indexed anew
-- after this step.
CREATE TABLE task_search_plates (
  plate INTEGER PRIMARY KEY,
  workspace INTEGER NOT NULL,
  person INTEGER NOT NULL,
  CONSTRAINT task_search_plate UNIQUE (workspace, person),
  FOREIGN KEY (workspace, person) REFERENCES people (workspace, id) ON DELETE CASCADE
) STRICT;
DROP TABLE task_search;
CREATE VIRTUAL TABLE task_search USING fts5 (title, note, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2');
UPDATE schema_floor SET oldest = 3;
