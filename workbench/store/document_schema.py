"""Tables of sources and their text, engrams, tags, the queue of jobs, and what was asked."""

FIRST = """
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

TAGS = """
-- A tag is a word on a source; `fold` is how it compares, `name` how it is written.
CREATE TABLE tag(
  source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
  fold TEXT NOT NULL, name TEXT NOT NULL, added REAL NOT NULL,
  PRIMARY KEY (source, fold)) STRICT, WITHOUT ROWID;
CREATE INDEX tag_fold ON tag(fold);
"""

EVERY_DOCUMENT = """
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
