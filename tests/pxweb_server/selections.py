"""What a data request selects: reads GET and POST, expands, checks, counts cells.

Knows the API's rules of selection; never reads cells.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.pxweb_server import expressions
from tests.pxweb_server.packs import Document, Pack
from tests.pxweb_server.problems import (
    bad_request,
    illegal_expression,
    missing_selection,
    no_such_value,
    too_many_cells,
)
from tests.pxweb_server.variables import Variable, variable, variable_code

# The default selection of the real server is an algorithm's or an editor's; this one only is small.
DEFAULT_TIMES = 13
DEFAULT_VALUES = 11

_BRACKETED_OR_PLAIN = re.compile(r"\[[^\]]*\]|[^,]+")


@dataclass(frozen=True)
class Choice:
    """What was asked for one variable, as written."""

    variable: str
    values: tuple[str, ...]
    codelist: str | None = None


@dataclass(frozen=True)
class Axis:
    """
    One variable of the answer; no `picked` positions means that it is eliminated.

    They stand in the order of the question, as the real server answers.
    """

    variable: Variable
    picked: tuple[int, ...]


def choices_in_query(query: Iterable[tuple[str, str]]) -> list[Choice]:
    """Choices of a GET: `valueCodes[Var]=a,b,[TOP(2,1)]` and `codelist[Var]=id`, in any case."""
    values: dict[str, list[str]] = {}
    codelists: dict[str, str] = {}
    for name, text in query:
        kind, bracket, rest = name.partition("[")
        if not bracket or not rest.endswith("]"):
            continue
        if kind.casefold() == "valuecodes":
            values.setdefault(rest[:-1], []).extend(_split(text))
        elif kind.casefold() == "codelist":
            codelists[rest[:-1].casefold()] = text
    return [
        Choice(name, tuple(asked), codelists.get(name.casefold())) for name, asked in values.items()
    ]


def choices_in_body(body: Any) -> list[Choice]:
    """Choices of a POST body; an empty body or selection is none."""
    if body is None:
        return []
    if not isinstance(body, dict) or not isinstance(body.get("selection", []), list):
        raise bad_request("One or more validation errors occurred.")
    return [_choice(entry) for entry in body.get("selection", [])]


def axes(pack: Pack, choices: Sequence[Choice], *, max_cells: int) -> list[Axis]:
    """One axis per variable, in the table's order. No choices at all: the default selection."""
    if not choices:
        return default_axes(pack)
    asked: dict[str, Choice] = {}
    variables: dict[str, Variable] = {}
    for choice in choices:
        code = variable_code(pack, choice.variable)
        asked[code] = choice
        variables[code] = variable(pack, code, choice.codelist)
    everything = [variables.get(code) or variable(pack, code) for code in pack.metadata["id"]]
    if any(one.code not in asked and not one.elimination for one in everything):
        raise missing_selection()
    chosen = [_axis(one, asked.get(one.code)) for one in everything]
    if cell_count(chosen) > max_cells:
        raise too_many_cells()
    return chosen


def cell_count(chosen: Iterable[Axis]) -> int:
    """Cells of the answer: the product of the values picked; an eliminated variable counts once."""
    return math.prod(len(axis.picked) or 1 for axis in chosen)


def default_axes(pack: Pack) -> list[Axis]:
    """The small selection sent to who asks for nothing in particular."""
    everything = [variable(pack, code) for code in pack.metadata["id"]]
    mandatory = [one for one in everything if not one.elimination] or everything
    outer = {mandatory[0].code, mandatory[-1].code}
    return [
        Axis(one, _default_positions(one, outer=one.code in outer) if one in mandatory else ())
        for one in everything
    ]


def default_selection(pack: Pack) -> Document:
    """The default selection as the API writes a selection."""
    px = pack.metadata.get("extension", {}).get("px", {})
    chosen = default_axes(pack)
    kept = {axis.variable.code for axis in chosen if axis.picked}
    return {
        "selection": [
            {
                "variableCode": axis.variable.code,
                "valueCodes": [axis.variable.codes[at] for at in axis.picked],
            }
            for axis in chosen
        ],
        "placement": {
            part: [code for code in px.get(part, []) if code in kept]
            for part in ("heading", "stub")
        },
    }


def _default_positions(one: Variable, *, outer: bool) -> tuple[int, ...]:
    everywhere = range(len(one.codes))
    if one.is_time:
        return tuple(everywhere[-DEFAULT_TIMES:])
    return tuple(everywhere[: DEFAULT_VALUES if outer else 1])


def _split(text: str) -> list[str]:
    parts = [part.strip() for part in _BRACKETED_OR_PLAIN.findall(text)]
    return [part[1:-1] if part.startswith("[") and part.endswith("]") else part for part in parts]


def _choice(entry: Any) -> Choice:
    if not isinstance(entry, Mapping):
        raise bad_request("One or more validation errors occurred.")
    keys = {str(key).casefold(): value for key, value in entry.items()}
    values = keys.get("valuecodes") or []
    if not isinstance(keys.get("variablecode"), str) or not all(isinstance(v, str) for v in values):
        raise bad_request("One or more validation errors occurred.")
    return Choice(keys["variablecode"], tuple(values), keys.get("codelist") or None)


def _axis(one: Variable, choice: Choice | None) -> Axis:
    picked: dict[int, None] = {}
    for value in choice.values if choice else ():
        picked.update(dict.fromkeys(_positions(one, value)))
    if not picked and not one.elimination:
        raise missing_selection()
    return Axis(one, tuple(picked))


def _positions(one: Variable, value: str) -> list[int]:
    exact = one.position(value)
    if exact is not None:
        return [exact]
    kind = expressions.kind_of(value)
    if kind is None:
        raise no_such_value()
    if not expressions.well_written(kind, value):
        raise illegal_expression()
    try:
        codes = set(expressions.expanded(kind, value, one.codes, is_time=one.is_time))
    except LookupError:
        raise no_such_value() from None
    return [at for at, code in enumerate(one.codes) if code in codes]
