"""Codes of a table bound to our codes, years and regions included."""

from collections.abc import Mapping

import pytest

from etl.binding.binding import bound
from etl.errors import SourceError
from etl.source.jsonstat import document_dataset
from tests.etl.binding_cases import AXES, bind, groups
from tests.etl.documents import Codes, document
from tests.etl.entries import ORIGIN, PERSONS, REGION, SEX, SWEDEN, Entry, table, use


def test_each_code_goes_to_its_column_and_the_total_is_everybody() -> None:
    """Region and period under their own codes; one code of each other variable is `_T`."""
    (one,) = bind()
    assert groups(one, "Region") == [
        ("region", "0180", ("0180",), ()),
        ("region", "0184", ("0184",), ()),
    ]
    assert groups(one, "Kon") == [
        ("sex", "_T", ("1+2",), ()),
        ("sex", "1", ("1",), ()),
        ("sex", "2", ("2",), ()),
    ]
    assert [code for _, code, *_ in groups(one, "BakgrVar")] == ["_T", "SE", "VXEUEES"]
    assert [code for _, code, *_ in groups(one, "Tid")] == ["2020", "2021"]
    assert one.warnings == ()


def test_what_is_declared_but_absent_is_a_warning() -> None:
    """Codes, regions and years that the table lacks are told, and the rest is bound."""
    (one,) = bind(
        {"BakgrVar": ("TOT", "SE"), "Tid": ("2011", "2012")},
        years={"from": 2010, "to": 2014},
        levels=("municipality", "county"),
    )
    # The table of the catalogue begins in 2020, so that only its last years are expected.
    assert "BakgrVar code 'VXEUEES' is declared but absent" in one.warnings
    assert "no region of level county" in one.warnings
    assert "years 2013-2014 are declared but absent" in one.warnings
    assert [code for _, code, *_ in groups(one, "BakgrVar")] == ["_T", "SE"]


def test_years_that_the_table_begins_too_late_with_are_a_warning() -> None:
    """The first year is the later of segment's and table's; what is missing after it is told."""
    (one,) = bind({"Tid": ("2022", "2023")}, years={"from": 2010})
    assert one.warnings == ("years 2020-2021 are declared but absent",)


def test_years_outside_the_segment_are_not_bound() -> None:
    """A table that goes on after a break gives the segment its own years only."""
    (one,) = bind({"Tid": ("2020", "2021", "2022")}, years={"from": 2020, "to": 2021})
    assert [code for _, code, *_ in groups(one, "Tid")] == ["2020", "2021"]


def test_totals_and_members_of_sums_that_are_absent_are_errors_all_at_once() -> None:
    """Without its total or a member of a sum every value would be wrong; nothing is bound."""
    origin: Entry = {
        "code": "BakgrVar",
        "role": "background",
        "total": "ALLA",
        "sums": {"EU": ("NEXS", "SE")},
    }
    with pytest.raises(SourceError) as refusal:
        bind(None, REGION, SEX, origin, contents={**PERSONS, "text": "Antal"})
    for problem in (
        "variable BakgrVar has no code 'ALLA'",
        "variable BakgrVar has no code 'NEXS'",
        "no content, or several, with the text 'Antal'",
    ):
        assert problem in str(refusal.value)


def test_a_table_without_a_year_of_the_segment_is_an_error() -> None:
    """Nothing of the segment can be read from it."""
    with pytest.raises(SourceError, match="no period of segment only"):
        bind({"Tid": ("2018", "2019")})


def test_a_table_without_a_region_of_the_source_is_an_error() -> None:
    """A source whose regions are all gone has no values; it must not pass as an empty one."""
    with pytest.raises(SourceError, match="no region of level municipality"):
        bind({"Region": ("01", "03")})


def test_a_table_that_lost_a_variable_is_an_error_and_no_crash() -> None:
    """An older landed state may lack what the catalogue declares today."""
    axes = {name: codes for name, codes in AXES.items() if name != "Kon"}
    with pytest.raises(SourceError, match="no variable Kon"):
        bound(use(), table(), document_dataset(document(axes)), SWEDEN)


