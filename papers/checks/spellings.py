"""Terms that a review spells in several ways."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from papers.checks.findings import Fix, Severity
from papers.checks.passages import QUOTED, Passage, passages_of, problem_at, quote
from papers.checks.registry import Across, side_by_side
from papers.values import PaperDocument

TERM = re.compile(
    r"(?<![\w/.@-])[^\W\d_][^\W_]{1,29}(?:[-‐‑](?:[^\W_]{2,30}|\d)){0,3}(?![\w/@-]|\.\w)"
)
SHORTEST_HALF = 3
JOINT = re.compile(r"[-‐‑\s]")
ENDING = re.compile(r"(?<=\w{3})(?:ings?|ed|es?|s)$")
BESIDE_DIGITS = re.compile(r"(?<=\d)[^\W\d_]|[^\W\d_](?=\d)")
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


@dataclass(slots=True)
class Use:
    """Where an entry first writes a term in one way, and how often it does."""

    field: str
    passage: Passage
    offset: int
    times: int = 0


class Terms(NamedTuple):
    """What an entry writes in one piece or with hyphens, and its pairs of words."""

    words: dict[str, Use]
    pairs: dict[str, Use]


def key_of(form: str) -> str:
    """What all spellings of a term have in common."""
    return ENDING.sub("", JOINT.sub("", form).casefold())


def style_of(form: str) -> str:
    """How its parts are joined; of one in one piece also the capitals within it.

    Of one with a number it is the letters beside the digits: GPT4, DeepSeek-V3.
    """
    joint = JOINT.search(form)
    if any(map(str.isdigit, form)):
        return ("-" if joint else "") + "".join(
            BESIDE_DIGITS.findall(form.removesuffix("s"), 1)
        )
    if joint:
        return " " if joint[0].isspace() else "-"
    inner = form[1:].removesuffix("s")
    has_capitals = inner != inner.lower() and len(form) >= SHORTEST_NAME
    return inner if has_capitals else ""


def is_within(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def terms_of(paper: PaperDocument) -> Terms:
    """The terms in the entry's own words: no titles, names of links, or quotations."""
    terms = Terms({}, {})
    for field, passage in passages_of(paper):
        quoted = [found.span() for found in QUOTED.finditer(passage.text)][:50]
        for run in (run for run in passage.runs if run.is_own):
            before, end = "", -1
            for found in TERM.finditer(passage.text, run.start, run.end):
                form, at = found[0], found.start()
                if quoted and is_within(at, quoted):
                    before = ""
                    continue
                if (use := terms.words.get(form)) is None:
                    use = terms.words[form] = Use(field, passage, at)
                use.times += 1
                if before and at == end + 1 and form.islower() and is_pairable(form):
                    pair = passage.text[end - len(before) : found.end()]
                    use = Use(field, passage, end - len(before))
                    terms.pairs.setdefault(pair, use).times += 1
                before, end = form if is_pairable(form) else "", found.end()
    return terms


@lru_cache(maxsize=4096)  # Most words of a text are a few.
def is_pairable(form: str) -> bool:
    """Whether a word may be half of a term in two words: fine tuning, data set."""
    is_plain = form.isalpha() and len(form) >= SHORTEST_HALF and form[1:].islower()
    return is_plain and form.lower() not in SMALL_WORDS


class Spelling(NamedTuple):
    entry: int
    form: str
    use: Use


@side_by_side("text.spelling", Severity.INFO, terms_of)
def spelling_variants(entries: Sequence[Terms]) -> Across:
    """The rarer spellings of a term, once for each entry."""
    terms: dict[str, list[Spelling]] = defaultdict(list)
    keys: dict[str, str] = {}
    for entry, (words, _) in enumerate(entries):
        for form, use in words.items():
            key = keys.get(form) or keys.setdefault(form, key_of(form))
            terms[key].append(Spelling(entry, form, use))
    styles = {
        key: {style_of(one.form) for one in found} for key, found in terms.items()
    }
    for entry, (_, pairs) in enumerate(entries):
        for pair, use in pairs.items():
            key = keys.get(pair) or keys.setdefault(pair, key_of(pair))
            known = styles.get(key, ())
            if "" in known or (known and pair.lower().split()[0] in PREFIXES):
                terms[key].append(Spelling(entry, pair, use))
    for key, found in terms.items():
        if key not in DIFFERENT and len({one.form for one in found}) > 1:
            yield from compare(found)


def compare(spellings: Sequence[Spelling]) -> Across:
    counts: Counter[str] = Counter()
    for one in spellings:
        counts[style_of(one.form)] += one.use.times
    # Words in capitals alone may be other words: AIDS and aids.
    is_name = any(style != style.upper() for style in counts)
    if len(counts) == 1 or not (is_name or {" ", "-"} & counts.keys()):
        return
    (usual, count), (_, second) = counts.most_common(2)
    if count == second:
        yield from tell_tie(spellings)
        return
    model = next(one.form for one in spellings if style_of(one.form) == usual)
    rarer = {
        one.entry: one for one in reversed(spellings) if style_of(one.form) != usual
    }
    for entry, (_, form, use) in sorted(rarer.items()):
        often = f"{count} times in the review, this way {counts[style_of(form)]}"
        mended = respell(form, model)
        message = f"Write {quote(form)} as elsewhere: {quote(mended)} ({often})."
        problem = problem_at(use.field, use.passage, use.offset, message)
        yield entry, problem._replace(fix=Fix(form, mended))


def tell_tie(spellings: Sequence[Spelling]) -> Across:
    """Where no way is the usual one, name both and leave the choice to the editor."""
    first = spellings[0]
    other = next(o for o in spellings if style_of(o.form) != style_of(first.form))
    said = f"{quote(first.form)} and {quote(other.form)}"
    message = f"Choose one way for both: the review writes {said} equally often."
    use = other.use
    yield other.entry, problem_at(use.field, use.passage, use.offset, message)


def respell(form: str, model: str) -> str:
    """The form joined as the model is: “finetuned” as “fine-tuned” like “fine-tuning”."""
    spelled = JOINT.sub("", form)
    for joint in JOINT.finditer(model):
        spelled = spelled[: joint.start()] + joint[0] + spelled[joint.start() :]
    return model if spelled.casefold() == model.casefold() else spelled
