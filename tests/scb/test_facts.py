"""The documented facts are cited, agree with the recordings and know nothing of the catalogue."""

import math
import re
from collections import Counter
from collections.abc import Collection
from pathlib import Path

import numpy as np
import pytest

from tests.scb.facts import FactTable, documented, table_of
from tests.scb.recordings import recorded_packs
from tests.scb.tables import UNITS, Units, packs, table_pack
from tests.scb.worst_day import worst_day
from tests.source import imports, inside, modules

TABLES = {table.key: table for table in documented()}
RECORDED = ("TAB1211", "TAB1212", "TAB5557", "TAB638", "TAB6640")


def test_the_facts_know_neither_the_pipeline_nor_its_catalogue() -> None:
    """What the catalogue is measured by is no copy of it."""
    for path in modules("tests/scb"):
        assert not inside(imports(path), {"etl", "dashboard", "tests.etl"}), path
        if not path.name.startswith("test_"):
            assert not re.search(r"indicators\W+yaml\W+(?!`)", _code(path)), path


def _code(path: Path) -> str:
    """A module without its docstrings and comments."""
    return re.sub(r'"""[\s\S]*?"""|#.*', "", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("key", TABLES)
def test_every_table_cites_its_line_of_the_evidence(shared: Path, key: str) -> None:
    """A row of evidence.md begins as cited; what left no public trace is named as such there."""
    lines = (shared / "scb/evidence.md").read_text(encoding="utf-8").splitlines()
    for cited in TABLES[key].evidence:
        assert any(line.removeprefix("| ").startswith(cited) for line in lines), cited


@pytest.mark.parametrize("id", RECORDED)
def test_the_facts_agree_with_the_recorded_metadata(shared: Path, id: str) -> None:
    """Title, years, variables, codes, labels, elimination, contents and units are as recorded."""
    (pack,) = [pack for pack in recorded_packs(shared) if pack.id == id]
    (table,) = [table for table in documented() if table.id == id]
    recorded = pack.metadata["dimension"]
    contents = recorded["ContentsCode"]["category"]

    assert pack.metadata["label"] == table.title
    assert [*recorded["Tid"]["category"]["index"]] == [*table.years]
    assert pack.metadata["id"] == [*(one.code for one in table.variables), "ContentsCode", "Tid"]
    for variable in table.variables:
        there = recorded[variable.code]
        assert (there["label"], there["extension"]["elimination"]) == (
            variable.label,
            variable.eliminable,
        )
        labels = there["category"]["label"]
        assert {code: labels.get(code) for code in variable.values} == variable.values
        assert variable.code == "Region" or set(labels) == set(variable.values)
    for content in table.contents:
        assert contents["label"][content.code] == content.texts[0]
        assert contents["unit"][content.code] == {
            "base": content.unit,
            "decimals": content.decimals,
        }


@pytest.mark.parametrize("units", UNITS)
def test_every_id_means_one_table(units: Units) -> None:
    """No decoy has the id of a table, however the units are spelled."""
    assert Counter(pack.id for pack in packs(units)).most_common(1)[0][1] == 1


def test_every_table_has_a_cell_for_every_combination_of_codes() -> None:
    """A table is whole, or the stand-in would answer with cells of others."""
    for pack in packs():
        assert pack.cells().values.size == math.prod(pack.metadata["size"]), pack.id


def test_what_nobody_knows_is_served_as_what_decides_nothing() -> None:
    """A table of unknown id stands among three others whose titles begin as its own."""
    served = packs()
    for table in documented():
        if table.id:
            continue
        (own,) = [pack for pack in served if pack.id == table.served_id]
        alike = [
            pack
            for pack in served
            if pack is not own
            and pack.table["label"].startswith(own.table["label"])
            and pack.table["paths"] == own.table["paths"]
        ]
        assert len(alike) >= 3, table.key
        assert table.guessed is None or table.guessed in {pack.id for pack in alike}, table.key


def test_women_and_men_are_everybody_in_every_table_of_counts() -> None:
    """The stand-in's counts add up as SCB's do, so that a check that fires tells of the code."""
    for table in documented():
        sex = next((one for one in table.variables if one.code == "Kon"), None)
        if sex is None or not {"1", "2"} < set(sex.values) or len(sex.total[0]) > 1:
            continue
        values = table_values(table, [c.code for c in table.contents if c.measures == "count"])
        place = table.variables.index(sex)
        by = {code: np.take(values, at, axis=place) for at, code in enumerate(sex.values)}
        assert (by["1"] + by["2"] == by[sex.total[0][0]]).all(), table.key


def table_values(
    table: FactTable, contents: Collection[str]
) -> np.ndarray[tuple[int, ...], np.dtype[np.object_]]:
    """The values of some contents of a table, one array dimension a variable."""
    cells = table_pack(table).cells()
    sizes = table_pack(table).metadata["size"]
    places = [at for at, one in enumerate(table.contents) if one.code in contents]
    return cells.values.reshape(sizes).take(places, axis=-2)


def test_the_worst_day_takes_data_from_at_most_five_indicators() -> None:
    """Everything has changed, and nearly all of it can be read nevertheless."""
    day = worst_day()
    assert 0 < len(day.lacking) <= 5
    kinds = {cause.what for cause in day.causes}
    assert kinds == {"id changed", "title changed", "more years", "new municipality", "gone",
                     "split", "monthly"}  # fmt: skip
    served = {pack.id for pack in day.packs}
    assert {cause.id for cause in day.causes if cause.id} <= served
    gone = {
        table_of(cause.table).id for cause in day.causes if cause.what in {"gone", "id changed"}
    }
    assert not gone & served


def test_on_the_worst_day_every_cell_has_its_usual_value() -> None:
    """Only names, ids, years and regions are other ones: whatever differs then is our doing."""
    usual = {pack.id: pack for pack in packs()}
    for pack in worst_day().packs:
        own = usual.get(pack.id)
        if own and own.metadata["size"] == pack.metadata["size"]:
            assert (own.cells().values == pack.cells().values).all(), pack.id
            assert (own.cells().marks == pack.cells().marks).all(), pack.id
