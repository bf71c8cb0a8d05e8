"""Finding a patient by any part of a name: a trigram index on both databases."""

from alembic import op

revision = "0002"
down_revision = "0001"

# Whoever rebuilds `patient` in a later change must make the triggers anew and fill the index:
# INSERT INTO patient_fts(patient_fts) VALUES ('rebuild').
SQLITE = (
    """
    CREATE VIRTUAL TABLE patient_fts
    USING fts5(search_text, content='patient', content_rowid='id', tokenize='trigram')
    """,
    """
    CREATE TRIGGER patient_fts_insert AFTER INSERT ON patient BEGIN
        INSERT INTO patient_fts(rowid, search_text) VALUES (new.id, new.search_text);
    END
    """,
    """
    CREATE TRIGGER patient_fts_delete AFTER DELETE ON patient BEGIN
        INSERT INTO patient_fts(patient_fts, rowid, search_text) VALUES ('delete', old.id, old.search_text);
    END
    """,
    """
    CREATE TRIGGER patient_fts_update AFTER UPDATE OF search_text ON patient BEGIN
        INSERT INTO patient_fts(patient_fts, rowid, search_text) VALUES ('delete', old.id, old.search_text);
        INSERT INTO patient_fts(rowid, search_text) VALUES (new.id, new.search_text);
    END
    """,
)


def upgrade() -> None:
    """Index `search_text`."""
    if op.get_bind().dialect.name == "sqlite":
        for statement in SQLITE:
            op.execute(statement)
    else:
        op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.create_index(
        "ix_patient_search_text",
        "patient",
        ["search_text"],
        postgresql_using="gin",
        postgresql_ops={"search_text": "gin_trgm_ops"},
    )
