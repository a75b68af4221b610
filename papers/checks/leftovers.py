"""What was left in a text that no reader should see."""

import re
from collections.abc import Iterator
from html.entities import html5

from papers.checks.findings import Fix, Severity
from papers.checks.passages import (
    HIDDEN,
    WORD,
    Passage,
    passages_of,
    problem_at,
    quote,
    read,
    titles_of,
)
from papers.checks.phrases import any_of, compile_phrases
from papers.checks.registry import Problem, Problems, rule
from papers.checks.texts import texts_of_sections
from papers.values import PaperDocument

SHORTEST_SECTION = 15  # Words.


def say(field: str, passage: Passage, found: re.Match[str], message: str) -> Problem:
    """The problem with what was found in a passage, as the passage writes it."""
    said = message.format(quote(passage.text[found.start() : found.end()]))
    return problem_at(field, passage, found.start(), said)


# Where an order to somebody begins: at a sentence, a bracket, a dash or a colon.
ORDER = (
    r"\b(?:(?<=[.!?:;—–]\s)|(?<=[(\[])|^|(?<=^\W)|(?<=^\W\W)|(?<=^\W\W\W))"
    r"(?:also,? |please |now |then )?"
)
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
ORDERS = any_of(
    rf"(?:double[\s-]check|fact[\s-]check|verify|check|confirm|rewrite|reword"
    rf"|rephrase|shorten|expand(?: on)?|move|delete|remove|cut|clarify|update|replace|fix)"
    rf" (?:this|these|the|that) (?:\w+ )?{PART}\b",
    r"(?:double[\s-]check|fact[\s-]check|verify|check|confirm|reword|rephrase"
    r"|rewrite|delete|remove|fix) (?:this|these|that)(?= ?(?:[.!?)\]:;,—-]|$)"
    r"| (?:before|with|again|against|later)\b)",
    r"(?:double|fact)[\s-]check (?:this|these|that|the)\b",
    r"(?:remember|don't forget|make sure|be sure) to (?:add|check|update|insert"
    r"|cite|replace|verify|credit|link)\b",
    rf"(?:reference|insert|embed|include) (?:the|an?|this|one|some) "
    rf"(?:[\w-]+ ){{0,4}}?{PICTURE}\b",
    r"reference (?:figures|images|illustrations) (?:like|such as|from)\b",
)
NOTE = compile_phrases(
    r"\b(?:^|(?<=[.(\[])|(?<=[.(\[]\s))as (?:you )?requested\b",
    r"\bas you (?:requested|asked|suggested)\b"
    r"|\bas requested by (?:you|the (?:editors?|reviewers?))\b|\b(?:as )?per your "
    r"(?:request|instructions?|comments?|feedback|suggestions?)\b",
    r"\blet me know\b|\bhope (?:this|that) helps\b|\bhappy to (?:help|revise|adjust)\b"
    r"|\bwould you like me to\b|\bdo you want me to\b|\bif you(?:'d| would) like,? i\b",
    r"\bfeel free to (?:adjust|edit|modify|change|tweak|customi[sz]e|ask|replace)\b",
    r"\bnotes? to (?:self|(?:the )?(?:authors?|editors?|reviewers?|writers?|team))\b",
    r"\b(?:^|(?<=[(\[]))(?:author query|reviewer(?: \d)?|comment|aq|ed)\.?: ?\w",
    r"\bhere(?:'s| is| are) (?:the|your|a|an|my) (?:\w+ )?(?:revised|updated|rewritten"
    r"|improved|edited|polished|corrected|shortened|expanded|refined|requested)\b",
    r"\bhere(?:'s| is) (?:a|the|your|my) (?:\w+ )?(?:draft|rewrite|final version of the "
    r"(?:text|entry|section|summary))\b",
    rf"\bi(?:'ve| have) (?:also |now |just )?{EDITED}\b"
    rf"|\bi (?:also |just )?{EDITED} (?:the|this|your|it|them|these)\b",
    r"\bas an? (?:ai|large|language)(?: language)? (?:model|assistant)(?:,| i\b)",
    r"\bi(?:'m| am) (?:sorry|unable|an ai|not sure|not able)\b|\bi (?:can ?not|can't"
    r"|don't have|do not have) (?:access|browse|verify|provide|assist|help|confirm)\b",
    r"\bmy (?:knowledge cutoff|training data|last (?:knowledge )?update)\b",
    r"^\W*(?:certainly|sure|of course|absolutely)[!,] (?:here|i|let)\b|^certainly!",
    r"\bplease (?:verify|check|confirm|review|update|replace|add|insert|fill|provide"
    r"|revise|rewrite|clarify|double[\s-]check|fix|correct|remove|delete|expand"
    r"|shorten|supply|advise)\b",
    r"\bthis (?:\w+ )?(?:still )?needs (?:a |to be )?(?:citation|source|reference|"
    r"fact[\s-]check\w*|double[\s-]check\w*|check\w*|reword\w*|rewrit\w+|verif\w+)\b",
    r"\bnot (?:specified|mentioned|given|stated|included|available|found) in the "
    r"(?:provided|given|supplied)\b|\b(?:text|information|details|context) you "
    r"(?:provided|gave|shared|sent)\b",
    r"\byou (?:can|could|may|should|might want to) (?:embed|insert|paste|replace|swap"
    rf"|add|put) (?:the|an?|your|this)(?: \w+)? (?:{PICTURE}|tag|link|placeholder)\b",
    r"\bis (?:this|that) (?:right|correct|true|accurate|up to date)\?",
    r"\bnot sure (?:if|whether|about) (?:this|that|the (?:date|number|source|name))\b",
    r"\((?:please )?(?:check|verify|confirm|double-check)(?: (?:this|these|date|number"
    r"|numbers|source|spelling|name|again|later))?[!?.]{0,2}\)",
    r"\b(?:delete|remove|fix|check|update)\b[^.]{1,40}\bbefore (?:publishing"
    r"|publication|we publish|going live)\b|\bdo not publish\b|\bnot for publication\b",
    r"\breviewer \d (?:asked|wanted|says|said|suggested)\b",
    r"^\W*word count:",
    r"^\W{0,3}@[a-z][\w.-]{1,30}[:,] ",
    r"(?:(?<=[(\[])|(?<=[.!?]\s))@[a-z][\w.-]{1,30}: ",
    r"^\W{0,3}(?:editor|author|reviewer|writer|translator|proof-?reader)s?(?:'s?)? "
    r"(?:comment|query|reminder|remark)s?\b[^:.]{0,30}:",
    r"\((?:please )?(?:remove|delete)(?: (?:me|this|later|before \w+))?\)",
    rf"{ORDER}(?:{ORDERS})",
)


