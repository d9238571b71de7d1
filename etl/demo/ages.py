"""
Which ages the codes of an age variable stand for.

Pure. "16-19", "-4", "65+" and "100+5" say it themselves; a single age reaches up to the next
one listed, so that an expression such as RANGE(16,25) finds everybody although few are listed.
"""

import re
from collections.abc import Iterable, Mapping

from etl.names import normalised

NO_END = 200
SINGLE = 2
_CALL = re.compile(r"(?i)(?:range|from|to)\((.*)\)")
_SPAN = re.compile(r"(\d*)-(\d+)(?: år)?")
_OPEN = re.compile(r"(\d+)(?:\+5?| år och äldre|- år|\+ år)")
_ONE = re.compile(r"(\d+)(?: år)?")


def is_age(variable: str) -> bool:
    """Say whether a variable of the source is age."""
    return normalised(variable) in {"alder", "ålder"}


def span(text: str) -> tuple[int, int] | None:
    """Return first and last age of a code or label; None when it is no age."""
    text = normalised(text)
    if found := _SPAN.fullmatch(text):
        return int(found[1] or 0), int(found[2])
    if found := _OPEN.fullmatch(text):
        return int(found[1]), NO_END
    found = _ONE.fullmatch(text)
    return (int(found[1]), int(found[1])) if found else None


def listed(texts: Iterable[str]) -> list[str]:
    """Return the codes that a table needs for these codes and expressions, in its order."""
    codes: dict[str, None] = {}
    for text in texts:
        called = _CALL.fullmatch(text)
        bounds = [word.strip() for word in called[1].split(",")] if called else [text]
        codes.update(dict.fromkeys(bounds))
        spans = [found for found in map(span, bounds) if found]
        if spans and _ONE.fullmatch(bounds[-1]):
            codes[str(spans[-1][1] + 1)] = None
    return sorted(codes, key=_place)


def spans(labels: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    """Return first and last age of every code that is an age; the rest are everybody."""
    found = {
        code: known
        for code, label in labels.items()
        if (known := span(code) or span(label)) is not None
    }
    alone = sorted(found[code][0] for code in found if _place(code)[0] == SINGLE)
    for code, (first, _) in found.items():
        if _ONE.fullmatch(code):
            found[code] = first, next((age - 1 for age in alone if age > first), NO_END)
    return found


def age_label(code: str, labels: Mapping[str, str]) -> str:
    """Return the text of an age: with all years that it stands for in the example."""
    known = spans(labels).get(code)
    if known is None:
        return labels[code]
    first, last = known
    if last >= NO_END:
        return f"{first}+ år"
    return f"{first} år" if first == last else f"{first}–{last} år"


def _place(code: str) -> tuple[int, int]:
    """Everybody first, then groups of ages, then single ages."""
    known = span(code)
    if known is None:
        return 0, 0
    return (SINGLE if re.fullmatch(r"\d+\+?", code) else 1), known[0]
