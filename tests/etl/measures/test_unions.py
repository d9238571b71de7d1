"""Unions of regions: by hand, partial where a member lacks, and never without saying so."""

import pandas as pd
import pytest

from etl.catalogue.loading import load
from etl.measures.unions import METHOD_LABELS, MissingMember, RegionUnion
from tests.etl.running import CATALOGUE
from tests.etl.union_cases import indicator, median, people, published, shares, united

THREE = RegionUnion("grupp", ("0127", "0136", "0180"))


def only(found: pd.DataFrame) -> pd.Series:
    """The only figure of a union."""
    assert len(found) == 1
    return found.iloc[0]


def test_shares_with_counts_are_added_as_counts() -> None:
    """10 of 40 and 50 of 60 and 0 of 20 are 60 of 120: 50 per cent, not the mean 36."""
    rows = shares([("0127", 10, 40), ("0136", 50, 60), ("0180", 0, 20)])
    one = only(united(rows, THREE, indicator("counts")))
    assert (one["numerator"], one["denominator"], one["value"]) == (60, 120, 50)
    assert (one["region"], one["kind"], one["how"]) == ("grupp", "computed", "sum")
    assert (one["present"], one["members"], one["lacking"]) == (3, THREE.members, ())
    assert one["status"] is None


def test_counts_and_nets_are_added() -> None:
    """A net of -30, 100 and 5 is a net of 75: moves between the members cancel."""
    rows = published([("0127", -30), ("0136", 100), ("0180", 5)])
    one = only(united(rows, THREE, indicator("counts", "count")))
    assert one["value"] == 75
    assert pd.isna(one["numerator"])


def test_no_gross_flow_is_bound_as_a_count() -> None:
    """In-moves of two municipalities hold the moves between them: such a sum would be wrong."""
    nets = ("netto", "överskott")
    for one in load(CATALOGUE).indicators:
        if one.union != "counts" or one.measure != "count":
            continue
        for segment in one.segments:
            for source in segment.sources:
                text = source.contents.text.lower() if source.contents else ""
                gross = "flytt" in text or "vandr" in text
                assert not gross or any(word in text for word in nets), one.id


def test_a_weighted_mean_is_the_share_of_the_union() -> None:
    """80 % of 1 000 and 60 % of 3 000 and 50 % of 1 000 are 3 100 of 5 000: 62 %."""
    rows = published([("0127", 80), ("0136", 60), ("0180", 50)])
    weights = people([("0127", 1000), ("0136", 3000), ("0180", 1000)])
    one = only(united(rows, THREE, indicator("weight"), weights))
    assert one["value"] == pytest.approx(62)
    assert (one["how"], one["present"]) == ("weighted", 3)
    assert METHOD_LABELS["weighted"].sv == "vägt medel"


def test_weights_are_of_the_same_year_sex_and_ages_of_the_segment() -> None:
    """Women of 2022 are weighted by women aged 20-65 of 2022, by nobody else."""
    two = RegionUnion("two", ("0127", "0136"))
    women = {"segment": "bas", "period": "2022", "sex": "2"}
    rows = published(
        [{"region": "0127", "value": 80, **women}, {"region": "0136", "value": 60, **women}]
    )
    own = people([("0127", 100), ("0136", 300)], period="2022", sex="2", age="20-65")
    others = [
        people([("0127", 900), ("0136", 1)], **changes)
        for changes in (
            {"period": "2022", "sex": "_T", "age": "20-65"},
            {"period": "2022", "sex": "2", "age": "20-64"},
            {"period": "2021", "sex": "2", "age": "20-65"},
        )
    ]
    one = only(united(rows, two, indicator("weight"), pd.concat([*others, own])))
    assert one["value"] == pytest.approx((80 * 100 + 60 * 300) / 400)


@pytest.mark.parametrize("group", [{"background": "SE"}, {"age": "20-24"}, {"education": "EU"}])
def test_there_is_no_weighted_mean_of_a_group_without_a_published_population(
    group: dict[str, str],
) -> None:
    """Born in Sweden, or post-secondary: no weights of theirs exist, so there is no union."""
    rows = published([{"region": "0127", "value": 80, **group}])
    found = united(rows, THREE, indicator("weight"), people([("0127", 1000)]))
    assert found.empty


def test_there_is_no_weighted_mean_in_years_without_a_published_population() -> None:
    """Areas have a population from 2010: before, the union is none."""
    rows = published([{"region": "0127R001", "value": 60, "period": "2009"},
                      {"region": "0127R001", "value": 62, "period": "2010"}])  # fmt: skip
    weights = people([("0127R001", 900)], period="2010")
    alby = RegionUnion("alby", ("0127R001", "0127R002"))
    found = united(rows, alby, indicator("weight"), weights)
    assert found["period"].tolist() == ["2010"]


def test_without_weights_there_is_no_weighted_mean() -> None:
    """An unweighted mean is never offered for a weighted one."""
    rows = published([("0127", 80)])
    with pytest.raises(ValueError, match="needs the population"):
        united(rows, THREE, indicator("weight"))


