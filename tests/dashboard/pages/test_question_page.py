"""The question box over the whole panel: what is asked, what comes first, and where it leads."""

from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tests.dashboard.rendered import components, shown, text

CATALOGUE = Path(__file__).parents[3] / "indicators.yaml"
pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]
EMPLOYED = "/indikator/employment_rate"
# What is asked on the page of a region, and the address that comes first.
QUESTIONS = (
    ("sysselsatta utrikes födda kvinnor botkyrka mot länet", "",
     f"{EMPLOYED}?region=0127&jamfor=01&bakgrund=SAMUTF&kon=2"),
    ("Sysselsatta män födda utanför EU/EFTA i Botkyrka", "",
     f"{EMPLOYED}?region=0127&bakgrund=VXEUEES&kon=1"),
    ("sysselsatta 0–1 år i Sverige stockholms län", "", f"{EMPLOYED}?region=01&bakgrund=INT010"),
    ("sysselsatta kvinnor och män botkyrka", "", f"{EMPLOYED}?region=0127&kon=2,1"),
    ("sysselsättning efter kön södertälje", "", f"{EMPLOYED}?region=0181&kon=2,1"),
    ("sysselsatta botkyrka huddinge nacka", "", f"{EMPLOYED}?region=0127&jamfor=0126,0182"),
    ("jämför botkyrka med huddinge", "", "/jamfor?region=0127&jamfor=0126"),
    ("sysselsatta mot länet", "0127", f"{EMPLOYED}?region=0127&jamfor=01"),
    ("sysselsatta liknande kommuner", "0127", f"{EMPLOYED}?region=0127&jamfor=liknande"),
    ("sysselsatta i kommungruppen", "0127", f"{EMPLOYED}?region=0127&jamfor=skr"),
    ("sysselsatta södertörn", "", f"{EMPLOYED}?region=grupp-sodertorn"),
    ("sysselsatta fittja", "", f"{EMPLOYED}?region=stadsdel-fittja"),
    ("arbetslösa i området fittja", "", "/indikator/area_unemployed_share?region=stadsdel-fittja"),
    ("arbetslöshet huddinge 2010–2020", "",
     "/indikator/open_unemployment?region=0126&ar=2010-2020"),
    ("arbetslösa september 2024 botkyrka", "",
     "/indikator/unemployment_bas_monthly?region=0127&ar=2024M09"),
    ("karta trångboddhet", "", "/indikator/overcrowding?vy=karta"),
    ("karta sysselsatta 2015", "", f"{EMPLOYED}?ar=2015&vy=karta"),
    ("sysselsatta kommunerna i stockholms län", "", f"{EMPLOYED}?region=01&vy=jamfor"),
    ("sysselsatta alla län", "", f"{EMPLOYED}?vy=jamfor&niva=lan"),
    ("skillnad sysselsatta inrikes och utrikes födda botkyrka", "",
     f"{EMPLOYED}?region=0127&vy=skillnader"),
    ("tabell sysselsatta botkyrka", "", f"{EMPLOYED}?region=0127&vy=tabell"),
    ("behörighet gymnasiet utrikes födda malmö", "",
     "/indikator/upper_secondary_eligibility?region=1280&bakgrund=SAMUTF"),
    ("betyg botkyrka", "", "/indikator/upper_secondary_eligibility?region=0127"),
    ("högskolebehörighet uppsala", "", "/indikator/higher_education_eligibility?region=0380"),
    ("lön", "", "/indikator/low_income_share"),
    ("medianinkomst solna", "", "/indikator/median_income?region=0184"),
    ("flykting", "", f"{EMPLOYED}?bakgrund=010"),
    ("utrikesfödda", "", "/indikator/foreign_born_share"),
    ("andel utrikes fodda botkyrka", "", "/indikator/foreign_born_share?region=0127"),
    ("utländsk bakgrund botkyrka", "", "/indikator/foreign_background_share?region=0127"),
    ("folkmängd gotland", "", "/indikator/population?region=0980"),
    ("befolkning", "", "/indikator/population"),
    ("valdeltagande 2018 stockholm", "", "/indikator/turnout_municipal?region=0180&ar=2018"),
    ("segregation", "", "/indikator/residential_dissimilarity"),
    ("försörjningsstöd", "", "/indikator/only_social_assistance_share"),
    ("ohälsotal kvinnor botkyrka", "", "/indikator/sick_days?region=0127&kon=2"),
    ("unga", "", "/?samling=unga"),
    ("Region Stockholm", "", "/?region=01"),
    ("Västra Götalandsregionen", "", "/?region=14"),
    ("Sthlm", "", "/?region=0180"),
    ("sodertalje", "", "/?region=0181"),
    ("habo", "", "/?region=0643"),
    ("håbo", "", "/?region=0305"),
    ("upplands väsby", "", "/?region=0114"),
    ("malung", "", "/?region=2023"),
    ("alby", "", "/?region=stadsdel-alby"),
    ("storstäder", "", "/?region=skr-A1"),
    ("länet", "0127", "/?region=01"),
    ("sverige", "0127", "/"),
    ("områden botkyrka", "", "/omraden?region=0127"),
    ("underlag", "0127", "/briefing?region=0127"),
    ("rapporten 2010", "", "/rapport-2010"),
    ("tillgänglighet", "", "/om/tillganglighet"),
    ("arbetsmarknad nacka", "", "/jamfor?region=0182&tema=labour_market"),
    ("sysselsata botkyrkka", "", f"{EMPLOYED}?region=0127"),
)  # fmt: skip
ENGLISH = (
    ("employed foreign-born women botkyrka against the county",
     f"{EMPLOYED}?region=0127&jamfor=01&bakgrund=SAMUTF&kon=2&lang=en"),
    ("unemployment in gothenburg since 2015",
     "/indikator/open_unemployment?region=1480&ar=2015-2024&lang=en"),
    ("grades", "/indikator/upper_secondary_eligibility?lang=en"),
    ("map overcrowding", "/indikator/overcrowding?vy=karta&lang=en"),
)  # fmt: skip
SAYS_MISSING = ("finns inte", "Okän", "har inte")  # of the notices about a link


