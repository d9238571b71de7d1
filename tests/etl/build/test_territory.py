"""Regions whose area changed: which series break, which need caution, and where none begins yet."""

import csv
import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest

from etl.binding.binding import Use
from etl.build.territory import territory_changes, territory_marks
from etl.catalogue import Break
from etl.catalogue.loading import load
from etl.catalogue.periods import frequency
from etl.catalogue.regions import level_of_code
from tests.etl.documents import Codes, document
from tests.etl.entries import PERSONS, REGION, Entry, listed, read, table, use
from tests.etl.running import ROOT

FOLDER = ROOT / "data" / "regions"
RECORDED = Path("scb/recorded/autumn2026/v2")


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    """The file as it stands."""
    with (FOLDER / "territory.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def marks() -> Mapping[str, list[Break]]:
    """The marks of regions of each indicator of the shipped catalogue."""
    catalogue, changes = load(ROOT / "indicators.yaml"), territory_changes(FOLDER)
    return {one.id: list(territory_marks(one, catalogue, changes)) for one in catalogue.indicators}


def told(marks: list[Break], region: str) -> list[tuple[str, str]]:
    """Year and severity of the marks on a region."""
    return [(mark.period, mark.severity) for mark in marks if f"region:{region}" in mark.applies_to]


def test_a_count_of_a_municipality_that_lost_another_breaks_where_it_did(
    marks: Mapping[str, list[Break]],
) -> None:
    """Knivsta left Uppsala on 1 January 2003: the stock of 2002, the flows of 2003."""
    assert told(marks["population"], "0380") == [("2002", "break")]
    assert told(marks["net_migration"], "0380") == [("2003", "break")]
    assert told(marks["population"], "0181") == [("1998", "break")]
    assert told(marks["net_migration_abroad"], "0181") == [("1999", "break")]


def test_a_share_of_the_same_municipality_needs_caution_only(
    marks: Mapping[str, list[Break]],
) -> None:
    """A twelfth of the people of Uppsala moved: a share hardly, a number by a twelfth."""
    assert told(marks["foreign_born_share"], "0380") == [("2002", "caution")]
    assert told(marks["employment_rate"], "0181") == [("1998", "caution")]
    assert told(marks["median_income"], "0380") == [("2002", "caution")]


def test_heby_changed_county_in_the_population_statistics_only(
    marks: Mapping[str, list[Break]],
) -> None:
    """The integration statistics count Heby in Uppsala county in all years."""
    for county in ("03", "19"):
        assert told(marks["population"], county) == [("2006", "break")]
        assert told(marks["net_migration"], county) == [("2007", "break")]
        assert told(marks["foreign_born_share"], county) == [("2006", "caution")]
        assert told(marks["employment_rate"], county) == []


def test_a_series_that_begins_later_has_no_mark(marks: Mapping[str, list[Break]]) -> None:
    """Income standard begins 2011, eligibility 1998: nothing before to be compared with."""
    assert marks["low_economic_standard"] == []
    assert told(marks["upper_secondary_eligibility"], "0181") == []


def test_a_series_that_ended_before_has_no_mark() -> None:
    """A share that is shown to 2024 goes over no change of 2030; the population does."""
    catalogue, (first, *_) = load(ROOT / "indicators.yaml"), territory_changes(FOLDER)
    later = [replace(first, stock=2030, flow=2031)]
    found = {
        name: [mark.period for mark in territory_marks(catalogue.indicator[name], catalogue, later)]
        for name in ("foreign_background_share_20_64", "population")
    }

    assert found == {"foreign_background_share_20_64": [], "population": ["2030"]}


def test_a_mark_says_in_both_languages_between_which_years_and_what_happened(
    marks: Mapping[str, list[Break]],
) -> None:
    """In plain words, made from the file."""
    (mark,) = (one for one in marks["population"] if "region:0380" in one.applies_to)

    assert mark.text.sv == (
        "Uppgifterna för 2001 och 2002 går inte att jämföra. Knivsta skildes från Uppsala."
    )
    assert mark.text.en == (
        "The figures for 2001 and 2002 cannot be compared. Knivsta was separated from Uppsala."
    )
    assert mark.whole_with == ("0330",)


@pytest.mark.parametrize(
    ("flow", "length", "expected"),
    [
        (False, "month", "2002M12"),
        (True, "month", "2003M01"),
        (False, "quarter", "2002K4"),
        (True, "quarter", "2003K1"),
    ],
)
def test_within_years_a_mark_stands_where_the_division_changed(
    flow: bool, length: str, expected: str
) -> None:
    """Knivsta left Uppsala at the turn of 2002-2003: of months December is the first stock."""
    catalogue = load(ROOT / "indicators.yaml")
    changed = {"frequency": length, "flow": flow}
    indicator = catalogue.indicator["population"].model_copy(update=changed)
    found = list(territory_marks(indicator, catalogue, territory_changes(FOLDER)))
    (mark,) = (one for one in found if "region:0380" in one.applies_to)

    assert mark.period == expected
    assert mark.text.sv == (
        "Uppgifterna före och efter årsskiftet 2002–2003 går inte att jämföra. "
        "Knivsta skildes från Uppsala."
    )


@pytest.mark.parametrize(
    ("flow", "held", "first"),
    [
        (False, ("2002M11", "2002M12", "2003M01"), "2002M12"),
        (True, ("2002M12", "2003M01", "2003M02"), "2003M01"),
        (False, ("2002K3", "2002K4", "2003K1"), "2002K4"),
        (True, ("2002K4", "2003K1", "2003K2"), "2003K1"),
        (False, ("2001", "2002", "2003"), "2002"),
        (True, ("2002", "2003", "2004"), "2003"),
    ],
)
def test_a_region_has_its_first_figure_at_the_end_of_the_year_it_is_formed(
    flow: bool, held: tuple[str, ...], first: str
) -> None:
    """A stock of Knivsta from 31 December 2002, flows from 1 January 2003, of any length."""
    length = frequency(held[0])
    axes: Mapping[str, Codes] = {
        "Region": ("0330",),
        "ContentsCode": {"N": "Folkmängd"},
        "Tid": held,
    }
    wanted = use(years={"from": 1997}, frequency=length, flow=flow)
    described = table(REGION, years={"from": 1997})
    sent = document(axes, [0, 5, 6] if held[1] == first else [0, 0, 6])
    found = listed(*read(sent, wanted, described, formed={"0330": "2002"}))
    symbols = {key[1]: row for key, row in found.items()}

    assert {period for period, row in symbols.items() if row == (None, ".")} == {
        period for period in held if period < first
    }
    assert symbols[first][0] is not None


def test_every_municipality_that_is_formed_late_is_told_of_with_its_parent(
    rows: list[dict[str, str]],
) -> None:
    """The first year of the new one is the first of the parent without it."""
    with (FOLDER / "regions.csv").open(encoding="utf-8", newline="") as file:
        formed = {
            row["code"]: row["valid_from"] for row in csv.DictReader(file) if row["valid_from"]
        }
    parted = {
        code: row["stock"]
        for row in rows
        for code in row["whole_with"].split()
        if level_of_code(code) == "municipality"
    }

    assert parted == formed


def test_the_years_are_those_that_the_source_notes_on_the_region(
    rows: list[dict[str, str]], shared: Path
) -> None:
    """TAB638: the stock of a year is of the division of the following 1 January."""
    document = orjson.loads((shared / RECORDED / "TAB638" / "metadata.json").read_bytes())
    answer = document.get("response", document)
    notes = answer["dimension"]["Region"]["category"]["note"]
    whole = " ".join(answer["note"])

    assert "Folkmängd år 1983 och framåt redovisas enligt regional indelning den 1 januari" in whole
    for row in rows:
        if row["stock"]:
            since = f"{int(row['stock']) + 1}-01-01"
            assert since in " ".join(notes.get(row["region"], [whole])), row
            assert row["flow"] == since[:4]


def flows(shared: Path) -> tuple[dict[str, Any], Use]:
    """Net migration of Nykvarn as recorded, and what asks for it."""
    path = shared / RECORDED / "TAB1212" / "excerpt-0140-moves.json"
    content: Entry = {"text": "Flyttningsöverskott", "unit": "antal", "decimals": 0}
    asked = use(years={"from": 1997}, contents=content)
    flow = asked.indicator.model_copy(update={"flow": True})
    return orjson.loads(path.read_bytes()), replace(asked, indicator=flow)


def test_a_flow_of_a_new_municipality_cannot_be_before_its_first_whole_year(shared: Path) -> None:
    """SCB sends 0 for Nykvarn 1997 and 1998; its first people are of 31 December 1998."""
    recorded, asked = flows(shared)
    sex: Entry = {"code": "Kon", "role": "sex", "total": ("1", "2"), "keep": ("1", "2")}
    age: Entry = {"code": "Alder", "role": "background", "total": "tot"}
    described = table(REGION, age, sex, years={"from": 1997}, label=("Flyttningsöverskott",))
    found = listed(*read(recorded, asked, described, formed={"0140": "1998"}))

    for code in ("_T", "1", "2"):
        years = {
            year: found["0140", year, code, "_T", "_T", "_T"] for year in ("1997", "1998", "1999")
        }
        assert years["1997"] == years["1998"] == (None, "."), code
        assert years["1999"][0] == {"_T": 124, "1": 76, "2": 48}[code]


def test_a_stock_of_a_new_municipality_begins_with_its_first_31_december() -> None:
    """Zero or hidden before: either way it cannot be. Its neighbour is as it was."""
    axes: Mapping[str, Codes] = {
        "Region": ("0140", "0181"),
        "ContentsCode": {"N": "Folkmängd"},
        "Tid": ("1996", "1997", "1998"),
    }
    sent = document(axes, [0, None, 7724, 0, 83000, 75836], {"1": ".."})
    described = table(REGION, years={"from": 1996})
    asked = use(years={"from": 1996}, contents=PERSONS)
    found = listed(*read(sent, asked, described, formed={"0140": "1998"}))

    assert {key[:2]: row for key, row in found.items()} == {
        ("0140", "1996"): (None, "."),
        ("0140", "1997"): (None, "."),
        ("0140", "1998"): (7724, ""),
        ("0181", "1996"): (0, ""),
        ("0181", "1997"): (83000, ""),
        ("0181", "1998"): (75836, ""),
    }


def test_a_share_before_the_first_year_has_no_numerator_and_no_denominator() -> None:
    """The source's zeros for Nykvarn 1997 may be added to no group; Södertälje's counts stay."""
    axes: Mapping[str, Codes] = {
        "Region": ("0140", "0181"),
        "Fodd": ("tot", "utr"),
        "ContentsCode": {"N": "Folkmängd"},
        "Tid": ("1997", "1998"),
    }
    sent = document(axes, [0, 7724, 0, 386, 83000, 75836, 16600, 18959])
    born: Entry = {"code": "Fodd", "role": "other", "total": "tot"}
    asked = use(
        years={"from": 1997},
        contents=dict(PERSONS),
        numerator={"codes": {"Fodd": ("utr",)}},
        denominator={"codes": {"Fodd": ("tot",)}},
    )
    described = table(REGION, born, years={"from": 1997})
    rows, book = read(sent, asked, described, formed={"0140": "1998"})
    assert rows.numerator is not None
    assert rows.denominator is not None
    found = {
        key[:2]: (over, under)
        for key, over, under in zip(
            listed(rows, book), rows.numerator, rows.denominator, strict=True
        )
    }

    assert found["0140", "1997"] == pytest.approx((math.nan, math.nan), nan_ok=True)
    assert found["0140", "1998"] == (386, 7724)
    assert found["0181", "1997"] == (16600, 83000)


def municipalities(shared: Path, table: str) -> dict[str, set[str]]:
    """Each county of a recorded table with the names of its municipalities, by code and name."""
    document = orjson.loads((shared / RECORDED / table / "metadata.json").read_bytes())
    labels = document.get("response", document)["dimension"]["Region"]["category"]["label"]
    return {
        f"{county} {name}": {
            label
            for code, label in labels.items()
            if level_of_code(code) == "municipality" and code.startswith(county)
        }
        for county, name in labels.items()
        if level_of_code(county) == "county"
    }


def test_every_county_with_other_municipalities_before_1997_is_told(
    shared: Path, rows: list[dict[str, str]]
) -> None:
    """Of TAB1211 and TAB1212, both as recorded; what was parted within a county is no change."""
    older, newer = (municipalities(shared, table) for table in ("TAB1211", "TAB1212"))
    listed_before = set().union(*older.values())
    changed = {
        county[:2]: (newer[county] & listed_before) ^ older[county]
        for county in older.keys() & newer.keys()
        if (newer[county] & listed_before) ^ older[county]
    }
    years = {row["region"]: row["flow"] for row in rows if level_of_code(row["region"]) == "county"}

    assert changed == {"03": {"Heby"}, "06": {"Habo", "Mullsjö"}, "19": {"Heby"}}
    # Heby counts in county 19 to 2006 in TAB1212 too, by SCB's notes on the counties.
    assert years == {"03": "2007", "06": "1997", "19": "2007"}
