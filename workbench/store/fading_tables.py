"""The tables of what fades and when, as a migration makes them; read by `store.fading`."""

_PLACE = """coalesce(
    (SELECT -1 - scope FROM fact f WHERE f.engram = {row}.engram),
    (SELECT -1 - scope FROM note n WHERE n.engram = {row}.engram),
    (SELECT source FROM extent WHERE first <= {row}.engram AND last >= {row}.engram
     ORDER BY first DESC LIMIT 1))"""

#: `fades` is NULL for what is pinned or laid aside and 0 where it has to be worked out: whoever
#: writes a strength without it leaves a 0 behind.
TABLES = f"""
-- Where an engram belongs, as `review` has it, and when it will have faded.
ALTER TABLE strength ADD COLUMN place INTEGER;
ALTER TABLE strength ADD COLUMN fades REAL;
UPDATE strength SET place = {_PLACE.format(row="strength")},
  fades = CASE WHEN pinned <> 0 OR archived IS NOT NULL THEN NULL ELSE 0 END;
CREATE INDEX strength_fades ON strength(fades) WHERE fades IS NOT NULL;
CREATE INDEX strength_place ON strength(place, fades) WHERE fades IS NOT NULL;
CREATE TRIGGER strength_comes AFTER INSERT ON strength
BEGIN
  UPDATE strength SET place = {_PLACE.format(row="new")},
    fades = CASE WHEN new.pinned <> 0 OR new.archived IS NOT NULL THEN NULL
      ELSE coalesce(new.fades, 0) END WHERE engram = new.engram;
END;
CREATE TRIGGER strength_changes
AFTER UPDATE OF weight, used, pinned, archived, came, ripe ON strength WHEN new.fades IS old.fades
BEGIN
  UPDATE strength SET fades = CASE WHEN new.pinned <> 0 OR new.archived IS NOT NULL THEN NULL
    ELSE 0 END WHERE engram = new.engram;
END;
CREATE TRIGGER strength_moves AFTER UPDATE OF scope ON fact
BEGIN UPDATE strength SET place = -1 - new.scope WHERE engram = new.engram; END;
CREATE TRIGGER strength_moves_too AFTER UPDATE OF scope ON note
BEGIN UPDATE strength SET place = -1 - new.scope WHERE engram = new.engram; END;
-- The last uses of what was used, packed by `memory.recent`.
CREATE TABLE recent_use(
  engram INTEGER PRIMARY KEY REFERENCES engram(id) ON DELETE CASCADE, log BLOB NOT NULL) STRICT;
"""
