from itertools import accumulate
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts.line_chart import Backdrop, backdrop
from dashboard.charts.packed import packed
from dashboard.codes import EVERYBODY
from dashboard.data.context import Context
from dashboard.data.observation import Observation, of_regions
from dashboard.data.queries.holdings import region_rows
from dashboard.panels.panel import Panel, line_panel
from dashboard.rules.stretches import line_stretches, step
from dashboard.state import regions
from dashboard.state.resolve import LineSelection
from dashboard.text.format import Look
from etl.catalogue import TOTAL, Break, Text
from tests.dashboard.speaking import indicator as shipped

BREAK = Break(period="2003", severity="break", text=Text(sv="Ny källa.", en="New source."))
LOCAL = Break(
    period="2002",
    severity="break",
    text=Text(sv="Nya gränser.", en="New borders."),
    applies_to=("region:0127",),
)


def drawn(context: Context, own: str, others: tuple[str, ...] = ("00",)) -> Panel:
    """The panel of a region beside the country, the others of its level behind them."""
    view = LineSelection("employment_rate", own, others, (TOTAL,), (TOTAL,), "region")
    with context.warehouses.current() as warehouse:
        assert warehouse is not None
        places = regions.regions_by_code(region_rows(warehouse))
        return line_panel(context, warehouse, view, regions=places, look=Look("sv"), among=True)


def grey(shown: Panel) -> list[list[tuple[int, float]]]:
    """The pieces of the lines behind, as years and values, read from the picture."""
    return [
        [
            (
                one["x"] + x * one["sizex"] // one["lines"]["size"][0],
                one["y"] - y * one["sizey"] / one["lines"]["size"][1],
            )
            for x, y in piece
        ]
        for one in shown.figure["layout"]["images"]
        for piece in unpacked(one["lines"])
    ]


def unpacked(lines: dict[str, Any]) -> list[list[tuple[int, int]]]:
    """The stretches of packed lines, as the browser reads them."""
    pieces: list[list[tuple[int, int]]] = []
    letters = iter(lines["letters"])
    for number in lines["of"]:
        y, last = 500, None
        for x, begins in lines["ways"][number]:
            told = ord(next(letters)) - 64
            y += (0 if last is None else lines["steps"][f"{last} {x}"]) + (
                -(told + 1) // 2 if told % 2 else told // 2
            )
            last = x
            pieces += [[]] if begins else []
            pieces[-1].append((x, y))
    assert next(letters, None) is None
    return pieces


def in_2003(pieces: list[list[tuple[int, float]]]) -> int:
    """How many lines go through that year."""
    return sum(year == 2003 for piece in pieces for year, _ in piece)


def test_the_other_municipalities_stand_behind_the_lines_and_cannot_be_pointed_at(
    context: Context,
) -> None:
    """Four others of five, in a picture under the lines; the words under the heading say so."""
    shown = drawn(context, "0127")

    assert in_2003(grey(shown)) == 4
    assert {one["layer"] for one in shown.figure["layout"]["images"]} == {"below"}
    assert "Grå linjer visar övriga kommuner." in shown.subline


def test_the_lines_behind_are_at_their_values(context: Context) -> None:
    """Huddinge's figures of the warehouse, to a thousandth of the picture's height."""
    shown = drawn(context, "0127")
    (size,) = (one["sizey"] for one in shown.figure["layout"]["images"])
    with context.warehouses.current() as warehouse:
        assert warehouse is not None
        rows = warehouse.rows(
            "SELECT CAST(CAST(period AS VARCHAR) AS INTEGER), value FROM headline"
            " WHERE region = '0126' AND indicator = 'employment_rate' AND background = '_T'"
        )
    known = {year: pytest.approx(value, abs=size / 1000) for year, value in rows}
    found = [dict(piece) for piece in grey(shown)]
    mine = [piece for piece in found if all(known[year] == piece[year] for year in piece)]

    assert sorted(year for piece in mine for year in piece) == sorted(known)


def test_the_country_and_a_chart_of_groups_have_nothing_behind_them(context: Context) -> None:
    """There is one country; a group beside other regions' everybody would be two things at once."""
    shown = drawn(context, "00", ())

    assert grey(shown) == []
    assert "Grå" not in shown.subline


def test_a_region_that_is_drawn_in_colour_is_not_drawn_in_grey_too(context: Context) -> None:
    """Compared with Huddinge, only the three others are behind."""
    assert in_2003(grey(drawn(context, "0127", ("0126",)))) == 3


def test_the_axis_holds_the_lines_and_nearly_all_of_the_others(context: Context) -> None:
    """Nobody's highlighted value is outside; the level's outermost two in a hundred may be."""
    shown = drawn(context, "0127")
    low, high = shown.figure["layout"]["yaxis"]["range"]
    others = [value for piece in grey(shown) for _, value in piece]

    assert low < min(row.number for row in shown.series if row.present)
    assert high > max(row.number for row in shown.series if row.present)
    assert sum(low <= value <= high for value in others) >= 0.95 * len(others)


