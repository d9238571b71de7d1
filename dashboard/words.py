"""
Every sentence pattern of both languages in one list, for whoever reads them aloud.

An edge: reads the program's own source, which tells where a pattern is used and what fills its
blanks. Examples are sentences of real pages that a pattern has made.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any, get_args

from dashboard.codes import ViewName
from dashboard.pages.about import METHOD_TEXTS
from dashboard.pages.indicator import page as indicator_page
from dashboard.pages.registry import PAGE_FUNCTIONS
from dashboard.state.url import State
from dashboard.state.visit import Visit, visited
from dashboard.text import LANGS, terms
from etl.catalogue import Text

_CODE = Path(__file__).parent
_FEWEST_LETTERS = 8  # of a pattern's own, without which anything would be an example of it
_MOST_USES, _MOST_FILLS = 3, 3
Examples = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Pattern:
    """
    A sentence or word in both languages.

    `uses`: the functions that say it. `blanks`: of each blank what fills it, as the program has
    it. `examples`: by language a sentence that it has made.
    """

    key: str
    text: Text
    uses: tuple[str, ...]
    blanks: Mapping[str, tuple[str, ...]]
    examples: Mapping[str, str]


def patterns(examples: Examples | None = None) -> list[Pattern]:
    """Every pattern by key: the terms of the interface, then the methods of the rules."""
    functions = list(_functions())
    found = []
    for key, text in terms().items():
        users = _users(key, functions)
        blanks = {name: _fills(name, users) for name in blanks_of(text["sv"])}
        uses = tuple(dict.fromkeys(user.name for user in users))
        found.append(Pattern(key, text, uses, blanks, (examples or {}).get(key, {})))
    methods = [
        Pattern(f"method_{key}", text, ("dashboard.pages.about",), {}, {})
        for key, text in METHOD_TEXTS.items()
    ]
    return [*found, *methods]


def blanks_of(pattern: str) -> list[str]:
    """The names of a pattern's blanks, each once."""
    return list(dict.fromkeys(name for _, name, _, _ in Formatter().parse(pattern) if name))


def pattern_list(listed: Iterable[Pattern]) -> str:
    """The list as Markdown: of each pattern its words, its blanks, an example and where it is."""
    lines = ["# Every sentence pattern", ""]
    for pattern in listed:
        lines += [f"## {pattern.key}", ""]
        for lang in LANGS:
            lines.append(f"- {lang}: {pattern.text[lang]}")
            if example := pattern.examples.get(lang):
                lines.append(f"  - as in: {example}")
        for name, fills in pattern.blanks.items():
            more = f" and {len(fills) - _MOST_FILLS} more" if fills[_MOST_FILLS:] else ""
            told = ", ".join(f"`{fill}`" for fill in fills[:_MOST_FILLS]) or "the caller"
            lines.append(f"- {{{name}}}: {told}{more}")
        more = f" and {len(pattern.uses) - _MOST_USES} more" if pattern.uses[_MOST_USES:] else ""
        lines += [f"- in {', '.join(pattern.uses[:_MOST_USES]) or 'no function by name'}{more}", ""]
    return "\n".join(lines)


@dataclass(frozen=True)
class _Function:
    """A function: the texts that it names, the beginnings and ends of others, and what it fills."""

    name: str
    texts: frozenset[str]
    made: tuple[re.Pattern[str], ...]
    fills: Mapping[str, tuple[str, ...]]


def _functions() -> Iterator[_Function]:
    for path in sorted(_CODE.rglob("*.py")):
        module = ".".join(("dashboard", *path.relative_to(_CODE).with_suffix("").parts))
        tree = ast.parse(path.read_bytes())
        for node in tree.body:
            parts = node.body if isinstance(node, ast.ClassDef) else [node]
            for part in parts:
                name = getattr(part, "name", "")
                yield _function(f"{module}.{name}" if name else module, part)


def _function(name: str, node: ast.AST) -> _Function:
    texts, made = set(), []
    fills: dict[str, list[str]] = defaultdict(list)
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            texts.add(part.value)
        elif isinstance(part, ast.JoinedStr) and (pattern := _made_key(part)):
            made.append(pattern)
        elif isinstance(part, ast.keyword) and part.arg:
            fills[part.arg].append(ast.unparse(part.value))
        elif isinstance(part, ast.Dict):
            for key, value in zip(part.keys, part.values, strict=True):
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    fills[key.value].append(ast.unparse(value))
    once = {blank: tuple(dict.fromkeys(values)) for blank, values in fills.items()}
    return _Function(name, frozenset(texts), tuple(made), once)


def _made_key(text: ast.JoinedStr) -> re.Pattern[str] | None:
    """The keys that a text with blanks may be; None where it begins with a blank."""
    parts = [
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z0-9_]+"
        for part in text.values
    ]
    whole = "".join(parts)
    return re.compile(whole) if re.match(r"[a-z]+_", whole) else None


def _users(key: str, functions: Sequence[_Function]) -> list[_Function]:
    """The functions that name a key, or else that make it, or that name what it begins with."""
    if named := [one for one in functions if key in one.texts]:
        return named
    if made := [one for one in functions if any(make.fullmatch(key) for make in one.made)]:
        return made
    shorter = key.rpartition("_")[0]
    return _users(shorter, functions) if shorter else []


def _fills(blank: str, users: Iterable[_Function]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fill for user in users for fill in user.fills.get(blank, ())))


def examples_of(visit: Visit) -> Examples:
    """A sentence for each pattern that has made one on the pages of a region, by language."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for lang in LANGS:
        texts = list(dict.fromkeys(_sentences(visit, State(visit.state.region, lang=lang))))
        for key, text in terms().items():
            if example := _example(text[lang], texts):
                found[key][lang] = example
    return found


def _example(pattern: str, texts: Iterable[str]) -> str:
    """The first text that a pattern with blanks has made; "" where it has too few own letters."""
    pieces = list(Formatter().parse(pattern))
    own = "".join(literal for literal, *_ in pieces)
    if not blanks_of(pattern) or sum(map(str.isalpha, own)) < _FEWEST_LETTERS:
        return ""
    blank = r"(?=\S)[^\n]+?(?<=\S)"
    made = "".join(re.escape(piece) + (blank if name else "") for piece, name, *_ in pieces)
    whole = re.compile(rf"(?:^|(?<=[.!?] )){made}(?=$|\s)")
    return next((found[0] for text in texts if (found := whole.search(text))), "")


def _sentences(visit: Visit, state: State) -> Iterator[str]:
    """The texts of the pages of a region."""
    for path, page in PAGE_FUNCTIONS.items():
        yield from _texts(page(_visit_of(visit, path, state)).content)
    for indicator in visit.catalogue.indicators:
        for view in get_args(ViewName):
            shown = State(state.region, lang=state.lang, view=view)
            address = f"/indikator/{indicator.id}"
            yield from _texts(indicator_page.page(_visit_of(visit, address, shown)).content)


def _visit_of(visit: Visit, path: str, state: State) -> Visit:
    return visited(visit.context, visit.warehouse, path, state, current=visit.current)


def _texts(node: Any) -> Iterator[str]:
    """The texts of what stands in a page, in the order of reading."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, list | tuple):
        for part in node:
            yield from _texts(part)
    elif isinstance(node, Mapping):
        yield from _texts(node.get("props", {}).get("children"))
    else:
        yield from _texts(getattr(node, "children", None) or ())
