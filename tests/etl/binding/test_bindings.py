"""
Every binding of the shipped catalogue, against what SCB is documented to have.

The stand-in serves a table for each entry of `tests/scb/facts.yaml`, which is written from the
evidence and never from the catalogue. What nobody knows decides nothing there: an unknown id is
one of several of nearly the same title, an unknown unit is missing or written in two ways.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from etl.binding.binding import Bound, Use, bounds_of, uses
from etl.binding.tables import Resolved, resolve_tables
from etl.catalogue import Catalogue, Table
from etl.catalogue.loading import load
from etl.source.client import Client
from etl.source.fetching import Access
from etl.store import TableBinding
from tests.etl.entries import SWEDEN
from tests.etl.running import CATALOGUE
from tests.pxweb_server import Pack, serving
from tests.scb.facts import FactTable, documented
from tests.scb.tables import UNITS, Units, packs

pytestmark = pytest.mark.slow  # every table is asked for over a socket

Document = dict[str, Any]
Change = Callable[[Document], None]
Found = Mapping[str, Resolved]
USED = {table.key: table for table in documented() if any(one.gives for one in table.contents)}
EVERYBODY = "_T"
CONTRARY = "Andel personer utan försörjningsstöd"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The shipped catalogue."""
    return load(CATALOGUE)


def resolved(catalogue: Catalogue, served: list[Pack], folder: Path) -> Found:
    """What every table of the catalogue is bound to at such a source."""
    with serving(served, calls=100_000) as server, Client(server.url) as client:
        return resolve_tables(catalogue, Access(client, client.config(), folder), None, SWEDEN)


@dataclass(frozen=True)
class Outcome:
    """What became of a documented table: its binding, what is bound of it, and what is not."""

    binding: TableBinding
    bounds: Sequence[tuple[Use, Bound]]
    refused: Mapping[str, str]


