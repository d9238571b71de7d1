"""Texts of the source compared, and levels of region codes."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.demo.tables import slug
from etl.source.jsonstat import has_words, loosened, normalised, without_code


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("vistelsetid 0–1 år", "Vistelsetid 0-1 år"),
        ("Andel inskrivna arbetslösa, procent", "Andel inskrivna arbetslösa"),
        ("Andel inskrivna arbetslösa , procent", "andel inskrivna arbetslösa"),
        ("Andel  öppet\u00a0arbetslösa", "Andel öppet arbetslösa"),
        ("Sysselsatta  , totalt", "Sysselsatta, totalt"),
        (unicodedata.normalize("NFD", "Födda i övriga världen"), "Födda i övriga världen"),
        ("vistelsetid 10− år", "vistelsetid 10— år"),
        ("Europa exkl.Sverige", "Europa exkl. Sverige"),
    ],
)
def test_texts_that_differ_in_dress_are_the_same_text(one: str, other: str) -> None:
    """Dashes, case, spaces, composed letters and ", procent" come and go in SCB's labels."""
    assert normalised(one) == normalised(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Andel öppet arbetslösa", "Andel inskrivna arbetslösa"),
        ("Folkmängd, procent", "Folkmängd, antal"),
        ("ålder: 20-24 år", "ålder: 20-64 år"),
        ("Andel förvärvsarbetande", "Andel förvärvsarbetande (ny definition från och med 2019)"),
    ],
)
def test_texts_that_say_different_things_stay_different(one: str, other: str) -> None:
    """Other words, other units, other ages and a new definition are another text."""
    assert normalised(one) != normalised(other)


def test_only_the_remark_on_a_new_definition_may_be_left_out() -> None:
    """The remark comes and goes with the year; any other parenthesis is part of the text."""
    remarked = "Andel förvärvsarbetande (ny definition från och med 2019)"
    assert loosened(remarked) == loosened("andel förvärvsarbetande")
    assert loosened("Stadsbacken (söder)") != loosened("Stadsbacken")


@given(st.text("aåä5-, ", max_size=12), st.sampled_from("‐‑‒–—―−"))
def test_no_dash_space_or_capital_tells_two_texts_apart(text: str, dash: str) -> None:
    """Any dash for any other, any number of spaces for one, capitals for small letters."""
    dressed = text.replace("-", dash).replace(" ", " \u00a0").upper()
    assert normalised(dressed) == normalised(text)


def test_words_must_begin_a_word_of_the_title() -> None:
    """`kommun` is found in `kommuner` but `mun` is not; dashes and case do not count."""
    title = "Arbetsmarknadsvariabler efter kommun, kön och bakgrund.  År 2010–2021"
    assert has_words(title, ["kommun", "2010-2021", "arbetsmarknad"]) == []
    assert has_words(title, ["mun", "län"]) == ["mun", "län"]


@pytest.mark.parametrize(
    ("code", "label", "name"),
    [
        (
            "0114R001_RegSO2025",
            "0114R001 Upplands Väsby (Bollstanäs)",
            "Upplands Väsby (Bollstanäs)",
        ),
        ("0114R001", "Upplands Väsby (Bollstanäs)", "Upplands Väsby (Bollstanäs)"),
        ("01", "01  Stockholms län", "Stockholms län"),
        ("0180", "0180 ", "0180"),
        ("0180", "0181 Södertälje", "0181 Södertälje"),
        ("20-24", "20-24 år", "20-24 år"),
        ("1", "10 mån", "10 mån"),
    ],
)
def test_a_code_in_front_of_a_label_is_left_out_where_it_is_its_own(
    code: str, label: str, name: str
) -> None:
    """Some tables repeat the code in the label; ages are what they are."""
    assert without_code(label, code) == name


def test_a_slug_is_plain_letters_digits_and_dashes() -> None:
    """Swedish letters lose their dots, everything else becomes one dash."""
    assert slug("Födda i EU/EFTA – utom Norden") == "fodda-i-eu-efta-utom-norden"
