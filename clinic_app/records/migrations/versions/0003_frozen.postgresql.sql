CREATE FUNCTION refuse_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING
        MESSAGE = TG_TABLE_NAME || ' is frozen', ERRCODE = 'integrity_constraint_violation';
END $$;

-- It locks the screening, so that a change of a part and a signature cannot pass each other.
CREATE FUNCTION has_ended(screening_id integer) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    current_status text;
BEGIN
    SELECT s.status INTO current_status FROM screening AS s WHERE s.id = has_ended.screening_id FOR SHARE;
    RETURN current_status <> 'draft';
END $$;

CREATE FUNCTION refuse_frozen_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (TG_OP <> 'INSERT' AND has_ended(OLD.screening_id))
        OR (TG_OP <> 'DELETE' AND has_ended(NEW.screening_id)) THEN
        RAISE EXCEPTION USING
            MESSAGE = TG_TABLE_NAME || ' is frozen', ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER frozen_screening BEFORE UPDATE OR DELETE ON screening
FOR EACH ROW WHEN (OLD.status <> 'draft') EXECUTE FUNCTION refuse_frozen();

CREATE TRIGGER frozen_programme BEFORE UPDATE OR DELETE ON programme
FOR EACH ROW WHEN (OLD.status = 'approved') EXECUTE FUNCTION refuse_frozen();

CREATE TRIGGER frozen_document BEFORE UPDATE OR DELETE ON document
FOR EACH ROW EXECUTE FUNCTION refuse_frozen();

CREATE TRIGGER frozen_audit_event BEFORE UPDATE OR DELETE ON audit_event
FOR EACH ROW EXECUTE FUNCTION refuse_frozen();

CREATE TRIGGER frozen_finding BEFORE INSERT OR UPDATE OR DELETE ON finding
FOR EACH ROW EXECUTE FUNCTION refuse_frozen_part();

CREATE TRIGGER frozen_decision BEFORE INSERT OR UPDATE OR DELETE ON decision
FOR EACH ROW EXECUTE FUNCTION refuse_frozen_part();

CREATE TRIGGER frozen_screening_truncate BEFORE TRUNCATE ON screening EXECUTE FUNCTION refuse_frozen();

CREATE TRIGGER frozen_programme_truncate BEFORE TRUNCATE ON programme EXECUTE FUNCTION refuse_frozen();

CREATE TRIGGER frozen_document_truncate BEFORE TRUNCATE ON document EXECUTE FUNCTION refuse_frozen();

CREATE TRIGGER frozen_audit_event_truncate BEFORE TRUNCATE ON audit_event EXECUTE FUNCTION refuse_frozen();

CREATE TRIGGER frozen_finding_truncate BEFORE TRUNCATE ON finding EXECUTE FUNCTION refuse_frozen();

CREATE TRIGGER frozen_decision_truncate BEFORE TRUNCATE ON decision EXECUTE FUNCTION refuse_frozen();