@pytest.fixture(scope="module", params=UNITS)
def outcomes(
    catalogue: Catalogue,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Mapping[str, Outcome]:
    """What every table is bound to where the source is as it is documented."""
    units: Units = request.param
    found = resolved(catalogue, packs(units), tmp_path_factory.mktemp("landing"))
    return {key: outcome(catalogue, found, fact) for key, fact in USED.items()}


def outcome(catalogue: Catalogue, found: Found, fact: FactTable) -> Outcome:
    """What became of one table."""
    table = declared(catalogue, fact)
    one = found[table.key]
    if one.dataset is None:
        return Outcome(one.binding, (), {})
    needed = uses(catalogue, table.key)
    ready, reasons = bounds_of(table, one.dataset, needed, SWEDEN, limit=150_000)
    return Outcome(
        one.binding,
        [(use, bound) for use, bounds in ready.items() for bound in bounds],
        {use.indicator.id: reason for use, reason in reasons.items()},
    )


def declared(catalogue: Catalogue, fact: FactTable) -> Table:
    """The catalogue's table for a documented one: by SCB's id where it is known."""
    (table,) = [
        one for one in catalogue.tables if (one.id == fact.id if fact.id else one.key == fact.key)
    ]
    return table


def unseen(fact: FactTable) -> set[str]:
    """The indicators whose text in a table nobody has seen: they may lack, and be nothing else."""
    return {one for content in fact.contents if not content.seen for one in content.gives}


@pytest.mark.parametrize("key", USED)
def test_every_table_is_found_under_its_own_id_or_as_the_only_one_that_fits(
    outcomes: Mapping[str, Outcome], key: str
) -> None:
    """Known ids fit as they are; unknown ones are healed, whatever stands around the table."""
    fact, binding = USED[key], outcomes[key].binding

    state = "found" if fact.id else "healed"
    assert (binding.state, binding.id) == (state, fact.served_id), binding.reason


@pytest.mark.parametrize("key", USED)
def test_every_table_gives_what_it_is_documented_to_give(
    outcomes: Mapping[str, Outcome], key: str
) -> None:
    """
    Each indicator has its contents; everybody is the documented total; regions are of the levels.

    Where a variable has no total, everybody is all its parts. No metropolitan area is taken for a
    municipality, and no DeSO for an area of RegSO.
    """
    fact, found = USED[key], outcomes[key]
    given: dict[str, set[str]] = {}
    for use, bound in found.bounds:
        given.setdefault(use.indicator.id, set()).update(bound.contents)

    wanted = {one: fact.giving(one) for content in fact.contents for one in content.gives}
    may_lack = unseen(fact)
    assert given == {one: wanted[one] for one in wanted if one in given or one not in may_lack}
    assert found.refused.keys() <= may_lack, found.refused
    wrong = {
        (use.key, variable.code, group.plus)
        for use, bound in found.bounds
        for variable in fact.variables
        if variable.total and variable.code not in {one.code for one in use.source.variables}
        for block in filter(None, (bound.value, bound.denominator))
        for group in block.axes.get(variable.code, ())
        if group.code == EVERYBODY and set(group.plus) not in map(set, variable.total)
    }
    assert wrong == set()
    none_of_ours = {*fact.regions.get("metropolitan", ()), *fact.regions.get("deso", ())}
    for use, bound in found.bounds:
        for block in bound.blocks:
            taken = {code for group in block.axes["Region"] for code in group.plus}
            assert taken, use.key
            assert not taken & none_of_ours, use.key


@pytest.mark.parametrize("key", USED)
def test_what_nobody_has_seen_is_not_called_verified(catalogue: Catalogue, key: str) -> None:
    """An id, a unit or a Swedish text without evidence is inferred or unknown in the catalogue."""
    fact, table = USED[key], declared(catalogue, USED[key])

    assert (table.evidence.id.state == "verified") == (fact.id is not None)
    if all(content.unit is None for content in fact.contents):
        assert table.evidence.units.state != "verified"
    for use in uses(catalogue, table.key):
        if use.indicator.id in unseen(fact) and use.source.contents:
            evidence = use.source.contents.evidence or table.evidence.contents
            assert evidence.state != "verified", use.key


@pytest.mark.parametrize("key", USED)
def test_every_year_that_is_documented_is_read(outcomes: Mapping[str, Outcome], key: str) -> None:
    """No year of a table is left to lie, but where no indicator of ours may have it."""
    years = {
        code
        for _, bound in outcomes[key].bounds
        for block in bound.blocks
        for group in block.axes["Tid"]
        for code in group.plus
    }
    assert years == set(USED[key].years)


@pytest.mark.parametrize(
    ("key", "levels"),
    [
        ("education_level", ("country", "county", "municipality", "regso_2025")),
        ("economic_standard", ("country", "county", "municipality", "regso_2020", "regso_2025")),
        ("population_regso_age", ("regso_2020", "regso_2025")),
        ("area_status", ("regso_2025",)),
        ("population_age_sex", ("country", "county", "municipality")),
        ("moves", ("country", "county", "municipality")),
    ],
)
def test_every_region_of_the_levels_that_are_used_is_read(
    outcomes: Mapping[str, Outcome], key: str, levels: Sequence[str]
) -> None:
    """Tables with several levels give each as published: nothing is added up from areas."""
    taken = {
        code
        for _, bound in outcomes[key].bounds
        for block in bound.blocks
        for group in block.axes["Region"]
        for code in group.plus
    }
    assert taken == {code for level in levels for code in USED[key].regions[level]}


def test_every_table_of_the_catalogue_is_documented_and_used(catalogue: Catalogue) -> None:
    """No table stands in the catalogue without evidence, and none for nothing."""
    used = {source.table for one in catalogue.indicators for part in one.segments
            for source in part.sources}  # fmt: skip
    assert {declared(catalogue, fact).key for fact in USED.values()} == set(catalogue.table) == used


def _other_contents(document: Document) -> None:
    labels = document["dimension"]["ContentsCode"]["category"]["label"]
    _recode(document, "ContentsCode", {f"Z{n}": f"Något annat {n}" for n in range(len(labels))})
    document["dimension"]["ContentsCode"]["category"].pop("unit", None)


def _other_years(document: Document) -> None:
    _recode(document, "Tid", {"1901": "1901", "1902": "1902"})


def _other_levels(document: Document) -> None:
    _recode(document, "Region", {"0114A0010": "DeSO", "SE11": "NUTS"})


def _other_variable(document: Document) -> None:
    document["id"] = ["Landsdel" if name == "Region" else name for name in document["id"]]
    document["dimension"]["Landsdel"] = document["dimension"].pop("Region")


@pytest.mark.parametrize("change", [_other_contents, _other_years, _other_levels, _other_variable])
def test_a_table_that_is_another_one_is_missing_with_the_reason(
    catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory, change: Change
) -> None:
    """Nothing is bound to a table with other contents, years or regions, whatever its id."""
    served = [replace(pack, metadata=_changed(pack.metadata, change)) for pack in packs()]
    outcome = resolved(catalogue, served, tmp_path_factory.mktemp("landing"))

    for key, table in catalogue.table.items():
        binding = outcome[key].binding
        assert (binding.state, binding.id) == ("missing", None), key
        assert binding.reason, key
        if table.id:
            assert table.id in binding.reason, key


def test_a_table_of_another_title_is_used_under_its_id_alone(
    catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A title is a warning where the id is known, and decides where nothing else is."""
    title = {"label": "Skogsmark per tusental hektar"}
    served = [
        replace(pack, metadata={**pack.metadata, **title}, table={**pack.table, **title})
        for pack in packs()
    ]
    found = resolved(catalogue, served, tmp_path_factory.mktemp("landing"))

    for key, fact in USED.items():
        binding = outcome(catalogue, found, fact).binding
        expected = ("found", fact.id) if fact.id else ("missing", None)
        assert (binding.state, binding.id) == expected, (key, binding.reason)


def test_a_text_that_means_the_contrary_is_never_taken(outcomes: Mapping[str, Outcome]) -> None:
    """99 per cent are without income support: no indicator may show that share."""
    incomes = [fact for key, fact in USED.items() if key.startswith("income_")]
    assert incomes
    for fact in incomes:
        without = {one.code for one in fact.contents if one.texts[0].startswith(CONTRARY)}
        for use, bound in outcomes[fact.key].bounds:
            assert not without & set(bound.contents), use.key


def _recode(document: Document, name: str, labels: Mapping[str, str]) -> None:
    """Give a variable other codes."""
    index = {code: place for place, code in enumerate(labels)}
    document["dimension"][name]["category"] |= {"index": index, "label": dict(labels)}
    document["size"][document["id"].index(name)] = len(labels)


def _changed(document: Document, change: Change) -> Document:
    copy = deepcopy(document)
    change(copy)
    return copy
