"""Which way imports point, how large the house is, and that both languages are there."""

import ast
from collections.abc import Collection, Iterator, Mapping
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import TypeGuard

import yaml

from tests.source import (
    ROOT,
    callee,
    changed,
    containers,
    imports,
    inside,
    module_name,
    modules,
    run_on_import,
    syntax,
    texts,
)
from tools.shape import shape

# Each room of a package may use only the rooms before it.
ROOMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "etl": (
            "__version__", "errors", "catalogue", "measures", "store", "source", "binding",
            "build", "demo", "status", "trace", "pipeline", "cli", "__main__",
        ),
        "dashboard": (
            "codes", "text", "data", "rules", "sentences", "state", "charts", "panels",
            "components", "pages", "exports", "api", "server", "words", "cli", "wsgi", "__main__",
        ),
    }
)  # fmt: skip
# Files and the API are made of values, never of HTML.
NEVER = frozenset(
    product(("dashboard.exports", "dashboard.api"), ("dashboard.components", "dashboard.pages"))
)
# What only some rooms know, by the packages that they import.
KNOWN_ONLY_BY = {
    "dashboard.server": frozenset({"flask", "flask_compress", "werkzeug"}),
}
NAMED_TUPLES = frozenset({"_asdict", "_fields", "_make", "_replace"})  # public in spite of it
# Dash may rename what is private with any minor version.
DASH_INSIDERS = frozenset({"dashboard.server", "dashboard.components.elements"})
PURE = frozenset(
    {"etl.binding.binding", "etl.binding.fitting", "etl.binding.texts", "etl.catalogue"}
    | {"etl.build.checks", "etl.build.observations", "etl.build.plausibility"}
    | {"etl.measures", "etl.source.jsonstat", "etl.source.selection"}
    | {f"dashboard.{room}" for room in ("codes", "text", "rules", "sentences", "state")}
    | {f"dashboard.{room}" for room in ("charts", "components", "exports")}
    | {"dashboard.data.observation", "dashboard.data.settings"}
)
# In rooms that are pure but for them: what opens or reads the warehouse, and what packs a zip.
READING = frozenset(
    {"dashboard.state.visit", "dashboard.exports.read", "dashboard.exports.bundle"}
    | {"etl.catalogue.changes", "etl.catalogue.warehouse_schema"}
)
# The catalogue's loader and the pointer read the file they are given; no other pure module does.
READERS = frozenset(
    {"dashboard.text", "etl.catalogue", "etl.catalogue.loading", "etl.catalogue.pointer"}
    | {"etl.catalogue.standing"}
)
EDGES = frozenset(
    {"dashboard.data.changes", "dashboard.data.context", "dashboard.data.kept"}
    | {"dashboard.data.queries"}
    | {"dashboard.data.versions"}
    | {
        "dashboard.server",
        "etl.build.before",
        "etl.build.load",
        "etl.cli",
        "etl.demo",
        "etl.pipeline",
    }
    | {
        "etl.catalogue.changes",
        "etl.catalogue.warehouse_schema",
        "etl.source.client",
        "etl.source.fetching",
    }
    | {"etl.source.landing", "etl.source.transport"}
)
EFFECTS = frozenset(
    {"duckdb", "httpx", "os", "requests", "socket", "stamina", "subprocess", "threading", "time"}
)
CLOCK_AND_ENVIRONMENT = frozenset({"environ", "getenv", "now", "today", "utcnow"})
FILES = frozenset({"open", "read_bytes", "read_text", "write_bytes", "write_text"})
ACTS = frozenset({"Client", "Popen", "Thread", "basicConfig", "connect", "open", "safe_load"})
# gunicorn imports this one in order to start the server.
STARTERS = frozenset({"dashboard.wsgi"})
CONTRACT = frozenset({"etl.__version__", "etl.catalogue", "etl.measures"})
# By `python -m tools.shape`. Names that stand twice may only become fewer; a subject that needs a
# module of its own raises the number of modules in its own commit.
MOST_MODULES, LONGEST_CHAIN, MOST_SHARED_NAMES = 239, 20, 5

