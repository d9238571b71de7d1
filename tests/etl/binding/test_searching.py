"""What is found, told and lost of one table at a source that holds a few."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from etl.binding.tables import Resolved, resolve_tables
from etl.catalogue import Catalogue, Indicator, Table
from etl.source.client import Client
from etl.source.fetching import Access
from tests.etl.binding_cases import AXES
from tests.etl.documents import Codes, Document, document
from tests.etl.entries import PERSONS, SHARE, SWEDEN, table, use
from tests.pxweb_server import Pack, cells_of, serving

TITLE = "Arbetsmarknad efter region. År 2020-2021"


def served(
    name: str, axes: Mapping[str, Codes] | None = None, title: str = TITLE, folder: str = "AA0003"
) -> Pack:
    """A table of the small axes, under an id, with a title, in a folder."""
    metadata: Document = document({**AXES, **(axes or {})}, title=title) | {"value": []}
    row: dict[str, Any] = {
        "id": name,
        "label": title,
        "updated": metadata["updated"],
        "discontinued": None,
        "variableNames": list(metadata["id"]),
        "paths": [[{"id": "AA", "label": "AA"}, {"id": folder, "label": folder}]],
    }
    return Pack(metadata, row, lambda: cells_of(()))


def resolved(
    folder: Path, packs: Sequence[Pack], declared: Table, *indicators: Indicator
) -> Resolved:
    """What the small table is bound to at a source that holds these."""
    catalogue = Catalogue((), (), (declared,), indicators or (use().indicator,))
    with serving(packs, calls=100_000) as server, Client(server.url) as client:
        access = Access(client, client.config(), folder)
        return resolve_tables(catalogue, access, None, SWEDEN)["small"]


def test_of_two_tables_that_fit_the_one_without_other_years_is_the_one(tmp_path: Path) -> None:
    """A table that must be cut is taken only where no other one fits as it is."""
    declared = table(years={"from": 2020, "to": 2021})
    longer = served("TAB1", {"Tid": ("2019", "2020", "2021")})
    found = resolved(tmp_path, [longer, served("TAB2")], declared)
    assert (found.binding.state, found.binding.id) == ("healed", "TAB2")
    assert found.warnings == ()

    found = resolved(tmp_path, [longer], declared)
    assert (found.binding.state, found.binding.id) == ("healed", "TAB1")
    (told,) = found.warnings
    assert told == "it holds 2019-2021, declared are years from 2020 to 2021: 2019 left out"


def test_two_tables_that_fit_alike_are_refused_with_id_and_title(tmp_path: Path) -> None:
    """Nobody guesses; who knows which it is can say so by its id."""
    packs = [served("TAB1"), served("TAB2", title=f"{TITLE}, annan")]
    found = resolved(tmp_path, packs, table())
    assert found.binding.state == "missing"
    assert f"2 tables fit, give `id` or more words in `label`: TAB1 '{TITLE}'; TAB2 " in str(
        found.binding.reason
    )
    found = resolved(tmp_path, packs, table(id="TAB2"))
    assert (found.binding.state, found.binding.id) == ("found", "TAB2")


def test_a_table_is_found_only_by_its_title_unless_its_id_is_known(tmp_path: Path) -> None:
    """With the id it is used and the title told; without, it is near and no more."""
    other = served("TAB1", title="Sysselsättning efter region")
    found = resolved(tmp_path, [other], table(id="TAB1"))
    assert (found.binding.state, found.lost) == ("found", {})
    assert found.warnings == ("its title 'Sysselsättning efter region' lacks 'Arbetsmarknad'",)

    found = resolved(tmp_path, [other], table())
    assert found.binding.state == "missing"
    assert found.binding.reason.endswith(
        "no table fits; nearest: TAB1 'Sysselsättning efter region' (lacks 'Arbetsmarknad'); "
        "if it has the data, write `id: TAB1`"
    )


def test_what_is_nearest_is_sought_in_the_whole_folder_by_title_and_variables(
    tmp_path: Path,
) -> None:
    """The most alike, not the first that come, with the reason against each."""
    far = [served(f"TAB{n}", title=f"Skogsmark {n} efter trakt") for n in range(1, 9)]
    for pack in far:
        pack.table["variableNames"] = ["trakt", "år"]
    elsewhere = served("TAB20", title="Arbetsmarknad", folder="BE0101")
    elsewhere.table["paths"] = [[{"id": "BE0101", "label": "BE0101"}]]
    monthly = served("TAB30", {"Tid": ("2020M01", "2020M02")})
    alike = served("TAB31", title="Sysselsättning")
    reason = resolved(tmp_path, [*far, elsewhere, monthly, alike], table()).binding.reason
    *near, choice = reason.split("nearest: ")[1].split("; ")
    assert [one.split()[0] for one in near[:2]] == ["TAB30", "TAB31"]
    assert len(near) == 3
    assert choice.startswith("write `id:` of the one that has the data: TAB30, TAB31, ")
    assert "its time variable holds '2020M01'" in near[0]
    assert "lacks 'Arbetsmarknad'" in near[1]
    assert "TAB20" not in reason


def test_a_table_that_is_found_by_words_must_hold_a_documented_code(tmp_path: Path) -> None:
    """The same text in a table of another subject is no proof; under a known id it is told."""
    indicator = use(contents={**PERSONS, "code": "M"}).indicator
    found = resolved(tmp_path, [served("TAB1")], table(), indicator)
    assert found.binding.state == "missing"
    assert "TAB1 'Arbetsmarknad efter region. År 2020-2021' (it has none of " in (
        found.binding.reason
    )
    found = resolved(tmp_path, [served("TAB1")], table(id="TAB1"), indicator)
    assert found.binding.state == "found"
    assert found.warnings == ("content 'Folkmängd' has the code N, documented is M",)
    held = {"ContentsCode": {"M": "Folkmängd", "A": "Andel sysselsatta"}}
    found = resolved(tmp_path, [served("TAB1"), served("TAB2", held)], table(), indicator)
    assert (found.binding.state, found.binding.id) == ("healed", "TAB2")


def test_nothing_that_may_count_others_stands_for_a_table_that_is_gone(tmp_path: Path) -> None:
    """Deaths by the same variables have the content "Antal" too: shown to whoever decides."""
    deaths = served("TAB2", {"ContentsCode": {"N": "Antal"}}, title="Döda efter arbetsmarknad")
    counted = use(contents={**PERSONS, "text": "Antal"}).indicator

    found = resolved(tmp_path, [deaths], table(id="TAB1"), counted)
    assert found.binding.state == "missing"
    assert "TAB2 'Döda efter arbetsmarknad' (nothing tells that it counts the same" in (
        found.binding.reason
    )
    coded = use(contents={**PERSONS, "text": "Antal", "code": "N"}).indicator
    for declared, indicator in ((table(id="TAB1"), coded), (table(id="TAB2"), counted)):
        found = resolved(tmp_path, [deaths], declared, indicator)
        assert found.binding.id == "TAB2"


@pytest.mark.parametrize("id", ["TAB1", None])
def test_what_an_indicator_loses_of_a_table_that_is_found_is_told(
    tmp_path: Path, id: str | None
) -> None:
    """Every use is tried when the table is looked for, not only until one is bound."""
    gone = use(contents={**SHARE, "text": "Andel chefer"}).indicator
    gone = gone.model_copy(update={"id": "managers"})
    people = use(contents=dict(PERSONS)).indicator
    found = resolved(tmp_path, [served("TAB1")], table(id=id), people, gone)
    assert found.binding.id == "TAB1"
    ((lost, why),) = found.lost.items()
    assert lost.indicator.id == "managers"
    assert why == (
        "no content 'Andel chefer'; nearest: 'Andel sysselsatta' (code A), 'Folkmängd' (code N)"
    )


def test_what_is_otherwise_than_declared_is_told_once_however_many_use_it(tmp_path: Path) -> None:
    """One new municipality and one missing group are two warnings, whoever reads the table."""
    axes: dict[str, Codes] = {
        "Region": {"0180": "Stockholm", "0190": "Nystad"},
        "BakgrVar": {"TOT": "samtliga", "SE": "Sverige"},
    }
    several = [use().indicator.model_copy(update={"id": f"one_{n}"}) for n in range(3)]
    found = resolved(tmp_path, [served("TAB1", axes)], table(), *several)
    assert found.lost == {}
    assert found.warnings == (
        "region 0190 'Nystad' is new and its figures wait: add it to data/regions/regions.csv",
        "BakgrVar code 'VXEUEES' is declared but absent",
    )
