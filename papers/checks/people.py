"""Authors, dates, venue, alt texts and tags: what only looks as if it said something."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import chain

from django.utils import timezone

from papers import alike, dates, names
from papers.checks.findings import Fix, Severity
from papers.checks.passages import passages_of
from papers.checks.registry import Across, Problem, Problems, review_rule, rule
from papers.identifiers import parse_doi, shorten
from papers.values import PaperDocument, ReviewDocument, TagDocument

LONGEST_NAME = 300  # No author's name is longer; of a longer line the start is read.


def today() -> date:
    return timezone.localdate()


# Authors.

IN_WORDS = re.compile(
    r"(?:^|\s)(?:and|&|with|plus|\+)\s+(?:(?:his|her|their|the|its|many|several|some|other|"
    r"more|\d{1,4}|dozens|hundreds|of|over|about)\s+){0,3}(?:colleagues?|others?|co-?authors?|"
    r"collaborators?|team|more|co-?workers?|associates|researchers|contributors|students)\b"
    r"|(?:^|[\s(,+])\d{1,4}\+?\s+(?:other|more|additional|further)s?\b"
    r"|\S\s*\bet\.?\s+al\b|,?\s*(?:\.\.\.|…)\s*\]?$|\S[\s,]+etc\.?$",
    re.IGNORECASE,
)
NO_NAME = re.compile(
    r"(?:(?:the|first|second|third|last|lead|main|co|senior|corresponding|some|test|an?)[\s.-]*)?"
    r"authors?(?:[\s_-]*(?:names?|list|#?\d{1,3}|[a-z]|one|two|three))?"
    r"|(?:john|jane)\s+(?:\w\.?\s+)?(?:doe|roe|q\.? public)|joe bloggs|foo bar|a\.? n\.? other"
    r"|(?:max|erika) mustermann|lorem ipsum.{0,99}|test user"
    r"|(?:first|given|full|last|family)[\s_-]*names?(?:[\s_-]+(?:last|family|sur)[\s_-]*names?)?"
    r"|first\s+last|given\s+family|name\s+surname|(?:your\s+|full\s+)?names?(?:\s+here)?"
    r"|(?:various|multiple|several|many|unknown|anonymous|unnamed|different)"
    r"(?:\s+(?:authors?|researchers?|contributors?|people|writers?))?"
    r"|n/a|n\.a\.?|tb[dac]|todo|none|null|nil|unspecified|placeholder|x{2,9}(?:\s+x{2,9})?"
    r"|(?:(?:authors?|names?)\s+)?(?:not\s+(?:yet\s+)?(?:specified|available|given|listed|"
    r"provided|known|stated|found|disclosed)|to be (?:added|confirmed|announced|determined)|"
    r"unknown|missing).{0,99}"
    r"|see (?:the )?(?:paper|arxiv|link).{0,99}"
    r"|(?:(?:the|our|an?)\s+)?(?:(?:whole|entire|research|project|core|author|paper|"
    r"development|full|original)\s+){0,2}(?:team|authors|researchers|collaborators|"
    r"contributors|colleagues|research group)",
    re.IGNORECASE,
)
# Todo is a family's name too: alone it is none, and not beside such another.
STANDS_FOR_A_NAME = re.compile(
    r"(?:(?:to-?do|tb[dac]|fixme|tk|tktk|n/a|placeholder|x{2,9}|\?{1,9}|_{2,9}|-{1,9}"
    r"|authors?|names?|surnames?|first|last|family|given|full|middle|insert|add|your|here"
    r"|unknown)[\s.,:_\d-]{0,9}){1,9}",
    re.IGNORECASE,
)
A_TEAM = re.compile(
    r".*\s(?:teams?|consortium|collaboration|researchers|contributors|authors)", re.I
)


def read_lines(paper: PaperDocument) -> Iterator[tuple[int, int, str]]:
    """The lines of the authors: number, column of the first letter, and the words."""
    for number, line in enumerate(paper.authors.splitlines(), 1):
        words = line[:LONGEST_NAME].strip()
        if words:
            yield number, line.index(words[0]) + 1, words


def is_in_words(line: str) -> bool:
    """Whether a line says that there are more, but for the line that may say so."""
    return not names.OTHERS.fullmatch(line) and bool(IN_WORDS.search(line))


def is_no_name(line: str) -> bool:
    author = names.read_author(line)
    shown = " ".join(author.display.split()).strip(" .:()[]<>")
    if NO_NAME.fullmatch(shown) or STANDS_FOR_A_NAME.fullmatch(shown) or shown == "NA":
        return True
    return not author.is_organisation and bool(A_TEAM.fullmatch(shown))


@rule("authors.placeholder", Severity.ERROR)
def placeholder_authors(paper: PaperDocument) -> Problems:
    for number, column, line in read_lines(paper):
        if is_no_name(line) and not is_in_words(line):
            reason = f"Name who wrote it: “{shorten(line)}” is no person."
            is_team = bool(A_TEAM.fullmatch(line)) and not NO_NAME.fullmatch(line)
            reason += " Write an organisation in braces." if is_team else ""
            yield Problem("authors", reason, number, column)


@rule("authors.incomplete-words", Severity.WARNING)
def authors_in_words(paper: PaperDocument) -> Problems:
    for number, column, line in read_lines(paper):
        if is_in_words(line):
            reason = f"List every author in place of “{shorten(line)}”, one a line."
            yield Problem("authors", reason, number, column)


# Dates.


def read_date(paper: PaperDocument) -> dates.PartialDate | None:
    """The date; none where it cannot be read, which is a finding of its own."""
    try:
        return dates.parse_date(paper.date)
    except ValueError:
        return None


@rule("dates.imprecise", Severity.INFO)
def imprecise(paper: PaperDocument) -> Problems:
    found = read_date(paper)
    if found and found.precision != "day":
        has_source = paper.arxiv_id.strip() or paper.doi.strip()
        who = "the catalogue knows" if has_source else "the paper or its page may say"
        yield Problem("date", f"Give the day: {who} more than “{found}”.", 1, 1)


@rule("dates.future", Severity.ERROR)
def future(paper: PaperDocument) -> Problems:
    found, now = read_date(paper), today()
    if found and str(found) > now.isoformat()[: len(str(found))]:
        yield Problem(
            "date", f"Correct the date: {found.words} is still to come.", 1, 1
        )


@rule("dates.month", Severity.WARNING)
def other_month(paper: PaperDocument) -> Problems:
    found = read_date(paper)
    if found and found.month and found.month != paper.month:
        reason = f"The paper is of {found.words}: move the entry or correct the date."
        yield "month", reason


# The venue.

PREPRINT = re.compile(
    r"\b(?:arxiv|corr|pre-?prints?|(?:bio|med|chem)rxiv|ssrn)\b", re.I
)
CITED_AS_PREPRINT = re.compile(r"\bpre-?print\b", re.I)
SAYS_MORE = re.compile(
    r"\b(?:publish|accept|appear|proceeding|conference|journal|present|version of record|"
    r"former|earlier|first|originally|no longer|not\b|later|peer)",
    re.IGNORECASE,
)
# arXiv, bioRxiv, Preprints.org, Research Square, SSRN, OSF, ChemRxiv, TechRxiv, Zenodo,
# figshare: what has only such a DOI is not published elsewhere.
PREPRINT_DOIS = tuple(
    f"10.{number}/"
    for number in (
        "48550 1101 64898 20944 21203 2139 31219 31234 26434 36227 5281 6084".split()
    )
)


def is_published(paper: PaperDocument) -> bool:
    """Whether a publisher's DOI says that the paper is more than a preprint."""
    try:
        doi = parse_doi(paper.doi)
    except ValueError:
        return False
    return bool(doi) and not doi.startswith(PREPRINT_DOIS)


