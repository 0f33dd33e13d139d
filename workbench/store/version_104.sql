-- What version 104 had that has changed since, for `migration`.

CREATE TABLE watched(
  folder TEXT PRIMARY KEY, collection TEXT, added REAL NOT NULL,
  problem TEXT NOT NULL DEFAULT '', sum INTEGER, offered TEXT NOT NULL DEFAULT '{}') STRICT;

CREATE TRIGGER in_mind_moves AFTER UPDATE OF scope ON fact
BEGIN UPDATE in_mind SET scope = new.scope WHERE engram = new.engram; END;

CREATE TABLE note_word(
  scope INTEGER NOT NULL, word TEXT NOT NULL,
  note INTEGER NOT NULL REFERENCES note(engram) ON DELETE CASCADE,
  PRIMARY KEY (scope, word, note)) STRICT, WITHOUT ROWID;

CREATE INDEX note_word_note ON note_word(note);

CREATE TRIGGER fiber_takes_sayings AFTER DELETE ON fiber
BEGIN DELETE FROM saying WHERE engram = old.engram; END;

CREATE TABLE version(
  id INTEGER PRIMARY KEY AUTOINCREMENT, scope INTEGER NOT NULL, name TEXT NOT NULL COLLATE NOCASE,
  made REAL NOT NULL, automatic INTEGER NOT NULL, facts INTEGER NOT NULL, notes INTEGER NOT NULL,
  head TEXT NOT NULL, sum INTEGER, UNIQUE (scope, name)) STRICT;

CREATE TABLE version_part(
  version INTEGER NOT NULL REFERENCES version(id) ON DELETE CASCADE,
  range INTEGER NOT NULL, hash BLOB NOT NULL REFERENCES version_pack(hash), sum INTEGER,
  PRIMARY KEY (version, range)) STRICT, WITHOUT ROWID;

CREATE INDEX version_part_hash ON version_part(hash);

CREATE TRIGGER version_part_goes AFTER DELETE ON version_part
WHEN NOT EXISTS (SELECT 1 FROM version_part WHERE hash = old.hash)
BEGIN DELETE FROM version_pack WHERE hash = old.hash; END;

CREATE TABLE memory_tag(
  engram INTEGER NOT NULL REFERENCES engram(id) ON DELETE CASCADE,
  fold TEXT NOT NULL, name TEXT NOT NULL, sum INTEGER, PRIMARY KEY (engram, fold)) STRICT,
  WITHOUT ROWID;

CREATE INDEX memory_tag_fold ON memory_tag(fold);

CREATE TABLE project_memory(
  engram INTEGER NOT NULL REFERENCES engram(id) ON DELETE CASCADE,
  project TEXT NOT NULL COLLATE NOCASE, sum INTEGER, PRIMARY KEY (engram, project)) STRICT,
  WITHOUT ROWID;

CREATE INDEX project_memory_project ON project_memory(project);

CREATE TABLE in_mind(
  engram INTEGER PRIMARY KEY REFERENCES engram(id) ON DELETE CASCADE,
  scope INTEGER NOT NULL, at REAL NOT NULL, sum INTEGER) STRICT;

CREATE INDEX in_mind_scope ON in_mind(scope, at);

CREATE TABLE summary(
  id INTEGER PRIMARY KEY AUTOINCREMENT, run INTEGER NOT NULL, scope INTEGER NOT NULL,
  made REAL NOT NULL, concepts TEXT NOT NULL, sum INTEGER) STRICT;

CREATE TABLE summary_member(
  summary INTEGER NOT NULL REFERENCES summary(id) ON DELETE CASCADE,
  engram INTEGER NOT NULL REFERENCES engram(id) ON DELETE CASCADE,
  central INTEGER NOT NULL, sum INTEGER, PRIMARY KEY (summary, engram)) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX summary_member_engram ON summary_member(engram);

CREATE TRIGGER summary_member_goes AFTER DELETE ON summary_member
WHEN (SELECT count(*) FROM summary_member WHERE summary = old.summary) < 3
BEGIN DELETE FROM summary WHERE id = old.summary; END;

CREATE TRIGGER saying_goes AFTER DELETE ON saying
BEGIN
  INSERT INTO edge_moved(head, type, tail) VALUES (old.head, old.type, old.tail)
  ON CONFLICT DO NOTHING;
END;

CREATE TABLE edge_moved(
  head INTEGER NOT NULL, type INTEGER NOT NULL, tail INTEGER NOT NULL,
  PRIMARY KEY (head, type, tail)) STRICT, WITHOUT ROWID;

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

CREATE TABLE space(
  id INTEGER PRIMARY KEY AUTOINCREMENT, model TEXT NOT NULL, digest TEXT NOT NULL UNIQUE,
  path TEXT NOT NULL, dimension INTEGER NOT NULL, made REAL NOT NULL,
  upto INTEGER NOT NULL DEFAULT 0, gone INTEGER NOT NULL DEFAULT 0,
  active INTEGER NOT NULL DEFAULT 0, purpose TEXT NOT NULL DEFAULT 'text', sum INTEGER) STRICT;

CREATE TRIGGER vector_gone AFTER DELETE ON vector BEGIN
  UPDATE space SET gone = gone + 1 WHERE id = OLD.space;
END;

CREATE TABLE triple_reader(
  id INTEGER PRIMARY KEY AUTOINCREMENT, model TEXT NOT NULL, digest TEXT NOT NULL,
  prompt INTEGER NOT NULL, made REAL NOT NULL, upto INTEGER NOT NULL DEFAULT 0,
  sentences INTEGER NOT NULL DEFAULT 0, triples INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0, unread INTEGER NOT NULL DEFAULT 0,
  empty INTEGER NOT NULL DEFAULT 0, sum INTEGER, UNIQUE (model, digest, prompt)) STRICT;

CREATE TABLE model_triple(
  engram INTEGER NOT NULL REFERENCES engram(id) ON DELETE CASCADE, number INTEGER NOT NULL,
  reader INTEGER NOT NULL REFERENCES triple_reader(id), subject TEXT NOT NULL,
  relation TEXT NOT NULL, object TEXT NOT NULL, flags INTEGER NOT NULL, sum INTEGER,
  PRIMARY KEY (engram, number)) STRICT, WITHOUT ROWID;

CREATE TRIGGER sight_gone AFTER DELETE ON sight BEGIN
  UPDATE space SET gone = gone + 1 WHERE id = OLD.space;
END;

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

-- What it did not have.
DROP TABLE label;
DROP INDEX label_fold;
