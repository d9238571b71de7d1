"""Levels over a grid of situations: every one written out by hand in both languages."""

import re

import pytest

from dashboard.data.observation import Observation
from dashboard.sentences.figures import level_sentence
from etl.catalogue import Lang
from tests.dashboard.speaking import seen, shipped, wording

RATE, OPEN, PEOPLE, NET = "employment_rate", "open_unemployment", "population", "net_migration"
RULE = (
    "SCB redovisar andelar bara för grupper med fler än 20 personer, av vilka fler än 5 har "
    "egenskapen."
)
RULE_EN = (
    "Statistics Sweden gives shares only for groups of more than 20 persons of whom more than 5 "
    "have the property."
)


@pytest.mark.parametrize(
    ("one", "swedish", "english"),
    [
        (
            seen(OPEN, "0980", 2015, 0.0, status="-"),
            (
                "År 2015 var 0,0 procent av befolkningen 20–64 år på Gotland öppet arbetslösa "
                "någon "
                "gång under året."
            ),
            (
                "In 2015, 0.0 per cent of the population aged 20–64 on Gotland were openly "
                "unemployed "
                "at some time in the year."
            ),
        ),
        (
            seen(RATE, "0140", 2015, None),
            "Uppgift saknas i Nykvarn 2015.",
            "No figure is available in Nykvarn in 2015.",
        ),
        (
            seen(RATE, "0140", 2015, None, status=".."),
            f"Ingen andel redovisas i Nykvarn 2015 (..). {RULE}",
            f"No share is given in Nykvarn in 2015 (..). {RULE_EN}",
        ),
        (
            seen(RATE, "0140", 2015, None, status=".", background="INT010"),
            (
                "För personer som bott 0–1 år i Sverige redovisas ingen andel i Nykvarn 2015 (.). "
                "Uppgiften kan inte förekomma."
            ),
            (
                "No share is given for persons who had lived in Sweden 0–1 years in Nykvarn in "
                "2015 "
                "(.). The figure cannot occur."
            ),
        ),
        (  # a share we compute is missing for other reasons than SCB's rule
            seen("foreign_born_share", "0140", 2015, None, status="..", kind="computed"),
            "Ingen andel redovisas i Nykvarn 2015 (..).",
            "No share is given in Nykvarn in 2015 (..).",
        ),
        (  # nor is a count a share
            seen(NET, "0140", 2015, None, status="..", sex="2"),
            (
                "För kvinnor redovisas inget värde i Nykvarn 2015 (..). "
                "Uppgiften är inte publicerad."
            ),
            "No value is given for women in Nykvarn in 2015 (..). The figure is not published.",
        ),
        (
            seen(PEOPLE, "00", 2024, 10587710),
            "År 2024 hade riket en folkmängd på 10 587 710 personer.",
            "In 2024 Sweden had a population of 10,587,710 persons.",
        ),
        (
            seen(NET, "0980", 2024, -1),
            "År 2024 hade Gotland ett flyttningsnetto på −1 person.",
            "In 2024 Gotland had a net migration of −1 person.",
        ),
        (
            seen(RATE, "0127", 2023, 60.1, sex="2", background="VXEUEES", education="EU"),
            (
                "År 2023 var andelen sysselsatta bland kvinnor 20–65 år i Botkyrka med "
                "eftergymnasial utbildning som är födda utanför EU/EFTA 60,1 procent."
            ),
            (
                "In 2023 the share employed among women aged 20–65 in Botkyrka with post-secondary "
                "education born outside EU/EFTA was 60.1 per cent."
            ),
        ),
        (
            seen(RATE, "0127", 2023, 60.1, age="20-24"),
            "År 2023 var andelen sysselsatta bland personer 20–24 år i Botkyrka 60,1 procent.",
            "In 2023 the share employed among persons aged 20–24 in Botkyrka was 60.1 per cent.",
        ),
        (
            seen("mover_balance", "0127", 2015, 99.4),
            (
                "I Botkyrka var kvoten 99,4 år 2015: inflyttarna och utflyttarna var sysselsatta i "
                "lika hög grad."
            ),
            (
                "In Botkyrka the ratio was 99.4 in 2015: in-movers and out-movers were employed to "
                "the same extent."
            ),
        ),
    ],
)
def test_a_level_is_stated_with_its_denominator_or_told_as_missing(
    one: Observation, swedish: str, english: str
) -> None:
    """Zero is a number; what is missing says so, and why where it is known."""
    assert level_sentence(one, wording(one.indicator)).replace("\u00a0", " ") == swedish
    assert level_sentence(one, wording(one.indicator, "en")) == english


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_shipped_indicator_is_spoken_of_in_its_own_words(lang: Lang) -> None:
    """Each segment has a phrase; of everybody and of women its sentence has no blank left."""
    for measured in shipped().indicators:
        for part in measured.segments:
            year = part.years.first
            whole = seen(measured.id, "0980", year, 12.3)
            women = seen(measured.id, "0980", year, 12.3, sex="2", background="SE")
            phrase = part.phrase or measured.phrase

            assert phrase, measured.id
            assert (phrase.whole is None) is (phrase.state is None), measured.id
            for one in (whole, women):
                text = level_sentence(one, wording(measured, lang))
                assert re.fullmatch(r"\S+( \S+)*\.", text), text
                assert not set(text) & set("{}”“"), text
