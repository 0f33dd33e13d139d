"""The tables of what asking has taught the brain (`store.synapses`, `store.lessons`).

None of them holds a word: concepts are named by their ids.
"""

TAUGHT = """
-- How much more strongly one concept speaks to another than their associations say, or, below 0,
-- less; in units of a certain link's weight. `times` it was changed, `used` when last.
CREATE TABLE synapse(
  head INTEGER NOT NULL, tail INTEGER NOT NULL, delta REAL NOT NULL,
  times INTEGER NOT NULL DEFAULT 0, used REAL NOT NULL,
  PRIMARY KEY (head, tail)) STRICT, WITHOUT ROWID;
-- What was learned of an association goes with the last one between two concepts.
CREATE TRIGGER synapse_goes AFTER DELETE ON association
WHEN NOT EXISTS (SELECT 1 FROM association WHERE head = old.head AND tail = old.tail)
AND NOT EXISTS (SELECT 1 FROM association WHERE head = old.tail AND tail = old.head)
BEGIN
  DELETE FROM synapse WHERE head = old.head AND tail = old.tail;
  DELETE FROM synapse WHERE head = old.tail AND tail = old.head;
END;
-- One recall: the concepts that were fired, a JSON list, and what it left eligible, a JSON list of
-- [head, tail, thousandths].
CREATE TABLE episode(
  id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, cue TEXT NOT NULL,
  eligible TEXT NOT NULL) STRICT;
CREATE INDEX episode_at ON episode(at);
-- What a reward has changed, to be taken back: a JSON list of [head, tail, by how much].
-- `why` is opened, pinned, confirmed or rejected, `about` the edge that was judged, else "".
CREATE TABLE lesson(
  id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, why TEXT NOT NULL,
  about TEXT NOT NULL DEFAULT '', record TEXT NOT NULL) STRICT;
CREATE INDEX lesson_about ON lesson(about) WHERE about <> '';

-- How often what the brain has beside the associations has changed: weights and verdicts.
CREATE TRIGGER synapse_learned AFTER INSERT ON synapse
BEGIN
  INSERT INTO meta(key, value) VALUES ('taught', 1)
  ON CONFLICT(key) DO UPDATE SET value = value + 1;
END;
CREATE TRIGGER synapse_changed AFTER UPDATE ON synapse
BEGIN
  INSERT INTO meta(key, value) VALUES ('taught', 1)
  ON CONFLICT(key) DO UPDATE SET value = value + 1;
END;
CREATE TRIGGER synapse_unlearned AFTER DELETE ON synapse
BEGIN
  INSERT INTO meta(key, value) VALUES ('taught', 1)
  ON CONFLICT(key) DO UPDATE SET value = value + 1;
END;
CREATE TRIGGER verdict_given AFTER INSERT ON verdict
BEGIN
  INSERT INTO meta(key, value) VALUES ('taught', 1)
  ON CONFLICT(key) DO UPDATE SET value = value + 1;
END;
CREATE TRIGGER verdict_taken_back AFTER DELETE ON verdict
BEGIN
  INSERT INTO meta(key, value) VALUES ('taught', 1)
  ON CONFLICT(key) DO UPDATE SET value = value + 1;
END;

-- Links that were dreamt of: the second concept on the way, where there are two, how it was found
-- (kin or chain), and the measured share of such links that was found in print.
ALTER TABLE proposal ADD COLUMN onward INTEGER REFERENCES concept(id) ON DELETE CASCADE;
ALTER TABLE proposal ADD COLUMN found TEXT NOT NULL DEFAULT '';
ALTER TABLE proposal ADD COLUMN odds REAL NOT NULL DEFAULT 0;
CREATE INDEX proposal_onward ON proposal(onward) WHERE onward IS NOT NULL;
"""
