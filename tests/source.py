"""Reads the project's own Python files as syntax trees; imports none of them."""

import ast
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
MUTATORS = frozenset(
    {"add", "append", "clear", "extend", "insert", "pop", "remove", "setdefault", "update"}
)
CONTAINERS = frozenset({"Counter", "bytearray", "defaultdict", "deque", "dict", "list", "set"})


def modules(*folders: str) -> list[Path]:
    """Every Python file below some folders of the project, in a fixed order."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def module_name(path: Path) -> str:
    """Dotted name of a module: etl/catalogue/__init__.py is etl.catalogue."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def syntax(path: Path) -> ast.Module:
    """The file as a tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> frozenset[str]:
    """
    Every module and name that a file imports, wherever in it.

    `from etl import measures` gives etl.measures, `from .models import Region` in
    etl/catalogue gives etl.catalogue.models.Region.
    """
    found: set[str] = set()
    package = path.parent.relative_to(ROOT).parts
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) + 1 - node.level] if node.level else ()
            origin = ".".join([*above, *filter(None, [node.module])])
            found |= {f"{origin}.{alias.name}" for alias in node.names}
    return frozenset(found)


def inside(names: Collection[str], modules: Collection[str]) -> set[str]:
    """Those of `names` that are one of `modules` or something in it."""
    return {name for name in names if any(f"{name}.".startswith(f"{one}.") for one in modules)}


def run_on_import(node: ast.AST) -> Iterator[ast.AST]:
    """What importing a module evaluates: everything but bodies of functions and of __main__."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            defaults = [*child.args.defaults, *filter(None, child.args.kw_defaults)]
            for part in [*child.decorator_list, *defaults]:
                yield part
                yield from run_on_import(part)
        elif not isinstance(child, ast.Lambda) and not is_main(child):
            yield child
            yield from run_on_import(child)


def is_main(node: ast.AST) -> bool:
    """Whether a node is `if __name__ == "__main__":`."""
    return isinstance(node, ast.If) and ast.unparse(node.test) == "__name__ == '__main__'"


def callee(node: ast.AST) -> str:
    """Last word of what is called: connect for `duckdb.connect(...)`; nothing for no call."""
    return ast.unparse(node.func).rpartition(".")[2] if isinstance(node, ast.Call) else ""


def containers(module: ast.Module) -> set[str]:
    """Names bound at the top level to a list, dict or set."""
    literal = ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp
    found: set[str] = set()
    for node in module.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if isinstance(node.value, literal) or callee(node.value) in CONTAINERS:
                found |= {ast.unparse(target) for target in targets}
    return found


def changed(module: ast.Module) -> set[str]:
    """Names that some statement makes global, or whose contents it changes."""
    found: set[str] = set()
    for node in ast.walk(module):
        match node:
            case ast.Global(names=names):
                found |= set(names)
            case ast.Subscript(value=value, ctx=ast.Store() | ast.Del()):
                found.add(ast.unparse(value))
            case ast.Call(func=ast.Attribute(value=value, attr=attribute)):
                if attribute in MUTATORS:
                    found.add(ast.unparse(value))
    return found


def texts(module: ast.Module) -> Iterator[tuple[int, set[str]]]:
    """Line and languages of every {"sv": …} literal and every call with sv= or en=."""
    for node in ast.walk(module):
        keys: set[str] = set()
        if isinstance(node, ast.Dict):
            keys = {str(key.value) for key in node.keys if isinstance(key, ast.Constant)}
        elif isinstance(node, ast.Call):
            keys = {keyword.arg for keyword in node.keywords if keyword.arg}
        if keys & {"sv", "en"} and isinstance(node, ast.expr):
            yield node.lineno, keys & {"sv", "en"}
