"""The examples of `deploy/`: in order, and every command that they give exists."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import typer
import yaml
from gunicorn.config import Config

from dashboard.api.answer import refusal
from dashboard.server.crowd import busy_page
from dashboard.text import term
from etl.cli import command_line
from tests.attacks.slowness import free_port
from tests.nginx import DEPLOY, NGINX, nginx
from tests.source import ROOT

UNITS = ("integrationspanelen.service", "integrationspanelen-data.service",
         "integrationspanelen-data.timer")  # fmt: skip
CRON = (DEPLOY / "integrationspanelen.cron").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
PLACE = "/srv/panel"
# SCB publishes at 08:00 Swedish time, and its API answers from memory for some minutes more.
PUBLISHED = time(8, 15)
BLOCKS = {"": {"events", "http"}, "http": {"map", "upstream", "server"}, "server": {"location"},
          "location": {"types"}}  # fmt: skip
DIRECTIVES = {
    "": {"worker_processes"},
    "events": {"worker_connections"},
    "http": {"server_tokens", "limit_req_zone", "limit_conn_zone", "limit_req_status",
             "limit_conn_status", "proxy_http_version", "proxy_set_header",
             "proxy_max_temp_file_size", "proxy_read_timeout", "proxy_connect_timeout"},
    "upstream": {"keepalive", "keepalive_timeout", "server", "zone"},
    "server": {"listen", "client_max_body_size", "limit_req", "limit_conn", "error_page"},
    "location": {"proxy_pass", "proxy_next_upstream", "limit_conn", "deny", "alias", "etag",
                 "add_header", "error_page", "internal", "root"},
}  # fmt: skip


def unit(name: str) -> dict[str, list[str]]:
    """The settings of a systemd unit, each with all its values."""
    found: dict[str, list[str]] = {}
    for line in (DEPLOY / name).read_text(encoding="utf-8").splitlines():
        if line and line[0] not in "#[":
            key, _, value = line.partition("=")
            found.setdefault(key, []).append(value)
    return found


def entry() -> tuple[list[str], str]:
    """The one line of the crontab: its five fields with the user, and its command."""
    (line,) = [one for one in CRON.splitlines() if one and one[0].isdigit()]
    *fields, command = line.split(maxsplit=6)
    return fields, command


def commands() -> Iterator[list[str]]:
    """Every command of the examples, as words, without the folder of its program."""
    _, scheduled = entry()
    said = re.search(r'"\$\((.+?) 2>&1\)"', scheduled)
    assert said, scheduled
    lines = [line for name in UNITS for line in unit(name).get("ExecStart", [])]
    words = [shlex.split(line) for line in (*lines, said[1])]
    words += [list(one["command"]) for one in COMPOSE["services"].values() if "command" in one]
    for program, *rest in words:
        yield [Path(program).name, *rest]


def test_the_units_are_units_of_systemd(tmp_path: Path) -> None:
    """Nothing is amiss in the eyes of systemd itself, where the panel is installed."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not here")
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    for program in ("python", "gunicorn"):
        (programs / program).symlink_to(sys.executable)
    for name in UNITS:
        text = (DEPLOY / name).read_text(encoding="utf-8").replace(PLACE, str(tmp_path))
        (tmp_path / name).write_text(text, encoding="utf-8")
    command = ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / one) for one in UNITS)]

    checked = subprocess.run(command, capture_output=True, text=True, check=False)

    own = [line for line in checked.stderr.splitlines() if "integrationspanelen" in line]
    assert own == []


def test_figures_are_fetched_after_scb_has_published() -> None:
    """Not before 08:15 in Sweden, by the timer in Swedish time and by the crontab's clock."""
    (when,) = unit("integrationspanelen-data.timer")["OnCalendar"]
    _, clock, zone = when.split()
    fields, _ = entry()

    assert zone == "Europe/Stockholm"
    assert time.fromisoformat(clock) >= PUBLISHED
    assert time(int(fields[1]), int(fields[0])) >= PUBLISHED


