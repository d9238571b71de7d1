"""
Measure the shape of the code: `python -m tools.shape [--root DIR] [--compare OTHER] [--json]`.

Reads the Python files of `dashboard` and `etl` as text and syntax trees; imports none of them.
A module is any `.py` file, also an `__init__.py` that holds no more than a docstring.
"""

import argparse
import ast
import io
import json
import sys
import tokenize
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
PACKAGES = ("dashboard", "etl")
LAYOUT_TOKENS = frozenset(
    {tokenize.COMMENT, tokenize.DEDENT, tokenize.ENCODING, tokenize.ENDMARKER}
    | {tokenize.INDENT, tokenize.NEWLINE, tokenize.NL}
)


class Kind(Enum):
    """How a module defines a name."""

    DEFINITION = "a function or a class"
    CONSTANT = "an assignment to the name, annotated or not"
    UNPACKED = "an assignment to several names at once"


DEFINITIONS = frozenset({Kind.DEFINITION})
PUBLIC = frozenset({Kind.DEFINITION, Kind.CONSTANT})


@dataclass(frozen=True)
class Module:
    """One Python file."""

    name: str
    is_package: bool
    source: str
    tree: ast.Module


@dataclass(frozen=True)
class Shape:
    """The figures of one code base."""

    modules: int
    loose_dashboard: int
    loose_etl: int
    single_importer: int
    shared_names: int
    public_names: int
    shared_definitions: int
    public_definitions: int
    shared_with_unpacked: int
    public_with_unpacked: int
    longest_chain: int
    circles: int
    code_lines: int
    code_lines_dashboard: int
    code_lines_etl: int
    largest_module: int
    median_module: float


def shape(root: Path = ROOT) -> Shape:
    """Every figure of the packages below a folder."""
    modules = read_modules(root)
    imports = import_graph(modules)
    importers = Counter(target for targets in imports.values() for target in targets)
    names = defining_modules(modules, PUBLIC)
    definitions = defining_modules(modules, DEFINITIONS)
    with_unpacked = defining_modules(modules, frozenset(Kind))
    lines = [len(module.source.splitlines()) for module in modules.values()]
    code = {
        package: sum(len(code_lines(module)) for module in within(modules, package))
        for package in PACKAGES
    }
    return Shape(
        modules=len(modules),
        loose_dashboard=len(list((root / "dashboard").glob("*.py"))),
        loose_etl=len(list((root / "etl").glob("*.py"))),
        single_importer=sum(importers[name] == 1 for name in modules),
        shared_names=len(shared(names)),
        public_names=len(names),
        shared_definitions=len(shared(definitions)),
        public_definitions=len(definitions),
        shared_with_unpacked=len(shared(with_unpacked)),
        public_with_unpacked=len(with_unpacked),
        longest_chain=len(longest_chain(imports)),
        circles=len(circles(imports)),
        code_lines=sum(code.values()),
        code_lines_dashboard=code["dashboard"],
        code_lines_etl=code["etl"],
        largest_module=max(lines),
        median_module=median(lines),
    )


def read_modules(root: Path) -> dict[str, Module]:
    """Every module of the packages by its dotted name, in a fixed order."""
    modules = {}
    for path in sorted(path for package in PACKAGES for path in (root / package).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if is_package else parts)
        source = path.read_text(encoding="utf-8")
        modules[name] = Module(name, is_package, source, ast.parse(source))
    return modules


def within(modules: Mapping[str, Module], package: str) -> list[Module]:
    """The modules of one package, at any depth."""
    return [module for name, module in modules.items() if name.split(".")[0] == package]


def import_graph(modules: Mapping[str, Module]) -> dict[str, set[str]]:
    """
    The modules that each module imports, wherever in it: in a function, or for types only.

    A package counts as imported only if something is that is not one of its modules.
    """
    return {
        name: {target for target in imported(module, modules) if target in modules} - {name}
        for name, module in modules.items()
    }


def imported(module: Module, modules: Mapping[str, Module]) -> Iterator[str]:
    """Dotted name of the module behind every imported name, of other projects too."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = import_origin(module, node)
            for alias in node.names:
                target = f"{origin}.{alias.name}"
                hidden = origin in modules and replaces(modules[origin], alias.name)
                yield target if target in modules and not hidden else origin


def import_origin(module: Module, node: ast.ImportFrom) -> str:
    """What stands between `from` and `import`, made absolute."""
    if not node.level:
        return node.module or ""
    above = module.name.split(".")
    above = above[: len(above) - node.level + module.is_package]
    return ".".join([*above, *filter(None, [node.module])])


def replaces(package: Module, name: str) -> bool:
    """Whether a package gives a name that is also its module's another meaning."""
    reexported = {
        alias.asname or alias.name
        for node in package.tree.body
        if isinstance(node, ast.ImportFrom) and import_origin(package, node) != package.name
        for alias in node.names
    }
    return name in reexported or name in {known for _, known in defined(package.tree.body)}


def reachable(imports: Mapping[str, Collection[str]]) -> dict[str, set[str]]:
    """Each module with itself and all that it imports, directly or through others."""
    reach = {}
    for start in imports:
        seen, waiting = {start}, [start]
        while waiting:
            new = set(imports[waiting.pop()]) - seen
            seen |= new
            waiting += new
        reach[start] = seen
    return reach


def rings(reach: Mapping[str, set[str]]) -> dict[str, tuple[str, ...]]:
    """Each module with those that it imports and that import it in turn."""
    return {
        name: tuple(sorted(other for other in targets if name in reach[other]))
        for name, targets in reach.items()
    }


