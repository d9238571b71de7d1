"""
Which cells to ask for: expressions expanded, cells counted, requests split.

Pure. Knows PxWebApi 2's selection expressions and how a selection is cut into the fewest
requests of a grid under the cell limit. It never asks anybody anything.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, prod
from typing import Any

import orjson

from etl.errors import SourceError

CodeSelection = Mapping[str, tuple[str, ...]]
_CALL = re.compile(r"(?i)(top|bottom|from|to|range)\((.*)\)")


def expanded(expression: str, codes: Sequence[str], *, is_time: bool = False) -> tuple[str, ...]:
    """
    Return the codes that an expression stands for, in the order of the table.

    An exact code wins over an expression. TOP of the time variable is the latest. Nothing
    found is an empty tuple: the caller says whether that is an error.

    Raises:
        SourceError: a bound that the table does not have, or an expression it would refuse.

    """
    if expression in codes:
        return (expression,)
    called = _CALL.fullmatch(expression)
    if called:
        return _called(called[1].lower(), called[2], codes, is_time=is_time, text=expression)
    if "*" in expression or "?" in expression:
        return _matching(expression, codes)
    return ()


def split(sizes: Sequence[int], limit: int, splittable: Sequence[bool]) -> tuple[int, ...]:
    """
    Return into how many parts to cut each dimension so that every part has at most `limit` cells.

    The number of parts is the smallest of any grid that cuts only splittable dimensions.

    Raises:
        SourceError: when even the smallest parts are too large.

    """
    _check_together(
        prod(size for size, cut in zip(sizes, splittable, strict=True) if not cut), limit
    )
    most = [size if cut else 1 for size, cut in zip(sizes, splittable, strict=True)]
    for calls in range(ceil(prod(sizes) / limit), prod(most) + 1):
        for parts in _factors(calls, most):
            if prod(ceil(n / k) for n, k in zip(sizes, parts, strict=True)) <= limit:
                return parts
    raise SourceError(f"{prod(sizes)} cells cannot be cut into parts of {limit}")


def check_splits(selection: CodeSelection, limit: int, splittable: frozenset[str]) -> None:
    """
    Refuse a selection of which more cells belong together than one call may give.

    Raises:
        SourceError: with both numbers.

    """
    _check_together(
        prod(len(codes) for name, codes in selection.items() if name not in splittable), limit
    )


def _check_together(together: int, limit: int) -> None:
    if together > limit:
        raise SourceError(
            f"{together} cells belong together and the API gives at most {limit} a call; "
            "ask for fewer codes"
        )


def split_selection(
    selection: CodeSelection, limit: int, splittable: frozenset[str]
) -> Iterator[CodeSelection]:
    """Yield the selections, each under the limit, that together are the selection, once each."""
    names = list(selection)
    sizes = [len(selection[name]) for name in names]
    parts = split(sizes, limit, [name in splittable for name in names])

    def cut(number: int) -> Iterator[dict[str, tuple[str, ...]]]:
        if number == len(names):
            yield {}
            return
        codes, step = selection[names[number]], ceil(sizes[number] / parts[number])
        for start in range(0, len(codes), step):
            for rest in cut(number + 1):
                yield {names[number]: codes[start : start + step], **rest}

    yield from cut(0)


@dataclass(frozen=True)
class CellRequest:
    """One call: the body to post, its key, and the number of cells of the answer."""

    key: str
    body: Mapping[str, Any] = field(compare=False)
    cells: int


def request_key(table: str, request: Any) -> str:
    """Return what identifies a request whatever the address of the API."""
    return hashlib.sha256(orjson.dumps([table, request], option=orjson.OPT_SORT_KEYS)).hexdigest()[
        :16
    ]


def table_requests(
    table: str, selection: CodeSelection, limit: int, splittable: frozenset[str]
) -> Iterator[CellRequest]:
    """Yield the requests for a selection of a table, each under the limit."""
    for part in split_selection(selection, limit, splittable):
        request = {
            "selection": [
                {"variableCode": variable, "valueCodes": list(codes)}
                for variable, codes in part.items()
            ]
        }
        yield CellRequest(request_key(table, request), request, prod(map(len, part.values())))


def _called(
    name: str, arguments: str, codes: Sequence[str], *, is_time: bool, text: str
) -> tuple[str, ...]:
    words = [word.strip() for word in arguments.split(",")]
    if name in {"top", "bottom"}:
        if len(words) > 2 or not all(re.fullmatch(r"\d+", word) for word in words):
            raise SourceError(f"{text}: expected a number and perhaps an offset")
        count, offset = int(words[0]), int(words[1]) if len(words) == 2 else 0
        latest_first = is_time == (name == "top")
        ordered = list(reversed(codes)) if latest_first else list(codes)
        chosen = set(ordered[offset : offset + count])
        return tuple(code for code in codes if code in chosen)
    if len(words) != (2 if name == "range" else 1):
        raise SourceError(f"{text}: wrong number of bounds")
    for word in words:
        if word not in codes:
            raise SourceError(f"{text}: the table has no code {word!r}")
    positions = sorted(list(codes).index(word) for word in words)
    first = 0 if name == "to" else positions[0]
    last = len(codes) - 1 if name == "from" else positions[-1]
    return tuple(codes[first : last + 1])


def _matching(expression: str, codes: Sequence[str]) -> tuple[str, ...]:
    pattern = "".join(
        ".*" if sign == "*" else "." if sign == "?" else re.escape(sign) for sign in expression
    )
    return tuple(code for code in codes if re.fullmatch(pattern, code, re.IGNORECASE))


def _factors(product: int, most: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield every way to write a product as one factor a dimension, none above its size."""
    if not most:
        if product == 1:
            yield ()
        return
    for factor in range(1, min(product, most[0]) + 1):
        if product % factor == 0:
            for rest in _factors(product // factor, most[1:]):
                yield (factor, *rest)
