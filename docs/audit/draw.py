"""Draw the rows of an audit: `.venv/bin/python docs/audit/draw.py SEED` prints table and key of each, in reading order.

The same seed and the same data draw the same rows; a longer table does not change the share that each table has.
"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path

from ledger.package import Package
from ledger.rows import load

SHARE = {
    "companies": 16,
    "investors": 24,
    "rounds": 24,
    "round_investors": 14,
    "acquisitions": 8,
    "reported_totals": 8,
    "claims": 4,
    "exchange_rates": 2,
}
"""How many of 100 rows are drawn from each table of the money: more where a row has more cells."""


def draw(seed: int) -> Iterator[tuple[str, str]]:
    """Give the table and the key of each of 100 rows. Claims on designations are not of the money and are left out."""
    chance = random.Random(seed)  # noqa: S311  a draw is no secret
    tables = load(Package.open(Path(__file__).parents[2]))
    drawn = []
    for table, share in SHARE.items():
        keys = sorted(key.split("/") for key, row in tables[table].items() if row.get("table") != "designations")
        drawn += [(table, "/".join(parts)) for parts in chance.sample(keys, share)]
    chance.shuffle(drawn)
    yield from drawn


if __name__ == "__main__":
    for number, (table, key) in enumerate(draw(int(sys.argv[1])), start=1):
        print(number, table, key)
