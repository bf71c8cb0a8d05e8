CREATE TRIGGER frozen_giving_update BEFORE UPDATE ON giving
WHEN old.taken_back_at IS NOT NULL
  OR new.taken_back_at IS NULL
  OR new.taken_back_by_id IS NULL
  OR new.taken_back_why = ''
  OR new.id <> old.id
  OR new.document_id <> old.document_id
  OR new.patient_id <> old.patient_id
  OR new.given_on <> old.given_on
  OR new.taught_back <> old.taught_back
  OR new.given_by_id <> old.given_by_id
  OR new.given_by <> old.given_by
  OR new.noted_at <> old.noted_at
BEGIN
    SELECT RAISE(ABORT, 'giving is frozen');
END;

CREATE TRIGGER frozen_giving_delete BEFORE DELETE ON giving
BEGIN
    SELECT RAISE(ABORT, 'giving is frozen');
END;

CREATE TRIGGER frozen_giving_insert BEFORE INSERT ON giving
WHEN EXISTS (
    SELECT 1 FROM giving AS t
    WHERE t.id = new.id
       OR (t.document_id = new.document_id AND t.given_on = new.given_on AND t.taken_back_at IS NULL)
)
BEGIN
    SELECT RAISE(ABORT, 'giving is frozen');
END;
