"""What an entry says in words: claims without a source, and statements that expire.

Also the passages that the other rules about words read: what a reader would see of a
text, without code, formulas and addresses, and where each word of it stands.
"""

import re
from bisect import bisect_right
from calendar import month_name
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from markdown_it.token import Token

from papers.checks.findings import Severity
from papers.checks.registry import Problem, Problems, rule
from papers.checks.texts import texts_of_head, texts_of_sections
from papers.rendering import LONGEST_MARKDOWN, read_tokens
from papers.values import PaperDocument

HIDDEN = "\ufffc"  # Stands for a piece that is no prose: code, a formula, an address.
LONGEST_QUOTE = 60
# How far on in the source a piece of text is looked for: past a long address.
LOOK_AHEAD = 3000
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
CHUNK = re.compile(r"[^\W_]+|[^\w\s\\]|_")
COMPUTED = re.compile(r"\[\[=[^\[\]]{0,300}\]\]")


class Run(NamedTuple):
    """Where a stretch of a text stands; it `is_own` if no link's and not emphasised."""

    start: int
    end: int
    position: int
    is_own: bool


class Passage(NamedTuple):
    """A paragraph, heading, item or cell as a reader would see it.

    `sources` are the places of notes and links, `lines` where the source's lines begin.
    """

    text: str
    kind: str = "paragraph"
    runs: tuple[Run, ...] = ()
    sources: tuple[int, ...] = ()
    lines: tuple[int, ...] = (0,)
    first_line: int = 1

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column of a place in the text; near it, if it was escaped."""
        at = bisect_right(self.runs, offset, key=lambda run: run.start) - 1
        if not self.runs:
            return 0, 0
        run = self.runs[max(at, 0)]
        position = run.position + min(offset - run.start, run.end - run.start)
        line = bisect_right(self.lines, position)
        return line + self.first_line - 1, position - self.lines[line - 1] + 1


class Reading(NamedTuple):
    """The passages of a text, its blocks of code, and whether it has more than words."""

    passages: tuple[Passage, ...] = ()
    code: tuple[Token, ...] = ()
    is_prose: bool = True


class Reader:
    """Walks through the inline tokens of one text, along with its source."""

    def __init__(self, source: str) -> None:
        self.source = source
        lengths = (len(line) for line in source.splitlines(keepends=True))
        self.lines = (0, *accumulate(lengths))
        self.cursor, self.map = 0, [0, 0]

    def read_passage(self, token: Token, kind: str) -> Passage:
        if token.map and token.map != self.map:
            self.map = token.map
            self.cursor = self.lines[min(token.map[0], len(self.lines) - 1)]
        self.depth, self.address = 0, False
        self.parts: list[str] = []
        self.runs: list[Run] = []
        self.sources: list[int] = []
        self.length = 0
        for child in token.children or ():
            self.take(child)
        text = "".join(self.parts).replace("’", "'")
        return Passage(text, kind, tuple(self.runs), tuple(self.sources), self.lines)

    def take(self, child: Token) -> None:
        if child.type in {"link_open", "footnote_ref", "figure_ref"}:
            self.sources.append(max(self.length - (child.type == "footnote_ref"), 0))
        if child.type in {"link_open", "link_close"}:
            self.address = child.type == "link_open" and bool(child.markup)
        self.depth += child.nesting
        if child.type == "text" and not self.address:
            self.add_text(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            self.add("\n")
        elif child.type != "footnote_ref" and (child.content or child.type == "image"):
            self.cursor = max(self.cursor, self.find(child.content))
            self.add(HIDDEN)

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def find(self, text: str, look_ahead: int = LOOK_AHEAD) -> int:
        return self.source.find(text, self.cursor, self.cursor + len(text) + look_ahead)

    def add_text(self, text: str) -> None:
        """Note where a text stands: as a whole, or word by word if it was escaped."""
        if (whole := self.find(text)) >= 0:
            self.note(0, text, whole)
        else:
            for chunk in CHUNK.finditer(text):
                # A mark that was written in another way must not be found far off.
                ahead = LOOK_AHEAD if chunk[0].isalnum() else 4
                self.note(chunk.start(), chunk[0], self.find(chunk[0], ahead))
        self.add(text)

    def note(self, offset: int, text: str, position: int) -> None:
        if position >= 0:
            start = self.length + offset
            self.runs.append(Run(start, start + len(text), position, self.depth == 0))
            self.cursor = position + len(text)


KINDS = {"heading_open": "heading", "th_open": "cell", "td_open": "cell"}
MORE = re.compile(
    "fence|code_block|figure_ref|image|(?:bullet|ordered)_list|table|math"
)


@lru_cache(maxsize=512)  # As many as a year has: its board reads them all each time.
def read(source: str, *, is_line: bool = False) -> Reading:
    """Read a text as rendering does; one that is too long for any page is not read."""
    if len(source) > LONGEST_MARKDOWN:
        return Reading()
    reader, passages, code, is_prose = Reader(source), [], [], True
    kind = "paragraph"
    for token in read_tokens(source, is_line=is_line):
        if token.type == "inline":
            passages.append(reader.read_passage(token, kind))
        elif token.nesting == 1:
            kind = KINDS.get(token.type, "paragraph")
        elif token.type in {"fence", "code_block"}:
            code.append(token)
        is_prose = is_prose and not MORE.match(token.type)
    return Reading(tuple(passages), tuple(code), is_prose)


def read_plain(text: str) -> Passage:
    """The passage that is a text without any Markdown."""
    runs = (Run(0, len(text), 0, is_own=True),)
    lines = (0, *(found.end() for found in re.finditer("\n", text)))
    plain = text[:LONGEST_MARKDOWN].replace("’", "'")
    return Passage(plain, "plain", runs, lines=lines)


Passages = Iterator[tuple[str, Passage]]


def passages_of(paper: PaperDocument) -> Passages:
    """Everything an entry says in words, with the field that says it."""
    for text in (*texts_of_head(paper), *texts_of_sections(paper)):
        for passage in read(text.source, is_line=text.is_line).passages:
            is_title = text.is_line and passage.kind == "paragraph"
            yield text.field, passage._replace(kind="line") if is_title else passage
    for place, figure in enumerate(paper.figures):
        if not figure.wanted:
            yield from read_line(f"figures.{place}.caption", figure.caption)
            yield f"figures.{place}.alt", read_plain(figure.alt)
            lines = enumerate(figure.notes[:LONGEST_MARKDOWN].splitlines(), start=1)
            for number, line in ((n, line) for n, line in lines if line.strip()):
                yield from read_line(f"figures.{place}.notes", line, number)


def read_line(field: str, source: str, number: int = 1) -> Passages:
    """A caption or a note: what is computed in it is no word of the author's."""
    for passage in read(hide(COMPUTED, source), is_line=True).passages:
        yield field, passage._replace(kind="caption", first_line=number)


