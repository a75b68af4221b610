"""What an entry says in words: claims without a source, and statements that expire."""

import re
from calendar import month_name

from papers.checks.findings import Severity
from papers.checks.phrases import Sentence, compile_phrases, compile_words, find_phrases
from papers.checks.registry import Problems, rule
from papers.values import PaperDocument

NAMELESS = (
    r"(?:experts?|critics?|observers?|researchers?|people|scholars|commentators|"
    r"analysts|practitioners|scientists|insiders|sources|specialists|authorities|users|"
    r"developers|engineers|companies|firms|labs|laboratories|providers|vendors|academics|"
    r"theorists|journalists|reviewers|readers|investigators|authors|circles|voices|"
    r"[a-z]{1,20}(?:icists|ologists|omists|icians))"
)
# How many of them: so many that nobody can be asked.
SOME = (
    r"(?:some|many|most|several|numerous|leading|industry|various|countless|plenty of|"
    r"a (?:large |growing )?number of|(?:not|quite) a few|major|prominent)"
)
SAY = (
    r"(?:(?:have|has|had) )?(?:(?:long|already|also|now|still|[a-z]{2,10}ly) )?"
    r"(?:say|said|argued?|believed?|claim(?:ed)?|think|thought|suggest(?:ed)?|feel|felt|"
    r"consider(?:ed)?|agreed?|hold|held|regard(?:ed)?|warn(?:ed)?|recogni[sz]ed?|knew|"
    r"known?|report(?:ed)?|assumed?|doubt(?:ed)?|suspect(?:ed)?|estimated?|speculated?|"
    r"acknowledged?|whisper(?:ed)?|not(?:ed?|iced?)|praised?|critici[sz]ed?|hail(?:ed)?|"
    r"dismiss(?:ed)?|drawn attention|pointed out|raised concerns)"
)
GUESSED = r"(?:likely|probably|presumably|reportedly|apparently|allegedly|supposedly)"
WEASEL = compile_phrases(
    rf"\b{SOME} (?:[a-z]+ )?{NAMELESS} (?:{SAY}\b|{GUESSED} [a-z])",
    rf"\b(?:among|according to|in the eyes of) {SOME} (?:[a-z]+ )?{NAMELESS}\b",
    rf"\b(?:believed|considered|thought|estimated|seen|regarded|held|called|said|hailed"
    rf"|put|expected)\b[^.;]{{0,60}}? by {SOME} (?:[a-z]+ )?{NAMELESS}\b",
    r"\baccording to (?:some|many|most|several|experts|insiders|observers)(?= ?[,.;)])",
    r"\b(?:usage|market|unofficial|anecdotal|industry|recent|public|available|some|many"
    r"|several) (?:statistics|data|evidence|figures|estimates|surveys|polls|accounts"
    r"|rumou?rs|leaks) (?:suggest(?:s|ed)?|indicated?s?|show(?:s|ed|n)?|impl(?:y|ied))\b",
    r"\b(?:has|have) been (?:called|dubbed|hailed as|described as|likened to) "
    r"(?:the|an?|one of)\b(?![^.;]{0,80} by [a-z])",
    r"\bit (?:is|was) (?:no secret|an open secret|common knowledge)\b",
    r"\b(?:the|a) (?:[a-z]+ )?consensus (?:in|of|among|within) (?:the )?"
    r"(?:[a-z]+ ){0,2}(?:community|field|experts|researchers|scientists)\b",
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
# Whatever stands between the verb and “the”: adverbs, and “one of”.
HOW = (
    r"(?: (?:still|now|by far|perhaps|one of|among|without (?:a )?doubt|hands down"
    r"|[a-z]{2,12}ly)){0,3}"
)
# What is first among papers; a first layer or a first step is only counted.
WORKS = (
    r"(?:model|paper|study|work|system|method|dataset|benchmark|approach|comparison|"
    r"framework|llm|algorithm|architecture|technique|survey|evaluation|demonstration|"
    r"program|programme|idea|theory|discovery|breakthrough|invention|achievement|"
    r"experiment|release|publication|corpus|library|telescope|tool|family|analys[ie]|"
    r"resource)s?"
)
# The rank that a work has among those that the sentence names is no boast.
AMONG_THESE = (
    r"(?! (?:of|in|among|from|on|for) (?:these|those|all|both|its|their|our|this|each"
    r"|(?:the )?(?:two|three|four|five|six|ten|series|table|figure|list|family|group"
    r"|comparison|experiments?|paper's|authors')\b))"
    r"(?! (?:tested|compared|considered|here|they|we|it)\b)"
)
EST = (
    r"(?:(?!(?:late|near|fore|inter|requ|hon|mod|wi?d|harv|cont|prot|sugg|inv|manif"
    r"|dig|arr|pri|earn|smart)est\b)[a-z]{2,12}est|most [a-z]+)"
)
PRAISED = (
    r"(?:powerful|advanced|capable|influential|impressive|exciting|ambitious"
    r"|sophisticated|innovative|remarkable|groundbreaking|widely used)"
)
SUPERLATIVE = compile_phrases(
    rf"{IS}{HOW} the (?:very |undisputed )?best\b(?! (?:of|two|three|four|possible)\b)",
    r"\bthe best (?:[\w-]+ ){0,4}(?:ever|in the world|on the market|of its kind"
    r"|in its class|of all time)\b",
    r"\bstate-of-the-art\b|\b(?:new|sets? the|achiev\w+ the) state of the art\b|\bsota\b",
    rf"{GIVES}{HOW} the (?:very )?first (?:(?!layer|step|token|stage|phase)[\w,'*-]+ )"
    rf"{{0,4}}?{WORKS}\b(?! (?:of the|in (?:the|this) (?:table|list|series|figure)))",
    rf"{IS}{HOW} the (?:very )?first to [a-z]+\b",
    rf"{GIVES}{HOW} the (?:very |single )?{EST} (?:(?!of\b)[\w'-]+ ){{0,4}}?{WORKS}\b{AMONG_THESE}",
    rf"{IS}{HOW} the (?:very )?[a-z]{{3,12}}est of (?:its|their) (?:field|kind|time|age)\b",
    r"\bthe (?:[a-z]{2,12}est|most [a-z]{3,15}|first|only) (?:[\w'-]+ ){0,3}?ever (?:built|made|trained|written"
    r"|released|recorded|published|created|conceived|seen|tested|measured)\b",
    r"\bnever before\b|\bhands down\b|\bbar none\b|\blike no other\b",
    rf"\bno other {WORKS}\b(?! (?:is|was) needed)|\bnothing like (?:it|this|them)\b",
    rf"\b(?:one of|among) the (?:very )?{EST} (?:[\w'-]+ ){{0,2}}?"
    rf"(?:contribution|advance|effort)s\b{AMONG_THESE}",
    r"\bno [a-z]{3,10}er (?:[\w-]+ ){1,3}(?:existed|was (?:ever )?known|had (?:ever )?been"
    r" (?:built|known|made|seen))\b",
    rf"\bno (?:other )?{WORKS} (?:of|in) (?:the|that|this|its) (?:year|decade|century|world"
    r"|field|kind|time) (?:is|was|has been|had been|did|does) [a-z]+ (?:more|better)\b",
    r"\bin a (?:league|class) of (?:its|their|his|her) own\b",
    r"\bwithout (?:equal|parallel|rival|peer|precedent)\b|\bhead and shoulders above\b",
    r"\bthe first of its kind\b|\bworld(?:'s|-) ?first\b|\bfirst-ever\b",
    r"\brevolutionary\b|\brevolutioni[sz](?:es?|ed|ing)\b|\bground-?breaking\b",
    r"\bunprecedented\b|\bgame[\s-]chang(?:ing|ers?)\b|\bunparalleled\b|\bunrivall?ed\b",
    r"\bunsurpassed\b|\bworld-class\b|\bcutting[\s-]edge\b|\bbest-in-class\b",
    r"\bquantum leap\b|\bsecond to none\b|\bparadigm[\s-]shift(?:ing)?\b",
    rf"\b(?<!uniformly\s)most {PRAISED} (?:[\w'-]+ ){{0,4}}?{WORKS}\b{AMONG_THESE}"
    rf"|{IS}{HOW} the most {PRAISED}(?= ?[.,;:)]|$| (?:in|of) the (?:world|field|year)\b)",
    r"\bthe most (?:important|significant|successful|popular|notable|prominent"
    rf"|comprehensive|cited|read) (?:[\w'-]+ ){{0,4}}?{WORKS}\b{AMONG_THESE}",
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
    r"|autumn |fall |winter |q[1-4] |the )?(?:20\d\d\b|next (?:year|month|week|quarter)\b"
    rf"|(?:{'|'.join(month_name[1:]).lower()}|spring|summer|autumn|winter)\b"
    r"|coming (?:weeks|months|years?)\b|near future\b|(?:weeks|months|years?) ahead\b)"
)
OUT = r"(?:release|publish|launch|unveil|announce|open-?source|ship|debut)"
DONE = (
    r"(?:released|published|launched|unveiled|announced|open-?sourced|shipped|"
    r"made (?:public|available)|available|discontinued|retired|deprecated)"
)
EXPIRES = compile_phrases(
    r"\b(?<!was\s)(?<!were\s)(?<!been\s)(?<!increasingly\s)(?:expected|planned|scheduled"
    rf"|slated|due|anticipated|set|promised|rumou?red|pencilled in) (?:for |in |by |to (?:be )?(?:{OUT}|{DONE}|appear"
    rf"|arrive|come out|follow|land|finish)(?: \w+)? (?:in |by |for )?){WHEN}",
    rf"\b(?:is|are) (?:expected|planned|scheduled|slated|due|set) to (?:be )?"
    rf"(?:{OUT}|{DONE}|come out)\b",
    rf"\b(?:is|are) going to (?:be )?(?:{OUT}|{DONE}|put|come|appear|follow|arrive)\b",
    r"\b(?<!was\s)(?<!were\s)due to (?:start|begin|open|launch|fly|appear|end|finish|land)"
    r" (?:in|on|by|next|early|late)\b",
    r"\b(?:is|are) (?:already |now |still |also )?(?:in the works|on (?:its|their|the) way"
    r"|in the pipeline|under ?way|around the corner|on the horizon|imminent)(?! to)\b",
    r"\b(?:lands?|arrives?|ships?|launch(?:es)?|follows?|comes?) soon\b",
    r"\bremains? to be seen\b|\blooking ahead(?:,| to (?:20\d\d|the (?:next|coming)))",
    r"\b(?:is|are|has|have|remains?)\b[^.;]{1,60}? (?:at|as of) (?:the )?time of writing\b",
    r"\b(?:at|as of) (?:the )?time of writing,[^.;]{1,40}? (?:is|are|has|have|remains?)\b",
    r"\b(?:will|may|might|could)\b[^.;]{1,60}? (?:in|over|within) the (?:next|coming)"
    r" (?:[a-z]+ )?(?:years?|months|weeks|decades?)\b",
    r"\b(?:will|would|may|might|could) (?:soon |well |also )?become (?:the |an? )?"
    r"(?:standard|dominant|mainstream|norm|default|commonplace|ubiquitous|widespread)\b",
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
MACHINERY = compile_words(
    r"\b(?:memory|locks?|buffers?|slots?|kernels?|threads?|workers?|gradients?)\b(?!-)"
)
DATED = compile_words(r"\bas of (?:the end of )?(?:\w+ ){0,3}20\d\d")


# “Structures that are not yet public” are always some; the weights are what they are.
GENERIC = re.compile(
    r"\b(?P<before>(?:\w+\s){0,2})\w+\s(?:that|which)\s(?:are|were)\s(?:\w+\s){0,3}$"
)
DEFINITE = frozenset("the its their these those this his her our".split())
# A year with what tells that it was still to come, on either side of it.
AHEAD = compile_words(
    r"\b(?:will|would|could|might|may|should|expect(?:s|ed)?|likely|poised|positioned|due"
    r"|planned|slated|scheduled|promise[ds]?|hop(?:es?|ed)|aims?|predict(?:s|ed)?"
    r"|forecasts?|anticipated?s?|rumou?red|on track)\b[^.;:]{0,60}? (?:by|in|during|throughout|until|from|for|to|into|of|spring"
    rf"|summer|autumn|winter|early|late|mid|{'|'.join(month_name[1:]).lower()}) "
    r"(?P<year>(?:19|20)\d\d)\b",
    r"\b(?:by|in|during|throughout|from|until|into) (?P<then>(?:19|20)\d\d)\b"
    r"[^.;:]{0,60}? (?:will|(?:is|are) (?:likely|expected|set|due) to"
    r"|seem(?:s|ed) (?:likely|set|poised|positioned))\b",
)
FARTHEST = 30  # A number so much greater is no year.
TOLD = compile_words(
    r"\b(?:said|announced|wrote|stated|told|promised|predicted|forecast|estimated)\b"
    r"|\b(?:was|were) (?:\w+ly )?(?:expected|due|planned|scheduled)\b"
)


@rule("text.expires", Severity.WARNING)
def expiring_statements(paper: PaperDocument) -> Problems:
    message = "Give the date and say what came of it: {} expires."
    yield from find_phrases(paper, EXPIRES, message, is_timeless)
    year = int(paper.date[:4]) if re.match("[0-9]{4}", paper.date) else 0

    def is_past_or_told(sentence: Sentence, found: re.Match[str]) -> bool:
        named = int(found["year"] or found["then"])
        is_past = not year < named < year + FARTHEST
        start = max(found.start() - 200, 0)
        is_told = sentence.has_source or TOLD.search(sentence.text, start, found.end())
        return is_past or bool(is_told) or any(EXPIRES.finditer(found[0]))

    if year:
        yield from find_phrases(paper, AHEAD, message, is_past_or_told)


def is_timeless(sentence: Sentence, found: re.Match[str]) -> bool:
    start, end = max(found.start() - 40, 0), found.end()
    around = sentence.text[start : end + 20]
    return bool(
        MACHINERY.search(around)
        or DATED.search(sentence.text[:end], start)
        or is_of_some(sentence.text[max(found.start() - 80, 0) : found.start()])
    )


def is_of_some(before: str) -> bool:
    found = GENERIC.search(before)
    return found is not None and DEFINITE.isdisjoint(found["before"].split())
