"""What a question in words is read as, and which addresses answer it: rules over a small place."""

import random
import string
from collections.abc import Mapping
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.codes import Group
from dashboard.data.asked import question_words
from dashboard.state.question import MOST_ANSWERS, Answers, Held, answers
from dashboard.state.regions import Region
from dashboard.state.url import State, parsed
from dashboard.state.wordbook import Lexicon, lexicon
from etl.catalogue import TOTAL, Catalogue, Lang, Text
from etl.catalogue.loading import load

ROOT = Path(__file__).parents[3]
CATALOGUE = load(ROOT / "indicators.yaml")


def place(
    code: str, name: str, level: str, parent: str | None = None, members: tuple[str, ...] = ()
) -> Region:
    """A region with only what a question asks of it."""
    where = Text(sv=f"i {name}", en=f"in {name}")
    return Region(code, name, level, parent, where, members=members)


PLACES = {
    one.code: one
    for one in (
        place("00", "Riket", "country"),
        place("01", "Stockholms län", "county", "00"),
        place("03", "Uppsala län", "county", "00"),
        place("06", "Jönköpings län", "county", "00"),
        place("12", "Skåne län", "county", "00"),
        place("20", "Dalarnas län", "county", "00"),
        place("0114", "Upplands Väsby", "municipality", "01"),
        place("0126", "Huddinge", "municipality", "01"),
        place("0127", "Botkyrka", "municipality", "01"),
        place("0180", "Stockholm", "municipality", "01"),
        place("0181", "Södertälje", "municipality", "01"),
        place("0305", "Håbo", "municipality", "03"),
        place("0380", "Uppsala", "municipality", "03"),
        place("0643", "Habo", "municipality", "06"),
        place("2023", "Malung-Sälen", "municipality", "20"),
        place("stadsdel-fittja", "Fittja (stadsdel i Botkyrka)", "stadsdel", "0127"),
        place("0127R005", "Fittja (RegSO-område i Botkyrka)", "regso", "0127"),
        place("grupp-sodertorn", "Södertörn", "group", "00", ("0126", "0127")),
        place("skr-A2", "Pendlingskommun nära storstad", "group", "00", ("0126", "0127")),
    )
}
ORIGINS = (TOTAL, "SE", "SAMUTF", "VXEUEES", "INT010")
SEXES = (TOTAL, "2", "1")
# Counties and the country cross sex and origin, and have the reason for immigration;
# municipalities have each for itself.
CROSSED = frozenset(
    {Group(sex=sex, background=origin) for sex, origin in product(SEXES, ORIGINS)}
    | {Group(background="010")}
)
APART = frozenset(group for group in CROSSED if TOTAL in group[:2] and group.background != "010")
KNOWN = lexicon(CATALOGUE, PLACES, question_words())


def held(code: str) -> Mapping[str, Held]:
    """Every indicator 2000–2024 but, in areas, only those of areas, of everybody."""
    region = PLACES[code]
    if region.level in {"regso", "stadsdel"}:
        listed = ["area_employed_share", "area_unemployed_share"]
        return {id: Held(frozenset({Group()}), "2020", "2024") for id in listed}
    groups = CROSSED if region.level in {"country", "county"} else APART
    monthly = [one.id for one in CATALOGUE.indicators if one.frequency == "month"]
    found = {id: Held(groups, "2000", "2024") for id in CATALOGUE.indicator}
    return found | {id: Held(groups, "2020M01", "2026M09") for id in monthly}


def ask(text: str, query: str = "", *, lang: Lang = "sv") -> Answers:
    """The answers to a question on a page."""
    state = parsed(query)
    return answers(
        text,
        state=State(region=state.region, lang=lang, version=state.version, counts=state.counts),
        catalogue=CATALOGUE,
        regions=PLACES,
        known=KNOWN,
        held=held,
    )


def first(text: str, query: str = "", *, lang: Lang = "sv") -> str:
    """The address of the first answer."""
    return ask(text, query, lang=lang).listed[0].address


def addresses(text: str, query: str = "") -> list[str]:
    """The addresses of all answers."""
    return [answer.address for answer in ask(text, query).listed]


