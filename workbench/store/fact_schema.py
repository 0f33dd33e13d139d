"""Tables of facts: told, by whom, in which words, sealed or replaced, with kinds and reviews."""

VAULT = """
-- A scope's secret is stretched with the salt and at the cost that its lock says; what it opens is
-- known to nobody else. A scope has one lock, or several while an old one was too cheap.
CREATE TABLE vault_lock(
  id INTEGER PRIMARY KEY AUTOINCREMENT, scope TEXT NOT NULL, salt BLOB NOT NULL,
  n INTEGER NOT NULL, r INTEGER NOT NULL, p INTEGER NOT NULL,
  writes INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX vault_lock_scope ON vault_lock(scope);
-- Ids are random, so that they tell no order. `head` is the key, `body` the value, both sealed;
-- `rules` says by which rules the key was cut into words.
CREATE TABLE vault_record(
  id INTEGER PRIMARY KEY, lock INTEGER NOT NULL REFERENCES vault_lock(id),
  rules INTEGER NOT NULL, head BLOB NOT NULL, body BLOB NOT NULL) STRICT;
CREATE INDEX vault_record_lock ON vault_record(lock, rules);
-- Which words lead to which record: neither can be told without the secret.
CREATE TABLE vault_tag(tag BLOB PRIMARY KEY, entry BLOB NOT NULL) STRICT, WITHOUT ROWID;
"""

FACTS = """
-- What people tell the library, one row a statement, beside its engram. `scope` is a collection, 0
-- the library's own; `same` stands for the words, whatever their case and spacing.
CREATE TABLE fact(
  engram INTEGER PRIMARY KEY REFERENCES engram(id) ON DELETE CASCADE,
  scope INTEGER NOT NULL, same INTEGER NOT NULL, told REAL NOT NULL, at REAL NOT NULL) STRICT;
CREATE INDEX fact_same ON fact(scope, same);
-- Who said it: "" is the user.
CREATE TABLE said(
  fact INTEGER NOT NULL REFERENCES fact(engram) ON DELETE CASCADE,
  source TEXT NOT NULL, told REAL NOT NULL, PRIMARY KEY (fact, source)) STRICT, WITHOUT ROWID;
CREATE INDEX said_source ON said(source);
-- What a statement claims. A newer claim of one `topic` takes the place of an older one, and a
-- denial that of what has the same `content`. The value is engram.text[start:end].
CREATE TABLE claim(
  fact INTEGER NOT NULL REFERENCES fact(engram) ON DELETE CASCADE,
  place INTEGER NOT NULL, scope INTEGER NOT NULL, topic INTEGER NOT NULL, content INTEGER NOT NULL,
  subject TEXT NOT NULL, relation TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
  negative INTEGER NOT NULL, confidence REAL NOT NULL, at REAL NOT NULL,
  PRIMARY KEY (fact, place)) STRICT, WITHOUT ROWID;
CREATE INDEX claim_topic ON claim(scope, topic, at) WHERE topic <> 0;
CREATE INDEX claim_content ON claim(scope, content, at);
-- Which facts hold which word or dictionary form.
CREATE TABLE fact_word(
  scope INTEGER NOT NULL, word INTEGER NOT NULL,
  fact INTEGER NOT NULL REFERENCES fact(engram) ON DELETE CASCADE,
  PRIMARY KEY (scope, word, fact)) STRICT, WITHOUT ROWID;
CREATE INDEX fact_word_fact ON fact_word(fact);
"""

WORDS = """
-- Words that the library has read, and where they stand in its space: float16[256], little-endian.
CREATE TABLE learned_word(
  word TEXT PRIMARY KEY, count INTEGER NOT NULL, vector BLOB NOT NULL) STRICT, WITHOUT ROWID;
"""

