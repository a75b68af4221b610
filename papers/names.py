"""Names of authors, as editors write them: one per line, in the paper's order.

`Given Family`, `Family, Given`, or an organisation in braces. A last line `et al.`
says that the list goes on.
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

ET_AL = "et al."
# Parts that belong to the family name although they are written small. The name is
# split before the first of them: Diego [de las Casas], Laurens [van der Maaten].
PARTICLES = frozenset(
    "af al am auf ben bin d da dal de dei del della den der di do dos du el "
    "la las le los ten ter van vom von y zu zum zur".split()
)
SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
MOST_LISTED, FEW = 12, 6
OTHERS = re.compile(r"(?:and\s+)?(?:et\s+al\.?|others)", re.IGNORECASE)


@dataclass(frozen=True)
class Author:
    """One author; an organisation has a family name alone and is marked as one."""

    family: str
    given: str = ""
    is_organisation: bool = False

    @property
    def display(self) -> str:
        return f"{self.given} {self.family}" if self.given else self.family

    @property
    def slug(self) -> str:
        """The author's address: the name in ASCII, or a digest of it where it has none."""
        plain = unicodedata.normalize("NFKD", self.display).encode("ascii", "ignore")
        slug = re.sub(r"[^a-z0-9]+", "-", plain.decode().lower()).strip("-")
        digest = hashlib.sha256(self.display.encode()).hexdigest()[:12]
        return slug[:200] or f"author-{digest}"

    @property
    def line(self) -> str:
        """The name as an editor writes it: parsing it again gives the same author."""
        if self.is_organisation:
            return f"{{{self.family}}}"
        if read_author(self.display) == self and not OTHERS.fullmatch(self.display):
            return self.display
        return f"{self.family}, {self.given}".rstrip()


@dataclass(frozen=True)
class AuthorList:
    """The authors in order, and whether the paper has more than are listed."""

    authors: tuple[Author, ...] = ()
    is_incomplete: bool = False

    @property
    def first(self) -> tuple[Author, ...]:
        """All of a short list, the first few of a long one."""
        return self.authors[: MOST_LISTED if len(self.authors) <= MOST_LISTED else FEW]

    @property
    def rest(self) -> tuple[Author, ...]:
        return self.authors[len(self.first) :]

    @property
    def in_brief(self) -> str:
        return summarise(self)


def split_name(name: str) -> tuple[str, str]:
    """Split `Given Family` into its two parts."""
    words = name.split()
    start = len(words) - 1
    if start > 0 and words[-1].lower() in SUFFIXES:
        start -= 1
    particle = next((n for n in range(1, start) if words[n] in PARTICLES), start)
    start = min(start, particle)
    return " ".join(words[:start]), " ".join(words[start:])


def parse_author(line: str) -> Author:
    """Return the author on one line. Raise ValueError on a line that holds no name."""
    line = " ".join(line.split())
    author = read_author(line)
    if not any(letter.isalpha() for letter in author.family):
        raise ValueError(f"Not a name: {line!r}.")
    return author


def read_author(line: str) -> Author:
    if line.startswith("{") and line.endswith("}"):
        return Author(line[1:-1].strip(), is_organisation=True)
    if "," in line:
        family, given = line.split(",", 1)
        return Author(family.strip(), given.strip())
    given, family = split_name(line)
    return Author(family, given)


@lru_cache(maxsize=512)
def parse_authors(text: str) -> AuthorList:
    """Return the authors in a text with one per line; empty lines are passed over.

    Raise ValueError, naming the line, where a line holds no name.
    """
    authors: list[Author] = []
    is_incomplete = False
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        if is_incomplete:
            raise ValueError(f"Line {number}: nothing may follow “{ET_AL}”.")
        if OTHERS.fullmatch(line.strip()):
            is_incomplete = True
            continue
        try:
            authors.append(parse_author(line))
        except ValueError as error:
            raise ValueError(f"Line {number}: {error}") from error
    return AuthorList(tuple(authors), is_incomplete)


def to_lines(authors: AuthorList) -> str:
    """The text that parse_authors reads back as the same authors."""
    lines = [author.line for author in authors.authors]
    return "\n".join([*lines, ET_AL] if authors.is_incomplete else lines)


def summarise(authors: AuthorList, most: int = 2) -> str:
    """The authors in a few words: `Ann Lee`, `Ann Lee and Bo Li`, `Ann Lee and 25 others`."""
    names: Sequence[str] = [author.display for author in authors.authors]
    if not names:
        return ""
    if authors.is_incomplete:
        return f"{names[0]} and others"
    if len(names) <= most:
        return " and ".join(names)
    return f"{names[0]} and {len(names) - 1} others"
