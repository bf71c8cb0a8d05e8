CREATE TRIGGER frozen_share_link_update BEFORE UPDATE ON share_link
WHEN old.revoked_at IS NOT NULL
  OR new.wrong_years < old.wrong_years
  OR new.opened < old.opened
  OR new.id <> old.id
  OR new.token_hash <> old.token_hash
  OR new.document_id <> old.document_id
  OR new.made_by_id <> old.made_by_id
  OR new.made_by <> old.made_by
  OR new.made_at <> old.made_at
  OR new.expires_at <> old.expires_at
BEGIN
    SELECT RAISE(ABORT, 'share_link is frozen');
END;

CREATE TRIGGER frozen_share_link_delete BEFORE DELETE ON share_link
BEGIN
    SELECT RAISE(ABORT, 'share_link is frozen');
END;

CREATE TRIGGER frozen_share_link_insert BEFORE INSERT ON share_link
WHEN EXISTS (SELECT 1 FROM share_link AS t WHERE t.id = new.id OR t.token_hash = new.token_hash)
BEGIN
    SELECT RAISE(ABORT, 'share_link is frozen');
END;
