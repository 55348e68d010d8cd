-- When something falls due is asked for: of what recurs that moment is the first
-- turn, long gone, so it has none.
UPDATE tasks SET due_at = 0 WHERE rule <> '' AND due_at <> 0;