def compile_words(*patterns: str) -> re.Pattern[str]:
    """One of these, in any case; a space in them is any space or the end of a line."""
    joined = "|".join(patterns).replace(" ?", r"\s{0,3}").replace(" ", r"\s{1,3}")
    return re.compile(joined, re.IGNORECASE)


def hide(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda found: HIDDEN * len(found[0]), text)


def quote(text: str) -> str:
    words = " ".join(text.split())
    is_long = len(words) > LONGEST_QUOTE
    return f"“{words[: LONGEST_QUOTE - 1]}…”" if is_long else f"“{words}”"


QUOTED = re.compile(r'“[^“”]{0,600}”|"[^"]{0,600}"')


class Sentence(NamedTuple):
    """A sentence without what it quotes, where it begins, and the one after it."""

    start: int
    text: str
    next: str
    has_source: bool


SENTENCE_END = re.compile(
    r"(?<!\bal)(?<!e\.g)(?<!i\.e)(?<!\bcf)(?<!\bvs)(?<!\bFig)(?<!\bEq)"
    r"[.!?]{1,3}[\"”')\]]{0,3}\s{1,40}(?=[^a-z\s])"
)
SOURCE = compile_words(
    r"\barXiv:|\bdoi:|\bet al\b|\(\w[^()]{0,60}, (?:19|20)\d\d\w?\)|\[\d{1,3}\]",
    r"\b(?:table|figure|fig\.|section|appendix|equation|eq\.|chapter|page) \(?[\dA-Z]\b",
    r"\baccording to (?!some|many|most|experts|several|sources)",
)


