"""The tables of sleep: runs with how far they came, what they changed, summaries, proposals.

Beside them the days on which the library was in use, and how often what was used together, which
sleep reads and use writes. None of them holds a word of a memory: what a run did is told by ids.
"""

SLEEPS = """
-- One sleep. `id` is also the number of its consolidation. `scope` is a collection, NULL the whole
-- library; `state` asleep, interrupted, done, undoing or undone. `phase` and `cursor` say how far
-- it came, `asked` what was asked of it, `tally` what it did, all three as JSON.
CREATE TABLE sleep_run(
  id INTEGER PRIMARY KEY, scope INTEGER, why TEXT NOT NULL, begun REAL NOT NULL, ended REAL,
  state TEXT NOT NULL, phase TEXT NOT NULL DEFAULT '', cursor TEXT NOT NULL DEFAULT 'null',
  asked TEXT NOT NULL DEFAULT '{}', tally TEXT NOT NULL DEFAULT '{}') STRICT;
-- What a sleep changed, row by row: numbers before and after as JSON, NULL where there was no row.
CREATE TABLE sleep_change(
  run INTEGER NOT NULL REFERENCES sleep_run(id) ON DELETE CASCADE,
  place INTEGER NOT NULL, what TEXT NOT NULL, key TEXT NOT NULL, before TEXT, after TEXT,
  PRIMARY KEY (run, place)) STRICT, WITHOUT ROWID;

-- Memories that speak of the same; the central ones are quoted, word by word. `concepts` is a JSON
-- list of ids.
CREATE TABLE summary(
  id INTEGER PRIMARY KEY AUTOINCREMENT, run INTEGER NOT NULL, scope INTEGER NOT NULL,
  made REAL NOT NULL, concepts TEXT NOT NULL) STRICT;
CREATE INDEX summary_run ON summary(run);
CREATE TABLE summary_member(
  summary INTEGER NOT NULL REFERENCES summary(id) ON DELETE CASCADE,
  engram INTEGER NOT NULL REFERENCES engram(id) ON DELETE CASCADE,
  central INTEGER NOT NULL, PRIMARY KEY (summary, engram)) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX summary_member_engram ON summary_member(engram);
-- Of less than three there is nothing to sum up.
CREATE TRIGGER summary_member_goes AFTER DELETE ON summary_member
WHEN (SELECT count(*) FROM summary_member WHERE summary = old.summary) < 3
BEGIN DELETE FROM summary WHERE id = old.summary; END;
CREATE TRIGGER summaries_go AFTER DELETE ON collection
BEGIN DELETE FROM summary WHERE scope = old.id; END;

-- Links that sleep found worth asking about: of two memories that were used together, or of two
-- concepts (`type` is an `AssociationType`) with `via` between them. `told` is the memory that
-- accepting it has made. What was rejected stays, so that it is not proposed again.
CREATE TABLE proposal(
  id INTEGER PRIMARY KEY AUTOINCREMENT, run INTEGER NOT NULL,
  a INTEGER REFERENCES engram(id) ON DELETE CASCADE,
  b INTEGER REFERENCES engram(id) ON DELETE CASCADE,
  head INTEGER REFERENCES concept(id) ON DELETE CASCADE,
  type INTEGER NOT NULL DEFAULT 0,
  tail INTEGER REFERENCES concept(id) ON DELETE CASCADE,
  via INTEGER REFERENCES concept(id) ON DELETE CASCADE,
  times INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL DEFAULT 'open', made REAL NOT NULL,
  told INTEGER REFERENCES engram(id) ON DELETE SET NULL) STRICT;
CREATE UNIQUE INDEX proposal_pair ON proposal(a, b) WHERE a IS NOT NULL;
CREATE INDEX proposal_b ON proposal(b);
CREATE UNIQUE INDEX proposal_ends ON proposal(head, tail, type) WHERE head IS NOT NULL;
CREATE INDEX proposal_tail ON proposal(tail);
CREATE INDEX proposal_via ON proposal(via);
CREATE INDEX proposal_told ON proposal(told) WHERE told IS NOT NULL;
CREATE INDEX proposal_state ON proposal(state, id);
CREATE INDEX proposal_run ON proposal(run);

-- Days since the epoch on which the library was really in use.
CREATE TABLE awake(day INTEGER PRIMARY KEY) STRICT;
-- How often two memories were used together on a day; only of the last days.
CREATE TABLE used_together(
  a INTEGER NOT NULL REFERENCES engram(id) ON DELETE CASCADE,
  b INTEGER NOT NULL REFERENCES engram(id) ON DELETE CASCADE,
  day INTEGER NOT NULL, times INTEGER NOT NULL, PRIMARY KEY (a, b, day)) STRICT, WITHOUT ROWID;
CREATE INDEX used_together_b ON used_together(b);
CREATE INDEX used_together_day ON used_together(day);
"""

#: Changes of the same kind that were made at once, as compressed JSON of [key, before, after]: a
#: row each took more room than what they tell of.
PACKED = """
ALTER TABLE sleep_change ADD COLUMN packed BLOB;
"""