def test_an_indicator_without_union_has_only_a_median_called_so() -> None:
    """Medians, ratios and the mover balance: 90, 100 and 130 have the median 100."""
    rows = published([("0127", 90), ("0136", 130), ("0180", 100)])
    ratio = indicator("none", "ratio")
    assert united(rows, THREE, ratio).empty
    one = only(median(rows, THREE, ratio))
    assert (one["value"], one["how"], one["present"]) == (100, "median", 3)


@pytest.mark.parametrize("measure", ["count", "class"])
def test_counts_and_classes_have_no_median(measure: str) -> None:
    """The median of classes 2 and 3 is no class; that of counts says nothing of the union."""
    rows = published([("0127", 2), ("0136", 3)])
    assert median(rows, THREE, indicator("none", measure)).empty


@pytest.mark.parametrize("rule", ["counts", "weight"])
def test_a_suppressed_member_makes_a_union_partial_which_says_how(rule: str) -> None:
    """2 of 3 members, and the name of the third: the figure is that of the two."""
    rows = shares([("0127", 20, 100), ("0136", 60, 100), ("0180", None, 100)])
    weights = people([("0127", 100), ("0136", 100), ("0180", 100)])
    one = only(united(rows, THREE, indicator(rule), weights))
    assert one["value"] == 40
    assert (one["present"], len(one["members"])) == (2, 3)
    assert one["lacking"] == (MissingMember("0180", "suppressed"),)


def test_there_is_no_median_of_fewer_than_three() -> None:
    """That of one is its figure, and that of two their mean, under another name."""
    ratio = indicator("none", "ratio")
    three = [("0127", 90.0), ("0136", 130.0), ("0180", 101.0)]
    assert only(median(published(three), THREE, ratio))["value"] == 101
    for hidden in (1, 2):
        some = [*three[hidden:], *((code, None) for code, _ in three[:hidden])]
        assert median(published(some), THREE, ratio).empty


def test_a_member_that_lacks_is_told_with_the_reason() -> None:
    """Not in the table, not formed yet, no population: three different things."""
    four = RegionUnion("four", (*THREE.members, "0330"))
    rows = published([("0127", 80), ("0136", 60), {"region": "0330", "value": None, "status": "."}])
    weights = people([("0127", 100), ("0180", 50), ("0330", 10)])
    one = only(united(rows, four, indicator("weight"), weights))
    assert (one["value"], one["present"]) == (80, 1)
    assert one["lacking"] == (
        MissingMember("0136", "population"),
        MissingMember("0180", "absent"),
        MissingMember("0330", "impossible"),
    )


def test_a_union_without_any_member_is_missing_and_never_zero() -> None:
    """All hidden: `..`."""
    rows = shares([("0127", None, 100), ("0136", None, 100)])
    one = only(united(rows, THREE, indicator("counts")))
    assert pd.isna(one["value"])
    assert pd.isna(one["numerator"])
    assert (one["status"], one["present"]) == ("..", 0)


def test_of_nobody_there_is_no_share_and_a_member_of_nobody_is_not_lacking() -> None:
    """0 of 0 and 5 of 10 are 5 of 10; 0 of 0 alone cannot occur."""
    two = RegionUnion("two", ("0127", "0136"))
    rows = shares([("0127", 0, 0), ("0136", 5, 10)])
    one = only(united(rows, two, indicator("counts")))
    assert (one["value"], one["present"], one["lacking"]) == (50, 2, ())
    none = only(united(shares([("0127", 0, 0), ("0136", 0, 0)]), two, indicator("counts")))
    assert pd.isna(none["value"])
    assert none["status"] == "."


def test_shares_without_counts_are_never_added() -> None:
    """A member whose share alone is published is left out, and that is why; of none is no share."""
    two = RegionUnion("two", ("0127", "0136"))
    rows = pd.concat([shares([("0127", 5, 10)]), published([("0136", 80)])])
    one = only(united(rows, two, indicator("counts")))
    assert (one["value"], one["present"]) == (50, 1)
    assert one["lacking"] == (MissingMember("0136", "counts"),)

    none = only(united(published([("0127", 80), ("0136", 80)]), two, indicator("counts")))
    assert pd.isna(none["value"])
    assert (none["status"], none["present"]) == ("..", 0)


def test_years_sexes_and_groups_are_never_added_to_each_other() -> None:
    """Each cell of a union is made of the same cell of its members."""
    two = RegionUnion("two", ("0127", "0136"))
    rows = pd.concat(
        shares([("0127", n, 10), ("0136", n + 1, 10)], period=period, sex=sex)
        for n, (period, sex) in enumerate([("2019", "1"), ("2019", "2"), ("2020", "1")])
    )
    found = united(rows, two, indicator("counts"))
    assert found[["period", "sex", "numerator"]].to_numpy().tolist() == [
        ["2019", "1", 1],
        ["2019", "2", 3],
        ["2020", "1", 5],
    ]
