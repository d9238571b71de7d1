"""When a table is bound to another id, and when to none because the API could not tell."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
import stamina

from etl.binding.tables import resolve_tables
from etl.catalogue.loading import load
from etl.errors import ApiError
from etl.source.client import Config
from etl.source.fetching import Access
from etl.store import TableBinding
from tests.etl.answering import Server, client, ok
from tests.etl.entries import SWEDEN
from tests.etl.running import CATALOGUE

KEY, OWN, OTHER = "labour_bas_municipality", "TAB6383", "TAB7001"
CONFIG = Config("2.3.2", "CC0", max_cells=150_000, max_calls=30, window=10.0)
REFUSED = httpx.Response(404, json={"title": "Non-existent table", "status": 404})
Answers = Mapping[str, httpx.Response | Exception]
Resolve = Callable[[Answers], TableBinding]


@pytest.fixture(autouse=True)
def _no_backoff() -> Iterator[None]:
    """Attempts as the client says, without the waits between them."""
    with stamina.set_testing(True, attempts=2, cap=True):
        yield


@pytest.fixture(scope="module")
def pack(shared: Path) -> tuple[Any, Any]:
    """The description and the row of a real table."""
    folder = shared / "scb" / "packs" / OWN
    names = ("metadata.json", "table.json")
    metadata, row = (orjson.loads((folder / name).read_bytes()) for name in names)
    return metadata, row


@pytest.fixture
def resolved(pack: tuple[Any, Any], tmp_path: Path) -> Resolve:
    """Bind one table at a source that holds it twice, under two ids, but for some answers."""
    metadata, row = pack
    whole = load(CATALOGUE)
    catalogue = replace(whole, indicators=(), tables=(whole.table[KEY],))
    listed = {"tables": [{**row, "id": id} for id in (OWN, OTHER)], "page": {"totalPages": 1}}
    usual: Answers = {
        "/tables": ok(listed),
        "search": ok(listed),
        **{f"/tables/{id}": ok({**row, "id": id}) for id in (OWN, OTHER)},
        **{f"/tables/{id}/metadata": ok(metadata) for id in (OWN, OTHER)},
    }

    def bind(troubles: Answers) -> TableBinding:
        answers = {**usual, **troubles}

        def answer(request: httpx.Request) -> httpx.Response:
            path = request.url.path.removeprefix("/api/v2")
            given = answers["search" if "query" in request.url.params else path]
            if isinstance(given, Exception):
                raise given
            return httpx.Response(given.status_code, content=given.content)

        found = resolve_tables(catalogue, Access(client(answer), CONFIG, tmp_path), None, SWEDEN)
        return found[KEY].binding

    return bind


def test_a_table_that_the_search_index_does_not_have_yet_is_used(resolved: Resolve) -> None:
    """The description comes from the database, the row from an index that lags behind."""
    binding = resolved({f"/tables/{OWN}": REFUSED})
    assert (binding.state, binding.id) == ("found", OWN)


def test_a_table_that_is_gone_is_found_under_its_new_id(resolved: Resolve) -> None:
    """A refusal says that the id is no longer the table's; one other table fits."""
    binding = resolved({f"/tables/{OWN}/metadata": REFUSED})
    assert (binding.state, binding.id) == ("healed", OTHER)


def test_a_table_that_does_not_answer_is_not_taken_for_gone(resolved: Resolve) -> None:
    """Silence says nothing of the id: nothing else is read in the table's place."""
    binding = resolved({f"/tables/{OWN}/metadata": httpx.ReadTimeout("slow")})
    assert (binding.state, binding.id) == ("unreachable", None)
    assert "no answer" in binding.reason


def test_one_of_two_hits_that_does_not_answer_leaves_the_other_ambiguous(
    resolved: Resolve, pack: tuple[Any, Any]
) -> None:
    """One hit alone binds a table, and nobody knows that it is alone."""
    third = {**pack[1], "id": "TAB7002"}
    hits = {"tables": [{**third, "id": OTHER}, third], "page": {"totalPages": 1}}
    binding = resolved(
        {
            f"/tables/{OWN}/metadata": REFUSED,
            "search": ok(hits),
            "/tables/TAB7002/metadata": httpx.Response(503),
        }
    )
    assert (binding.state, binding.id) == ("unreachable", None)


def test_words_that_the_search_cannot_read_are_looked_for_in_the_list(resolved: Resolve) -> None:
    """A sign that means something to the search engine is no reason to miss a table."""
    binding = resolved(
        {f"/tables/{OWN}/metadata": REFUSED, "search": httpx.Response(400, text="no query")}
    )
    assert (binding.state, binding.id) == ("healed", OTHER)


def test_a_list_that_broke_off_is_asked_for_again_from_its_first_page(tmp_path: Path) -> None:
    """Half a list would make the tables of the other half look as if they were gone."""
    pages = [
        ok({"tables": [{"id": f"TAB{number}"}], "page": {"totalPages": 2}}) for number in (1, 2)
    ]
    server = Server(pages[0], httpx.Response(400), *pages)
    access = Access(client(server), CONFIG, tmp_path)
    with pytest.raises(ApiError):
        access.listing()
    assert [row["id"] for row in access.listing()] == ["TAB1", "TAB2"]
