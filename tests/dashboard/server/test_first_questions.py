"""The first questions to a panel that has just been started."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from dashboard.data.context import Context
from dashboard.server.app import create_app

SCRIPT = "/_dash-component-suites/dash/dcc/async-graph.js"


def test_the_first_questions_are_all_answered_though_they_come_at_once(context: Context) -> None:
    """A browser asks for six scripts together, of a worker that has answered nobody yet."""
    server = create_app(context).server
    together = Barrier(6)

    def asked(_: int) -> int:
        together.wait()
        with server.test_client().get(SCRIPT) as answer:
            return int(answer.status_code)

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(asked, range(6))) == [200] * 6
