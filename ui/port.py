"""Before the server starts: is its port free? (`python -m ui.port 8501`, by `make run`)

Streamlit says that a port is not available, and not what to do about it.
"""

from __future__ import annotations

import errno
import socket
import sys
import tomllib
from pathlib import Path

_CONFIG = Path(__file__).resolve().parents[1] / ".streamlit" / "config.toml"
_HIGHEST = 65535


def find_port_fault(port_text: str, address: str) -> str:
    """What keeps a server from the port, with the way out; blank where nothing does."""
    if not port_text.isascii() or not port_text.isdigit() or not 0 < int(port_text) <= _HIGHEST:
        return f"PORT is to be a number from 1 to {_HIGHEST}: make run PORT=8600"
    port = int(port_text)
    other_port = port + 1 if port < _HIGHEST else port - 1
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does
        try:
            probe.bind((address, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return (
                    f"Port {port} is taken. If Ramp 155 runs there already, it is at http://localhost:{port}; "
                    f"else take another: make run PORT={other_port}"
                )
            return (
                f"Port {port} cannot be used ({error.strerror}). Take another: make run PORT=8600"
            )
    return ""


def read_address() -> str:
    """The address that the server listens at, as its configuration says."""
    try:
        server = tomllib.loads(_CONFIG.read_text(encoding="utf-8")).get("server", {})
    except (OSError, ValueError):
        server = {}
    address = server.get("address")
    return address if isinstance(address, str) else ""


if __name__ == "__main__":
    fault = find_port_fault(sys.argv[1] if len(sys.argv) > 1 else "", read_address())
    if fault:
        print(fault, file=sys.stderr)
    sys.exit(1 if fault else 0)