TELLERS = """
-- Who has told facts; 0, the user, has no row.
CREATE TABLE teller(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
INSERT INTO teller(name) SELECT DISTINCT source FROM said WHERE source <> '';

-- Most facts are told once, and hold since: `at` is NULL where it is `told`. `claims` is what the
-- grammar makes of the text (`claim_records`), NULL where it has not been asked yet.
CREATE TABLE fact_anew(
  engram INTEGER PRIMARY KEY REFERENCES engram(id) ON DELETE CASCADE,
  scope INTEGER NOT NULL, same INTEGER NOT NULL, told REAL NOT NULL, at REAL,
  teller INTEGER NOT NULL DEFAULT 0, claims BLOB) STRICT;
INSERT INTO fact_anew(engram, scope, same, told, at, teller)
  SELECT engram, scope, same, told, nullif(at, told), coalesce((
    SELECT t.id FROM said s LEFT JOIN teller t ON t.name = s.source WHERE s.fact = engram
    ORDER BY s.told, s.source LIMIT 1), 0) FROM fact ORDER BY engram;

-- Who else said it, later.
CREATE TABLE said_anew(
  fact INTEGER NOT NULL REFERENCES fact(engram) ON DELETE CASCADE,
  teller INTEGER NOT NULL, told REAL NOT NULL, PRIMARY KEY (fact, teller)) STRICT, WITHOUT ROWID;
INSERT INTO said_anew(fact, teller, told)
  SELECT s.fact, coalesce(t.id, 0), s.told FROM said s LEFT JOIN teller t ON t.name = s.source
  WHERE coalesce(t.id, 0) <> (SELECT teller FROM fact_anew WHERE engram = s.fact);

DROP TABLE said;
DROP TABLE fact;
ALTER TABLE fact_anew RENAME TO fact;
ALTER TABLE said_anew RENAME TO said;
CREATE INDEX fact_same ON fact(scope, same);
CREATE INDEX fact_teller ON fact(teller) WHERE teller <> 0;
CREATE INDEX said_teller ON said(teller);
"""

GONE = """
-- Facts that were removed, for indexes that still have them: ids alone, in order.
CREATE TABLE fact_gone(place INTEGER PRIMARY KEY AUTOINCREMENT, fact INTEGER NOT NULL) STRICT;
CREATE TRIGGER fact_goes AFTER DELETE ON fact
BEGIN INSERT INTO fact_gone(fact) VALUES (old.engram); END;
"""

NOTES = """
-- What is told beside facts, one row beside the engram that holds its words: instructions, stances,
-- variables. `key` tells whether two are the same (the name of a variable, the topic of a stance),
-- `name` is how it is written.
CREATE TABLE note(
  engram INTEGER PRIMARY KEY REFERENCES engram(id) ON DELETE CASCADE,
  scope INTEGER NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL,
  told REAL NOT NULL, changed REAL NOT NULL, intensity REAL) STRICT;
CREATE UNIQUE INDEX note_key ON note(scope, kind, key);
CREATE TABLE note_word(
  scope INTEGER NOT NULL, word TEXT NOT NULL,
  note INTEGER NOT NULL REFERENCES note(engram) ON DELETE CASCADE,
  PRIMARY KEY (scope, word, note)) STRICT, WITHOUT ROWID;
CREATE INDEX note_word_note ON note_word(note);
-- What is noted about a fact or note beside its words; most have no such row.
CREATE TABLE mark(
  engram INTEGER PRIMARY KEY REFERENCES engram(id) ON DELETE CASCADE,
  kind TEXT NOT NULL, priority INTEGER, expires REAL) STRICT;
CREATE INDEX mark_kind ON mark(kind);
CREATE INDEX mark_expires ON mark(expires) WHERE expires IS NOT NULL;
-- How a fact or note read before it was edited. A fact gets another id by that: `former` is what
-- it had. `tellers` is a JSON list of those who had said it, "" the user, each with when.
CREATE TABLE wording(
  id INTEGER PRIMARY KEY, engram INTEGER NOT NULL REFERENCES engram(id) ON DELETE CASCADE,
  former INTEGER NOT NULL, text TEXT NOT NULL, tellers TEXT NOT NULL,
  told REAL NOT NULL, at REAL NOT NULL, until REAL NOT NULL) STRICT;
CREATE INDEX wording_engram ON wording(engram);
-- How many facts a scope keeps at most, and how many have left it over that. It held `held` when
-- the last removal of a fact was number `seen`, none of them with an id below `oldest`.
CREATE TABLE capacity(
  scope INTEGER PRIMARY KEY, most INTEGER, dropped INTEGER NOT NULL DEFAULT 0,
  held INTEGER, seen INTEGER NOT NULL DEFAULT 0, oldest INTEGER NOT NULL DEFAULT 0) STRICT;
"""

