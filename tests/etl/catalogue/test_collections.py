"""Collections: selections across the themes, each member with the breakdown it opens with."""

from collections.abc import Callable
from pathlib import Path

import pytest

from etl.catalogue import Catalogue
from etl.catalogue.loading import load
from tests.etl.catalogue.test_catalogue import TEXT, Document, only, problems, small
from tests.etl.running import CATALOGUE

WORKING = (
    "employment_rate",
    "employment_bas_monthly",
    "open_unemployment",
    "unemployment_bas_monthly",
)
NAMED = {
    "unga": "Unga",
    "kvinnor-och-man": "Kvinnor och män",
    "tid-i-sverige": "Tid i Sverige",
    "resurser": "Resurser",
    "rapporten-2010": "Rapporten 2010",
}


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    """The catalogue of the repository."""
    return load(CATALOGUE)


def gathered(*members: Document, id: str = "mine") -> Document:
    """The smallest catalogue, its only indicator with sex, and one collection."""
    document = small()
    document["indicators"][0]["dimensions"] = ["sex"]
    one = {"id": id, "title": TEXT, "line": TEXT, "members": list(members)}
    return document | {"collections": [one]}


def test_the_collections_of_the_start_page_are_there(shipped: Catalogue) -> None:
    """Each is one click away, under the name the vocabulary gives it."""
    assert {one.id: one.title.sv for one in shipped.collections} == NAMED


def test_a_collection_opens_on_what_it_is_called(shipped: Catalogue) -> None:
    """Women and men open by sex; time in Sweden by stay, or is itself a share of new arrivals."""
    sexes = {one.breakdown for one in shipped.collection["kvinnor-och-man"].members}
    stays = {one.indicator: one.breakdown for one in shipped.collection["tid-i-sverige"].members}

    assert sexes == {"sex"}
    assert {name for name, by in stays.items() if by != "stay"} == {"recent_arrivals_share"}


def test_the_young_are_told_by_age_from_school_to_work(shipped: Catalogue) -> None:
    """A planner reads the young's situation in one page: each row says of whom it is."""
    members = shipped.collection["unga"].members
    order = [one.indicator for one in members]

    assert all(one.who for one in members)
    assert order.index("upper_secondary_eligibility") < order.index("studying_20_24")
    assert order.index("studying_20_24") < order.index("employment_rate")
    # What is of all of working age is shown of the young.
    working = {one.indicator: one.age for one in members if one.indicator in WORKING}
    assert working == dict.fromkeys(WORKING, "20-24")


def test_resources_judge_nothing_as_a_lack(shipped: Catalogue) -> None:
    """Resources are not problems turned round: none of them is better when it is lower."""
    members = [shipped.indicator[one.indicator] for one in shipped.collection["resurser"].members]

    assert {"self_employed_share", "managers_share", "qualified_work_share"} <= {
        one.id for one in members
    }
    assert "lower" not in {one.better for one in members}


def test_the_report_has_the_indicators_of_its_seven_figures_in_their_order(
    shipped: Catalogue,
) -> None:
    """Moves, background, unemployment, employment, eligibility, studies, movers: as printed."""
    order = [one.indicator for one in shipped.collection["rapporten-2010"].members]
    figures = [
        "net_migration",
        "foreign_background_share",
        "open_unemployment",
        "employment_rate",
        "upper_secondary_eligibility",
        "studying_20_24",
        "mover_balance",
    ]

    assert [name for name in order if name in figures] == figures


def _unknown(document: Document) -> None:
    document["collections"][0]["members"][0]["indicator"] = "rte"


def _not_broken_down(document: Document) -> None:
    document["collections"][0]["members"][0]["breakdown"] = "stay"


def _no_age(document: Document) -> None:
    document["collections"][0]["members"][0]["age"] = "20-24"


def _twice(document: Document) -> None:
    document["collections"][0]["members"] *= 2


def _empty(document: Document) -> None:
    document["collections"][0]["members"] = []


def _strange_id(document: Document) -> None:
    document["collections"][0]["id"] = "Kvinnor och män"


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_unknown, ("collection mine", "members", "'rte'", "no indicator")),
        (_not_broken_down, ("collection mine", "rate", "'stay'", "dimensions: sex")),
        (_no_age, ("collection mine", "rate", "no age '20-24'")),
        (_twice, ("collection mine", "indicator rate", "stands 2 times")),
        (_empty, ("collection mine", "members", "at least 1")),
        (_strange_id, ("collection Kvinnor och män", "id", "pattern")),
    ],
    ids=lambda value: value.__name__.strip("_") if callable(value) else "",
)
def test_a_wrong_collection_is_told_with_what_was_expected(
    tmp_path: Path, spoil: Callable[[Document], None], words: tuple[str, ...]
) -> None:
    """A link to a collection never opens on an indicator or breakdown that is not there."""
    document = gathered({"indicator": "rate", "breakdown": "sex"})
    assert problems(tmp_path, document) == []

    spoil(document)

    sentence = only(problems(tmp_path, document))
    for word in words:
        assert word in sentence


def test_two_collections_have_two_ids(tmp_path: Path) -> None:
    """An address names one."""
    document = gathered({"indicator": "rate"})
    document["collections"] *= 2

    assert "collection mine: stands 2 times" in only(problems(tmp_path, document))
