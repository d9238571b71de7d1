"""The indicators by which the overview tells each theme."""

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest

from etl.catalogue import Catalogue
from etl.catalogue.loading import load
from tests.etl.catalogue.test_catalogue import Document, only, problems, small
from tests.etl.running import CATALOGUE

# What the report of 2010 drew, and what its readers asked for: resources beside problems.
OF_THE_REPORT = {
    "net_migration",
    "foreign_background_share",
    "open_unemployment",
    "employment_rate",
    "upper_secondary_eligibility",
    "studying_20_24",
    "mover_balance",
}
RESOURCES = {"self_employed_share", "qualified_work_share", "employment_rate"}


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    """The catalogue of the repository."""
    return load(CATALOGUE)


def led(count: int = 5) -> Document:
    """A catalogue of one theme with some indicators, four of which lead it."""
    document = small()
    (first,) = document["indicators"]
    document["indicators"] = [
        deepcopy(first) | {"id": f"rate_{number}" if number else first["id"]}
        for number in range(count)
    ]
    document["themes"][0]["leading"] = [one["id"] for one in document["indicators"]][:4]
    return document


def test_every_theme_names_four_to_six_of_its_own_or_all_it_has(shipped: Catalogue) -> None:
    """A theme with three measures shows three; no theme leaves the choice to the program."""
    for theme in shipped.themes:
        of_theme = [one.id for one in shipped.indicators if one.theme == theme.id]

        assert min(4, len(of_theme)) <= len(theme.leading) <= 6
        assert set(theme.leading) <= set(of_theme)


def test_the_report_s_figures_and_resources_lead(shipped: Catalogue) -> None:
    """Who reads the overview only sees work, school and moves, resources as well as problems."""
    leading = {one.id for theme in shipped.themes for one in shipped.leading(theme)}
    directions = {shipped.indicator[id].better for id in leading}

    assert leading >= OF_THE_REPORT | RESOURCES
    assert directions == {"higher", "lower", "none"}


def test_what_leads_is_not_the_same_measure_twice(shipped: Catalogue) -> None:
    """Of measures that are nearly the same one stands for all, but for the three elections."""
    for theme in shipped.themes:
        families = [
            one.family
            for one in shipped.leading(theme)
            if one.family not in {None, "turnout", "foreign_origin", "unemployment"}
        ]

        assert len(families) == len(set(families)), theme.id


def test_without_a_list_the_first_of_a_theme_lead_it(tmp_path: Path) -> None:
    """In the order of the catalogue, at most six."""
    document = led(8)
    del document["themes"][0]["leading"]
    assert problems(tmp_path, document) == []
    catalogue = load(tmp_path / "mine.yaml")

    assert catalogue.leading(catalogue.themes[0]) == catalogue.indicators[:6]


def _unknown(document: Document) -> None:
    document["themes"][0]["leading"][0] = "nothing"


def _too_few(document: Document) -> None:
    del document["themes"][0]["leading"][3]


def _too_many(document: Document) -> None:
    document["themes"][0]["leading"] = [one["id"] for one in document["indicators"]]


def _twice(document: Document) -> None:
    document["themes"][0]["leading"][1] = document["themes"][0]["leading"][0]


def _of_another_theme(document: Document) -> None:
    other = deepcopy(document["themes"][0]) | {"id": "other", "leading": []}
    document["themes"].append(other)
    document["indicators"][0]["theme"] = "other"


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_unknown, ("'nothing'", "no indicator of the catalogue")),
        (_too_few, ("3 indicators", "expected 4 to 6")),
        (_too_many, ("7 indicators", "expected 4 to 6")),
        (_twice, ("stands 2 times",)),
        (_of_another_theme, ("is of the theme other",)),
    ],
    ids=lambda value: value.__name__.strip("_") if callable(value) else "",
)
def test_a_wrong_list_is_told_with_what_was_expected(
    tmp_path: Path, spoil: Callable[[Document], None], words: tuple[str, ...]
) -> None:
    """Before anything is published, by theme and field."""
    document = led(7)
    assert problems(tmp_path, document) == []

    spoil(document)

    sentence = only(problems(tmp_path, document))
    for word in ("theme work", "leading", *words):
        assert word in sentence


def test_a_theme_of_fewer_than_four_leads_with_all(tmp_path: Path) -> None:
    """Two of two are enough; one of two is a theme half told."""
    document = led(2)
    assert problems(tmp_path, document) == []

    document["themes"][0]["leading"] = document["themes"][0]["leading"][:1]

    assert "1 indicators, expected 2 to 6" in only(problems(tmp_path, document))
