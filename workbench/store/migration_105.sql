-- From version 105 to 106: who works on what stands in `meta` (and in no migrated library), days on
-- which two memories were used together with their link, recalls among what is derived.

ALTER TABLE link ADD COLUMN days TEXT;
UPDATE link SET days = (
  SELECT json_group_object(day, times) FROM used_together u WHERE u.a = link.a AND u.b = link.b)
WHERE kind = 'together' AND EXISTS (
  SELECT 1 FROM used_together u WHERE u.a = link.a AND u.b = link.b);

INSERT OR IGNORE INTO derived(kind, part, stamp, data)
SELECT 'recall', CAST(at * 1000000 AS INTEGER), cue, CAST(eligible AS BLOB) FROM episode;

-- Acts that can be undone.
DELETE FROM change_item WHERE name = 'used_together';
UPDATE change SET bytes = (
  SELECT coalesce(sum(length(name) + length(key) + coalesce(length(before), 0)
    + coalesce(length(after), 0)), 0) FROM change_item WHERE change = id), sum = NULL WHERE bytes > 0;
