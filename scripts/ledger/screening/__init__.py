"""Names screened against companies, their aliases and every designation."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from operator import itemgetter

from rapidfuzz import fuzz

from ledger.package import Package
from ledger.screening.entries import Entry, Hit, ListRead, entries, lists_read, tables_of
from ledger.screening.index import Index
from ledger.screening.likeness import Weights, likeness
from ledger.screening.words import Reading, asked_readings, readings

THRESHOLD = 82.0
"""The least score of a hit.

Measured with all 1,487 names of the US lists: at 82 none of 200 unrelated names hits, and of the names with one letter
wrong 98 to 99 in 100 come back; at 80 the first unrelated name hits, and at 88 one more in 100 of the others is lost.
"""


class Screening:
    """The names of all entries, each read and indexed once."""

    def __init__(self, entries: Iterable[Entry], lists: Iterable[ListRead]) -> None:
        self.entries = list(entries)
        self.lists = list(lists)
        self.brought: dict[str, list[int]] = defaultdict(list)
        self.readings: list[Reading] = []
        self.owners: list[int] = []
        for position, entry in enumerate(self.entries):
            if entry.hit.kind == "designation" and entry.hit.company_id:
                self.brought[entry.hit.company_id].append(position)
            for rank, name in enumerate(entry.names):
                for reading in readings(name, alias=rank > 0):
                    self.readings.append(reading)
                    self.owners.append(position)
        self.weights = Weights(self.readings)
        self.index = Index(self.readings)

    @classmethod
    def of(cls, package: Package) -> "Screening":
        """Read the entries of a package; ScreenError names the table that cannot be read whole."""
        tables = tables_of(package)
        return cls(entries(tables), lists_read(tables))

    def hits(self, name: str) -> list[Hit]:
        """Give the hits of a name, the best first, a company together with its designations and behind them."""
        best: dict[int, Match] = {}
        letters = name.casefold()
        for query in asked_readings(name):
            for position in self.index.candidates(query):
                reading = self.readings[position]
                owner = self.owners[position]
                score = round(100 * likeness(query, reading, self.weights), 1)
                own = reading.name == self.entries[owner].names[0]
                via = "acronym" if reading.acronym else "name" if own else "alias"
                match = (score, own, fuzz.ratio(letters, reading.name.casefold()), reading.name, via)
                if score and (owner not in best or match > best[owner]):
                    best[owner] = match
        return [replace(hit, query=name) for hit in self._in_order(best)]

    def _in_order(self, best: Mapping[int, "Match"]) -> Iterator[Hit]:
        """Order the hits: a company's together, those that stand on a list first, the company itself last."""
        found = {position: match for position, match in best.items() if match[0] >= THRESHOLD}
        companies = [position for position in found if self.entries[position].hit.kind == "company"]
        for company in companies:
            score, _, _, matched, _ = found[company]
            for position in self.brought[self.entries[company].hit.id]:
                if position not in found or found[position][0] < score:
                    found[position] = (score, False, 0.0, matched, "company")
        together = {self.entries[company].hit.id for company in companies}
        groups: dict[str, list[tuple[Rank, Hit]]] = defaultdict(list)
        for position, (score, own, letters, matched, via) in found.items():
            hit = self.entries[position].hit
            rank = (bool(hit.delisted_on), hit.kind == "company", -score, not own, -letters, hit.listed_on, hit.id)
            group = hit.company_id if hit.company_id in together else hit.id
            groups[group].append((rank, replace(hit, score=score, matched=matched, via=via)))
        for ranked in sorted(
            groups.values(), key=lambda ranked: (min(rank[2] for rank, _ in ranked), min(rank for rank, _ in ranked))
        ):
            yield from (hit for _, hit in sorted(ranked, key=itemgetter(0)))


Rank = tuple[bool, bool, float, bool, float, str, str]
"""What hits are ordered by: standing before removed, entries before their company, then by score and likeness."""

Match = tuple[float, bool, float, str, str]
"""How well an entry matches a name: the score, whether by its own name, how alike the letters are, that name, via."""
