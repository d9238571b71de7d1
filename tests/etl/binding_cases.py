"""A small table, and sources bound to it, for the tests of binding."""

from collections.abc import Collection, Mapping
from typing import Any

from etl.binding.binding import Bound, bound
from etl.catalogue.regions import Regions
from etl.source.jsonstat import document_dataset
from tests.etl.documents import Codes, document
from tests.etl.entries import SWEDEN, Entry, table, use

AXES: Mapping[str, Codes] = {
    "Region": {"0180": "Stockholm", "0184": "Solna"},
    "Kon": ("1+2", "1", "2"),
    "BakgrVar": {"TOT": "samtliga", "SE": "Sverige", "VXEUEES": "övriga världen"},
    "ContentsCode": {"N": "Folkmängd", "A": "Andel sysselsatta"},
    "Tid": ("2020", "2021"),
}


def bind(
    axes: Mapping[str, Codes] | None = None,
    *variables: Entry,
    units: Mapping[str, tuple[str, int]] | None = None,
    known: Regions = SWEDEN,
    eliminable: Collection[str] = (),
    **source: Any,
) -> tuple[Bound, ...]:
    """A source bound to a small table of these axes, some of which may be left out."""
    years = source.pop("years", None)
    sent = document({**AXES, **(axes or {})}, units=units)
    for name in eliminable:
        sent["dimension"][name].setdefault("extension", {})["elimination"] = True
    return bound(use(years=years, **source), table(*variables), document_dataset(sent), known)


def groups(one: Bound, variable: str) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    """Column, code, added and subtracted codes of each group of a variable."""
    return [(g.column, g.code, g.plus, g.minus) for g in one.blocks[0].axes[variable]]
