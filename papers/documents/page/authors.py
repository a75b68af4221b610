"""Authors as a page names them, to one a line. Nobody is added, nobody is guessed."""

import re
from collections import Counter
from dataclasses import dataclass

from papers.names import Author, AuthorList, parse_author, to_lines

COLLEAGUES = re.compile(
    r"(?P<head>.*?),?\s*(?:\b(?:and|&)\s+)?"
    r"\b(?P<others>(?:(?:his|her|their|many|several|other|\d{1,5})\s+)*"
    r"(?:colleagues|others|co-?authors|co-?workers|collaborators)|et\.?\s+al\b\.?)"
    r"(?P<tail>.*)",
    re.IGNORECASE,
)
INCLUDING = re.compile(
    r"[\s,:(]*(?:including|incl\.|such as|among them)\s*:?\s*(?P<names>[^()]*?)\s*\)?",
    re.IGNORECASE,
)
UNKNOWN = re.compile(
    r"(?:(?:authors?|names?)\s+)?(?:are\s+|is\s+)?"
    r"(?:not\s+(?:yet\s+)?(?:specified|given|stated|known|listed|named|provided"
    r"|mentioned|available|applicable|found)\b.*"
    r"|to be (?:determined|announced|confirmed|added|done)\b.*"
    r"|(?:unknown|unspecified|unnamed|anonymous|various|multiple|missing|none|todo)"
    r"(?:\s+authors?)?|n\.?/?\s?a\.?|tb[acd]|[\W_]+|x{2,9})",
    re.IGNORECASE,
)
ORGANISATION = re.compile(
    r"(?i:the|a|an)\s.*|.*\b(?:AI|\w*AI|Inc|LLC|Ltd|Corp|GmbH)\b\.?"
    r"|.*\b(?i:teams?|groups?|labs?|laborator(?:y|ies)|consortium|collaboration"
    r"|university|institute|research|corporation|foundation|project|community"
    r"|initiative|centre|center|department|deepmind|organi[sz]ation|company)\b.*"
)
INITIALS = re.compile(r"(?:[A-Z]\.?[\s-]?){1,4}")
PARTS = re.compile(r"\s*,\s*(?:and\s+|&\s+)?|\s+(?:and|&)\s+", re.IGNORECASE)
MOST_WORDS = 6
LONGEST_NAME = 100


@dataclass(frozen=True)
class Authors:
    """The authors of a text: as lines, and how much of the text the lines say."""

    lines: str = ""
    is_unknown: bool = False
    is_incomplete: bool = False
    is_organisation_only: bool = False
    says_all: bool = True


def read_authors(text: str) -> Authors:
    """Return who is named. Raise ValueError when the text is no list of names."""
    words = text.strip().removesuffix(".") if is_sentence(text) else text.strip()
    inner = re.sub(r"^\((.*)\)$", r"\1", words)
    if UNKNOWN.fullmatch(inner):
        return Authors(is_unknown=True, says_all=False)
    found = read_list(re.sub(r"^(?:written\s+)?by\s+", "", words, flags=re.IGNORECASE))
    organisations = [author.is_organisation for author in found.authors]
    lines = to_lines(found)
    return Authors(
        lines=lines,
        is_incomplete=found.is_incomplete,
        is_organisation_only=bool(organisations) and all(organisations),
        says_all=words_of(text) == words_of(lines),
    )


def is_sentence(text: str) -> bool:
    """Whether a full stop at the end belongs to no initial and no `et al.`."""
    return bool(re.search(r"(?<!\bal)(?<!\b[A-Z])(?<!\b[JS]r)\.$", text.strip()))


def words_of(text: str) -> Counter[str]:
    """The words that name somebody; `and colleagues` and `et al.` say the same."""
    match = COLLEAGUES.fullmatch(text)
    if match:
        number = " ".join(re.findall(r"\d+", match["others"]))
        text = f"{match['head']} {number} {match['tail']}"
    said = Counter(re.findall(r"\w+", text.lower()))
    for word in ("and", "et", "al"):
        del said[word]
    return said


def read_list(text: str) -> AuthorList:
    match = COLLEAGUES.fullmatch(text)
    if not match:
        return AuthorList(tuple(names(text)))
    head = list(names(match["head"])) if match["head"].strip() else []
    including = INCLUDING.fullmatch(match["tail"])
    named = list(names(including["names"])) if including else []
    surnames = {author.family for author in named if author.given}
    head = [one for one in head if one.given or one.family not in surnames]
    if not head + named:
        raise ValueError(f"No names: {text!r}.")
    return AuthorList(tuple(head + named), is_incomplete=True)


def names(text: str) -> list[Author]:
    """The names in a list with commas, semicolons and `and`."""
    if ";" in text:
        parts = [re.sub(r"^(?:and|&)\s+", "", part.strip()) for part in text.split(";")]
    else:
        parts = join_initials(PARTS.split(text.strip(" ,")))
        refuse_ambiguous(text, parts)
    return [to_author(part) for part in parts if part]


def refuse_ambiguous(text: str, parts: list[str]) -> None:
    """`Lee, Ann` may be one author or two: that is not for a program to say."""
    are_single = all(part.isascii() and part.isalpha() for part in parts)
    has_and = len(parts) != text.strip(" ,").count(",") + 1
    if are_single and not has_and and len(parts) % 2 == 0:
        raise ValueError(f"One name or more? {text!r}.")


def join_initials(parts: list[str]) -> list[str]:
    """`Lee, A., Li, B.` are two names, when every second part is initials."""
    are_pairs = len(parts) % 2 == 0 and all(
        INITIALS.fullmatch(part) for part in parts[1::2]
    )
    if not are_pairs:
        return parts
    return [", ".join(pair) for pair in zip(parts[::2], parts[1::2], strict=True)]


def to_author(text: str) -> Author:
    if len(text) > 2 * LONGEST_NAME:
        raise ValueError(f"Not a name: {text[:LONGEST_NAME]!r}.")
    name = re.sub(r"\s*\([^()]*\)|[\d*†‡§¹²³]+$", "", text.strip()).strip()
    if ORGANISATION.fullmatch(name) and "{" not in name:
        return Author(name, is_organisation=True)
    author = parse_author(name)
    if not author.is_organisation and not is_name(author):
        raise ValueError(f"Not a name: {name!r}.")
    return author


def is_name(author: Author) -> bool:
    name = author.display
    words = name.split()
    return (
        len(words) <= MOST_WORDS
        and len(name) <= LONGEST_NAME
        and not re.search(r"[\d:/@<>\[\]{}()?!“”\"]", name)
        and not words[-1].islower()
    )
