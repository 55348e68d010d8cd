-- Who answers for somebody away, as the clock last saw it: a stand-in named
-- since takes over when the clock looks again.
ALTER TABLE people ADD COLUMN answered_by {int} NOT NULL DEFAULT 0;
UPDATE people SET answered_by = stand_in WHERE away = 1;
CREATE INDEX people_away ON people (workspace) WHERE away = 1 OR left_on <> '';
CREATE INDEX items_principal ON items (workspace, principal) WHERE closed_at = 0 AND principal > 0;
