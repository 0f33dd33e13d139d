-- From version 101 to 102: what had tables of its own becomes columns and rows of `meta`.

INSERT INTO meta(key, value)
SELECT 'sleep_days', json_group_array(day) FROM (SELECT day FROM awake ORDER BY day);

INSERT INTO meta(key, value)
SELECT 'capacity:' || scope, json_array(most, dropped, held, seen, oldest) FROM capacity;

INSERT INTO meta(key, value)
SELECT 'asked', json_group_object(
  lower(scope), json_array(at, json(topics), questions, answered, judged, sureness))
FROM asked;

INSERT INTO meta(key, value)
SELECT 'alerts', json_group_array(
  json_array(id, collection, type, status, before, raised, changed, value, bound))
FROM (SELECT * FROM alert ORDER BY id);

INSERT INTO meta(key, value)
SELECT 'alerts_raised', seq FROM sqlite_sequence WHERE name = 'alert';

INSERT INTO sight(space, first, number, page, x0, y0, x1, y1, scale, numbers)
SELECT space, first, 0, after, 0, 0, 0, 0, 0, X'' FROM looked;

ALTER TABLE collection ADD COLUMN starts REAL;
ALTER TABLE collection ADD COLUMN ends REAL;
ALTER TABLE collection ADD COLUMN description TEXT NOT NULL DEFAULT '';
ALTER TABLE collection ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
UPDATE collection SET (starts, ends, description, tags) =
  (SELECT starts, ends, description, tags FROM project WHERE collection = id)
WHERE id IN (SELECT collection FROM project);

ALTER TABLE source ADD COLUMN original TEXT REFERENCES original(hash);
UPDATE source SET original = (SELECT hash FROM kept k WHERE k.source = source.id);

ALTER TABLE strength ADD COLUMN recent BLOB;
UPDATE strength SET recent = (SELECT log FROM recent_use r WHERE r.engram = strength.engram);

-- `exact` writes a number with all its digits, which SQLite does not.
ALTER TABLE watched ADD COLUMN offered TEXT NOT NULL DEFAULT '{}';
UPDATE watched SET offered = (
  SELECT json_group_object(path, json_array(size, json(exact(mtime))))
  FROM offered o WHERE o.folder = watched.folder);
