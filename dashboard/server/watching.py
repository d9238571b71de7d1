"""
What is told to whoever watches the panel: `/metrics`, and a line of JSON for each answer.

An edge. The counts of all workers are added up where PROMETHEUS_MULTIPROC_DIR names a folder, as
`deploy/gunicorn.conf.py` does; what is told of the data is read when it is asked for. No line and
no count holds an address of a reader.
"""

import json
import logging
import os
import re
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from datetime import UTC, datetime
from functools import cache
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from flask import Flask, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client import generate_latest as written
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

from dashboard.api.declared import API_PREFIX
from dashboard.api.listing import freshness_answer
from dashboard.data.context import Context
from dashboard.server.files import FROM, is_file
from dashboard.server.warm import CALLBACK
from dashboard.state.url import KEYS, parsed

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

METRICS_PATH = "/metrics"
answers_log = logging.getLogger("integrationspanelen.answers")
_PINNED = f"{KEYS['version'].name}="
_NAMED = re.compile(r"[A-Za-z0-9._-]{1,64}")
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_NOTHING = nullcontext()
_PRINTED = {"200": "printed", "503": "refused"}  # a status and what it says of Chromium
_PDF = "/briefing.pdf"
_KINDS = {
    METRICS_PATH: "metrics",
    "/health": "health",
    CALLBACK: "callback",
    _PDF: "pdf",
    API_PREFIX: "api",
}
_INSIDE = ((f"{API_PREFIX}/", "api"), (("/assets/", "/panel.", "/_"), "asset"))


class AnswerCounts:
    """What is counted of an application; each application has its own."""

    def __init__(self) -> None:
        """Begin at nothing."""
        own = self.registry = CollectorRegistry()
        self.answers = Counter(
            "panel_answers",
            "Answers, by kind, status and where they came from.",
            ["kind", "status", "source"],
            registry=own,
        )
        self.seconds = Histogram(
            "panel_answer_seconds",
            "Seconds until an answer began, by kind.",
            ["kind"],
            buckets=_SECONDS,
            registry=own,
        )
        self.working = Gauge(
            "panel_places_taken",
            "Questions that are worked on.",
            ["places"],
            multiprocess_mode="livesum",
            registry=own,
        )
        self.waiting = Gauge(
            "panel_places_waiting",
            "Questions that wait for a place.",
            ["places"],
            multiprocess_mode="livesum",
            registry=own,
        )
        self.printed = Counter(
            "panel_chromium_prints",
            "Briefings for Chromium, by outcome.",
            ["outcome"],
            registry=own,
        )
        self.printing = Gauge(
            "panel_chromium_printing",
            "Briefings that are printed or wait for it.",
            multiprocess_mode="livesum",
            registry=own,
        )

        self._of_answers = cache(self.answers.labels)
        self._of_seconds = cache(self.seconds.labels)

    def note(self, kind: str, status: str, source: str, seconds: float) -> None:
        """Note an answer, of which kind it is, where it came from, and when it began."""
        self._of_answers(kind, status, source).inc()
        self._of_seconds(kind).observe(seconds)
        if kind == "pdf" and status in _PRINTED:
            self.printed.labels(_PRINTED[status]).inc()

    def places(self, which: str, taken: int, waiting: int) -> None:
        """Note how many of some places are taken, and how many wait for one."""
        self.working.labels(which).set(taken)
        self.waiting.labels(which).set(waiting)


