import ast
import importlib
import inspect
import io
import re
import textwrap
import tokenize

import pytest

from papers.mangled import Damage, find_damage, repair
from papers.syntax import parse_python
from tests import work

MODULES = """
abc argparse ast asyncio.base_events asyncio.queues base64 bdb bisect calendar cmd
codecs collections configparser contextlib copy csv dataclasses decimal difflib dis
email.message enum fractions functools gettext glob heapq html.parser http.client
http.cookies inspect ipaddress json.decoder json.encoder locale logging mailbox
mimetypes optparse pathlib pdb pickle platform plistlib pprint queue random sched
selectors shelve shlex smtplib socketserver statistics string tarfile tempfile textwrap
threading timeit tokenize traceback types typing unittest.case unittest.mock urllib.parse
urllib.request uuid weakref xml.dom.minidom xml.etree.ElementTree zipfile
""".split()


def read_units():
    """Each function and class of at most 80 lines, as a text of its own."""
    units = []
    for name in MODULES:
        lines = inspect.getsource(importlib.import_module(name)).splitlines()
        tree = ast.parse("\n".join(lines))
        for node in ast.walk(tree):
            if (
                hasattr(node, "body")
                and hasattr(node, "name")
                and node.end_lineno - node.lineno < 80
            ):
                code = "\n".join(lines[node.lineno - 1 : node.end_lineno])
                units.append(textwrap.dedent(code))
    return [unit for unit in dict.fromkeys(units) if parse_python(unit) is None]


def bold_dunders(code):
    return re.sub(r"(?<!\w)__([A-Za-z]\w*?)__(?!\w)", r"**\1**", code)


def star_lone(code):
    """Each name `_`; in strings the formatter sees no emphasis in a mark alone."""
    lines = code.splitlines(keepends=True)
    for token in reversed(list(tokenize.generate_tokens(io.StringIO(code).readline))):
        if token.type == tokenize.NAME and token.string == "_":
            row, column = token.start
            line = lines[row - 1]
            lines[row - 1] = f"{line[:column]}*{line[column + 1 :]}"
    return "".join(lines)


def star_pairs(code):
    """Underscores within names, two of a line at a time."""
    return "".join(map(star_pair, code.splitlines(keepends=True)))


def star_pair(line):
    places = [m.start() for m in re.finditer(r"(?<=[A-Za-z0-9])_(?=[A-Za-z0-9])", line)]
    marks = list(line)
    for place in places[: len(places) // 2 * 2]:
        marks[place] = "*"
    return "".join(marks)


def curl(code):
    code = re.sub(r'(?<![\w.,)\]}\'"“])"', "“", code).replace('"', "”")
    return re.sub(r"(?<![\w.,)\]}\'”‘])'", "‘", code).replace("'", "’")


def escape(code):
    return code.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


UNITS = read_units()
KINDS = {
    "dunders": (bold_dunders,),
    "lone underscores": (star_lone,),
    "pairs": (star_pairs,),
    "quotes": (curl,),
    "entities": (escape,),
    "all but pairs": (bold_dunders, star_lone, curl, escape),
}
# Undone of what was damaged at all, in hundredths. Entities alone are mostly in strings,
# and a star alone is often Python too: what can be read is never changed.
LEAST = {
    "dunders": 90,
    "lone underscores": 40,
    "pairs": 60,
    "quotes": 97,
    "entities": 60,
    "all but pairs": 90,
}
# `def f(self, _, limit)`, which may have been `def f(self, *, limit)`.
WRONG = {"lone underscores": 1, "all but pairs": 1}


def mangle(code, kind):
    for change in KINDS[kind]:
        code = change(code)
    return code


@pytest.mark.parametrize("kind", KINDS)
def test_damage_is_undone_or_left_alone(kind, record_property, capsys):
    outcomes = {"mended": 0, "left": 0, "wrong": 0}
    for unit in UNITS:
        damaged = mangle(unit, kind)
        made = repair(damaged)
        if damaged != unit:
            is_left = made == damaged
            outcome = "mended" if made == unit else "left" if is_left else "wrong"
            outcomes[outcome] += 1
    share = 100 * outcomes["mended"] / sum(outcomes.values())
    record_property(kind, share)
    with capsys.disabled():
        print(f"\n{kind}: {share:.1f} % of {outcomes}")  # noqa: T201 -- a measure

    assert len(UNITS) >= 800
    assert share >= LEAST[kind]
    assert outcomes["wrong"] == WRONG.get(kind, 0)


def test_sound_code_is_never_changed():
    assert [unit for unit in UNITS if repair(unit) != unit] == []
    assert [unit for unit in UNITS if find_damage(unit)] == []


@pytest.mark.parametrize(
    ("code", "made"),
    [
        ("def **init**(self):\n    pass", "def __init__(self):\n    pass"),
        ("x = [0 for * in range(3)]", "x = [0 for _ in range(3)]"),
        ("for *, x in pairs:\n    f(x)", "for _, x in pairs:\n    f(x)"),
        ("f = lambda *: 0", "f = lambda _: 0"),
        ("* = run()", "_ = run()"),
        ("print(“a”)", 'print("a")'),
        ("print(‘a’, 'b')", "print('a', 'b')"),
        ("if a &lt; b:\n    f()", "if a < b:\n    f()"),
        ("a\\_b = 1\nx = a\\_b \\* 2", "a_b = 1\nx = a_b * 2"),
        ("x\\[0\\] = 1", "x[0] = 1"),
        ("\\# a note\nx = 1", "# a note\nx = 1"),
        ("def f():\n\u00a0\u00a0return 1", "def f():\n  return 1"),
        ("x = a − b", "x = a - b"),
        ("def f(): …", "def f(): ..."),
        ("def f(a_b, c*d):\n    return c_d", "def f(a_b, c_d):\n    return c_d"),
        ("self.my*attr = a*b", "self.my_attr = a_b"),
    ],
)
def test_a_mark_that_can_be_told_is_undone(code, made):
    assert repair(code) == made
    assert find_damage(code)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "def f(a, *, b): pass",
        "from x import *",
        "f(*args, **kwargs)",
        "x = a**b**c",
        "x = a*b",
        "print('**init** “a” &lt;')",
        "# for * in",
        "def f(:",
        "x = = “",
        "input(x, *, dim=None) -> Tensor",
        "match x:\n    case [a, *_]: pass",
        "print 'a*b'",
    ],
)
def test_what_is_no_damage_stays(code):
    assert repair(code) == code


def test_what_cannot_be_read_anyway_names_only_the_certain():
    code = "class A:\ndef **init**(self, embed*dim):\nfor * in embed_dim:\nx = a + * )"

    assert repair(code) == code
    assert find_damage(code) == [
        Damage(2, 5, "**init**", "__init__"),
        Damage(2, 25, "*", "_"),
        Damage(3, 5, "*", "_"),
    ]


@pytest.mark.parametrize(
    "piece", ["*", "“", "**a", "(*", "a*", '\\"""', "for *, ", "&lt;"]
)
def test_hostile_code_costs_little(piece):
    code = piece * (99_000 // len(piece))

    assert work.measure(lambda: find_damage(code)) < 300
    assert repair(code * 20) == code * 20
