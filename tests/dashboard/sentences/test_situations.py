"""Sentences over a grid of situations: every one written out by hand in both languages."""

import pytest

from dashboard.sentences.figures import level_sentence
from etl.catalogue import Lang
from tests.dashboard.speaking import (
    change_sentence,
    comparison_sentence,
    direction_sentences,
    gap_sentence,
    indicator,
    seen,
    shipped,
    wording,
)

RATE, OPEN, PEOPLE, NET = "employment_rate", "open_unemployment", "population", "net_migration"
RULE = (
    "SCB redovisar andelar bara för grupper med fler än 20 personer, av vilka fler än 5 har "
    "egenskapen."
)


@pytest.mark.parametrize(
    ("of", "values", "swedish"),
    [
        (OPEN, (10.0, 10.0), ("var andelen öppet arbetslösa i Botkyrka i stort sett oförändrad: "
                             "10,0 respektive 10,0 procent.")),
        (OPEN, (10.0, 10.44), ("var andelen öppet arbetslösa i Botkyrka i stort sett oförändrad: "
                              "10,0 respektive 10,4 procent.")),
        (OPEN, (10.0, 10.45001), ("ökade andelen öppet arbetslösa i Botkyrka med 0,5 "
                                 "procentenheter, från 10,0 till 10,5 procent.")),
        (OPEN, (0.0, 100.0), ("ökade andelen öppet arbetslösa i Botkyrka med 100,0 "
                             "procentenheter, från 0,0 till 100,0 procent.")),
        (NET, (-48, 1), ("ökade flyttningsnettot i Botkyrka med 49 personer, från −48 till 1 "
                        "person.")),
        (NET, (0, -1), ("minskade flyttningsnettot i Botkyrka med 1 person, från 0 till −1 "
                       "person.")),
        (NET, (500, 505), ("var flyttningsnettot i Botkyrka i stort sett oförändrat: 500 "
                          "respektive 505 personer.")),
        (PEOPLE, (90000, 95905), ("ökade folkmängden i Botkyrka med 5 905 personer, från 90 000 "
                                 "till 95 905 personer.")),
    ],
)  # fmt: skip
def test_a_change_is_told_as_the_reader_would_subtract(
    of: str, values: tuple[float, float], swedish: str
) -> None:
    """Equal, tiny, whole, negative, of one person, huge: from and to are what was subtracted."""
    earlier, later = (seen(of, "0127", 2014 + n, value) for n, value in enumerate(values))
    text = change_sentence(earlier, later, wording(of))

    assert text.replace("\u00a0", " ") == f"Mellan 2014 och 2015 {swedish}"


def test_a_change_over_two_breaks_tells_both() -> None:
    """2016 to 2023 crosses 2019 and 2022; neither year's figures are named."""
    text = change_sentence(
        seen(RATE, "0127", 2016, 73.5), seen(RATE, "0127", 2023, 76.8), wording(RATE)
    )

    assert text == (
        "Uppgifterna för 2016 och 2023 går inte att jämföra. "
        "Uppgifterna för 2018 och 2019 går inte att jämföra. Från och med 2019 bygger de på "
        "arbetsgivarnas månadsvisa uppgifter. "
        "Uppgifterna för 2021 och 2022 går inte att jämföra. Från och med 2022 kommer de från en "
        "annan källa (BAS) och gäller åldrarna 20–65 år i stället för 20–64 år."
    )


def test_a_change_over_a_caution_carries_its_words() -> None:
    """Bulgaria and Romania in 2007 concern those born in the rest of the world only."""
    one, other = (seen(OPEN, "01", year, 10.0, background="VXEUEES") for year in (2006, 2007))
    before, after = (seen(OPEN, "01", year, 10.0) for year in (2006, 2007))
    told = next(
        mark.text.sv
        for mark in shipped().indicator[OPEN].breaks
        if mark.period == "2007" and mark.severity == "caution"
    )

    assert change_sentence(one, other, wording(OPEN)).endswith(f" {told}")
    assert "försiktighet" not in change_sentence(before, after, wording(OPEN))


def test_a_change_from_a_hidden_year_tells_that_it_is_hidden() -> None:
    """No change starts from "..", and the figure of the other year is not repeated."""
    hidden, there = seen(OPEN, "0140", 2014, None, status=".."), seen(OPEN, "0140", 2015, 8.0)

    assert change_sentence(hidden, there, wording(OPEN)) == (
        f"Ingen andel redovisas i Nykvarn 2014 (..). {RULE}"
    )


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        (
            "sv",
            (
                "År 2023 var 80,3 procent av dem som är födda i Sverige och 60,1 procent av dem "
                "som "
                "är utrikes födda sysselsatta bland personer 20–65 år i Botkyrka. Skillnaden var "
                "20,2 procentenheter."
            ),
        ),
        (
            "en",
            (
                "In 2023, 80.3 per cent of those born in Sweden and 60.1 per cent of those who are "
                "foreign-born were employed among persons aged 20–65 in Botkyrka. The difference "
                "was "
                "20.2 percentage points."
            ),
        ),
    ],
)
def test_born_in_sweden_comes_before_foreign_born(lang: Lang, expected: str) -> None:
    """Whichever is given first; the words never say who is better off."""
    one = seen(RATE, "0127", 2023, 60.1, background="SAMUTF")
    other = seen(RATE, "0127", 2023, 80.3, background="SE")

    assert (
        gap_sentence(one, other, wording(RATE, lang))
        == gap_sentence(other, one, wording(RATE, lang))
        == expected
    )


