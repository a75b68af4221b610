"""The full-text index over the search documents; the database keeps it up to date."""

from django.db import migrations

SQLITE = [
    """
    CREATE VIRTUAL TABLE papers_search USING fts5(
        headline, names, body,
        content='papers_searchdocument', content_rowid='paper_id',
        tokenize='porter unicode61 remove_diacritics 2', prefix='2 3'
    )
    """,
    """
    CREATE TRIGGER papers_search_insert AFTER INSERT ON papers_searchdocument BEGIN
        INSERT INTO papers_search(rowid, headline, names, body)
        VALUES (new.paper_id, new.headline, new.names, new.body);
    END
    """,
    """
    CREATE TRIGGER papers_search_delete AFTER DELETE ON papers_searchdocument BEGIN
        INSERT INTO papers_search(papers_search, rowid, headline, names, body)
        VALUES ('delete', old.paper_id, old.headline, old.names, old.body);
    END
    """,
    """
    CREATE TRIGGER papers_search_update AFTER UPDATE ON papers_searchdocument BEGIN
        INSERT INTO papers_search(papers_search, rowid, headline, names, body)
        VALUES ('delete', old.paper_id, old.headline, old.names, old.body);
        INSERT INTO papers_search(rowid, headline, names, body)
        VALUES (new.paper_id, new.headline, new.names, new.body);
    END
    """,
]
SQLITE_BACK = [
    "DROP TRIGGER papers_search_insert",
    "DROP TRIGGER papers_search_delete",
    "DROP TRIGGER papers_search_update",
    "DROP TABLE papers_search",
]
POSTGRESQL = [
    "CREATE EXTENSION IF NOT EXISTS unaccent",
    # No stop words: every word that a reader asks for is looked for, as in SQLite.
    """
    CREATE TEXT SEARCH DICTIONARY papers_stem (TEMPLATE = snowball, LANGUAGE = english)
    """,
    "CREATE TEXT SEARCH CONFIGURATION papers_english (COPY = english)",
    """
    ALTER TEXT SEARCH CONFIGURATION papers_english ALTER MAPPING
    FOR asciiword, asciihword, hword_asciipart, word, hword, hword_part
    WITH unaccent, papers_stem
    """,
    """
    ALTER TABLE papers_searchdocument ADD COLUMN words tsvector
    GENERATED ALWAYS AS (
        setweight(to_tsvector('papers_english', headline), 'A') ||
        setweight(to_tsvector('papers_english', names), 'B') ||
        setweight(to_tsvector('papers_english', body), 'C')
    ) STORED
    """,
    "CREATE INDEX papers_search ON papers_searchdocument USING gin(words)",
]
POSTGRESQL_BACK = [
    "ALTER TABLE papers_searchdocument DROP COLUMN words",
    "DROP TEXT SEARCH CONFIGURATION papers_english",
    "DROP TEXT SEARCH DICTIONARY papers_stem",
]


def run(sqlite, postgresql):
    def operation(apps, schema_editor):
        is_sqlite = schema_editor.connection.vendor == "sqlite"
        for statement in sqlite if is_sqlite else postgresql:
            schema_editor.execute(statement)

    return operation


class Migration(migrations.Migration):
    dependencies = [("papers", "0001_initial")]

    operations = [
        migrations.RunPython(
            run(SQLITE, POSTGRESQL), run(SQLITE_BACK, POSTGRESQL_BACK)
        )
    ]
