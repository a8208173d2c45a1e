"""An extract of a publication that comes as a PDF, a document or a page only: JSON in the ledger's own form.

{"list_id": "dod-1260h", "count": 1, "entities": [{"name": "…", "aliases": [], "country": "China",
 "address": null, "effective_date": "2026-06-10", "federal_register": "91 FR 35189", "notes": "…"}]}
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from ledger.official import military_companies, pages, treasury
from ledger.official.citations import citations, unread
from ledger.official.codified import addresses
from ledger.official.entry import Entry, Publication, PublicationError, Work, iso, listed, tidy

WORKS = {
    "bis-military-end-user-list": Work(
        "Bureau of Industry and Security",
        "Supplement No. 7 to Part 744 - 'Military End-User' (MEU) List",
        "bis-{date}-supplement-7-part-744",
    ),
    "dod-1260h": military_companies.WORK,
    "fcc-covered-list": pages.FCC,
    "treasury-ns-cmic": treasury.WORK,
    "uflpa-entity-list": pages.UFLPA,
}
_NAMES = {"bis-meu": "bis-military-end-user-list", "dow-1260h": "dod-1260h", "fcc-covered": "fcc-covered-list"}
_NAMES |= {"ofac-nscmic": "treasury-ns-cmic", "dhs-uflpa": "uflpa-entity-list"}
_WITHIN = re.compile(r"Listed together with subsidiaries: (.*?)(?: \||$)")
KEYS = frozenset("name aliases country address status effective_date federal_register notes".split())


def from_json(text: str, list_id: str) -> Publication:
    """Read an extract; its `count` says how many entities there are."""
    content = json.loads(text)
    named = _NAMES.get(content["list_id"], content["list_id"])
    if list_id not in WORKS:
        raise PublicationError(f"an extract of {list_id} is a CSV: see docs/lists/{list_id}.md")
    if named != list_id:
        raise PublicationError(f"it is an extract of {named}, not of {list_id}")
    entities = content["entities"]
    if content.get("count") != len(entities):
        raise PublicationError(
            f"it says that it has {content.get('count')} entities, and has {len(entities)}: add those it lacks, or "
            "mend `count`"
        )
    publication = Publication(WORKS[list_id], [], exact_names=True, whole=True)
    for number, entity in enumerate(entities, start=1):
        _check(entity, number)
        if list_id == "fcc-covered-list" and not pages.is_business(entity["name"], entity["notes"] or ""):
            publication.passed_over.append(entity["name"])
            continue
        where = f"entity {number}"
        cells = _cells(entity, where)
        if list_id == "dod-1260h":
            del cells["listed_on"]  # it dates the notice, not the entity
        cited, rest = citations(entity["federal_register"] or "")
        alarms = unread(re.sub(r"^\(\w+ \d+ \d{4}\)$", "", rest))
        if list_id == "dod-1260h":
            publication.notice, cited = cited, ()
        publication.entries.append(Entry(where, cells["entity_name"], cells, cited, alarms=tuple(alarms)))
        within = _WITHIN.match(entity["notes"] or "")
        for name in military_companies.subsidiaries(within[1] if within else ""):
            publication.entries.append(military_companies.part(name, cells["entity_name"], where))
    return publication


def _check(entity: Mapping[str, Any], number: int) -> None:
    where = f"entity {number} ({entity.get('name')!r})"
    lacks = [f"lacks {key}" for key in sorted(KEYS - entity.keys())]
    unknown = [f"has {key}, which is no key of an extract" for key in sorted(entity.keys() - KEYS)]
    if lacks or unknown:
        raise PublicationError(f"{where} {', '.join([*lacks, *unknown])}: mend the extract")
    texts = [entity["name"], *entity["aliases"], *(entity[key] or "" for key in sorted(KEYS - {"name", "aliases"}))]
    if not isinstance(entity["aliases"], list) or not all(isinstance(text, str) for text in texts):
        raise PublicationError(f"{where} has something else where a text or a list of texts is expected")


def _cells(entity: Mapping[str, Any], where: str) -> dict[str, str]:
    cells = {"entity_name": tidy(entity["name"]), "aliases": listed([tidy(one) for one in entity["aliases"]])}
    if entity["country"]:
        cells["destination"] = entity["country"]
    if entity["address"]:
        cells["addresses"] = listed(addresses(entity["address"]))
    if entity["effective_date"]:
        day = entity["effective_date"]
        cells["listed_on"] = day if re.fullmatch(r"[\d-]+", day) else iso(day, pages.DAY, where)
    return cells
