"""Rewrite data/ in canonical form: UTF-8, LF, minimal quoting, sorted by key, spaces trimmed, NFC.

Loses nothing. A file that cannot be read, or whose header or rows do not fit, is left as it is and named.
Exit code 0: every file is canonical now; 1: some file was left as it is.
"""

import argparse
import sys

from ledger.findings import as_text
from ledger.layers.bytes import canonical_files
from ledger.package import Package
from ledger.replacing import replacing


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`ledger format` has no options of its own."""


def run(options: argparse.Namespace) -> int:
    """Format each file, and say which changed and which could not be formatted."""
    left = 0
    for path, before, after, findings in canonical_files(Package.open(options.root)):
        if after is None:
            left += 1
            for line in as_text(findings):
                print(line)
            print(f"{path}: left as it is")
        elif before != after:
            with replacing(path) as temporary:
                temporary.write_bytes(after)
            print(f"{path}: formatted")
    if left:
        print(f"mend what is named above, then run `ledger format` again ({left} left)", file=sys.stderr)
    return 1 if left else 0
