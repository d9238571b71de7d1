"""Codes of a table bound to our codes, years and regions included."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.binding.binding import bound
from etl.errors import SourceError
from etl.source.jsonstat import document_dataset
from tests.etl.binding_cases import AXES, bind, groups
from tests.etl.documents import Codes, document
from tests.etl.entries import ORIGIN, PERSONS, REGION, SEX, SWEDEN, Entry, table, use

YEARS = st.tuples(st.integers(2015, 2022), st.integers(2022, 2030))


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
    (one,) = bind({"BakgrVar": ("TOT", "SE")}, levels=("municipality", "county"))
    assert "BakgrVar code 'VXEUEES' is declared but absent" in one.warnings
    assert "no region of level county" in one.warnings
    assert [code for _, code, *_ in groups(one, "BakgrVar")] == ["_T", "SE"]


@given(st.lists(st.integers(2015, 2030), min_size=1, unique=True).map(sorted), *[YEARS] * 2)
def test_years_that_are_read_are_those_of_the_table_and_the_segment_and_the_declaration(
    held: list[int], segment: tuple[int, int], declared: tuple[int, int]
) -> None:
    """After a break a table gives the segment its own years only, and never undeclared ones."""
    common = [
        year
        for year in held
        if segment[0] <= year <= segment[1] and declared[0] <= year <= declared[1]
    ]
    described = table(years={"from": declared[0], "to": declared[1]})
    wanted = use(years={"from": segment[0], "to": segment[1]})
    found = document_dataset(document({**AXES, "Tid": [str(year) for year in held]}))
    if not common:
        with pytest.raises(SourceError, match="no year of segment only"):
            bound(wanted, described, found, SWEDEN)
        return
    (one,) = bound(wanted, described, found, SWEDEN)
    assert [code for _, code, *_ in groups(one, "Tid")] == list(map(str, common))


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
        "no content 'Antal'; nearest: ",
    ):
        assert problem in str(refusal.value)


def test_a_table_without_a_year_of_the_segment_is_an_error() -> None:
    """Nothing of the segment can be read from it."""
    with pytest.raises(SourceError, match=r"no year of segment only, .* 2018-2019"):
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
        "keep": ({"label": "Övriga världen"}, {"label": "Norden utom Sverige"}),
    }
    (one,) = bind(None, REGION, SEX, origin)
    assert groups(one, "BakgrVar") == [
        ("background", "_T", ("TOT",), ()),
        ("background", "VXEUEES", ("VXEUEES",), ()),
    ]
    (told,) = one.warnings
    assert told.startswith(
        "BakgrVar value labelled 'Norden utom Sverige' is declared but absent; nearest: "
        "'Sverige' (code SE)"
    )


@pytest.mark.parametrize(
    ("declared", "label"),
    [
        ("Europa exkl. Sverige", "Europa exkl.Sverige"),
        ("Europa exkl.Sverige", "Europa exkl. Sverige"),
        ("övriga världen", "VX Övriga världen"),
        ("20-24 år", "20–24 år"),
    ],
)
def test_a_label_is_found_with_its_code_in_front_or_another_blank(
    declared: str, label: str
) -> None:
    """SCB's labels come with and without the code and the blank after a full stop."""
    origin: Entry = {"code": "BakgrVar", "role": "background", "total": {"label": declared}}
    axes: dict[str, Codes] = {"BakgrVar": {"VX": label, "SE": "Sverige"}}
    (one,) = bind(axes, REGION, SEX, origin)
    assert [group[2] for group in groups(one, "BakgrVar")] == [("VX",)]


def test_a_total_that_is_gone_is_refused_with_the_codes_that_are_nearest() -> None:
    """The total of TAB6640 is `tot`, not `TotSA`; who mends the catalogue sees it at once."""
    ages: Entry = {"code": "Alder", "role": "background", "total": "TotSA"}
    labels = {"20": "20 år", "tot": "totalt ålder", "TOT1": "totalt ettårsklasser"}
    with pytest.raises(SourceError) as refusal:
        bind({"Alder": labels}, REGION, SEX, ORIGIN, ages)
    assert "variable Alder has no code 'TotSA'; nearest: 'totalt ålder' (code tot)" in str(
        refusal.value
    )


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


@pytest.mark.parametrize(
    ("codes", "odd"),
    [
        (("16", "17", "18", "19", "15-19", "20", "21", "22", "23", "24", "25"), "15-19"),
        (("16", "17", "18", "19", "20-24", "25"), "20-24"),
    ],
)
def test_nobody_is_counted_twice_in_a_range_of_ages(codes: tuple[str, ...], odd: str) -> None:
    """From 2025 Statistics Sweden lists classes among the single ages: their sum is no number."""
    ages: Entry = {"code": "Alder", "role": "age", "sums": {"16-25": ("RANGE(16,25)",)}}
    with pytest.raises(
        SourceError, match=rf"RANGE\(16,25\) holds '{odd}', expected single numbers"
    ):
        bind({"Alder": codes}, REGION, SEX, ORIGIN, ages)
    oldest: Entry = {**ages, "sums": {"65+": ("RANGE(98,100+)",)}}
    (one,) = bind({"Alder": ("97", "98", "99", "100+")}, REGION, SEX, ORIGIN, oldest)
    assert groups(one, "Alder") == [("age", "65+", ("98", "99", "100+"), ())]


def test_a_variable_without_a_total_is_left_to_the_source_only_where_that_adds_it_up() -> None:
    """Of all ages together nobody asks for an age; a table that must be told one is refused."""
    ages: Entry = {"code": "Alder", "role": "other"}
    (one,) = bind({"Alder": ("0", "1")}, REGION, SEX, ORIGIN, ages, eliminable=("Alder",))

    assert "Alder" not in one.selection
    with pytest.raises(SourceError, match="variable Alder must be selected and is left out"):
        bind({"Alder": ("0", "1")}, REGION, SEX, ORIGIN, ages)


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
