"""Whether a piece of Python or JSON can be read at all. Nothing of it is ever run."""

import ast
import json
import re
import sys
import warnings
from collections.abc import Callable, Sequence
from textwrap import dedent
from threading import Lock
from typing import NamedTuple, NoReturn

TOO_DEEP = "it is nested too deeply to be checked"


class Problem(NamedTuple):
    """What is wrong, and in which line of the piece (from 1, 0 where it is unknown)."""

    line: int
    reason: str

    def __str__(self) -> str:
        words = self.reason if self.reason.endswith("?") else f"{self.reason}."
        return f"line {self.line}: {words}" if self.line else words


def find_problem(code: str, language: str) -> Problem | None:
    """The first problem of the code; none where nobody here can read its language.

    Lines are counted as they are shown: from the first that is not empty.
    """
    check = CHECKS.get(language.strip().lower())
    code = code.removeprefix("\ufeff").replace("\r\n", "\n").strip("\n")
    return check(code) if check and code.strip() else None


def check_python(code: str) -> Problem | None:
    """As the Python that runs this site reads it: a piece of a file, or a session."""
    code = dedent(code)
    return check_session(code) if SESSION.match(code) else check_lines(code)


def check_session(code: str) -> Problem | None:
    """What was typed after the prompts, each line where it stood."""
    typed, lines = False, []
    for line in dedent(code).split("\n"):
        found = PROMPT.match(line)
        # After an answer, three points are a part of it and no prompt.
        typed = bool(found) and (typed or line.startswith(">>>"))
        lines.append((found[1] or "") if found and typed else "")
    return check_lines("\n".join(lines))


SESSION = re.compile(r"\s*>>>(?: |$)", re.MULTILINE)
PROMPT = re.compile(r"(?:>>>|\.\.\.)(?: (.*)|$)")


def check_lines(code: str) -> Problem | None:
    problem = parse_python(code)
    if problem is None or OTHER_LANGUAGE.match(code):
        return None
    # A line that begins with % may also go on with the one before it.
    other = parse_python(MAGIC.sub(r"\1pass", code))
    return max(problem, other) if other else None


# What IPython understands beside Python: %time x, !ls, files = !ls, help? and ?help
MAGIC = re.compile(
    r"^([ \t]*)(?:(?:[\w, ]+=\s*)?(?:%{1,2}[A-Za-z]|!\S).*|\?{1,2}[\w.]+|[\w.]+\?{1,2}[ \t]*)$",
    re.MULTILINE,
)
# A cell of IPython in another language than Python.
OTHER_LANGUAGE = re.compile(r"\s*%%(?!time|capture|prun)[A-Za-z!]")
# What newer Pythons read in a line: type parameters, and quotes within an f-string.
NEWER = re.compile(
    r"\s*(?:type\s+\w+.*=|(?:async\s+)?def\s+\w+\s*\[|class\s+\w+\s*\[)"
    r"|.*\b(?:[rR]?[fF]|[fF][rR])([\"']).*\1.*\1"
)
IS_OLD = sys.version_info < (3, 12)
# The filter of warnings is one for all threads, so nobody else may come between.
ALONE = Lock()


def parse_python(code: str) -> Problem | None:
    if "\0" in code:
        return Problem(line_of(code, code.index("\0")), "it holds a null character")
    problem = None
    try:
        with ALONE, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(code)
    except SyntaxError as error:
        problem = read_error(error, code.split("\n"))
    except UnicodeEncodeError as error:
        problem = Problem(line_of(code, error.start), "it holds half a character")
    except (MemoryError, RecursionError):
        problem = Problem(0, TOO_DEEP)
    return problem


def read_error(error: SyntaxError, lines: Sequence[str]) -> Problem | None:
    line = min(error.lineno or 1, len(lines))
    is_newer = IS_OLD and NEWER.match(lines[line - 1])
    return None if is_newer else Problem(line, error.msg)


def line_of(code: str, place: int) -> int:
    return code.count("\n", 0, place) + 1


def check_json(code: str) -> Problem | None:
    try:
        json.loads(code, parse_int=str, parse_float=str, parse_constant=refuse)
    except json.JSONDecodeError as error:
        return Problem(error.lineno, error.msg)
    except RecursionError:
        return Problem(0, TOO_DEEP)
    except ValueError as error:
        return Problem(0, str(error))
    return None


def refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is Python's, and no value of JSON")


CHECKS: dict[str, Callable[[str], Problem | None]] = {
    "python": check_python,
    "python3": check_python,
    "py": check_python,
    "py3": check_python,
    "pycon": check_session,
    "python-console": check_session,
    "json": check_json,
}
