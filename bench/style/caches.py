"""What a module keeps for the whole process."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from bench.style.docstrings import Function

DECORATORS = ("lru_cache", "cache", "cache_resource", "cache_data")
DICTS = ("dict", "OrderedDict", "defaultdict", "WeakKeyDictionary", "WeakValueDictionary")


def list_caches(source: str) -> list[str]:
    """Names of the caches of a module.

    Functions under `lru_cache`, `functools.cache`, `cache_resource` or `cache_data`; module-level names that
    hold such a function, a cachetools cache or a `Memory`; and module-level dicts that a function writes into.
    """
    tree = ast.parse(source)
    functions = [node for node in ast.walk(tree) if isinstance(node, Function)]
    written = {name for function in functions for name in _list_written(function)}
    caches = [f.name for f in functions if any(map(_is_cache, f.decorator_list))]
    for name, bound in _list_module_names(tree):
        is_kept = isinstance(bound, ast.Call) and (_is_cache(bound) or _is_memory(bound))
        if is_kept or (name in written and _is_dict(bound)):
            caches.append(name)
    return caches


def _list_module_names(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """Each name assigned at the top of a module, with what it is bound to."""
    for node in tree.body:
        if isinstance(node, ast.Assign):
            yield from ((t.id, node.value) for t in node.targets if isinstance(t, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            yield node.target.id, node.value


def _name_called(node: ast.expr) -> str:
    """The last part of the name that is called: `functools.lru_cache(None)(f)` gives `lru_cache`."""
    while isinstance(node, ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return ast.unparse(node).split(".")[-1]


def _is_cache(node: ast.expr) -> bool:
    return _name_called(node) in DECORATORS


def _is_memory(call: ast.Call) -> bool:
    name = _name_called(call)
    return name == "Memory" or (name.endswith("Cache") and name[0].isupper())


def _is_dict(node: ast.expr) -> bool:
    return isinstance(node, ast.Dict) or (
        isinstance(node, ast.Call) and _name_called(node) in DICTS
    )


def _list_written(function: Function) -> Iterator[str]:
    """Names that a function writes a key into, or calls `setdefault` or `update` on."""
    for node in ast.walk(function):
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
            if isinstance(node.value, ast.Name):
                yield node.value.id
        elif (
            isinstance(node, ast.Attribute)
            and node.attr in ("setdefault", "update")
            and isinstance(node.value, ast.Name)
        ):
            yield node.value.id
