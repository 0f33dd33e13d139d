"""The tables of a `.brain` file, and the named migrations that lead to them.

Each migration runs in one transaction together with its own record. `user_version` is the number
of migrations a library has had; a library with more of them than this program knows is refused.
"""

import sqlite3
import time
import uuid
from collections.abc import Callable

from workbench.store.aliases import ALIASES
from workbench.store.fading_tables import TABLES as FADING
from workbench.store.pictures import SIGHTS
from workbench.store.sleep_schema import PACKED, SLEEPS
from workbench.store.stated_schema import MODELLED, STATED
from workbench.store.synapse_schema import TAUGHT
from workbench.store.vectors import PURPOSES, VECTORS

#: "Engr" in ASCII: what `file` and other programs know a library by.
APPLICATION_ID = 0x456E6772

Migration = Callable[[sqlite3.Connection], None]

_FIRST = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE collection(
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, created REAL NOT NULL) STRICT;

-- AUTOINCREMENT: saved answers and open windows hold ids, so none is ever given to another row.
CREATE TABLE source(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  hash TEXT NOT NULL UNIQUE,          -- SHA-256 of the bytes, or of the record in a JSON Lines file
  key TEXT, title TEXT NOT NULL, author TEXT NOT NULL DEFAULT '', language TEXT NOT NULL DEFAULT '',
  date TEXT NOT NULL DEFAULT '', kind TEXT NOT NULL, reader TEXT NOT NULL,
  size INTEGER NOT NULL DEFAULT 0,    -- bytes of the original
  characters INTEGER NOT NULL DEFAULT 0, passages INTEGER NOT NULL DEFAULT 0,
  engrams INTEGER NOT NULL DEFAULT 0, pages INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'queued',
  added REAL NOT NULL, verified REAL, trashed REAL,
  metadata TEXT NOT NULL DEFAULT '{}', -- JSON object of strings
  notices TEXT NOT NULL DEFAULT '[]'   -- JSON list of sentences
) STRICT;
CREATE INDEX source_key ON source(key) WHERE key IS NOT NULL;

CREATE TABLE location(
  source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
  path TEXT NOT NULL, added REAL NOT NULL, size INTEGER, mtime REAL,
  PRIMARY KEY (source, path)) STRICT, WITHOUT ROWID;
CREATE INDEX location_path ON location(path);

CREATE TABLE membership(
  collection INTEGER NOT NULL REFERENCES collection(id) ON DELETE CASCADE,
  source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
  PRIMARY KEY (collection, source)) STRICT, WITHOUT ROWID;
CREATE INDEX membership_source ON membership(source);

CREATE TABLE section(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL, title TEXT NOT NULL, level INTEGER NOT NULL, kind TEXT NOT NULL,
  start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL,
  UNIQUE (source, ordinal)) STRICT;

CREATE TABLE page(
  source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
  number INTEGER NOT NULL, label TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
  width REAL NOT NULL, height REAL NOT NULL, boxes BLOB NOT NULL,
  PRIMARY KEY (source, number)) STRICT;

-- The words of a passage are section.text[start - section.start : end - section.start].
CREATE TABLE passage(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
  section INTEGER NOT NULL REFERENCES section(id) ON DELETE CASCADE,
  start INTEGER NOT NULL, end INTEGER NOT NULL,
  page INTEGER, page_label TEXT, seconds REAL, box TEXT,
  first_engram INTEGER NOT NULL, last_engram INTEGER NOT NULL) STRICT;
CREATE INDEX passage_section ON passage(section);
CREATE INDEX passage_source ON passage(source);

-- Row ids follow arrival and are never used again: the index counts on it.
CREATE TABLE engram(
  id INTEGER PRIMARY KEY AUTOINCREMENT, passage INTEGER, kind TEXT NOT NULL DEFAULT 'statement',
  start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL) STRICT;

-- Which engrams belong to which source, as ranges: 24 bytes a batch, not an index entry a row.
CREATE TABLE extent(
  first INTEGER PRIMARY KEY, last INTEGER NOT NULL,
  source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE) STRICT;
CREATE INDEX extent_source ON extent(source);

CREATE TABLE job(
  id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL, collection TEXT, title TEXT,
  hash TEXT, size INTEGER,
  state TEXT NOT NULL DEFAULT 'queued', stage TEXT NOT NULL DEFAULT 'queued',
  done INTEGER NOT NULL DEFAULT 0, total INTEGER, unit TEXT NOT NULL DEFAULT '',
  error TEXT NOT NULL DEFAULT '', hint TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '',
  already INTEGER NOT NULL DEFAULT 0, restored INTEGER NOT NULL DEFAULT 0,
  added REAL NOT NULL, started REAL, finished REAL) STRICT;
