-- From version 104 to 105: what people label memories with is one table, and what the program notes
-- for itself stands in `meta`, or with what it is about.

INSERT INTO label(engram, kind, fold, name)
SELECT engram, 'tag', fold, name FROM memory_tag UNION ALL
SELECT engram, 'project', project, project FROM project_memory;

ALTER TABLE version ADD COLUMN parts TEXT NOT NULL DEFAULT '[]';
UPDATE version SET parts = (
  SELECT json_group_array(json_array(range, lower(hex(hash))))
  FROM (SELECT * FROM version_part WHERE version = id ORDER BY range));

ALTER TABLE summary ADD COLUMN members TEXT NOT NULL DEFAULT '[]';
UPDATE summary SET members = (
  SELECT json_group_array(json_array(engram, central))
  FROM (SELECT * FROM summary_member WHERE summary = id ORDER BY engram));

-- `exact` writes a number with all its digits, which SQLite does not.
INSERT INTO meta(key, value)
SELECT 'in_mind', json_group_object(engram, json(exact(at))) FROM in_mind GROUP BY 1;

INSERT INTO meta(key, value)
SELECT 'watched:' || folder, json_array(collection, json(exact(added)), problem) FROM watched;
INSERT INTO meta(key, value) SELECT 'offered:' || folder, offered FROM watched WHERE offered <> '{}';

INSERT INTO meta(key, value)
SELECT 'readers', json_group_array(json_array(
  id, model, digest, prompt, json(exact(made)), upto, sentences, triples, refused, unread, empty))
FROM (SELECT * FROM triple_reader ORDER BY id) GROUP BY 1;

-- Acts that can be undone.
UPDATE change_item SET name = 'label', key = json_array(key ->> 0, 'tag', key ->> 1),
  before = iif(before ->> '$.engram', json_set(before, '$.kind', 'tag'), before),
  after = iif(after ->> '$.engram', json_set(after, '$.kind', 'tag'), after), sum = NULL
WHERE name = 'memory_tag';
UPDATE change_item SET name = 'label', key = json_array(key ->> 0, 'project', key ->> 1),
  before = json_object('engram', key ->> 0, 'kind', 'project', 'fold', key ->> 1, 'name', key ->> 1)
    -> iif(before IS NULL, '$.none', '$'),
  after = json_object('engram', key ->> 0, 'kind', 'project', 'fold', key ->> 1, 'name', key ->> 1)
    -> iif(after IS NULL, '$.none', '$'), sum = NULL
WHERE name = 'project_memory';
UPDATE change_item SET sum = NULL,
  before = iif(before IS NULL, NULL, json_set(before, '$.members', '' || (
    SELECT json_group_array(json_array(m.key ->> 1, m.before -> '$.central')) FROM change_item m
    WHERE m.change = change_item.change AND m.name = 'summary_member'
    AND m.key ->> 0 = change_item.key ->> 0 AND m.before IS NOT NULL))),
  after = iif(after IS NULL, NULL, json_set(after, '$.members', '' || (
    SELECT json_group_array(json_array(m.key ->> 1, m.after -> '$.central')) FROM change_item m
    WHERE m.change = change_item.change AND m.name = 'summary_member'
    AND m.key ->> 0 = change_item.key ->> 0 AND m.after IS NOT NULL)))
WHERE name = 'summary';
DELETE FROM change_item WHERE name IN ('in_mind', 'note_word', 'summary_member');
UPDATE change SET bytes = (
  SELECT coalesce(sum(length(name) + length(key) + coalesce(length(before), 0)
    + coalesce(length(after), 0)), 0) FROM change_item WHERE change = id), sum = NULL WHERE bytes > 0;