def watch(server: Flask, context: Context, counts: AnswerCounts) -> None:
    """Count and log what a server answers from now on."""
    application = server.wsgi_app

    def watched(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        began, mark, kind, told = time.perf_counter(), _request_id(environ), kind_of(environ), "500"

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            nonlocal told
            told = status[:3]
            return start_response(status, [*headers, ("X-Request-ID", mark)], *rest)

        with counts.printing.track_inprogress() if kind == "pdf" else _NOTHING:
            try:
                return application(environ, start)
            finally:
                seconds = time.perf_counter() - began
                source = environ.get(FROM, "made")
                counts.note(kind, told, source, seconds)
                if answers_log.isEnabledFor(logging.INFO):
                    answer = {"request_id": mark, "status": int(told), "kind": kind}
                    answer |= {"source": source, "ms": round(1000 * seconds, 1)}
                    _log(context, environ, answer)

    server.wsgi_app = watched  # type: ignore[method-assign]


def register_metrics(server: Flask, context: Context, counts: AnswerCounts) -> None:
    """Answer `/metrics`."""
    server.add_url_rule(METRICS_PATH, "metrics", lambda: _metrics(context, counts))


def _request_id(environ: "WSGIEnvironment") -> str:
    """That of the server before the panel, where it is one; else a new one."""
    given: str = environ.get("HTTP_X_REQUEST_ID", "")
    return given if given and _NAMED.fullmatch(given) else token_hex(16)


def _log(context: Context, environ: "WSGIEnvironment", answer: dict[str, Any]) -> None:
    """Write a line of JSON, without looking for the place in the code that writes it."""
    query = environ["QUERY_STRING"]
    line = answer | {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "version": (_PINNED in query and parsed(query).version) or context.warehouses.newest(),
        "method": environ["REQUEST_METHOD"],
        "path": environ.get("SCRIPT_NAME", "") + environ["PATH_INFO"],
        "query": query,
    }
    record = answers_log.makeRecord(
        answers_log.name, logging.INFO, "", 0, json.dumps(line), (), None
    )
    answers_log.handle(record)


def log_answers() -> None:
    """Write a line for each answer on standard output, beside what else the process says."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(logging.Formatter("%(message)s"))
    answers_log.addHandler(handler)
    answers_log.setLevel(logging.INFO)
    answers_log.propagate = False


def kind_of(environ: "WSGIEnvironment") -> str:
    """What kind of answer is asked for, of a few; every address of a reader is a page."""
    path = environ["PATH_INFO"]
    if is_file(environ) or (path == _PDF and environ["REQUEST_METHOD"] == "HEAD"):
        return "file"  # nothing is printed for whoever wants only what is said of it
    inside = (kind for begins, kind in _INSIDE if path.startswith(begins))
    return _KINDS.get(path) or next(inside, "page")


def _metrics(context: Context, counts: AnswerCounts) -> Response:
    """The counts of all workers, and what is published."""
    registry = counts.registry
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    about = CollectorRegistry()
    about.register(_Published(context))
    content = written(registry) + written(about)
    return Response(
        content, content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"}
    )


class _Published:
    """What is told of the data, read at each question."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def collect(self) -> Iterator[Metric]:
        """The version, the age of the youngest table, and sources that are stale or missing."""
        with self._context.warehouses.read() as reading:
            warehouse = reading.warehouse
            shown = GaugeMetricFamily(
                "panel_version_info", "The version that is shown; 0 without one.",
                labels=["version"],
            )  # fmt: skip
            shown.add_metric([warehouse.version if warehouse else ""], 1 if warehouse else 0)
            yield shown
            if warehouse is None:
                return
            fresh = freshness_answer(self._context, reading)
        fetched = [datetime.fromisoformat(one.fetched) for one in fresh.tables if one.fetched]
        if fetched:
            age = (datetime.now(UTC) - max(fetched)).total_seconds()
            yield GaugeMetricFamily(
                "panel_data_age_seconds", "Since anything was fetched from the source.", value=age
            )
        amiss = GaugeMetricFamily(
            "panel_sources_amiss", "Sources that could not be updated, and that are missing.",
            labels=["state"],
        )  # fmt: skip
        stale = sum(one.stale for one in fresh.problems)
        amiss.add_metric(["stale"], stale)
        amiss.add_metric(["missing"], len(fresh.problems) - stale)
        yield amiss
