-- From version 102 to 103: the several logs of what can be undone become one.

INSERT INTO change(id, kind, scope, why, begun, ended, state, phase, cursor, asked, report)
SELECT id, 'sleep', scope, why, begun, ended, state, phase, cursor, asked, tally FROM sleep_run;

INSERT INTO change(id, kind, scope, why, begun, ended, state)
SELECT id, 'consolidation', scope, '', done, done, 'done' FROM consolidation
WHERE id NOT IN (SELECT id FROM sleep_run);

-- What was merged comes back as it was told; of links and tags it had it keeps none.
CREATE TEMP TABLE item AS
WITH gone(run, id, record) AS (
  SELECT run, record ->> '$.id', record FROM merged WHERE record ->> '$.id' IS NOT NULL)
SELECT run, id, 1 AS place, 'engram' AS name, json_array(id) AS key, json_object(
  'id', id, 'passage', NULL, 'kind', 'fact', 'start', 0,
  'end', length(record ->> '$.text'), 'text', record ->> '$.text') AS before, NULL AS after
FROM gone
UNION ALL
SELECT run, id, 2, 'fact', json_array(id), json_object(
  'engram', id,
  'scope', coalesce((SELECT scope FROM fact f JOIN merged m ON f.engram = m.keeper
    WHERE m.record ->> '$.id' = id), 0),
  'told', record -> '$.told', 'at', record -> '$.at',
  'teller', coalesce((SELECT t.id FROM teller t WHERE t.name = record ->> '$.tellers[0][0]'), 0)),
  NULL
FROM gone
UNION ALL
SELECT run, gone.id, 3, 'said', json_array(gone.id, coalesce(t.id, 0)), json_object(
  'fact', gone.id, 'teller', coalesce(t.id, 0), 'told', value -> '$[1]'), NULL
FROM gone, json_each(record, '$.tellers') LEFT JOIN teller t ON t.name = value ->> '$[0]'
WHERE json_each.key > 0
UNION ALL
SELECT run, id, 4, 'mark', json_array(id), json_object(
  'engram', id, 'kind', record ->> '$.mark[0]', 'priority', record -> '$.mark[1]',
  'expires', record -> '$.mark[2]', 'trust', record -> '$.trust'), NULL
FROM gone WHERE record ->> '$.marked'
UNION ALL
SELECT archived, engram, 5, 'strength', json_array(engram), json('{"archived":null}'),
  json_object('archived', archived)
FROM strength WHERE archived > 0
UNION ALL
SELECT kept, engram, 6, 'strength', json_array(engram), json('{"kept":null}'),
  json_object('kept', kept)
FROM strength WHERE kept > 0;

INSERT INTO change_item(change, number, step, undone, name, key, before, after, owner)
SELECT run, row_number() OVER (PARTITION BY run ORDER BY id, place),
  dense_rank() OVER (PARTITION BY run ORDER BY id), 0, name, key, before, after, id
FROM item WHERE run IN (SELECT id FROM change);
DROP TABLE item;

-- What a reward has taught is taken from what a link weighs by now.
CREATE TEMP TABLE taught AS
SELECT l.id + (SELECT coalesce(max(id), 0) FROM change) AS change, at, why, about, record
FROM lesson l ORDER BY l.id;
INSERT INTO change(id, kind, why, begun, ended, state, report)
SELECT change, 'lesson', why, at, at, 'done', json_object('about', about) FROM taught;
INSERT INTO change_item(change, number, step, undone, name, key, before, after)
SELECT t.change, e.key + 1, 1, 0, 'synapse', json_array(s.head, s.tail),
  json_object('delta', s.delta - (e.value ->> '$[2]')), json_object('delta', s.delta)
FROM taught t, json_each(t.record) e JOIN synapse s
ON s.head = e.value ->> '$[0]' AND s.tail = e.value ->> '$[1]';
DROP TABLE taught;

-- What imports brought can be taken back still; what they changed stays as it is by now.
CREATE TEMP TABLE brought AS
SELECT id, coalesce(brought ->> '$.run', id) AS run, name, done, brought FROM import_run;
CREATE TEMP TABLE imported AS
SELECT run, run + (SELECT coalesce(max(id), 0) FROM change) AS change FROM brought GROUP BY run;
INSERT INTO change(id, kind, why, begun, ended, state, asked)
SELECT change, 'import', '', done, done, iif(done < 0, 'open', 'done'), json_object('name', name)
FROM imported i JOIN brought b ON b.id = i.run;
INSERT INTO change_item(change, number, step, undone, name, key, after)
SELECT change, row_number() OVER (PARTITION BY b.run ORDER BY id),
  row_number() OVER (PARTITION BY b.run ORDER BY id), 0, 'note of the act', '[]', brought
FROM brought b JOIN imported i ON i.run = b.run;
DROP TABLE brought;
DROP TABLE imported;

UPDATE change SET bytes = (
  SELECT coalesce(sum(length(name) + length(key) + coalesce(length(before), 0)
    + coalesce(length(after), 0)), 0) FROM change_item WHERE change = id);

-- Concepts that the program has joined by itself; the others somebody has named.
UPDATE concept SET kept = 2, sum = NULL WHERE kept <> 0 AND id IN (
  SELECT concept FROM concept_change c GROUP BY concept HAVING min(max(
    coalesce(record ->> '$.by_itself', 0),
    EXISTS (SELECT 1 FROM alias a WHERE a.change = c.id))) = 1);
UPDATE alias SET change = NULL, sum = NULL WHERE change IS NOT NULL;

INSERT INTO waiting(engram, stage) SELECT engram, 0 FROM untraced UNION ALL
SELECT engram, 1 FROM undrawn;