EMPLOYED = "/indikator/employment_rate"


def test_measure_group_place_and_comparison_stand_in_any_order() -> None:
    """Swedish puts them where it likes; the chart is the same."""
    wanted = f"{EMPLOYED}?region=01&jamfor=00&bakgrund=SAMUTF&kon=2"

    assert first("sysselsatta utrikes födda kvinnor stockholms län mot riket") == wanted
    assert first("kvinnor i Stockholms län, utrikes födda: sysselsatta mot riket") == wanted
    assert first("stockholms län mot riket sysselsatta kvinnor utrikesfödda") == wanted


@pytest.mark.parametrize(
    "words",
    ["utrikes födda", "utrikesfödda", "UTRIKES FODDA", "utrikes-födda", "född utomlands",
     "utlandsfödda", "foreign-born"],
)  # fmt: skip
def test_case_accents_compounds_and_endings_do_not_matter(words: str) -> None:
    """Who writes as one writes finds the group."""
    assert first(f"sysselsatta {words}") == f"{EMPLOYED}?bakgrund=SAMUTF"


def test_a_place_is_found_by_its_other_names() -> None:
    """Region Stockholm is the county; Sthlm is the city first; a former name is told as such."""
    assert first("Region Stockholm") == "/?region=01"
    assert addresses("Sthlm")[:2] == ["/?region=0180", "/?region=01"]
    assert first("sodertalje") == "/?region=0181"
    assert first("Botkyrkas kommun") == first("0127") == "/?region=0127"
    former = ask("kopparbergs län").listed[0]
    assert (former.address, former.told) == (
        "/?region=20",
        ("Länet heter sedan 1997 Dalarnas län.",),
    )


def test_places_that_share_a_name_are_all_offered_and_told_apart() -> None:
    """Håbo and Habo, Stockholm and its county, Fittja and the area in it."""
    for name, codes in (
        ("habo", ["0643", "0305"]),
        ("håbo", ["0305", "0643"]),
        ("stockholm", ["0180", "01"]),
        ("fittja", ["stadsdel-fittja", "0127R005"]),
    ):
        listed = ask(name).listed[:2]
        assert [answer.address for answer in listed] == [f"/?region={code}" for code in codes]
        assert len({(answer.label, answer.detail) for answer in listed}) == 2
    charts = addresses("sysselsatta stockholm")
    assert charts[:2] == [f"{EMPLOYED}?region=0180", f"{EMPLOYED}?region=01"]


def test_what_follows_mot_is_what_the_first_place_is_compared_with() -> None:
    """The county and the group are those of the place; without a place, of the reader's page."""
    assert first("sysselsatta botkyrka mot länet") == f"{EMPLOYED}?region=0127&jamfor=01"
    assert first("sysselsatta mot länet", "?region=0127") == f"{EMPLOYED}?region=0127&jamfor=01"
    assert first("jämför sysselsatta i botkyrka med huddinge och länet") == (
        f"{EMPLOYED}?region=0127&jamfor=0126,01"
    )
    assert first("sysselsatta botkyrka mot riket och länet") == (
        f"{EMPLOYED}?region=0127&jamfor=00,01"
    )
    assert first("sysselsatta mot länet i botkyrka") == f"{EMPLOYED}?region=0127&jamfor=01"
    assert first("sysselsatta liknande kommuner botkyrka") == (
        f"{EMPLOYED}?region=0127&jamfor=liknande"
    )
    assert first("botkyrka mot länet") == "/jamfor?region=0127&jamfor=01"
    assert addresses("liknande kommuner botkyrka")[:2] == [
        "/liknande?region=0127",
        "/jamfor?region=0127&jamfor=liknande",
    ]
    assert first("välj liknande kommuner botkyrka") == "/liknande?region=0127"


def test_a_comparison_by_a_shared_name_is_of_the_same_level_first() -> None:
    """Botkyrka is read against the city of Stockholm; against the county second."""
    assert addresses("sysselsatta botkyrka mot stockholm")[:2] == [
        f"{EMPLOYED}?region=0127&jamfor=0180",
        f"{EMPLOYED}?region=0127&jamfor=01",
    ]


