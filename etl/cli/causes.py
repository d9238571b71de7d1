"""
What went wrong, grouped by cause, so that a terminal holds the worst day.

Pure: troubles and the size of a terminal in, lines out. The same trouble of many indicators is
one cause; where there is still too much, troubles that differ in names and numbers only are one
too, long texts lose their middle, and what is left out is counted. Worst last.
"""

import re
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

Severity = Literal["warning", "healed", "stale", "held", "failed", "lost", "unreachable", "missing"]
_ORDER = get_args(Severity)  # the worst last
_MOST_WARNING_LINES = 9
_LEAST_LINES = 2  # of a cause: what it is, and whose
_ELSEWHERE = re.compile(r"'[^']*'|\"[^\"]*\"|\b\w*[\d_]\w*\b")
_INDENT = " " * 12


@dataclass(frozen=True)
class Trouble:
    """One thing that is amiss: how bad it is, whose figures it concerns, of which table, what."""

    state: Severity
    indicator: str
    table: str
    text: str

    def __str__(self) -> str:
        """The trouble as one line, with nothing left out."""
        return " ".join(filter(None, (self.state, self.indicator, f"{self.table}: {self.text}")))


@dataclass(frozen=True)
class Cause:
    """What is amiss, and every indicator and table of which it is."""

    state: Severity
    texts: tuple[str, ...]
    indicators: tuple[str, ...]
    tables: tuple[str, ...]

    @property
    def headline(self) -> str:
        """The first text, with how many are like it."""
        more = len(self.texts) - 1
        return self.texts[0] + (f" (and {more} more like it)" if more else "")


def causes(troubles: Iterable[Trouble], cause: Callable[[Trouble], object]) -> list[Cause]:
    """Return the troubles by cause, the worst last and of one kind the one of most indicators."""
    groups: dict[tuple[Severity, object], list[Trouble]] = {}
    for trouble in troubles:
        groups.setdefault((trouble.state, cause(trouble)), []).append(trouble)
    found = [
        Cause(
            group[0].state,
            tuple(dict.fromkeys(trouble.text for trouble in group)),
            tuple(dict.fromkeys(trouble.indicator for trouble in group if trouble.indicator)),
            tuple(dict.fromkeys(trouble.table for trouble in group if trouble.table)),
        )
        for group in groups.values()
    ]
    return sorted(found, key=lambda one: (_ORDER.index(one.state), len(one.indicators)))


def told(troubles: Sequence[Trouble], *, width: int, most: int) -> list[str]:
    """Return what to print: at most `most` lines of `width`, warnings before problems."""
    warnings = [trouble for trouble in troubles if trouble.state == "warning"]
    problems = [trouble for trouble in troubles if trouble.state != "warning"]
    first = _fitted(warnings, width, min(most, _MOST_WARNING_LINES))
    return first + _fitted(problems, width, most - len(first))


def few(names: Sequence[str], most: int = 3) -> str:
    """Return the first names and how many more there are."""
    rest = len(names) - most
    # "and 1 more" is no shorter than the one.
    return ", ".join(names) if rest <= 1 else f"{', '.join(names[:most])} and {rest} more"


def _same(trouble: Trouble) -> str:
    return trouble.text


def _alike(trouble: Trouble) -> str:
    # However many names there are: a list of them is one thing.
    return re.sub(r"…(?:,? …)+", "…", _ELSEWHERE.sub("…", trouble.text))


def _fitted(troubles: Sequence[Trouble], width: int, most: int) -> list[str]:
    """Return the causes in at most `most` lines, grouped no more coarsely than it takes."""
    if not troubles:
        return []
    found = causes(troubles, _same)
    if sum(len(_lines(cause, width, most)) for cause in found) > most:
        found = causes(troubles, _alike)
    fitting = most // _LEAST_LINES
    dropped = []
    if len(found) > fitting:
        fitting = (most - 1) // _LEAST_LINES
        left_out = len(found) - fitting
        dropped = [f"{'…':<12}{left_out} more cause{'s' * (left_out != 1)} like these"]
        found = found[left_out:]
    lines = [_lines(cause, width, _LEAST_LINES) for cause in found]
    problems = [n for n, cause in enumerate(found) if cause.state not in {"warning", "healed"}]
    for growing in (problems, range(len(found))):
        while _grown(found, lines, growing, width=width, most=most - len(dropped)):
            pass
    return dropped + [line for cause_lines in lines for line in cause_lines]


def _grown(
    found: Sequence[Cause],
    lines: list[list[str]],
    growing: Sequence[int],
    *,
    width: int,
    most: int,
) -> bool:
    """Give a line more to each cause that needs one and has room, the worst first; say if any."""
    before = sum(map(len, lines))
    for number in reversed(growing):
        longer = _lines(found[number], width, len(lines[number]) + 1)
        if sum(map(len, lines)) - len(lines[number]) + len(longer) <= most:
            lines[number] = longer
    return sum(map(len, lines)) > before


def _lines(cause: Cause, width: int, most: int) -> list[str]:
    """Return one cause: its text in at most `most` - 1 lines, and a line of whose it is."""
    room = width - len(_INDENT)
    text = _shortened(cause.headline, room, most - 1)
    count = len(cause.indicators)
    named = f"{count} indicator{'s' * (count != 1)}: {few(cause.indicators)}" if count else ""
    whose = " · ".join(filter(None, (few(cause.tables, 2), named)))
    first, *rest = [*text, *textwrap.wrap(whose, room, max_lines=1, placeholder=" …")]
    return [f"{cause.state:<11} {first}", *(_INDENT + line for line in rest)]


def _shortened(text: str, room: int, most: int) -> list[str]:
    """Return a text in at most `most` lines; a longer one keeps its beginning and its end."""
    plain = " ".join(text.split())
    lines = textwrap.wrap(plain, room)
    kept = room * most - 3 * most
    while len(lines) > most and kept > 0:
        head, tail = plain[: kept // 2], plain[len(plain) - (kept - kept // 2) :]
        lines = textwrap.wrap(f"{_until(head)} … {_since(tail)}", room)
        kept -= 8
    return lines[:most]


def _until(head: str) -> str:
    """Return a beginning up to its last clause or else its last word that is whole."""
    clauses, found, _ = head.rpartition("; ")
    return f"{clauses};" if found and len(clauses) > len(head) / 2 else head.rsplit(" ", 1)[0]


def _since(tail: str) -> str:
    """
    Return an end from its first clause or else its first word that is whole.

    What is said of one table must not be read as said of another, whose end is left out.
    """
    _, _, clauses = tail.partition("; ")
    return clauses if len(clauses) > len(tail) / 2 else tail.split(" ", 1)[-1]