RECORDS = """
-- What stood here is in the record of each fact and in the index, which is made from the texts.
DROP TABLE claim;
DROP TABLE fact_word;
DROP INDEX fact_same;
ALTER TABLE fact DROP COLUMN same;
"""

KINDS = """
-- How far a memory is trusted, from 0 to 1, where somebody has said so.
ALTER TABLE mark ADD COLUMN trust REAL;
-- Words of the user's own on memories, as `tag` has them on sources.
CREATE TABLE memory_tag(
  engram INTEGER NOT NULL REFERENCES engram(id) ON DELETE CASCADE,
  fold TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (engram, fold)) STRICT, WITHOUT ROWID;
CREATE INDEX memory_tag_fold ON memory_tag(fold);
-- A collection with a beginning and an end; `tags` is a JSON list. Its memories are those that were
-- told into the collection, and those of other scopes that are named to it in `project_memory`, by
-- the name of the collection: so they can be taken to another library.
CREATE TABLE project(
  collection INTEGER PRIMARY KEY REFERENCES collection(id) ON DELETE CASCADE,
  starts REAL NOT NULL, ends REAL, description TEXT NOT NULL DEFAULT '',
  tags TEXT NOT NULL DEFAULT '[]') STRICT;
CREATE TABLE project_memory(
  engram INTEGER NOT NULL REFERENCES engram(id) ON DELETE CASCADE,
  project TEXT NOT NULL COLLATE NOCASE, PRIMARY KEY (engram, project)) STRICT, WITHOUT ROWID;
CREATE INDEX project_memory_project ON project_memory(project);
-- What the user wants to keep in mind: when it is to be looked at again. `place` is as in `fiber`,
-- and found by the library itself, so that a row can be taken to another one as it is. `due` is
-- NULL once somebody has said that it shall not be asked for any more; `ease` and `box` are told by
-- `memory.kinds.spacing`.
CREATE TABLE review(
  engram INTEGER PRIMARY KEY REFERENCES engram(id) ON DELETE CASCADE,
  place INTEGER, box INTEGER NOT NULL, ease REAL NOT NULL, due REAL, reviewed REAL,
  times INTEGER NOT NULL DEFAULT 0, lapses INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX review_due ON review(due) WHERE due IS NOT NULL;
CREATE INDEX review_place ON review(place, due);
CREATE TRIGGER review_comes AFTER INSERT ON review
BEGIN
  UPDATE review SET place = coalesce(
    (SELECT -1 - scope FROM fact WHERE engram = new.engram),
    (SELECT -1 - scope FROM note WHERE engram = new.engram),
    (SELECT source FROM extent WHERE first <= new.engram AND last >= new.engram
     ORDER BY first DESC LIMIT 1)) WHERE engram = new.engram;
END;
-- Facts that contradict each other, `older` as it held before, derived from what facts claim.
-- `state` is 'open' or what the user has settled; `again` is the older one, said once more.
CREATE TABLE conflict(
  older INTEGER NOT NULL REFERENCES engram(id) ON DELETE CASCADE,
  newer INTEGER NOT NULL REFERENCES engram(id) ON DELETE CASCADE,
  kind TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'open', settled REAL, again INTEGER,
  PRIMARY KEY (older, newer)) STRICT, WITHOUT ROWID;
CREATE INDEX conflict_newer ON conflict(newer);
CREATE INDEX conflict_open ON conflict(newer) WHERE state = 'open';
"""
