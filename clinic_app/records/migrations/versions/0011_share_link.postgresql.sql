CREATE TRIGGER frozen_share_link_update BEFORE UPDATE ON share_link
FOR EACH ROW WHEN (
    OLD.revoked_at IS NOT NULL
    OR NEW.wrong_years < OLD.wrong_years
    OR NEW.opened < OLD.opened
    OR NEW.id <> OLD.id
    OR NEW.token_hash <> OLD.token_hash
    OR NEW.document_id <> OLD.document_id
    OR NEW.made_by_id <> OLD.made_by_id
    OR NEW.made_by <> OLD.made_by
    OR NEW.made_at <> OLD.made_at
    OR NEW.expires_at <> OLD.expires_at
) EXECUTE FUNCTION refuse_frozen();

CREATE TRIGGER frozen_share_link_delete BEFORE DELETE ON share_link
FOR EACH ROW EXECUTE FUNCTION refuse_frozen();

CREATE TRIGGER frozen_share_link_truncate BEFORE TRUNCATE ON share_link EXECUTE FUNCTION refuse_frozen();