# Their capitals tell these from other words: “CJW to fix.”
NOTE_IN_CAPITALS = re.compile(
    r"^\W{0,3}(?:RE-?(?:READ|WRITE|DO|CHECK)|CHECK|VERIFY|CONFIRM|REVISE|EDIT|FIX|UPDATE"
    r"|EXPAND|SHORTEN|CUT|DELETE|REMOVE|QUERY|WIP)(?:\s(?:THIS|ME))?:"
    r"|\b(?=[A-Z]{2,3}\sto\s)(?:^|(?<=[.,;:(\[–])|(?<=[.,;:(\[–]\s))[A-Z]{2,3}\sto\s(?:fix|check|redo|rewrite|confirm|verify|add"
    r"|update|finish|complete|supply|draft|edit|review|revise)(?=[^.\n]{0,30}[.)\]]|$)"
)


@rule("text.note-to-author", Severity.WARNING)
def notes_to_author(paper: PaperDocument) -> Problems:
    message = "Take out {}: it speaks to whoever writes, not to readers."
    for field, passage in (*passages_of(paper), *titles_of(paper)):
        # What somebody is quoted as having said speaks to nobody here.
        found = list(NOTE.finditer(passage.unquoted))
        # One note may be told by several of its words.
        for match in found or NOTE_IN_CAPITALS.finditer(passage.text):
            yield say(field, passage, match, message)


TAG = (
    r"</?(?:b|i|em|strong|br|p|div|span|img|a|sup|sub|ul|ol|li|table|thead|tbody|tr|td|th"
    r"|h[1-6]|code|pre|u|font|hr|blockquote|figure|figcaption|iframe|script|style"
    r"|details|summary|center|section|small)(?:\s+[\w-]+\s*=[^<>]{0,300})?\s*/?>"
)
LITERAL = re.compile(
    # What all of these are told by comes first: most places are none.
    r"(?=[*_#+•1\[|\\&<`~='-])(?:"
    + any_of(
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
        # LaTeX, BBCode and wikis.
        r"(?<![\w:\\])\\[a-z]{2,20}\*?\{|\\n(?=(?:and|the|or|of|in|to|a|is|it|for|with)\b)",
        r"\[/(?:b|i|u|s|url|img|quote|code|list|color|size|center)\]",
        r"(?<![\w'])''(?=[^\s'])[^'\n]{1,80}(?<=[^\s'])''(?![\w'])",
        r"(?<![\w=!<>])==(?=[^\s=])[^=\n]{1,80}(?<=[^\s=])==(?![\w=])",
        TAG,
        r"<!--|-->|```|~~(?=\w)|^\[[ x]\] ",
    )
    + ")",
    re.IGNORECASE,
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


@rule("text.short-section", Severity.WARNING)
def short_sections(paper: PaperDocument) -> Problems:
    for text in texts_of_sections(paper):
        passages, is_prose = read(text.source)
        words = sum(len(WORD.findall(passage.text)) for passage in passages)
        if is_prose and 0 < words < SHORTEST_SECTION:
            message = f"Write more than {words} words here, or leave the section out."
            yield Problem(text.field, message, 1, 1)