def test_years_are_read_and_kept_inside_those_with_figures() -> None:
    """A year, a range, since and until; what lies outside is said and not asked for."""
    assert first("sysselsatta 2015") == f"{EMPLOYED}?ar=2015"
    assert first("sysselsatta 2010–2020") == f"{EMPLOYED}?ar=2010-2020"
    assert first("sysselsatta 2010 - 2020") == f"{EMPLOYED}?ar=2010-2020"
    assert first("sysselsatta sedan 2010") == f"{EMPLOYED}?ar=2010-2024"
    assert first("sysselsatta fram till 2010") == f"{EMPLOYED}?ar=2000-2010"
    early = ask("sysselsatta 1990–2005").listed[0]
    assert (early.address, early.told) == (
        f"{EMPLOYED}?ar=2000-2005",
        ("Uppgifter finns för 2000–2024.",),
    )
    assert first("sysselsatta 1950") == EMPLOYED
    assert first("arbetslösa september 2024") == ("/indikator/unemployment_bas_monthly?ar=2024M09")


def test_what_the_source_does_not_cross_is_left_out_and_said() -> None:
    """In a municipality sex and origin stand apart here; nothing is dropped in silence."""
    answer = ask("sysselsatta utrikes födda kvinnor botkyrka").listed[0]

    assert answer.address == f"{EMPLOYED}?region=0127&bakgrund=SAMUTF"
    assert answer.told == ("Kvinnor: kombinationen finns inte i källan i Botkyrka.",)


def test_where_a_group_is_missing_the_nearest_region_that_has_it_is_offered_too() -> None:
    """Refugees in Botkyrka: the municipality without the group, and the county with it."""
    here, above = ask("flykting sysselsatta botkyrka").listed[:2]

    assert here.address == f"{EMPLOYED}?region=0127"
    assert "gruppen finns inte i källan i Botkyrka" in " ".join(here.told)
    assert above.address == f"{EMPLOYED}?region=01&bakgrund=010"


def test_an_area_without_the_figure_is_answered_by_what_it_has_and_by_what_lies_around() -> None:
    """Employment in Fittja is the measure of areas; its municipality has the other one."""
    listed = ask("sysselsatta stadsdelen fittja").listed
    by_address = {answer.address: answer for answer in listed}

    assert "/indikator/area_employed_share?region=stadsdel-fittja" in by_address
    around = by_address[f"{EMPLOYED}?region=0127"]
    assert around.told[0].startswith("Uppgift saknas i Fittja")


@pytest.mark.parametrize(
    ("text", "id", "told"),
    [
        ("betyg", "upper_secondary_eligibility", "inte betyg"),
        ("lön", "low_income_share", "Löner i kronor finns inte"),
        ("flykting", "employment_rate?bakgrund=010", "skyddsbehövande"),
        ("självförsörjning", "employment_rate", "inget mått på självförsörjning"),
        ("sjukvård", "sick_days", "Sjukdomar och vård finns inte"),
    ],
)
def test_what_is_not_quite_there_is_answered_with_the_nearest_and_the_difference(
    text: str, id: str, told: str
) -> None:
    """Nobody takes eligibility for grades without having been told."""
    answer = ask(text).listed[0]

    assert answer.address == f"/indikator/{id}"
    assert told in " ".join(answer.told)


@pytest.mark.parametrize("text", ["brott", "asylsökande", "religion", "diskriminering", "kostnad"])
def test_what_there_is_no_statistic_of_is_said(text: str) -> None:
    """The box says so, and offers only the search of the catalogue."""
    found = ask(text)

    assert len(found.told) == 1
    assert [answer.address.partition("?")[0] for answer in found.listed] == ["/data"]


def test_a_word_that_nobody_knows_is_named_and_the_rest_is_answered() -> None:
    """A word is never taken for something else in silence."""
    found = ask("xqzwv botkyrka")

    assert found.told == ("Ingen träff på ”xqzwv”. Resten av frågan besvaras.",)
    assert found.listed[0].address == "/?region=0127"
    assert ask("xqzwv").told == ("Ingen träff på ”xqzwv”.",)


