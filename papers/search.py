"""Full-text search: SQLite's FTS5 or PostgreSQL's text search, behind one function.

Both look through the table of search documents, whose index the database keeps in the
edit's own transaction. Words are stemmed as English and compared without accents; the
last word of a query is taken as the beginning of a word.
"""

import re
from dataclasses import dataclass

from django.db import connections
from django.db.models import QuerySet
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

MOST_WORDS = 12
WORD = re.compile(r"[^\W_]+")
# Private-use characters mark what was found until the text around is escaped.
START, END = "\ue000", "\ue001"
# PostgreSQL takes <this> for a tag and passes over it, so brackets are stored in disguise.
DISGUISE = str.maketrans("<>", "\x01\x02")
UNDISGUISE = str.maketrans("\x01\x02", "<>")

SQLITE = """
SELECT d.paper_id,
       highlight(papers_search, 0, %s, %s),
       snippet(papers_search, 2, %s, %s, '…', 32)
FROM papers_search JOIN papers_searchdocument d ON d.paper_id = papers_search.rowid
WHERE papers_search MATCH %s AND d.paper_id IN ({visible})
ORDER BY bm25(papers_search, 10, 4, 1), d.paper_id LIMIT %s
"""
POSTGRESQL = """
SELECT d.paper_id,
       ts_headline('papers_english', d.headline, query, %s),
       ts_headline('papers_english', d.body, query, %s)
FROM papers_searchdocument d, to_tsquery('papers_english', %s) query
WHERE d.words @@ query AND d.paper_id IN ({visible})
ORDER BY ts_rank('{{0.1, 0.2, 0.4, 1.0}}', d.words, query) DESC, d.paper_id LIMIT %s
"""


@dataclass(frozen=True)
class Hit:
    """A paper that matches: its headline and the words around, with the found marked."""

    paper_id: int
    headline: SafeString
    snippet: SafeString


def search(query: str, within: QuerySet, most: int = 50) -> list[Hit]:
    """Return the best hits among the papers of a queryset, best first.

    Any text is a valid query: words are taken from it, and at most the first
    MOST_WORDS of them are looked for. A query without a word finds nothing.
    """
    words = [word.lower() for word in WORD.findall(query)][:MOST_WORDS]
    if not words:
        return []
    connection = connections[within.db]
    visible, parameters = within.order_by().values("pk").query.sql_with_params()
    if connection.vendor == "postgresql":
        matching = " & ".join([*words[:-1], f"{words[-1]}:*"])
        sql = POSTGRESQL
        given = [*PG_HEADLINES, matching, *parameters, most]
    else:
        matching = " ".join([*(f'"{word}"' for word in words[:-1]), f'"{words[-1]}"*'])
        sql = SQLITE
        given = [START, END, START, END, matching, *parameters, most]
    with connection.cursor() as cursor:
        cursor.execute(sql.format(visible=visible), given)
        return [
            Hit(paper_id, mark(headline), mark(snippet))
            for paper_id, headline, snippet in cursor.fetchall()
        ]


PG_HEADLINES = (
    f"StartSel={START},StopSel={END},HighlightAll=true",
    f"StartSel={START},StopSel={END},MaxWords=32,MinWords=16",
)


def storable(text: str) -> str:
    """The text as a search document keeps it."""
    return text.translate(DISGUISE)


def mark(text: str) -> SafeString:
    marked = (
        escape(text.translate(UNDISGUISE))
        .replace(START, "<mark>")
        .replace(END, "</mark>")
    )
    return mark_safe(marked)  # noqa: S308 -- escaped above