CREATE INDEX job_state ON job(state);

CREATE TABLE job_source(
  job INTEGER NOT NULL REFERENCES job(id) ON DELETE CASCADE,
  source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
  already INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (job, source)) STRICT, WITHOUT ROWID;

-- Which process works the queue: a lease that is renewed while it lives.
CREATE TABLE lease(
  name TEXT PRIMARY KEY, holder TEXT NOT NULL, expires REAL NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE question(
  id INTEGER PRIMARY KEY, asked REAL NOT NULL, question TEXT NOT NULL,
  scope TEXT NOT NULL DEFAULT '{}', answer TEXT NOT NULL) STRICT;

CREATE TABLE migration(
  name TEXT PRIMARY KEY, applied REAL NOT NULL, program TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""


def sources_and_engrams(connection: sqlite3.Connection) -> None:
    """Sources, their text, engrams, the queue and the questions asked."""
    for statement in _statements(_FIRST):
        connection.execute(statement)
    give_identity(connection)


def give_identity(connection: sqlite3.Connection) -> None:
    """Tell a new library from all others, and when it was made."""
    connection.executemany(
        "INSERT INTO meta(key, value) VALUES (?, ?)",
        [("library_id", uuid.uuid4().hex), ("created", time.time())],
    )


_TAGS = """
-- A tag is a word on a source; `fold` is how it compares, `name` how it is written.
CREATE TABLE tag(
  source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
  fold TEXT NOT NULL, name TEXT NOT NULL, added REAL NOT NULL,
  PRIMARY KEY (source, fold)) STRICT, WITHOUT ROWID;
CREATE INDEX tag_fold ON tag(fold);
"""


def tags_on_sources(connection: sqlite3.Connection) -> None:
    """Words of the user's own on sources."""
    for statement in _statements(_TAGS):
        connection.execute(statement)


def jobs_with_a_purpose(connection: sqlite3.Connection) -> None:
    """Jobs that add (`add`), read a source again (`reindex`) or take a new version (`replace`)."""
    connection.execute("ALTER TABLE job ADD COLUMN purpose TEXT NOT NULL DEFAULT 'add'")


_EVERY_DOCUMENT = """
-- "Read this first" is a higher number; pages left out at the user's word; an address the user
-- typed, which may be private.
ALTER TABLE job ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
ALTER TABLE job ADD COLUMN left_out TEXT NOT NULL DEFAULT '[]';
ALTER TABLE job ADD COLUMN typed INTEGER NOT NULL DEFAULT 0;
-- The page that was in hand when a reading ended badly.
ALTER TABLE job ADD COLUMN page INTEGER;
DROP INDEX job_state;
CREATE INDEX job_state ON job(state, priority DESC, id, size);
CREATE INDEX job_finished ON job(finished, state, size) WHERE finished IS NOT NULL;
CREATE INDEX job_path ON job(path);

-- What has no file of its own, kept as it came (a page of the web): the bytes by their hash,
-- packed by zlib; "kept" says which source was read from which.
CREATE TABLE original(
  hash TEXT PRIMARY KEY, address TEXT NOT NULL, final TEXT NOT NULL, media_type TEXT NOT NULL,
  name TEXT NOT NULL, fetched REAL NOT NULL, size INTEGER NOT NULL, content BLOB NOT NULL) STRICT;
CREATE TABLE kept(
  source INTEGER PRIMARY KEY REFERENCES source(id) ON DELETE CASCADE,
  hash TEXT NOT NULL REFERENCES original(hash)) STRICT;
CREATE INDEX kept_hash ON kept(hash);

-- Folders whose new files are added; what was offered of them is not offered again unchanged.
CREATE TABLE watched(
  folder TEXT PRIMARY KEY, collection TEXT, added REAL NOT NULL,
  problem TEXT NOT NULL DEFAULT '') STRICT;
CREATE TABLE offered(
  folder TEXT NOT NULL REFERENCES watched(folder) ON DELETE CASCADE,
  path TEXT NOT NULL, size INTEGER NOT NULL, mtime REAL NOT NULL,
  PRIMARY KEY (folder, path)) STRICT, WITHOUT ROWID;
"""


def every_document(connection: sqlite3.Connection) -> None:
    """Jobs with a priority and pages left out, originals of the web, watched folders."""
    for statement in _statements(_EVERY_DOCUMENT):
        connection.execute(statement)


_VAULT = """
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


def sealed_vault(connection: sqlite3.Connection) -> None:
    """Values that only a secret opens, and the blind index over their keys."""
    for statement in _statements(_VAULT):
        connection.execute(statement)


_FACTS = """
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


def facts_in_plain_language(connection: sqlite3.Connection) -> None:
    """Facts, who said them, what they claim, and the words that they are found by."""
    for statement in _statements(_FACTS):
        connection.execute(statement)


_WORDS = """
-- Words that the library has read, and where they stand in its space: float16[256], little-endian.
CREATE TABLE learned_word(
  word TEXT PRIMARY KEY, count INTEGER NOT NULL, vector BLOB NOT NULL) STRICT, WITHOUT ROWID;
"""


def learned_words(connection: sqlite3.Connection) -> None:
    """Words with the company they keep."""
    for statement in _statements(_WORDS):
        connection.execute(statement)


_TELLERS = """
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


def facts_by_tellers(connection: sqlite3.Connection) -> None:
    """Facts with the one who told them in their own row, others beside."""
    for statement in _statements(_TELLERS):
        connection.execute(statement)


_GONE = """
-- Facts that were removed, for indexes that still have them: ids alone, in order.
CREATE TABLE fact_gone(place INTEGER PRIMARY KEY AUTOINCREMENT, fact INTEGER NOT NULL) STRICT;
CREATE TRIGGER fact_goes AFTER DELETE ON fact
BEGIN INSERT INTO fact_gone(fact) VALUES (old.engram); END;
"""


def facts_that_are_gone(connection: sqlite3.Connection) -> None:
    """The ids of removed facts, whatever removed them."""
    for statement in _statements(_GONE):
        connection.execute(statement)


_NOTES = """
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


def notes_and_wordings(connection: sqlite3.Connection) -> None:
    """Notes beside facts, kinds and dates of expiry, former wordings, full scopes."""
    for statement in _statements(_NOTES):
        connection.execute(statement)


_PLASTICITY = """
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


def strengths_and_links(connection: sqlite3.Connection) -> None:
    """How strong memories are, what they are linked with, and consolidations to be undone."""
    for statement in _statements(_PLASTICITY):
        connection.execute(statement)


_RECORDS = """
-- What stood here is in the record of each fact and in the index, which is made from the texts.
DROP TABLE claim;
DROP TABLE fact_word;
DROP INDEX fact_same;
ALTER TABLE fact DROP COLUMN same;
"""


def facts_with_records(connection: sqlite3.Connection) -> None:
    """Facts without tables of claims and words beside them."""
    for statement in _statements(_RECORDS):
        connection.execute(statement)


_GRAPH = """
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


def concepts_and_fibers(connection: sqlite3.Connection) -> None:
    """What engrams are about, the ways through them, and the associations that these make."""
    for statement in _statements(_GRAPH):
        connection.execute(statement)


_VERSIONS = """
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


def versions_and_imports(connection: sqlite3.Connection) -> None:
    """Named versions of scopes, and what imports brought."""
    for statement in _statements(_VERSIONS):
        connection.execute(statement)


_CONCEPT_CHANGES = """
-- What was changed of concepts by hand, so that it can be undone: as JSON what was there before.
CREATE TABLE concept_change(
  id INTEGER PRIMARY KEY AUTOINCREMENT, what TEXT NOT NULL, concept INTEGER NOT NULL,
  done REAL NOT NULL, record TEXT NOT NULL) STRICT;
"""


def changes_of_concepts(connection: sqlite3.Connection) -> None:
    """What was changed of concepts by hand."""
    for statement in _statements(_CONCEPT_CHANGES):
        connection.execute(statement)


_KINDS = """
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


def kinds_and_reviews(connection: sqlite3.Connection) -> None:
    """Tags and trust of memories, projects, what is due for review, and contradictions."""
    for statement in _statements(_KINDS):
        connection.execute(statement)


_ASKED = """
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


def what_is_asked_together(connection: sqlite3.Connection) -> None:
    """Which topics are asked one after the other."""
    for statement in _statements(_ASKED):
        connection.execute(statement)


_VITAL = """
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


def tallies_and_alerts(connection: sqlite3.Connection) -> None:
    """How much there is, and what was found to be wrong with that."""
    for statement in _statements(_VITAL):
        connection.execute(statement)


_STAGES = """
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


def stages_of_maturation(connection: sqlite3.Connection) -> None:
    """How spaced the recalls of what is remembered were."""
    for statement in _statements(_STAGES):
        connection.execute(statement)


_REGIONS = """
-- What was rewarded, and the consolidation that kept it for long: 0 the telling itself, below 0 one
-- that made the row.
ALTER TABLE strength ADD COLUMN reward REAL NOT NULL DEFAULT 0;
ALTER TABLE strength ADD COLUMN kept INTEGER;
CREATE INDEX strength_kept ON strength(kept) WHERE kept <> 0;
"""


def rewards_and_long_term_stores(connection: sqlite3.Connection) -> None:
    """What was rewarded and what was kept for long."""
    for statement in _statements(_REGIONS):
        connection.execute(statement)


_IN_MIND = """
-- When facts were recalled or rehearsed last, a few of each scope; telling stands with the fact.
CREATE TABLE in_mind(
  engram INTEGER PRIMARY KEY REFERENCES engram(id) ON DELETE CASCADE,
  scope INTEGER NOT NULL, at REAL NOT NULL) STRICT;
CREATE INDEX in_mind_scope ON in_mind(scope, at);
CREATE TRIGGER in_mind_moves AFTER UPDATE OF scope ON fact
BEGIN UPDATE in_mind SET scope = new.scope WHERE engram = new.engram; END;
"""


def what_is_in_mind(connection: sqlite3.Connection) -> None:
    """Which facts were in mind last."""
    for statement in _statements(_IN_MIND):
        connection.execute(statement)


def sleeps_in_slices(connection: sqlite3.Connection) -> None:
    """Sleeps that can be resumed and undone, summaries, proposals, days of use."""
    for statement in _statements(SLEEPS):
        connection.execute(statement)


def what_is_stated(connection: sqlite3.Connection) -> None:
    """What statements say of two concepts, and what the user says of that."""
    for statement in _statements(STATED):
        connection.execute(statement)


def names_that_mean_one_thing(connection: sqlite3.Connection) -> None:
    """What was found to be one under several names, and what became of it."""
    for statement in _statements(ALIASES):
        connection.execute(statement)


def uses_and_fading(connection: sqlite3.Connection) -> None:
    """The last uses of what is remembered, and when it will have faded."""
    for statement in _statements(FADING):
        connection.execute(statement)


def changes_of_sleep_packed(connection: sqlite3.Connection) -> None:
    """What sleeps changed, many rows in one."""
    for statement in _statements(PACKED):
        connection.execute(statement)


def vectors_of_sentences(connection: sqlite3.Connection) -> None:
    """What embedding models made of the library."""
    for statement in _statements(VECTORS):
        connection.execute(statement)


def what_models_read(connection: sqlite3.Connection) -> None:
    """Triples that language models have read in sentences, and who read what."""
    for statement in _statements(MODELLED):
        connection.execute(statement)


def vectors_of_pictures(connection: sqlite3.Connection) -> None:
    """What a model's vectors are of: sentences or pictures."""
    connection.execute(PURPOSES)


def what_pictures_show(connection: sqlite3.Connection) -> None:
    """What image models have seen, figures on pages among it."""
    for statement in _statements(SIGHTS):
        connection.execute(statement)


def what_asking_taught(connection: sqlite3.Connection) -> None:
    """Learned synapses, the recalls and rewards they come from, and links that were dreamt of."""
    for statement in _statements(TAUGHT):
        connection.execute(statement)


def _statements(script: str) -> list[str]:
    """Cut a script into statements; `executescript` would commit the transaction around it."""
    statements, current = [], ""
    for line in script.splitlines(keepends=True):
        current += line
        if sqlite3.complete_statement(current):
            statements.append(current)
            current = ""
    return statements


#: In order; never reordered, renamed or removed once released.
MIGRATIONS: tuple[Migration, ...] = (
    sources_and_engrams,
    tags_on_sources,
    jobs_with_a_purpose,
    every_document,
    sealed_vault,
    facts_in_plain_language,
    learned_words,
    facts_by_tellers,
    facts_that_are_gone,
    notes_and_wordings,
    strengths_and_links,
    facts_with_records,
    concepts_and_fibers,
    versions_and_imports,
    changes_of_concepts,
    kinds_and_reviews,
    what_is_asked_together,
    tallies_and_alerts,
    stages_of_maturation,
    rewards_and_long_term_stores,
    what_is_in_mind,
    sleeps_in_slices,
    what_is_stated,
    names_that_mean_one_thing,
    uses_and_fading,
    changes_of_sleep_packed,
    vectors_of_sentences,
    what_models_read,
    vectors_of_pictures,
    what_pictures_show,
    what_asking_taught,
)