@rule("venue.preprint", Severity.INFO)
def cited_as_preprint(paper: PaperDocument) -> Problems:
    venue, note = paper.venue.strip(), paper.citation_note
    has_venue = bool(venue) and not PREPRINT.search(venue)
    if venue and not has_venue and is_published(paper) and not SAYS_MORE.search(venue):
        yield Problem(
            "venue", "The DOI is a publisher's: name where it appeared.", 1, 1
        )
    said = CITED_AS_PREPRINT.search(note)
    names_venue = has_venue and venue.split()[0].casefold() in note.casefold()
    is_more = not names_venue and not SAYS_MORE.search(note)
    if said and is_more and (has_venue or is_published(paper)):
        line = note.count("\n", 0, said.start()) + 1
        column = said.start() - note.rfind("\n", 0, said.start())
        reason = "Cite it as published: the note still calls it a preprint."
        yield Problem("citation_note", reason, line, column)


# Alt texts.

FILE_NAME = re.compile(
    r"(?:\S{1,200}|(?:screen[ _-]?shot|image|photo|picture|copy of)[^\n.]{0,60}(?:\.\d{1,2}){0,3})"
    r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp|tiff?|pdf|heic|csv)"
    r"|(?:img|dscn?|image|figure|fig|screen[ _-]?shot|photo|pic|picture|untitled|scan|chart)"
    r"[ ._-]{0,2}\d{1,9}(?:[ ._-]{1,2}[\w.:]{1,12}){0,5}",
    re.IGNORECASE,
)
SAYS_IT_IS_ONE = re.compile(
    r"(?:an?\s+|the\s+|this\s+(?:is\s+an?\s+)?)?(?:image|picture|graphic)\s+"
    r"(?:of|showing|that\s+shows|which\s+shows|shows|depicting|depicts)\b\s*",
    re.IGNORECASE,
)
GENERIC = frozenset(
    "a an the this some of with to and here see my image images picture pictures figure fig "
    "chart graph plot screenshot photo photograph diagram illustration table alt text graphic "
    "logo icon visual visualisation visualization drawing placeholder todo tbd none na n/a "
    "untitled description caption bar line pie code".split()
)
MOST_GENERIC = 4


