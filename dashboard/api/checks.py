"""
What the fields of a request must hold against the data, and beside each other.

An edge: it reads a warehouse. It refuses nothing itself.
"""

from collections.abc import Iterator, Sequence

from dashboard import queries
from dashboard.api import questions
from dashboard.api.asking import Asking
from dashboard.api.endpoints import JSON, LONGEST_PAGE
from dashboard.api.fields import Problem, Values, shortened
from dashboard.api.united import DIMENSIONS, unions
from etl.catalogue import TOTAL

MOST_UNITED = 200  # unions times indicators: each takes some hundredths of a second


def problems(asking: Asking) -> Iterator[Problem]:
    """What is wrong with the fields that the request has, whatever its endpoint."""
    values = asking.values
    for name in ("indicator", "id"):
        yield from _indicators(asking, name, values.get(name) or ())
    for name in ("region", "parent"):
        yield from _regions(asking, name, values.get(name) or ())
    for name in DIMENSIONS:
        yield from _groups(asking, name, values.get(name) or ())
    yield from _together(values)
    if "region" in values:
        yield from _unions(asking)


def _indicators(asking: Asking, name: str, given: str | Sequence[str]) -> Iterator[Problem]:
    """Each id that the catalogue lacks; 404 where nothing else is wrong."""
    for one in (given,) if isinstance(given, str) else given:
        if one not in asking.context.catalogue.indicator:
            told = f"there is no indicator {shortened(one)!r}; /api/v1/indicators lists them"
            yield Problem(name, told, 404)


def _regions(asking: Asking, name: str, given: Sequence[str]) -> Iterator[Problem]:
    known = asking.context.memory.recall(
        (asking.warehouse.version, "codes of regions"),
        lambda: frozenset(queries.regions(asking.warehouse)["code"]),
    )
    if strangers := _strangers(given, known):
        yield Problem(
            name,
            f"there is no region {strangers}; /api/v1/regions lists them, and codes are text: "
            "0180, 01",
        )


def _groups(asking: Asking, name: str, given: Sequence[str]) -> Iterator[Problem]:
    """Codes that neither the catalogue nor the version has in a dimension."""
    found = asking.context.memory.recall(
        (asking.warehouse.version, "categories"),
        lambda: questions.categories(asking.warehouse)[["dimension", "code"]],
    )
    known = {code for dimension, code in asking.context.catalogue.category if dimension == name}
    known |= {TOTAL, *found.loc[found["dimension"] == name, "code"]}
    if strangers := _strangers(given, known):
        expected = ", ".join(sorted(known))
        yield Problem(name, f"there is no code {strangers}; expected one of {expected}")


def _unions(asking: Asking) -> Iterator[Problem]:
    """More unions than can be computed for one answer."""
    codes, wanted = unions(asking), asking.values["indicator"]
    asked = len(asking.context.catalogue.indicators if wanted is None else wanted)
    if len(codes) * asked > MOST_UNITED:
        yield Problem(
            "region",
            f"{len(codes)} unions of regions for {asked} indicators are too much for one answer; "
            f"expected at most {MOST_UNITED} in all: ask for fewer of either at a time",
        )


def _together(values: Values) -> Iterator[Problem]:
    """What fields must hold beside each other."""
    first, last, limit = values.get("from"), values.get("to"), values.get("limit") or 0
    if first and last and first > last:
        yield Problem("from", f"{first} is after to={last}; expected the earlier period first")
    if values.get("flavour") and values["format"] != "csv":
        yield Problem(
            "flavour",
            f"{values['flavour']!r} is of csv, and format is {values['format']!r}; "
            "leave it out, or ask for format=csv",
        )
    if values.get("format") == JSON and limit > LONGEST_PAGE:
        yield Problem(
            "limit",
            f"{limit} is too much for a page of json; expected at most {LONGEST_PAGE}, and "
            "meta.next leads on; csv and parquet have no bound",
        )


def _strangers(given: Sequence[str], known: frozenset[str] | set[str]) -> str:
    """The codes that are not known, the first ten of them; "" when all are."""
    return ", ".join(repr(shortened(one)) for one in sorted(set(given) - known)[:10])
