"""What a reader of the panel is told of an outage, of an answer that waits, and of a roll-back."""

from collections.abc import Iterator

import numpy as np
import pytest
from flask.testing import FlaskClient

from dashboard.data.context import opened
from dashboard.server.app import create_app
from etl.catalogue.pointer import KEEPING
from tests.attacks.figures import CATALOGUE, Source, people
from tests.dashboard.rendered import shown, text

pytestmark = pytest.mark.slow  # whole runs of the pipeline


@pytest.fixture
def client(panel: Source) -> Iterator[FlaskClient]:
    """A panel over it, which has answered once before anything happens."""
    context = opened(panel.data, CATALOGUE)
    found = create_app(context).server.test_client()
    for search in ("", "?lang=en"):
        shown(found, "/data", search)
    found.get("/api/v1/freshness")
    found.get("/api/v1/indicators")
    yield found
    context.warehouses.close()


def data_page(client: FlaskClient, search: str = "") -> str:
    """The words of `/data`."""
    return text(shown(client, "/data", search))


def test_an_outage_is_told_though_the_version_is_the_same(
    panel: Source, client: FlaskClient
) -> None:
    """A panel that runs tells of it at the next look, and of the recovery."""
    version = panel.version
    assert "Kunde inte uppdateras den" not in data_page(client)

    panel.etl("run", "--api", f"{panel.server.url}/nothing")

    assert "Kunde inte uppdateras den" in data_page(client)
    assert "Could not be updated on" in data_page(client, "?lang=en")
    answer = client.get("/api/v1/freshness").get_json()
    assert (answer["status"], answer["version"]) == ("stale", version)
    assert {table["table"] for table in answer["problems"]} == {"TAB101", "TAB102"}
    assert all(one["stale"] for one in client.get("/api/v1/indicators").get_json()["data"])

    panel.run()
    assert "Kunde inte uppdateras den" not in data_page(client)
    assert client.get("/api/v1/freshness").get_json()["status"] == "ok"
    assert not any(one["stale"] for one in client.get("/api/v1/indicators").get_json()["data"])


def test_what_clients_keep_of_indicators_is_not_good_after_an_outage(
    panel: Source, client: FlaskClient
) -> None:
    """The mark of an answer changes with what it tells, also within a version."""
    tag = client.get("/api/v1/indicators").headers["ETag"]
    same = client.get("/api/v1/indicators", headers={"If-None-Match": tag})
    assert same.status_code == 304
    panel.etl("run", "--api", f"{panel.server.url}/nothing")

    asked = client.get("/api/v1/indicators", headers={"If-None-Match": tag})
    assert asked.status_code == 200


def test_an_answer_that_waits_is_told_on_the_page_of_data(
    panel: Source, client: FlaskClient
) -> None:
    """In both languages, of those indicators only, and that the earlier figures are shown."""
    panel.answers(np.zeros_like(people()))
    panel.run()

    swedish, english = data_page(client), data_page(client, "?lang=en")
    assert swedish.count("Nyare uppgifter väntar sedan den") == 2
    assert english.count("Newer figures have been waiting since") == 2
    assert "Väntar på granskning" in swedish
    assert "Kunde inte uppdateras den" not in swedish
    problems = client.get("/api/v1/freshness").get_json()["problems"]
    assert {one["indicator"] for one in problems} == {"working_share", "working"}
    assert all(one["reason"].startswith("held back: ") for one in problems)


def test_a_held_version_is_told_with_the_persons_reason(panel: Source, client: FlaskClient) -> None:
    """Text as it was written, never as HTML; gone when the version is released."""
    reason = "Fel i SCB:s <b>tabell</b> & länk"
    panel.etl("use", panel.version, "--hold", reason)

    assert f"visas version {panel.version}, även om det kommer nyare uppgifter: {reason}" in (
        data_page(client)
    )
    assert f"version {panel.version} is shown, even if there are newer figures: {reason}" in (
        data_page(client, "?lang=en")
    )
    panel.etl("use", "--release")
    assert reason not in data_page(client)


def test_a_link_to_a_version_that_is_gone_says_what_is_kept(client: FlaskClient) -> None:
    """410 in words: how many, for how long; the API says the same."""
    gone = "version=20250101T000000Z-00000000"
    page = client.get(f"/?{gone}")
    assert page.status_code == 410
    words = text(shown(client, "/", f"?{gone}"))
    assert f"{KEEPING.newest} senaste versionerna med olika siffror" in words
    assert f"i {KEEPING.days} dagar" in words
    answer = client.get(f"/api/v1/indicators?{gone}")
    assert answer.status_code == 410
    assert f"one a month for {KEEPING.days} days" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "path",
    ["/ladda-ner/working.csv", "/briefing.pdf", "/briefing.pptx", "/ladda-ner/katalogen.csv"],
)
def test_a_file_of_a_version_that_is_gone_says_what_is_kept(client: FlaskClient, path: str) -> None:
    """In the same words as a page, in both languages, and how to come to the latest."""
    gone = "version=20250101T000000Z-00000000"
    answer = client.get(f"{path}?{gone}")
    assert answer.status_code == 410
    assert f"i {KEEPING.days} dagar" in answer.text
    assert "Utan version i länken" in answer.text
    english = client.get(f"{path}?{gone}&lang=en").text
    assert f"one a month for {KEEPING.days} days" in english


def test_a_damaged_word_of_how_it_stands_leaves_the_figures_readable(
    panel: Source, client: FlaskClient
) -> None:
    """The panel shows the version as it was published."""
    panel.etl("run", "--api", f"{panel.server.url}/nothing")
    (panel.data / "status.json").write_bytes(b"\xff{")

    assert panel.version in data_page(client)
    assert client.get("/api/v1/freshness").status_code == 200