def test_a_variable_of_which_nothing_is_left_is_an_error() -> None:
    """Where every declared code is absent there is nothing to ask for."""
    origin: Entry = {"code": "BakgrVar", "role": "background", "keep": ("NEXS", "EUEESXN")}
    with pytest.raises(SourceError, match="BakgrVar"):
        bind(None, REGION, SEX, origin)


def test_an_undocumented_code_is_found_by_its_label() -> None:
    """The catalogue may name a value by its text; the code becomes the table's own."""
    origin: Entry = {
        "code": "BakgrVar",
        "role": "background",
        "total": {"label": "Samtliga"},
        "keep": ({"label": "Övriga världen"}, {"label": "Norden"}),
    }
    (one,) = bind(None, REGION, SEX, origin)
    assert groups(one, "BakgrVar") == [
        ("background", "_T", ("TOT",), ()),
        ("background", "VXEUEES", ("VXEUEES",), ()),
    ]
    assert one.warnings == ("BakgrVar value labelled 'Norden' is declared but absent",)


def test_a_label_that_two_codes_carry_is_an_error() -> None:
    """Nobody guesses which of two is meant."""
    origin: Entry = {"code": "BakgrVar", "role": "background", "total": {"label": "samtliga"}}
    axes: dict[str, Codes] = {"BakgrVar": {"TOT": "samtliga", "tot20-64": "Samtliga"}}
    with pytest.raises(SourceError, match="2 values labelled 'samtliga'"):
        bind(axes, REGION, SEX, origin)


def test_a_total_may_be_the_sum_of_several_codes_and_expressions() -> None:
    """Ages 16-25 are ten single ages; an expression is expanded against the table."""
    ages: Entry = {
        "code": "Alder",
        "role": "background",
        "total": ("*",),
        "sums": {"16-25": ("RANGE(16,25)",)},
    }
    single = tuple(str(age) for age in range(14, 30))
    axes: dict[str, Codes] = {"Alder": single}
    (one,) = bind(axes, REGION, SEX, ORIGIN, ages)
    assert groups(one, "Alder") == [
        ("background", "_T", single, ()),
        ("background", "16-25", single[2:12], ()),
    ]


def test_sex_and_education_inside_the_background_go_to_their_own_columns() -> None:
    """Municipality tables put women, men and education among the groups of background."""
    origin: Entry = {
        "code": "Bakgrund",
        "role": "background",
        "total": "TOT",
        "keep": ("SE",),
        "sex": ("1", "2"),
        "education": ("F",),
        "twins": ("1+2",),
    }
    axes: Mapping[str, Codes] = {
        "Region": ("0180",),
        "Bakgrund": ("TOT", "1+2", "1", "2", "SE", "F"),
        "ContentsCode": {"N": "Folkmängd"},
        "Tid": ("2020",),
    }
    (one,) = bound(use(), table(REGION, origin), document_dataset(document(axes)), SWEDEN)
    assert groups(one, "Bakgrund") == [
        ("background", "_T", ("TOT",), ()),
        ("background", "SE", ("SE",), ()),
        ("sex", "1", ("1",), ()),
        ("sex", "2", ("2",), ()),
        ("education", "F", ("F",), ()),
    ]
    assert one.twins == (("Bakgrund", "1+2", "TOT"),)
    assert "1+2" in one.selection["Bakgrund"]


def test_a_share_is_bound_as_two_sums_that_may_subtract() -> None:
    """Foreign-born is everybody minus born in Sweden, over everybody."""
    (one,) = bind(
        contents=dict(PERSONS),
        numerator={"codes": {"BakgrVar": ("TOT",)}, "minus": {"BakgrVar": ("SE",)}},
        denominator={"codes": {"BakgrVar": ("TOT",)}},
    )
    assert one.value is None
    assert one.numerator is not None
    assert one.denominator is not None
    assert groups(one, "BakgrVar") == [("", "_T", ("TOT",), ("SE",))]
    assert one.denominator.axes["BakgrVar"][0].plus == ("TOT",)
    assert one.selection["BakgrVar"] == ("TOT", "SE")
    assert one.splittable == {"Region", "Kon", "Tid", "ContentsCode"}
