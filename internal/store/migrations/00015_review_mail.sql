-- The hour of a member's day at which they are reminded of their weekly review,
-- and whether mail does it. The reminder was part of the daily mail before.
ALTER TABLE members ADD COLUMN review_hour {int} NOT NULL DEFAULT 7;
ALTER TABLE members ADD COLUMN review_mail {int} NOT NULL DEFAULT 1;
UPDATE members SET review_mail = digest;

-- When the clock looks at it next; 0 never, 1 to plan it anew.
ALTER TABLE members ADD COLUMN review_at {int} NOT NULL DEFAULT 1;
CREATE INDEX members_review ON members (review_at) WHERE review_at > 0;
