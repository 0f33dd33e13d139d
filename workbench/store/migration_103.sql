-- From version 103 to 104: FSRS schedules reviews, and no boxes and ease. What was reviewed is in
-- review with the interval of its box as its stability; its date remains.

ALTER TABLE review ADD COLUMN state INTEGER NOT NULL DEFAULT 1;
ALTER TABLE review ADD COLUMN stability REAL;
ALTER TABLE review ADD COLUMN difficulty REAL;
ALTER TABLE review ADD COLUMN front TEXT;
ALTER TABLE review ADD COLUMN answer TEXT;
-- An ease of 3.0 to 1.3 becomes a difficulty of 1 to 10.
UPDATE review SET state = 2,
  stability = ease / 2.5 * (json('[1, 3, 7, 14, 30]') ->> (min(max(box, 1), 5) - 1)),
  difficulty = min(max(1 + (3.0 - ease) / 1.7 * 9, 1), 10)
WHERE times > 0;
-- Acts that can be undone say nothing of columns that are gone.
UPDATE change_item SET before = json_remove(before, '$.box', '$.ease'),
  after = json_remove(after, '$.box', '$.ease'), sum = NULL WHERE name = 'review';