MODULES = {module_name(path): path for path in modules("etl", "dashboard")}


def attributes(path: Path) -> set[str]:
    """Every `.name` and every called name in a file."""
    nodes = list(ast.walk(syntax(path)))
    return {node.attr for node in nodes if isinstance(node, ast.Attribute)} | {
        callee(node) for node in nodes
    }


def wrong(found: Mapping[str, Collection[object]]) -> dict[str, Collection[object]]:
    """Of what was found by module, that of the modules in which there is something."""
    return {name: what for name, what in found.items() if what}


def languages(value: object, where: str = "") -> Iterator[tuple[str, dict[str, object]]]:
    """Every mapping with a language as key, in what YAML holds, and where it stands."""
    if isinstance(value, dict):
        if {"sv", "en"} & value.keys():
            yield where, value
        for key, part in value.items():
            yield from languages(part, f"{where}.{key}")
    elif isinstance(value, list):
        for position, part in enumerate(value):
            name = part.get("id", position) if isinstance(part, dict) else position
            yield from languages(part, f"{where}[{name}]")


def test_the_pipeline_never_sees_the_dashboard_which_sees_only_the_contract() -> None:
    """What is published can be rebuilt without the panels; the panels cannot reach SCB."""
    used = {name: imports(path) for name, path in MODULES.items()}
    crossing = {
        name: inside(found, frozenset({"dashboard"}))
        if name.startswith("etl")
        else inside(found, frozenset({"etl"})) - inside(found, CONTRACT)
        for name, found in used.items()
    }

    assert wrong(crossing) == {}


def test_the_house_stays_small_and_flat() -> None:
    """Few modules, no circle, no long way to the ground, and each name in one place."""
    measured = shape()

    assert measured.circles == 0
    assert measured.modules <= MOST_MODULES
    assert measured.longest_chain <= LONGEST_CHAIN
    assert measured.shared_names <= MOST_SHARED_NAMES


def test_every_module_stands_in_a_room() -> None:
    """A newcomer finds each room in the README's map, and no room that is not there."""
    standing = {
        package: {name.split(".")[1] for name in MODULES if name.startswith(f"{package}.")}
        for package in ROOMS
    }

    assert standing == {package: set(rooms) - {"__version__"} for package, rooms in ROOMS.items()}


def test_imports_point_to_earlier_rooms_only() -> None:
    """A room knows nothing of the rooms that use it; `ROOMS` is the order of the README's map."""
    upward = {
        f"{name} -> {imported}"
        for name, path in MODULES.items()
        for imported in imports(path)
        if not is_allowed(name, imported)
    }

    assert upward == set()


def is_allowed(importer: str, imported: str) -> bool:
    """Whether a module may import a name, by the order of the rooms of their package."""
    (package, *inner), (other, *room) = importer.split("."), imported.split(".")
    if other != package or package not in ROOMS or not inner or not room:
        return True
    if any(
        inside({importer}, frozenset({a})) and inside({imported}, frozenset({b})) for a, b in NEVER
    ):
        return False
    order = ROOMS[package]
    return order.index(room[0]) <= order.index(inner[0])


def test_only_the_server_knows_flask() -> None:
    """Files and the API can be answered by another server: they return plain values."""
    for room, packages in KNOWN_ONLY_BY.items():
        known = {
            name: inside(imports(path), packages)
            for name, path in MODULES.items()
            if not inside({name}, frozenset({room}))
        }

        assert wrong(known) == {}


