"""The counts behind a share in sentences, on wish: written out by hand in both languages."""

from dataclasses import replace
from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.data.observation import Observation
from dashboard.sentences.figures import level_sentence
from dashboard.sentences.wording import Wording, counts_words, unit_sentence
from etl.catalogue import Lang
from tests.dashboard.speaking import gap_sentence, seen, wording

UNEMPLOYED, CROWDED, ABROAD = "area_unemployed_share", "overcrowding", "foreign_born_share"
MONTHLY = "unemployment_bas_monthly"


def counting(of: str, lang: Lang = "sv") -> Wording:
    """Somebody who is asked for the counts, too."""
    return replace(wording(of, lang), counts=True)


def made_of(one: Observation, numerator: float | None, denominator: float | None) -> Observation:
    """An observation with its counts."""
    return one._replace(numerator=numerator, denominator=denominator)


BOTKYRKA = made_of(seen(UNEMPLOYED, "0127", 2024, 14.4), 2796, 19453)
WOMEN = made_of(seen(CROWDED, "0180", 2023, 27.5, sex="2"), 35900, 130545)
MEN = made_of(seen(CROWDED, "0180", 2023, 25.0, sex="1"), 1, 4)
FEW = made_of(seen(ABROAD, "0140", 2025, 0.4), 9, 2250)


@pytest.mark.parametrize(
    ("one", "swedish", "english"),
    [
        (
            BOTKYRKA,
            (
                "År 2024 var 14,4 procent, 2 796 personer, av invånarna 20–64 år i Botkyrka "
                "arbetslösa (BAS)."
            ),
            (
                "In 2024, 14.4 per cent, or 2,796 persons, of residents aged 20–64 in Botkyrka "
                "were unemployed (BAS)."
            ),
        ),
        (
            WOMEN,
            (
                "År 2023 var andelen trångbodda bland kvinnor i Stockholms kommun 27,5 procent, "
                "35 900 personer."
            ),
            (
                "In 2023 the share living in overcrowded dwellings among women in the municipality "
                "of Stockholm was 27.5 per cent, or 35,900 persons."
            ),
        ),
        (
            MEN,
            (
                "År 2023 var andelen trångbodda bland män i Stockholms kommun 25,0 procent, "
                "1 person."
            ),
            (
                "In 2023 the share living in overcrowded dwellings among men in the municipality "
                "of Stockholm was 25.0 per cent, or 1 person."
            ),
        ),
        (  # from 2025 the source changes each count a little
            FEW,
            (
                "År 2025 var 0,4 procent, 9 personer, av befolkningen i Nykvarn utrikes födda. "
                "Talet är så litet att det är osäkert, eftersom källan gör små slumpmässiga "
                "justeringar från 2025."
            ),
            (
                "In 2025, 0.4 per cent, or 9 persons, of the population in Nykvarn were "
                "foreign-born. The number is so small that it is uncertain, since the source makes "
                "small random adjustments from 2025."
            ),
        ),
    ],
)
def test_the_level_is_told_with_the_number_of_persons_behind_it(
    one: Observation, swedish: str, english: str
) -> None:
    """On wish only; without it the sentence is as it was."""
    told = level_sentence(one, counting(one.indicator)).replace("\u00a0", " ")

    assert told == swedish
    assert level_sentence(one, counting(one.indicator, "en")) == english
    assert "person" not in level_sentence(one, wording(one.indicator)).replace("personer födda", "")


def test_two_groups_are_told_with_both_numbers() -> None:
    """A politician hears how many the two shares are."""
    told = gap_sentence(WOMEN, MEN, counting(CROWDED)).replace("\u00a0", " ")

    assert told == (
        "År 2023 var 27,5 procent, 35 900 personer, av kvinnorna och 25,0 procent, 1 person, av "
        "männen trångbodda bland personer i Stockholms kommun. Skillnaden var 2,5 procentenheter."
    )


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_a_share_without_published_counts_is_told_as_before(lang: Lang) -> None:
    """No number of persons is made of a share: the page says that the source has none."""
    one = seen("employment_rate", "0127", 2023, 72.4)

    plain = level_sentence(one, wording("employment_rate", lang))
    assert level_sentence(one, counting("employment_rate", lang)) == plain


NUMBER = st.none() | st.just(float("nan")) | st.integers(0, 10**7).map(float)


@given(
    value=st.none() | st.just(float("nan")) | st.floats(0, 100),
    numerator=NUMBER,
    denominator=NUMBER,
    status=st.sampled_from([None, "..", ".", "-"]),
)
def test_counts_are_told_only_where_share_and_both_counts_are_there(
    value: float | None, numerator: float | None, denominator: float | None, status: str | None
) -> None:
    """A suppressed share has no count, whatever stands beside it; no count is derived."""
    one = made_of(seen(CROWDED, "0180", 2023, value, status=status), numerator, denominator)
    words = counts_words(one, "en").replace(",", "")
    whole = all(
        number is not None and not isnan(number) for number in (value, numerator, denominator)
    )

    assert words == (f"{numerator:.0f} of {denominator:.0f}" if whole else "")
    assert ("person" in level_sentence(one, counting(CROWDED, "en"))) is whole


def test_a_month_is_told_with_the_counts_that_are_published_beside_its_share() -> None:
    """How many are unemployed, of how many in the labour force."""
    one = made_of(seen(MONTHLY, "0127", "2026M09", 8.7), 4118, 47333)

    assert level_sentence(one, counting(MONTHLY)).replace("\u00a0", " ") == (
        "I september 2026 var 8,7 procent, 4 118 personer, av arbetskraften 20–64 år i Botkyrka "
        "arbetslösa (BAS)."
    )
    assert counts_words(one, "sv").replace("\u00a0", " ") == "4 118 av 47 333"
    unit = unit_sentence(wording(MONTHLY).indicator, "sv", counts=True)
    assert unit == "Procent. Under varje andel står antalet personer, och av hur många."


def test_the_young_of_a_month_are_those_of_the_labour_force() -> None:
    """An age in place of the measure's own: 478 of 4 733 in the labour force, not of all young."""
    one = made_of(seen(MONTHLY, "0127", "2026M09", 10.1, age="20-24"), 478, 4733)

    assert level_sentence(one, counting(MONTHLY)).replace("\u00a0", " ") == (
        "I september 2026 var andelen arbetslösa bland personer 20–24 år i arbetskraften i "
        "Botkyrka 10,1 procent, 478 personer."
    )


def test_two_ages_beside_each_other_are_not_told_as_parts_of_the_measures_own() -> None:
    """Those aged 16-19 are not among those aged 20-64."""
    younger, older = (
        seen(MONTHLY, "01", "2026M09", value, age=age)
        for age, value in (("16-19", 22.8), ("20-24", 10.0))
    )

    assert gap_sentence(younger, older, wording(MONTHLY)).replace("\u00a0", " ") == (
        "I september 2026 var 22,8 procent av dem som är 16–19 år och 10,0 procent av dem som är "
        "20–24 år arbetslösa (BAS) bland personer i arbetskraften i Stockholms län. Skillnaden var "
        "12,8 procentenheter."
    )
    assert "of those aged 16–19 and 10.0 per cent of those aged 20–24" in gap_sentence(
        younger, older, wording(MONTHLY, "en")
    ).replace("\u00a0", " ")
