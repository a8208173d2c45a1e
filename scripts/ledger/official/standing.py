"""What the ledger has of a list: the entries that stand, their notices, and what a publication says otherwise."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from ledger.names import fold, spelled
from ledger.official.codified import addresses
from ledger.official.entry import CHINA, Entry, Publication, listed
from ledger.official.wording import letters, likeness
from ledger.rows import Row

RENAMED = 75
MISSPELT = 95
"""Of 100: an entry that is gone and a new one of the same notice whose names are this near are one, renamed.

The first holds of folded names, the second of whole ones: a slip in a legal form keeps it from being folded.
"""

NOTHING = "(none)"
"""The value of a claim whose source leaves the cell empty."""


class Standing:
    """The entries of a list that stand, by id, as one publication is compared with them.

    `editions` are the sources that are editions of the publication, and `claims` what they say otherwise than a row, by
    row and column. `pages` has the notices of the list by each page that is cited for them, `elsewhere` a notice of
    another list.
    """

    def __init__(self, publication: Publication, list_id: str, tables: Mapping[str, Mapping[str, Row]]) -> None:
        self.publication = publication
        self.editions = publication.work.editions(tables["sources"])
        self.rows = {
            key: row
            for key, row in tables["designations"].items()
            if row["list_id"] == list_id and not row["delisted_on"] and not row["delisted_by"]
        }
        self.claims: dict[tuple[str, str], list[str]] = defaultdict(list)
        for claim in tables["claims"].values():
            if claim["table"] == "designations" and claim["source_id"] in self.editions:
                value = "" if claim["value"] == NOTHING else claim["value"]
                self.claims[claim["row_id"], claim["column"]].append(value)
        self.pages: dict[str, list[str]] = defaultdict(list)
        self.elsewhere: dict[str, str] = {}
        for key, notice in tables["notices"].items():
            ours = list_id in (notice["list_id"], *items_of(notice["other_lists"]))
            for page in [notice["citation"], *items_of(notice["cited_as"])]:
                if ours:
                    self.pages[page].append(key)
                else:
                    self.elsewhere[page] = key
        self.named: dict[str, list[str]] = defaultdict(list)
        self.called: dict[str, list[str]] = defaultdict(list)
        for key, row in self.rows.items():
            for name in [row["entity_name"], *self.claims[key, "entity_name"]]:
                self.named[letters(name)].append(key)
            for alias in items_of(row["aliases"]):
                self.called[letters(alias)].append(key)

    def designation(self, entry: Entry) -> tuple[str, bool]:
        """Find the designation that an entry is, and say whether by its name.

        Of several of one name it is that which the citations fit; "" where there is none.
        """
        for index, by_name in ((self.named, True), (self.called, False)):
            found = [
                key
                for key in dict.fromkeys(index.get(letters(entry.name), []))
                # An entity stands under several headings; a reading without headings tells its addresses.
                if self.publication.whole or (self.rows[key]["destination"] in CHINA) == entry.chinese
            ]
            # Skyverse and Skyverse Limited are two: the very name comes before a name of other legal form.
            found.sort(key=lambda key: spelled(self.rows[key]["entity_name"]) != spelled(entry.name))
            fitting = [key for key in found if self._fits(key, entry)]
            if fitting or (by_name and found):
                return (fitting or found)[0], by_name
        return "", False

    def alike(self, entry: Entry) -> list[str]:
        """Give the designations of which a publication is known to run the names together into that of an entry."""
        named = self.named.get(letters(entry.name), [])
        return [key for key in named if entry.name in self.claims[key, "entity_name"]]

    def renamed(self, entry: Entry, gone: Iterable[str]) -> str:
        """Give the entry that is gone and stands here under a new name, the nearest of several, if there is one."""
        near = []
        for key in gone:
            name = self.rows[key]["entity_name"]
            folded, whole = likeness(fold(name), fold(entry.name)), likeness(spelled(name), spelled(entry.name))
            if (folded >= RENAMED or whole >= MISSPELT) and self._fits(key, entry):
                near.append((whole, key))
        return max(near, default=(0, ""))[1]

    def parted(self, entry: Entry) -> Entry:
        """Part undivided text behind the longest name in the ledger with which it begins: a name may hold a comma."""
        if self.publication.splits:
            return entry
        names = (row["entity_name"] for row in self.rows.values())
        name = max((name for name in names if entry.text.startswith(f"{name},")), key=len, default="")
        if len(name) <= len(entry.name):
            return entry
        at = listed(addresses(entry.text.removeprefix(name)))
        return replace(entry, name=name, cells={**entry.cells, "entity_name": name, "addresses": at})

    def cited_otherwise(self, key: str) -> list[str]:
        """Give the pages and notices that the publication is known to cite for a row which does not name them."""
        return self.claims[key, "notice_id"] + self.claims[key, "modified_by"]

    def _fits(self, key: str, entry: Entry) -> bool:
        row = self.rows[key]
        of_row = {row["notice_id"], *items_of(row["modified_by"])}
        claimed = self.cited_otherwise(key)
        return not entry.citations or any(
            citation.page in claimed or of_row & set(self.pages.get(citation.page, [])) for citation in entry.citations
        )


def items_of(cell: str) -> list[str]:
    """Give the items of a list cell."""
    return cell.split(";") if cell else []