def sentences_of(passage: Passage) -> Iterator[Sentence]:
    text = hide(QUOTED, passage.text)
    ends = [found.end() for found in SENTENCE_END.finditer(text)]
    starts = [0, *ends, len(text), len(text)]
    for start, end, after in zip(starts, starts[1:], starts[2:], strict=False):
        first, last = (bisect_right(passage.sources, at - 1) for at in (start, end))
        has_source = first < last or bool(SOURCE.search(text, start, end))
        yield Sentence(start, text[start:end], text[end:after], has_source)


def find_phrases(
    paper: PaperDocument,
    pattern: re.Pattern[str],
    message: str,
    is_fine: Callable[[Sentence, re.Match[str]], bool],
) -> Iterator[Problem]:
    """Each phrase of a pattern that nothing in its sentence excuses."""
    for field, passage in passages_of(paper):
        for sentence in sentences_of(passage):
            for found in pattern.finditer(sentence.text):
                if not is_fine(sentence, found):
                    said = message.format(quote(found[0]))
                    place = sentence.start + found.start()
                    yield problem_at(field, passage, place, said)


def problem_at(field: str, passage: Passage, offset: int, message: str) -> Problem:
    line, column = passage.place(offset)
    return Problem(field, message, line, column)


NAMELESS = (
    r"(?:experts?|critics?|observers?|researchers?|people|scholars|commentators|"
    r"analysts|practitioners|scientists|insiders|sources|specialists|authorities)"
)
SAY = (
    r"(?:have )?(?:say|said|argued?|believed?|claim(?:ed)?|think|thought|"
    r"suggest(?:ed)?|feel|felt|consider(?:ed)?|agreed?|hold|held|regard(?:ed)?|warn)"
)
WEASEL = compile_words(
    rf"\b(?:some|many|most|several|numerous|leading|industry|various) {NAMELESS} {SAY}\b",
    rf"(?<!the\s)(?<!of\s)\b(?:experts|critics|observers|insiders|sources) {SAY}\b",
    r"\b(?:some|many) (?:say|argue|believe|claim|think|would say|would argue|consider)\b",
    r"\bit (?:is|was|has been) (?:widely|generally|commonly|universally|broadly|often"
    r"|frequently|sometimes) (?:believed|thought|said|considered|accepted|known"
    r"|assumed|acknowledged|argued|claimed|regarded|agreed|held|reported|rumou?red)\b",
    r"\bit (?:is|has been) (?:said|believed|rumou?red|claimed|thought|argued) that\b",
    r"\b(?:widely|generally|commonly|universally|often) (?:regarded|considered|seen"
    r"|viewed|hailed|recogni[sz]ed|acknowledged|believed|thought) (?:as|to be)\b",
    r"(?<!\w\s)\b(?:studies|research) (?:shows?|suggests?|indicates?"
    r"|ha(?:s|ve) (?:shown|suggested|found|indicated)|finds?|proves?)\b",
    r"\b(?:many|numerous|several|some|countless|recent|various) (?:studies|reports"
    r"|papers|sources) (?:show|suggest|indicate|find|have (?:shown|found|suggested))\b",
    r"\b(?:arguably|allegedly|supposedly|purportedly|reputedly|needless to say)\b",
    r"\bit goes without saying\b|\bas everyone knows\b|\brumou?r has it\b",
)
# What is said to be believed may be reported to be denied.
DENIAL = compile_words(
    r"^\W*(?:they|it|that|this|these|he|she)\W{1,3}(?:\w+\s)?"
    r"(?:(?:did|do|does|is|was|are|were|has|had) not|isn't|wasn't|didn't|don't|doesn't)\b",
    r"^\W*(?:not so|wrongly|in fact|but|however|yet)\b",
    r"^.{0,80}\b(?:wrong|untrue|false|found no|no (?:record|evidence|source)|unconfirmed)\b",
)


