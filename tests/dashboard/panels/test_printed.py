"""The report of 2010: what it printed, what stands beside it today, and what stands on a chart."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.charts.report import PrintedPoint, strip_chart, with_printed_points
from dashboard.data.observation import Observation
from dashboard.panels.report import (
    PRINTED_FIGURES,
    CurrentKey,
    PrintedFigure,
    missing_from_catalogue,
    printed_row,
    read_printed_figures,
)
from dashboard.text.format import Look
from etl.catalogue import Catalogue, CatalogueError
from etl.catalogue.loading import load
from tests.dashboard.rendered import shown, text
from tests.source import ROOT


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The shipped catalogue."""
    return load(ROOT / "indicators.yaml")


@pytest.fixture(scope="module")
def entries() -> dict[str, PrintedFigure]:
    """What the report printed, by id."""
    return {one.id: one for one in read_printed_figures(PRINTED_FIGURES)}


def known(indicator: str, region: str, year: str, value: float, group: str = "_T") -> Any:
    """One observation of today, as the table looks it up."""
    one = Observation(indicator, region, year, "rams", value, background=group)
    key: CurrentKey = (indicator, region, one.group, year)
    return {key: one}


def test_every_printed_figure_of_the_report_is_there(entries: dict[str, PrintedFigure]) -> None:
    """The figures that the report's text prints, as printed: no digit is lost or added."""
    values: dict[str, tuple[str, float | None]] = {
        id: (one.operator, one.value) for id, one in entries.items()
    }

    expected = {
        "net_migration_2009": ("almost", 25000),
        "net_migration_domestic_2009": ("just_over", 5500),
        "population_2009": ("exact", 2019182),
        "population_16_25_share_2009": ("exact", 12.6),
        "foreign_background_county_2009": ("exact", 23.7),
        "foreign_background_country_2009": ("exact", 18.5),
        "unemployment_gap_1999": ("exact", 7.1),
        "unemployment_hovsjo_2008": ("exact", 16.5),
        "employment_world_1997": ("exact", 42),
        "employment_sweden_2008": ("exact", 83.7),
        "employment_two_years_2008": ("under", 30),
        "employment_ten_years_2008": ("almost", 70),
        "eligible_world_1998": ("just_under", 75),
        "studying_areas_2008": ("exact", 31),
        "unemployed_march_2010": ("exact", 45681),
    }

    assert {id: values[id] for id in expected} == expected


def test_the_reports_contradiction_is_shown_as_printed(entries: dict[str, PrintedFigure]) -> None:
    """23.7 per cent and "more than a quarter" both stand; nobody decides which is right."""
    conclusion = entries["foreign_background_conclusion"]

    assert conclusion.printed is not None
    assert conclusion.printed.sv == "mer än en fjärdedel av befolkningen"
    assert not conclusion.comparable
    assert "23,7" in conclusion.why.sv


def test_only_unchanged_definitions_are_compared_or_drawn(
    entries: dict[str, PrintedFigure],
) -> None:
    """Unemployment, foreign background and the mover balance never stand on today's axis."""
    drawn = {one.current.indicator for one in entries.values() if one.point and one.current}

    assert drawn == {
        "net_migration",
        "net_migration_abroad",
        "net_migration_domestic",
        "employment_rate",
        "upper_secondary_eligibility",
        "studying_20_24",
    }
    assert not any(one.comparable for one in entries.values() if one.figure in {2, 3, 7})


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"comparable": True}, "is not that of 2010"),
        ({"point": True}, "a point on a chart must be comparable"),
        ({"figure": 8}, "none of the report's, 1 to 7"),
        ({"printed": {"sv": "en", "en": "one"}}, "both `printed` and a `value`"),
        ({"value": None}, "neither `printed` nor a whole value"),
        ({"year": 2008}, "year"),
    ],
)
def test_a_faulty_entry_is_refused_with_its_reason(
    tmp_path: Path, change: dict[str, object], problem: str
) -> None:
    """Whoever edits the file learns which entry is wrong and what is expected."""
    entry = {
        "id": "one",
        "figure": 3,
        "what": {"sv": "a", "en": "a"},
        "where": {"sv": "b", "en": "b"},
        "year": "2008",
        "value": 9.9,
        "step": 0.1,
        "unit": "percent",
        "current": {"indicator": "open_unemployment", "region": "01"},
        "comparable": False,
        "point": False,
        "why": {"sv": "c", "en": "c"},
    }
    path = tmp_path / "report.yaml"
    path.write_text(json.dumps({"entries": [entry | change]}), encoding="utf-8")

    with pytest.raises(CatalogueError, match=problem):
        read_printed_figures(path)


def test_every_figure_asked_of_today_is_in_the_catalogue(
    entries: dict[str, PrintedFigure], catalogue: Catalogue
) -> None:
    """A renamed indicator or group is noticed here and not by a reader."""
    assert [
        text for one in entries.values() for text in missing_from_catalogue(one, catalogue)
    ] == []


