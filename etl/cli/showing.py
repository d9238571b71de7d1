"""
A table of the source as text: what a person needs who repairs the catalogue.

Pure: a table's description in, lines out. Long lists of codes are folded, unless a word is looked
for.
"""

from collections.abc import Iterator, Mapping, Sequence

from etl.source.jsonstat import Dataset, Dimension

_MOST_CODES = 12


def table_lines(
    dataset: Dataset, heads: Sequence[tuple[str, str]], find: str = ""
) -> Iterator[str]:
    """Yield title, heads, years, variables, contents and notes; with `find`, what has the word."""
    yield dataset.title
    known = [*heads, ("updated", dataset.updated), ("next update", dataset.next_update)]
    yield from (f"{name:<15} {value}" for name, value in known if value)
    for code, dimension in dataset.dimensions.items():
        if code not in {dataset.time, dataset.metric}:
            choice = "may be left out" if dimension.eliminable else "must be selected"
            count = f"{len(dimension.labels):,} codes"
            yield ""
            yield f"variable {code}  {dimension.label!r}, {choice}, {count}"
            yield from _folded(dimension.labels, find)
    years = dataset.dimensions[dataset.time]
    yield ""
    yield f"time {dataset.time}  {years.codes[0]} to {years.codes[-1]}, {len(years.codes)} periods"
    yield from _folded(years.labels, find, most=0)
    metric = dataset.dimensions[dataset.metric]
    yield ""
    yield f"contents {dataset.metric}  {len(metric.labels)}"
    texts = {code: f"{text!r}, {_unit(metric, code)}" for code, text in metric.labels.items()}
    yield from _folded(texts, find, most=len(texts))
    if dataset.notes and not find:
        yield ""
        yield "notes"
        for note in dataset.notes:
            of = ".".join(filter(None, (note.dimension, note.code)))
            mark = "must be shown: " * note.mandatory
            yield f"  {of}{': ' * bool(of)}{mark}{' '.join(note.text.split())}"


def _unit(metric: Dimension, code: str) -> str:
    unit = metric.units.get(code)
    return f"unit {unit[0]!r}, {unit[1]} decimals" if unit else "without a unit"


def _folded(texts: Mapping[str, str], find: str, most: int = _MOST_CODES) -> Iterator[str]:
    """Yield codes with their texts: the first ones and how many more, or those with the word."""
    if find:
        word = find.casefold()
        found = {c: text for c, text in texts.items() if word in f"{c} {text}".casefold()}
        yield from (f"  {code}  {text}" for code, text in found.items())
        return
    # One more is no longer than the line that would count it.
    shown = len(texts) if len(texts) <= most + 1 else most
    yield from (f"  {code}  {text}" for code, text in list(texts.items())[:shown])
    if 0 < shown < len(texts):
        yield f"  … and {_spaced(len(texts) - shown)} more; --find WORD lists those with a word"


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", " ")
