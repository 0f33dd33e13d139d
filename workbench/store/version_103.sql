-- What version 103 had that has changed since, for `migration`.

CREATE TABLE review(
  engram INTEGER PRIMARY KEY REFERENCES engram(id) ON DELETE CASCADE,
  place INTEGER, box INTEGER NOT NULL, ease REAL NOT NULL, due REAL, reviewed REAL,
  times INTEGER NOT NULL DEFAULT 0, lapses INTEGER NOT NULL DEFAULT 0, sum INTEGER) STRICT;
