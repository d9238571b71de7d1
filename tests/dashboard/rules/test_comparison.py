from collections.abc import Iterable, Sequence

from dashboard.codes import Group
from dashboard.data.observation import Observation
from dashboard.rules.comparison import applying
from dashboard.rules.stretches import line_stretches, step
from etl.catalogue import Break, Text

TEXT = Text(sv="Ny metod", en="New method")


def series(values: dict[str, float | None], segment: str = "a") -> list[Observation]:
    """A series of one region, oldest first."""
    return [
        Observation("employment_rate", "0127", period, segment, value)
        for period, value in values.items()
    ]


def years(pieces: Iterable[Sequence[Observation]]) -> list[list[str]]:
    """The periods of each stretch."""
    return [[row.period for row in piece] for piece in pieces]


def test_a_missing_year_ends_a_stretch() -> None:
    """Two years on either side of a hidden one are not joined."""
    rows = series({"2008": 1.0, "2009": 2.0, "2010": None, "2011": 3.0})

    assert years(line_stretches(rows, (), 1)) == [["2008", "2009"], ["2011"]]


def test_a_year_without_a_row_ends_a_stretch() -> None:
    """A year the source does not send is as missing as one it hides."""
    rows = series({"2008": 1.0, "2010": 2.0, "2011": 3.0})

    assert years(line_stretches(rows, (), 1)) == [["2008"], ["2010", "2011"]]


def test_a_break_ends_a_stretch_and_a_caution_does_not() -> None:
    """A break in 2010 parts 2009 from 2010; a caution parts nothing."""
    rows = series({"2008": 1.0, "2009": 2.0, "2010": 3.0})
    stop = Break(period="2010", severity="break", text=TEXT)
    care = Break(period="2009", severity="caution", text=TEXT)

    assert years(line_stretches(rows, (stop, care), 1)) == [["2008", "2009"], ["2010"]]


def test_two_registers_are_two_stretches() -> None:
    """Segments never join, also when nobody wrote a break between them."""
    rows = [*series({"2021": 1.0}, "rams"), *series({"2022": 2.0}, "bas")]

    assert years(line_stretches(rows, (), 1)) == [["2021"], ["2022"]]


def test_elections_are_four_years_apart_and_joined() -> None:
    """The usual distance between periods is the indicator's own."""
    rows = series({"2014": 80.0, "2018": 82.0, "2022": 79.0})

    assert step(row.period for row in rows) == 4
    assert years(line_stretches(rows, (), 4)) == [["2014", "2018", "2022"]]


def test_a_series_without_numbers_has_no_stretch() -> None:
    """Nothing is drawn where everything is hidden."""
    assert line_stretches(series({"2020": None, "2021": None}), (), 1) == []


def test_a_mark_concerns_only_those_it_names() -> None:
    """Countries joining the EU move two groups; a mark without names moves everybody."""
    one = Break(period="2004", severity="caution", applies_to=("background:VXEUEES",), text=TEXT)
    all_of_them = Break(period="2019", severity="break", text=TEXT)

    def own(background: str) -> tuple[Break, ...]:
        return applying((one, all_of_them), region="01", group=Group(background=background))

    assert own("VXEUEES") == (one, all_of_them)
    assert own("SE") == (all_of_them,)
