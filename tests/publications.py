"""Official publications for tests: the samples in tests/official, and ones made of what the ledger holds."""

import csv
import datetime
import io
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from conftest import Tiny
from ledger.cli import main
from ledger.official.codified import EXTRACT
from ledger.official.screening_list import HEADER
from ledger.official.standing import NOTHING
from ledger.official.wording import letters
from ledger.rows import Row

OFFICIAL = Path(__file__).parent / "official"
BIS, MEU, DOD = "bis-entity-list", "bis-military-end-user-list", "dod-1260h"
CMIC, FCC, UFLPA = "treasury-ns-cmic", "fcc-covered-list", "uflpa-entity-list"
SAMPLES = (
    ("supplement-4.xml", BIS),
    ("supplement-4.csv", BIS),
    ("screening-list.json", BIS),
    ("screening-list.csv", BIS),
    ("screening-list.json", MEU),
    ("screening-list.csv", MEU),
    ("meu.json", MEU),
    ("1260h.json", DOD),
    ("1260h.xml", DOD),
    ("screening-list.json", CMIC),
    ("screening-list.csv", CMIC),
    ("consolidated.xml", CMIC),
    ("covered-list.html", FCC),
    ("uflpa.html", UFLPA),
)
"""Each sample, and a list that it holds. tests/official/*.csv named for tables are the rows that agree with them."""


def sample(name: str, *changes: tuple[str, str]) -> bytes:
    """Give a sample, in which each first text, which stands there, is replaced once by the second."""
    text = (OFFICIAL / name).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, f"{name} has no {old!r}"
        text = text.replace(old, new, 1)
    return text.encode()


def refresh(tiny: Tiny, list_id: str, publication: bytes | str | None, *options: str) -> int:
    """Run the command on what a file holds, or on an address, or on nothing."""
    if isinstance(publication, bytes):
        path = tiny.root / "publication"
        path.write_bytes(publication)
        publication = str(path)
        if "--write" in options and "--read-on" not in options:
            options = (*options, "--read-on", datetime.date.today().isoformat())
    named = [publication] if publication is not None else []
    return main(["refresh", list_id, *named, "--root", str(tiny.root), *options])


def data(tiny: Tiny) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (tiny.root / "data").iterdir()}


Tables = Mapping[str, Mapping[str, Row]]
Records = dict[str, dict[str, Any]]
"""The records of a publication by the designation that each is."""

_POLICIES = {
    "presumption-of-denial": "Presumption of denial.",
    "policy-of-denial": "Policy of denial.",
    "case-by-case": "Case-by-case basis.",
    "mixed": "Case-by-case review for some items; presumption of denial for all other items.",
    "other": "Presumption of approval for some items.",
}
_NEEDS = {
    "all-items": "For all items subject to the EAR",
    "all-items-except": "For all items subject to the EAR, except items designated EAR99",
    "specified-items": "For items on the CCL",
}


def codified(tables: Tables, edition: str) -> Records:
    """Give the rows of an extract of Supplement No. 4 that says what the ledger and its claims say it does."""
    return {
        key: {
            "name": said("entity_name"),
            "aliases": said("aliases").replace(";", " | "),
            "destination": said("destination"),
            "address": said("addresses").replace(";", "; and ") + ".",
            "federal_register": _cited(row, said, tables, dated=True),
            "license_requirement_notes": _needs(said),
        }
        for key, row, said in _standing(tables, edition)
    }


def screening_list(tables: Tables, edition: str) -> Records:
    """Give the records of the Entity List in the CSV of a Screening List that says what the ledger says it does."""
    records: Records = {}
    for key, row, said in _standing(tables, edition):
        whole = tables["designations"][row["part_of"]]["entity_name"] if row["part_of"] else ""
        policy, sections = said("license_review_policy"), said("review_sections").split(";")
        judged = _POLICIES.get(policy, "See §" + " and §".join(sections))
        if policy in _POLICIES and sections != [""]:
            at = ", ".join(sections)
            judged += f" See §{at}" if policy == "policy-of-denial" else f" ({at})"
        records[key] = dict.fromkeys(HEADER, "") | {
            "source": "Entity List (EL) - Bureau of Industry and Security",
            "name": f"{whole}. Affiliated Entity: {said('entity_name')}" if whole else said("entity_name"),
            "addresses": "1 Reed Road, Beijing, CN",
            "federal_register_notice": _cited(row, said, tables, dated=False),
            "license_requirement": _needs(said) if said("license_requirement") else "",
            "license_policy": judged if policy else "",
            "alt_names": said("aliases").replace(";", "; "),
        }
    return records