def circles(imports: Mapping[str, Collection[str]]) -> list[tuple[str, ...]]:
    """Groups of modules that import each other in a circle."""
    return sorted({ring for ring in rings(reachable(imports)).values() if len(ring) > 1})


def longest_chain(imports: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """
    Most modules that import each the next.

    A circle is one link of the chain, and counts with all its modules.
    """
    reach = reachable(imports)
    ring = rings(reach)
    chains: dict[str, tuple[str, ...]] = {}
    # Whoever imports a module reaches more than it does, so a module comes after its imports.
    for name in sorted(imports, key=lambda module: (len(reach[module]), module)):
        targets = {target for member in ring[name] for target in imports[member]} - {*ring[name]}
        rest = max((chains[target] for target in sorted(targets)), key=len, default=())
        chains[name] = ring[name] + rest
    return max(chains.values(), key=len)


def defined(statements: list[ast.stmt]) -> Iterator[tuple[Kind, str]]:
    """Names that statements at the top level define, not those that they import."""
    for statement in statements:
        match statement:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield Kind.DEFINITION, statement.name
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield Kind.CONSTANT, name
            case ast.Assign():
                for target in statement.targets:
                    yield from assigned(target)
            case ast.If() | ast.Try():
                yield from defined([*statement.body, *statement.orelse])
                for handler in getattr(statement, "handlers", []):
                    yield from defined(handler.body)


def assigned(target: ast.expr) -> Iterator[tuple[Kind, str]]:
    """Names on one left side of an assignment."""
    for node in ast.walk(target):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield Kind.CONSTANT if node is target else Kind.UNPACKED, node.id


def defining_modules(
    modules: Mapping[str, Module], kinds: frozenset[Kind] = PUBLIC
) -> dict[str, list[str]]:
    """The modules that define each public name, the name without leading underscore."""
    names = defaultdict(list)
    for module in modules.values():
        for name in sorted({name for kind, name in defined(module.tree.body) if kind in kinds}):
            if not name.startswith("_"):
                names[name].append(module.name)
    return dict(names)


def shared(names: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Of names by module, those that two modules or more define."""
    return {name: modules for name, modules in sorted(names.items()) if len(modules) > 1}


def code_lines(module: Module) -> set[int]:
    """Numbers of the lines that hold code: no blank lines, comments or docstrings."""
    docstrings = {
        line
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    return {
        line
        for token in tokenize.generate_tokens(io.StringIO(module.source).readline)
        if token.type not in LAYOUT_TOKENS
        and not (token.type == tokenize.STRING and token.start[0] in docstrings)
        for line in range(token.start[0], token.end[0] + 1)
    }


def figures(measured: Shape) -> dict[str, str]:
    """What is printed of a shape, by its label."""

    def part(count: int, total: int) -> str:
        return f"{count} of {total} ({100 * count / max(total, 1):.1f} %)"

    unpacked = part(measured.shared_with_unpacked, measured.public_with_unpacked)
    return {
        "modules": str(measured.modules),
        "loose modules in dashboard/": str(measured.loose_dashboard),
        "loose modules in etl/": str(measured.loose_etl),
        "modules with one importer": part(measured.single_importer, measured.modules),
        "shared public names": part(measured.shared_names, measured.public_names),
        "- functions and classes": part(measured.shared_definitions, measured.public_definitions),
        "- unpacked constants too": unpacked,
        "longest import chain": str(measured.longest_chain),
        "circles of imports": str(measured.circles),
        "code lines": str(measured.code_lines),
        "- dashboard": str(measured.code_lines_dashboard),
        "- etl": str(measured.code_lines_etl),
        "lines of the largest module": str(measured.largest_module),
        "lines of the median module": f"{measured.median_module:g}",
    }


def table(columns: Mapping[str, Shape]) -> Iterator[str]:
    """Lines of text with a column for each shape."""
    printed = {heading: figures(measured) for heading, measured in columns.items()}
    if len(columns) > 1:
        yield " " * 30 + "".join(f"{heading:>22}" for heading in printed)
    for label in next(iter(printed.values())):
        yield f"{label:30}" + "".join(f"{values[label]:>22}" for values in printed.values())


def details(root: Path, *, chain: bool, names: bool) -> Iterator[str]:
    """Lines of text that name the circles, and the chain and the shared names if asked for."""
    modules = read_modules(root)
    imports = import_graph(modules)
    for circle in circles(imports):
        yield f"circle: {', '.join(circle)}"
    if chain:
        yield "\nlongest import chain:"
        yield from longest_chain(imports)
    if names:
        yield "\nshared public names:"
        for name, places in shared(defining_modules(modules)).items():
            yield f"{name}: {', '.join(places)}"


def main(arguments: list[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tools.shape", description="Shape of the code.")
    parser.add_argument("--root", type=Path, default=ROOT, help="folder of the packages")
    parser.add_argument("--compare", type=Path, metavar="OTHER_ROOT", help="folder of before")
    parser.add_argument("--json", action="store_true", help="the figures alone, as JSON")
    parser.add_argument("--chain", action="store_true", help="the longest import chain as well")
    parser.add_argument("--names", action="store_true", help="the shared public names as well")
    asked = parser.parse_args(arguments)
    for root in filter(None, [asked.root, asked.compare]):
        if not read_modules(root):
            parser.error(f"{root} holds no module of {' or '.join(PACKAGES)}")
    columns = {"before": shape(asked.compare)} if asked.compare else {}
    columns["after"] = shape(asked.root)
    if asked.json:
        values = {heading: asdict(measured) for heading, measured in columns.items()}
        lines = [json.dumps(values if asked.compare else values["after"], indent=2)]
    else:
        lines = [*table(columns), *details(asked.root, chain=asked.chain, names=asked.names)]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