@pytest.mark.parametrize(
    ("id", "today", "said"),
    [
        ("employment_sweden_2008", 83.2, "−0,5 procentenheter"),
        ("employment_world_2008", 59.4, "inom avrundningen (+0,4 procentenheter)"),
        ("employment_world_2008", 61.0, "+2,0 procentenheter"),
    ],
)
def test_a_difference_is_todays_displayed_figure_minus_the_printed_one(
    entries: dict[str, PrintedFigure], catalogue: Catalogue, id: str, today: float, said: str
) -> None:
    """59 stands for 58.5 to 59.5: less than half a step is within its rounding."""
    one = entries[id]
    assert one.current is not None
    given = known("employment_rate", "01", "2008", today, one.current.background)

    assert printed_row(one, given, catalogue, "sv").difference == said


def test_a_bound_has_only_about_a_difference(
    entries: dict[str, PrintedFigure], catalogue: Catalogue
) -> None:
    """Almost 25 000 is no number to subtract from; 24 600 is about 400 below it."""
    given = known("net_migration", "01", "2009", 24600)
    told = printed_row(entries["net_migration_2009"], given, catalogue, "sv")

    assert (told.printed, told.today) == ("nästan 25\u00a0000", "24\u00a0600")
    assert told.difference == "omkring −400 personer"


def test_what_no_table_has_is_told_and_never_zero(
    entries: dict[str, PrintedFigure], catalogue: Catalogue
) -> None:
    """No table, no year, no comparison: three different things, each in its words."""
    gone = printed_row(entries["unemployment_hovsjo_2008"], {}, catalogue, "sv")
    absent = printed_row(entries["employment_sweden_2008"], {}, catalogue, "sv")

    assert (gone.today, gone.difference) == ("Finns inte", "Går inte att jämföra")
    assert (absent.today, absent.difference) == ("Uppgift saknas", "Uppgift saknas")


def test_a_span_counts_the_years_above_100(
    entries: dict[str, PrintedFigure], catalogue: Catalogue
) -> None:
    """Of three years with a figure, 100.0 itself is not above."""
    given = {
        **known("mover_balance", "01", "1999", 100.4),
        **known("mover_balance", "01", "2003", 99.0),
        **known("mover_balance", "01", "2008", 100.0),
        **known("mover_balance", "01", "2009", 104.0),
    }

    assert (
        printed_row(entries["movers_county"], given, catalogue, "sv").today
        == "över 100 i 1 av 3 år"
    )


def test_the_reports_points_have_their_own_mark_and_room_on_the_axis() -> None:
    """An open diamond, named after the report, inside the axis it is read on."""
    axis = {"range": [50.0, 80.0]}
    figure = {
        "data": [],
        "layout": {"yaxis": axis, "margin": {"b": 32}, "annotations": []},
    }
    made = with_printed_points(figure, [PrintedPoint(1997, 42.0, "42 %", "#12436D")], Look("sv"))
    (mark,) = made["data"]

    assert (mark["name"], mark["marker"]["symbol"]) == ("Rapporten 2010", "diamond-open")
    assert made["layout"]["yaxis"]["range"][0] < 42 < made["layout"]["yaxis"]["range"][1]
    assert axis == {"range": [50.0, 80.0]}


def test_areas_without_a_union_stand_one_by_one(catalogue: Catalogue) -> None:
    """The newest year is filled and valued, the older are open; an empty area keeps its row."""
    indicator = catalogue.indicator["mover_balance"]
    own = tuple(
        Observation("mover_balance", "0180R036", year, "rams", value)
        for year, value in (("2007", 90.0), ("2008", 104.5))
    )
    names = {"0180R036": "Husby", "0180R076": "Rinkeby"}
    figure = strip_chart({"0180R036": own}, names, indicator, Look("sv"))
    older, newest = figure["data"]

    assert (older["x"], newest["x"]) == ([90.0], [104.5])
    assert figure["layout"]["yaxis"]["ticktext"] == ["Husby", "Rinkeby"]
    assert [one["text"] for one in figure["layout"]["annotations"]] == ["104,5", "saknas"]


def test_a_catalogue_without_the_indicators_still_has_the_page(client: FlaskClient) -> None:
    """With other indicators every figure says that it has nothing; the printed numbers stand."""
    answer = shown(client, "/rapport-2010")

    assert text(answer).count("Uppgifterna finns inte i datalagret.") >= 6
    assert "23,7\u00a0%" in text(answer)


@pytest.mark.parametrize(
    ("group", "year", "words"), [("INT010", "2010", "30,4"), ("INT040", "2010", "69,5")]
)
def test_what_continues_the_reports_series_is_published(
    shared: Path, entries: dict[str, PrintedFigure], group: str, year: str, words: str
) -> None:
    """The figures of 2010 that the table mentions are those of TAB389 for Stockholm county."""
    folder = shared / "scb" / "packs" / "TAB389"
    described = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
    values = json.loads((folder / "cells.json").read_text(encoding="utf-8"))["value"]
    wanted = ("01", "1+2", "000", group, "0000001X", year)
    place = 0
    for name, size, code in zip(described["id"], described["size"], wanted, strict=True):
        place = place * size + described["dimension"][name]["category"]["index"][code]

    assert f"{values[place]:.1f}".replace(".", ",") == words
    assert any(
        words in one.why.sv
        for one in entries.values()
        if one.current and one.current.background == group
    )
