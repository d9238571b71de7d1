"""What a reader's words find, also with a typing error, and what they do not."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rapidfuzz import process

from dashboard.state import search
from dashboard.state.regions import Region
from etl.catalogue import Catalogue, Text
from etl.catalogue.loading import load

ROOT = Path(__file__).parents[3]
# The synonym list of the vocabulary: what readers say, and what they mean.
MEANT = {
    "förvärvsfrekvens": {"employment_rate"},
    "förvärvsarbetande": {"employment_rate"},
    "sysselsättningsgrad": {"employment_rate"},
    "arbetslöshet": {"open_unemployment", "registered_unemployment", "area_unemployed_share"},
    "arbetslösa": {"open_unemployment", "registered_unemployment", "area_unemployed_share"},
    "gymnasiebehörighet": {"upper_secondary_eligibility"},
    "godkända": {"upper_secondary_eligibility"},
    "uvas": {"neet_20_25"},
    "NEET": {"neet_20_25"},
    "flyttkvot": {"mover_balance"},
    "genomfartsområde": {"mover_balance"},
    "inflyttare": {"mover_balance"},
    "hyresrätter": {"rented_share"},
    "boendeform": {"rented_share"},
    "egenföretagare": {"self_employed_share"},
    "företagande": {"self_employed_share"},
    "invandrarbakgrund": {"foreign_born_share", "foreign_background_share"},
    "utlandsfödda": {"foreign_born_share", "foreign_background_share"},
    "moves": {"net_migration"},
    "migration": {"net_migration"},
}
MISTYPED = {
    "hyresretter": "rented_share",
    "hyresrater": "rented_share",
    "HYRESRATTER": "rented_share",
    "neet": "neet_20_25",
    "flytkvot": "mover_balance",
    "arbetslöshett": "open_unemployment",
    "sysselsatningsgrad": "employment_rate",
    "segregation": "residential_dissimilarity",
    "unemploymnet": "open_unemployment",
}


def place(code: str, name: str, level: str, parent: str | None = None) -> Region:
    """A region with only what a search asks of it."""
    return Region(code, name, level, parent, Text(sv=f"i {name}", en=f"in {name}"))


PLACES = {
    one.code: one
    for one in (
        place("00", "Riket", "country"),
        place("18", "Örebro län", "county", "00"),
        place("1880", "Örebro", "municipality", "18"),
        place("0127", "Botkyrka", "municipality", "01"),
        place("0305", "Håbo", "municipality", "03"),
        place("0643", "Habo", "municipality", "06"),
        place("0180", "Stockholm", "municipality", "01"),
        place("01", "Stockholms län", "county", "00"),
        place("stadsdel-alby", "Alby (Botkyrka)", "stadsdel", "0127"),
        place("0127R001", "Albyberget (Botkyrka)", "regso", "0127"),
        place("0180R076", "Rinkeby (Stockholm)", "regso", "0180"),
        place("grupp-sodertorn", "Södertörn", "group"),
    )
}


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    """The catalogue of the repository."""
    return load(ROOT / "indicators.yaml")


@pytest.fixture(scope="module")
def known(shipped: Catalogue) -> search.SearchIndex:
    """Its index."""
    return search.indicators_index(shipped)


def regions(text: str) -> list[str]:
    """The codes of the regions a text finds."""
    return [one.code for one in search.matching_regions(text, PLACES)]


@pytest.mark.parametrize(("said", "meant"), MEANT.items())
def test_the_readers_word_finds_the_sources_measure(
    shipped: Catalogue, known: search.SearchIndex, said: str, meant: set[str]
) -> None:
    """Nobody has to know what SCB calls it."""
    codes = {one.id for one in search.matching_indicators(said, shipped, known=known)[:8]}

    assert meant <= codes


@pytest.mark.parametrize(("typed", "meant"), MISTYPED.items())
def test_a_typing_error_and_missing_accents_find_the_same(
    shipped: Catalogue, known: search.SearchIndex, typed: str, meant: str
) -> None:
    """A letter too much, too little, wrong or without its dots does not hide the answer."""
    codes = [one.id for one in search.matching_indicators(typed, shipped, known=known)]

    assert meant in codes[:3]


def test_every_indicator_is_the_first_answer_to_its_own_title(
    shipped: Catalogue, known: search.SearchIndex
) -> None:
    """What is copied from a heading leads back to it, in both languages."""
    for one in shipped.indicators:
        for title in (one.title.sv, one.title.en):
            assert search.matching_indicators(title, shipped, known=known)[0] == one, title


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Botkyrkka", "0127"),
        ("botkyrka", "0127"),
        ("orebro", "1880"),
        ("Örebro län", "18"),
        ("Södertorn", "grupp-sodertorn"),
        ("håbo", "0305"),
        ("habo", "0643"),
        ("stockholm", "0180"),
        ("0127", "0127"),
        ("alby", "stadsdel-alby"),
        ("rinkeby", "0180R076"),
        ("sweden", "00"),
    ],
)
def test_a_region_is_found_first_by_its_name_or_code(typed: str, first: str) -> None:
    """With or without accents, a letter wrong or by SCB's code; accents decide between two."""
    assert regions(typed)[0] == first


@pytest.mark.parametrize("text", ["qwxyz", "zzzzzzzz", "", "   ", "och i", "%%%", "9999", "💥"])
def test_nonsense_finds_nothing(shipped: Catalogue, known: search.SearchIndex, text: str) -> None:
    """A guess that is none would send readers astray."""
    assert search.matching_indicators(text, shipped, known=known) == ()
    assert regions(text) == []


def test_every_word_must_be_found(shipped: Catalogue, known: search.SearchIndex) -> None:
    """More words find less, never more."""
    one = {found.id for found in search.matching_indicators("inkomst", shipped, known=known)}
    both = {
        found.id for found in search.matching_indicators("inkomst median", shipped, known=known)
    }

    assert "median_income" in both
    assert both < one


def test_what_is_found_surely_is_not_mixed_with_guesses() -> None:
    """Habo is no typing error of Sala, and an exact word needs no guessing beside it."""
    assert regions("botkyrka")[0] == "0127"
    assert "1880" not in regions("håbo")


def test_at_most_as_many_as_asked_for_are_found() -> None:
    """A list stays short; the best come first."""
    assert len(search.matching_regions("stockholm", PLACES, most=1)) == 1


def test_an_index_at_hand_is_used_and_only_unknown_words_are_guessed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A word that stands, begins or is inside somewhere needs no comparison of letters."""
    known = search.regions_index(PLACES)
    guessed: list[str] = []
    compare = process.extract

    def noted(word: str, *words: Any, **options: Any) -> Any:
        guessed.append(word)
        return compare(word, *words, **options)

    monkeypatch.setattr(process, "extract", noted)
    monkeypatch.setattr(search, "search_index", None)
    for text in ("botkyrka", "stock", "berget", "botkyrkka", "rinkeby stokholm"):
        assert search.matching_regions(text, PLACES, known=known)

    assert guessed == ["botkyrkka", "stokholm"]


def test_an_area_is_found_by_its_former_name() -> None:
    """Who looks for Karlsund finds Karlslund; the area that is called so now comes first."""
    renamed = replace(place("0160R009", "Karlslund (Täby)", "regso"), former_name="Karlsund")
    other = place("0160R010", "Karlsund (Täby)", "regso")
    both = {one.code: one for one in (renamed, other)}

    found = [one.code for one in search.matching_regions("karlsund", both)]
    alone = search.matching_regions("karlsund", {renamed.code: renamed})

    assert found == ["0160R010", "0160R009"]
    assert [one.code for one in alone] == ["0160R009"]