@rule("text.weasel", Severity.INFO)
def weasel_words(paper: PaperDocument) -> Problems:
    message = "Say who says so and where, or leave out {}."
    return find_phrases(paper, WEASEL, message, is_backed_or_denied)


def is_backed_or_denied(sentence: Sentence, _: re.Match[str]) -> bool:
    return sentence.has_source or bool(DENIAL.search(sentence.next[:200]))


IS = r"\b(?:is|was|are|were|be|been|remain(?:s|ed)?|bec[ao]mes?|being)"
GIVES = (
    r"\b(?:is|was|are|were|bec[ao]mes?|being|among|provid\w+|present(?:s|ed)|mark(?:s|ed)"
    r"|introduc\w+|publish\w+|deliver\w+|represent\w+|releas\w+|offer(?:s|ed)|as)"
)
HOW = r"(?: (?:still|now|by far|clearly|simply|easily|perhaps|one of|among)){0,3}"
# What is first among papers; a first layer or a first step is only counted.
WORKS = (
    r"(?:model|paper|study|work|system|method|dataset|benchmark|approach|comparison|"
    r"framework|llm|algorithm|architecture|technique|survey|evaluation|demonstration)s?"
)
SUPERLATIVE = compile_words(
    rf"{IS}{HOW} the (?:very |undisputed )?best\b(?! (?:of|two|three|four|possible)\b)",
    r"\bthe best (?:[\w-]+ ){0,4}(?:ever|in the world|on the market|of its kind"
    r"|in its class|of all time)\b",
    r"\bstate-of-the-art\b|\b(?:new|sets? the|achiev\w+ the) state of the art\b|\bSOTA\b",
    rf"{GIVES}{HOW} the (?:very )?first (?:(?!layer|step|token|stage|phase)[\w,'*-]+ )"
    rf"{{0,4}}?{WORKS}\b(?! (?:of the|in (?:the|this) (?:table|list|series|figure)))",
    rf"{IS}{HOW} the (?:very )?first to [a-z]+\b",
    r"\bthe first of its kind\b|\bworld(?:'s|-) ?first\b|\bfirst-ever\b",
    r"\brevolutionary\b|\brevolutioni[sz](?:es?|ed|ing)\b|\bground-?breaking\b",
    r"\bunprecedented\b|\bgame[\s-]chang(?:ing|ers?)\b|\bunparalleled\b|\bunrivall?ed\b",
    r"\bunsurpassed\b|\bworld-class\b|\bcutting[\s-]edge\b|\bbest-in-class\b",
    r"\bquantum leap\b|\bsecond to none\b|\bparadigm[\s-]shift(?:ing)?\b",
    r"(?<!uniformly\s)\bmost (?:powerful|advanced|capable|influential|impressive|exciting"
    r"|ambitious|sophisticated|innovative|remarkable|groundbreaking|widely used)\b"
    r"(?! (?:tests?|of the (?:two|three|four|five|six))\b)",
    r"\bthe most (?:important|significant|successful|popular|notable|prominent|"
    r"comprehensive)\b(?! (?:bits?|digits?|bytes?|of the (?:two|three|four))\b)",
)
ONLY_ASKED = compile_words(
    r"\b(?:which(?:ever)?|whether|if|unless|nor|not|hardly) (?:\S{1,20} ){0,2}$"
)


@rule("text.superlative", Severity.INFO)
def superlatives(paper: PaperDocument) -> Problems:
    message = "Give a source for {}, or say it plainly."
    return find_phrases(paper, SUPERLATIVE, message, is_backed_or_asked)