def extract(tables: Tables, edition: str) -> Records:
    """Give the entities of an extract of a list whose entries cite their notice."""
    return {
        key: {
            "name": said("entity_name"),
            "aliases": said("aliases").split(";") if said("aliases") else [],
            "country": said("destination"),
            "address": said("addresses").replace(";", "; and ") or None,
            "status": None,
            "effective_date": None,
            "federal_register": _cited(row, said, tables, dated=True),
            "notes": None,
        }
        for key, row, said in _standing(tables, edition)
    }


def as_csv(records: Records) -> bytes:
    """Write records as CSV, with the header of their form."""
    header = EXTRACT if "address" in next(iter(records.values())) else HEADER
    out = io.StringIO()
    writer = csv.DictWriter(out, header, lineterminator="\n")
    writer.writeheader()
    writer.writerows(records.values())
    return out.getvalue().encode()


def as_json(records: Records) -> bytes:
    """Write entities as the extract of the Military End-User List."""
    content = {"list_id": "bis-meu", "count": len(records), "entities": list(records.values())}
    return json.dumps(content, ensure_ascii=False).encode()


Said = Callable[[str], str]


def _standing(tables: Tables, edition: str) -> Iterable[tuple[str, Row, Said]]:
    """Give each designation that stands and cites an edition, with what the edition says for a column of it."""
    claims = {
        (claim["row_id"], claim["column"]): "" if claim["value"] == NOTHING else claim["value"]
        for claim in tables["claims"].values()
        if claim["table"] == "designations" and claim["source_id"] == edition
    }
    for key, row in tables["designations"].items():
        if edition in row["sources"].split(";") and not row["delisted_on"]:
            yield key, row, lambda column, key=key, row=row: claims.get((key, column), row[column])  # type: ignore[misc]


def _cited(row: Row, said: Said, tables: Tables, *, dated: bool) -> str:
    """Cite the notices of an entry that are in the Federal Register, and the page that a claim has."""
    claimed = said("modified_by") if re.search(r"\d FR", said("modified_by")) else ""
    notices = [tables["notices"][key] for key in [row["notice_id"], *row["modified_by"].split(";")] if key]
    pages = [
        notice["citation"] + (_day(notice["published_on"]) if dated else "")
        for notice in notices
        if re.fullmatch(r"\d+ FR \d+", notice["citation"])
    ]
    return ". ".join([*pages, *filter(None, [claimed])])


def _day(date: str) -> str:
    """Write a day as the codified list does after a citation."""
    year, *rest = date.split("-")
    return f", {int(rest[0])}/{int(rest[1])}/{year[2:]}" if len(rest) == 2 else ""


def _needs(said: Said) -> str:
    """Write a licence requirement as the list does: a footnote's number runs into the text."""
    *within, last = ["", *said("footnote").split(";")]
    sections = said("requirement_sections").split(";")
    if within != [""]:
        sections = [f"{one} {within[1]}" if one == "734.9(e)" else one for one in sections]
    at = f" (See §§ {', '.join(sections)} of the EAR)" if sections != [""] else ". (See § 744 of the EAR)"
    return f"{_NEEDS[said('license_requirement')]}{at}{last}"


Alter = Callable[[dict[str, Any]], None]


def _set(column: str, change: Callable[[Any], Any]) -> Alter:
    def alter(record: dict[str, Any]) -> None:
        before = record[column]
        record[column] = change(before)
        assert record[column] != before

    return alter


def _other(one: str, other: str) -> Callable[[str], str]:
    return lambda text: one if text != one else other


