"""
The municipalities similar to one, with what they are like, as pages, files and the API have them.

Asks `data.similarity`; the method is that of `etl.measures.similarity`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.codes import POPULATION
from dashboard.data.observation import displayed_value
from dashboard.data.queries.sources import indicator_sources
from dashboard.data.similarity import criteria, known_likeness
from dashboard.state.comparison import criterion_name
from dashboard.state.visit import Visit
from dashboard.text import enumerated, term
from etl.catalogue import Catalogue
from etl.measures.similarity import MAIN_GROUP, PUBLISHED, VARIABLES, Alike, Likeness

_COUNT = VARIABLES[0]
# The indicator, and the level of its tables, that each variable of the published method is of.
_TABLES: Mapping[str, tuple[str, str]] = {
    VARIABLES[0]: (POPULATION, "municipality"),
    VARIABLES[1]: (POPULATION, "regso"),
    VARIABLES[2]: ("post_secondary_share_25_65", "municipality"),
    VARIABLES[3]: (POPULATION, "municipality"),
}


@dataclass(frozen=True)
class SimilarRow:
    """
    The own municipality, without place and distance, or a similar one.

    `values` are as displayed, by criterion; None where there is none. `letter` is its main group.
    """

    code: str
    values: Mapping[str, float | None]
    letter: str
    place: int | None = None
    distance: float | None = None


@dataclass(frozen=True)
class SimilarList:
    """The own municipality first, then the similar ones, nearest first; what they are chosen by."""

    rows: tuple[SimilarRow, ...]
    found: Alike
    likeness: Likeness
    weights: Mapping[str, int]

    @property
    def criteria(self) -> tuple[str, ...]:
        """The criteria that are numbers and have a weight, in their order, used or not."""
        asked = (name for name, weight in self.weights.items() if weight and name != MAIN_GROUP)
        return tuple(name for name in asked if name in self.likeness.values)


def similar_list(visit: Visit, region: str, *indicators: str) -> SimilarList | None:
    """
    The similar municipalities of a link; None where there are none (see `alike_municipalities`).

    They are not chosen by what the indicators (ids) are about.
    """
    found = visit.alike(region, *indicators)
    known = known_likeness(visit.context, visit.warehouse)
    if found is None or known is None:
        return None
    distances = {one.code: one.distance for one in found.nearest}
    places = dict(zip(distances, found.places, strict=True))
    rows = tuple(
        SimilarRow(
            code,
            {
                name: displayed_value(value, decimals(name, visit.catalogue))
                if value == value  # noqa: PLR0124 - NaN is not itself
                else None
                for name, value in known.of(code).items()
            },
            known.letters[known.codes.index(code)],
            places.get(code),
            distances.get(code),
        )
        for code in (region, *distances)
        if code in visit.regions
    )
    return SimilarList(rows, found, known, visit.state.all_weights)


def decimals(criterion: str, catalogue: Catalogue) -> int:
    """With how many decimals a criterion is displayed."""
    if criterion in PUBLISHED:
        return 0 if criterion == _COUNT else 1
    return catalogue.indicator[criterion].decimals


def offered_criteria(visit: Visit) -> dict[str, str]:
    """Every criterion that a reader may choose, by its name in words: the published ones first."""
    names = (*PUBLISHED, *(indicator.id for indicator in criteria(visit.catalogue)))
    return {name: criterion_name(name, visit.catalogue, visit.lang) for name in names}


def similar_source(visit: Visit) -> str:
    """From which tables the municipalities are told apart, as the line under a table."""
    tables = enumerated(list(similar_tables(visit)), visit.lang)
    example = f"{term('example', visit.lang)} · " if visit.warehouse.example else ""
    return example + term("source_computed", visit.lang, tables=tables)


def similar_tables(visit: Visit) -> tuple[str, ...]:
    """The ids of the tables of the criteria that have a weight, in order."""
    known = known_likeness(visit.context, visit.warehouse)
    if known is None:
        return ()
    by_criterion = visit.context.memory.recall(
        (visit.warehouse.version, "similarity tables"), lambda: _tables(visit, known)
    )
    asked = (name for name, weight in visit.state.all_weights.items() if weight)
    return tuple(sorted({table for name in asked for table in by_criterion.get(name, ())}))


def _tables(visit: Visit, known: Likeness) -> Mapping[str, tuple[str, ...]]:
    of = {name: _TABLES.get(name, (name, "municipality")) for name in known.values}
    sources = indicator_sources(visit.warehouse, sorted({id for id, _ in of.values()}))
    rows = sources.to_dict("records")
    return {
        name: tuple(
            row["table_id"]
            for row in rows
            if (row["indicator"], row["level"]) == of[name]
            and row["first_period"] <= known.years[name] <= row["last_period"]
        )
        for name in known.values
    }
