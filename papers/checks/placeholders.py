"""What only stands for words that are still to come."""

import re
from collections.abc import Iterator
from itertools import chain

from papers.checks.findings import Severity
from papers.checks.passages import (
    Passage,
    Passages,
    passages_of,
    problem_at,
    quote,
    read_plain,
    titles_of,
)
from papers.checks.phrases import any_of, compile_phrases
from papers.checks.registry import Problem, Problems, rule
from papers.values import PaperDocument

WAY_TO_ADD = (
    r"(?:insert|add|replace|fill|put|enter|paste|write|provide|specify|include|upload|"
    r"attach|describe|complete|expand|your|todo|tbd|fixme|to be|to come|name of|"
    r"link to|citation|source|reference)"
)
THING = (
    r"(?:link|figure|image|citation|reference|source|url|table|chart|diagram|number|date"
    r"|name|text|caption|summary|content|description|title|section|screenshot|code"
    r"|picture|photo|illustration|graphic|plot|quote|value|paragraph|footnote|video)s?"
)
# Nothing that is there is in one of these states.
STATE = (
    r"(?:needed|missing|required|pending|outstanding|awaited|tbd|tba|tbc|tk|here"
    r"|goes here|to (?:come|follow)(?: (?:soon|later|shortly))?)"
)
DONE_LATER = (
    r"(?:added|inserted|supplied|written|completed|provided|drawn|redrawn|redone"
    r"|filled(?: in)?|confirmed|checked|verified|decided|determined|found|updated"
    r"|replaced|finished|sent|chosen)"
)
PLACEHOLDER = compile_phrases(
    rf"\[(?:please )?{WAY_TO_ADD}\b(?! (?:of|for) ?\])[^\[\]]{{0,200}}\](?![\[(:])"
    r"(?<!\[source\])(?<!\[reference\])",
    r"\[(?:[\w'-]+ ){1,5}(?:here|needed|missing|goes here|to come|placeholder)[^\w\[\]]?\]",
    r"\[(?:placeholder|link|url|ref|citation|\?+|x{2,}|paper title|author names?"
    r"|model name|date|insert)\](?![\[(:])|\[your\b[^\[\]]{0,100}\]",
    rf"\((?:please )?(?:add|insert|include|needs?) (?:a |an |the |your )?{THING}\b"
    r"[^()]{0,100}\)",
    r"[(\[<{«‹](?:please |to )?fill(?: ?[)\]>}»›]"
    r"| (?:in|out|me)\b[^()\[\]<>{}«»‹›]{0,80}[)\]>}»›])",
    r"[«‹](?:please )?(?:insert|enter|paste|your|todo|tbd|fixme)\b[^«»‹›]{0,80}[»›]",
    rf"[(\[{{<«‹](?:the )?{THING}(?: \d{{1,3}})? (?:is |are )?(?:still )?{STATE}"
    r"[^\w()\[\]]?[)\]}>»›]|"
    rf"\({THING} ?\?+\)",
    rf"[(\[](?:(?:the |this )?{THING} )?(?:is |are )?(?:still )?to be {DONE_LATER}"
    r"(?: (?:by|from|with|in|when|once|before|after|later|soon|as) ?[^()\[\]]{0,60})?[)\]]",
    r"\blorem ipsum(?: dolor sit amet)?\b|asdf\w*",
    r"\b(?:todo|fixme|tbd):|tbd\b(?=[.)\]]|$)",
    r"\{\{ ?(?=[a-z_#/>&@.])[^{},\n]{1,80}\}\}|\{%[^%{}]{1,80}%\}",
    # Where another dollar follows it is a formula.
    r"\$\{\w{1,40}\}(?![^$\n]{0,80}\$(?!\{))",
    r"<(?:your|insert|add|enter|paste|name of|placeholder|todo)\b[^<>]{0,80}>",
    r"<[\w\s]{0,40}\bhere>",
    r"\b(?<!with\s)(?<!by\s)(?<!as\s)(?<!of\s)(?<!into\s)"
    rf"placeholder (?:for the )?{THING}\b",
    r"\b(?:this|here|it) is (?:a|the|only a|just a) placeholder\b",
    r"^\W*(?:\w+ ){0,2}placeholder\W*$|^\W*(?:todo|tbd|tba|tbc|fixme|untitled)\W*$",
    r"\b\d{4}\.x{4,5}\b|20xx\b",
    r"\b(?:table|figure|fig\.|section|equation|eq\.|appendix|algorithm) \(?\?{2,}",
    r"\?{3,}",
    r"\b(?:dummy|filler) text\b",
    rf"\b{THING} (?:goes|comes) here\b|{THING} (?:is )?to (?:follow|be (?:added|inserted"
    r"|supplied|written|completed|provided))(?=[.)\]]|$)",
    rf"\b(?:^|(?<=[.:]\s)|(?<=[.:]\s\s))(?:your|enter|type|add|insert|paste) (?:\w+ ){{0,2}}{THING} here\b",
)
# Their capitals, or the want of any, tell these from other words.
MARK = re.compile(
    r"\b(?=[TFXx])(?:"  # What all of these begin with comes first: most places do not.
    r"(?<![\"“'\w/-])(?:TODO|TBD|TBA|TBC|FIXME|XXX|TKTK|TK)\b"
    r"(?![\"”'/-])(?!\s{1,3}(?i:comments?|lists?|items?|apps?|markers?|notes?|tags?"
    r"|data\s?sets?|benchmark|corpus|et al)\b)"
    r"|(?<![\w./])x{3,}(?!\w)|X{2,3}(?=\s?(?i:%|percent|million|billion))|X{4,}\b)"
)
# A name in capitals that a program would have put a text for.
VARIABLE = re.compile(
    r"(?=[%\[<{«])(?:(?<![\w%])%[A-Z][A-Z0-9_]{1,40}%(?![\w%])"
    r"|[\[<{«]\s?[A-Z][A-Z0-9]{0,20}(?:_[A-Z0-9]{1,20}){1,6}\s?[\]>}»](?![\[(:]))"
)
SPEAKS_OF_TOKENS = re.compile(
    r"\b(?:tokens?|tags?|symbols?|flags?|variables?|constants?|class(?:es)?|labels?|"
    r"markers?|prompts?|delimiters?|special|mask\w*|vocabulary|called|named)\b"
)
GAP = re.compile(r"(?<![\w_\\])_{3,200}(?![\w_])")
SPEAKS_OF_GAPS = re.compile(r"\b(?:cloze|blanks?|gaps?|underscores?|dunder)\b")


