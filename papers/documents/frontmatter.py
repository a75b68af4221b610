"""Front matter: YAML between two lines `---`, read as plain text with line numbers.

Scalars stay the text they are (`2412.08900` is not a number), so nothing is lost in a
guess about types. Anchors and tags are refused: a small file must stay small.
"""

from collections.abc import Callable, Mapping
from typing import Any, NoReturn

import yaml

from papers.values import DocumentError

FENCE = "---"


class Fields:
    """The keys of one mapping; each is read once, and what nobody reads is an error."""

    def __init__(self, node: yaml.MappingNode, file: str) -> None:
        self.file = file
        self.line = line_of(node)
        self.nodes: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if key.value in self.nodes:
                self.fail(f"“{key.value}” is given twice.", line_of(key))
            self.nodes[key.value] = value
        self.unread = dict(self.nodes)

    def text(self, key: str) -> str:
        node = self.unread.pop(key, None)
        return self.scalar(node, key) if node is not None else ""

    def parsed(self, key: str, parse: Callable[[str], Any]) -> Any:
        """What the parser makes of the text; its ValueError gets the line."""
        text = self.text(key)
        try:
            return parse(text)
        except ValueError as error:
            self.fail(f"{key}: {error}", self.line_of(key))

    def choice(self, key: str, choices: set[str], default: str = "") -> str:
        text = self.text(key) or default
        if text not in choices:
            given = f"not {text!r}" if text else "and is missing"
            self.fail(
                f"{key} must be one of {sorted(choices)}, {given}.", self.line_of(key)
            )
        return text

    def flag(self, key: str) -> bool:
        return self.choice(key, {"true", "yes", "false", "no"}, "false") in {
            "true",
            "yes",
        }

    def items(self, key: str) -> tuple[str, ...]:
        return tuple(self.scalar(node, key) for node in self.sequence(key))

    def mappings(self, key: str) -> list["Fields"]:
        found = []
        for node in self.sequence(key):
            if not isinstance(node, yaml.MappingNode):
                self.fail(f"Each of {key} has keys and values.", line_of(node))
            found.append(Fields(node, self.file))
        return found

    def done(self) -> None:
        """Refuse what was not read: a misspelled key would be lost in silence."""
        for key, node in self.unread.items():
            self.fail(f"“{key}” has no meaning here.", line_of(node))

    def line_of(self, key: str) -> int:
        return line_of(self.nodes[key]) if key in self.nodes else self.line

    def sequence(self, key: str) -> list[yaml.Node]:
        node = self.unread.pop(key, None)
        if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.fail(f"{key} is a list: one “- ” a line.", line_of(node))
        return list(node.value)

    def scalar(self, node: yaml.Node, key: str) -> str:
        if not isinstance(node, yaml.ScalarNode):
            self.fail(f"{key} is a text.", line_of(node))
        return str(node.value)

    def fail(self, reason: str, line: int) -> NoReturn:
        raise DocumentError(reason, file=self.file, line=line)


def line_of(node: yaml.Node) -> int:
    # YAML starts on the file's second line, and its own count starts at zero.
    return int(node.start_mark.line) + 2


def split(text: str, file: str) -> tuple[Fields, str, int]:
    """Return the front matter, the text after it, and the line at which that starts."""
    lines = text.split("\n")
    if lines[0] != FENCE:
        raise DocumentError(f"A file starts with a line {FENCE!r}.", file=file, line=1)
    try:
        end = lines.index(FENCE, 1)
    except ValueError:
        reason = f"The front matter never ends: a second line {FENCE!r} is missing."
        raise DocumentError(reason, file=file, line=1) from None
    return read("\n".join(lines[1:end]), file), "\n".join(lines[end + 1 :]), end + 2


def read(source: str, file: str) -> Fields:
    try:
        for token in yaml.scan(source, Loader=yaml.BaseLoader):
            if isinstance(token, yaml.AliasToken | yaml.AnchorToken | yaml.TagToken):
                line = token.start_mark.line + 2
                reason = "Anchors, aliases and tags of YAML are not used here."
                raise DocumentError(reason, file=file, line=line)
        node = yaml.compose(source, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 2 if mark else 1
        raise DocumentError(
            f"Not YAML: {error.problem}.", file=file, line=line
        ) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise DocumentError("Not YAML that can be read.", file=file, line=2) from error
    if not isinstance(node, yaml.MappingNode):
        raise DocumentError("The front matter has keys and values.", file=file, line=2)
    return Fields(node, file)


class Dumper(yaml.SafeDumper):
    """Keeps lines as they are: long ones are not wrapped, several are a block."""


def write_text(dumper: Dumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


Dumper.add_representer(str, write_text)


def join(fields: Mapping[str, object], body: str) -> str:
    """The file that `split` reads back; keys without a value are left out."""
    given = {key: value for key, value in fields.items() if value}
    front = yaml.dump(
        given, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=2**20
    )
    text = f"{FENCE}\n{front}{FENCE}\n"
    return f"{text}\n{body}\n" if body else text
