-- SQLite's REPLACE deletes without firing delete triggers, so an insert over a frozen row is refused too,
-- and no row may take another id.

CREATE TRIGGER frozen_screening_update BEFORE UPDATE ON screening
WHEN old.status <> 'draft' OR new.id <> old.id
BEGIN
    SELECT RAISE(ABORT, 'screening is frozen');
END;

CREATE TRIGGER frozen_screening_delete BEFORE DELETE ON screening
WHEN old.status <> 'draft'
BEGIN
    SELECT RAISE(ABORT, 'screening is frozen');
END;

CREATE TRIGGER frozen_screening_insert BEFORE INSERT ON screening
WHEN EXISTS (SELECT 1 FROM screening AS t WHERE t.id = new.id AND t.status <> 'draft')
BEGIN
    SELECT RAISE(ABORT, 'screening is frozen');
END;

CREATE TRIGGER frozen_programme_update BEFORE UPDATE ON programme
WHEN old.status = 'approved' OR new.id <> old.id
BEGIN
    SELECT RAISE(ABORT, 'programme is frozen');
END;

CREATE TRIGGER frozen_programme_delete BEFORE DELETE ON programme
WHEN old.status = 'approved'
BEGIN
    SELECT RAISE(ABORT, 'programme is frozen');
END;

CREATE TRIGGER frozen_programme_insert BEFORE INSERT ON programme
WHEN EXISTS (SELECT 1 FROM programme AS t WHERE t.id = new.id AND t.status = 'approved')
BEGIN
    SELECT RAISE(ABORT, 'programme is frozen');
END;

CREATE TRIGGER frozen_document_update BEFORE UPDATE ON document
BEGIN
    SELECT RAISE(ABORT, 'document is frozen');
END;

CREATE TRIGGER frozen_document_delete BEFORE DELETE ON document
BEGIN
    SELECT RAISE(ABORT, 'document is frozen');
END;

CREATE TRIGGER frozen_document_insert BEFORE INSERT ON document
WHEN EXISTS (SELECT 1 FROM document AS t WHERE t.id = new.id)
BEGIN
    SELECT RAISE(ABORT, 'document is frozen');
END;

CREATE TRIGGER frozen_document_same_edition BEFORE INSERT ON document
WHEN EXISTS (
    SELECT 1 FROM document AS t
    WHERE t.screening_id = new.screening_id
      AND t.kind = new.kind
      AND t.paper = new.paper
      AND t.language = new.language
      AND t.print_size = new.print_size
      AND t.source_sha256 = new.source_sha256
)
BEGIN
    SELECT RAISE(ABORT, 'document is frozen');
END;

CREATE TRIGGER frozen_audit_event_update BEFORE UPDATE ON audit_event
BEGIN
    SELECT RAISE(ABORT, 'audit_event is frozen');
END;

CREATE TRIGGER frozen_audit_event_delete BEFORE DELETE ON audit_event
BEGIN
    SELECT RAISE(ABORT, 'audit_event is frozen');
END;

CREATE TRIGGER frozen_audit_event_insert BEFORE INSERT ON audit_event
WHEN EXISTS (SELECT 1 FROM audit_event AS t WHERE t.id = new.id)
BEGIN
    SELECT RAISE(ABORT, 'audit_event is frozen');
END;

CREATE TRIGGER frozen_finding_update BEFORE UPDATE ON finding
WHEN EXISTS (SELECT 1 FROM screening AS s WHERE s.id = old.screening_id AND s.status <> 'draft')
  OR EXISTS (SELECT 1 FROM screening AS s WHERE s.id = new.screening_id AND s.status <> 'draft')
  OR new.id <> old.id
BEGIN
    SELECT RAISE(ABORT, 'finding is frozen');
END;

CREATE TRIGGER frozen_finding_delete BEFORE DELETE ON finding
WHEN EXISTS (SELECT 1 FROM screening AS s WHERE s.id = old.screening_id AND s.status <> 'draft')
BEGIN
    SELECT RAISE(ABORT, 'finding is frozen');
END;

CREATE TRIGGER frozen_finding_insert BEFORE INSERT ON finding
WHEN EXISTS (SELECT 1 FROM screening AS s WHERE s.id = new.screening_id AND s.status <> 'draft')
  OR EXISTS (
    SELECT 1 FROM finding AS t JOIN screening AS s ON s.id = t.screening_id
    WHERE t.id = new.id AND s.status <> 'draft'
  )
BEGIN
    SELECT RAISE(ABORT, 'finding is frozen');
END;

CREATE TRIGGER frozen_decision_update BEFORE UPDATE ON decision
WHEN EXISTS (SELECT 1 FROM screening AS s WHERE s.id = old.screening_id AND s.status <> 'draft')
  OR EXISTS (SELECT 1 FROM screening AS s WHERE s.id = new.screening_id AND s.status <> 'draft')
  OR new.id <> old.id
BEGIN
    SELECT RAISE(ABORT, 'decision is frozen');
END;

CREATE TRIGGER frozen_decision_delete BEFORE DELETE ON decision
WHEN EXISTS (SELECT 1 FROM screening AS s WHERE s.id = old.screening_id AND s.status <> 'draft')
BEGIN
    SELECT RAISE(ABORT, 'decision is frozen');
END;

CREATE TRIGGER frozen_decision_insert BEFORE INSERT ON decision
WHEN EXISTS (SELECT 1 FROM screening AS s WHERE s.id = new.screening_id AND s.status <> 'draft')
  OR EXISTS (
    SELECT 1 FROM decision AS t JOIN screening AS s ON s.id = t.screening_id
    WHERE t.id = new.id AND s.status <> 'draft'
  )
BEGIN
    SELECT RAISE(ABORT, 'decision is frozen');
END;
