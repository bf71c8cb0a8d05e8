CREATE TRIGGER frozen_giving_update BEFORE UPDATE ON giving
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
    WHERE t.id = new.id OR (t.document_id = new.document_id AND t.given_on = new.given_on)
)
BEGIN
    SELECT RAISE(ABORT, 'giving is frozen');
END;
