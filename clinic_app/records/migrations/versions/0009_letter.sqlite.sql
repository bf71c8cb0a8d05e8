CREATE TRIGGER frozen_letter_update BEFORE UPDATE ON letter
WHEN old.status = 'signed' OR new.id <> old.id
BEGIN
    SELECT RAISE(ABORT, 'letter is frozen');
END;

CREATE TRIGGER frozen_letter_delete BEFORE DELETE ON letter
WHEN old.status = 'signed'
BEGIN
    SELECT RAISE(ABORT, 'letter is frozen');
END;

CREATE TRIGGER frozen_letter_insert BEFORE INSERT ON letter
WHEN EXISTS (SELECT 1 FROM letter AS t WHERE t.id = new.id AND t.status = 'signed')
BEGIN
    SELECT RAISE(ABORT, 'letter is frozen');
END;
