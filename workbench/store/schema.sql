-- The tables of a `.brain` file, version 108.
--
-- What an empty library is made of, and what `expected` compares every library with. `migration`
-- makes libraries of earlier versions ones of this one. In all tables: `sum` is a row's checksum
-- (`checksums`); times are seconds since 1970; `start` and `end` count characters, `end` excluded;
-- lists and objects are JSON. `scope` is the id of a collection, or 0 for what is in none. `place`
-- is the source an engram was read in, or -1 - scope where it was told. `run` is the sleep that
-- made a row, a `change`.

-- Sources, their text, engrams, the queue and the questions asked ---------------------------------

-- What the program knows of the library itself, by key: its `library_id`, since when it exists,
-- settings that are not the usual ones, how far background work is, and counters by which caches
-- know that they are out of date. Each key stands with the module that writes it, most in `meta`.
CREATE TABLE meta(key TEXT PRIMARY KEY, value ANY NOT NULL, sum INTEGER) STRICT, WITHOUT ROWID;

-- A named set of sources and statements. One with a beginning, `starts`, is a project, which may
-- have an end, words of `description` and a list of `tags`. The memories of a project are those
-- that were told into it, and those of other scopes that have its name as a `label`: so they can be
-- taken to another library.
CREATE TABLE collection(
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, created REAL NOT NULL,
  sum INTEGER, starts REAL, ends REAL, description TEXT NOT NULL DEFAULT '',
  tags TEXT NOT NULL DEFAULT '[]') STRICT;

-- What was added: a file, a page, a record of a file of many. AUTOINCREMENT: saved answers and open
-- windows hold ids, so none is ever given to another row. `key` is the id that a JSON Lines file
-- gives it, `date` as it is written there, `kind` the kind of file, `reader` who read it. The four
-- counts are of its text. `state` is the furthest stage that it has reached: queued, read,
-- searchable, verified (at the time `verified`), embedded, linked, learned; or failed. What is in
-- the trash is there since `trashed`. `original` is what is kept of it. `tags` are words of the
-- user's own, a JSON object: how each compares, how it is written and since when.
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
  sum INTEGER, original TEXT REFERENCES original(hash),
  tags TEXT NOT NULL DEFAULT '{}') STRICT;
CREATE INDEX source_original ON source(original) WHERE original IS NOT NULL;
CREATE INDEX source_key ON source(key) WHERE key IS NOT NULL;

-- Where a source was found: the path or address, since when, and the size and time of change that
-- the file had.
CREATE TABLE location(
  source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
  path TEXT NOT NULL, added REAL NOT NULL, size INTEGER, mtime REAL, sum INTEGER,
  PRIMARY KEY (source, path)) STRICT, WITHOUT ROWID;
CREATE INDEX location_path ON location(path);

-- Which sources are in which collections.
CREATE TABLE membership(
  collection INTEGER NOT NULL REFERENCES collection(id) ON DELETE CASCADE,
  source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE, sum INTEGER,
  PRIMARY KEY (collection, source)) STRICT, WITHOUT ROWID;
CREATE INDEX membership_source ON membership(source);

-- A chapter of a source, in its order: its heading, how deep that is, of what `kind` it is, and all
-- of its text, which stands at `start` to `end` of the source's.
CREATE TABLE section(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL, title TEXT NOT NULL, level INTEGER NOT NULL, kind TEXT NOT NULL,
  start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL, sum INTEGER,
  UNIQUE (source, ordinal)) STRICT;

-- A printed page, the `number`th: its label, its part of the source's text, its size in points, and
-- the boxes of its characters, packed.
CREATE TABLE page(
  source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
  number INTEGER NOT NULL, label TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
  width REAL NOT NULL, height REAL NOT NULL, boxes BLOB NOT NULL, sum INTEGER,
  PRIMARY KEY (source, number)) STRICT;

