"""What was left in a text that no reader should see, and what was written twice."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from html.entities import html5
from typing import NamedTuple

from papers.checks.findings import Fix, Severity
from papers.checks.prose import (
    HIDDEN,
    QUOTED,
    WORD,
    Passage,
    Passages,
    compile_words,
    hide,
    passages_of,
    problem_at,
    quote,
    read,
    read_plain,
)
from papers.checks.registry import Problem, Problems, rule
from papers.checks.texts import texts_of_head, texts_of_sections, texts_of_tables
from papers.values import PaperDocument

FEWEST_WORDS = 12  # Of a paragraph that nobody writes twice by chance.
FEWEST_LINES = 4  # The same of code.
SHORTEST_SECTION = 15


def titles_of(paper: PaperDocument) -> Passages:
    """What stands beside the texts: headings, who made the figures, cells of tables."""
    yield "headline", read_plain(paper.headline)
    for place, section in enumerate(paper.sections):
        yield f"sections.{place}.heading", read_plain(section.heading)
    for place, figure in enumerate(paper.figures):
        if not figure.wanted:
            yield f"figures.{place}.credit", read_plain(figure.credit)
    for text in texts_of_tables(paper):
        yield text.field, Passage(text.source)


def find_all(
    pattern: re.Pattern[str], passages: Passages, message: str
) -> Iterator[Problem]:
    for field, passage in passages:
        for found in pattern.finditer(passage.text):
            said = message.format(quote(found[0]))
            yield problem_at(field, passage, found.start(), said)


MARK = r"(?:TODO|TBD|TBA|TBC|FIXME|XXX)"
WAY_TO_ADD = (
    r"(?:insert|add|replace|fill|put|enter|paste|write|provide|specify|include|upload|"
    r"attach|describe|complete|expand|your|todo|tbd|fixme|to be|to come|name of|"
    r"link to|citation|source|reference)"
)
THING = (
    r"(?:link|figure|image|citation|reference|source|url|table|chart|diagram|number|date"
    r"|name|text|caption|summary|content|description|title|section|screenshot|code)s?"
)
# Words in capitals are told from the same words in small letters: (?-i:...).
PLACEHOLDER = compile_words(
    rf"\[(?:please )?{WAY_TO_ADD}\b(?! (?:of|for) ?\])[^\[\]]{{0,200}}\](?![\[(:])"
    r"(?<!\[source\])(?<!\[reference\])",
    r"\[(?:[\w'-]+ ){1,5}(?:here|needed|missing|goes here|to come|placeholder)[^\w\[\]]?\]",
    r"\[(?:placeholder|link|url|ref|citation|\?+|x{2,}|paper title|author names?"
    r"|model name|date|insert)\](?![\[(:])|\[your\b[^\[\]]{0,100}\]",
    rf"\((?:please )?(?:add|insert|include|needs?) (?:a |an |the |your )?{THING}\b"
    r"[^()]{0,100}\)",
    rf"\({THING} (?:needed|missing|required|to come|to follow|here)\)|\({THING} ?\?+\)",
    r"\blorem ipsum(?: dolor sit amet)?\b|\basdf\w*",
    rf"(?<![\"“'\w/-])(?<!\bvolume\s)(?<!\bvol\.\s)(?<!\bpart\s)(?<!\bbowl\s)(?<!\bchapter\s)"
    rf"(?-i:{MARK}|TKTK|TK)\b(?![\"”'/-])(?! (?:comments?|lists?|items?|apps?|markers?"
    r"|notes?|tags?|data ?sets?|benchmark|corpus|et al)\b)",
    r"(?<!\w)(?:todo|fixme|tbd):|\btbd\b(?=[.)\]]|$)",
    r"\{\{ ?[\w.|\s-]{1,60}\}\}|\{%[^%{}]{1,80}%\}|\$\{\w{1,40}\}",
    r"<(?:your|insert|add|enter|paste|name of|placeholder|todo)\b[^<>]{0,80}>",
    r"<[\w\s]{0,40}\bhere>",
    rf"(?<!with\s)(?<!by\s)(?<!as\s)(?<!of\s)(?<!into\s)\bplaceholder (?:for the )?{THING}\b",
    r"\b(?:this|here|it) is (?:a|the|only a|just a) placeholder\b",
    r"^\W*(?:\w+ ){0,2}placeholder\W*$",
    r"\b\d{4}\.x{4,5}\b|(?-i:(?<![\w.])x{3,}(?!\w))|\b20XX\b"
    r"|(?-i:\bX{2,3}(?=\s?(?:%|percent|million|billion)))|(?-i:\bX{4,}\b)",
    r"\b(?:table|figure|fig\.|section|equation|eq\.|appendix|algorithm) \(?\?{2,}",
    r"\?{3,}|\b(?:dummy|filler) text\b",
    rf"\b{THING} (?:goes|comes) here\b|\b{THING} (?:is )?to (?:follow|be (?:added|inserted"
    r"|supplied|written|completed|provided))(?=[.)\]]|$)",
    rf"(?:^|[.:] )(?:your|enter|type|add|insert|paste) (?:\w+ ){{0,2}}{THING} here\b",
)


@rule("text.placeholder", Severity.ERROR)
def placeholders(paper: PaperDocument) -> Problems:
    message = "Write what {} stands for, or take it out."
    for passages in (passages_of, titles_of):
        yield from find_all(PLACEHOLDER, passages(paper), message)


# Where an order to somebody begins: at a sentence, a bracket, a dash or a colon.
ORDER = r"(?:^\W{0,3}|(?<=[.!?:;—–]\s)|(?<=[(\[]))(?:also,? |please |now |then )?"
PART = (
    r"(?:sections?|paragraphs?|sentences?|parts?|figures?|tables?|text|numbers?|links?|"
    r"lines?|dates?|captions?|summary|entry|claims?|passages?|names?|id|source|"
    r"citations?|references?|spelling|quotes?|facts?|details|wording)"
)
EDITED = (
    r"(?:updated|revised|rewritten|rewrote|edited|shortened|corrected|reworded|"
    r"rephrased|polished|added|removed|fixed|changed|expanded|summari[sz]ed)"
)
PICTURE = r"(?:illustration|figure|diagram|image|screenshot|graphic|drawing|picture)s?"
NOTE = compile_words(
    r"(?:^|[.(\[] ?)as (?:you )?requested\b|\bas you (?:requested|asked|suggested)\b"
    r"|\bas requested by (?:you|the (?:editors?|reviewers?))\b|\b(?:as )?per your "
    r"(?:request|instructions?|comments?|feedback|suggestions?)\b",
    r"\blet me know\b|\bhope (?:this|that) helps\b|\bhappy to (?:help|revise|adjust)\b"
    r"|\bwould you like me to\b|\bdo you want me to\b|\bif you(?:'d| would) like,? I\b",
    r"\bfeel free to (?:adjust|edit|modify|change|tweak|customi[sz]e|ask|replace)\b",
    r"\bnotes? to (?:self|(?:the )?(?:authors?|editors?|reviewers?|writers?|team))\b",
    r"(?:^|[(\[])(?:author query|reviewer(?: \d)?|comment|AQ|ed)\.?: ?\w",
    r"\bhere(?:'s| is| are) (?:the|your|a|an|my) (?:\w+ )?(?:revised|updated|rewritten"
    r"|improved|edited|polished|corrected|shortened|expanded|refined|requested)\b",
    r"\bhere(?:'s| is) (?:a|the|your|my) (?:\w+ )?(?:draft|rewrite|final version of the "
    r"(?:text|entry|section|summary))\b",
    rf"\bI(?:'ve| have) (?:also |now |just )?{EDITED}\b"
    rf"|\bI (?:also |just )?{EDITED} (?:the|this|your|it|them|these)\b",
    r"\bas an? (?:AI|large|language)(?: language)? (?:model|assistant)(?:,| I\b)",
    r"\bI(?:'m| am) (?:sorry|unable|an AI|not sure|not able)\b|\bI (?:can ?not|can't"
    r"|don't have|do not have) (?:access|browse|verify|provide|assist|help|confirm)\b",
    r"\bmy (?:knowledge cutoff|training data|last (?:knowledge )?update)\b",
    r"^\W*(?:certainly|sure|of course|absolutely)[!,] (?:here|I|let)\b|^certainly!",
    r"\bplease (?:verify|check|confirm|review|update|replace|add|insert|fill|provide"
    r"|revise|rewrite|clarify|double[\s-]check|fix|correct|remove|delete|expand"
    r"|shorten|supply|advise)\b",
    rf"{ORDER}(?:double[\s-]check|fact[\s-]check|verify|check|confirm|rewrite|reword"
    rf"|rephrase|shorten|expand(?: on)?|move|delete|remove|cut|clarify|update|replace|fix)"
    rf" (?:this|these|the|that) (?:\w+ )?{PART}\b",
    rf"{ORDER}(?:double[\s-]check|fact[\s-]check|verify|check|confirm|reword|rephrase"
    r"|rewrite|delete|remove|fix) (?:this|these|that)(?= ?(?:[.!?)\]:;,—-]|$)"
    r"| (?:before|with|again|against|later)\b)",
    rf"{ORDER}(?:double|fact)[\s-]check (?:this|these|that|the)\b",
    r"\bthis (?:\w+ )?(?:still )?needs (?:a |to be )?(?:citation|source|reference|"
    r"fact[\s-]check\w*|double[\s-]check\w*|check\w*|reword\w*|rewrit\w+|verif\w+)\b",
    r"\bnot (?:specified|mentioned|given|stated|included|available|found) in the "
    r"(?:provided|given|supplied)\b|\b(?:text|information|details|context) you "
    r"(?:provided|gave|shared|sent)\b",
    r"\byou (?:can|could|may|should|might want to) (?:embed|insert|paste|replace|swap"
    rf"|add|put) (?:the|an?|your|this)(?: \w+)? (?:{PICTURE}|tag|link|placeholder)\b",
    rf"{ORDER}(?:remember|don't forget|make sure|be sure) to (?:add|check|update|insert"
    r"|cite|replace|verify|credit|link)\b",
    rf"{ORDER}(?:reference|insert|embed|include) (?:the|an?|this|one|some) "
    rf"(?:[\w-]+ ){{0,4}}?{PICTURE}\b",
    rf"{ORDER}reference (?:figures|images|illustrations) (?:like|such as|from)\b",
    r"\bis (?:this|that) (?:right|correct|true|accurate|up to date)\?",
    r"\bnot sure (?:if|whether|about) (?:this|that|the (?:date|number|source|name))\b",
    r"\((?:please )?(?:check|verify|confirm|double-check)(?: (?:this|these|date|number"
    r"|numbers|source|spelling|name|again|later))?[!?.]{0,2}\)",
    r"\b(?:delete|remove|fix|check|update)\b[^.]{1,40}\bbefore (?:publishing"
    r"|publication|we publish|going live)\b|\bdo not publish\b|\bnot for publication\b",
    r"\breviewer \d (?:asked|wanted|says|said|suggested)\b|^\W*word count:",
)


@rule("text.note-to-author", Severity.WARNING)
def notes_to_author(paper: PaperDocument) -> Problems:
    message = "Take out {}: it speaks to whoever writes, not to readers."
    for field, passage in (*passages_of(paper), *titles_of(paper)):
        # What somebody is quoted as having said speaks to nobody here.
        unquoted = iter([(field, passage._replace(text=hide(QUOTED, passage.text)))])
        yield from find_all(NOTE, unquoted, message)


TAG = (
    r"</?(?:b|i|em|strong|br|p|div|span|img|a|sup|sub|ul|ol|li|table|thead|tbody|tr|td|th"
    r"|h[1-6]|code|pre|u|font|hr|blockquote|figure|figcaption|iframe|script|style"
    r"|details|summary|center|section|small)(?:\s+[\w-]+\s*=[^<>]{0,300})?\s*/?>"
)
LITERAL = compile_words(
    r"(?<![\w)*])\*\*(?=[^*]{0,200}[^\W\d_]{3})[^*]{1,200}\*\*(?!\*)",
    r"(?<![\w)*])\*\*(?=[^\W\d_]{2}|[“\"])|(?<=[:.!?])\*\*(?![\w*])",
    r"(?<![\w*])\*(?=[^\W\d_])[^*\n]{1,80}[^\W\d_]\*(?![\w*])",
    r"(?<!\w)__(?=[^_]{0,200}(?-i:[A-Z\s]))(?=[^_]{0,200}[^\W\d_]{2})[^_]{2,200}__(?!\w)",
    r"(?<=\S\s)#{2,6} (?=(?-i:[A-Z]))|^#{2,6} ?(?=[^\W_])|^# (?=(?-i:[A-Z]))",
    r"(?<=[:.]\s)(?P<bullet>[*+•-]) (?=[^\W_])(?=[^\n]{2,300}? (?P=bullet) [^\W\d_]{2})",
    r"(?<=:\s)1[.] (?=[^\W_][^\n]{2,300}? 2[.] [^\W_])",
    r"(?<!\w)\[(?=[^\[\]]{0,200}[^\W\d_]{2})[^\[\]]{1,200}\](?:\(| \(\ufffc)",
    r"(?<!\w)\[[^\[\]]{1,80} [^\[\]]{1,80}\]\[[^\[\]]{0,60}\]|\[\[ ?fig\b",
    r"\| ?:?-{3,}:? ?(?:\||$)|-{3,}:? ?\| ?:?-{3}|^\|(?: [^|]{1,200} \|){2,}",
    r"\\[_*#\[\]`~]|\\n(?!(?-i:[a-z]))|\\u[0-9a-f]{4}\b",
    r"&(?:[a-z]{2,8}|#\d{1,7}|#x[0-9a-f]{1,6});",
    TAG,
    r"<!--|-->|```|~~(?=\w)|^\[[ x]\] ",
)
# A mark of a note that is written nowhere; in captions and cells notes are their own.
NOTE_MARK = re.compile(r"\[\^[\w-]{1,40}\]")
STRAY_TICK = re.compile(r"`(?=\w)|(?<=\w)`")
LITERALS = {LITERAL: "", NOTE_MARK: "plain caption cell", STRAY_TICK: "plain"}
SPACED_BOLD = re.compile(r"\*\*\s*([^*\s][^*]*?)\s*\*\*")


@rule("text.literal-markdown", Severity.WARNING)
def literal_markdown(paper: PaperDocument) -> Problems:
    for field, passage in passages_of(paper):
        for pattern, silent in LITERALS.items():
            if passage.kind not in silent:
                yield from find_literal(pattern, field, passage)


def find_literal(
    pattern: re.Pattern[str], field: str, passage: Passage
) -> Iterator[Problem]:
    for found in pattern.finditer(passage.text):
        is_entity = found[0].startswith("&") and found[0][1] != "#"
        if is_entity and found[0][1:] not in html5:
            continue
        shown = passage.text[found.start() : max(found.end(), found.start() + 20)]
        message = f"Readers see these marks as they are written: {quote(shown)}."
        problem = problem_at(field, passage, found.start(), message)
        yield problem._replace(fix=mend(found[0]))


def mend(text: str) -> Fix | None:
    """Only spaces within the marks of bold words are certain to be too many."""
    bold = SPACED_BOLD.fullmatch(text)
    is_certain = bold and HIDDEN not in text and "\n" not in text
    return Fix(text, f"**{bold[1]}**") if bold and is_certain else None


def key_of(passage: Passage) -> str:
    """The words of a paragraph that is long enough to know it again; "" of others."""
    words = WORD.findall(passage.text.casefold())
    is_long = len(words) >= FEWEST_WORDS and passage.kind not in {"heading", "cell"}
    return " ".join(words) if is_long else ""


@rule("text.repeated-paragraph", Severity.WARNING)
def repeated_paragraphs(paper: PaperDocument) -> Problems:
    seen: dict[str, str] = {}
    for field, passage in passages_of(paper):
        if (key := key_of(passage)) and key in seen:
            message = f"Say {quote(passage.text)} once: {seen[key]} has it already."
            yield problem_at(field, passage, 0, message)
        seen.setdefault(key, field)


@rule("text.short-section", Severity.WARNING)
def short_sections(paper: PaperDocument) -> Problems:
    for text in texts_of_sections(paper):
        passages, _, is_prose = read(text.source)
        words = sum(len(WORD.findall(passage.text)) for passage in passages)
        if is_prose and 0 < words < SHORTEST_SECTION:
            message = f"Write more than {words} words here, or leave the section out."
            yield Problem(text.field, message, 1, 1)


Across = Iterator[tuple[int, Problem]]


def blocks_of(paper: PaperDocument) -> Iterator[tuple[str, str, Problem]]:
    """What nobody writes twice: its key, what to call it, and where it stands."""
    for field, passage in passages_of(paper):
        if key := key_of(passage):
            name = f"paragraph {quote(passage.text)}"
            yield key, name, problem_at(field, passage, 0, "")
    for text in (*texts_of_head(paper), *texts_of_sections(paper)):
        for token in read(text.source, is_line=text.is_line).code:
            line = token.map[0] + 1 if token.map else 0
            yield *name_code(token.content), Problem(text.field, "", line)
    for place, figure in enumerate(paper.figures):
        if figure.kind == "code" and not figure.wanted:
            problem = Problem(f"figures.{place}.content", "", 1, 1)
            yield *name_code(figure.content), problem


def name_code(code: str) -> tuple[str, str]:
    lines = [" ".join(line.split()) for line in code.splitlines() if line.strip()]
    is_long = len(lines) >= FEWEST_LINES
    return ("\n".join(lines), f"code {quote(lines[0])}") if is_long else ("", "")


def find_shared_blocks(papers: Sequence[PaperDocument]) -> Across:
    """Each paragraph or piece of code that stands in another entry of these too.

    Gives the place of the entry among these and the problem; both entries are told.
    """
    holders: dict[str, dict[int, Problem]] = defaultdict(dict)
    for place, paper in enumerate(papers):
        for key, name, problem in blocks_of(paper):
            holders[key].setdefault(place, problem._replace(message=name))
    for key, held in holders.items():
        for place, problem in held.items():
            other = next((papers[at].slug for at in held if at != place), "")
            if key and other:
                message = f"The {problem.message} is that of “{other}” too: keep one."
                yield place, problem._replace(message=message)


TERM = re.compile(
    r"(?<![\w/.@-])[^\W\d_]{2,30}(?:[-‐‑][^\W\d_]{2,30}){0,3}(?![\w/@-]|\.\w)"
)
PAIR = re.compile(r"(?<![\w-])(?=([a-zA-Z][a-z]{2,15}\s[a-z]{3,15})(?![\w-]))")
JOINT = re.compile(r"[-‐‑\s]")
ENDING = re.compile(r"(?<=\w{3})(?:ings?|ed|es?|s)$")
SHORTEST_NAME = 4  # Of those whose capitals are compared: LoRA, PyTorch.
# These stand before a word and never alone. Elsewhere a hyphen tells an adjective from
# its noun: a long-term plan for the long term.
PREFIXES = frozenset("fine pre post multi hyper meta non sub semi inter".split())
# Two such words side by side are one word by chance: “may be”, “set up”, “every day”.
SMALL_WORDS = frozenset(
    "all and any back been but can could day does done down ever every far for from had "
    "has have how into its less like may mean more most much not off one other our out "
    "over own self set some such than that the their them then there these they this "
    "through too two under was way were what when where who why wide will with work "
    "yet you".split()
)
# Different words, or names that are rightly written in two ways.
DIFFERENT = frozenset("llama resign recover reform resort represent commonsens".split())


class Use(NamedTuple):
    """One use of a term: in which entry, how it is spelled, and where."""

    entry: int
    form: str
    field: str
    passage: Passage
    offset: int

    @property
    def key(self) -> str:
        """What all spellings of the term have in common."""
        return ENDING.sub("", JOINT.sub("", self.form).casefold())

    @property
    def style(self) -> str:
        """How its parts are joined; of one in one piece also the capitals within it."""
        if joint := JOINT.search(self.form):
            return " " if joint[0].isspace() else "-"
        inner = self.form[1:].removesuffix("s")
        has_capitals = inner != inner.lower() and len(self.form) >= SHORTEST_NAME
        return inner if has_capitals else ""


def uses_of(pattern: re.Pattern[str], papers: Sequence[PaperDocument]) -> Iterator[Use]:
    """The terms in the entries' own words: no titles, names of links, or quotations."""
    for entry, paper in enumerate(papers):
        for field, passage in passages_of(paper):
            quoted = [found.span() for found in QUOTED.finditer(passage.text)]
            for run in passage.runs:
                for found in pattern.finditer(passage.text, run.start, run.end):
                    at = found.start()
                    if run.is_own and not any(a <= at < b for a, b in quoted[:50]):
                        yield Use(entry, found[found.re.groups], field, passage, at)


