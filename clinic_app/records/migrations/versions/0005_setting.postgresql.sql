CREATE TRIGGER frozen_setting BEFORE UPDATE OR DELETE ON setting
FOR EACH ROW EXECUTE FUNCTION refuse_frozen();

CREATE TRIGGER frozen_setting_truncate BEFORE TRUNCATE ON setting EXECUTE FUNCTION refuse_frozen();