-- A paragraph or so, which is what a search shows: on which page, at which second of a recording,
-- in which box of a picture, and its first and last engram. Its words are section.text[start -
-- section.start : end - section.start].
CREATE TABLE passage(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
  section INTEGER NOT NULL REFERENCES section(id) ON DELETE CASCADE,
  start INTEGER NOT NULL, end INTEGER NOT NULL,
  page INTEGER, page_label TEXT, seconds REAL, box TEXT,
  first_engram INTEGER NOT NULL, last_engram INTEGER NOT NULL, sum INTEGER) STRICT;
CREATE INDEX passage_section ON passage(section);
CREATE INDEX passage_source ON passage(source);

-- One remembered sentence: of a passage, where `kind` is "statement", or told ("fact", or the kind
-- of a note), with no passage. Ids follow arrival and are never used again: the index counts on it.
CREATE TABLE engram(
  id INTEGER PRIMARY KEY AUTOINCREMENT, passage INTEGER, kind TEXT NOT NULL DEFAULT 'statement',
  start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL) STRICT;

-- Which engrams belong to which source, as ranges: 24 bytes a batch, not an index entry a row.
CREATE TABLE extent(
  first INTEGER PRIMARY KEY, last INTEGER NOT NULL,
  source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE) STRICT;
CREATE INDEX extent_source ON extent(source);

-- One path or address on the queue, and what it is to become: a `title` and collection of its own;
-- `purpose` is add, replace or follow (what becomes of a file that has changed), reindex or
-- figures. `state` is queued, running, done, failed or cancelled; `stage` how far that is, `done`
-- of `total` in `unit`. `error`, `hint` and `reason` say what went wrong; `hash` is of the bytes
-- that were read. `already` and `restored` say that it brought nothing new, or only back from the
-- trash. Those of a higher `priority` come first. `left_out` are pages that shall not be read,
-- `page` is where a reading ended, and `typed` marks an address that somebody typed.
CREATE TABLE job(
  id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL, collection TEXT, title TEXT,
  hash TEXT, size INTEGER,
  state TEXT NOT NULL DEFAULT 'queued', stage TEXT NOT NULL DEFAULT 'queued',
  done INTEGER NOT NULL DEFAULT 0, total INTEGER, unit TEXT NOT NULL DEFAULT '',
  error TEXT NOT NULL DEFAULT '', hint TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '',
  already INTEGER NOT NULL DEFAULT 0, restored INTEGER NOT NULL DEFAULT 0,
  added REAL NOT NULL, started REAL, finished REAL, purpose TEXT NOT NULL DEFAULT 'add',
  priority INTEGER NOT NULL DEFAULT 0, left_out TEXT NOT NULL DEFAULT '[]',
  typed INTEGER NOT NULL DEFAULT 0, page INTEGER, sum INTEGER) STRICT;
CREATE INDEX job_state ON job(state, priority DESC, id, size);
CREATE INDEX job_finished ON job(finished, state, size) WHERE finished IS NOT NULL;
CREATE INDEX job_path ON job(path);

-- To which sources a job led; `already` where its content was there before.
CREATE TABLE job_source(
  job INTEGER NOT NULL REFERENCES job(id) ON DELETE CASCADE,
  source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
  already INTEGER NOT NULL DEFAULT 0, sum INTEGER,
  PRIMARY KEY (job, source)) STRICT, WITHOUT ROWID;

-- A saved question: when it was asked, of which sources (`scope`, an object), and its answer with
-- all quotes, an object.
CREATE TABLE question(
  id INTEGER PRIMARY KEY, asked REAL NOT NULL, question TEXT NOT NULL,
  scope TEXT NOT NULL DEFAULT '{}', answer TEXT NOT NULL, sum INTEGER) STRICT;

-- What has no file of its own, kept as it came (a page of the web): the bytes by their hash, packed
-- by zlib, their `size` and type, under which address they were asked for, and under which they
-- were found in the end, and when.
CREATE TABLE original(
  hash TEXT PRIMARY KEY, address TEXT NOT NULL, final TEXT NOT NULL, media_type TEXT NOT NULL,
  name TEXT NOT NULL, fetched REAL NOT NULL, size INTEGER NOT NULL, content BLOB NOT NULL,
  sum INTEGER) STRICT;

