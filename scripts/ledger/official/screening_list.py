"""The Consolidated Screening List of the International Trade Administration, as JSON and as CSV.

It repeats the lists of several agencies. It gives the review policy that an entry's applicants meet, makes units of
an entity entries of their own, and drops citations; its punctuation is its own.
"""

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

from ledger.official import treasury
from ledger.official.citations import citations, unread
from ledger.official.entry import Entry, Publication, PublicationError, Work, iso, listed, tidy
from ledger.official.licences import licence_cells

WORK = Work(
    "International Trade Administration",
    "Consolidated Screening List",
    "bis-{date}-consolidated-screening-list",
    kind="database",
)

LISTS = {
    "Entity List (EL) - Bureau of Industry and Security": "bis-entity-list",
    "Military End User (MEU) List - Bureau of Industry and Security": "bis-military-end-user-list",
    "Non-SDN Chinese Military-Industrial Complex Companies List (CMIC) - Treasury Department": "treasury-ns-cmic",
}
# Lists that name few or no entities of China, or persons only; they are no business of the ledger.
OTHERS = frozenset(
    {
        "AECA Debarred List (DTC) - State Department",
        "Capta List (CAP) - Treasury Department",
        "Denied Persons List (DPL) - Bureau of Industry and Security",
        "Foreign Sanctions Evaders (FSE) - Treasury Department",
        "ITAR Debarred (DTC) - State Department",
        "Non-SDN Menu-Based Sanctions List (NS-MBS List) - Treasury Department",
        "Nonproliferation Sanctions (ISN) - State Department",
        "Palestinian Legislative Council List (PLC) - Treasury Department",
        "Sectoral Sanctions Identifications List (SSI) - Treasury Department",
        "Specially Designated Nationals (SDN) - Treasury Department",
        "Unverified List (UVL) - Bureau of Industry and Security",
    }
)
HEADER = (
    "_id source entity_number type programs name title addresses federal_register_notice start_date end_date "
    "standard_order license_requirement license_policy call_sign vessel_type gross_tonnage gross_registered_tonnage "
    "vessel_flag vessel_owner remarks source_list_url alt_names citizenships dates_of_birth nationalities "
    "places_of_birth source_information_url ids"
).split()
EXTRACT = (
    "name alt_names address_countries federal_register_notice license_requirement license_policy source_list_url"
).split()
RECORD = frozenset(HEADER) - {"_id"} | {"id", "country", "standard_order", "sourced_ids"}
NEEDED = frozenset({"source", "name", "addresses", "federal_register_notice", "alt_names"})
# Entries under Iran and Russia for which it prints no address.
_ELSEWHERE = frozenset({"Simin Neda Industrial and Electrical Parts", "Yuzhno-Kirinskoye Field"})
_PART = (". Affiliated Entity: ", ". Subordinate Institution - ")
_EFFECTIVE = ", Effective Date (CMIC)"


def from_json(text: str, list_id: str) -> Publication:
    """Read the JSON edition: an object with `results`, a record each."""
    content = json.loads(text)
    results = content.get("results") if isinstance(content, dict) else None
    if not isinstance(results, list) or not all(isinstance(record, dict) for record in results):
        raise PublicationError("it has no `results`: is it the Consolidated Screening List?")
    publication = Publication(WORK, [], whole=list_id == "treasury-ns-cmic")
    for record in results:
        missing = NEEDED - record.keys()
        if missing:
            raise PublicationError(f"the record {record.get('name')!r} has no {', '.join(sorted(missing))}")
    unknown = {key for record in results for key in record} - RECORD
    if unknown:
        raise PublicationError(
            f"its records have fields that are not known: {', '.join(sorted(unknown))}; see what they mean first"
        )
    for number, record in enumerate(results, start=1):
        if record["source"] in LISTS:
            _check(record)
        addresses = record["addresses"] or []
        _add(
            publication,
            list_id,
            {
                "where": f"record {number}",
                **{key: _text(record.get(key)) for key in ("source", "name", "license_requirement", "license_policy")},
                "federal_register_notice": _text(record["federal_register_notice"]),
            },
            aliases=[_text(name) for name in record["alt_names"] or []],
            countries=[_text(address.get("country")) for address in addresses],
            ids=[_joined_id(one) for one in record.get("ids") or []],
        )
    return publication


