"""What a page says of its list and of years it cannot show: counts, years to come, names."""

import re

import pytest
from flask.testing import FlaskClient

from dashboard.charts.bars import Bar, BarForm, Reference, bars, fitting_ticks, round_ticks
from dashboard.charts.dumbbell import dumbbell
from dashboard.charts.line_chart import left_margin
from dashboard.charts.multiples import sparse_years
from dashboard.data.observation import Observation
from dashboard.pages.indicator.content import count_sentence
from dashboard.text import LANGS, terms
from dashboard.text.format import NBSP, Look
from etl.catalogue import Lang
from tests.dashboard.rendered import found, shown, text
from tests.dashboard.speaking import indicator

EMPLOYED = "/indikator/employment_rate"
AREAS = ("areas_span", "neighbourhoods_span")
NEWEST = "Det senaste året är 2024."
SPAN_OF_ALL = "Värdena går från 1 % till 2 %. För 26 av 26 regioner finns en uppgift att jämföra."


@pytest.mark.parametrize(
    ("count", "every", "expected"),
    [
        (26, 26, SPAN_OF_ALL),
        (1, 26, "För 1 av 26 regioner finns en uppgift att jämföra: 1 %."),
        (0, 26, "För ingen av 26 regioner finns en uppgift att jämföra."),
        (1, 1, "En region visas: 1 %."),
        (0, 1, "En region visas. Uppgift saknas."),
        (0, 0, "Ingen region visas."),
    ],
)
def test_one_region_is_not_told_in_the_plural(count: int, every: int, expected: str) -> None:
    """One of one is a region, not regions; one value goes from nowhere to nowhere; none is none."""
    assert count_sentence("span", count, every, "sv", low="1 %", high="2 %") == expected


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("key", ["span", "two_span", *AREAS])
def test_no_list_tells_nothing_as_one(key: str, lang: Lang) -> None:
    """Every list has words of its own for none, one and many."""
    blanks = {"low": "1", "high": "2", "unit": "%"}
    told = [count_sentence(key, count, every, lang, **blanks)
            for count, every in ((0, 0), (0, 1), (1, 1), (0, 3), (1, 3), (2, 3))]  # fmt: skip

    assert len(set(told)) == len(told)
    assert told[0].startswith(("Ing", "No "))
    assert not re.search(r"\b(en|ett|one|1)\b", told[0].casefold())


@pytest.mark.parametrize(
    ("count", "every", "expected"),
    [
        (2, 3, "Områdenas värden går från 1 % till 2 %. Uppgift finns för 2 av 3 områden."),
        (1, 3, "Uppgift finns för 1 av 3 områden: 1 %."),
        (1, 1, "Ett område visas: 1 %."),
        (0, 1, "Ett område visas. Uppgift saknas."),
        (0, 0, "Inget område visas."),
    ],
)
def test_areas_are_counted_by_the_same_rule(count: int, every: int, expected: str) -> None:
    """Areas are of another gender in Swedish; when which form is used is one rule."""
    assert count_sentence("areas_span", count, every, "sv", low="1 %", high="2 %") == expected


@pytest.mark.parametrize(
    ("view", "lang", "expected"),
    [
        ("jamfor", "sv", "En region visas: 78,7 %."),
        ("jamfor", "en", "One region is shown: 78.7 %."),
        ("tvaar", "sv", "En region visas. Dess två år kan jämföras."),
        ("tvaar", "en", "One region is shown. Its two years can be compared."),
        ("skillnader", "sv", "Skillnaden var 16,0 procentenheter."),
        ("skillnader", "en", "The difference was 16.0 percentage points."),
        ("tabell", "sv", "Visar 1 region."),
        ("tabell", "en", "Showing 1 region."),
    ],
)
def test_a_list_of_one_region_says_so(
    reader: FlaskClient, view: str, lang: str, expected: str
) -> None:
    """
    The country alone is a list of one; its level stands in the menu like any other.

    In 2024 it has 72 + 21 · 0.3 + 2 · 0.2; the born in Sweden 4 less, the foreign-born 20 less.
    """
    page = shown(reader, EMPLOYED, f"?region=00&niva=riket&vy={view}&lang={lang}")
    (level,) = (
        one["props"] for one in found(page, "Select") if one["props"]["id"]["key"] == "level"
    )
    words = text(page).replace(NBSP, " ")

    assert expected in words
    assert not re.search(r"\d av 1 regioner|\d of 1 regions", words)
    assert level["value"] in {one["value"] for one in level["options"]}


@pytest.mark.parametrize("view", ["tid", "jamfor", "karta", "tabell"])
def test_a_year_to_come_is_told_with_the_newest_there_is(reader: FlaskClient, view: str) -> None:
    """Sentence 11 of the vocabulary: not "no figures", but not yet, and which year is the last."""
    page = shown(reader, EMPLOYED, f"?region=0127&vy={view}&ar=2030")

    assert f"Uppgifter för 2030 finns ännu inte i källan. {NEWEST}" in text(page)


def test_a_year_in_vain_leaves_the_usual_change_in_the_table(reader: FlaskClient) -> None:
    """The table then shows the latest years, and the change between the last two of them."""
    usual = shown(reader, EMPLOYED, "?region=0127&vy=tabell")
    vain = shown(reader, EMPLOYED, "?region=0127&vy=tabell&ar=2030")

    assert "2023–2024" in text(found(usual, "Thead"))
    assert text(found(vain, "Thead")) == text(found(usual, "Thead"))
    assert text(found(vain, "Tbody")) == text(found(usual, "Tbody"))


