"""Contents of a table: bound by text or words, or each of them one background."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from pydantic import ValidationError

from etl.catalogue import Contents, Source
from etl.catalogue.loading import broken_rules, load
from etl.errors import SourceError
from tests.etl.binding_cases import bind, groups
from tests.etl.documents import Codes, document
from tests.etl.entries import REGION, Entry, listed, read, table, use
from tests.etl.running import CATALOGUE

WITHIN: Entry = {
    "by_background": {
        "SE": {"text": "Födda i Sverige, procent", "unit": "procent", "decimals": 1},
        "UTLB": {"text": "Utländsk bakgrund", "unit": "procent", "decimals": 1},
    }
}
CONTENTS = {"UX": "Utländsk bakgrund", "UY": "Födda i Sverige"}
UNITS = {"UX": ("procent", 1), "UY": ("procent", 1)}
INCOMES: Mapping[str, Codes] = {
    "ContentsCode": {"N": "Medianvärde av disponibel inkomst", "A": "Medelvärde av inkomst"}
}
LEVELS: Entry = {"code": "Bakgrund", "role": "other", "total": "EUp"}


def test_contents_that_are_groups_become_backgrounds() -> None:
    """Where a table has a content for each origin, the origin is the background of its cells."""
    axes: dict[str, Codes] = {
        "Region": ("0180",),
        "Bakgrund": ("TOTp", "EUp"),
        "ContentsCode": CONTENTS,
        "Tid": ("2020",),
    }
    sent = document(axes, [100.0, 100.0, 41.5, 47.3], units=UNITS)

    rows, book = read(sent, use(**WITHIN), table(REGION, LEVELS))

    assert listed(rows, book) == {
        ("0180", "2020", "_T", "SE", "_T", "_T"): (47.3, ""),
        ("0180", "2020", "_T", "UTLB", "_T", "_T"): (41.5, ""),
    }


def test_contents_of_groups_are_asked_for_together() -> None:
    """One content a background, under the code that the table has for it."""
    (one,) = bind({"ContentsCode": CONTENTS}, units=UNITS, **WITHIN)

    assert groups(one, "ContentsCode") == [
        ("background", "SE", ("UY",), ()),
        ("background", "UTLB", ("UX",), ()),
    ]
    assert one.contents == ("UY", "UX")


def test_a_group_whose_content_is_gone_is_an_error_naming_it() -> None:
    """Half of the groups must not pass as all of them."""
    with pytest.raises(SourceError, match="no content 'Utländsk bakgrund'; nearest: 'Född"):
        bind({"ContentsCode": {"UY": "Födda i Sverige"}}, units=UNITS, **WITHIN)


@pytest.mark.parametrize(
    "beside",
    [
        {"contents": {"text": "Antal", "unit": "antal", "decimals": 0}},
        {"numerator": {}, "denominator": {}},
    ],
)
def test_contents_of_groups_stand_alone(beside: Entry) -> None:
    """A source says in one way where its values are."""
    with pytest.raises(ValidationError, match="`by_background` stands alone"):
        Source.model_validate({"table": "small", "levels": ("regso",), **WITHIN, **beside})


def test_a_group_without_a_name_is_refused() -> None:
    """Every background that reaches a page has a label in both languages."""
    shipped = load(CATALOGUE)
    unnamed = tuple(one for one in shipped.categories if one.code != "UTLB")

    problems = broken_rules(replace(shipped, categories=unnamed))

    assert any("by_background 'UTLB' has no entry in `categories`" in one for one in problems)
    assert all("'UTLB' has no entry in `categories`" in one for one in problems)


def contents(*words: str) -> Contents:
    """A content whose exact text is not known."""
    return Contents.model_validate(
        {"text": "median, basbelopp", "words": words, "unit": "antal", "decimals": 0}
    )


def test_a_content_of_unknown_text_is_found_by_its_words() -> None:
    """All words begin words of one text, and of no other."""
    (one,) = bind(INCOMES, contents=contents("median", "inkomst").model_dump())

    assert one.contents == ("N",)


@pytest.mark.parametrize("words", [("inkomst",), ("median", "skatt"), ()])
def test_words_of_several_contents_or_none_bind_nothing(words: tuple[str, ...]) -> None:
    """Nobody guesses which of two is meant."""
    with pytest.raises(SourceError, match=r"no content 'median|2 contents fit 'median"):
        bind(INCOMES, contents=contents(*words).model_dump())


def test_the_exact_text_comes_before_the_words() -> None:
    """A documented text is never outvoted."""
    axes = {"ContentsCode": {"N": "Median, basbelopp", "A": "Medianvärde av inkomst"}}

    (one,) = bind(axes, contents=contents("median", "inkomst").model_dump())

    assert one.contents == ("N",)