def test_two_groups_are_lines_and_their_difference_has_its_view() -> None:
    """Women and men, born here and abroad: one breakdown; the difference is a pair."""
    assert first("sysselsatta kvinnor och män botkyrka") == f"{EMPLOYED}?region=0127&kon=2,1"
    assert first("sysselsatta inrikes och utrikes födda") == f"{EMPLOYED}?bakgrund=SE,SAMUTF"
    assert first("skillnad sysselsatta inrikes och utrikes födda") == f"{EMPLOYED}?vy=skillnader"
    assert first("skillnad sysselsatta födda utanför EU") == (
        f"{EMPLOYED}?vy=skillnader&par=SE,VXEUEES"
    )


def test_differences_of_no_measure_are_those_of_all() -> None:
    """Without an indicator the page of all of them is first, of the place and the pair."""
    assert first("skillnader") == "/skillnader"
    assert first("gap botkyrka") == "/skillnader?region=0127"
    assert first("skillnad kvinnor och män botkyrka") == "/skillnader?region=0127&par=2,1"


def test_maps_and_lists_show_one_group_and_no_comparison() -> None:
    """A map has one class scale; what it cannot show is not in its address."""
    assert first("karta sysselsatta kvinnor") == f"{EMPLOYED}?kon=2&vy=karta"
    assert first("sysselsatta kommuner i stockholms län") == f"{EMPLOYED}?region=01&vy=jamfor"
    assert first("sysselsatta län") == f"{EMPLOYED}?vy=jamfor&niva=lan"


def test_a_map_of_differences_is_asked_for_by_both_words_in_any_order() -> None:
    """The gap in all municipalities of the country, in one year: one question."""
    wanted = f"{EMPLOYED}?ar=2015&vy=skillnader&bild=karta"

    assert first("skillnad sysselsatta karta 2015 alla kommuner riket") == wanted
    assert first("karta över skillnaden i sysselsatta alla kommuner 2015") == wanted
    assert first("alla kommuner sysselsatta karta") == f"{EMPLOYED}?vy=karta"


def test_pages_collections_and_themes_are_answers() -> None:
    """What stands in the menu is reached by its name, of the place that is named."""
    assert first("underlag botkyrka") == "/briefing?region=0127"
    assert first("områden fittja") == "/omraden?region=0127"
    assert first("rapporten 2010") == "/rapport-2010"
    assert first("kvinnor och män") == "/?samling=kvinnor-och-man"
    assert first("arbetsmarknad") == "/jamfor?tema=labour_market"
    assert first("om statistiken") == "/om"


def test_a_question_keeps_language_version_and_counts() -> None:
    """The address says everything: a frozen link stays frozen."""
    version = "20261121T081500Z-1a2b3c4d"
    query = f"?antal=ja&lang=en&version={version}"

    assert first("employed women botkyrka", query, lang="en") == (
        f"{EMPLOYED}?region=0127&kon=2&antal=ja&lang=en&version={version}"
    )


def test_a_name_that_is_begun_or_mistyped_is_found() -> None:
    """While one writes the answer comes before the word is whole; a letter may be wrong."""
    assert first("botk") == first("botkyrkka") == "/?region=0127"
    assert first("sysselsata botkyrka") == f"{EMPLOYED}?region=0127"
    assert first("sysselsatta kvinor") == f"{EMPLOYED}?kon=2"


def test_a_compound_that_nobody_knows_is_read_by_its_parts() -> None:
    """Swedish makes words as it goes."""
    assert first("kvinnolöner") == "/indikator/low_income_share?kon=2"


def test_an_empty_question_has_no_answer_and_any_other_has_some() -> None:
    """There is always a way on, if only the search of the catalogue."""
    assert ask("") == ask("   ") == Answers()
    assert all(ask(text).listed for text in ("?", "mot", "och", "-", "2015", "karta", "län"))


