"""The tables of what statements say of two concepts (`store.stated`)."""

STATED = """
-- What one engram says of two concepts: the evidence of an association. `relation` is what several
-- wordings agree on ("report to"), "" for cue words alone. `place` and `at` are those of its fiber,
-- `start` and `end` where its words have the relation, `flags` and `confidence` (hundredths) as in
-- `stated`, `extractor` in its low 16 bits the version of the rules that drew it, 0 where none did,
-- and above them the `triple_reader` that read it, 0 where none did.
CREATE TABLE saying(
  head INTEGER NOT NULL, type INTEGER NOT NULL, tail INTEGER NOT NULL, place INTEGER NOT NULL,
  engram INTEGER NOT NULL, relation TEXT NOT NULL, flags INTEGER NOT NULL, at REAL NOT NULL,
  start INTEGER NOT NULL, end INTEGER NOT NULL, confidence INTEGER NOT NULL,
  extractor INTEGER NOT NULL,
  PRIMARY KEY (head, type, tail, place, engram, relation, flags)) STRICT, WITHOUT ROWID;
CREATE INDEX saying_engram ON saying(engram);
-- Counted from sayings: how many there are, in how many places, when the first and the last were
-- said, and how far they are believed, from 0 to 1.
CREATE TABLE edge(
  head INTEGER NOT NULL, type INTEGER NOT NULL, tail INTEGER NOT NULL, strength REAL NOT NULL,
  sayings INTEGER NOT NULL, places INTEGER NOT NULL, first REAL NOT NULL, last REAL NOT NULL,
  PRIMARY KEY (head, type, tail)) STRICT, WITHOUT ROWID;
CREATE INDEX edge_out ON edge(head, strength DESC);
CREATE INDEX edge_in ON edge(tail, strength DESC);
-- Edges whose sayings have changed, until they are counted anew.
CREATE TABLE edge_moved(
  head INTEGER NOT NULL, type INTEGER NOT NULL, tail INTEGER NOT NULL,
  PRIMARY KEY (head, type, tail)) STRICT, WITHOUT ROWID;
CREATE TRIGGER saying_goes AFTER DELETE ON saying
BEGIN
  INSERT INTO edge_moved(head, type, tail) VALUES (old.head, old.type, old.tail)
  ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER fiber_takes_sayings AFTER DELETE ON fiber
BEGIN DELETE FROM saying WHERE engram = old.engram; END;
-- Of a fiber that sayings have lengthened, 65536 times the steps and the ties it had by itself.
ALTER TABLE fiber ADD COLUMN plain INTEGER;
-- Engrams from which triples are to be drawn out of turn; all others are by their ids.
CREATE TABLE undrawn(engram INTEGER PRIMARY KEY REFERENCES engram(id) ON DELETE CASCADE) STRICT;
-- What the user said of associations: by keys, since concepts get other numbers when they are read
-- again. 1 confirms, -1 rejects.
CREATE TABLE verdict(
  head TEXT NOT NULL, type INTEGER NOT NULL, tail TEXT NOT NULL, verdict INTEGER NOT NULL,
  at REAL NOT NULL, PRIMARY KEY (head, type, tail)) STRICT, WITHOUT ROWID;
"""

MODELLED = """
-- A language model with one version of what it is asked: who reads triples in sentences. `upto` is
-- the engram up to which it has read; the rest counts what it read, gave, and gave in vain.
CREATE TABLE triple_reader(
  id INTEGER PRIMARY KEY AUTOINCREMENT, model TEXT NOT NULL, digest TEXT NOT NULL,
  prompt INTEGER NOT NULL, made REAL NOT NULL, upto INTEGER NOT NULL DEFAULT 0,
  sentences INTEGER NOT NULL DEFAULT 0, triples INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0, unread INTEGER NOT NULL DEFAULT 0,
  empty INTEGER NOT NULL DEFAULT 0, UNIQUE (model, digest, prompt)) STRICT;
-- What a reader says that a sentence says, in its words. `flags` as of `saying`.
CREATE TABLE model_triple(
  engram INTEGER NOT NULL REFERENCES engram(id) ON DELETE CASCADE, number INTEGER NOT NULL,
  reader INTEGER NOT NULL REFERENCES triple_reader(id), subject TEXT NOT NULL,
  relation TEXT NOT NULL, object TEXT NOT NULL, flags INTEGER NOT NULL,
  PRIMARY KEY (engram, number)) STRICT, WITHOUT ROWID;
"""
