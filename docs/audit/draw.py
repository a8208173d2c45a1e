"""Draw the rows of an audit: `python docs/audit/draw.py SEED` prints table and key of each, in the order to be read.

The same seed and the same data draw the same rows; a longer table does not change the share that each table has.
"""

import csv
import random
import sys
from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).parents[2] / "data"
SHARE = {
    "companies": ("company_id", 16),
    "investors": ("investor_id", 24),
    "rounds": ("round_id", 24),
    "round_investors": ("round_id/investor_id", 14),
    "acquisitions": ("acquisition_id", 8),
    "reported_totals": ("report_id", 8),
    "claims": ("claim_id", 4),
    "exchange_rates": ("currency/year", 2),
}
"""The key of each table of the money, and how many of 100 rows are drawn from it: more where a row has more cells."""


def draw(seed: int) -> Iterator[tuple[str, str]]:
    """Give the table and the key of each of 100 rows. Claims on designations are not of the money and are left out."""
    chance = random.Random(seed)  # noqa: S311  a draw is no secret
    drawn = []
    for table, (key, share) in SHARE.items():
        with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row.get("table") != "designations"]
        keys = sorted([row[name] for name in key.split("/")] for row in rows)
        drawn += [(table, "/".join(parts)) for parts in chance.sample(keys, share)]
    chance.shuffle(drawn)
    yield from drawn


if __name__ == "__main__":
    for number, (table, key) in enumerate(draw(int(sys.argv[1])), start=1):
        print(number, table, key)