def test_two_groups_may_be_in_level() -> None:
    """0.2 points are no gap to speak of."""
    one, other = (seen("rented_share", "0127", 2015, v, sex=s) for s, v in (("2", 40.2), ("1", 40)))

    assert gap_sentence(one, other, wording("rented_share")) == (
        "År 2015 bodde 40,2 procent av kvinnorna och 40,0 procent av männen i hyresrätt bland "
        "personer i Botkyrka. Skillnaden var 0,2 procentenheter: de låg i nivå med varandra."
    )


@pytest.mark.parametrize(
    ("of", "years", "swedish", "english"),
    [
        (OPEN, (2022, 2023), "Sedan källan byttes 2022 finns två år.",
         "There are two years after the break in 2022."),
        (OPEN, (2022,), "Sedan källan byttes 2022 finns ett år.",
         "There is one year after the break in 2022."),
        (RATE, (2019, 2020, 2021), "Efter tidsseriebrottet 2019 finns tre år.",
         "There are three years after the break in 2019."),
        (RATE, (2019,), "Efter tidsseriebrottet 2019 finns ett år.",
         "There is one year after the break in 2019."),
        (NET, (1997,), "Efter tidsseriebrottet 1997 finns ett år.",
         "There is one year after the break in 1997."),
    ],
)  # fmt: skip
def test_only_another_source_is_called_one(
    of: str, years: tuple[int, ...], swedish: str, english: str
) -> None:
    """BAS is another source; a new method, and what is left out since, are none."""
    older = [seen(of, "0127", years[0] - n, 70) for n in (3, 2, 1)]
    series = [*older, *(seen(of, "0127", year, 71) for year in years)]

    assert direction_sentences(series, wording(of))[0].startswith(swedish)
    assert direction_sentences(series, wording(of, "en"))[0].startswith(english)


def test_a_small_municipality_with_many_hidden_years_gets_no_direction() -> None:
    """Nykvarn: four years of ten with a figure are too few, and no year is filled in."""
    values = [None, 9.1, None, None, 8.0, 7.9, None, None, 7.0, None]
    series = [
        seen(OPEN, "0140", 2005 + n, value, status=None if value else "..", background="NEXS")
        for n, value in enumerate(values)
    ]

    assert direction_sentences(series, wording(OPEN)) == (
        "Det finns fyra år med uppgifter. Det är för få för att ange en riktning.",
    )


def test_one_year_is_too_few_and_none_is_nothing() -> None:
    """A first year has no direction; of no year nothing is said."""
    one = seen("rented_share", "0127", 2023, 40.0)

    assert direction_sentences([one], wording("rented_share", "en")) == (
        "There is one year with figures. That is too few to state a direction.",
    )
    assert direction_sentences([], wording("rented_share")) == ()


def test_a_level_series_is_told_as_constant() -> None:
    """Five equal years do not vary between two equal numbers."""
    series = [seen("rented_share", "0127", 2015 + n, 40.0) for n in range(5)]

    assert direction_sentences(series, wording("rented_share")) == (
        (
            "Åren 2015–2019 hade andelen boende i hyresrätt i Botkyrka ingen tydlig "
            "riktning. Den var "
            "hela tiden 40,0 procent."
        ),
    )


def test_an_indicator_without_words_of_its_own_is_told_by_its_title() -> None:
    """The general sentence names title, region, value and unit."""
    plain = indicator(
        "rented_share", phrase=None, segments=shipped().indicator["rented_share"].segments
    )
    earlier, later = (seen("rented_share", "0127", y, v) for y, v in ((2014, 40.0), (2015, 42.0)))

    assert level_sentence(later, wording(plain)) == (
        "År 2015 var värdet för ”Boende i hyresrätt” i Botkyrka 42,0 procent."
    )
    assert change_sentence(earlier, later, wording(plain, "en")) == (
        "Between 2014 and 2015 the value for “Living in rented dwellings” in Botkyrka rose by 2.0 "
        "percentage points, from 40.0 to 42.0 per cent."
    )


def test_counts_are_compared_without_calling_persons_lower() -> None:
    """A number is lower, persons are not."""
    one, other = seen(PEOPLE, "0127", 2023, 95905), seen(PEOPLE, "0180", 2023, 990000)

    assert comparison_sentence(one, other, wording(PEOPLE, "en")) == (
        "This was 894,095 fewer than in the municipality of Stockholm, where the population was "
        "990,000 persons."
    )
