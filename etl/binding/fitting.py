"""
Whether a table of the source is the one that the catalogue describes, and in what it differs.

Pure. What makes it another table is a misfit, and nothing is read from it; what is merely
otherwise than declared is told once for the table, and the rest is read.
"""

from collections.abc import Iterable, Iterator

from etl.catalogue import Table
from etl.catalogue.periods import Frequency, last_of, unlike, year_of
from etl.catalogue.regions import Regions, level_of_code
from etl.source.jsonstat import Dataset, has_words, normalised, without_code


def misfits(
    table: Table,
    dataset: Dataset,
    known: Regions,
    *,
    length: Frequency = "year",
    by_title: bool = True,
) -> list[str]:
    """
    Return why a table is not the one that is described; empty if it is.

    `length`: of its periods, all of them.
    `by_title`: it was found by its words, so that its title decides. The title of a table with a
    known id may change.
    """
    declared = {variable.code for variable in table.variables}
    problems = [*(_title(table, dataset) if by_title else ())]
    problems += [f"it has no variable {code}" for code in declared - set(dataset.dimensions)]
    problems += [
        f"its variable {code} must be selected and is not in the catalogue"
        for code, dimension in dataset.dimensions.items()
        if code not in declared | {dataset.time, dataset.metric} and not dimension.eliminable
    ]
    periods = dataset.dimensions[dataset.time].codes
    if odd := other_periods(periods, length):
        problems.append(odd)
    elif not [code for code in periods if code in table.years]:
        problems.append(f"it holds {_span(periods)}, expected years {_expected(table)}")
    if _region_variable(table) in dataset.dimensions:
        levels = set(map(level_of_code, read_regions(table, dataset, known)))
        problems += [
            f"it has no region of level {one}" for one in table.levels if one not in levels
        ]
    return problems


def oddities(table: Table, dataset: Dataset, known: Regions) -> tuple[str, ...]:
    """Return in what a table that is read differs from what is declared of it."""
    told = [*_title(table, dataset), *_years(table, dataset.dimensions[dataset.time].codes)]
    if _region_variable(table) in dataset.dimensions:
        told += [*_new_regions(table, dataset, known), *_renamed(table, dataset, known)]
    return tuple(told)


def other_periods(periods: Iterable[str], length: Frequency) -> str:
    """Return what is wrong with periods that are not all of this length; "" where they are."""
    odd = unlike(periods, length)
    example = last_of(2024, length)
    return f"its time variable holds {odd!r}, expected {length}s such as {example!r}" if odd else ""


def read_regions(table: Table, dataset: Dataset, known: Regions) -> tuple[str, ...]:
    """
    Return the codes of a table that stand for regions we know, in its order.

    Of a table with `former_regions` those whose code is today's, under the name of today or the
    one they had before; another name under the code is another region. An area is known by its
    municipality.
    """
    labels = dataset.dimensions[_region_variable(table)].labels
    return tuple(
        code
        for code, label in labels.items()
        if level_of_code(code)
        and code[:4] in known.names
        and (not table.former_regions or _is_named(code, label, known))
    )


def _new_regions(table: Table, dataset: Dataset, known: Regions) -> Iterator[str]:
    """Tell every county and municipality that the classification lacks; its figures wait."""
    if table.former_regions or not known.names:
        return
    told: dict[str, str] = {}
    for code, label in dataset.dimensions[_region_variable(table)].labels.items():
        if level_of_code(code) and code[:4] not in known.names:
            told.setdefault(code[:4], without_code(label, code))
    for code, name in told.items():
        yield (
            f"region {code} {name!r} is new and its figures wait: add it to "
            "data/regions/regions.csv"
        )


def _renamed(table: Table, dataset: Dataset, known: Regions) -> Iterator[str]:
    """Tell regions that are read under a code whose name in the classification is another one."""
    labels = dataset.dimensions[_region_variable(table)].labels
    named = {
        code: without_code(labels[code], code)
        for code in read_regions(table, dataset, known)
        if code in known.names and labels[code].strip() != code
    }
    other = [code for code in named if not _is_named(code, labels[code], known)]
    if other:
        shown = ", ".join(f"{code} {named[code]!r} ({known.names[code]!r})" for code in other[:3])
        more = f" and {len(other) - 3} more" if len(other) > 3 else ""
        yield f"regions have other names than in data/regions/regions.csv: {shown}{more}"


def _region_variable(table: Table) -> str:
    return next(variable.code for variable in table.variables if variable.role == "region")


def _is_named(code: str, label: str, known: Regions) -> bool:
    """Say whether a region is called as it is today, or as it was before."""
    names = (known.names.get(code), known.former_names.get(code))
    return normalised(without_code(label, code)) in {normalised(name) for name in names if name}


def _title(table: Table, dataset: Dataset) -> list[str]:
    lacking = ", ".join(map(repr, has_words(dataset.title, table.label)))
    return [f"its title {dataset.title!r} lacks {lacking}"] if lacking else []


def _years(table: Table, periods: Iterable[str]) -> Iterator[str]:
    """Tell what a table has beyond its declared years, which is left out, and what it lacks."""
    inside = sorted(code for code in periods if code in table.years)
    outside = sorted(set(periods) - set(inside))
    if outside:
        yield (
            f"it holds {_span(periods)}, declared are years {_expected(table)}: "
            f"{', '.join(outside[:3])}{' ...' if len(outside) > 3 else ''} left out"
        )
    if not inside:
        return
    first, last = year_of(inside[0]), year_of(inside[-1])
    if first > table.years.first:
        yield f"years {table.years.first}-{first - 1} are declared but absent"
    if table.years.last and last < table.years.last:
        yield f"years {last + 1}-{table.years.last} are declared but absent"


def _span(periods: Iterable[str]) -> str:
    return f"{min(periods)}-{max(periods)}"


def _expected(table: Table) -> str:
    return f"from {table.years.first} to {table.years.last or 'now'}"
