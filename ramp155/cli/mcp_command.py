"""The command that offers the questions to an assistant."""

from __future__ import annotations

import argparse

from ramp155.cli.options import load_record
from ramp155.cli.parser import ExitCode


def serve_tools(options: argparse.Namespace) -> ExitCode:
    """Answer an assistant over standard input and output. Raises ValueError where the package for it is missing."""
    try:
        from ramp155.questions.tools import serve_over_pipes
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "mcp":
            raise
        raise ValueError('this needs a package more: pip install "ramp155[mcp]"') from None
    serve_over_pipes(load_record())
    return ExitCode.DONE
