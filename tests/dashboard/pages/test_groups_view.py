import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.charts.multiples import (
    SmallChart,
    everybody_line,
    group_lines,
    groups_of_kind,
    multiples,
    symbol_sentences,
)
from dashboard.charts.style import ChartLine
from dashboard.codes import EVERYBODY, Group
from dashboard.data.context import opened
from dashboard.data.observation import Observation
from dashboard.server.app import create_app
from dashboard.state.groups import offer
from dashboard.text.format import Look
from etl.catalogue import TOTAL
from tests.dashboard.rendered import found, shown, text
from tests.dashboard.speaking import indicator, shipped
from tests.dashboard.warehouse import CATALOGUE, publish

GROUPS = "/indikator/employment_rate"
RATE = indicator("employment_rate")


def rows(*cells: tuple[str, str, str, float | None, str | None]) -> list[Observation]:
    """Rows of Botkyrka: background, sex, period, value, status."""
    return [
        Observation(
            RATE.id,
            "0127",
            period,
            "bas" if period >= "2022" else "rams",
            value,
            status,
            sex,
            background,
        )
        for background, sex, period, value, status in cells
    ]


def small(*backgrounds: str) -> list[SmallChart]:
    """A chart of each group, with one line."""
    return [
        SmallChart(code, (ChartLine("0127", Group(background=code), code, "#12436D"),))
        for code in backgrounds
    ]


def figure(shown: Sequence[Observation], charts: list[SmallChart], *, narrow: bool = False) -> Any:
    """The figure of some charts."""
    return multiples(shown, charts, RATE, Look("sv", narrow=narrow))


SHOWN = rows(
    ("SE", TOTAL, "2017", 80.0, None),
    ("SE", TOTAL, "2018", 81.0, None),
    ("SE", TOTAL, "2019", 82.0, None),
    ("SAMUTF", TOTAL, "2017", 40.0, None),
    ("SAMUTF", TOTAL, "2018", None, ".."),
    ("SAMUTF", TOTAL, "2019", 45.0, None),
)


def test_all_charts_of_a_section_have_one_scale() -> None:
    """The eye compares heights: no chart may have an axis of its own."""
    layout = figure(SHOWN, small("SE", "SAMUTF"))["layout"]
    scales = [axis["range"] for name, axis in layout.items() if name.startswith("yaxis")]

    assert len(scales) == 2
    assert scales[0] == scales[1]
    assert scales[0][0] < min(row.number for row in SHOWN if row.present)
    assert scales[0][1] > max(row.number for row in SHOWN if row.present)


def test_a_hidden_year_is_a_symbol_in_its_own_chart_and_no_line_passes_it() -> None:
    """Two dots stand at the foot of the second chart; its line is two points."""
    data = figure(SHOWN, small("SE", "SAMUTF"))["data"]
    symbols = [one for one in data if one["mode"] == "text"]
    own = [one["x"] for one in data if one["xaxis"] == "x2" and one["mode"] != "text"]

    assert [(one["x"], one["text"], one["xaxis"]) for one in symbols] == [([2018], [".."], "x2")]
    assert own == [[2017], [2019]]
    assert all(math.isfinite(y) for one in data for y in one["y"])


def test_a_line_stops_at_a_break_in_every_chart() -> None:
    """The break of 2019 parts the line of the born in Sweden, and its rule is drawn."""
    drawn_ = figure(SHOWN, small("SE", "SAMUTF"))
    own = [one["x"] for one in drawn_["data"] if one["xaxis"] == "x"]

    assert own == [[2017, 2018], [2019]]
    assert {shape["xref"] for shape in drawn_["layout"]["shapes"]} == {"x", "x2"}


def test_a_group_that_is_held_back_in_all_years_keeps_its_chart() -> None:
    """Never left out in silence: its field is there, with the symbols."""
    frame = rows(
        ("SE", TOTAL, "2018", 80.0, None),
        ("NEXS", TOTAL, "2018", None, ".."),
    )
    made = figure(frame, small("SE", "NEXS"))

    assert [one["text"] for one in made["layout"]["annotations"]] == ["<b>SE</b>", "<b>NEXS</b>"]
    assert [one["text"] for one in made["data"] if one["mode"] == "text"] == [[".."]]


def test_what_never_moves_needs_no_height() -> None:
    """Nothing but zero is seen in a low chart; what moves is drawn as high as usual."""
    flat = rows(*(("SE", TOTAL, str(year), 0.0, None) for year in range(2022, 2025)))
    moves = rows(*(("SE", TOTAL, str(year), year / 100, None) for year in range(2022, 2025)))
    low, high = (figure(one, small("SE"))["layout"]["height"] for one in (flat, moves))

    assert high - low == 58


