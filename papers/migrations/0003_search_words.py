"""PostgreSQL takes the same words from a text as SQLite does.

Its parser keeps "2401.04088", "GPT-4" and "low-rank" together in one way or another, so
that a part of them, or a phrase that crosses them, is not found. A word ends at every
sign of ASCII now, and no phrase reaches from one column into the next.
"""

from django.db import migrations

SIGNS = "!\"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~"
WORDS = f"translate(%s, '{SIGNS}', repeat(' ', {len(SIGNS) - 1}))"
COLUMNS = ("headline", "names", "body")
DROP = "ALTER TABLE papers_searchdocument DROP COLUMN words"
INDEX = "CREATE INDEX papers_search ON papers_searchdocument USING gin(words)"
# What nobody can search for takes a place between two columns.
GAP = "'\"¶\":1'::tsvector ||"


def add(text, gap):
    headline, names, body = (text.replace("%s", name) for name in COLUMNS)
    return f"""
    ALTER TABLE papers_searchdocument ADD COLUMN words tsvector
    GENERATED ALWAYS AS (
        setweight(to_tsvector('papers_english', {headline}), 'A') || {gap}
        setweight(to_tsvector('papers_english', {names}), 'B') || {gap}
        setweight(to_tsvector('papers_english', {body}), 'C')
    ) STORED
    """


def run(statements):
    def operation(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements:
                # Without parameters a per cent sign is one.
                schema_editor.execute(statement, params=None)

    return operation


class Migration(migrations.Migration):
    dependencies = [("papers", "0002_search_index")]

    operations = [
        migrations.RunPython(
            run([DROP, add(WORDS, GAP), INDEX]), run([DROP, add("%s", ""), INDEX])
        )
    ]
