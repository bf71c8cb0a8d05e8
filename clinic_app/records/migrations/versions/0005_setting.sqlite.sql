CREATE TRIGGER frozen_setting_update BEFORE UPDATE ON setting
BEGIN
    SELECT RAISE(ABORT, 'setting is frozen');
END;

CREATE TRIGGER frozen_setting_delete BEFORE DELETE ON setting
BEGIN
    SELECT RAISE(ABORT, 'setting is frozen');
END;

CREATE TRIGGER frozen_setting_insert BEFORE INSERT ON setting
WHEN EXISTS (SELECT 1 FROM setting AS t WHERE t.id = new.id)
BEGIN
    SELECT RAISE(ABORT, 'setting is frozen');
END;