@pytest.mark.parametrize(("narrow", "lefts"), [(True, [0, 0]), (False, [0, 0.35])])
def test_a_narrow_window_has_one_column(narrow: bool, lefts: list[float]) -> None:
    """Small charts side by side would be too small there; the figure grows instead."""
    layout = figure(SHOWN, small("SE", "SAMUTF"), narrow=narrow)["layout"]

    assert [layout[name]["domain"][0] for name in ("xaxis", "xaxis2")] == pytest.approx(lefts)
    assert layout["height"] == (342 if narrow else 171)


def test_women_and_men_are_two_lines_only_where_the_source_crosses() -> None:
    """Of the born in Sweden both; of the foreign-born only both together."""
    choices = offer(
        shipped(),
        [EVERYBODY, Group("1", "SE"), Group("2", "SE"), Group(background="SAMUTF")],
    )
    born, foreign = groups_of_kind(shipped(), choices, "origin", "sv")
    reference = everybody_line(choices, "0127", "Botkyrka")

    assert [line.group.sex for line in group_lines(born, "0127", reference)] == [TOTAL, "2", "1"]
    assert [line.group.background for line in group_lines(foreign, "0127", reference)] == [
        TOTAL,
        "SAMUTF",
    ]


def test_a_kind_of_one_group_is_no_section() -> None:
    """A single small chart has nothing beside it."""
    choices = offer(shipped(), [EVERYBODY, Group(background="INT040")])

    assert groups_of_kind(shipped(), choices, "stay", "sv") == ()


def test_the_page_has_a_section_for_each_kind_with_chart_words_and_table(
    reader: FlaskClient,
) -> None:
    """The county crosses origin and sex: charts, what parts the groups, and both tables."""
    page = shown(reader, GROUPS, "?region=01&vy=grupper")
    words = text(page)

    assert text(found(page, "H2")[0]) == "Födelseregion och kön"
    assert "Den blå linjen visar kvinnor, den gröna streckade män." in words
    assert len(found(page, "Table")) == 2
    assert "Kvinnor och män i Stockholms län 2024" in words


def test_a_municipality_without_crossing_has_one_line_each_and_the_sexes_of_everybody(
    reader: FlaskClient,
) -> None:
    """Only what exists is drawn: origins together, women and men in a section of their own."""
    page = shown(reader, GROUPS, "?region=0127&vy=grupper")

    sections = [text(one) for one in found(page, "H2")][:2]
    assert sections == ["Födelseregion", "Kvinnor och män"]
    assert "Den blå linjen visar gruppen." in text(page)


def test_a_group_that_is_held_back_stands_with_its_symbol_in_the_table(
    reader: FlaskClient,
) -> None:
    """Nykvarn's Nordic-born are hidden in all years."""
    page = shown(reader, GROUPS, "?region=0140&vy=grupper")
    (row,) = [
        one for one in found(page, "Tr") if text(one).startswith("Födda i Norden utom Sverige")
    ]

    assert [text(one) for one in found(row, "Td")] == [".. 2022", ".. 2024"]


def test_an_indicator_without_groups_says_so(reader: FlaskClient) -> None:
    """The view is named with the reason, and the lines over time are shown."""
    words = text(shown(reader, "/indikator/population", "?region=0127&vy=grupper"))

    assert "Grupper: källan delar inte upp uppgifterna." in words


def test_only_symbols_that_are_drawn_are_explained() -> None:
    """A nil at the foot is told as nil; what no chart shows is not told."""
    frame = rows(
        (TOTAL, TOTAL, "2018", None, "."),
        ("SE", TOTAL, "2018", 80.0, None),
        ("NEXS", TOTAL, "2018", None, "-"),
    )

    assert symbol_sentences(figure(frame, small("SE", "NEXS")), "sv") == [
        "Tecknet – längst ned betyder: noll."
    ]


def test_everybody_hidden_beside_groups_of_a_count_is_no_symbol_under_the_chart(
    tmp_path: Path,
) -> None:
    """Of counts the whole is not drawn, so its two dots are at no foot."""
    publish(
        tmp_path,
        observations=[
            ("population", "0127", year, sex, TOTAL, None if sex == TOTAL else 500.0,
             ".." if sex == TOTAL else None, "old", "published")
            for year in ("2023", "2024")
            for sex in (TOTAL, "1", "2")
        ],
    )  # fmt: skip
    given = opened(tmp_path, CATALOGUE)
    page = shown(create_app(given).server.test_client(), "/indikator/population",
                 "?region=0127&vy=grupper")  # fmt: skip
    given.warehouses.close()

    assert found(page, "Graph")
    assert "längst ned betyder" not in text(page)