-- Values that only a secret opens ------------------------------------------------------------------

-- Ids are random, so that they tell no order. `head` is the key, `body` the value, both sealed;
-- `lock`, a row of `meta`, says what opens them. `rules` is 0.
CREATE TABLE vault_record(
  id INTEGER PRIMARY KEY, lock INTEGER NOT NULL,
  rules INTEGER NOT NULL, head BLOB NOT NULL, body BLOB NOT NULL, sum INTEGER) STRICT;
CREATE INDEX vault_record_lock ON vault_record(lock, rules);

-- Facts, and who said them -------------------------------------------------------------------------

-- What people tell the library, one row a statement, beside its engram. `at` is since when it
-- holds, where that is not when it was `told`; `teller` is who told it first, 0 the user.
CREATE TABLE fact(
  engram INTEGER PRIMARY KEY REFERENCES engram(id) ON DELETE CASCADE,
  scope INTEGER NOT NULL, told REAL NOT NULL, at REAL,
  teller INTEGER NOT NULL DEFAULT 0, sum INTEGER) STRICT;
CREATE INDEX fact_teller ON fact(teller) WHERE teller <> 0;
CREATE TRIGGER fact_goes AFTER DELETE ON fact
BEGIN
  INSERT INTO derived(kind, part, stamp, data)
  SELECT 'gone:fact', coalesce(max(part), 0) + 1, old.engram, X''
  FROM derived WHERE kind = 'gone:fact';
END;

-- Who else has said a fact, and when; 0 is the user.
CREATE TABLE said(
  fact INTEGER NOT NULL REFERENCES fact(engram) ON DELETE CASCADE,
  teller INTEGER NOT NULL, told REAL NOT NULL, sum INTEGER, PRIMARY KEY (fact, teller)) STRICT,
  WITHOUT ROWID;
CREATE INDEX said_teller ON said(teller);

-- Facts with the one who told them in their own row, others beside --------------------------------

-- Who has told facts; 0, the user, has no row.
CREATE TABLE teller(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, sum INTEGER) STRICT;

-- Notes beside facts, kinds and dates of expiry, former wordings, full scopes ---------------------

-- What is told beside facts, one row beside the engram that holds its words: instructions, stances,
-- variables, highlights. `key` tells whether two are the same (the name of a variable, the topic of
-- a stance, the place of a highlight), `name` is how it is written, or the colour of a highlight;
-- `changed` is when its words were. `intensity` is how firm a stance is.
CREATE TABLE note(
  engram INTEGER PRIMARY KEY REFERENCES engram(id) ON DELETE CASCADE,
  scope INTEGER NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL,
  told REAL NOT NULL, changed REAL NOT NULL, intensity REAL, sum INTEGER) STRICT;
CREATE UNIQUE INDEX note_key ON note(scope, kind, key);

-- What is noted about a fact or note beside its words; most have no such row. `kind` is what sort
-- of memory it is, `priority` 0 to 10, `expires` when it counts no more, `trust` how far it is
-- believed.
CREATE TABLE mark(
  engram INTEGER PRIMARY KEY REFERENCES engram(id) ON DELETE CASCADE,
  kind TEXT NOT NULL, priority INTEGER, expires REAL, trust REAL, sum INTEGER) STRICT;
CREATE INDEX mark_kind ON mark(kind);
CREATE INDEX mark_expires ON mark(expires) WHERE expires IS NOT NULL;

-- How a fact or note read before it was edited. A fact gets another id by that: `former` is what it
-- had. `tellers` is a list of those who had said it, "" the user, each with when; `told` and `at`
-- are as they were, and it read so until `until`.
CREATE TABLE wording(
  id INTEGER PRIMARY KEY, engram INTEGER NOT NULL REFERENCES engram(id) ON DELETE CASCADE,
  former INTEGER NOT NULL, text TEXT NOT NULL, tellers TEXT NOT NULL,
  told REAL NOT NULL, at REAL NOT NULL, until REAL NOT NULL, sum INTEGER) STRICT;
