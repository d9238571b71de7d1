"""
Every binding of the shipped catalogue, against a stand-in with the documented tables.

The stand-in serves a table for each of the catalogue's, with its documented title, folder,
variables, codes and content texts; those whose id nobody knows stand under an invented one.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from etl.binding.binding import bounds_of, uses
from etl.binding.tables import Resolved, resolve_tables
from etl.catalogue import Catalogue
from etl.catalogue.loading import load
from etl.demo.places import invented_places
from etl.demo.tables import ExampleTable, example_tables
from etl.demo.writing import FOLDER, metadata_document
from etl.source.client import Client
from etl.source.fetching import Access
from etl.store import REGIONS
from tests.etl.entries import SWEDEN
from tests.etl.running import CATALOGUE
from tests.pxweb_server import Pack, cells_of, serving

pytestmark = pytest.mark.slow  # whole runs of the pipeline

Document = dict[str, Any]
Change = Callable[[Document], None]
FEW = {"00": "Riket", "01": "Stockholms län", "0180": "Stockholm", "0180R076": "Rinkeby",
       "0180R076_RegSO2025": "Rinkeby"}  # fmt: skip


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The shipped catalogue."""
    return load(CATALOGUE)


@pytest.fixture(scope="module")
def documented(catalogue: Catalogue) -> Mapping[str, tuple[ExampleTable, Document]]:
    """The documented state of every table, by its key; of the regions a few."""
    return {
        one.declared.key: (one, _small(metadata_document(one)))
        for one in example_tables(catalogue, invented_places(REGIONS, FOLDER))
    }


@pytest.fixture(scope="module")
def found(
    catalogue: Catalogue,
    documented: Mapping[str, tuple[ExampleTable, Document]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Mapping[str, Resolved]:
    """What every table is bound to where the source is as it is documented."""
    packs = [_pack(*one) for one in documented.values()]
    with serving(packs, calls=100_000) as server, Client(server.url) as client:
        access = Access(client, client.config(), tmp_path_factory.mktemp("landing"))
        return resolve_tables(catalogue, access, None, SWEDEN)


def test_every_table_is_found_under_its_own_id_or_by_its_words(
    found: Mapping[str, Resolved], documented: Mapping[str, tuple[ExampleTable, Document]]
) -> None:
    """Known ids fit as they are; unknown ones are healed by one single hit."""
    for key, (one, _) in documented.items():
        binding = found[key].binding
        state = "found" if one.declared.id else "healed"
        assert (binding.state, binding.id) == (state, one.id), f"{key}: {binding.reason}"


def test_every_table_of_the_catalogue_is_used_and_looked_for(
    catalogue: Catalogue, found: Mapping[str, Resolved]
) -> None:
    """No table stands in the file for nothing."""
    used = {source.table for one in catalogue.indicators for part in one.segments
            for source in part.sources}  # fmt: skip

    assert set(found) == used == set(catalogue.table)


def test_every_source_of_every_indicator_can_be_bound(
    catalogue: Catalogue, found: Mapping[str, Resolved]
) -> None:
    """Contents, totals and members of sums all stand in the documented tables."""
    for use in uses(catalogue):
        described_as = found[use.source.table].dataset
        assert described_as is not None
        ready, reasons = bounds_of(
            catalogue.table[use.source.table], described_as, [use], SWEDEN, limit=150_000
        )
        assert reasons == {}, use.key
        assert use in ready


def _other_contents(document: Document) -> None:
    labels = document["dimension"]["ContentsCode"]["category"]["label"]
    labels |= {code: f"Något annat {number}" for number, code in enumerate(labels)}


def _other_years(document: Document) -> None:
    _recode(document, "Tid", {"1901": "1901", "1902": "1902"})


def _other_levels(document: Document) -> None:
    _recode(document, "Region", {"0114A0010": "DeSO", "SE11": "NUTS"})


def _other_variable(document: Document) -> None:
    document["id"] = ["Landsdel" if name == "Region" else name for name in document["id"]]
    document["dimension"]["Landsdel"] = document["dimension"].pop("Region")


def _other_subject(document: Document) -> None:
    document["label"] = "Skogsmark per tusental hektar"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_other_contents, "'Något annat "),
        (_other_years, "it holds 1901-1902, expected years from"),
        (_other_levels, "it has no region of level"),
        (_other_variable, "it has no variable Region"),
    ],
)
def test_a_table_that_is_another_one_is_missing_with_the_reason(
    catalogue: Catalogue,
    documented: Mapping[str, tuple[ExampleTable, Document]],
    tmp_path_factory: pytest.TempPathFactory,
    change: Change,
    reason: str,
) -> None:
    """Nothing is bound to a table with other contents, years or regions, whatever its id."""
    packs = [_pack(one, _changed(document, change)) for one, document in documented.values()]
    with serving(packs, calls=100_000) as server, Client(server.url) as client:
        access = Access(client, client.config(), tmp_path_factory.mktemp("landing"))
        outcome = resolve_tables(catalogue, access, None, SWEDEN)

    for key, (one, _) in documented.items():
        binding = outcome[key].binding
        assert (binding.state, binding.id) == ("missing", None), key
        if one.declared.id:
            assert f"{one.id} does not fit: " in str(binding.reason)
            assert reason in str(binding.reason), key
        assert "no table fits" in str(binding.reason), key


