from flask.testing import FlaskClient

from tests.dashboard.rendered import found, shown, text
from tests.dashboard.warehouse import FIRST


def test_a_briefing_states_its_figures_and_their_limits(client: FlaskClient) -> None:
    """Botkyrka 2024: 70,7, 10,0 below its county; what the measure does not show stands along."""
    page = shown(client, "/briefing", "?region=0127")
    words = text(page)

    assert "Sysselsatta: 70,7 procent 2024, 10,0 procentenheter lägre än i Stockholms län" in [
        text(one) for one in found(page, "H2")
    ]
    assert "Vad måtten inte visar" in words
    assert "Hur mycket någon arbetar." in words
    assert words.count("Måttet visar utfall.") == 1


def test_a_region_without_a_figure_is_told_so_and_not_left_out(client: FlaskClient) -> None:
    """An indicator that nobody has figures of keeps its chapter, without a number."""
    page = shown(client, "/briefing", "?region=0140&indikatorer=open_unemployment")

    assert "Indikatorn saknar data" in text(found(page, "H2")[2])
    assert not found(page, "Graph")


def test_both_links_lead_back_and_one_of_them_stays_as_it_is(client: FlaskClient) -> None:
    """The rolling link has no version; the fixed one pins version and years."""
    page = shown(client, "/briefing", "?region=0127&indikatorer=employment_rate")
    to = {text(one): one["props"]["href"] for one in found(page, "Link")}

    assert to["Länk som följer senaste året"] == (
        "/briefing?region=0127&indikatorer=employment_rate"
    )
    assert to["Låst länk"] == (
        f"/briefing?region=0127&ar=2003-2024&indikatorer=employment_rate&version={FIRST}"
    )


def test_a_number_shares_its_axis_with_its_like_only(client: FlaskClient) -> None:
    """Botkyrka's net migration beside Huddinge's, never flat below the county's; a share is."""
    search = "?region=0127&jamfor=01,0126&indikatorer=net_migration,employment_rate"
    page = shown(client, "/briefing", search)
    number, share = (
        {trace["name"] for trace in one["props"]["figure"]["data"] if trace["name"]}
        for one in found(page, "Graph")[:2]
    )

    assert number == {"Botkyrka", "Huddinge"}
    assert share == {"Botkyrka", "Huddinge", "Stockholms län"}
    assert "Jämfört med Stockholms län och Huddinge" in text(page)
    assert text(page).count("Antal jämförs bara med regioner av samma slag.") == 1


def test_a_briefing_of_numbers_is_beside_nobody_that_it_does_not_show(client: FlaskClient) -> None:
    """What stands under the title is true of the charts."""
    page = shown(client, "/briefing", "?region=0127&indikatorer=net_migration")

    assert "Jämfört med" not in text(page)


def test_every_chart_has_its_words(client: FlaskClient) -> None:
    """Whoever hears the page gets what the pictures say."""
    page = shown(client, "/briefing", "?region=0127")
    images = [one for one in found(page, "Div") if one["props"].get("role") == "img"]

    assert images
    assert all("År 2024 var" in one["props"]["aria-label"] for one in images)


def test_more_than_fits_is_said(client: FlaskClient) -> None:
    """Unknown collections and indicators cost that part only."""
    words = text(shown(client, "/briefing", "?region=0127&samling=x&indikatorer=nej"))

    assert "Okänt värde i länken: samling=”x”" in words
    assert "Det finns ingen indikator som heter ”nej”." in words
    assert "Nyckeltal" in words


def test_large_type_is_one_choice_away(client: FlaskClient) -> None:
    """In a meeting the page is read from across the room."""
    page = shown(client, "/briefing", "?region=0127&text=stor")

    assert "briefing large" in {one["props"].get("className") for one in found(page, "Div")}
    assert "Vanlig text" in text(page)


def test_a_briefing_of_some_years_ends_with_them(client: FlaskClient) -> None:
    """Statement, sentences and charts are of the same period."""
    page = shown(client, "/briefing", "?region=0127&indikatorer=employment_rate&ar=2013-2018")
    headings = [text(one) for one in (*found(page, "H2"), *found(page, "H3"))]

    assert any(one.startswith("Sysselsatta: ") and "2018" in one for one in headings)
    assert "2024" not in " ".join(headings)


def test_every_line_of_a_small_chart_has_its_name_beside_it(client: FlaskClient) -> None:
    """Colour alone tells nobody which line is whose; a symbol for missing is explained."""
    page = shown(client, "/briefing", "?region=0127&indikatorer=employment_rate")
    keys = [text(one) for one in found(page, "P") if one["props"].get("className") == "key"]

    assert keys[0] == "Botkyrka Stockholms län Riket .. Inte publicerad"
    assert keys[1:] == ["Födda i Sverige Utrikes födda"]


def test_a_statement_is_set_beside_whom_the_reader_chose(client: FlaskClient) -> None:
    """Botkyrka 70,7 against Huddinge's 76,7: 6,0 lower; with nobody beside it the figure alone."""
    asked = "?region=0127&indikatorer=employment_rate&jamfor="
    beside, alone = (
        [text(one) for one in found(shown(client, "/briefing", asked + who), "H2")]
        for who in ("0126", "")
    )

    assert "Sysselsatta: 70,7 procent 2024, 6,0 procentenheter lägre än i Huddinge" in beside
    assert "Sysselsatta: 70,7 procent 2024" in alone


def test_the_figures_of_all_charts_are_asked_for_in_one_question(
    client: FlaskClient, queries_asked: list[str]
) -> None:
    """However many indicators and charts a briefing has."""
    search = "?region=0127&indikatorer=employment_rate,net_migration,open_unemployment"
    shown(client, "/briefing", search.replace("0127", "0126"))  # what belongs to every briefing
    queries_asked.clear()
    page = shown(client, "/briefing", search)

    assert len(found(page, "Graph")) == 3
    assert len([sql for sql in queries_asked if "FROM observation" in sql]) == 1
