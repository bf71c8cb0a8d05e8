CREATE TRIGGER frozen_giving BEFORE UPDATE OR DELETE ON giving
FOR EACH ROW EXECUTE FUNCTION refuse_frozen();

CREATE TRIGGER frozen_giving_truncate BEFORE TRUNCATE ON giving EXECUTE FUNCTION refuse_frozen();