def to_words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:/[^\W_]+)?", text.casefold())


def judge_alt(alt: str, caption: str) -> str:
    """What is wrong with an alt text, in words; nothing of a good one."""
    words = to_words(alt)
    if FILE_NAME.fullmatch(alt):
        return "this is a file's name."
    if len(words) <= MOST_GENERIC and GENERIC.issuperset(words):
        return f"“{shorten(alt)}” says nothing of it."
    if words == to_words(caption):
        return "the caption is read out already."
    return ""


@rule("figures.alt-file-name", Severity.WARNING)
def poor_alt_texts(paper: PaperDocument) -> Problems:
    for place, figure in enumerate(paper.figures):
        field, alt = f"figures.{place}.alt", figure.alt.strip()
        if not alt or figure.wanted:
            continue
        if reason := judge_alt(alt, figure.caption):
            yield Problem(field, f"Say what the figure shows: {reason}", 1, 1)
        elif match := SAYS_IT_IS_ONE.match(alt):
            rest = alt[match.end() :]
            fix = Fix(alt, rest[:1].upper() + rest[1:]) if rest else None
            said = shorten(match[0])
            reason = f"Say at once what it shows: leave out “{said}”."
            yield Problem(field, reason, 1, 1, fix)


# Tags.

WITH_SHORT_NAME = re.compile(r"(?P<long>[^()]{2,200})\((?P<short>[^()]{1,60})\)")


def read_tag(key: int, tag: str) -> alike.Named:
    """The tag by itself: `Mixture of experts (MoE)` has two other names."""
    match = WITH_SHORT_NAME.fullmatch(tag.strip()[:LONGEST_NAME])
    return alike.Named(key, tag, aliases=tuple(p.strip() for p in match.groups()) if match else ())  # fmt: skip


@rule("tags.repeated", Severity.WARNING)
def repeated_tags(paper: PaperDocument) -> Problems:
    tags = [read_tag(key, tag) for key, tag in enumerate(paper.tags)]
    for one, other, _ in chain(alike.find_same(tags), alike.find_other_names(tags)):
        said = f"“{shorten(other.name, 30)}” and “{shorten(one.name, 30)}”"
        yield "tags", f"Keep one of the tags {said}: they are the same."


@rule("tags.case", Severity.WARNING)
def tags_in_other_capitals(paper: PaperDocument) -> Problems:
    """Names whose capitals the text mostly writes in another way."""
    texts = [passage.text for _, passage in passages_of(paper)]
    for tag in paper.tags:
        if not any(map(is_name, to_parts(tag))):
            continue
        tag_in_text = rf"(?<!\w){re.escape(tag[:LONGEST_NAME])}(?!\w)"
        name = re.compile(tag_in_text, re.IGNORECASE)
        forms = Counter(found for text in texts for found in name.findall(text))
        same = sum(forms[form] for form in forms if not differ(tag, form))
        usual = max(forms, key=forms.__getitem__, default=tag)
        if forms[usual] > 2 * same:
            yield "tags", f"Write the tag “{tag}” as the text does: “{usual}”."


