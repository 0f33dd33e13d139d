-- What version 101 had that is gone or has changed since, for `migration`.

CREATE TABLE collection(
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, created REAL NOT NULL,
  sum INTEGER) STRICT;
CREATE TRIGGER versions_go AFTER DELETE ON collection
BEGIN DELETE FROM version WHERE scope = old.id; END;
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
CREATE TRIGGER alerts_go AFTER DELETE ON collection
BEGIN DELETE FROM alert WHERE collection = old.id; END;
CREATE TRIGGER summaries_go AFTER DELETE ON collection
BEGIN DELETE FROM summary WHERE scope = old.id; END;
CREATE TABLE source(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  hash TEXT NOT NULL UNIQUE,          -- SHA-256 of the bytes, or of the record in a JSON Lines file
  key TEXT, title TEXT NOT NULL, author TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT '',
  date TEXT NOT NULL DEFAULT '', kind TEXT NOT NULL, reader TEXT NOT NULL,
  size INTEGER NOT NULL DEFAULT 0,    -- bytes of the original
  characters INTEGER NOT NULL DEFAULT 0, passages INTEGER NOT NULL DEFAULT 0,
  engrams INTEGER NOT NULL DEFAULT 0, pages INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'queued',
  added REAL NOT NULL, verified REAL, trashed REAL,
  metadata TEXT NOT NULL DEFAULT '{}', -- JSON object of strings
  notices TEXT NOT NULL DEFAULT '[]',  -- JSON list of sentences
  sum INTEGER) STRICT;
CREATE TRIGGER tally_source AFTER INSERT ON source WHEN new.engrams <> 0
BEGIN UPDATE tally SET number = number + new.engrams WHERE what = 'read'; END;
CREATE TRIGGER tally_source_changes AFTER UPDATE OF engrams ON source
WHEN new.engrams <> old.engrams
BEGIN UPDATE tally SET number = number + new.engrams - old.engrams WHERE what = 'read'; END;
CREATE TRIGGER tally_source_goes AFTER DELETE ON source WHEN old.engrams <> 0
BEGIN UPDATE tally SET number = number - old.engrams WHERE what = 'read'; END;
CREATE TABLE migration(
  name TEXT PRIMARY KEY, applied REAL NOT NULL, program TEXT NOT NULL, sum INTEGER) STRICT,
  WITHOUT ROWID;
CREATE TABLE kept(
  source INTEGER PRIMARY KEY REFERENCES source(id) ON DELETE CASCADE,
  hash TEXT NOT NULL REFERENCES original(hash), sum INTEGER) STRICT;
CREATE INDEX kept_hash ON kept(hash);
CREATE TABLE watched(
  folder TEXT PRIMARY KEY, collection TEXT, added REAL NOT NULL,
  problem TEXT NOT NULL DEFAULT '', sum INTEGER) STRICT;
CREATE TABLE offered(
  folder TEXT NOT NULL REFERENCES watched(folder) ON DELETE CASCADE,
  path TEXT NOT NULL, size INTEGER NOT NULL, mtime REAL NOT NULL, sum INTEGER,
  PRIMARY KEY (folder, path)) STRICT, WITHOUT ROWID;
CREATE TABLE vault_tag(tag BLOB PRIMARY KEY, entry BLOB NOT NULL, sum INTEGER) STRICT,
  WITHOUT ROWID;
CREATE TABLE capacity(
  scope INTEGER PRIMARY KEY, most INTEGER, dropped INTEGER NOT NULL DEFAULT 0,
  held INTEGER, seen INTEGER NOT NULL DEFAULT 0, oldest INTEGER NOT NULL DEFAULT 0,
  sum INTEGER) STRICT;