@pytest.mark.parametrize("view", ["tid", "tabell"])
def test_of_a_span_only_the_years_to_come_are_told(reader: FlaskClient, view: str) -> None:
    """Of 2020–2030 the years after the newest are missing; a year long ago is not awaited."""
    page = shown(reader, EMPLOYED, f"?region=0127&vy={view}&ar=2020-2030")
    ago = shown(reader, EMPLOYED, f"?region=0127&vy={view}&ar=1950-1960")

    assert f"Uppgifter för 2025–2030 finns ännu inte i källan. {NEWEST}" in text(page)
    assert "finns ännu inte" not in text(ago)


def test_years_without_a_number_are_no_dotted_line() -> None:
    """Twelve symbols side by side would be read as a value; every fourth of a row is enough."""
    years = [str(year) for year in (2001, *range(2010, 2022))]
    gone = [Observation("population", "1", year, "a", None, "..") for year in years]

    assert [row.period for row in sparse_years(gone)] == ["2001", "2010", "2014", "2018"]


def test_a_change_of_symbol_is_always_seen() -> None:
    """Hidden in 2010–2012, impossible in 2013, nil from 2014: each begins with its own symbol."""
    symbols = ["..", "..", "..", ".", "-", "-", "-", "-", "-"]
    gone = [
        Observation("population", "1", str(year), "a", None, status)
        for year, status in enumerate(symbols, start=2010)
    ]

    assert [(row.period, row.status) for row in sparse_years(gone)] == [
        ("2010", ".."), ("2013", "."), ("2014", "-"), ("2018", "-"),
    ]  # fmt: skip


def test_the_longest_number_of_the_axis_fits_beside_it() -> None:
    """A number of millions needs more room than a share; the first digits were cut away."""
    look = Look("sv")

    assert left_margin((60.0, 90.0), look, 48) == 48
    assert left_margin((0.0, 11_400_000.0), look, 48) >= 10 * 7.2 + 6
    assert left_margin((-120_000.0, 90.0), look, 48) > left_margin((0.0, 90.0), look, 48)


def test_long_numbers_of_an_axis_are_fewer() -> None:
    """A million thrice in a narrow window would lie aslant and be cut."""
    narrow, wide = Look("sv", narrow=True), Look("sv")

    assert fitting_ticks(0.0, 84.7, narrow, 190) == 4
    assert fitting_ticks(0.0, 1_019_411.0, narrow, 110) == 2
    assert round_ticks(0.0, 1_019_411.0, 2) == [0.0, 1_000_000.0]
    assert fitting_ticks(0.0, 84.7, wide, 560) == 7


@pytest.mark.parametrize(
    ("low", "high"),
    [(0.0, 7.3), (1_100_000.0, 2_300_000.0), (0.0, 1_990_000.0), (-48_000.0, 61.0), (5.1, 9.3)],
)
@pytest.mark.parametrize("name", ["Sverige", "Stockholms län", "Norra Botkyrka centrum"])
def test_numbers_of_an_axis_never_touch_in_the_narrowest_window(
    low: float, high: float, name: str
) -> None:
    """Of 320 pixels a chart has 288; a letter of the axis is about seven wide."""
    look = Look("sv", narrow=True)
    listed = [Bar("1", name, low, "2 300 000"), Bar("2", name, high, "2 300 000")]
    rows = [
        Observation("population", "1", year, "a", value)
        for year, value in (("1", low), ("2", high))
    ]
    many = indicator("population")
    drawn = bars(listed, look, region="", form=BarForm(min(low, high) >= 0, 0.0))
    pairs = dumbbell(rows, {"1": name}, many, look, region="", years=("1", "2"))

    for layout in (drawn["layout"], pairs["layout"]):
        marks, (start, end) = layout["xaxis"]["tickvals"], layout["xaxis"]["range"]
        scale = (288 - layout["margin"]["l"] - layout["margin"]["r"]) / (end - start)
        wide = [7 * len(f"{mark:,.0f}") for mark in marks]
        assert marks
        for place in range(len(marks) - 1):
            apart = (marks[place + 1] - marks[place]) * scale
            assert apart >= (wide[place] + wide[place + 1]) / 2


def test_names_above_their_bars_hide_the_lines_of_reference() -> None:
    """In a narrow window a line does not strike out the name that it would cross."""
    listed = [Bar("0127R001", "Fittja och Slagsta", 20.0, "20,0 %")]
    lines = [Reference("Riket", 10.0, "10,0 %")]
    drawn = bars(
        listed, Look("sv", narrow=True), region="", form=BarForm(True, 0.0), references=lines
    )
    (name,) = (one for one in drawn["layout"]["annotations"] if one["text"] == "Fittja och Slagsta")

    assert name["bgcolor"] == "#FFFFFF"


def test_counts_of_groups_have_no_difference_and_no_line_of_the_whole(reader: FlaskClient) -> None:
    """Two groups of different sizes differ by their sizes; the whole would lay them flat."""
    drawn = shown(reader, "/indikator/population", "?region=0127&vy=grupper")

    assert "Skillnaden var" not in text(drawn)
    assert "Grå linje" not in text(drawn)
    assert found(drawn, "Graph")


def test_no_sentence_ends_twice() -> None:
    """A full stop too many is a careless page; ".." is a symbol and stands in no text."""
    careless = [
        name
        for name, words in terms().items()
        for lang in LANGS
        if re.search(r"\w\.\.|\.,|,,| \.", words[lang])
    ]

    assert careless == []
