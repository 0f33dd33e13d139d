-- What version 105 had that has changed since, for `migration`.

CREATE TABLE lease(
  name TEXT PRIMARY KEY, holder TEXT NOT NULL, expires REAL NOT NULL) STRICT, WITHOUT ROWID;

CREATE TRIGGER strength_moves AFTER UPDATE OF scope ON fact
BEGIN UPDATE strength SET place = -1 - new.scope WHERE engram = new.engram; END;

CREATE TRIGGER strength_moves_too AFTER UPDATE OF scope ON note
BEGIN UPDATE strength SET place = -1 - new.scope WHERE engram = new.engram; END;

CREATE TABLE link(
  a INTEGER NOT NULL REFERENCES engram(id) ON DELETE CASCADE,
  b INTEGER NOT NULL REFERENCES engram(id) ON DELETE CASCADE,
  kind TEXT NOT NULL, weight REAL NOT NULL, used REAL NOT NULL, sum INTEGER,
  PRIMARY KEY (a, b, kind)) STRICT, WITHOUT ROWID;

CREATE TABLE used_together(
  a INTEGER NOT NULL REFERENCES engram(id) ON DELETE CASCADE,
  b INTEGER NOT NULL REFERENCES engram(id) ON DELETE CASCADE,
  day INTEGER NOT NULL, times INTEGER NOT NULL, sum INTEGER, PRIMARY KEY (a, b, day)) STRICT,
  WITHOUT ROWID;

CREATE INDEX used_together_b ON used_together(b);

CREATE INDEX used_together_day ON used_together(day);

CREATE TABLE episode(
  id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, cue TEXT NOT NULL,
  eligible TEXT NOT NULL, sum INTEGER) STRICT;