def test_a_table_whose_title_is_another_is_used_under_its_id_alone(
    catalogue: Catalogue,
    documented: Mapping[str, tuple[ExampleTable, Document]],
    tmp_path: Path,
) -> None:
    """A known id is warned of; what is known by its words alone is missing."""
    packs = [
        _pack(one, _changed(document, _other_subject)) for one, document in documented.values()
    ]
    with serving(packs, calls=100_000) as server, Client(server.url) as client:
        outcome = resolve_tables(catalogue, Access(client, client.config(), tmp_path), None, SWEDEN)

    for key, (one, _) in documented.items():
        resolved = outcome[key]
        if one.declared.id:
            assert (resolved.binding.state, resolved.binding.id) == ("found", one.id), key
            assert resolved.lost == {}
            assert "'Skogsmark per tusental hektar' lacks the word" in resolved.warnings[0]
        else:
            assert resolved.binding.state == "missing", key
            assert "no table fits; nearest: TAB" in resolved.binding.reason
            assert "'Skogsmark per tusental hektar' (lacks " in resolved.binding.reason


def _small(document: Document) -> Document:
    """Keep of the regions one of each level: the binding looks at their form alone."""
    there = document["dimension"]["Region"]["category"]["label"]
    areas = {code: name for code, name in FEW.items() if _form(code) in set(map(_form, there))}
    _recode(document, "Region", areas)
    return document


def _form(code: str) -> tuple[int, bool]:
    return len(code), code == "00"


def _recode(document: Document, name: str, labels: Mapping[str, str]) -> None:
    """Give a variable other codes."""
    index = {code: place for place, code in enumerate(labels)}
    document["dimension"][name]["category"] |= {"index": index, "label": dict(labels)}
    document["size"][document["id"].index(name)] = len(labels)


def _changed(document: Document, change: Change) -> Document:
    copy = deepcopy(document)
    change(copy)
    return copy


def _pack(one: ExampleTable, document: Document) -> Pack:
    """The table as the stand-in serves it: its metadata, and its row in the list of tables."""
    row = {
        "id": one.id,
        "label": document["label"],
        "updated": document["updated"],
        "discontinued": one.declared.discontinued,
        "variableNames": [part["label"] for part in document["dimension"].values()],
        "paths": [[{"id": one.declared.path, "label": one.declared.path}]],
    }
    return Pack(document, row, lambda: cells_of(()))