CREATE INDEX wording_engram ON wording(engram);

-- How strong memories are, and what they are linked with -----------------------------------------

-- How strong what was ever used is: `weight` at the time `used`, after `uses` uses, which fades
-- from there by `stability` (hours) and `salience` (0 to 1), unless it is `pinned`. `archived` is
-- the change that laid it aside, `kept` the one that keeps it for long. `came` is when the engram
-- came; `days` and `windows` say how spaced its uses were, `ripe` from when on it is knowledge;
-- `reward` is 0 to 1. `fades` is when it will have faded, 0 until that is worked out, NULL where it
-- never will. `recent` has the last uses, packed by `memory.use_history`.
CREATE TABLE strength(
  engram INTEGER PRIMARY KEY REFERENCES engram(id) ON DELETE CASCADE,
  weight REAL NOT NULL, used REAL NOT NULL, uses INTEGER NOT NULL, stability REAL NOT NULL,
  salience REAL NOT NULL, pinned INTEGER NOT NULL, archived INTEGER, came REAL,
  days INTEGER NOT NULL DEFAULT 0, windows INTEGER NOT NULL DEFAULT 0, ripe REAL,
  reward REAL NOT NULL DEFAULT 0, kept INTEGER, place INTEGER, fades REAL, sum INTEGER,
  recent BLOB) STRICT;
CREATE INDEX strength_archived ON strength(archived) WHERE archived IS NOT NULL;
CREATE INDEX strength_kept ON strength(kept) WHERE kept <> 0;
CREATE INDEX strength_fades ON strength(fades) WHERE fades IS NOT NULL;
CREATE INDEX strength_place ON strength(place, fades) WHERE fades IS NOT NULL;
CREATE TRIGGER strength_comes AFTER INSERT ON strength
BEGIN
  UPDATE strength SET place = coalesce(
    (SELECT -1 - scope FROM fact f WHERE f.engram = new.engram),
    (SELECT -1 - scope FROM note n WHERE n.engram = new.engram),
    (SELECT source FROM extent WHERE first <= new.engram AND last >= new.engram
     ORDER BY first DESC LIMIT 1)),
    fades = CASE WHEN new.pinned <> 0 OR new.archived IS NOT NULL THEN NULL
      ELSE coalesce(new.fades, 0) END WHERE engram = new.engram;
END;
CREATE TRIGGER strength_changes
AFTER UPDATE OF weight, used, pinned, archived, came, ripe ON strength WHEN new.fades IS old.fades
BEGIN
  UPDATE strength SET fades = CASE WHEN new.pinned <> 0 OR new.archived IS NOT NULL THEN NULL
    ELSE 0 END WHERE engram = new.engram;
END;

-- What is linked with what, how strongly, and when that was used last; the kind "together" has no
-- direction and stands once, from the smaller. Of that, `days` has how often the two were used
-- together on each of the last days, a JSON object.
CREATE TABLE link(
  a INTEGER NOT NULL REFERENCES engram(id) ON DELETE CASCADE,
  b INTEGER NOT NULL REFERENCES engram(id) ON DELETE CASCADE,
  kind TEXT NOT NULL, weight REAL NOT NULL, used REAL NOT NULL, sum INTEGER, days TEXT,
  PRIMARY KEY (a, b, kind)) STRICT, WITHOUT ROWID;
CREATE INDEX link_b ON link(b);

-- What engrams are about, the ways through them, and the associations that these make -------------

-- What engrams are about. `type` is a `ConceptType`; `mentions` counts the fibers it stands in, and
-- `first` and `last` are when the oldest and newest of them were said. `kept` marks what the user
-- named, typed or merged by hand: it stays when nothing mentions it.
CREATE TABLE concept(
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, type INTEGER NOT NULL,
  mentions INTEGER NOT NULL DEFAULT 0, first REAL, last REAL,
  kept INTEGER NOT NULL DEFAULT 0, sum INTEGER) STRICT;

