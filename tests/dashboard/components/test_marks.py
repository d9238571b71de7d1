"""The words of breaks and cautions between the rows of a table."""

import pytest

from dashboard.components.tables import mark_words
from etl.catalogue import Break, Lang, Text


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_a_caution_that_tells_its_year_is_told_once(lang: Lang) -> None:
    """The noise of 2025 names both years and the caution: no head says it again."""
    text = Text(
        sv="Uppgifterna för 2024 och 2025 bör jämföras med försiktighet. Källan gör justeringar.",
        en="The figures for 2024 and 2025 should be compared with caution. The source adjusts.",
    )
    caution = Break(period="2025", severity="caution", text=text)

    assert mark_words(caution, lang) == text[lang]


def test_other_marks_say_their_year_and_what_they_are() -> None:
    """Of words without a year the row tells it; a break is called one always."""
    text = Text(sv="Uppgifterna för 2021 och 2022 går inte att jämföra. Ny källa.", en="New.")
    short = Break(period="2004", severity="caution", text=Text(sv="Tio länder.", en="Ten."))

    assert mark_words(short, "sv") == "2004, bör jämföras med försiktighet: Tio länder."
    assert mark_words(Break(period="2022", severity="break", text=text), "sv") == (
        f"Tidsseriebrott 2022: {text.sv}"
    )