def texts_of(paper: PaperDocument) -> Passages:
    """All that readers see of an entry, Markdown or not."""
    yield from passages_of(paper)
    yield from titles_of(paper)
    for name in ("title", "venue"):
        yield name, read_plain(getattr(paper, name))
    for tag in paper.tags:
        yield "tags", Passage(tag)
    for place, link in enumerate(paper.links):
        yield f"links.{place}.label", read_plain(link.label)
    for place, claim in enumerate(paper.claims):
        for name in ("text", "value", "source", "place"):
            yield f"claims.{place}.{name}", read_plain(getattr(claim, name))
    shown = [(n, each) for n, each in enumerate(paper.figures) if not each.wanted]
    for place, figure in shown:
        for name in ("source", "licence"):
            yield f"figures.{place}.{name}", read_plain(getattr(figure, name))


@rule("text.placeholder", Severity.ERROR)
def placeholders(paper: PaperDocument) -> Problems:
    for field, passage in texts_of(paper):
        yield from find(field, passage)


def find(field: str, passage: Passage) -> Iterator[Problem]:
    if not passage.text:
        return
    end = 0
    for match in sorted(chain(*finders(passage)), key=re.Match.start):
        if match.start() >= end:
            said = quote(passage.text[match.start() : match.end()])
            message = f"Write what {said} stands for, or take it out."
            yield problem_at(field, passage, match.start(), message)
            end = match.end()


def finders(passage: Passage) -> Iterator[Iterator[re.Match[str]]]:
    """What looks for placeholders in a passage, each in the form of it that it reads."""
    text = passage.text
    yield PLACEHOLDER.finditer(passage.lower)
    has_numerals = "XXX" in text and bool(OTHER_NUMERAL.search(text))
    is_number = is_numeral if has_numerals else is_roman
    yield (match for match in MARK.finditer(text) if not is_number(match))
    variables = list(VARIABLE.finditer(text))
    if variables and not SPEAKS_OF_TOKENS.search(passage.lower):
        yield iter(variables)
    if "___" in text and not SPEAKS_OF_GAPS.search(passage.lower):
        yield GAP.finditer(passage.unquoted)


# XXX may be thirty: with other Roman numerals, or as the number of what stands before or
# after it. What is said of a figure or a table is a number that is still to come.
OTHER_NUMERAL = re.compile(
    r"\bRoman\b|\b(?=[IVXLC]{3,9}\b)(?!(?:XXX|III|CCC)\b)X{0,3}L?(?:X|IX|IV|V?I{0,3})\b"
)
NUMBERED = re.compile(
    any_of(
        # King Louis XXX; in volume XXX.
        r"(?:[\w,] |^)(?!(?:Table|Figure|Fig|Section|Equation|Eq|Appendix|Ref|Algorithm"
        r"|Theorem|Lemma|The|It|In|And|By|Of|About|Over|Under|Nearly|Some|Only|At|For)s?\b)"
        r"[A-Z][a-z]+\.? $",
        r"\b(?:in|[Ss]ee|of|from|by|for|at|on|with|the|his|her|its|their|this|that)"
        r" (?!(?:the|an?|about|over|under|around|roughly|nearly|almost|some|than|least"
        r"|most|up|table|figure|section|equation|only|just|last|first|next|other)\b)"
        r"(?!\w{1,20}ing\b)[a-z]{3,20}\.? $",
        r"\b(?:[Vv]ol(?:ume)?|[Pp]art|[Cc]hapter|[Bb]ook|[Aa]ct)\.? $",
    )
)
TITLED = re.compile(r"\s[A-Z][a-z]")  # The XXX Olympiad.


def is_numeral(match: re.Match[str]) -> bool:
    return match[0] == "XXX"


def is_roman(match: re.Match[str]) -> bool:
    if not is_numeral(match):
        return False
    before = match.string[max(match.start() - 60, 0) : match.start()]
    is_title = before.lower().endswith("the ") and TITLED.match(
        match.string, match.end()
    )
    return bool(is_title or NUMBERED.search(before))
