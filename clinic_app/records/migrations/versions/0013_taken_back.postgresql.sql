DROP TRIGGER frozen_giving ON giving;

CREATE TRIGGER frozen_giving_update BEFORE UPDATE ON giving
FOR EACH ROW WHEN (
    OLD.taken_back_at IS NOT NULL
    OR NEW.taken_back_at IS NULL
    OR NEW.taken_back_by_id IS NULL
    OR NEW.taken_back_why = ''
    OR NEW.id <> OLD.id
    OR NEW.document_id <> OLD.document_id
    OR NEW.patient_id <> OLD.patient_id
    OR NEW.given_on <> OLD.given_on
    OR NEW.taught_back <> OLD.taught_back
    OR NEW.given_by_id <> OLD.given_by_id
    OR NEW.given_by <> OLD.given_by
    OR NEW.noted_at <> OLD.noted_at
) EXECUTE FUNCTION refuse_frozen();

CREATE TRIGGER frozen_giving_delete BEFORE DELETE ON giving
FOR EACH ROW EXECUTE FUNCTION refuse_frozen();
