CREATE TRIGGER frozen_letter BEFORE UPDATE OR DELETE ON letter
FOR EACH ROW WHEN (OLD.status = 'signed') EXECUTE FUNCTION refuse_frozen();

CREATE TRIGGER frozen_letter_truncate BEFORE TRUNCATE ON letter EXECUTE FUNCTION refuse_frozen();
