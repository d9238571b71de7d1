"""Selection expressions of PxWebApi 2: which kind, whether well written, which codes they mean.

Pure: text and codes in, codes out. Knows nothing of tables, and never decides what an empty
result means.
"""

import re
from collections.abc import Sequence

KINDS = ("top", "bottom", "range", "from", "to", "wildcard", "questionmark")

_CALLS = frozenset(KINDS[:5])
_MARKS = {"wildcard": "*", "questionmark": "?"}
_COUNTED = r"\([1-9]\d*(,\d+)?\)"
_SYNTAX = {
    "top": re.compile(f"TOP{_COUNTED}", re.IGNORECASE),
    "bottom": re.compile(f"BOTTOM{_COUNTED}", re.IGNORECASE),
    "range": re.compile(r"RANGE\([^,]+,[^,]+\)", re.IGNORECASE),
    "from": re.compile(r"FROM\([^,]+\)", re.IGNORECASE),
    "to": re.compile(r"TO\([^,]+\)", re.IGNORECASE),
    "wildcard": re.compile(r"\*|\*[^*]+\*?|[^*]+\*|\*\*"),
    "questionmark": re.compile(r".*\?.*"),
}


def recognised(kind: str, text: str) -> bool:
    """Whether text looks like this kind; whether it is well written is another question."""
    if kind in _CALLS:
        return text.upper().startswith(f"{kind.upper()}(")
    return _MARKS[kind] in text


def kind_of(text: str) -> str | None:
    """The kind of an expression, or None for a plain code."""
    return next((kind for kind in KINDS if recognised(kind, text)), None)


def well_written(kind: str, text: str) -> bool:
    """Whether an expression of this kind follows the API's syntax to the letter."""
    return _SYNTAX[kind].fullmatch(text) is not None


def expanded(kind: str, text: str, codes: Sequence[str], *, is_time: bool) -> list[str]:
    """The codes meant, in the order of `codes`. LookupError for a bound that is not among them."""
    if kind in ("top", "bottom"):
        from_start = (kind == "top") != is_time
        return _counted(text, codes, from_start=from_start)
    if kind in _CALLS:
        return _between(kind, text, codes)
    pattern = re.compile(_as_pattern(kind, text), re.IGNORECASE | re.DOTALL)
    return [code for code in codes if pattern.fullmatch(code)]


def position(code: str, codes: Sequence[str]) -> int | None:
    """Where a code stands; its exact spelling first, then whatever its case."""
    if code in codes:
        return codes.index(code)
    folded = code.casefold()
    return next((at for at, other in enumerate(codes) if other.casefold() == folded), None)


def _counted(text: str, codes: Sequence[str], *, from_start: bool) -> list[str]:
    count, offset = (int(number) for number in (*_arguments(text), "0")[:2])
    if from_start:
        return list(codes[offset : offset + count])
    end = max(len(codes) - offset, 0)
    return list(codes[max(end - count, 0) : end])


def _between(kind: str, text: str, codes: Sequence[str]) -> list[str]:
    bounds = [position(bound, codes) for bound in _arguments(text)]
    if any(bound is None for bound in bounds):
        raise LookupError(f"{text}: a bound is not among the {len(codes)} codes of the variable")
    found = sorted(bound for bound in bounds if bound is not None)
    first = 0 if kind == "to" else found[0]
    last = len(codes) - 1 if kind == "from" else found[-1]
    return list(codes[first : last + 1])


def _arguments(text: str) -> list[str]:
    inner = text[text.index("(") + 1 : -1]
    return [part.strip() for part in inner.split(",")]


def _as_pattern(kind: str, text: str) -> str:
    mark = _MARKS[kind]
    return ("." if kind == "questionmark" else ".*").join(
        re.escape(part) for part in text.split(mark)
    )