_NEED = _other("For items on the CCL. (See § 744.11 of the EAR).", "For all items subject to the EAR")
ALTERED: Mapping[str, Mapping[str, Alter]] = {
    "codified": {
        "name": _set("name", lambda name: f"New {name}"),
        "alias added": _set("aliases", lambda cell: f"{cell} | Zephyr" if cell else "Zephyr"),
        "alias removed": _set("aliases", lambda cell: cell.rpartition(" | ")[0]),
        "address": _set("address", lambda cell: f"77 Zephyr Road, {cell}"),
        "citation": _set("federal_register", lambda cell: f"{cell}. 99 FR 99999, 8/1/26"),
        "requirement": _set("license_requirement_notes", _NEED),
        "sections": _set("license_requirement_notes", lambda cell: f"{cell} and 799.9 of the EAR"),
        "footnote": _set("license_requirement_notes", lambda cell: re.sub(r"\d?$", "9", cell, count=1)),
    },
    "screening list": {
        "name": _set("name", lambda name: f"New {name}"),
        "alias added": _set("alt_names", lambda cell: f"{cell}; Zephyr" if cell else "Zephyr"),
        "alias removed": _set("alt_names", lambda cell: cell.rpartition("; ")[0]),
        "citation": _set("federal_register_notice", lambda cell: f"{cell}, 99 FR 99999, 8/1/26"),
        "requirement": _set("license_requirement", _NEED),
        "footnote": _set("license_requirement", lambda cell: re.sub(r"\d?$", "9", cell, count=1)),
        "policy": _set("license_policy", _other("Policy of denial.", "Case-by-case basis.")),
        "policy's sections": _set("license_policy", lambda _: "See § 799.9 of the EAR"),
    },
    "extract": {
        "name": _set("name", lambda name: f"New {name}"),
        "alias added": _set("aliases", lambda aliases: [*aliases, "Zephyr"]),
        "another alias": _set("aliases", lambda aliases: ["Zephyr", *aliases[1:]]),
        "address": _set("address", lambda cell: f"77 Zephyr Road, {cell}"),
        "no address": _set("address", lambda _: "China; and Zephyr Road"),
        "citation": _set("federal_register", lambda cell: f"{cell}. 99 FR 99999, 8/1/26"),
        "heading": _set("country", _other("Hong Kong", "China")),
        "aliases": _set("aliases", lambda _: ["Zephyr One", "Zephyr Two"]),
    },
}
"""Of each form, eight ways to alter a record of it."""


def alter_ten(records: Records, form: str, seed: int, spared: Collection[str]) -> tuple[Records, set[str]]:
    """Alter eight records in eight ways, remove one and add one; give all records, and what was altered.

    An altered or removed record is named by its designation, an added one by the name in it.
    What claims say of the `spared` may hide what is altered.
    """
    chance = random.Random(seed)
    names = Counter(letters(name) for record in records.values() for name in _names(record))
    keys = [
        key
        for key, record in sorted(records.items())
        if key not in spared and all(names[letters(name)] == 1 for name in _names(record))
    ]
    chance.shuffle(keys)
    altered = {key: dict(record) for key, record in records.items()}
    touched = set()
    for kind, alter in ALTERED[form].items():
        key = next(key for key in keys if key not in touched and _may(kind, records[key]))
        alter(altered[key])
        touched.add(key)
    model, gone = [key for key in keys if key not in touched and _may("gone", records[key])][:2]
    del altered[gone]
    altered["new"] = records[model] | {"name": "Zephyr Works"}
    return altered, touched | {gone, "Zephyr Works"}


def _may(kind: str, record: Mapping[str, Any]) -> bool:
    """Say whether a record can be altered in a way, and seen to be: that of a unit may go unnoticed."""
    if kind == "alias removed":
        return len(_names(record)) > 1
    if kind == "address":
        return bool(record["address"])
    return len(record["name"]) > 20 and "Affiliated Entity" not in record["name"]


def _names(record: Mapping[str, Any]) -> list[str]:
    aliases = record.get("aliases", record.get("alt_names"))
    items = re.split(r" \| |; ", aliases) if isinstance(aliases, str) else aliases or []
    return [record["name"], *filter(None, items)]
