"""Which answers of two saves differ, with those that differ in the same lines as one group."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

WIDTH = 200  # characters of a line that are shown
CONTEXT = 2  # lines around a difference


@dataclass
class Group:
    """Addresses whose answers differ in the same lines, and the difference of the first."""

    difference: tuple[str, ...]
    addresses: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Comparison:
    """How many answers are the same, which groups differ, and which are in one save only."""

    same: int
    groups: tuple[Group, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]

    @property
    def equal(self) -> bool:
        """Whether both saves hold the same answers."""
        return not (self.groups or self.only_before or self.only_after)


def compare(before: Path, after: Path) -> Comparison:
    """
    Compare the files of two folders.

    Raises:
        FileNotFoundError: a folder holds no answers.

    """
    old, new = _files(before), _files(after)
    both = sorted(old.keys() & new.keys())
    groups: dict[tuple[str, ...], Group] = {}
    same = 0
    for name in both:
        lines = _lines(old[name]), _lines(new[name])
        if lines[0] == lines[1]:
            same += 1
            continue
        difference = tuple(difflib.unified_diff(*lines, "before", "after", n=CONTEXT, lineterm=""))
        changed = tuple(line.replace(" ", "") for line in difference[2:] if line[0] in "+-")
        group = groups.setdefault(changed, Group(difference[2:]))
        group.addresses.append(_address(lines[0]))
    return Comparison(
        same,
        tuple(sorted(groups.values(), key=lambda group: -len(group.addresses))),
        tuple(_address(_lines(old[name])) for name in sorted(old.keys() - new.keys())),
        tuple(_address(_lines(new[name])) for name in sorted(new.keys() - old.keys())),
    )


def report(comparison: Comparison, most: int) -> Iterator[str]:
    """The comparison in lines of text, with at most `most` lines of each difference."""
    for title, listed in (
        ("only before", comparison.only_before),
        ("only after", comparison.only_after),
    ):
        yield from (f"{title}: {address}" for address in listed)
    for group in comparison.groups:
        yield f"{len(group.addresses)} with this difference:"
        yield from (f"  {address}" for address in group.addresses)
        yield from (f"    {line}" for line in _short(group.difference[:most]))
        if len(group.difference) > most:
            yield f"    … {len(group.difference) - most} lines more"
        yield ""
    differ = sum(len(group.addresses) for group in comparison.groups)
    missing = len(comparison.only_before) + len(comparison.only_after)
    counts = f"{comparison.same} the same, {differ} differ, {missing} in one folder only"
    yield f"all {comparison.same} answers are the same" if comparison.equal else counts


def _files(folder: Path) -> dict[str, Path]:
    files = {path.name: path for path in folder.glob("*.txt")}
    if not files:
        raise FileNotFoundError(f"{folder} holds no answers")
    return files


def _lines(path: Path) -> list[str]:
    return path.read_bytes().decode("utf-8").split("\n")


def _address(lines: Sequence[str]) -> str:
    return lines[0].removeprefix("address: ")


def _short(lines: Sequence[str]) -> Iterator[str]:
    """The lines cut to a width; a long line and its new version begin near the change."""
    for before, line, after in zip(("", *lines), lines, (*lines[1:], ""), strict=False):
        start = 0
        if line.startswith("-") and after.startswith("+"):
            start = _start(line, after)
        elif line.startswith("+") and before.startswith("-"):
            start = _start(before, line)
        text = f"{line[0]}…{line[start:]}" if start else line
        yield text if len(text) <= WIDTH else f"{text[:WIDTH]}…"


def _start(old: str, new: str) -> int:
    """Where to begin with two versions of a line, so that their first difference is shown."""
    pairs = zip(old[1:], new[1:], strict=False)
    shared = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
    return shared - WIDTH // 4 if shared > WIDTH // 2 else 0
