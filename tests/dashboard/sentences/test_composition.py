"""How whole unions are, told in few words over years and groups."""

import pytest

from dashboard.data.observation import Observation
from dashboard.sentences.unions import composition
from dashboard.sentences.wording import Wording
from etl.catalogue import Text
from etl.measures.unions import MissingMember
from tests.dashboard.speaking import indicator, shipped

GROUP = "grupp-sex"
SIX = ("0126", "0127", "0128", "0136", "0138", "0180")
VOICE = Wording(
    indicator("neet_20_64"),
    shipped(),
    {GROUP: Text(sv="i gruppen Sex", en="in the group Sex")},
    "sv",
)
WHOLE = "Uppgiften för gruppen Sex är beräknad ur 6 kommuner. Uppgiften är ett vägt medel."


def rate(year: int, lacking: int, *, sex: str = "_T", value: float | None = 10.0) -> Observation:
    """The share of the group in a year in which so many of its six have no figure."""
    return Observation(
        "neet_20_64",
        GROUP,
        str(year),
        "rams",
        value,
        sex=sex,
        members=SIX,
        lacking=tuple(MissingMember(code, "suppressed") for code in SIX[:lacking]),
        how="weighted",
    )


def test_years_of_one_making_are_told_together() -> None:
    """Whole in 2014, five of six in 2009–2011 and 2013: two lines."""
    seen = [rate(year, int(year not in {2012, 2014})) for year in range(2009, 2015)]

    assert composition(seen, VOICE) == (
        f"2014: {WHOLE}",
        (
            "2009–2011, 2013: Uppgiften för gruppen Sex är beräknad ur 5 av 6 kommuner; för den "
            "andra saknas uppgift. Uppgiften är ett vägt medel."
        ),
    )


@pytest.mark.parametrize(
    ("women", "when"),
    [([2013], "2013 (Kvinnor)"), ([2013, 2014], "2013–2014 (Kvinnor)")],
)
def test_a_group_is_named_where_the_others_are_made_otherwise(women: list[int], when: str) -> None:
    """Women of five of six beside everybody of all: the line says of whom and when."""
    seen = [rate(year, 0) for year in (2013, 2014)]
    seen += [rate(year, int(year in women), sex="2") for year in (2013, 2014)]
    lines = composition(seen, VOICE)

    assert [one.partition(":")[0] for one in lines] == [
        "2014 (Samtliga)" if 2014 in women else "2014",
        when,
    ]


def test_many_makings_are_one_line_with_the_fewest_and_the_most() -> None:
    """Five, four, three and two of six in four years take one sentence, not four."""
    seen = [*(rate(2009 + lacking, lacking) for lacking in (1, 2, 3, 4)), rate(2014, 0)]

    assert composition(seen, VOICE) == (
        f"2014: {WHOLE}",
        (
            "2010–2013: Uppgiften för gruppen Sex är beräknad ur 2 till 5 av 6 kommuner, olika "
            "många i olika år och grupper."
        ),
    )


def test_a_figure_that_is_missing_altogether_is_not_called_partial() -> None:
    """Its symbol says that it is missing; only a number is made of some of its parts."""
    seen = [rate(2013, 6, value=None), rate(2014, 0)]

    assert composition(seen, VOICE) == (f"2014: {WHOLE}",)


def test_a_newest_year_that_cannot_be_calculated_is_said() -> None:
    """And beside it the earlier year that is partial."""
    newest, earlier = composition([rate(2013, 2), rate(2014, 6, value=None)], VOICE)

    assert newest.startswith("2014: Uppgiften för gruppen Sex kan inte beräknas")
    assert earlier.startswith("2013: Uppgiften för gruppen Sex är beräknad ur 4 av 6 kommuner")


def test_regions_that_are_no_unions_have_no_lines() -> None:
    """A municipality's own figure is not made of parts."""
    assert composition([Observation("neet_20_64", "0127", "2014", "rams", 9.0)], VOICE) == ()