def test_no_answer_stands_twice_and_there_are_few() -> None:
    """A list is read by ear, too."""
    for text in ("sysselsatta stockholm", "utrikes födda", "fittja arbetslösa 2021", "kvinnor"):
        found = addresses(text)
        assert len(found) == len(set(found)) <= MOST_ANSWERS


WORDS = [
    *("sysselsatta", "utrikes", "födda", "kvinnor", "män", "mot", "länet", "riket", "2015"),
    *("2010-2020", "karta", "skillnad", "och", "i", "botkyrka", "stockholm", "habo", "fittja"),
    *("södertörn", "betyg", "lön", "flykting", "20-64", "0–1", "år", "efter", "kön", "sedan"),
    *("september", "jämför", "liknande", "kommuner", "län", "område", "brott", "xyzzy", "länge"),
    *("' OR 1=1 --", "<script>alert(1)</script>", "%00", "\u202e", "ﬁ", "½", "💥", "a" * 80),
    *("{name}", "{0}", "%s", "../..", "&region=00", "\\", "\x00", "١٢٣", "İ", "ß", "𝟙𝟚"),
]  # fmt: skip


@given(st.text(max_size=80) | st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join))
def test_any_text_is_answered_by_addresses_that_are_read_without_a_notice(text: str) -> None:
    """No error, no unknown key, no region or group that does not exist; the same each time."""
    found = ask(text, "?region=0127")

    assert found == ask(text, "?region=0127")
    for answer in found.listed:
        path, _, query = answer.address.partition("?")
        state = parsed(query)
        assert path.startswith("/")
        assert state.notices == ()
        assert state.region in PLACES
        assert set(state.comparison or ()) <= {*PLACES, "liknande", "skr"}
        assert len(state.comparison or ()) <= 4
        for codes, dimension in ((state.backgrounds, "background"), (state.sexes, "sex")):
            assert all(code == TOTAL or (dimension, code) in CATALOGUE.category for code in codes)


def test_long_noise_is_answered_too() -> None:
    """Two thousand seeded questions of random letters and words."""
    chance = random.Random(14)
    for _ in range(300):
        letters = "".join(chance.choices(string.printable + "åäöÅÄÖ–", k=chance.randrange(80)))
        words = " ".join(chance.choices(WORDS, k=chance.randrange(1, 10)))
        assert ask(letters).listed or not letters.strip()
        assert ask(words).listed


def test_the_file_of_words_names_what_exists() -> None:
    """Every indicator, group, view and page of `data/questions.yaml` is there; no word is empty."""
    words = question_words()
    known: Catalogue = CATALOGUE
    for asked in words.asked:
        assert set(asked.indicators) <= set(known.indicator)
        for dimension, codes in asked.groups.items():
            assert all((dimension, code) in known.category for code in codes)
        assert all(word.strip() for word in asked.words)
        told_only = asked.told and not (asked.groups or asked.indicators or asked.regions)
        assert (
            told_only
            or asked.groups
            or asked.indicators
            or asked.regions
            or (asked.view or asked.level or asked.path or asked.role)
        )
    assert set(words.leading) <= set(known.indicator)


def test_no_phrase_of_the_file_means_two_groups_or_two_measures() -> None:
    """One that stood twice would mean the first, and the second would never be found."""
    meanings: Lexicon = KNOWN
    own = set(question_words().asked)
    twice = {
        letters: listed
        for letters, listed in meanings.phrases.items()
        if sum(one in own for one in listed) > 1
    }

    assert twice == {}


@pytest.mark.parametrize("codes", [("0126", "0127"), ()])
def test_a_version_without_the_country_answers_all_the_same(codes: tuple[str, ...]) -> None:
    """Another region is taken where none is named; without regions the catalogue is searched."""
    places = {code: PLACES[code] for code in codes}
    known = lexicon(CATALOGUE, places, question_words())
    for text in ("sysselsatta", "huddinge mot länet", "mot riket", "0180"):
        found = answers(
            text, state=State(), catalogue=CATALOGUE, regions=places, known=known, held=held
        )

        assert found.listed[-1].address.startswith("/data?")
        assert bool(codes) or len(found.listed) == 1
