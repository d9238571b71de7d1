import math
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.text import format
from etl.catalogue import Indicator, Lang
from etl.catalogue.loading import load
from tests.dashboard.warehouse import CATALOGUE

FLOATS = st.floats(allow_nan=True, allow_infinity=True) | st.none()


@pytest.fixture(scope="module")
def employment() -> Indicator:
    """A share with one decimal."""
    return load(Path(CATALOGUE)).indicator["employment_rate"]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Det steg. Det sjönk.", "Det steg. Det sjönk."),
        ("Ingen andel 2022 (..). År 2021 var den 16,4 %. Det var lägre.",
         "Ingen andel 2022 (..). År 2021 var den 16,4 %."),
        ("Värdet var 70,7 procent. ”Brott” är fel. 1 av 26 har en uppgift.",
         "Värdet var 70,7 procent. ”Brott” är fel."),
        ("It rose. It fell? It is .. here. And there.", "It rose. It fell?"),
        ("", ""),
    ],
)  # fmt: skip
def test_the_opening_of_a_text_is_its_first_two_sentences(words: str, first: str) -> None:
    """Symbols, quotation marks and numbers end none and begin some; nothing is lost."""
    opened, rest = format.first_sentences(words, 2)

    assert opened == first
    assert f"{opened} {rest}".strip() == words


@pytest.mark.parametrize(
    ("value", "decimals", "sv", "en"),
    [
        (95905, 0, "95\u00a0905", "95,905"),
        (76.8, 1, "76,8", "76.8"),
        (-48, 0, "\u221248", "\u221248"),
        (0, 1, "0,0", "0.0"),
        (-0.04, 1, "0,0", "0.0"),
        (1e15, 0, "1\u00a0000\u00a0000\u00a0000\u00a0000\u00a0000", "1,000,000,000,000,000"),
        (None, 1, "..", ".."),
        (math.nan, 1, "..", ".."),
        (math.inf, 1, "..", ".."),
    ],
)
def test_numbers_are_written_as_each_language_writes_them(
    value: float | None, decimals: int, sv: str, en: str
) -> None:
    """Decimal comma, non-breaking thousands and a true minus in Swedish; no minus zero."""
    assert format.number(value, decimals, "sv") == sv
    assert format.number(value, decimals, "en") == en


@given(FLOATS, st.integers(0, 6), st.sampled_from(["sv", "en"]))
def test_every_number_has_a_text(value: float | None, decimals: int, lang: Lang) -> None:
    """Formatting never fails, never shows nan or an ASCII minus, and never invents a zero."""
    text = format.number(value, decimals, lang)

    assert text
    assert not {"-", "n"} & set(text)
    assert (text == "..") == (not format.has_number(value))


@given(st.floats(-1e12, 1e12), st.integers(0, 6))
def test_a_number_reads_back_as_itself_rounded(value: float | None, decimals: int) -> None:
    """What is shown is the value rounded to the indicator's decimals, nothing else."""
    text = format.number(value, decimals, "sv")
    back = float(text.replace("\u00a0", "").replace(",", ".").replace("\u2212", "-"))

    assert back == pytest.approx(value, abs=0.5 * 10**-decimals + 1e-3)


def test_a_missing_value_shows_its_symbol_and_never_a_zero(employment: Indicator) -> None:
    """A suppressed share is "..", an impossible one ".", no row nothing; a value keeps its own."""
    assert format.measured(None, "..", employment, "sv") == ".."
    assert format.measured(math.nan, ".", employment, "sv") == "."
    assert format.marked(None, None, 1, "sv") == ""
    assert format.marked(12.0, "r", 1, "sv") == "12,0\u00a0r"
    assert format.measured(77.0, None, employment, "sv") == "77,0\u00a0%"


def test_the_symbol_for_zero_is_explained_as_zero() -> None:
    """SCB's "-" means nil: it is shown as a dash and explained as zero, not as missing."""
    assert format.marked(0.0, "-", 0, "sv") == "–"
    assert format.meaning("-", "sv") == "Noll"


def test_dates_are_words_and_an_unknown_one_is_told() -> None:
    """The source line reads "13 februari 2026"; NaT and None do not break it."""
    moment = datetime(2026, 2, 13, 7, tzinfo=UTC)

    assert format.day(moment, "sv") == "13 februari 2026"
    assert format.day(moment, "en") == "13 February 2026"
    assert format.day(None, "sv") == "okänt datum"
    assert format.day(pd.NaT, "en") == "date unknown"


@pytest.mark.parametrize(
    ("lang", "months"),
    [
        (
            "sv",
            "januari februari mars april maj juni juli augusti september oktober november december",
        ),
        (
            "en",
            "January February March April May June July August September October November December",
        ),
    ],
)
def test_every_month_has_its_name(lang: Lang, months: str) -> None:
    """Without a small letter in English or a capital one in Swedish; no day has a zero before."""
    written = [format.day(datetime(2026, month, 1, tzinfo=UTC), lang) for month in range(1, 13)]

    assert written == [f"1 {month} 2026" for month in months.split()]
