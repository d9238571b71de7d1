"""What the stand-in answers, over a real socket, on a table that can be checked by hand."""

from typing import Any

import httpx
import pytest

from tests.pxweb_server import Server
from tests.pxweb_server.small import small_pack

MISSING = "Missing selection for mandantory variable"
NO_VALUE = "Non-existent value"
ONE_CELL = {"ContentsCode": ["N"], "Tid": ["2021"]}
ALL_YEARS = {"ContentsCode": ["N"], "Tid": ["*"]}


def posted(client: httpx.Client, **values: list[str]) -> httpx.Response:
    """Data by POST for the value codes given per variable."""
    selection = [{"variableCode": code, "valueCodes": asked} for code, asked in values.items()]
    return client.post("/tables/TAB1/data", params={"lang": "sv"}, json={"selection": selection})


def grouped(client: httpx.Client, codelist: str, **values: list[str]) -> dict[str, Any]:
    """Data by POST with a codelist on Region."""
    selection = [
        {
            "variableCode": code,
            "valueCodes": asked,
            "codelist": codelist if code == "Region" else None,
        }
        for code, asked in values.items()
    ]
    answer = client.post("/tables/TAB1/data", json={"selection": selection})
    assert answer.status_code == 200, answer.text
    document: dict[str, Any] = answer.json()
    return document


def test_a_cell_is_the_one_at_its_codes(client: httpx.Client) -> None:
    """One code per variable gives that cell and no other."""
    document = posted(client, Region=["0180"], Kon=["2"], ContentsCode=["A"], Tid=["2023"]).json()
    assert document["value"] == [58.0]
    assert document["size"] == [1, 1, 1, 1]
    assert "status" not in document


def test_values_are_dense_and_statuses_sparse(client: httpx.Client) -> None:
    """Missing cells are null with their own symbol, at positions counted row by row."""
    document = posted(client, Region=["0184"], Kon=["1"], ContentsCode=["*"], Tid=["*"]).json()
    assert document["value"] == [4, None, None, 0.2, None, None]
    assert document["status"] == {"1": "..", "2": "-", "4": ".", "5": "."}


def test_a_status_may_stand_beside_a_value(client: httpx.Client) -> None:
    """A mark does not make a value missing."""
    document = posted(client, Region=["0184"], Kon=["2"], ContentsCode=["N"], Tid=["2022"]).json()
    assert document["value"] == [7]
    assert document["status"] == {"0": "e"}


def test_an_eliminated_variable_gives_its_total_value(client: httpx.Client) -> None:
    """Region left out, or asked for with nothing, is the value named for elimination."""
    left_out = posted(client, Kon=["1"], **ONE_CELL).json()
    nothing = posted(client, Region=[], Kon=["1"], **ONE_CELL).json()
    assert left_out == nothing
    assert left_out["id"] == ["Kon", "ContentsCode", "Tid"]
    assert left_out["value"] == [500]


def test_an_eliminated_variable_without_a_total_is_summed(client: httpx.Client) -> None:
    """Men and women are added; a missing part makes the sum missing, `-` adds nothing."""
    document = posted(client, Region=["0184"], ContentsCode=["N"], Tid=["*"]).json()
    assert document["value"] == [10, None, 8]
    assert document["status"] == {"1": ".."}


def test_an_aggregation_sums_its_members(client: httpx.Client) -> None:
    """40 + 4 = 44; with a suppressed member the sum is suppressed; 42 and nothing is 42."""
    document = grouped(client, "agg_Storområde", Region=["CITY"], Kon=["1", "2"], **ALL_YEARS)
    assert document["value"] == [44, None, 42, 44, 46, 48]
    assert document["status"] == {"1": ".."}
    assert document["dimension"]["Region"]["category"]["label"] == {"CITY": "Stockholm och Solna"}


def test_decimals_are_summed_without_binary_noise(client: httpx.Client) -> None:
    """60.1 + 0.2 is 60.3."""
    values = {"Region": ["CITY"], "Kon": ["1"], "ContentsCode": ["A"], "Tid": ["2021"]}
    assert grouped(client, "agg_Storområde", **values)["value"] == [60.3]


def test_a_value_set_offers_only_its_own_values(client: httpx.Client) -> None:
    """All of a value set is its values that the table has; other codes do not exist under it."""
    document = grouped(client, "vs_Kommun", Region=["*"], Kon=["2"], **ONE_CELL)
    assert list(document["dimension"]["Region"]["category"]["index"]) == ["0180", "0184"]
    assert document["value"] == [38, 6]
    selection = [
        {"variableCode": "Region", "codelist": "vs_Kommun", "valueCodes": ["00"]},
        {"variableCode": "ContentsCode", "valueCodes": ["N"]},
        {"variableCode": "Tid", "valueCodes": ["2021"]},
    ]
    refused = client.post("/tables/TAB1/data", json={"selection": selection})
    assert (refused.status_code, refused.json()["title"]) == (400, NO_VALUE)


def test_a_codelist_without_elimination_makes_its_variable_mandatory(client: httpx.Client) -> None:
    """Under a value set that cannot be eliminated, a match of nothing is refused."""
    selection = [
        {"variableCode": "Region", "codelist": "vs_Kommun", "valueCodes": ["X*"]},
        {"variableCode": "ContentsCode", "valueCodes": ["N"]},
        {"variableCode": "Tid", "valueCodes": ["2021"]},
    ]
    refused = client.post("/tables/TAB1/data", json={"selection": selection})
    assert (refused.status_code, refused.json()["title"]) == (400, MISSING)


