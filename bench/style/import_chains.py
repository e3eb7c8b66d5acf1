"""Which module imports which, and the longest chain of them, over modules and over rooms."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from pathlib import Path


def name_module(path: Path, root: Path) -> str:
    """The dotted name of a file; a package's `__init__.py` has the package's."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def read_imports(sources: Mapping[str, str]) -> dict[str, set[str]]:
    """For each module those of ours it imports when it is loaded; imports in functions do not count."""
    imports: dict[str, set[str]] = {}
    for module, source in sources.items():
        wanted = set()
        for node in ast.parse(source).body:
            if isinstance(node, ast.Import):
                wanted |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                members = {f"{node.module}.{alias.name}" for alias in node.names}
                wanted |= members & set(sources)
                if not members <= set(sources):
                    wanted.add(node.module)
        imports[module] = {name for name in wanted if name in sources and name != module}
    return imports


def name_room(module: str) -> str:
    """The room of a module: the first two parts of its name, so that one folder is one room."""
    return ".".join(module.split(".")[:2])


def merge_rooms(imports: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    """The same arrows between rooms."""
    rooms: dict[str, set[str]] = {}
    for module, imported in imports.items():
        room = name_room(module)
        rooms.setdefault(room, set()).update({name_room(name) for name in imported} - {room})
    return rooms


def find_longest_chain(imports: Mapping[str, Iterable[str]]) -> list[str]:
    """The longest chain of modules or rooms each importing the next.

    Raises
    ------
    ValueError
        Where imports go in a circle.
    """
    chains: dict[str, list[str]] = {}

    def follow(name: str, path: tuple[str, ...]) -> list[str]:
        if name in path:
            raise ValueError(f"imports go in a circle: {' > '.join((*path, name))}")
        if name not in chains:
            onward = [follow(imported, (*path, name)) for imported in sorted(imports.get(name, ()))]
            chains[name] = [name, *max(onward, key=len, default=[])]
        return chains[name]

    return max((follow(name, ()) for name in sorted(imports)), key=len, default=[])
