-- When something falls due is asked for: of what recurs that moment is the first
-- turn, long gone, so it has none.
UPDATE tasks SET due_at = 0 WHERE rule <> '' AND due_at <> 0;
-- The words of people, delegations and playbooks, each beneath whoever may read
-- it, so that nobody's search walks through what others have. They are indexed
-- after this step.
CREATE TABLE search_words (
  workspace {int} NOT NULL,
  reader {int} NOT NULL, -- 0 for everybody in the workspace
  word {text} NOT NULL,
  id {int} NOT NULL,
  noun {text} NOT NULL,
  PRIMARY KEY (workspace, reader, word, id),
  CONSTRAINT search_words_noun CHECK (noun IN ('person', 'delegation', 'playbook'))
){strict};
CREATE INDEX search_words_of ON search_words (workspace, id, reader, word);