def is_backed_or_asked(sentence: Sentence, found: re.Match[str]) -> bool:
    before = sentence.text[max(found.start() - 30, 0) : found.start()]
    return sentence.has_source or bool(ONLY_ASKED.search(before))


WHEN = (
    r"(?:early |mid-?|late |the (?:end|course|first half|second half) of |spring |summer "
    r"|autumn |fall |winter |Q[1-4] |the )?(?:20\d\d\b|next (?:year|month|week|quarter)\b"
    rf"|(?:{'|'.join(month_name[1:])}|spring|summer|autumn|winter)\b"
    r"|coming (?:weeks|months|years?)\b|near future\b)"
)
OUT = r"(?:release|publish|launch|unveil|announce|open-?source|ship|debut)"
DONE = (
    r"(?:released|published|launched|unveiled|announced|open-?sourced|shipped|"
    r"made (?:public|available)|available|discontinued|retired|deprecated)"
)
EXPIRES = compile_words(
    r"(?<!was\s)(?<!were\s)(?<!been\s)(?<!increasingly\s)\b(?:expected|planned|scheduled"
    rf"|slated|due|anticipated|set) (?:for |in |by |to (?:be )?(?:{OUT}|{DONE}|appear"
    rf"|arrive|come out|follow|land|finish)(?: \w+)? (?:in |by |for )?){WHEN}",
    rf"\b(?:is|are) (?:expected|planned|scheduled|slated|due|set) to (?:be )?"
    rf"(?:{OUT}|{DONE}|come out)\b",
    rf"\bwill (?:soon |also |then |shortly )?(?:be |become )(?:\w+ly )?{DONE}\b",
    rf"\bwill (?:soon |also |shortly )?{OUT}\b",
    r"\bwill (?:soon )?(?:appear|arrive|come out|be presented) (?:soon|at|in|next) "
    r"(?:[A-Z]+\b|(?:a|the) (?:future|forthcoming|journal|proceedings)|20\d\d)",
    rf"\b(?:soon|yet) to be {DONE}\b|\bto be {DONE} (?:soon|later|next|in|by) ",
    r"\b(?:coming|out|available|arriving|expected|more details) soon\b|\bstay tuned\b",
    r"\blater this (?:year|month|week|quarter|spring|summer|autumn|fall|winter)\b",
    r"\b(?:upcoming|forthcoming) (?!(?:\w+ )?(?:tokens?|words?|frames?|characters?|steps?"
    r"|batch(?:es)?|bytes?|symbols?|segments?|sentences?|chunks?|layers?|requests?"
    r"|blocks?|states?|actions?)\b)[a-z]",
    rf"\b(?:plans?|are planning|is planning|intends?|hopes?|promises?) to {OUT}\b",
    rf"(?<!was\s)(?<!were\s)(?<!had\s)\bnot yet (?:been )?(?:{DONE}|public)\b",
    r"\bcurrently (?:under review|in (?:beta|preview|preparation|development|press)"
    r"|being (?:trained|developed|prepared|reviewed))\b",
    r"\b(?:will|expects?|expected|plans?|hopes?)\b[^.;]{1,60}? next (?:year|month|quarter)\b",
)
# Memory is released and threads are launched by a program, whenever it runs.
MACHINERY = compile_words(
    r"\b(?:memory|locks?|buffers?|slots?|kernels?|threads?|workers?|gradients?)\b(?!-)"
)
DATED = compile_words(r"\bas of (?:the end of )?(?:\w+ ){0,3}20\d\d")


@rule("text.expires", Severity.WARNING)
def expiring_statements(paper: PaperDocument) -> Problems:
    message = "Give the date and say what came of it: {} expires."
    return find_phrases(paper, EXPIRES, message, is_timeless)


def is_timeless(sentence: Sentence, found: re.Match[str]) -> bool:
    start, end = max(found.start() - 40, 0), found.end()
    around = sentence.text[start : end + 20]
    return bool(MACHINERY.search(around) or DATED.search(sentence.text[:end], start))