def to_parts(name: str) -> list[str]:
    return re.split(r"[\s-]+", name)


def is_name(word: str) -> bool:
    """Whether its capitals are a name's: LoRA, O1; not those of a title: Scaling."""
    return word[1:] != word[1:].lower() or word[1:2].isdigit()


def differ(tag: str, form: str) -> bool:
    """Whether a name in the tag has other capitals there, whatever its other words have."""
    parts = zip(to_parts(tag), to_parts(form), strict=False)
    return any(is_name(one) and one != other for one, other in parts)


# What a review's entries say together.


def read_vocabulary(review: ReviewDocument) -> list[alike.Named]:
    """The tags of a review and of its entries, with how many carry each."""
    counts = Counter(chain.from_iterable(set(paper.tags) for paper in review.papers))
    listed = {tag.name for tag in review.tags}
    unlisted = [
        TagDocument(name=name, slug="") for name in counts if name not in listed
    ]
    return [
        alike.Named(key, tag.name, tag.full_name, tag.aliases, counts[tag.name])
        for key, tag in enumerate((*review.tags, *unlisted))
    ]


def carriers_of(review: ReviewDocument) -> dict[str, list[int]]:
    """The places of the entries that carry each tag."""
    carriers: dict[str, list[int]] = defaultdict(list)
    for place, paper in enumerate(review.papers):
        for name in dict.fromkeys(paper.tags):
            carriers[name].append(place)
    return carriers


@review_rule("tags.alike", Severity.WARNING)
def alike_tags(review: ReviewDocument) -> Across:
    carriers = carriers_of(review)
    for pair in alike.near_duplicates(read_vocabulary(review)):
        said = f"“{shorten(pair.one.name, 40)}” and “{shorten(pair.other.name, 40)}”"
        for place in carriers.get(pair.one.name, ()):
            yield place, Problem("tags", f"Make one tag of {said}: {pair.reason}.")


@review_rule("tags.lone", Severity.INFO)
def lone_tags(review: ReviewDocument) -> Across:
    lone: dict[int, list[str]] = defaultdict(list)
    for name, places in carriers_of(review).items():
        if len(places) == 1:
            lone[places[0]].append(f"“{shorten(name, 40)}”")
    for place, names_of_tags in sorted(lone.items()):
        said = ", ".join(names_of_tags)
        yield place, Problem("tags", f"Only this entry carries {said}.")


@review_rule("tags.missing", Severity.WARNING)
def missing_tags(review: ReviewDocument) -> Across:
    """The entries that name a tag of another entry and do not carry it."""
    known = {
        name.casefold(): (name, tag)
        for tag in read_vocabulary(review)
        if tag.papers
        for name in (*tag.aliases, tag.full_name, tag.name)
        if len(name) > 1
    }
    if not known:
        return
    # The longest first, so that “DPO training” is not taken for “DPO”.
    forms = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{forms})(?!\w)", re.IGNORECASE)
    for place, paper in enumerate(review.papers):
        carried = set(paper.tags)
        words = {stems_of(name) for name in carried}
        for field in ("headline", "title", "focus"):
            for match in pattern.finditer(getattr(paper, field)):
                # Some letters have another length or form in lower case.
                found = known.get(match[0].casefold())
                if found is None or found[1].name in carried:
                    continue
                name, tag = found
                # An ordinary word in a sentence about the paper names no subject.
                is_word = field == "focus" and match[0].islower() and " " not in name
                has_it = any(stems_of(tag.name) <= carried_too for carried_too in words)
                if is_written(match[0], name) and not (is_word or has_it):
                    carried.add(tag.name)
                    reason = f"The {field} says “{match[0]}”: add the tag “{tag.name}”."
                    yield place, Problem("tags", reason)


def stems_of(name: str) -> frozenset[str]:
    """The words of a tag, each by what its plural has in common with it."""
    return frozenset(alike.to_singular(word) for word in to_words(name))


def is_written(found: str, name: str) -> bool:
    """Whether a word is meant as the tag: an acronym has its own capitals."""
    is_acronym = name[1:] != name[1:].lower() and " " not in name
    return found == name or not is_acronym