CREATE TABLE strength(
  engram INTEGER PRIMARY KEY REFERENCES engram(id) ON DELETE CASCADE,
  weight REAL NOT NULL, used REAL NOT NULL, uses INTEGER NOT NULL, stability REAL NOT NULL,
  salience REAL NOT NULL, pinned INTEGER NOT NULL, archived INTEGER, came REAL,
  days INTEGER NOT NULL DEFAULT 0, windows INTEGER NOT NULL DEFAULT 0, ripe REAL,
  reward REAL NOT NULL DEFAULT 0, kept INTEGER, place INTEGER, fades REAL, sum INTEGER) STRICT;
CREATE INDEX consolidation_scope ON consolidation(scope);
CREATE TRIGGER tally_concept AFTER INSERT ON concept
BEGIN UPDATE tally SET number = number + 1 WHERE what = 'concepts'; END;
CREATE TRIGGER tally_concept_goes AFTER DELETE ON concept
BEGIN UPDATE tally SET number = number - 1 WHERE what = 'concepts'; END;
CREATE TRIGGER tally_fiber AFTER INSERT ON fiber
BEGIN UPDATE tally SET number = number + 1 WHERE what = 'fibers'; END;
CREATE TRIGGER tally_fiber_goes AFTER DELETE ON fiber
BEGIN UPDATE tally SET number = number - 1 WHERE what = 'fibers'; END;
CREATE TRIGGER tally_association AFTER INSERT ON association
BEGIN UPDATE tally SET number = number + 1 WHERE what = 'associations'; END;
CREATE TRIGGER tally_association_goes AFTER DELETE ON association
BEGIN UPDATE tally SET number = number - 1 WHERE what = 'associations'; END;
CREATE TABLE project(
  collection INTEGER PRIMARY KEY REFERENCES collection(id) ON DELETE CASCADE,
  starts REAL NOT NULL, ends REAL, description TEXT NOT NULL DEFAULT '',
  tags TEXT NOT NULL DEFAULT '[]', sum INTEGER) STRICT;
CREATE TABLE asked(
  scope TEXT PRIMARY KEY COLLATE NOCASE, at REAL NOT NULL, topics TEXT NOT NULL,
  questions REAL NOT NULL DEFAULT 0, answered REAL NOT NULL DEFAULT 0,
  judged REAL NOT NULL DEFAULT 0, sureness REAL NOT NULL DEFAULT 0, sum INTEGER) STRICT,
  WITHOUT ROWID;
CREATE TABLE tally(what TEXT PRIMARY KEY, number INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE alert(
  id INTEGER PRIMARY KEY AUTOINCREMENT, collection INTEGER NOT NULL, type TEXT NOT NULL,
  status TEXT NOT NULL, before TEXT, raised REAL NOT NULL, changed REAL NOT NULL,
  value REAL NOT NULL, bound REAL NOT NULL, sum INTEGER) STRICT;
CREATE UNIQUE INDEX alert_open ON alert(collection, type) WHERE status <> 'resolved';
CREATE INDEX alert_latest ON alert(collection, type, raised);
CREATE INDEX summary_run ON summary(run);
CREATE INDEX proposal_state ON proposal(state, id);
CREATE INDEX proposal_run ON proposal(run);
CREATE TABLE awake(day INTEGER PRIMARY KEY, sum INTEGER) STRICT;
CREATE TABLE recent_use(
  engram INTEGER PRIMARY KEY REFERENCES engram(id) ON DELETE CASCADE, log BLOB NOT NULL,
  sum INTEGER) STRICT;
CREATE TABLE looked(
  space INTEGER NOT NULL REFERENCES space(id) ON DELETE CASCADE,
  first INTEGER NOT NULL REFERENCES engram(id) ON DELETE CASCADE,
  after INTEGER NOT NULL, sum INTEGER,
  PRIMARY KEY (space, first)) STRICT, WITHOUT ROWID;
CREATE INDEX looked_first ON looked(first);
CREATE INDEX episode_at ON episode(at);
CREATE INDEX lesson_about ON lesson(about) WHERE about <> '';

DROP INDEX source_original;
