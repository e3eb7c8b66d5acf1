"""Files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def write_whole_file(path: Path, content: bytes) -> None:
    """Write a file beside its final name and rename it: what stands under the name is never cut.

    Raises OSError naming the file where it cannot be written; what stood there before is left alone.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():  # a pipe or a terminal takes no other name
        target.write_bytes(content)
        return
    part_path = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part_path.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part_path.replace(target)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        with contextlib.suppress(OSError):
            part_path.unlink()
