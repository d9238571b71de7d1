"""
Rules that hold between the entries of the catalogue.

Pure: entries in, sentences out. What one entry alone must fulfil is in `models`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from etl.catalogue.headings import Collection, Theme
from etl.catalogue.models import Category, Indicator, Segment, Source, Table, Variable

REGISTER = len("AA0003")  # of a folder's id: the product code of its statistics


def broken(
    themes: Sequence[Theme],
    categories: Sequence[Category],
    tables: Sequence[Table],
    indicators: Sequence[Indicator],
    *,
    collections: Sequence[Collection] = (),
) -> list[str]:
    """Return every broken rule as a sentence that names entry, field, value and expectation."""
    known = {table.key: table for table in tables}
    named = {theme.id for theme in themes}
    codes: set[tuple[str, str]] = {(one.dimension, one.code) for one in categories}
    return [
        *_repeated("theme", (theme.id for theme in themes)),
        *_repeated("category", (f"{c.dimension}:{c.code}" for c in categories)),
        *_repeated("table", (table.key for table in tables)),
        *_repeated("table id", (table.id for table in tables if table.id)),
        *_repeated("indicator", (indicator.id for indicator in indicators)),
        *_repeated("collection", (collection.id for collection in collections)),
        *(problem for table in tables for problem in _uncategorised(table, codes)),
        *(
            f"indicator {indicator.id}: {problem}"
            for indicator in indicators
            for problem in (
                *_theme(indicator, named),
                *_segments(indicator),
                *_weights(indicator, codes),
                *_applications(indicator, codes),
                *_sources(indicator, known, codes),
                *_registers(indicator, known),
            )
        ),
        *(
            f"collection {collection.id}: {problem}"
            for collection in collections
            for problem in _members(collection, {one.id: one for one in indicators})
        ),
    ]


def _repeated(what: str, ids: Iterable[str]) -> Iterator[str]:
    for name, times in Counter(ids).items():
        if times > 1:
            yield f"{what} {name}: stands {times} times, expected once"


def _theme(indicator: Indicator, named: set[str]) -> Iterator[str]:
    if indicator.theme not in named:
        yield f"theme: {indicator.theme!r} is unknown, expected one of {', '.join(sorted(named))}"


def _members(collection: Collection, known: Mapping[str, Indicator]) -> Iterator[str]:
    """Each indicator exists, stands once, and has the breakdown it opens with."""
    yield from _repeated("indicator", (member.indicator for member in collection.members))
    for member in collection.members:
        indicator = known.get(member.indicator)
        if indicator is None:
            yield f"members: {member.indicator!r} is no indicator of the catalogue"
        elif member.breakdown and member.breakdown not in indicator.dimensions:
            there = ", ".join(indicator.dimensions) or "none"
            yield (
                f"members: {member.indicator} has no breakdown {member.breakdown!r}, "
                f"expected one of its dimensions: {there}"
            )


def _segments(indicator: Indicator) -> Iterator[str]:
    """Segments follow each other without overlap, each but the first after a break."""
    yield from _repeated("segment", (segment.id for segment in indicator.segments))
    stops = {mark.period for mark in indicator.breaks if mark.severity == "break"}
    for before, after in zip(indicator.segments, indicator.segments[1:], strict=False):
        if before.years.last is None or before.years.last >= after.years.first:
            yield (
                f"segments: {before.id} and {after.id} overlap in {after.years.first}; "
                f"end {before.id} before"
            )
        if str(after.years.first) not in stops:
            yield (
                f"breaks: none at {after.years.first}, where segment {after.id} begins; "
                "two definitions are not one series"
            )


def _weights(indicator: Indicator, codes: set[tuple[str, str]]) -> Iterator[str]:
    for segment in indicator.segments:
        if indicator.union == "weight" and segment.ages is None:
            yield f"segment {segment.id}: ages are missing; union weight needs them"
        if segment.ages and ("background", segment.ages) not in codes:
            yield f"segment {segment.id}: ages {segment.ages!r} are no background category"


def _applications(indicator: Indicator, codes: set[tuple[str, str]]) -> Iterator[str]:
    for mark in indicator.breaks:
        for target in mark.applies_to:
            dimension, code = target.split(":", 1)
            if dimension != "region" and (dimension, code) not in codes:
                yield f"break {mark.period}: applies_to {target!r} names no category"


def _sources(
    indicator: Indicator, known: dict[str, Table], codes: set[tuple[str, str]]
) -> Iterator[str]:
    for segment in indicator.segments:
        for number, source in enumerate(segment.sources):
            where = f"segment {segment.id}: source {number} ({source.table})"
            if source.table not in known:
                yield f"{where}: unknown table, expected a key of `tables`"
                continue
            yield from (f"{where}: {problem}" for problem in _source(segment, source, known, codes))


def _registers(indicator: Indicator, known: Mapping[str, Table]) -> Iterator[str]:
    """The figures of one segment are set beside each other: they are of one register."""
    for segment in indicator.segments:
        folders = {
            known[one.table].path[:REGISTER] for one in segment.sources if one.table in known
        }
        if len(folders) > 1:
            yield (
                f"segment {segment.id}: its tables are of {', '.join(sorted(folders))}; a segment "
                "is of one register, make one for each"
            )


def _source(
    segment: Segment, source: Source, known: dict[str, Table], codes: set[tuple[str, str]]
) -> Iterator[str]:
    table = known[source.table]
    own = {variable.code for variable in table.variables}
    for level in set(source.levels) - set(table.levels):
        yield f"level {level} is not in the table, which has {', '.join(table.levels)}"
    if table.years.last is not None and table.years.last < segment.years.first:
        yield f"the table ends {table.years.last}, before the segment begins"
    for variable in source.variables:
        if variable.code not in own:
            there = ", ".join(sorted(own))
            yield f"variable {variable.code} is not in the table, which has {there}"
    yield from _unknown_codes(source.variables, codes)
    for code in source.by_background:
        if ("background", code) not in codes:
            yield f"by_background {code!r} has no entry in `categories`"
    for part in (source.numerator, source.denominator):
        for name in [*(part.codes if part else ()), *(part.minus if part else ())]:
            if name not in own:
                yield f"{name} is no variable of the table, which has {', '.join(sorted(own))}"


def _uncategorised(table: Table, codes: set[tuple[str, str]]) -> Iterator[str]:
    regions = [variable.code for variable in table.variables if variable.role == "region"]
    if len(regions) != 1:
        yield f"table {table.key}: {len(regions)} variables have role region, expected one"
    for problem in _unknown_codes(table.variables, codes):
        yield f"table {table.key}: {problem}"


def _unknown_codes(variables: Iterable[Variable], codes: set[tuple[str, str]]) -> Iterator[str]:
    """Every code that becomes a column's code has a name in both languages."""
    for variable in variables:
        becomes = [
            *((variable.role, code) for code in (*variable.keep, *variable.sums)),
            *(("sex", code) for code in variable.sex),
            *(("education", code) for code in variable.education),
        ]
        for dimension, code in becomes:
            if dimension in {"region", "other"} or not isinstance(code, str):
                continue
            if (dimension, code) not in codes:
                yield f"variable {variable.code}: {dimension} {code!r} has no entry in `categories`"
