"""Check the data, build the database, and serve it with Datasette at http://127.0.0.1:8001/.

Nothing is served while the data has errors. The pages can be read and queried, never written.
"""

import argparse
import os
import socket
import sys

from ledger.database import build
from ledger.errors import ServeError
from ledger.findings import as_text
from ledger.layers import check
from ledger.metadata import SETTINGS, write_metadata
from ledger.package import Package

HOST = "127.0.0.1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `ledger serve`."""
    parser.add_argument("--port", type=_port, default=8001, help="the port (default: 8001)")


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted; this process becomes Datasette's."""
    package = Package.open(options.root)
    _need_free(options.port)
    errors = [finding for finding in check(package) if finding.severity == "error"]
    for line in as_text(errors):
        print(line)
    if errors:
        raise ServeError(f"the data has {len(errors)} error(s), named above; mend them, then serve again")
    database = build(package)
    command = ["serve", "--immutable", str(database), "--metadata", str(write_metadata(package))]
    command += ["--host", HOST, "--port", str(options.port)]
    for name, folder in (("--template-dir", "templates"), ("--plugins-dir", "plugins")):
        if (package.root / "site" / folder).is_dir():
            command += [name, str(package.root / "site" / folder)]
    if (package.root / "site" / "static").is_dir():
        command += ["--static", f"static:{package.root / 'site' / 'static'}"]
    for name, value in SETTINGS.items():
        command += ["--setting", name, str(int(value))]
    print(f"China AI Ledger: http://{HOST}:{options.port}/", file=sys.stderr, flush=True)
    os.execv(sys.executable, [sys.executable, "-m", "datasette", *command])  # noqa: S606
    return 0


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; name a number from 1 to 65535")
    return int(text)


def _need_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise ServeError(
                f"port {port} is taken; end what listens there, or serve on another: make serve PORT={port + 1}"
            ) from None
