"""What an entry says in words: claims without a source, and statements that expire."""

import re
from calendar import month_name

from papers.checks.findings import Severity
from papers.checks.phrases import Sentence, compile_phrases, find_phrases
from papers.checks.registry import Problems, rule
from papers.values import PaperDocument

NAMELESS = (
    r"(?:experts?|critics?|observers?|researchers?|people|scholars|commentators|"
    r"analysts|practitioners|scientists|insiders|sources|specialists|authorities)"
)
SAY = (
    r"(?:have )?(?:say|said|argued?|believed?|claim(?:ed)?|think|thought|"
    r"suggest(?:ed)?|feel|felt|consider(?:ed)?|agreed?|hold|held|regard(?:ed)?|warn)"
)
WEASEL = compile_phrases(
    rf"\b(?:some|many|most|several|numerous|leading|industry|various) {NAMELESS} {SAY}\b",
    rf"\b(?<!the\s)(?<!of\s)(?:experts|critics|observers|insiders|sources) {SAY}\b",
    r"\b(?:some|many) (?:say|argue|believe|claim|think|would say|would argue|consider)\b",
    r"\bit (?:is|was|has been) (?:widely|generally|commonly|universally|broadly|often"
    r"|frequently|sometimes) (?:believed|thought|said|considered|accepted|known"
    r"|assumed|acknowledged|argued|claimed|regarded|agreed|held|reported|rumou?red)\b",
    r"\bit (?:is|has been) (?:said|believed|rumou?red|claimed|thought|argued) that\b",
    r"\b(?:widely|generally|commonly|universally|often) (?:regarded|considered|seen"
    r"|viewed|hailed|recogni[sz]ed|acknowledged|believed|thought) (?:as|to be)\b",
    r"\b(?<!\w\s)(?:studies|research) (?:shows?|suggests?|indicates?"
    r"|ha(?:s|ve) (?:shown|suggested|found|indicated)|finds?|proves?)\b",
    r"\b(?:many|numerous|several|some|countless|recent|various) (?:studies|reports"
    r"|papers|sources) (?:show|suggest|indicate|find|have (?:shown|found|suggested))\b",
    r"\b(?:arguably|allegedly|supposedly|purportedly|reputedly|needless to say)\b",
    r"\bit goes without saying\b|\bas everyone knows\b|\brumou?r has it\b",
)
# What is said to be believed may be reported to be denied.
DENIAL = compile_phrases(
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
SUPERLATIVE = compile_phrases(
    rf"{IS}{HOW} the (?:very |undisputed )?best\b(?! (?:of|two|three|four|possible)\b)",
    r"\bthe best (?:[\w-]+ ){0,4}(?:ever|in the world|on the market|of its kind"
    r"|in its class|of all time)\b",
    r"\bstate-of-the-art\b|\b(?:new|sets? the|achiev\w+ the) state of the art\b|\bsota\b",
    rf"{GIVES}{HOW} the (?:very )?first (?:(?!layer|step|token|stage|phase)[\w,'*-]+ )"
    rf"{{0,4}}?{WORKS}\b(?! (?:of the|in (?:the|this) (?:table|list|series|figure)))",
    rf"{IS}{HOW} the (?:very )?first to [a-z]+\b",
    r"\bthe first of its kind\b|\bworld(?:'s|-) ?first\b|\bfirst-ever\b",
    r"\brevolutionary\b|\brevolutioni[sz](?:es?|ed|ing)\b|\bground-?breaking\b",
    r"\bunprecedented\b|\bgame[\s-]chang(?:ing|ers?)\b|\bunparalleled\b|\bunrivall?ed\b",
    r"\bunsurpassed\b|\bworld-class\b|\bcutting[\s-]edge\b|\bbest-in-class\b",
    r"\bquantum leap\b|\bsecond to none\b|\bparadigm[\s-]shift(?:ing)?\b",
    r"\b(?<!uniformly\s)most (?:powerful|advanced|capable|influential|impressive|exciting"
    r"|ambitious|sophisticated|innovative|remarkable|groundbreaking|widely used)\b"
    r"(?! (?:tests?|of the (?:two|three|four|five|six))\b)",
    r"\bthe most (?:important|significant|successful|popular|notable|prominent|"
    r"comprehensive)\b(?! (?:bits?|digits?|bytes?|of the (?:two|three|four))\b)",
)
ONLY_ASKED = compile_phrases(
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
    r"|autumn |fall |winter |q[1-4] |the )?(?:20\d\d\b|next (?:year|month|week|quarter)\b"
    rf"|(?:{'|'.join(month_name[1:]).lower()}|spring|summer|autumn|winter)\b"
    r"|coming (?:weeks|months|years?)\b|near future\b)"
)
OUT = r"(?:release|publish|launch|unveil|announce|open-?source|ship|debut)"
DONE = (
    r"(?:released|published|launched|unveiled|announced|open-?sourced|shipped|"
    r"made (?:public|available)|available|discontinued|retired|deprecated)"
)
EXPIRES = compile_phrases(
    r"\b(?<!was\s)(?<!were\s)(?<!been\s)(?<!increasingly\s)(?:expected|planned|scheduled"
    rf"|slated|due|anticipated|set) (?:for |in |by |to (?:be )?(?:{OUT}|{DONE}|appear"
    rf"|arrive|come out|follow|land|finish)(?: \w+)? (?:in |by |for )?){WHEN}",
    rf"\b(?:is|are) (?:expected|planned|scheduled|slated|due|set) to (?:be )?"
    rf"(?:{OUT}|{DONE}|come out)\b",
    rf"\bwill (?:soon |also |then |shortly )?(?:be |become )(?:\w+ly )?{DONE}\b",
    rf"\bwill (?:soon |also |shortly )?{OUT}\b",
    r"\bwill (?:soon )?(?:appear|arrive|come out|be presented) (?:soon|at|in|next) "
    r"(?:[a-z]+\b|(?:a|the) (?:future|forthcoming|journal|proceedings)|20\d\d)",
    rf"\b(?:soon|yet) to be {DONE}\b|\bto be {DONE} (?:soon|later|next|in|by) ",
    r"\b(?:coming|out|available|arriving|expected|more details) soon\b|\bstay tuned\b",
    r"\blater this (?:year|month|week|quarter|spring|summer|autumn|fall|winter)\b",
    r"\b(?:upcoming|forthcoming) (?!(?:\w+ )?(?:tokens?|words?|frames?|characters?|steps?"
    r"|batch(?:es)?|bytes?|symbols?|segments?|sentences?|chunks?|layers?|requests?"
    r"|blocks?|states?|actions?)\b)[a-z]",
    rf"\b(?:plans?|are planning|is planning|intends?|hopes?|promises?) to {OUT}\b",
    rf"\b(?<!was\s)(?<!were\s)(?<!had\s)not yet (?:been )?(?:{DONE}|public)\b",
    r"\bcurrently (?:under review|in (?:beta|preview|preparation|development|press)"
    r"|being (?:trained|developed|prepared|reviewed))\b",
    r"\b(?:will|expects?|expected|plans?|hopes?)\b[^.;]{1,60}? next (?:year|month|quarter)\b",
)
# Memory is released and threads are launched by a program, whenever it runs.
MACHINERY = compile_phrases(
    r"\b(?:memory|locks?|buffers?|slots?|kernels?|threads?|workers?|gradients?)\b(?!-)"
)
DATED = compile_phrases(r"\bas of (?:the end of )?(?:\w+ ){0,3}20\d\d")


@rule("text.expires", Severity.WARNING)
def expiring_statements(paper: PaperDocument) -> Problems:
    message = "Give the date and say what came of it: {} expires."
    return find_phrases(paper, EXPIRES, message, is_timeless)


def is_timeless(sentence: Sentence, found: re.Match[str]) -> bool:
    start, end = max(found.start() - 40, 0), found.end()
    around = sentence.text[start : end + 20]
    return bool(MACHINERY.search(around) or DATED.search(sentence.text[:end], start))