def find_spelling_variants(papers: Sequence[PaperDocument]) -> Across:
    """The rarer spellings of a term that a review spells in several ways.

    Gives the place of the entry among these and the problem, once for each entry.
    """
    terms: dict[str, list[Use]] = defaultdict(list)
    for use in uses_of(TERM, papers):
        terms[use.key].append(use)
    for use in uses_of(PAIR, papers):
        first, second = use.form.lower().split()
        is_chance = first in SMALL_WORDS or second in SMALL_WORDS
        styles = {other.style for other in terms.get(use.key, ())}
        if not is_chance and ("" in styles or (styles and first in PREFIXES)):
            terms[use.key].append(use)
    for key, uses in terms.items():
        if key not in DIFFERENT:
            yield from compare_spellings(uses)


def compare_spellings(uses: Sequence[Use]) -> Across:
    counts = Counter(use.style for use in uses)
    # Words in capitals alone may be other words: AIDS and aids.
    is_name = any(style != style.upper() for style in counts)
    if len(counts) == 1 or not (is_name or {" ", "-"} & counts.keys()):
        return
    usual, count = counts.most_common(1)[0]
    model = next(use.form for use in uses if use.style == usual)
    rarer = {use.entry: use for use in reversed(uses) if use.style != usual}
    for entry, use in sorted(rarer.items()):
        often = f"{count} times in the review, this way {counts[use.style]}"
        message = f"Write {quote(use.form)} as elsewhere: {quote(model)} ({often})."
        problem = problem_at(use.field, use.passage, use.offset, message)
        yield entry, problem._replace(fix=Fix(use.form, respell(use.form, model)))


def respell(form: str, model: str) -> str:
    """The form joined as the model is: “finetuned” as “fine-tuned” like “fine-tuning”."""
    spelled = JOINT.sub("", form)
    for joint in JOINT.finditer(model):
        spelled = spelled[: joint.start()] + joint[0] + spelled[joint.start() :]
    return model if spelled.casefold() == model.casefold() else spelled
