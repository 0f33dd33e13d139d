-- From version 106 to 107: what can be counted or learned again is derived; tags stand with their
-- sources, pictures with the other vectors, and few things that have a name or a number in `meta`.

INSERT OR REPLACE INTO derived(kind, part, stamp, data)
SELECT 'gone:fact', place, fact, X'' FROM fact_gone UNION ALL
SELECT 'gone:fiber', engram, place, record FROM fiber_gone UNION ALL
SELECT 'word:' || word, 0, count, vector FROM learned_word;

INSERT INTO vector(space, first, number, count, scale, numbers, page, box)
SELECT space, first, number, 0, scale, numbers, page,
  json_array(json(exact(x0)), json(exact(y0)), json(exact(x1)), json(exact(y1))) FROM sight;

-- `exact` writes a number with all its digits, `lowered` letters as Python does; SQLite neither.
ALTER TABLE source ADD COLUMN tags TEXT NOT NULL DEFAULT '{}';
UPDATE source SET tags = (
  SELECT json_group_object(fold, json_array(name, json(exact(added))))
  FROM (SELECT * FROM tag WHERE source = id ORDER BY fold))
WHERE id IN (SELECT source FROM tag);

INSERT INTO meta(key, value)
SELECT 'followed:' || lowered(scope),
  json_group_array(json_array(topic, next, name, times, json(exact(last))))
FROM follow_up GROUP BY 1;

INSERT INTO meta(key, value)
SELECT 'space:' || id, json_array(
  model, digest, path, dimension, upto, json(iif(active, 'true', 'false')), purpose) FROM space;
INSERT INTO meta(key, value)
SELECT 'lock:' || id, json_array(scope, lower(hex(salt)), n, r, p, writes) FROM vault_lock;
INSERT INTO meta(key, value)
SELECT 'alias:' || id, json_array(key, into_key, name, into_name, why, json(exact(certainty)),
  json(evidence), state, change) FROM alias;
-- Numbers are given once.
INSERT INTO meta(key, value)
SELECT json('{"space":"spaces","vault_lock":"locks","alias":"aliases"}') ->> name, seq
FROM sqlite_sequence WHERE name IN ('space', 'vault_lock', 'alias');

-- Acts that can be undone; one of tags alone no more.
UPDATE change_item SET sum = NULL, key = json_insert(key, '$[#]', 0),
  before = iif(before ->> '$.first', json_insert(before, '$.number', 0), before),
  after = iif(after ->> '$.first', json_insert(after, '$.number', 0), after)
WHERE name = 'vector';
DELETE FROM change_item WHERE name IN ('alias', 'follow_up', 'tag');
DELETE FROM change WHERE kind = 'tags changed'
AND NOT EXISTS (SELECT 1 FROM change_item WHERE change = id);
-- When something was undone was not noted: it was after all that was done.
UPDATE change SET ended = (SELECT max(begun) FROM change), sum = NULL
WHERE state = 'undone' AND kind <> 'sleep' AND ended IS begun;
UPDATE change SET bytes = (
  SELECT coalesce(sum(length(name) + length(key) + coalesce(length(before), 0)
    + coalesce(length(after), 0)), 0) FROM change_item WHERE change = id), sum = NULL WHERE bytes > 0;