def offered(
    shipped_client: FlaskClient, question: str, region: str = "", lang: str = "sv"
) -> list[str]:
    """The addresses that the box offers, first the first."""
    at = f"&region={region}" if region else ""
    answer = shipped_client.get(f"/fraga.json?lang={lang}{at}&sok={quote(question)}")
    assert answer.status_code == 200
    found: list[dict[str, str]] = answer.get_json()["options"]
    return [option["href"] for option in found]


def notices(shipped_client: FlaskClient, address: str) -> str:
    """What the page of an address says about its link."""
    path, mark, query = address.partition("?")
    page = shown(shipped_client, path, mark + query)
    boxes = (one for one in components(page) if one["props"].get("className") == "notices")
    return " ".join(map(text, boxes))


@pytest.mark.parametrize(("question", "region", "wanted"), QUESTIONS)
def test_the_first_answer_is_what_was_asked_for_and_its_page_is_whole(
    shipped_client: FlaskClient, question: str, region: str, wanted: str
) -> None:
    """The address that a planner means comes first, answers 200, and its page misses nothing."""
    first = offered(shipped_client, question, region)[0]

    assert first == wanted
    assert shipped_client.get(first).status_code == 200
    assert not [word for word in SAYS_MISSING if word in notices(shipped_client, first)]


@pytest.mark.parametrize(("question", "wanted"), ENGLISH)
def test_english_asks_and_is_answered_in_english(
    shipped_client: FlaskClient, question: str, wanted: str
) -> None:
    """The same words of the catalogue in its other language."""
    assert offered(shipped_client, question, lang="en")[0] == wanted
    assert shipped_client.get(wanted).status_code == 200


@pytest.mark.parametrize("question", [question for question, _, _ in QUESTIONS[::6]])
def test_every_answer_that_is_offered_leads_to_a_whole_page(
    shipped_client: FlaskClient, question: str
) -> None:
    """Not only the first one: what cannot be had was left out of the address and said."""
    for address in offered(shipped_client, question):
        assert shipped_client.get(address).status_code == 200
        said = notices(shipped_client, address)
        assert not [word for word in SAYS_MISSING if word in said], (address, said)


def test_the_page_of_answers_says_the_same_as_the_box(shipped_client: FlaskClient) -> None:
    """Who presses Enter before the box has answered gets its answers as links."""
    question = "flykting sysselsatta botkyrka"
    page = shown(shipped_client, "/fraga", f"?sok={quote(question)}")
    listed = next(one for one in components(page) if one["props"].get("className") == "answers")
    links = [one["props"]["href"] for one in components(listed) if one["type"] == "Link"]

    assert links == offered(shipped_client, question)
    assert "gruppen finns inte i källan i Botkyrka" in text(page)
    assert shipped_client.get(f"/fraga?sok={quote(question)}").status_code == 200
    assert "sysselsatta utrikes födda kvinnor" in text(shown(shipped_client, "/fraga"))