def from_csv(text: str, list_id: str) -> Publication:
    """Read the CSV edition, or the extract of its Entity List that names countries instead of addresses."""
    rows = list(csv.reader(io.StringIO(text), strict=True))
    header = rows[0]
    publication = Publication(WORK, [], whole=list_id == "treasury-ns-cmic")
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(header):
            raise PublicationError(
                f"record {number} has {len(row)} cells where the header has {len(header)}: download it again"
            )
        record = {key: _text(cell) for key, cell in zip(header, row, strict=True)}
        extract = header == EXTRACT
        _add(
            publication,
            list_id,
            {"where": f"record {number}"}
            | record
            | ({"source": "Entity List (EL) - Bureau of Industry and Security"} if extract else {}),
            aliases=record["alt_names"].split(" | " if extract else "; "),
            countries=record["address_countries"].split(";") if extract else _countries(record["addresses"]),
            ids=[] if extract else record["ids"].split("; "),
        )
    return publication


def _check(record: Mapping[str, Any]) -> None:
    """Refuse a record of our lists whose fields hold something else than they do."""
    kinds = {"alt_names": str, "addresses": dict, "ids": str | dict}
    listed = {key: record[key] for key in kinds if record.get(key) is not None}
    odd = [
        key
        for key, items in listed.items()
        if not isinstance(items, list) or not all(isinstance(item, kinds[key]) for item in items)
    ]
    texts = ("name", "federal_register_notice", "license_requirement", "license_policy")
    odd += [key for key in texts if not isinstance(record.get(key) or "", str)]
    if odd:
        raise PublicationError(f"the record {record['name']!r} has something of another kind in {', '.join(odd)}")


def _add(
    publication: Publication,
    list_id: str,
    record: Mapping[str, str],
    *,
    aliases: list[str],
    countries: list[str],
    ids: list[str],
) -> None:
    source, where = record["source"], record["where"]
    if source not in LISTS:
        if source not in OTHERS:
            publication.alarms.append(f"{where}: a list that is not known: {source!r}")
        return
    if LISTS[source] != list_id:
        return
    full = tidy(record["name"])
    if full in _ELSEWHERE:
        publication.passed_over.append(full)
        return
    whole, _, part = next((full.partition(mark) for mark in _PART if mark in full), (full, "", ""))
    cells = {"entity_name": part or full, "aliases": listed(_names(aliases))}
    alarms: list[str] = []
    if record["license_requirement"] and list_id == "bis-entity-list":
        licence, unknown = licence_cells(record["license_requirement"], record["license_policy"])
        cells |= licence
        alarms += unknown
    for one in ids:
        if one.endswith(_EFFECTIVE):
            cells["listed_on"] = iso(one.removesuffix(_EFFECTIVE), treasury.DAY, where)
    cited, rest = citations(record["federal_register_notice"])
    alarms += unread(rest)
    publication.entries.append(
        Entry(
            where=where,
            name=cells["entity_name"],
            cells=cells,
            citations=cited,
            countries=frozenset(filter(None, countries)),
            part_of=whole if part else "",
            alarms=tuple(alarms),
        )
    )


def _names(aliases: list[str]) -> list[str]:
    """Give aliases apart: some hold several, parted by a semicolon."""
    return [tidy(part) for alias in aliases for part in alias.split(";")]


def _countries(addresses: str) -> list[str]:
    """Give the countries of a CSV cell of addresses: each address ends in two letters."""
    return [address.rpartition(",")[2].strip() for address in addresses.split("; ") if address]


def _joined_id(one: object) -> str:
    """Give an identifier of a JSON record as the CSV edition writes it: number, then type."""
    if not isinstance(one, dict):
        return _text(one)
    return ", ".join(_text(one.get(key)) for key in ("number", "type") if one.get(key))


def _text(value: Any) -> str:
    return "" if value is None else str(value)
