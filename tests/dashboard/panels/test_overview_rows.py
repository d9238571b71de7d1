import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from dashboard.charts import spark
from dashboard.data.context import opened
from dashboard.data.observation import Observation
from dashboard.panels.overview import RowContent, overview_rows, row_content
from dashboard.sentences.wording import Wording
from dashboard.state.url import State
from dashboard.state.visit import visited
from etl.catalogue import Break, Lang, Text
from etl.catalogue.loading import load
from tests.dashboard.warehouse import CATALOGUE, publish

CATALOGUED = load(CATALOGUE)
WHERE = {
    "0127": Text(sv="i Botkyrka", en="in Botkyrka"),
    "01": Text(sv="i Stockholms län", en="in Stockholm county"),
    "00": Text(sv="i riket", en="in Sweden"),
}


def one(
    year: int, value: float | None, region: str = "0127", *, segment: str = "bas", group: str = "_T"
) -> Observation:
    """An observation of the employment rate."""
    return Observation(
        "employment_rate", region, str(year), segment, value, background=group, status=None
    )


def seen(
    series: list[Observation],
    others: tuple[Observation, ...] = (),
    pair: tuple[Observation | None, Observation | None] = (None, None),
    lang: Lang = "sv",
) -> RowContent:
    """The glance of an unbroken indicator (its own breaks are taken away) and a made-up series."""
    indicator = CATALOGUED.indicator["employment_rate"].model_copy(update={"breaks": BREAKS})
    return row_content(series, others, pair, Wording(indicator, CATALOGUED, WHERE, lang))


BREAKS = (
    Break(
        period="2022",
        severity="break",
        text=Text(sv="Ny källa.", en="New source."),
    ),
)


def test_a_level_is_set_beside_county_and_country_in_words() -> None:
    """76,8 against 80,5: 3,7 lower, as the reader would subtract; 76,4 is in level with it."""
    found = seen([one(2024, 76.8)], (one(2024, 80.5, "01"), one(2024, 76.4, "00")))

    assert found.beside == (
        "3,7 procentenheter lägre än i Stockholms län",
        "I nivå med riket",
    )


def test_another_register_or_a_missing_figure_is_not_set_beside() -> None:
    """The reason stands where the difference would."""
    found = seen([one(2024, 76.8)], (one(2024, 80.5, "01", segment="rams"), one(2024, None, "00")))

    assert found.beside == (
        "Går inte att jämföra med Stockholms län",
        "Uppgift saknas i riket 2024",
    )


def test_a_change_across_a_break_is_none() -> None:
    """Between 2021 and 2022 lies a new source: no arrow, no number, but the year of the break."""
    found = seen([one(2021, 70.0, segment="rams"), one(2022, 75.0)])

    assert (found.arrow, found.change) == (
        "",
        "Tidsseriebrott 2022: går inte att jämföra med 2021",
    )
    assert [[year for year, _ in piece] for piece in found.lines] == [[2021], [2022]]


@pytest.mark.parametrize(
    ("values", "change", "stretch"),
    [
        ([70.0, 70.2], "I stort sett oförändrat sedan 2023", ""),
        ([70.0, 71.0, 72.0], "+1,0 procentenheter sedan 2023", "+2,0 procentenheter 2022–2024"),
        ([76.0, 75.0, 74.0, 73.0, 72.0], "−1,0 procentenheter sedan 2023", "Fallande 2020–2024"),
    ],
)
def test_what_moved_since_the_year_before_and_over_the_stretch(
    values: list[float], change: str, stretch: str
) -> None:
    """Two years give a change, three a change over the stretch, five a direction."""
    series = [one(2025 - len(values) + place, value) for place, value in enumerate(values)]
    indicator = CATALOGUED.indicator["employment_rate"].model_copy(update={"breaks": ()})
    found = row_content(series, (), (None, None), Wording(indicator, CATALOGUED, WHERE, "sv"))

    assert found.change == change
    assert found.stretch.startswith(stretch)
    assert ("färre än 5 år" in found.stretch) == (len(values) == 3)