def test_only_the_server_and_elements_know_private_names_of_dash() -> None:
    """A new version of Dash can break two places, which its bound in pyproject.toml guards."""
    private = {
        name: {node.attr for node in ast.walk(syntax(path)) if is_private(node)}
        | {
            imported
            for imported in imports(path)
            if imported.startswith("dash.") and "._" in imported
        }
        | {text for text in constants(path) if "_dash" in text}
        for name, path in MODULES.items()
        if inside(imports(path), frozenset({"dash", "dash_bootstrap_components"}))
    }

    assert {name for name in wrong(private) if not inside({name}, DASH_INSIDERS)} == set()


def is_private(node: ast.AST) -> TypeGuard[ast.Attribute]:
    """Whether a node asks something else than `self` for a name with one underscore."""
    return (
        isinstance(node, ast.Attribute)
        and node.attr.startswith("_")
        and not node.attr.startswith("__")
        and node.attr not in NAMED_TUPLES
        and not (isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"})
    )


def constants(path: Path) -> set[str]:
    """Every text that stands in a file, docstrings included."""
    return {
        node.value
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_nothing_that_is_shipped_leans_on_the_tests() -> None:
    """No stand-in for SCB's API answers in production, and no browser driver is needed there."""
    tests = frozenset({"tests", "pytest", "playwright", "pikepdf"})

    assert wrong({name: inside(imports(path), tests) for name, path in MODULES.items()}) == {}


def test_a_pure_module_has_no_network_database_clock_environment_or_file() -> None:
    """The same input gives the same figure on every machine and every day."""
    pure = {name: path for name, path in MODULES.items() if inside({name}, PURE)}
    pure = {name: path for name, path in pure.items() if name not in READING}
    reached = {name: inside(imports(path), EFFECTS | EDGES) for name, path in pure.items()}
    asked = {
        name: attributes(path) & CLOCK_AND_ENVIRONMENT
        | (attributes(path) & FILES if name not in READERS else set())
        for name, path in pure.items()
    }

    assert {name for name in PURE | READING if not inside(set(MODULES), frozenset({name}))} == set()
    assert wrong(reached) == {}
    assert wrong(asked) == {}


def test_nothing_happens_on_import() -> None:
    """Importing a module opens, reads, starts and calls nothing."""
    acting = {}
    for name, path in MODULES.items():
        module = syntax(path)
        bare = {
            ast.unparse(node)
            for node in module.body
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
        }
        acts = {ast.unparse(node) for node in run_on_import(module) if is_act(node)}
        acting[name] = (bare | acts) if name not in STARTERS else set()

    assert wrong(acting) == {}


def is_act(node: ast.AST) -> bool:
    """Whether a node opens, reads, starts, or asks the clock or the environment."""
    if isinstance(node, ast.Attribute):
        return node.attr == "environ"
    called = callee(node)
    return called in ACTS | CLOCK_AND_ENVIRONMENT or called.startswith("read_")


def test_no_module_holds_state_that_changes() -> None:
    """One reader's view can never become another's: lists and dicts of a module are constants."""
    changing = {}
    for name, path in MODULES.items():
        module = syntax(path)
        held = containers(module) - {"__all__"}
        changing[name] = {one for one in held if not one.isupper()} | (held & changed(module))

    assert wrong(changing) == {}


def test_a_text_in_code_has_both_languages() -> None:
    """Whoever reads the panel in English misses nothing."""
    lacking = {
        name: {line for line, spoken in texts(syntax(path)) if spoken != {"sv", "en"}}
        for name, path in MODULES.items()
    }

    assert wrong(lacking) == {}


def test_every_text_of_the_catalogue_has_both_languages() -> None:
    """Titles, definitions, breaks and group names are written in Swedish and in English."""
    for path in [
        *ROOT.glob("indicators*.yaml"),
        *ROOT.glob("data/*.yaml"),
        *ROOT.glob("dashboard/text/*.yaml"),
        *ROOT.glob("data/regions/*.yaml"),
    ]:
        document = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        lacking = [
            where
            for where, text in languages(document)
            if not {"sv", "en"} <= text.keys() or not all(str(text[one]).strip() for one in text)
        ]

        assert lacking == [], path.name
