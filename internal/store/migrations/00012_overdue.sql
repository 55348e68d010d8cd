-- When an answer was due and none came, of items that are only reminded of:
-- 0 before. Each reminder moves answer_by on, so that alone it does not say.
ALTER TABLE items ADD COLUMN overdue {int} NOT NULL DEFAULT 0;
