"""Check the data: bytes, shape and meaning, every fault with its file, line, column and remedy.

Exit code 0: no error (warnings are allowed, unless --strict); 1: errors; 2: the check could not run.
"""

import argparse
import sys
from collections import Counter

from ledger.findings import as_github, as_json, as_text
from ledger.layers import check
from ledger.package import Package

OUTPUTS = {"text": as_text, "json": as_json, "github": as_github}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `ledger check`."""
    parser.add_argument(
        "--output",
        choices=OUTPUTS,
        default="text",
        help="a line a finding, a JSON array, or annotations of a GitHub workflow (default: text)",
    )
    parser.add_argument("--strict", action="store_true", help="let warnings fail the check too")


def run(options: argparse.Namespace) -> int:
    """Check, print the findings, and say on stderr how many there are."""
    package = Package.open(options.root)
    findings = check(package)
    for line in OUTPUTS[options.output](findings):
        print(line)
    counts = Counter(finding.severity for finding in findings)
    print(
        f"{len(package.resources)} tables checked: "
        f"{_count(counts['error'], 'error')}, {_count(counts['warning'], 'warning')}",
        file=sys.stderr,
    )
    return 1 if counts["error"] or (options.strict and counts["warning"]) else 0


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