-- How a concept is written, folded for comparison: what several forms of it have in common.
CREATE TABLE concept_key(
  key TEXT PRIMARY KEY,
  concept INTEGER NOT NULL REFERENCES concept(id) ON DELETE CASCADE) STRICT, WITHOUT ROWID;
CREATE INDEX concept_key_concept ON concept_key(concept);

-- The way through one engram: its concepts in order and what joins them, packed (`fiber_records`).
-- This is the evidence of every association; the tables below are counted from it. `at` is when it
-- was said, `plain` its length before the concepts of triples lengthened it, packed. The four
-- before that are NULL until the fiber has been conducted (how well, how often, when last) or
-- weighed by hand (`salience`).
CREATE TABLE fiber(
  engram INTEGER PRIMARY KEY REFERENCES engram(id) ON DELETE CASCADE,
  place INTEGER NOT NULL, at REAL NOT NULL, record BLOB NOT NULL,
  conductivity REAL, salience REAL, frequency INTEGER, conducted REAL, plain INTEGER) STRICT;
CREATE TRIGGER fiber_goes AFTER DELETE ON fiber
BEGIN
  INSERT OR REPLACE INTO derived(kind, part, stamp, data)
  VALUES ('gone:fiber', old.engram, old.place, old.record);
END;

-- Engrams that are to be linked (`stage` 0), or from which triples are to be drawn (1), out of
-- turn, such as edited ones; all others are by their ids.
CREATE TABLE waiting(
  engram INTEGER NOT NULL REFERENCES engram(id) ON DELETE CASCADE, stage INTEGER NOT NULL,
  PRIMARY KEY (engram, stage)) STRICT, WITHOUT ROWID;

-- Which concept stands in which engram.
CREATE TABLE mention(
  concept INTEGER NOT NULL, place INTEGER NOT NULL, engram INTEGER NOT NULL,
  PRIMARY KEY (concept, place, engram)) STRICT, WITHOUT ROWID;

-- Two concepts that fibers join. `type` is an `AssociationType`; one that has no direction stands
-- once, from the smaller id. `evidence` counts fibers; `learned` is what use has added,
-- `reinforced` how often, `used` when last.
CREATE TABLE association(
  head INTEGER NOT NULL, type INTEGER NOT NULL, tail INTEGER NOT NULL,
  evidence INTEGER NOT NULL, learned REAL NOT NULL DEFAULT 0,
  reinforced INTEGER NOT NULL DEFAULT 0,
  used REAL, PRIMARY KEY (head, type, tail)) STRICT, WITHOUT ROWID;
CREATE INDEX association_tail ON association(tail, head);
-- What was learned of an association goes with the last one between two concepts.
CREATE TRIGGER synapse_goes AFTER DELETE ON association
WHEN NOT EXISTS (SELECT 1 FROM association WHERE head = old.head AND tail = old.tail)
AND NOT EXISTS (SELECT 1 FROM association WHERE head = old.tail AND tail = old.head)
BEGIN
  DELETE FROM synapse WHERE head = old.head AND tail = old.tail;
  DELETE FROM synapse WHERE head = old.tail AND tail = old.head;
END;

-- Named versions of scopes ------------------------------------------------------------------------

-- A scope as it was when the version was `made`, with how many facts and notes; `head` is what it
-- says of the scope as a whole, an object. Those that the program made before it changed something
-- are `automatic`. `parts` is a list of [range, hash in hexadecimal] of the packs that it consists
-- of.
CREATE TABLE version(
  id INTEGER PRIMARY KEY AUTOINCREMENT, scope INTEGER NOT NULL, name TEXT NOT NULL COLLATE NOCASE,
  made REAL NOT NULL, automatic INTEGER NOT NULL, facts INTEGER NOT NULL, notes INTEGER NOT NULL,
  head TEXT NOT NULL, sum INTEGER, parts TEXT NOT NULL DEFAULT '[]', UNIQUE (scope, name))
  STRICT;

