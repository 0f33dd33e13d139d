"""Tables of the neural graph: strengths, links, concepts, fibers, and what is asked together."""

PLASTICITY = """
-- How strong what was ever used is: `weight` at the time `used`, which fades from there. `archived`
-- is the consolidation that laid it aside.
CREATE TABLE strength(
  engram INTEGER PRIMARY KEY REFERENCES engram(id) ON DELETE CASCADE,
  weight REAL NOT NULL, used REAL NOT NULL, uses INTEGER NOT NULL, stability REAL NOT NULL,
  salience REAL NOT NULL, pinned INTEGER NOT NULL, archived INTEGER) STRICT;
CREATE INDEX strength_archived ON strength(archived) WHERE archived IS NOT NULL;
-- What is linked with what; the kind "together" has no direction and stands once, from the smaller.
CREATE TABLE link(
  a INTEGER NOT NULL REFERENCES engram(id) ON DELETE CASCADE,
  b INTEGER NOT NULL REFERENCES engram(id) ON DELETE CASCADE,
  kind TEXT NOT NULL, weight REAL NOT NULL, used REAL NOT NULL,
  PRIMARY KEY (a, b, kind)) STRICT, WITHOUT ROWID;
CREATE INDEX link_b ON link(b);
-- Consolidations that can be undone, and what each of them merged into what, as JSON.
CREATE TABLE consolidation(
  id INTEGER PRIMARY KEY AUTOINCREMENT, scope INTEGER NOT NULL, done REAL NOT NULL) STRICT;
CREATE INDEX consolidation_scope ON consolidation(scope);
CREATE TABLE merged(
  id INTEGER PRIMARY KEY,
  keeper INTEGER NOT NULL REFERENCES engram(id) ON DELETE CASCADE,
  run INTEGER NOT NULL REFERENCES consolidation(id) ON DELETE CASCADE,
  record TEXT NOT NULL) STRICT;
CREATE INDEX merged_keeper ON merged(keeper);
CREATE INDEX merged_run ON merged(run);
"""

GRAPH = """
-- What engrams are about. `type` is a `ConceptType`; `mentions` counts the fibers it stands in, and
-- `first` and `last` are when the oldest and newest of them were said. `kept` marks what the user
-- named, typed or merged by hand: it stays when nothing mentions it.
CREATE TABLE concept(
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, type INTEGER NOT NULL,
  mentions INTEGER NOT NULL DEFAULT 0, first REAL, last REAL,
  kept INTEGER NOT NULL DEFAULT 0) STRICT;
-- How a concept is written, folded for comparison: what several forms of it have in common.
CREATE TABLE concept_key(
  key TEXT PRIMARY KEY,
  concept INTEGER NOT NULL REFERENCES concept(id) ON DELETE CASCADE) STRICT, WITHOUT ROWID;
CREATE INDEX concept_key_concept ON concept_key(concept);

-- The way through one engram: its concepts in order and what joins them, packed (`fiber_records`).
-- This is the evidence of every association; the tables below are counted from it. `place` is the
-- source an engram was read in, or -1 - scope where it was told. The four last are NULL until the
-- fiber has been conducted or weighed by hand.
CREATE TABLE fiber(
  engram INTEGER PRIMARY KEY REFERENCES engram(id) ON DELETE CASCADE,
  place INTEGER NOT NULL, at REAL NOT NULL, record BLOB NOT NULL,
  conductivity REAL, salience REAL, frequency INTEGER, conducted REAL) STRICT;
-- Fibers that are gone, whatever removed them, until they have been subtracted below.
CREATE TABLE fiber_gone(engram INTEGER PRIMARY KEY, place INTEGER NOT NULL, record BLOB NOT NULL)
  STRICT;
CREATE TRIGGER fiber_goes AFTER DELETE ON fiber
BEGIN
  INSERT OR REPLACE INTO fiber_gone(engram, place, record)
  VALUES (old.engram, old.place, old.record);
END;
-- Engrams to be traced out of turn, such as edited ones; all others are by their ids.
CREATE TABLE untraced(engram INTEGER PRIMARY KEY REFERENCES engram(id) ON DELETE CASCADE) STRICT;

CREATE TABLE mention(
  concept INTEGER NOT NULL, place INTEGER NOT NULL, engram INTEGER NOT NULL,
  PRIMARY KEY (concept, place, engram)) STRICT, WITHOUT ROWID;
-- `type` is an `AssociationType`; one that has no direction stands once, from the smaller id.
-- `evidence` counts fibers; `learned` is what use has added, `used` when.
CREATE TABLE association(
  head INTEGER NOT NULL, type INTEGER NOT NULL, tail INTEGER NOT NULL,
  evidence INTEGER NOT NULL, learned REAL NOT NULL DEFAULT 0, reinforced INTEGER NOT NULL DEFAULT 0,
  used REAL, PRIMARY KEY (head, type, tail)) STRICT, WITHOUT ROWID;
CREATE INDEX association_tail ON association(tail, head);
"""

CONCEPT_CHANGES = """
-- What was changed of concepts by hand, so that it can be undone: as JSON what was there before.
CREATE TABLE concept_change(
  id INTEGER PRIMARY KEY AUTOINCREMENT, what TEXT NOT NULL, concept INTEGER NOT NULL,
  done REAL NOT NULL, record TEXT NOT NULL) STRICT;
"""

ASKED = """
-- What is asked after what: topics of questions that came soon after others of the same scope, and
-- how often. `scope` is the name of a collection, "" the library's own: one may ask where nothing
-- was told yet. `topic` and `next` are keys as in `concept_key`, `name` is how `next` was written.
CREATE TABLE follow_up(
  scope TEXT NOT NULL COLLATE NOCASE, topic TEXT NOT NULL, next TEXT NOT NULL, name TEXT NOT NULL,
  times INTEGER NOT NULL, last REAL NOT NULL,
  PRIMARY KEY (scope, topic, next)) STRICT, WITHOUT ROWID;
-- The last question of each scope by its topics, a JSON list of [key, name], and how many questions
-- there were lately, how many of them had an answer, and the sum of how sure those were.
CREATE TABLE asked(
  scope TEXT PRIMARY KEY COLLATE NOCASE, at REAL NOT NULL, topics TEXT NOT NULL,
  questions REAL NOT NULL DEFAULT 0, answered REAL NOT NULL DEFAULT 0,
  judged REAL NOT NULL DEFAULT 0, sureness REAL NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
CREATE TRIGGER asked_collection_goes AFTER DELETE ON collection
BEGIN
  DELETE FROM follow_up WHERE scope = old.name;
  DELETE FROM asked WHERE scope = old.name;
END;
CREATE TRIGGER asked_collection_renamed AFTER UPDATE OF name ON collection
BEGIN
  UPDATE OR REPLACE follow_up SET scope = new.name WHERE scope = old.name;
  UPDATE OR REPLACE asked SET scope = new.name WHERE scope = old.name;
END;
"""
