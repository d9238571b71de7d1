"""
Which codes of one variable stand for which code of ours.

Pure: what the catalogue wants and what the table has, in; groups out. A missing member of a
sum is a problem, since the sum would be too small; a missing code of its own is a warning.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from etl.bound import Group
from etl.catalogue import TOTAL, Labelled, Variable
from etl.catalogue import Value as Wanted
from etl.errors import SourceError
from etl.jsonstat import Dimension
from etl.names import normalised
from etl.selection import expanded


@dataclass
class Notes:
    """What is found while a source is bound: problems stop it, warnings do not."""

    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def groups(variable: Variable, dimension: Dimension, notes: Notes) -> tuple[Group, ...]:
    """Return the groups of one variable: its total, the codes it keeps, and its sums."""
    column = "" if variable.role == "other" else variable.role
    found = []
    if variable.total is not None:
        total = variable.total if isinstance(variable.total, tuple) else (variable.total,)
        found.append(Group(column, TOTAL, members(dimension, total, notes)))
    for target, codes in (
        (column, variable.keep),
        ("sex", variable.sex),
        ("education", variable.education),
    ):
        there = (known(dimension, code, notes) for code in codes)
        found += each(target, filter(None, there))
    found += [
        Group(column, code, members(dimension, wanted, notes))
        for code, wanted in variable.sums.items()
    ]
    return tuple(found)


def members(dimension: Dimension, wanted: Iterable[Wanted], notes: Notes) -> tuple[str, ...]:
    """Return all codes of a sum, each once."""
    found: dict[str, None] = {}
    for value in wanted:
        codes = _codes(dimension, value, notes)
        if not codes:
            notes.problems.append(f"variable {dimension.code} has no {_name(value)}")
        found.update(dict.fromkeys(codes))
    return tuple(found)


def known(dimension: Dimension, wanted: Wanted, notes: Notes) -> str | None:
    """Return the table's own code of a value, or None when it has no such value."""
    codes = _codes(dimension, wanted, notes)
    if not codes:
        notes.warnings.append(f"{dimension.code} {_name(wanted)} is declared but absent")
    return codes[0] if codes else None


def each(column: str, codes: Iterable[str]) -> tuple[Group, ...]:
    """Return a group for each code, under its own name."""
    return tuple(Group(column, code, (code,)) for code in codes)


def _codes(dimension: Dimension, wanted: Wanted, notes: Notes) -> tuple[str, ...]:
    if isinstance(wanted, Labelled):
        text = normalised(wanted.label)
        matching = [code for code, label in dimension.labels.items() if normalised(label) == text]
        if len(matching) > 1:
            notes.problems.append(
                f"variable {dimension.code} has {len(matching)} values labelled {wanted.label!r}"
            )
        return tuple(matching[:1])
    try:
        return expanded(wanted, dimension.codes)
    except SourceError as error:
        notes.problems.append(f"variable {dimension.code}: {error}")
        return (wanted,)


def _name(value: Wanted) -> str:
    return f"value labelled {value.label!r}" if isinstance(value, Labelled) else f"code {value!r}"