-- What was told, packed by ranges of ids: a range in which nothing changed is kept once.
CREATE TABLE version_pack(hash BLOB PRIMARY KEY, packed BLOB NOT NULL, sum INTEGER) STRICT,
  WITHOUT ROWID;

-- Tags and trust of memories, projects, what is due for review, and contradictions ----------------

-- Words of the user's own on memories: of `kind` "tag", as `tag` has them on sources, and
-- "project", the names of the projects that a memory of another scope belongs to. `fold` is how it
-- compares.
CREATE TABLE label(
  engram INTEGER NOT NULL REFERENCES engram(id) ON DELETE CASCADE,
  kind TEXT NOT NULL, fold TEXT NOT NULL COLLATE NOCASE, name TEXT NOT NULL, sum INTEGER,
  PRIMARY KEY (engram, kind, fold)) STRICT, WITHOUT ROWID;
CREATE INDEX label_fold ON label(kind, fold);

-- What the user wants to keep in mind: when it is to be looked at again, and was last, how often,
-- and how often it was forgotten (`lapses`). `place` is found by the library itself, so that a row
-- can be taken to another one as it is. `due` is NULL once somebody has said that it shall not be
-- asked for any more. `state` (1 learning, 2 review, 3 relearning), `stability` in days and
-- `difficulty` are those of FSRS, the latter NULL before the first rating; `front` and `answer` are
-- NULL where they are proposed from the text.
CREATE TABLE review(
  engram INTEGER PRIMARY KEY REFERENCES engram(id) ON DELETE CASCADE,
  place INTEGER, due REAL, reviewed REAL,
  times INTEGER NOT NULL DEFAULT 0, lapses INTEGER NOT NULL DEFAULT 0, sum INTEGER,
  state INTEGER NOT NULL DEFAULT 1, stability REAL, difficulty REAL, front TEXT, answer TEXT)
  STRICT;
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
-- `kind` says in what; `state` is 'open' or what the user has `settled`, and when; `again` is the
-- older one, said once more.
CREATE TABLE conflict(
  older INTEGER NOT NULL REFERENCES engram(id) ON DELETE CASCADE,
  newer INTEGER NOT NULL REFERENCES engram(id) ON DELETE CASCADE,
  kind TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'open', settled REAL, again INTEGER,
  PRIMARY KEY (older, newer)) STRICT, WITHOUT ROWID;
CREATE INDEX conflict_newer ON conflict(newer);
CREATE INDEX conflict_open ON conflict(newer) WHERE state = 'open';

-- What was done, row by row, and can be undone ---------------------------------------------------

-- One act of a person, or one sleep. `kind` says what was done, `scope` to which collection, 0 the
-- library's own, NULL all; `why` is "" where a person did it. `state` is done, undone (`ended`: then), final
-- of what was deleted for good, of a sleep also asleep, interrupted, undoing or redoing; `phase` and
-- `cursor` say how far that came, `asked` what was asked of it (to delete how much), `report` what it
-- did, all three as JSON. `bytes` is what its items take.
CREATE TABLE change(
  id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, scope INTEGER, why TEXT NOT NULL,
  begun REAL NOT NULL, ended REAL, state TEXT NOT NULL, phase TEXT NOT NULL DEFAULT '',
  cursor TEXT NOT NULL DEFAULT 'null', asked TEXT NOT NULL DEFAULT '{}',
  report TEXT NOT NULL DEFAULT '{}', bytes INTEGER NOT NULL DEFAULT 0, sum INTEGER) STRICT;

