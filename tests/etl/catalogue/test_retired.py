"""Meanings that were false: what the footnotes say of income status, and which ids retired."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from etl.binding.texts import content_code
from etl.catalogue import Catalogue, Contents
from etl.catalogue.loading import load
from etl.errors import SourceError
from etl.source.jsonstat import Dimension
from tests.etl.catalogue.test_catalogue import TEXT, Document, only, problems, small
from tests.etl.running import CATALOGUE

# What the footnote of each content of the table of RegSO says, in SCB's English.
FOOTNOTES = {
    "low_income_share": ("000004X2", "aggregated gross salary lower than 1.5 base amounts"),
    "mean_income": ("000004X3", "mean value of the individual’s disposable income"),
    "median_income": ("000004X4", "median value of the individual’s disposable income"),
    "only_social_assistance_share": ("000004X5", "income support for at least 10 months"),
    "establishment_benefit_share": ("000004X7", "received foothold allowance during the year"),
}
# The same contents in the words that SCB's other folders use (G: "försörjningsstöd"); their own
# Swedish texts have not been seen. The fourth is what nobody shows.
WORDED = {
    "X2": "Andel personer med inkomst lägre än 1,5 basbelopp, procent",
    "X5": "Andel personer med försörjningsstöd, utan annan ersättning, procent",
    "X6": "Andel personer utan försörjningsstöd eller introduktionsersättning, procent",
    "X7": "Andel personer med etableringsersättning, procent",
}
BOUND = {
    "low_income_share": "X2",
    "only_social_assistance_share": "X5",
    "establishment_benefit_share": "X7",
}
# Years in which a footnote of the table of transfers says that the content changed.
CHANGED = {
    "sickness_all_income_share": {"2009": "break", "2011": "caution", "2012": "caution"},
    "unemployment_benefit_income_share": {"2009": "break"},
    "social_assistance_income_share": {"2011": "caution"},
    "introduction_benefit_income_share": {"2012": "break"},
    "sickness_benefit_income_share": {},
    "disability_income_share": {},
    "establishment_benefit_income_share": {},
}
ORIGINS = {"2004", "2007", "2013"}  # countries that joined the EU


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    """The catalogue of the repository."""
    return load(CATALOGUE)


def income_contents(catalogue: Catalogue, indicator: str) -> Mapping[str, Contents]:
    """What an indicator takes from the tables of income, by table."""
    return {
        source.table: source.contents
        for segment in catalogue.indicator[indicator].segments
        for source in segment.sources
        if source.contents
    }


def test_income_status_is_what_the_footnotes_of_the_recorded_table_say(
    shipped: Catalogue, shared: Path
) -> None:
    """Each content of the table has one meaning, and SCB's footnote tells it."""
    file = shared / "scb/recorded/autumn2026/v1/IntGr5RegSOKon-kalmar.excerpt.json"
    columns = json.loads(file.read_text(encoding="utf-8"))["columns"]
    said = {column["code"]: column.get("comment", "") for column in columns}

    for indicator, (code, words) in FOOTNOTES.items():
        assert words in said[code]
        assert income_contents(shipped, indicator)["income_regso"].code == code


def test_no_indicator_shows_the_share_without_support_as_something_else(
    shipped: Catalogue,
) -> None:
    """000004X6 counts those without income support or introductory allowance: nearly everybody."""
    codes = {
        contents.code
        for indicator in shipped.indicators
        for contents in income_contents(shipped, indicator.id).values()
    }

    assert "000004X7" in codes
    assert "000004X6" not in codes


@pytest.mark.parametrize("table", ["income_country", "income_county", "income_municipality"])
def test_where_codes_are_unknown_words_never_bind_the_share_without_support(
    shipped: Catalogue, table: str
) -> None:
    """Persons without support are not those who have it, without another benefit."""
    metric = Dimension("ContentsCode", "", WORDED)

    bound = {name: content_code(income_contents(shipped, name)[table], metric) for name in BOUND}

    assert bound == BOUND


def test_without_the_right_content_nothing_is_bound(shipped: Catalogue) -> None:
    """The share without support alone in a table is no measure of anybody with it."""
    metric = Dimension("ContentsCode", "", {"X6": WORDED["X6"]})

    for name in BOUND:
        with pytest.raises(SourceError, match="no content"):
            content_code(income_contents(shipped, name)["income_county"], metric)


@pytest.mark.parametrize(("indicator", "marks"), CHANGED.items())
def test_transfers_are_marked_where_their_footnotes_say_that_they_changed(
    shipped: Catalogue, indicator: str, marks: Mapping[str, str]
) -> None:
    """From 2009 more is counted, from 2011 municipalities are missing, from 2012 an allowance."""
    found = {mark.period: mark.severity for mark in shipped.indicator[indicator].breaks}

    assert {year: found[year] for year in found.keys() - ORIGINS} == marks


def test_the_sum_of_benefits_names_its_six_parts(shipped: Catalogue) -> None:
    """The footnote of 000004WR adds up much more than benefits of sickness."""
    total = shipped.indicator["sickness_all_income_share"]
    parts = ("sjukpenning", "aktivitetsersättning", "arbetslöshetsersättning", "försörjningsstöd",
             "introduktionsersättning", "etableringsersättning")  # fmt: skip

    assert all(part in total.definition.sv for part in parts)
    assert not re.search("sjuk", total.title.sv, re.IGNORECASE)
    assert not re.search("sick", total.title.en, re.IGNORECASE)


def test_the_two_figures_that_were_false_are_retired_with_a_reason(shipped: Catalogue) -> None:
    """One content goes on under a title that is true; the other was no such measure."""
    led = {entry.id: entry.replaced_by for entry in shipped.retired}

    assert led == {
        "no_income_share": None,
        "only_establishment_benefit_share": "establishment_benefit_share",
    }
    assert not led.keys() & shipped.indicator.keys()


def _that_lives(document: Document) -> None:
    document["retired"][0]["id"] = "rate"


def _that_leads_nowhere(document: Document) -> None:
    document["retired"][0]["replaced_by"] = "nothing"


def _twice(document: Document) -> None:
    document["retired"] *= 2


def _without_a_day(document: Document) -> None:
    document["retired"][0]["since"] = "2026"


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_that_lives, ("retired rate", "is an indicator")),
        (_that_leads_nowhere, ("retired old", "replaced_by", "'nothing'", "no indicator")),
        (_twice, ("retired old", "stands 2 times")),
        (_without_a_day, ("retired old", "since", "'2026'")),
    ],
)
def test_a_retired_id_has_one_meaning_and_leads_somewhere(
    tmp_path: Path, spoil: Callable[[Document], None], words: tuple[str, ...]
) -> None:
    """What replaces it exists, and the id is not used again."""
    entry = {"id": "old", "title": TEXT, "reason": TEXT, "since": "2026-11-29"}
    document = small() | {"retired": [{**entry, "replaced_by": "rate"}]}
    assert problems(tmp_path, document) == []

    spoil(document)

    found = only(problems(tmp_path, document))
    assert all(word in found for word in words), found