def test_metadata_may_be_asked_for_under_a_codelist(client: httpx.Client) -> None:
    """The variable then has the codelist's values, and the table that size."""
    document = client.get("/tables/TAB1/metadata?codelist[Region]=agg_Storområde").json()
    assert document["size"] == [2, 2, 2, 3]
    assert list(document["dimension"]["Region"]["category"]["index"]) == ["CITY", "LAN"]
    assert document["value"] == []


def test_a_match_of_nothing_eliminates(client: httpx.Client) -> None:
    """A wildcard without a match on an eliminable variable silently asks for another table."""
    document = posted(client, Region=["X*"], Kon=["1"], **ONE_CELL).json()
    assert document["id"] == ["Kon", "ContentsCode", "Tid"]


def test_values_come_in_the_order_of_the_question(client: httpx.Client) -> None:
    """A code asked for twice comes once; the variables keep the order of the table."""
    asked = posted(client, Region=["0184", "00", "0184"], Kon=["1"], **ONE_CELL).json()
    assert list(asked["dimension"]["Region"]["category"]["index"]) == ["0184", "00"]
    assert asked["value"] == [4, 500]
    assert asked["id"] == ["Region", "Kon", "ContentsCode", "Tid"]


def test_get_and_post_give_the_same_answer(client: httpx.Client) -> None:
    """Names in any case, `time` for the year, and bracketed expressions mean the same."""
    by_get = client.get(
        "/tables/TAB1/data?valuecodes[region]=01*&VALUECODES[KON]=1&valueCodes[contentscode]=n"
        "&valueCodes[time]=[RANGE(2023,2022)]&lang=sv&outputFormat=json-stat2"
    )
    by_post = posted(client, Region=["01*"], Kon=["1"], ContentsCode=["N"], Tid=["2022", "2023"])
    assert by_get.json() == by_post.json()
    assert by_get.json()["value"] == [110, 120, 41, 42, None, None]


def test_the_title_of_data_names_what_is_in_it(client: httpx.Client) -> None:
    """The title is rebuilt; one contents is not named, two are."""
    one = posted(client, Region=["00"], **ONE_CELL).json()
    two = posted(client, ContentsCode=["*"], Tid=["2021"]).json()
    assert one["label"] == "Folkmängd efter region och år"
    assert two["label"] == "Folkmängd efter tabellinnehåll och år"


def test_data_carry_what_belongs_to_the_chosen_codes(client: httpx.Client) -> None:
    """Units and reference times are cut to the codes; update time and notes are the table's."""
    document = posted(client, **ONE_CELL).json()
    contents = document["dimension"]["ContentsCode"]
    assert contents["category"]["unit"] == {"N": {"base": "antal", "decimals": 0}}
    assert contents["extension"]["refperiod"] == {"N": "31 december"}
    assert document["updated"] == "2024-02-22T07:00:00Z"
    assert document["note"] == ["Påhittade tal."]
    assert document["extension"]["discontinued"] is None


def test_elimination_in_an_answer_describes_the_answer(client: httpx.Client) -> None:
    """The value for elimination is named only where it was chosen: the table's is in /metadata."""
    total = posted(client, Region=["00", "01"], **ONE_CELL).json()["dimension"]["Region"]
    part = posted(client, Region=["01"], **ONE_CELL).json()["dimension"]["Region"]
    assert total["extension"] == {
        "elimination": True,
        "eliminationValueCode": "00",
        "show": "value",
    }
    assert part["extension"] == {"elimination": True, "show": "value"}


def test_asking_for_nothing_gives_the_default_selection(client: httpx.Client) -> None:
    """No selection at all is the small default, and /defaultselection says which."""
    default = client.get("/tables/TAB1/defaultselection").json()
    chosen = {part["variableCode"]: part["valueCodes"] for part in default["selection"]}
    answer = client.get("/tables/TAB1/data").json()
    assert answer == client.post("/tables/TAB1/data", json={"selection": []}).json()
    assert chosen == {
        "Region": [],
        "Kon": [],
        "ContentsCode": ["N", "A"],
        "Tid": ["2021", "2022", "2023"],
    }
    assert answer["size"] == [2, 3]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["TAB1"]),
        ("query=FOLKMÄNGD kön", ["TAB1"]),
        ("query=tab1", ["TAB1"]),
        ("query=be0101a", ["TAB1"]),
        ("query=befolkning skatt", []),
        ("includeDiscontinued=true", ["TAB1", "TAB2"]),
        ("pastDays=1", []),
        ("lang=en", []),
    ],
)
def test_search_finds_by_words(client: httpx.Client, query: str, found: list[str]) -> None:
    """All words count, in any case, in id, label, variables and paths; closed tables are hidden."""
    document = client.get(f"/tables?{query}").json()
    assert [table["id"] for table in document["tables"]] == found
    assert document["page"]["totalElements"] == len(found)


def test_pages_follow_one_another(client: httpx.Client, server: Server) -> None:
    """Following `next` visits every table once, and the last page has no next."""
    for number in range(3, 46):
        server.publish(small_pack(f"TAB{number}"))
    seen, address = [], f"{server.url}/tables?lang=sv"
    while address:
        document = client.get(address).json()
        seen += [table["id"] for table in document["tables"]]
        links = {link["rel"]: link["href"] for link in document["page"]["links"]}
        address = links.get("next", "")
    assert len(seen) == len(set(seen)) == 44
    assert document["page"]["totalPages"] == document["page"]["pageNumber"] == 3
    assert document["page"]["pageSize"] == 20


def test_a_codelist_is_found_by_its_percent_encoded_id(client: httpx.Client) -> None:
    """Ids hold å, ä and ö, in either of their two spellings."""
    for path in ("/codelists/agg_Storomr%C3%A5de", "/codeLists/agg_Storomra%CC%8Ade"):
        document = client.get(path).json()
        assert [value["code"] for value in document["values"]] == ["CITY", "LAN"]