-- A row that an act has changed: its table, its key as a JSON list, and as JSON its columns before
-- and after, all of them where it came (`before` NULL) or went, else those that differ. A `step` is
-- forgotten as a whole. `undone` items lead to the act, the others back from it. `owner` is the
-- engram whose row it is, or the source, below 0.
CREATE TABLE change_item(
  change INTEGER NOT NULL REFERENCES change(id) ON DELETE CASCADE,
  number INTEGER NOT NULL, step INTEGER NOT NULL, undone INTEGER NOT NULL,
  name TEXT NOT NULL, key TEXT NOT NULL, before TEXT, after TEXT, owner INTEGER, sum INTEGER,
  PRIMARY KEY (change, number)) STRICT, WITHOUT ROWID;
CREATE INDEX change_item_owner ON change_item(owner) WHERE owner IS NOT NULL;

-- What several devices or people share -----------------------------------------------------------

-- What a shared log says of one thing of this library (`memory.group.state`), by a digest of what it
-- identifies: a fact, a tag, a corrected field. The last word counts: the greatest (`clock`, `desk`),
-- `base` is the clock of the word that it replaced. `seen` is a digest of what the library itself
-- says, NULL nothing; `waiting` is a word that has no place here yet, JSON. `sent` is 0 until the log
-- has it. `other` is what somebody else wrote at the same time, JSON. A key `log/` and a hash is a
-- piece of the log that has been merged, the number `clock` of a `desk`.
CREATE TABLE shared(
  key TEXT PRIMARY KEY, clock INTEGER NOT NULL, desk TEXT NOT NULL, base INTEGER NOT NULL,
  seen TEXT, waiting TEXT, other TEXT, sent INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX shared_unsent ON shared(key) WHERE sent = 0;

-- Summaries, proposals, days of use ---------------------------------------------------------------

-- Memories that speak of the same, `members`: a list of [engram, 1 for a central one, which is
-- quoted word by word]. Those that are gone stay in it; of less than three there is nothing to sum
-- up. `concepts` is a list of ids.
CREATE TABLE summary(
  id INTEGER PRIMARY KEY AUTOINCREMENT, run INTEGER NOT NULL, scope INTEGER NOT NULL,
  made REAL NOT NULL, concepts TEXT NOT NULL, sum INTEGER, members TEXT NOT NULL DEFAULT '[]')
  STRICT;

-- Links that sleep found worth asking about: of two memories that were used together, or of two
-- concepts (`type` is an `AssociationType`) with `via`, and perhaps `onward`, between them. `times`
-- is how often they were used, `found` how a dream came by it, with which odds. `state` is open,
-- accepted or rejected; `told` is the memory that accepting it has made. What was rejected stays,
-- so that it is not proposed again.
CREATE TABLE proposal(
  id INTEGER PRIMARY KEY AUTOINCREMENT, run INTEGER NOT NULL,
  a INTEGER REFERENCES engram(id) ON DELETE CASCADE,
  b INTEGER REFERENCES engram(id) ON DELETE CASCADE,
  head INTEGER REFERENCES concept(id) ON DELETE CASCADE,
  type INTEGER NOT NULL DEFAULT 0,
  tail INTEGER REFERENCES concept(id) ON DELETE CASCADE,
  via INTEGER REFERENCES concept(id) ON DELETE CASCADE,
  times INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL DEFAULT 'open', made REAL NOT NULL,
  told INTEGER REFERENCES engram(id) ON DELETE SET NULL,
  onward INTEGER REFERENCES concept(id) ON DELETE CASCADE, found TEXT NOT NULL DEFAULT '',
  odds REAL NOT NULL DEFAULT 0, sum INTEGER) STRICT;
CREATE UNIQUE INDEX proposal_pair ON proposal(a, b) WHERE a IS NOT NULL;
CREATE INDEX proposal_b ON proposal(b);
CREATE UNIQUE INDEX proposal_ends ON proposal(head, tail, type) WHERE head IS NOT NULL;
CREATE INDEX proposal_tail ON proposal(tail);
CREATE INDEX proposal_via ON proposal(via);
CREATE INDEX proposal_told ON proposal(told) WHERE told IS NOT NULL;
CREATE INDEX proposal_onward ON proposal(onward) WHERE onward IS NOT NULL;

-- What statements say of two concepts, and what the user says of that -----------------------------

-- What one engram says of two concepts: the evidence of an association. `relation` is what several
-- wordings agree on ("report to"), "" for cue words alone. `place` and `at` are those of its fiber,
-- `start` and `end` where its words have the relation, `flags` and `confidence` (hundredths) as in
-- `stated`, `extractor` in its low 16 bits the version of the rules that drew it, 0 where none did,
-- and above them the number of the model that read it, 0 where none did.
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

-- What the user said of associations: by keys, since concepts get other numbers when they are read
-- again. A `verdict` of 1 confirms, -1 rejects.
CREATE TABLE verdict(
  head TEXT NOT NULL, type INTEGER NOT NULL, tail TEXT NOT NULL, verdict INTEGER NOT NULL,
  at REAL NOT NULL, sum INTEGER, PRIMARY KEY (head, type, tail)) STRICT, WITHOUT ROWID;

-- What embedding models made of the library -------------------------------------------------------

-- The vector, int8[dimension] · scale, of `count` engrams from `first` on, by the model that stands
-- in `meta` under `space`. An image model's is of the `number`th picture of the source whose first
-- engram is `first`: on `page` (0: it is the whole source), in a box of fractions, a JSON list. Its
-- number 0 is no picture: `page` is the one to go on from, 0 where all has been looked through.
CREATE TABLE vector(
  space INTEGER NOT NULL,
  first INTEGER NOT NULL REFERENCES engram(id) ON DELETE CASCADE,
  number INTEGER NOT NULL DEFAULT 0,
  count INTEGER NOT NULL, scale REAL NOT NULL, numbers BLOB NOT NULL, page INTEGER, box TEXT,
  sum INTEGER, PRIMARY KEY (space, first, number)) STRICT, WITHOUT ROWID;
CREATE INDEX vector_first ON vector(first);

-- Triples that language models have read in sentences, and who read what --------------------------

-- What a language model says that a sentence says, in its words; the models stand in `meta`, by
-- their number `reader`. `flags` as of `saying`.
CREATE TABLE model_triple(
  engram INTEGER NOT NULL REFERENCES engram(id) ON DELETE CASCADE, number INTEGER NOT NULL,
  reader INTEGER NOT NULL, subject TEXT NOT NULL, relation TEXT NOT NULL, object TEXT NOT NULL,
  flags INTEGER NOT NULL, sum INTEGER,
  PRIMARY KEY (engram, number)) STRICT, WITHOUT ROWID;

-- Learned synapses -----------------------------------------------------------------------------

-- How much more strongly one concept speaks to another than their associations say, or, below 0,
-- less; in units of a certain link's weight. `times` it was changed, `used` when last.
CREATE TABLE synapse(
  head INTEGER NOT NULL, tail INTEGER NOT NULL, delta REAL NOT NULL,
  times INTEGER NOT NULL DEFAULT 0, used REAL NOT NULL, sum INTEGER,
  PRIMARY KEY (head, tail)) STRICT, WITHOUT ROWID;

-- What can be learned or counted again -------------------------------------------------------------

-- Arrays of a kind in NumPy's own format, cut into parts; all parts of a kind share one stamp. Other
-- kinds have other rows. "recall": `part` is when, in microseconds, `stamp` the concepts that were
-- fired, a JSON list, and `data` what each left eligible, a JSON list of [head, tail, thousandths].
-- "rows:" and a table: `stamp` is how many rows it has. "word:" and a word that was read: `stamp` is
-- how often, `data` where it stands in the space of words, float16[256]. "gone:fact": facts that
-- were removed, in order, for indexes that have them still; `stamp` is the fact, below 0 where it
-- came back. "gone:fiber": fibers that are to be subtracted; `part` is the engram, `stamp` the place
-- and `data` the record.
CREATE TABLE derived(
  kind TEXT NOT NULL, part INTEGER NOT NULL, stamp TEXT NOT NULL, data BLOB NOT NULL,
  PRIMARY KEY (kind, part)) STRICT;
