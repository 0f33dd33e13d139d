"""Tables of what a library notes of itself: versions, tallies, alerts, stages, what is in mind."""

VERSIONS = """
-- A scope as it was, under a name; `head` is what it says of the scope as a whole, as JSON. Those
-- that the program made before it changed something are `automatic`.
CREATE TABLE version(
  id INTEGER PRIMARY KEY AUTOINCREMENT, scope INTEGER NOT NULL, name TEXT NOT NULL COLLATE NOCASE,
  made REAL NOT NULL, automatic INTEGER NOT NULL, facts INTEGER NOT NULL, notes INTEGER NOT NULL,
  head TEXT NOT NULL, UNIQUE (scope, name)) STRICT;
-- What was told, packed by ranges of ids: a range in which nothing changed is kept once.
CREATE TABLE version_pack(hash BLOB PRIMARY KEY, packed BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE version_part(
  version INTEGER NOT NULL REFERENCES version(id) ON DELETE CASCADE,
  range INTEGER NOT NULL, hash BLOB NOT NULL REFERENCES version_pack(hash),
  PRIMARY KEY (version, range)) STRICT, WITHOUT ROWID;
CREATE INDEX version_part_hash ON version_part(hash);
CREATE TRIGGER version_part_goes AFTER DELETE ON version_part
WHEN NOT EXISTS (SELECT 1 FROM version_part WHERE hash = old.hash)
BEGIN DELETE FROM version_pack WHERE hash = old.hash; END;
-- Another collection may get the number of one that is gone.
CREATE TRIGGER versions_go AFTER DELETE ON collection
BEGIN DELETE FROM version WHERE scope = old.id; END;

-- What an import brought and changed, so that it can be taken back; ids and names alone.
CREATE TABLE import_run(
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, done REAL NOT NULL,
  brought TEXT NOT NULL) STRICT;
-- How a memory was before an import changed it; goes with the memory.
CREATE TABLE import_before(
  run INTEGER NOT NULL REFERENCES import_run(id) ON DELETE CASCADE,
  engram INTEGER NOT NULL REFERENCES engram(id) ON DELETE CASCADE,
  record TEXT NOT NULL, PRIMARY KEY (run, engram)) STRICT, WITHOUT ROWID;
CREATE INDEX import_before_engram ON import_before(engram);
"""

VITAL = """
-- How much there is, kept by triggers, so that nobody has to count it.
CREATE TABLE tally(what TEXT PRIMARY KEY, number INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO tally(what, number) VALUES
  ('concepts', (SELECT count(*) FROM concept)),
  ('associations', (SELECT count(*) FROM association)),
  ('fibers', (SELECT count(*) FROM fiber)),
  ('read', (SELECT coalesce(sum(engrams), 0) FROM source));
CREATE TRIGGER tally_concept AFTER INSERT ON concept
BEGIN UPDATE tally SET number = number + 1 WHERE what = 'concepts'; END;
CREATE TRIGGER tally_concept_goes AFTER DELETE ON concept
BEGIN UPDATE tally SET number = number - 1 WHERE what = 'concepts'; END;
CREATE TRIGGER tally_association AFTER INSERT ON association
BEGIN UPDATE tally SET number = number + 1 WHERE what = 'associations'; END;
CREATE TRIGGER tally_association_goes AFTER DELETE ON association
BEGIN UPDATE tally SET number = number - 1 WHERE what = 'associations'; END;
CREATE TRIGGER tally_fiber AFTER INSERT ON fiber
BEGIN UPDATE tally SET number = number + 1 WHERE what = 'fibers'; END;
CREATE TRIGGER tally_fiber_goes AFTER DELETE ON fiber
BEGIN UPDATE tally SET number = number - 1 WHERE what = 'fibers'; END;
CREATE TRIGGER tally_source AFTER INSERT ON source WHEN new.engrams <> 0
BEGIN UPDATE tally SET number = number + new.engrams WHERE what = 'read'; END;
CREATE TRIGGER tally_source_changes AFTER UPDATE OF engrams ON source
WHEN new.engrams <> old.engrams
BEGIN UPDATE tally SET number = number + new.engrams - old.engrams WHERE what = 'read'; END;
CREATE TRIGGER tally_source_goes AFTER DELETE ON source WHEN old.engrams <> 0
BEGIN UPDATE tally SET number = number - old.engrams WHERE what = 'read'; END;

-- What was found to be too much, too little or too old. `collection` is 0 for the whole library.
-- `status` is active, seen, acknowledged or resolved; `before` what it was until it was resolved,
-- NULL where somebody has resolved it by hand. `value` is what was found, `bound` its limit.
CREATE TABLE alert(
  id INTEGER PRIMARY KEY AUTOINCREMENT, collection INTEGER NOT NULL, type TEXT NOT NULL,
  status TEXT NOT NULL, before TEXT, raised REAL NOT NULL, changed REAL NOT NULL,
  value REAL NOT NULL, bound REAL NOT NULL) STRICT;
CREATE UNIQUE INDEX alert_open ON alert(collection, type) WHERE status <> 'resolved';
CREATE INDEX alert_latest ON alert(collection, type, raised);
-- Another collection may get the number of one that is gone.
CREATE TRIGGER alerts_go AFTER DELETE ON collection
BEGIN DELETE FROM alert WHERE collection = old.id; END;
"""

STAGES = """
-- When the engram came, on how many days and in how many windows of two hours it was recalled, and
-- from when on it is knowledge (see `memory.stages`).
ALTER TABLE strength ADD COLUMN came REAL;
ALTER TABLE strength ADD COLUMN days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE strength ADD COLUMN windows INTEGER NOT NULL DEFAULT 0;
ALTER TABLE strength ADD COLUMN ripe REAL;
UPDATE strength SET days = min(uses, 1), windows = min(uses, 1), came = coalesce(
  (SELECT told FROM fact WHERE fact.engram = strength.engram),
  (SELECT told FROM note WHERE note.engram = strength.engram));
"""

REGIONS = """
-- What was rewarded, and the consolidation that kept it for long: 0 the telling itself, below 0 one
-- that made the row.
ALTER TABLE strength ADD COLUMN reward REAL NOT NULL DEFAULT 0;
ALTER TABLE strength ADD COLUMN kept INTEGER;
CREATE INDEX strength_kept ON strength(kept) WHERE kept <> 0;
"""

IN_MIND = """
-- When facts were recalled or rehearsed last, a few of each scope; telling stands with the fact.
CREATE TABLE in_mind(
  engram INTEGER PRIMARY KEY REFERENCES engram(id) ON DELETE CASCADE,
  scope INTEGER NOT NULL, at REAL NOT NULL) STRICT;
CREATE INDEX in_mind_scope ON in_mind(scope, at);
CREATE TRIGGER in_mind_moves AFTER UPDATE OF scope ON fact
BEGIN UPDATE in_mind SET scope = new.scope WHERE engram = new.engram; END;
"""
