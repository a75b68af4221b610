"""Full-text search: SQLite's FTS5 or PostgreSQL's text search, behind one function.

Both look through the table of search documents, whose index the database keeps in the
edit's own transaction. Words are stemmed as English and compared without accents;
words in double quotes stand together, and the last word outside of quotes is taken as
the beginning of a word.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connections
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

MOST_WORDS = 12
WORD = re.compile(r"[^\W_]+")
PHRASE = re.compile('["“”„«»]([^"“”„«»]*)["“”„«»]')
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
ORDER BY bm25(papers_search, 10, 4, 1), d.paper_id LIMIT %s OFFSET %s
"""
POSTGRESQL = """
SELECT d.paper_id,
       ts_headline('papers_english', d.headline, query, %s),
       ts_headline('papers_english', d.body, query, %s)
FROM papers_searchdocument d, to_tsquery('papers_english', %s) query
WHERE d.words @@ query AND d.paper_id IN ({visible})
ORDER BY ts_rank('{{0.1, 0.2, 0.4, 1.0}}', d.words, query) DESC, d.paper_id LIMIT %s OFFSET %s
"""
SQLITE_MATCHING = "SELECT rowid FROM papers_search WHERE papers_search MATCH %s"
POSTGRESQL_MATCHING = """
SELECT paper_id FROM papers_searchdocument
WHERE words @@ to_tsquery('papers_english', %s)
"""


@dataclass(frozen=True)
class Term:
    """What has to be found: a word, or the words of a phrase side by side."""

    words: list[str]
    is_quoted: bool = False
    is_beginning: bool = False


@dataclass(frozen=True)
class Hit:
    """A paper that matches: its headline and the words around, with the found marked."""

    paper_id: int
    headline: SafeString
    snippet: SafeString


def search(query: str, within: QuerySet, most: int = 50, after: int = 0) -> list[Hit]:
    """Return the best hits among the papers of a queryset, best first.

    At most `most` of them, without the `after` best.

    Any text is a valid query: words and phrases are taken from it, and at most the
    first MOST_WORDS words are looked for. A query without a word finds nothing.
    """
    terms = parse_query(query)
    if not terms:
        return []
    connection = connections[within.db]
    visible, parameters = within.order_by().values("pk").query.sql_with_params()
    wanted = write_query(terms, connection.vendor)
    if connection.vendor == "postgresql":
        sql = POSTGRESQL
        given = [*PG_HEADLINES, wanted, *parameters, most, after]
    else:
        sql = SQLITE
        given = [START, END, START, END, wanted, *parameters, most, after]
    with connection.cursor() as cursor:
        cursor.execute(sql.format(visible=visible), given)
        return [
            Hit(paper_id, mark(headline), mark(snippet))
            for paper_id, headline, snippet in cursor.fetchall()
        ]


def parse_query(query: str) -> list[Term]:
    """Take the words and phrases from a text; a quote without its pair is no quote."""
    text = normalise(query.lower())
    left = MOST_WORDS
    terms: list[Term] = []
    for place, piece in enumerate(PHRASE.split(text)):
        words = WORD.findall(piece)[:left]
        left -= len(words)
        if place % 2 == 0:
            terms += [Term([word]) for word in words]
        elif words:
            terms.append(Term(words, is_quoted=True))
    for place in reversed(range(len(terms))):
        if not terms[place].is_quoted:
            terms[place] = Term(terms[place].words, is_beginning=True)
            break
    return terms


def write_query(terms: Iterable[Term], vendor: str) -> str:
    """The terms in the database's own language; they hold letters and digits only."""
    if vendor == "postgresql":
        return " & ".join(
            f"{term.words[0]}:*"
            if term.is_beginning
            else f"({' <-> '.join(term.words)})"
            for term in terms
        )
    return " AND ".join(
        f'"{" ".join(term.words)}"{"*" if term.is_beginning else ""}' for term in terms
    )


def matching(query: str, using: str) -> RawSQL | list[int]:
    """The papers in which a query is found, to be used as `pk__in`."""
    terms = parse_query(query)
    if not terms:
        return []
    vendor = connections[using].vendor
    sql = POSTGRESQL_MATCHING if vendor == "postgresql" else SQLITE_MATCHING
    return RawSQL(sql, [write_query(terms, vendor)])  # noqa: S611 -- our own text


def rebuild_index(using: str) -> None:
    """Make SQLite's index anew from the documents; PostgreSQL's cannot fall behind."""
    if connections[using].vendor == "sqlite":
        with connections[using].cursor() as cursor:
            cursor.execute("INSERT INTO papers_search(papers_search) VALUES('rebuild')")


PG_HEADLINES = (
    f"StartSel={START},StopSel={END},HighlightAll=true",
    f"StartSel={START},StopSel={END},MaxWords=32,MinWords=16",
)


def storable(text: str) -> str:
    """The text as a search document keeps it."""
    return normalise(text).translate(DISGUISE)


def normalise(text: str) -> str:
    """The text with each accent in one with its letter, so that words end rightly."""
    return unicodedata.normalize("NFC", text)


def mark(text: str) -> SafeString:
    marked = (
        escape(text.translate(UNDISGUISE))
        .replace(START, "<mark>")
        .replace(END, "</mark>")
    )
    return mark_safe(marked)  # noqa: S308 -- escaped above
