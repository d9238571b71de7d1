"""Whoever watches the panel sees every answer, of all workers, and of no reader who he is."""

import json
import logging
import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

import psutil
import pytest
import yaml
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from dashboard.data.context import opened
from dashboard.data.settings import settings
from dashboard.server.app import create_app
from dashboard.server.watching import METRICS_PATH
from tests.attacks import slowness
from tests.attacks.printing import ended
from tests.dashboard.warehouse import CATALOGUE, FIRST, publish
from tests.source import ROOT

PAGE = "/om"
PRINTED = "panel_chromium_prints_total"
FILE = "/ladda-ner/employment_rate.csv?omfang=allt"
Told = Mapping[tuple[str, frozenset[tuple[str, str]]], float]


def told(text: str) -> Told:
    """The samples of an exposition, as a program of Prometheus reads them."""
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def answers(found: Told, **labels: str) -> float:
    """How many answers there were with some labels."""
    return sum(
        value
        for (name, given), value in found.items()
        if name == "panel_answers_total" and labels.items() <= dict(given).items()
    )


@pytest.fixture
def client(data: Path, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A panel with a folder for what it keeps."""
    chosen = settings(cache=str(tmp_path_factory.mktemp("cache")))
    made: FlaskClient = create_app(opened(data, CATALOGUE, settings=chosen)).server.test_client()
    return made


def scraped(client: FlaskClient) -> Told:
    """What one is told now."""
    return told(client.get(METRICS_PATH).text)


def test_every_answer_is_counted_by_kind_and_status(client: FlaskClient) -> None:
    """Pages, files, the API, health; also what is not there, and what is refused."""
    asked = {"/": "page", PAGE: "page", FILE: "file", "/health": "health",
             "/api/v1/regions": "api", "/panel.css": "asset", "/nothing": "page",
             "/healthy": "page", "/metrics2": "page", "/briefing.pdfs": "page",
             "/api/v1/observations?format=csv": "file"}  # fmt: skip
    statuses = {path: client.get(path).status_code for path in asked}
    found = scraped(client)

    for path, kind in asked.items():
        assert answers(found, kind=kind, status=f"{statuses[path]}") >= 1, path
    assert answers(found) == len(asked)
    assert found["panel_answer_seconds_count", frozenset({("kind", "page")})] == 6
    assert statuses["/nothing"] == 404


def test_a_briefing_that_is_only_asked_about_is_not_counted_as_printed(client: FlaskClient) -> None:
    """HEAD prints nothing; it is counted as an answer."""
    client.application.extensions["printer"]._named = sys.executable  # starts, and prints nothing
    assert client.head("/briefing.pdf?region=0127").status_code == 200
    found = scraped(client)

    assert answers(found, kind="file", status="200") == answers(found) == 1
    assert not sum(value for (name, _), value in found.items() if name == PRINTED)


def test_who_has_gone_is_not_counted_as_refused(client: FlaskClient) -> None:
    """Readers who leave are no reason to start more replicas."""
    client.get(PAGE, environ_overrides={"waitress.client_disconnected": lambda: True})
    found = scraped(client)

    assert answers(found, kind="page", status="503") == 0
    assert answers(found, kind="page", status="499") == 1


def test_an_answer_says_where_it_came_from(client: FlaskClient, data: Path) -> None:
    """Made, then from memory; after a restart from disk."""
    client.get(PAGE)
    client.get(PAGE)
    found = scraped(client)

    assert answers(found, kind="page", source="made") == 1
    assert answers(found, kind="page", source="memory") == 1


def test_what_is_published_is_told_as_it_is_now(client: FlaskClient, data: Path) -> None:
    """The version, also after a new one; how old the data are; no source is amiss."""
    before = scraped(client)
    publish(data, version="20261201T081500Z-2b3c4d5e")
    after = scraped(client)

    assert before["panel_version_info", frozenset({("version", FIRST)})] == 1
    assert after["panel_version_info", frozenset({("version", "20261201T081500Z-2b3c4d5e")})] == 1
    assert after["panel_sources_amiss", frozenset({("state", "stale")})] >= 0
    assert after["panel_data_age_seconds", frozenset()] > 0


def test_without_data_it_is_told_that_there_are_none(tmp_path: Path) -> None:
    """Not an error, and never the age of nothing."""
    client = create_app(opened(tmp_path, CATALOGUE)).server.test_client()
    found = scraped(client)

    assert found["panel_version_info", frozenset({("version", "")})] == 0
    assert not [name for name, _ in found if name == "panel_data_age_seconds"]


def test_a_reader_invents_no_series_of_his_own(client: FlaskClient) -> None:
    """A thousand addresses, methods or statuses are no thousand series: memory does not grow."""
    for number in range(5):
        client.get(f"/{number}?region={number}")
        client.get(f"/api/v1/{number}")
        client.get(f"/ladda-ner/{number}.csv")
        client.open(f"/{number}", method=f"M{number}")
    one = {given for name, given in scraped(client) if name == "panel_answers_total"}
    for number in range(5, 10):
        client.get(f"/{number}?region={number}")
        client.get(f"/api/v1/{number}")
        client.get(f"/ladda-ner/{number}.csv")
        client.open(f"/{number}", method=f"M{number}")
    two = {given for name, given in scraped(client) if name == "panel_answers_total"}

    assert {given for given in two - one if dict(given)["kind"] != "metrics"} == set()


def test_a_line_of_each_answer_names_its_request_and_version(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    """The name of the server before the panel, else one of its own, which the reader gets, too."""
    with caplog.at_level(logging.INFO, "integrationspanelen.answers"):
        given = client.get("/om?lang=en", headers={"X-Request-ID": "abc-123"})
        own = client.get("/health")
    first, second = (json.loads(record.message) for record in caplog.records)

    assert first["request_id"] == given.headers["X-Request-ID"] == "abc-123"
    assert second["request_id"] == own.headers["X-Request-ID"]
    assert re.fullmatch(r"[0-9a-f]{32}", second["request_id"])
    assert (first["version"], first["status"], first["kind"]) == (FIRST, 200, "page")
    assert (first["path"], first["query"], first["source"]) == ("/om", "lang=en", "made")


@pytest.mark.parametrize("name", ["a b", "x" * 65, "a\x7f", '"}', "é", ""])
def test_a_name_that_is_none_is_not_passed_on(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    """Nobody writes lines or headers of his own."""
    with caplog.at_level(logging.INFO, "integrationspanelen.answers"):
        answer = client.get("/health", headers={"X-Request-ID": name})

    assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["X-Request-ID"])
    assert json.loads(caplog.records[-1].message)["request_id"] == answer.headers["X-Request-ID"]


def test_no_line_says_who_asked(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    """Neither his address nor his program."""
    with caplog.at_level(logging.INFO, "integrationspanelen.answers"):
        client.get("/", environ_base={"REMOTE_ADDR": "198.51.100.7"},
                   headers={"User-Agent": "Nosy/1", "X-Forwarded-For": "203.0.113.9"})  # fmt: skip

    assert not re.search(r"198\.51|203\.0|Nosy", caplog.text)


@pytest.mark.slow
def test_all_workers_are_counted_together_also_those_that_have_ended(data: Path) -> None:
    """Whichever worker is asked; what was counted stays when one is killed."""
    with slowness.gunicorn(data) as port:
        for _ in range(20):
            slowness.asked(port, "/panel.css")
        counted = answers(told(slowness.asked(port, METRICS_PATH)[2].decode()), kind="asset")
        children = subprocess.run(
            ["pgrep", "-f", "--", f"--bind 127.0.0.1:{port}"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        worker = max(map(int, children))
        subprocess.run(["kill", "-9", f"{worker}"], check=True)
        for _ in range(5):
            slowness.asked(port, "/panel.css")
        after = answers(told(slowness.asked(port, METRICS_PATH)[2].decode()), kind="asset")

    assert counted == 20
    assert after == 25


@pytest.mark.slow
def test_a_folder_of_counts_that_somebody_named_stays(data: Path, tmp_path: Path) -> None:
    """Only a folder that the panel has made itself is removed at its end, and no other is made."""
    named, others = tmp_path / "named", tmp_path / "others"
    named.mkdir()
    others.mkdir()
    given = {"PROMETHEUS_MULTIPROC_DIR": str(named), "TMPDIR": str(others)}
    with slowness.gunicorn(data, "--workers", "1", **given) as port:
        assert slowness.asked(port, METRICS_PATH)[0] == 200

    assert any(named.iterdir())
    assert not any(others.iterdir())


@pytest.mark.slow
def test_a_panel_that_takes_over_from_another_keeps_counting(data: Path, tmp_path: Path) -> None:
    """After a reload too, and when the other has ended; no folder is left behind by either."""
    folders, file = tmp_path / "folders", tmp_path / "pid"
    folders.mkdir()
    options = ("--workers", "1", "--pid", str(file))
    with slowness.gunicorn(data, *options, TMPDIR=str(folders)) as port:
        old = int(file.read_text())
        first = workers(old)
        os.kill(old, signal.SIGHUP)
        slowness.until(lambda: bool(workers(old)) and not workers(old) & first)
        assert len(list(folders.iterdir())) == 1
        os.kill(old, signal.SIGUSR2)
        successor = tmp_path / "pid.2"
        slowness.until(successor.exists)
        new = int(successor.read_text())
        slowness.until(lambda: bool(workers(new)))
        os.kill(old, signal.SIGTERM)
        slowness.until(partial(ended, psutil.Process(old)))
        taken_over = psutil.Process(new)
        try:
            assert slowness.asked(port, "/om")[0] == 200
            assert slowness.asked(port, METRICS_PATH)[0] == 200
        finally:
            taken_over.terminate()
            slowness.until(partial(ended, taken_over))
        assert not any(folders.iterdir())


def workers(master: int) -> set[int]:
    """The processes that a master of gunicorn has, without one that takes over."""
    found = set()
    for one in psutil.Process(master).children():
        with suppress(psutil.NoSuchProcess):
            found |= set() if one.children() else {one.pid}
    return found


def test_every_alert_asks_for_what_is_told(client: FlaskClient) -> None:
    """A rule over a series that is not there would never fire."""
    rules = yaml.safe_load((ROOT / "deploy" / "alerts.yaml").read_text(encoding="utf-8"))
    client.get("/")
    told_names = {name for name, _ in scraped(client)} | set(
        re.findall(r"# TYPE (\S+)", client.get(METRICS_PATH).text)
    )
    listed = [rule for group in rules["groups"] for rule in group["rules"]]

    assert listed
    for rule in listed:
        names = set(re.findall(r"panel_\w+", rule["expr"]))
        assert names, rule
        assert names <= told_names | {f"{name}_total" for name in told_names} | {
            f"{name}_bucket" for name in told_names
        }, rule
        assert rule["annotations"]["summary"]
