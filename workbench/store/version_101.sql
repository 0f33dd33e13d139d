-- What version 101 had that is gone or has changed since, for `migration`.

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
CREATE TABLE vault_tag(tag BLOB PRIMARY KEY, entry BLOB NOT NULL, sum INTEGER) STRICT,
  WITHOUT ROWID;
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
CREATE TABLE tally(what TEXT PRIMARY KEY, number INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE awake(day INTEGER PRIMARY KEY, sum INTEGER) STRICT;
