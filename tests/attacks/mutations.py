"""Documents of an API that is not well: any JSON with one to three of its parts made odd."""

import copy
from collections.abc import Iterator
from math import prod
from typing import Any

from hypothesis import strategies as st

Place = tuple[str | int, ...]

ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 3, 0.5, -0.0, 1e308, 5e-324, 10**18, 2**63, -(2**63)),
    *("", " ", "x" * 201, "x" * 5000, "\x00", "\x1b[2J", "\u202e", "å" * 3, "a\u030a", "'; DROP"),
    *("../../etc/passwd", "/etc/passwd", "..", ".", "-", "bytes", "nan", "inf", "1e999", "²"),
    *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2031-01-01T00:00:00Z"),
    *("2024-02-30", "20240222", "0000", "9999", "2024M13", "1998-2002", "TAB2", "TAB1"),
    *("2021", "00", "N", "Region", "ContentsCode", "Tid", "top(1)", "*", "[range(1,2)]"),
    *([], {}, [[]], [None], [{}], {"": ""}, {"0": None}, {"-1": 1}, {"1": ".."}, [1, "x", None]),
    *([str(n) for n in range(300)], {str(n): f"s{n}" for n in range(300)}, ["Tid", "Tid"]),
    {"a": {"b": {"c": [1, 2, {"d": []}]}}},
)


def places(document: Any, at: Place = ()) -> Iterator[Place]:
    """
    Every place in a document, the whole of it first; of long lists and objects both ends.

    Objects and lists stand thrice, for there are fewer of them than of texts and numbers.
    """
    yield at
    if isinstance(document, dict | list):
        yield from (at, at)
        keys: list[Any] = [*document] if isinstance(document, dict) else [*range(len(document))]
        for key in keys if len(keys) <= 20 else [*keys[:4], *keys[-2:]]:
            yield from places(document[key], (*at, key))


@st.composite
def mutated(draw: st.DrawFn, document: Any) -> Any:
    """The document with some of its parts replaced, removed, doubled, renamed or joined by more."""
    found = copy.deepcopy(document)
    for _ in range(draw(st.integers(1, 3))):
        found = _changed(draw, found)
    return with_its_size(found) if draw(st.booleans()) else found


def with_its_size(document: Any) -> Any:
    """
    The document with the size that its codes have, and as many cells where it has any.

    What is odd is then no mere matter of counting. One without codes stays as it is.
    """
    try:
        indexes = [document["dimension"][code]["category"]["index"] for code in document["id"]]
        size = [len(index) for index in indexes]
        cells = prod(size)
        if document["value"] and cells < 10_000:
            document["value"] = (document["value"] * (cells + 1))[:cells]
        return document | {"size": size}
    except (KeyError, TypeError):
        return document


def _changed(draw: st.DrawFn, document: Any) -> Any:
    inner: list[Any]
    last: Any
    *inner, last = draw(st.sampled_from([(None, *place) for place in places(document)]))
    odd = copy.deepcopy(draw(st.sampled_from(ODD)))
    if last is None:
        return odd if draw(st.integers(0, 9)) == 0 else document
    holder: Any = document
    for key in inner[1:]:
        holder = holder[key]
    action = draw(
        st.sampled_from(("replace", "replace", "empty", "remove", "double", "add", "rename"))
    )
    if action == "replace":
        holder[last] = odd
    elif action == "empty":
        holder[last] = type(holder[last])() if holder[last] is not None else odd
    elif action == "remove":
        del holder[last]
    elif isinstance(holder, list):
        holder.append(copy.deepcopy(holder[last]) if action == "double" else odd)
    elif action == "rename":
        holder[str(odd)[:5000]] = holder.pop(last)
    else:
        holder[str(draw(st.sampled_from(ODD)))[:5000]] = odd
    return document
