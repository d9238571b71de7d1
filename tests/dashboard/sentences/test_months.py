"""What is said of months and quarters: they are named, and compared with the year before."""

import pytest

from dashboard.data.observation import Observation
from dashboard.sentences import figures
from dashboard.sentences.summary import narrative
from dashboard.text import format
from etl.catalogue import Break, Lang, Text
from tests.dashboard.speaking import (
    change_sentence,
    direction_sentences,
    gap_sentence,
    indicator,
    line,
    seen,
    wording,
)

OF = "employment_rate"
PLAIN = indicator(OF, breaks=())


def told(period: str, value: float | None, **more: str) -> Observation:
    """A share of Botkyrka."""
    return seen(OF, "0127", period, value, segment="bas_2022", **more)


@pytest.mark.parametrize(
    ("period", "lang", "name", "short", "when"),
    [
        ("2026M09", "sv", "september 2026", "sep 2026", "i september 2026"),
        ("2026M09", "en", "September 2026", "Sep 2026", "in September 2026"),
        ("2026K3", "sv", "kvartal 3 2026", "kv 3 2026", "kvartal 3 2026"),
        ("2026K3", "en", "quarter 3 2026", "Q3 2026", "in quarter 3 2026"),
        ("2026", "sv", "2026", "2026", "år 2026"),
        ("2026", "en", "2026", "2026", "in 2026"),
    ],
)
def test_a_period_is_named_as_people_say_it(
    period: str, lang: Lang, name: str, short: str, when: str
) -> None:
    """No reader meets the source's code of a month in running text."""
    assert format.period_name(period, lang) == name
    assert format.period_short(period, lang) == short
    assert format.in_period(period, lang) == when


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2020M01", "2026M09", "januari 2020–september 2026"),
        ("2026M01", "2026M09", "januari–september 2026"),
        ("2026M09", "2026M09", "september 2026"),
        ("2025K4", "2026K3", "kvartal 4 2025–kvartal 3 2026"),
        ("1997", "2024", "1997–2024"),
    ],
)
def test_a_span_names_its_year_once(first: str, last: str, expected: str) -> None:
    """Months of one year share it."""
    assert format.periods(first, last, "sv") == expected


def test_the_level_of_a_month_is_told_with_the_same_month_a_year_before() -> None:
    """The example of the issue: lower than in the same month, never than in the month before."""
    values = {"2025M09": 77.2, "2026M08": 78.9, "2026M09": 76.8}
    series = [told(period, value) for period, value in values.items()]

    swedish = narrative(series, [line("0127")], wording(PLAIN))
    english = narrative(series, [line("0127")], wording(PLAIN, "en"))

    assert swedish.level == (
        "I september 2026 var 76,8 procent av befolkningen 20–65 år i Botkyrka sysselsatta, "
        "i stort sett som i september 2025."
    )
    assert swedish.change == ""
    assert english.level.startswith("In September 2026, 76.8 per cent of the population aged")
    assert figures.level_since_sentence(series[2], series[1], wording(PLAIN)) is None


def test_a_change_that_is_no_level_is_said_beside_the_level_of_a_month() -> None:
    """Half a point or more is told with its size."""
    sentence = figures.level_since_sentence(
        told("2026M09", 76.8), told("2025M09", 77.6), wording(PLAIN)
    )

    assert sentence
    assert sentence.text == (
        "I september 2026 var 76,8 procent av befolkningen 20–65 år i Botkyrka sysselsatta, "
        "0,8 procentenheter lägre än i september 2025."
    )


def test_two_different_months_are_not_compared_and_it_is_said_why() -> None:
    """A reason of its own, which says what to compare with instead."""
    sentence = change_sentence(told("2026M01", 75.0), told("2026M09", 76.8), wording(PLAIN))

    assert sentence == (
        "Uppgifterna går inte att jämföra: olika månader eller kvartal har olika säsong. "
        "Jämför med samma månad eller kvartal ett annat år."
    )


def test_a_break_names_its_month() -> None:
    """What lies between two months is told with their names."""
    mark = Break(period="2026M03", severity="break", text=Text(sv="Ny blankett.", en="New form."))
    measured = indicator(OF, breaks=(mark,))

    assert change_sentence(told("2025M09", 77.0), told("2026M09", 76.8), wording(measured)) == (
        "Uppgifterna för september 2025 och september 2026 går inte att jämföra. Ny blankett."
    )


def test_a_missing_month_is_said_with_its_name() -> None:
    """In both languages, and a quarter by its number."""
    assert figures.missing_sentence(told("2026M09", None), wording(PLAIN)) == (
        "Uppgift saknas i Botkyrka i september 2026."
    )
    assert figures.missing_sentence(told("2026K3", None), wording(PLAIN, "en")) == (
        "No figure is available in Botkyrka in quarter 3 2026."
    )


def test_a_gap_of_a_month_names_it() -> None:
    """Women before men, in one month."""
    women, men = told("2026M09", 74.0, sex="2"), told("2026M09", 79.0, sex="1")

    assert gap_sentence(women, men, wording(PLAIN)).startswith(
        "I september 2026 var 74,0 procent av kvinnorna och 79,0 procent av männen sysselsatta"
    )


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        (
            "sv",
            (
                "I genomsnitt för oktober 2025–september 2026 var andelen sysselsatta i Botkyrka "
                "76,0 procent, mot 74,0 för de tolv månaderna dessförinnan: "
                "riktningen var stigande."
            ),
        ),
        (
            "en",
            (
                "On average over October 2025–September 2026 the share employed in Botkyrka was "
                "76.0 per cent, against 74.0 over the twelve months before: "
                "the direction was upward."
            ),
        ),
    ],
)
def test_a_direction_of_months_tells_both_means(lang: Lang, expected: str) -> None:
    """Twelve months at 74, then twelve at 76; tau is never mentioned."""
    months = [f"{2024 + (9 + n) // 12}M{(9 + n) % 12 + 1:02d}" for n in range(24)]
    series = [told(month, 74.0 if n < 12 else 76.0) for n, month in enumerate(months)]

    assert direction_sentences(series, wording(PLAIN, lang)) == (expected,)


def test_too_few_months_are_counted() -> None:
    """How many in a row there are, and how many are needed."""
    series = [told(f"2026M{month:02d}", 75.0) for month in range(3, 10)]

    assert direction_sentences(series, wording(PLAIN)) == (
        "Månader i följd med uppgifter till och med september 2026: 7. En riktning kräver 24.",
    )