@settings(deadline=None, max_examples=60)
@given(
    values=st.lists(
        st.tuples(st.sampled_from(["0127", "0126"]), st.integers(2000, 2006), st.booleans()),
        unique_by=lambda one: one[:2],
        min_size=1,
    )
)
def test_grey_lines_are_cut_exactly_as_the_coloured_ones(
    values: list[tuple[str, int, bool]],
) -> None:
    """At missing years, breaks that concern the region, and other registers: the same pieces."""
    measured = shipped("employment_rate", breaks=(BREAK, LOCAL))
    rows = [
        Observation(
            measured.id,
            region,
            str(year),
            "a" if year < 2005 else "b",
            50.0 + year % 7 if has else None,
        )
        for region, year, has in sorted(values, key=lambda one: one[1::-1])
    ]
    found = backdrop(rows, measured, EVERYBODY)
    marks = {"0127": (BREAK, LOCAL), "0126": (BREAK,)}
    wanted = [
        [int(row.period) for row in piece]
        for region in ("0126", "0127")
        for piece in line_stretches(
            of_regions(rows, (region,)), marks[region], step(row.period for row in rows)
        )
    ]

    assert pieces_of(found) == sorted(wanted)


def pieces_of(found: Backdrop | None) -> list[list[int]]:
    """The years of each piece, lone ones too."""
    if found is None:
        return []
    joined: list[list[int]] = [[]]
    for year, value in found.joined:
        if value is None:
            joined.append([])
        else:
            joined[-1].append(year)
    return sorted([*filter(None, joined), *([year] for year, _ in found.lone)])


@pytest.mark.parametrize("measure", ["count", "class"])
def test_sizes_of_places_are_no_background(measure: str, context: Context) -> None:
    """That Stockholm has more inhabitants than Nykvarn says nothing of either."""
    rows = drawn(context, "0127").series
    sized = shipped("employment_rate", measure=measure)

    assert backdrop(rows, sized, EVERYBODY) is None


LINES = st.lists(
    st.lists(
        st.lists(st.integers(0, 1000), min_size=2, max_size=4).map(list[int | None]),
        min_size=1,
        max_size=3,
    ),
    min_size=1,
    max_size=8,
)


def owners(lines: dict[str, Any]) -> list[str]:
    """Whose each packed line is, as the browser reads it."""
    digits, letters = lines["owners"]
    numbers = accumulate(ord(letter) - 64 for letter in letters)
    return [str(number).zfill(digits) for number in numbers]


def test_every_line_behind_knows_whose_it_is(context: Context) -> None:
    """Four others of five municipalities, each once, by their codes, with their own values."""
    shown = drawn(context, "0127")
    ((image),) = shown.figure["layout"]["images"]

    assert owners(image["lines"]) == ["0126", "0140", "0180", "0980"]
    assert len(image["lines"]["of"]) == 4
    assert image["lines"]["exact"]


@given(
    st.dictionaries(
        st.integers(114, 2584),
        st.lists(st.lists(st.integers(0, 1000), min_size=2, max_size=3), min_size=1, max_size=3),
        min_size=1,
        max_size=6,
    ),
    st.data(),
)
def test_a_line_is_all_that_is_of_one_owner(
    regions: dict[int, list[list[int]]], data: st.DataObject
) -> None:
    """Also where a region's first year is after the last one of the region before it."""
    points: list[tuple[int, int | None]] = []
    whose: list[str] = []
    wanted: list[list[tuple[int, int]]] = []
    for code, stretches in sorted(regions.items()):
        place = data.draw(st.integers(0, 30))
        of_one: list[tuple[int, int]] = []
        for stretch in stretches:
            spots = [(place + step, value) for step, value in enumerate(stretch)]
            of_one += spots
            points += [*spots, (spots[-1][0], None)]
            whose.append(f"{code:04d}")
            place += len(stretch) + 1
        wanted.append(of_one)

    lines = packed(points, whose)

    assert owners(lines) == [f"{code:04d}" for code in sorted(regions)]
    pieces = iter(unpacked(lines))
    begun = [sum(begins for _, begins in lines["ways"][number]) for number in lines["of"]]
    assert [[spot for _ in range(count) for spot in next(pieces)] for count in begun] == wanted


@given(LINES)
def test_packed_lines_are_the_same_lines(regions: list[list[list[int | None]]]) -> None:
    """Whatever the values are, and wherever a stretch ends, none is moved or joined."""
    points: list[tuple[int, int | None]] = []
    for stretches in regions:
        place = 0
        for stretch in stretches:
            points += [(place + step, value) for step, value in enumerate(stretch)]
            place += len(stretch) + 1
            points.append((place - 2, None))

    pieces = unpacked(packed(points))

    assert [spot for piece in pieces for spot in (*piece, (piece[-1][0], None))] == points