def test_what_is_said_across_a_caution_says_so_once() -> None:
    """2023 is to be compared with caution: the last line across it says so, the one before not."""
    caution = Break(period="2023", severity="caution", text=Text(sv="Ny bas.", en="New base."))
    indicator = CATALOGUED.indicator["employment_rate"].model_copy(update={"breaks": (caution,)})
    series = [one(2019 + place, 70.0 + place) for place in range(5)]
    sv, en = (Wording(indicator, CATALOGUED, WHERE, lang) for lang in ("sv", "en"))

    found = row_content(series, (), (None, None), sv)
    assert found.change == "+1,0 procentenheter sedan 2022"
    assert found.stretch == "Stigande 2019–2023. Bör jämföras med försiktighet (2023)"
    assert row_content(series[-2:], (), (None, None), sv).change == (
        "+1,0 procentenheter sedan 2022. Bör jämföras med försiktighet (2023)"
    )
    assert row_content(series[2:], (), (None, None), en).stretch == (
        "+2.0 percentage points 2021–2023, fewer than 5 years: no direction is stated. "
        "Compare with caution (2023)"
    )
    assert "försiktighet" not in row_content(series[:4], (), (None, None), sv).change


def test_a_missing_year_leaves_a_hole_in_the_line() -> None:
    """2022 and 2024 are not joined over a year without a number."""
    found = seen([one(2022, 70.0), one(2023, None), one(2024, 72.0)])

    assert [[year for year, _ in piece] for piece in found.lines] == [[2022], [2024]]


def test_two_groups_are_set_against_each_other() -> None:
    """81,2 and 64,0: 17,2 percentage points apart; with one of them missing, nothing."""
    here, abroad = one(2024, 81.2, group="SE"), one(2024, 64.0, group="SAMUTF")

    assert seen([one(2024, 76.8)], pair=(here, abroad)).gap == "Skillnad 17,2 procentenheter"
    assert seen([one(2024, 76.8)], pair=(here, one(2024, None, group="SAMUTF"))).gap == ""


def test_a_series_without_any_number_shows_nothing() -> None:
    """No value is invented where all are hidden."""
    assert seen([one(2023, None), one(2024, None)]) == RowContent(None)


def test_a_picture_does_not_join_what_is_broken() -> None:
    """Two pieces are two paths; a lone year is a dot."""
    svg = unquote(spark.spark_line([[(2019, 1.0), (2020, 2.0)], [(2022, 3.0)]], 0.0))

    assert len(re.findall("<path", svg)) == 1
    assert len(re.findall("<circle", svg)) == 2
    assert spark.spark_line([], 0.0) == ""


def test_a_strip_has_a_dot_for_each_of_the_level_and_a_larger_one_for_the_own() -> None:
    """In tenths of pixels: lowest and highest at the ends, the country's mark between them."""
    svg = unquote(spark.level_strip((10.0, 20.0, 30.0), 20.0, county=None, country=15.0))

    (dots,) = re.findall(r'<path d="(M[^"]*h0)"', svg)
    assert re.findall(r"M(\d+) ", dots) == ["50", "840", "1630"]
    assert re.findall(r'<circle cx="(\d+)"', svg) == ["840"]
    assert re.findall(r'd="M(\d+) 40V', svg) == ["445"]


def test_the_two_groups_are_of_the_year_of_the_newest_figure(tmp_path: Path) -> None:
    """The foreign-born have no figure of 2024: those of 2023 do not stand beside those of 2024."""
    values = {("_T", "2023"): 70.0, ("SE", "2023"): 78.0, ("SAMUTF", "2023"): 60.0,
              ("_T", "2024"): 71.0, ("SE", "2024"): 79.0}  # fmt: skip
    publish(
        tmp_path,
        observations=[
            ("employment_rate", "0127", year, "_T", group, value, None, "bas", "published")
            for (group, year), value in values.items()
        ],
    )
    context = opened(tmp_path, CATALOGUE)
    with context.warehouses.current() as warehouse:
        assert warehouse
        visit = visited(context, warehouse, "/", State(), current=warehouse.version)
        newest = overview_rows(visit, "0127")["employment_rate"].pair
        year_before = overview_rows(visit, "0127", ("2023", "2023"))["employment_rate"].pair
    context.warehouses.close()

    assert [one and one.value for one in newest] == [79.0, None]
    assert [one and one.value for one in year_before] == [78.0, 60.0]
