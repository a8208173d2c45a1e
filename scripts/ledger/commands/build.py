"""Build build/ledger.db from data/ and schemas/: tables, link tables, search, views.

The same files give the same bytes, and a build that fails leaves the old database as it was.
"""

import argparse

from ledger.database import build
from ledger.package import Package


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`ledger build` has no options of its own."""


def run(options: argparse.Namespace) -> int:
    """Build, and say where the database is."""
    print(build(Package.open(options.root)))
    return 0