@pytest.mark.parametrize(("code", "mailed"), [(0, []), (3, ["etl run: exit code 3", "stale"])])
def test_the_crontab_speaks_only_when_something_is_amiss(
    tmp_path: Path, code: int, mailed: list[str]
) -> None:
    """What a job says is mailed: nothing after 0, the code and the run's words after another."""
    stand_in = tmp_path / ".venv" / "bin" / "python"
    stand_in.parent.mkdir(parents=True)
    stand_in.write_text(f"#!/bin/sh\necho stale\nexit {code}\n", encoding="utf-8")
    stand_in.chmod(0o755)
    fields, command = entry()
    assert fields[5] == "panel"
    assert "%" not in command, "cron reads % as the end of a line"

    ran = subprocess.run(
        ["sh", "-c", command.replace(PLACE, str(tmp_path))],
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert " ".join(ran.stdout.split()) == " ".join(mailed)


def test_every_command_of_the_pipeline_exists_with_its_options() -> None:
    """The command line understands what timer, crontab and compose ask of it."""
    asked = [words for words in commands() if words[0] == "python"]
    group = typer.main.get_command(command_line)

    assert len(asked) == 3
    for _, module, package, name, *options in asked:
        assert (module, package, name) == ("-m", "etl", "run")
        with group.make_context("etl", [name, *options]) as context:
            command = group.get_command(context, name)  # type: ignore[attr-defined]
            assert command.make_context(name, list(options)).params["data"]


def test_every_command_of_the_panel_names_the_server_that_there_is() -> None:
    """The module and its variable, and options that gunicorn understands."""
    asked = [words for words in commands() if words[0] == "gunicorn"]
    module, _, variable = "dashboard.wsgi:server".partition(":")

    assert len(asked) == 2
    assert f"\n{variable} = " in (ROOT / f"{module.replace('.', '/')}.py").read_text("utf-8")
    for words in asked:
        read = Config().parser().parse_args(words[1:])
        assert read.args == [f"{module}:{variable}"]
        assert read.config == "deploy/gunicorn.conf.py"


@pytest.mark.slow
def test_gunicorn_starts_as_the_unit_says(tmp_path: Path) -> None:
    """Its own check loads the application with exactly these options, also without figures."""
    (words, *_) = [words for words in commands() if words[0] == "gunicorn"]
    gunicorn = Path(sys.executable).with_name("gunicorn")

    subprocess.run(
        [gunicorn, *words[1:], "--check-config"], cwd=ROOT, check=True, capture_output=True,
        env={**os.environ, "INTEGRATION_DATA": str(tmp_path)},
    )  # fmt: skip


_ASKED_BY_THREADS = """
from concurrent.futures import ThreadPoolExecutor
import duckdb, psutil
shared = duckdb.connect()
shared.execute("SET threads = 1")
shared.execute("CREATE TABLE t AS SELECT i, i % 100 AS g, i % 50 AS s FROM range(200000) r(i)")
def ask():
    with shared.cursor() as cursor:
        ordered = "SELECT g, repeat('x', s) AS m FROM t ORDER BY ALL"
        cursor.execute(f"SELECT max(m) FROM ({ordered})").fetchall()
ask()
before = psutil.Process().memory_info().rss
threads = [ThreadPoolExecutor(1) for _ in range(32)]
for thread in threads:
    thread.submit(ask).result()
print(psutil.Process().memory_info().rss - before)
"""


def test_a_thread_that_has_asked_holds_no_memory_of_duckdb(tmp_path: Path) -> None:
    """Of a worker's 32 threads each held 1 to 3 MB, also when it asked nothing any more."""
    counts = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    config = (DEPLOY / "gunicorn.conf.py").read_text(encoding="utf-8")
    grown = [
        int(subprocess.run(
            [sys.executable, "-c", first + _ASKED_BY_THREADS],
            cwd=ROOT, check=True, capture_output=True, text=True, env=counts,
        ).stdout)
        for first in ("", config)
    ]  # fmt: skip

    assert grown[1] < grown[0] / 2
    pool = "import pyarrow; print(pyarrow.default_memory_pool().backend_name)"
    named = subprocess.run(
        [sys.executable, "-c", config + pool],
        cwd=ROOT, check=True, capture_output=True, text=True, env=counts,
    )  # fmt: skip
    assert named.stdout.strip() == "system"


def test_the_panel_reads_what_the_pipeline_writes_and_writes_nothing_there() -> None:
    """The figures: read-only for every replica, written by the data service alone."""
    web, data = COMPOSE["services"]["web"], COMPOSE["services"]["data"]
    (read, _), (written,) = web["volumes"], data["volumes"]

    assert read == f"{written}:ro"
    assert web["read_only"] is True
    folder = written.rpartition(":")[2]
    assert web["environment"]["INTEGRATION_DATA"] == folder == data["command"][-1]
    assert "ports" not in web, "replicas cannot share a port of the host"
    assert f"INTEGRATION_DATA={PLACE}/data" in unit(UNITS[0])["Environment"]
    assert "ReadWritePaths" not in unit(UNITS[0])
    assert unit(UNITS[1])["ReadWritePaths"] == [f"{PLACE}/data"]


def test_what_the_panel_keeps_lies_in_a_folder_of_its_own() -> None:
    """One for all replicas, which the user of the image and of the unit may write in."""
    web = COMPOSE["services"]["web"]
    folder = web["environment"]["INTEGRATION_CACHE"]
    (mounted,) = [one for one in web["volumes"] if one.endswith(f":{folder}")]

    assert mounted.partition(":")[0] in COMPOSE["volumes"]
    assert not folder.startswith(web["environment"]["INTEGRATION_DATA"])
    assert f"install --directory --owner 1000 {folder}\n" in DOCKERFILE
    assert "USER 1000\n" in DOCKERFILE
    (name,) = unit(UNITS[0])["CacheDirectory"]
    assert f"INTEGRATION_CACHE=/var/cache/{name}" in unit(UNITS[0])["Environment"]


def test_every_setting_of_the_examples_is_one_that_the_panel_reads() -> None:
    """A misspelt variable would be passed over in silence."""
    read = (ROOT / "dashboard" / "wsgi.py").read_text(encoding="utf-8")
    texts = "".join(path.read_text(encoding="utf-8") for path in DEPLOY.iterdir())
    given = set(re.findall(r"INTEGRATION_\w+", texts))

    assert given
    assert {name for name in given if f'"{name}"' not in read} == set()


def test_the_image_holds_all_that_the_program_reads_and_no_figures() -> None:
    """What is copied is there; the data folder itself, with its gigabytes, is not copied."""
    copied = [line.split()[1:-1] for line in DOCKERFILE.splitlines() if line.startswith("COPY")]
    sources = {source for line in copied for source in line}

    assert [source for source in sources if not (ROOT / source).exists()] == []
    assert {"etl", "dashboard", "assets", "indicators.yaml", "data/regions"} <= sources
    assert "data" not in sources
    build = COMPOSE["services"]["web"]["build"]
    assert (DEPLOY / build["context"] / build["dockerfile"]).resolve() == DEPLOY / "Dockerfile"


def test_the_configuration_of_nginx_is_one() -> None:
    """Blocks open and close, and every directive is one of its block; the port is the replicas'."""
    stack, bare = [""], re.sub(r"#.*", "", NGINX)
    bare = re.sub(r"(?s)(map|types)( [^{]*)?\{[^}]*\}", r"\1 {}", bare)  # of words of their own
    for text, end in re.findall(r"([^;{}]*)([;{}])", bare):
        words = text.split()
        if end == "}":
            assert not words, text
            stack.pop()
        elif end == "{":
            assert words[0] in BLOCKS[stack[-1]], text
            stack.append(words[0])
        else:
            assert words[0] in DIRECTIVES[stack[-1]], text
    assert stack == [""]
    assert not re.sub(r"(?s).*[;}]", "", bare).strip()
    command = COMPOSE["services"]["web"]["command"]
    bound = command[command.index("--bind") + 1].rpartition(":")[2]
    assert f"server web:{bound} " in NGINX
    assert "proxy_pass http://panel;" in NGINX


BUSY = {
    "busy.sv.html": busy_page("sv", "/panel.css"),
    "busy.en.html": busy_page("en", "/panel.css"),
    "busy.json": refusal(503, term("busy_api", "en")).content,
}


@pytest.mark.parametrize("name", BUSY)
def test_nginx_refuses_in_the_words_of_the_panel(name: str) -> None:
    """The files are what the panel itself answers; this test's message is what to write there."""
    said = BUSY[name]
    written = said if isinstance(said, str) else bytes(said).decode()  # type: ignore[arg-type]

    assert (DEPLOY / name).read_text(encoding="utf-8") == written + "\n"


@pytest.mark.parametrize(
    ("path", "method", "kind", "words"),
    [
        ("/?region=0180", "GET", "text/html", term("busy", "sv")),
        ("/jamfor?lang=en", "GET", "text/html", term("busy", "en")),
        ("/api/v1/regions", "GET", "application/problem+json", term("busy_api", "en")),
        ("/_dash-update-component", "POST", "application/problem+json", term("busy_api", "en")),
        ("/busy.json", "GET", "text/html", ""),
    ],
)
def test_nginx_says_when_to_come_again_where_no_replica_answers(
    nobody_behind: int, path: str, method: str, kind: str, words: str
) -> None:
    """503 with Retry-After, as page in the language of the address or as problem."""
    connection = HTTPConnection("127.0.0.1", nobody_behind, timeout=10)
    connection.request(method, path, "{}" if method == "POST" else None)
    answer = connection.getresponse()
    content = answer.read().decode()
    connection.close()

    assert answer.headers["Content-Type"].partition(";")[0] == kind
    assert words in content
    if words:
        assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
        assert answer.headers["Cache-Control"] == "no-store"
    else:
        assert answer.status == 404


@pytest.mark.parametrize(
    ("path", "kind", "words"),
    [
        ("/api/v1/observations?format=csv", "application/problem+json", term("busy_api", "en")),
        ("/ladda-ner/population.csv?omfang=allt", "text/html", term("busy", "sv")),
        ("/ladda-ner/population.csv?omfang=allt&lang=en", "text/html", term("busy", "en")),
    ],
)
def test_nginx_says_of_a_file_that_is_gone_what_it_says_of_the_address(
    tmp_path: Path, path: str, kind: str, words: str
) -> None:
    """A file that the panel named and that was then removed to make room is asked for again."""
    with _panel_that_names_a_file() as panel, nginx(tmp_path, panel) as port:
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", path)
        answer = connection.getresponse()
        content = answer.read().decode()
        connection.close()

    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert answer.headers["Content-Type"].partition(";")[0] == kind
    assert words in content


@contextmanager
def _panel_that_names_a_file() -> Iterator[int]:
    """The port of a server that answers everything with the name of a file that is not there."""

    class Named(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("X-Accel-Redirect", f"/kept/00/{'0' * 32}.file")
            self.end_headers()

        def log_message(self, *_said: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Named) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.server_port
        finally:
            server.shutdown()


@pytest.fixture(scope="module")
def nobody_behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of nginx as it is deployed, before replicas of which none is there."""
    folder = tmp_path_factory.mktemp("nginx")
    with nginx(folder, free_port()) as port:
        yield port
