"""`ledger refresh`: what an official publication proposes, what it refuses, and what it writes."""

import csv
import datetime
import http.server
import io
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import publications
import pytest
from conftest import ROOT, Tiny
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger import rows as book
from ledger.cli import main
from ledger.package import Package
from publications import BIS, CMIC, DOD, FCC, MEU, OFFICIAL, SAMPLES, UFLPA, sample

TABLES = ("lists", "notices", "sources", "designations")
TODAY = datetime.date.today().isoformat()
Out = pytest.CaptureFixture[str]


@pytest.fixture(scope="session")
def agreeing(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    tiny = Tiny(tmp_path_factory.mktemp("agreeing") / "ledger")
    for table in TABLES:
        tiny.put(table, (OFFICIAL / f"{table}.csv").read_text(encoding="utf-8"))
    assert tiny.findings() == []
    return tiny


@pytest.fixture
def listed(tiny: Tiny, agreeing: Tiny) -> Tiny:
    """The tiny package with the entries that the samples have."""
    for table in TABLES:
        tiny.write(table, agreeing.path(table).read_bytes())
    return tiny


def refresh(tiny: Tiny, list_id: str, publication: bytes | str | None, *options: str) -> int:
    """Run the command on what a file holds, or on an address, or on nothing."""
    if isinstance(publication, bytes):
        path = tiny.root / "publication"
        path.write_bytes(publication)
        publication = str(path)
    named = [publication] if publication is not None else []
    return main(["refresh", list_id, *named, "--root", str(tiny.root), *options])


def data(tiny: Tiny) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (tiny.root / "data").iterdir()}


def lines(out: Out) -> list[str]:
    """Give what was printed but for the count at the end."""
    return out.readouterr().out.splitlines()[:-1]


def designation(tiny: Tiny, key: str) -> dict[str, str]:
    return next(row for row in tiny.rows("designations") if row["designation_id"] == key)


# Nothing, new, changed, gone, renamed, alarms.


@pytest.mark.parametrize(("name", "list_id"), SAMPLES)
def test_a_publication_that_agrees_proposes_nothing(listed: Tiny, capsys: Out, name: str, list_id: str) -> None:
    before = data(listed)
    assert refresh(listed, list_id, sample(name)) == 0
    assert capsys.readouterr().out.startswith("nothing to propose: the ")
    assert data(listed) == before


LANTERN, HERON = "bis-entity-list-beijing-lantern-vision", "bis-entity-list-heron-photonics-institute"
OTTER = "bis-entity-list-otter-semiconductor-hk"
GONE = "it is not in the publication; look for the notice that removed it"
# The file, the list, what is written instead of what, and what is proposed.
PROPOSED: dict[str, tuple[str, str, tuple[str, str], list[str]]] = {
    "XML, alias": (
        "supplement-4.xml",
        BIS,
        ("—Denglong Vision", "—Denglong Eyes"),
        [f"changed  {LANTERN}: aliases: 'Denglong Vision' → 'Denglong Eyes' (row 2)"],
    ),
    "XML, address": (
        "supplement-4.xml",
        BIS,
        ("Room 1, 2/F", "Room 9, 2/F"),
        [f"changed  {OTTER}: addresses: 'Room 1, 2/F, Kowloon, Hong Kong' → 'Room 9, 2/F, Kowloon, Hong Kong' (row 5)"],
    ),
    "XML, name": (
        "supplement-4.xml",
        BIS,
        ("Heron Photonics Institute", "Heron Photonic Institute"),
        [
            f"changed  {HERON}: entity_name: 'Heron Photonics Institute' → 'Heron Photonic Institute' (row 3)",
        ],
    ),
    "XML, licence": (
        "supplement-4.xml",
        BIS,
        ("Presumption of denial.</TD>", "Case-by-case basis.</TD>"),
        [f"changed  {HERON}: license_review_policy: 'presumption-of-denial' → 'case-by-case' (row 3)"],
    ),
    "XML, footnote": (
        "supplement-4.xml",
        BIS,
        ("of the EAR)<sup>4</sup>", "of the EAR)"),
        [f"changed  {LANTERN}: footnote: '4' → '' (row 2)"],
    ),
    "XML, heading": (
        "supplement-4.xml",
        BIS,
        ("CHINA, PEOPLE’S REPUBLIC OF", "HONG KONG"),
        [
            f"changed  {LANTERN}: destination: 'China' → 'Hong Kong' (row 2)",
            f"changed  {HERON}: destination: 'China' → 'Hong Kong' (row 3)",
            f"changed  {OTTER}: destination: 'China' → 'Hong Kong' (row 5)",
        ],
    ),
    "XML, new entry": (
        "supplement-4.xml",
        BIS,
        ("[Reserved]</TD><TD/><TD/><TD/>", "Egret Optics, 1 Reed Road, Beijing, China.</TD>" + "{licence}"),
        [
            "notice   99-fr-50001: 99 FR 50001 of 2026-08-01",
            "new      bis-entity-list-egret-optics: Egret Optics (since 2026-08-01, 99-fr-50001)",
        ],
    ),
    "XML, another notice": (
        "supplement-4.xml",
        BIS,
        ("84 FR 10004, 10/9/19.</TD>", "84 FR 10004, 10/9/19. 88 FR 40001, 4/17/23.</TD>"),
        [f"changed  {HERON}: modified_by: '' → '88-fr-40001' (row 3)"],
    ),
    "CSV extract, alias": (
        "supplement-4.csv",
        BIS,
        ("HPI | Heron", "HPI | Egret | Heron"),
        [
            f"changed  {HERON}: aliases: 'HPI;Heron Optics Co., Ltd.' → 'HPI;Egret;Heron Optics Co., Ltd.' (record 3)",
        ],
    ),
    "Screening List JSON, policy": (
        "screening-list.json",
        BIS,
        ("Policy of denial. See §746.8(b) of the EAR.", "Presumption of denial."),
        [
            f"changed  {OTTER}: license_review_policy: 'policy-of-denial' → 'presumption-of-denial' (record 4)",
            f"changed  {OTTER}: review_sections: '746.8(b)' → '' (record 4)",
        ],
    ),
    "Screening List JSON, alias": (
        "screening-list.json",
        BIS,
        ('["HPI", ', "["),
        [f"changed  {HERON}: aliases: 'HPI;Heron Optics Co., Ltd.' → 'Heron Optics Co., Ltd.' (record 2)"],
    ),
    "Screening List JSON, unit": (
        "screening-list.json",
        BIS,
        ("Lantern Vision Chengdu Lab", "Lantern Vision Chengdu Labs"),
        [
            "changed  bis-entity-list-lantern-vision-chengdu-lab: entity_name: 'Lantern Vision Chengdu Lab' → "
            "'Lantern Vision Chengdu Labs' (record 3)"
        ],
    ),
    "Screening List CSV, requirement": (
        "screening-list.csv",
        BIS,
        ("For all items subject to the EAR. (See §744.11", "For items on the CCL. (See §744.11"),
        [f"changed  {HERON}: license_requirement: 'all-items' → 'specified-items' (record 3)"],
    ),
    "Screening List CSV, date": (
        "screening-list.csv",
        CMIC,
        ("14 Feb 2022", "15 Feb 2022"),
        ["changed  treasury-ns-cmic-plover-holdings: listed_on: '2022-02-14' → '2022-02-15' (record 10)"],
    ),
    "Screening List JSON, now of China": (
        "screening-list.json",
        BIS,
        ('"country": "PK"', '"country": "CN"'),
        [
            "alarm    record 5: Plover Trading: it cites 86 FR 77777, which no notice bears: add the notice, or the "
            "page to the cited_as of its notice"
        ],
    ),
    "Screening List CSV, source": (
        "screening-list.csv",
        BIS,
        ("Specially Designated Nationals (SDN)", "Especially Designated Nationals"),
        ["alarm    record 11: a list that is not known: 'Especially Designated Nationals - Treasury Department'"],
    ),
    "Screening List CSV, requirement of no known kind": (
        "screening-list.csv",
        BIS,
        ("For all items subject to the EAR (See §§ 734.9(g)", "For nothing (See §§ 734.9(g)"),
        [
            "alarm    record 5: Otter Semiconductor (HK) Limited: a license requirement of no known kind: "
            "'For nothing (See §§ 734.9(g),3 746.8(a)(3), and 744.21(b) of the EAR)'"
        ],
    ),
    "XML, policy of no known kind": (
        "supplement-4.xml",
        BIS,
        ("Presumption of denial.</TD>", "Assumption of denial.</TD>"),
        [
            "alarm    row 3: Heron Photonics Institute: a license review policy of no known kind: "
            "'Assumption of denial.'"
        ],
    ),
    "XML, citation that cannot be read": (
        "supplement-4.xml",
        BIS,
        ("85 FR 10002, 6/5/20", "85 FR 10002, 6/5/20. 88 FR"),
        [
            "alarm    row 2: Beijing Lantern Vision Technology Co., Ltd.: a citation that cannot be read: '88 FR'",
        ],
    ),
    "XML, day that is none": (
        "supplement-4.xml",
        BIS,
        ("85 FR 10002, 6/5/20", "85 FR 10002, 6/31/20"),
        [
            "alarm    row 2: Beijing Lantern Vision Technology Co., Ltd.: a citation that cannot be read: '6/31/20'",
        ],
    ),
    "XML, a cell too few": (
        "supplement-4.xml",
        BIS,
        ("[Reserved]</TD><TD/>", "[Reserved]</TD>"),
        ["alarm    row 4: it has 4 cells instead of 5"],
    ),
    "extract, notice of another list": (
        "meu.json",
        MEU,
        ('85 FR 20001, 12/23/2020",\n   "notes": null', '85 FR 20001, 12/23/2020. 84 FR 10001",\n   "notes": null'),
        [
            "alarm    entity 1: Crane Flight Institute: it cites 84 FR 10001, a notice of another list: add "
            "bis-military-end-user-list to other_lists of 84-fr-10001"
        ],
    ),
    "extract, address": (
        "meu.json",
        MEU,
        ("1 Reed Road", "2 Reed Road"),
        [
            'changed  bis-military-end-user-list-reed-aero-engine-works: addresses: "1 Reed Road, Xi\'an, China" → '
            '"2 Reed Road, Xi\'an, China" (entity 2)'
        ],
    ),
    "extract, new unit": (
        "1260h.json",
        DOD,
        ("and Otter Legs Co., Ltd.", "Otter Legs Co., Ltd., and Otter Wings Inc."),
        ["new      dod-1260h-otter-wings: Otter Wings Inc. (since 2026-06-10, 91-fr-30001)"],
    ),
    "notice, renamed": (
        "1260h.xml",
        DOD,
        ("<FP>Plover Drones Corporation", "<FP>Plover Drone Corporation"),
        [
            "changed  dod-1260h-plover-drones: entity_name: 'Plover Drones Corporation' → 'Plover Drone Corporation' "
            "(the paragraph of 'Plover Drone Corporation')"
        ],
    ),
    "notice, unit gone": (
        "1260h.xml",
        DOD,
        (", and Otter Legs Co., Ltd.", ""),
        [f"gone?    dod-1260h-otter-legs: {GONE}"],
    ),
    "Treasury, alias": (
        "consolidated.xml",
        CMIC,
        ("DENGLONG GROUP", "DENGLONG EYES"),
        ["changed  treasury-ns-cmic-lantern-vision-group: aliases: 'DENGLONG GROUP' → 'DENGLONG EYES' (uid 31001)"],
    ),
    "Treasury, gone": (
        "consolidated.xml",
        CMIC,
        ("CMIC-EO13959", "RUSSIA-EO14024"),
        [f"gone?    treasury-ns-cmic-lantern-vision-group: {GONE}"],
    ),
    "Treasury, new": (
        "consolidated.xml",
        CMIC,
        ("<program>RUSSIA-EO14024", "<program>CMIC-EO13959"),
        ["alarm    uid 31003: CRANE OIL: it is new, and neither a notice nor a date tells since when"],
    ),
    "Treasury, country": (
        "consolidated.xml",
        CMIC,
        ("<country>China", "<country>Chian"),
        ["alarm    uid 31001: LANTERN VISION GROUP: a country that is not known: 'Chian'"],
    ),
    "UFLPA page, alias": (
        "uflpa.html",
        UFLPA,
        ("; and Crane Cotton", "; Crane Cotton; and Egret Cotton"),
        [
            "changed  uflpa-entity-list-heron-cotton: aliases: 'Heron Textile;Crane Cotton' → "
            "'Heron Textile;Crane Cotton;Egret Cotton' (the row of 'Heron Cotton Co., Ltd. (including two al')"
        ],
    ),
    "UFLPA page, new": (
        "uflpa.html",
        UFLPA,
        ("<tr><td><p>Reed", "<tr><td>Egret Farm</td><td>August 3, 2026</td></tr><tr><td><p>Reed"),
        ["new      uflpa-entity-list-egret-farm: Egret Farm (since 2026-08-03, no notice)"],
    ),
    "FCC page, date": (
        "covered-list.html",
        FCC,
        ("September 20, 2022", "September 21, 2022"),
        [
            "changed  fcc-covered-list-plover-networks: listed_on: '2022-09-20' → '2022-09-21' "
            "(the row of Plover Networks Corp)"
        ],
    ),
    "FCC page, no company": (
        "covered-list.html",
        FCC,
        ("services provided by Plover Networks Corp", "services of Plover Networks Corp"),
        [
            f"gone?    fcc-covered-list-plover-networks: {GONE}",
            "alarm    a row that names no company: "
            "'International telecommunications services of Plover Networks Corp subject to sec'",
        ],
    ),
    "FCC page, another table": (
        "covered-list.html",
        FCC,
        ("Equipment under Conditional Approval", "Equipment under Review"),
        ["alarm    a table whose columns are not known: Equipment under Review"],
    ),
}
LICENCE = "<TD>For all items subject to the EAR.</TD><TD>Presumption of denial.</TD><TD>99 FR 50001, 8/1/26.</TD>"
"""The other cells of a new row."""


@pytest.mark.parametrize("case", PROPOSED.values(), ids=PROPOSED)
def test_what_is_altered_is_proposed_and_not_written(
    listed: Tiny, capsys: Out, case: tuple[str, str, tuple[str, str], list[str]]
) -> None:
    name, list_id, (old, new), proposed = case
    before = data(listed)
    assert refresh(listed, list_id, sample(name, (old, new.format(licence=LICENCE)))) == 1
    assert lines(capsys) == proposed
    assert data(listed) == before


def claim(tiny: Tiny, column: str, value: str, source: str = "bis-2026-07-09-supplement-4-part-744") -> None:
    """Record that an edition says something else of the heron."""
    tiny.put(
        "claims",
        f"claim_id,table,row_id,column,value,source_id,note\nheron,designations,{HERON},{column},{value},{source},",
    )


@pytest.mark.parametrize(
    ("column", "value", "change"),
    [
        ("entity_name", "Heron Photonic Institute", ("Heron Photonics", "Heron Photonic")),
        ("aliases", "HPI", ("<br/>—Heron Optics Co., Ltd.", "")),
        ("addresses", "China", ('No. 7 Reed Road, Shanghai, China; <E T="03">and</E> 12 Bank Street, Suzhou', "")),
        ("license_review_policy", "case-by-case", ("Presumption of denial.</TD>", "Case-by-case basis.</TD>")),
        ("modified_by", "88 FR 99", ("84 FR 10004, 10/9/19.</TD>", "84 FR 10004, 10/9/19. 88 FR 99.</TD>")),
        ("modified_by", "88 FR", ("84 FR 10004, 10/9/19.</TD>", "84 FR 10004, 10/9/19. 88 FR.</TD>")),
    ],
)
def test_what_a_claim_records_is_no_news(listed: Tiny, column: str, value: str, change: tuple[str, str]) -> None:
    publication = sample("supplement-4.xml", change)
    assert refresh(listed, BIS, publication) == 1
    claim(listed, column, value)
    assert refresh(listed, BIS, publication) == 0


def test_a_claim_of_another_publication_silences_nothing(listed: Tiny) -> None:
    claim(listed, "license_review_policy", "case-by-case", "bis-2026-07-31-consolidated-screening-list")
    assert refresh(listed, BIS, sample("supplement-4.xml", ("Presumption of denial.</TD>", "Case-by-case.</TD>"))) == 1


def test_an_entry_that_no_edition_had_is_not_asked_for(listed: Tiny) -> None:
    listed.put("designations", f"designation_id,sources\n{OTTER},register-2019-10-09")
    assert refresh(listed, BIS, without_otter()) == 0


def test_an_entry_that_was_removed_is_not_asked_for(listed: Tiny) -> None:
    listed.put("designations", f"designation_id,delisted_by,delisted_on\n{OTTER},88-fr-40001,2023-04-17")
    assert refresh(listed, BIS, without_otter()) == 0


def test_an_entry_that_stands_again_after_its_removal_is_new(listed: Tiny, capsys: Out) -> None:
    listed.put("designations", f"designation_id,delisted_by,delisted_on\n{OTTER},88-fr-40001,2023-04-17")
    assert refresh(listed, BIS, sample("supplement-4.xml")) == 1
    assert lines(capsys) == [
        f"new      {OTTER}-limited: Otter Semiconductor (HK) Limited (since 2023-04-17, 88-fr-40001)"
    ]


def test_a_unit_of_an_entity_that_was_removed_is_asked_for(listed: Tiny, capsys: Out) -> None:
    listed.put("designations", f"designation_id,delisted_by,delisted_on\n{LANTERN},88-fr-40001,2023-04-17")
    listed.put("designations", f"designation_id,part_of\n{OTTER},{LANTERN}")
    refresh(listed, BIS, without_otter())
    assert f"gone?    {OTTER}: it is not in the publication; look for the notice that removed it" in lines(capsys)


def without_otter() -> bytes:
    start = (
        (OFFICIAL / "supplement-4.xml").read_text(encoding="utf-8").partition('<TR><TD align="left" scope="row"> </TD>')
    )
    return (start[0] + start[2].partition("</TR>\n")[2]).encode()


def test_two_pages_of_one_notice_are_one_notice(listed: Tiny) -> None:
    publication = sample(
        "supplement-4.csv",
        ("Heron Photonics Institute", "Egret Institute of the Reeds"),
        ('84 FR 10004, 10/9/19"', '84 FR 10004, 10/9/19. 84 FR 10001"'),
    )
    refresh(listed, BIS, publication, "--write")
    assert designation(listed, "bis-entity-list-egret-institute-of-the-reeds")["modified_by"] == ""


def test_of_two_entries_of_one_name_the_citation_tells_which_it_is(listed: Tiny, capsys: Out) -> None:
    name = "Otter Semiconductor (HK) Co., Limited"
    listed.put("designations", f'designation_id,entity_name\nbis-entity-list-crane-institute,"{name}"')
    listed.put(
        "designations",
        "designation_id,destination,delisted_by,delisted_on,license_requirement,sources\n"
        "bis-entity-list-crane-institute,China,,,specified-items,register-2019-10-09",
    )
    assert refresh(listed, BIS, sample("supplement-4.csv", ("Otter Semiconductor (HK) Limited", f'"{name}"'))) == 1
    assert lines(capsys) == [
        f"changed  {OTTER}: entity_name: 'Otter Semiconductor (HK) Limited' → '{name}' (record 4)",
    ]


# --write


def test_what_is_proposed_is_written_and_then_proposed_no_more(listed: Tiny, capsys: Out) -> None:
    publication = sample(
        "supplement-4.xml",
        (
            "[Reserved]</TD><TD/><TD/><TD/>",
            "Egret Optics, a.k.a., the following one alias: —EO. 1 Reed Road, Beijing, China.</TD>" + LICENCE,
        ),
        ("—HPI", "—HPIS"),
        ('<TD align="left">84 FR 10004, 10/9/19.</TD>', "<TD>84 FR 10004, 10/9/19. 99 FR 50001, 8/1/26.</TD>"),
    )
    assert refresh(listed, BIS, publication, "--write") == 0
    out = capsys.readouterr().out
    assert out.endswith("written: designations, lists, notices, revisions, sources; now run `ledger check`\n")
    assert listed.findings() == []
    assert refresh(listed, BIS, publication) == 0
    assert refresh(listed, BIS, publication, "--write") == 0
    assert designation(listed, "bis-entity-list-egret-optics") == {
        "designation_id": "bis-entity-list-egret-optics",
        "list_id": BIS,
        "entity_name": "Egret Optics",
        "aliases": "EO",
        "part_of": "",
        "company_id": "",
        "relation": "",
        "destination": "China",
        "addresses": "1 Reed Road, Beijing, China",
        "notice_id": "99-fr-50001",
        "listed_on": "2026-08-01",
        "listed_on_basis": "publication",
        "modified_by": "",
        "delisted_by": "",
        "delisted_on": "",
        "license_requirement": "all-items",
        "requirement_sections": "",
        "license_review_policy": "presumption-of-denial",
        "review_sections": "",
        "footnote": "",
        "sources": f"bis-{TODAY}-supplement-4-part-744",
        "notes": "",
    }
    notice = next(row for row in listed.rows("notices") if row["notice_id"] == "99-fr-50001")
    assert (notice["citation"], notice["list_id"], notice["published_on"]) == ("99 FR 50001", BIS, "2026-08-01")
    assert notice["sources"] == f"bis-{TODAY}-supplement-4-part-744"
    revision = next(row for row in listed.rows("revisions") if row["designation_id"] == HERON)
    assert (revision["notice_id"], revision["column"], revision["changed_on"]) == (
        "99-fr-50001",
        "aliases",
        "2026-08-01",
    )
    assert revision["before"] == "HPI;Heron Optics Co., Ltd."
    assert revision["after"] == "HPIS;Heron Optics Co., Ltd."
    heron = designation(listed, HERON)
    assert (heron["aliases"], heron["modified_by"]) == ("HPIS;Heron Optics Co., Ltd.", "99-fr-50001")
    assert heron["sources"].endswith(f";bis-{TODAY}-supplement-4-part-744")
    source = next(row for row in listed.rows("sources") if row["source_id"] == f"bis-{TODAY}-supplement-4-part-744")
    assert (source["accessed_on"], source["url"], source["kind"]) == (TODAY, "", "regulation")


def test_what_agrees_only_notes_the_day(listed: Tiny, capsys: Out) -> None:
    before = data(listed)
    assert refresh(listed, BIS, sample("supplement-4.xml"), "--write") == 0
    assert capsys.readouterr().out.endswith("written: lists; now run `ledger check`\n")
    assert {name for name, content in data(listed).items() if content != before[name]} == {"lists.csv"}
    checked = {row["list_id"]: row["last_checked_on"] for row in listed.rows("lists")}
    assert checked == dict.fromkeys(checked, "2026-07-31") | {BIS: TODAY}


def test_of_two_new_notices_none_is_said_to_have_made_the_change(listed: Tiny) -> None:
    cited = ("84 FR 10004, 10/9/19.</TD>", "84 FR 10004, 10/9/19. 99 FR 1, 8/1/26. 99 FR 2, 8/2/26.</TD>")
    before = listed.rows("revisions")
    assert refresh(listed, BIS, sample("supplement-4.xml", cited, ("—HPI", "—HPIS")), "--write") == 0
    assert designation(listed, HERON)["modified_by"] == "99-fr-1;99-fr-2"
    assert designation(listed, HERON)["aliases"].startswith("HPIS;")
    assert listed.rows("revisions") == before
    assert listed.findings() == []


def test_a_change_without_a_new_notice_is_no_revision(listed: Tiny) -> None:
    before = listed.rows("revisions")
    assert refresh(listed, BIS, sample("screening-list.json", ('["HPI", ', '["HPIS", ')), "--write") == 0
    assert designation(listed, HERON)["sources"].endswith(f"bis-{TODAY}-consolidated-screening-list")
    assert listed.rows("revisions") == before
    assert listed.findings() == []


def test_what_is_gone_and_what_alarms_is_never_written(listed: Tiny, capsys: Out) -> None:
    publication = without_otter().replace(b"Presumption of denial.</TD>", b"Assumption of denial.</TD>", 1)
    before = data(listed)
    assert refresh(listed, BIS, publication, "--write") == 1
    out = capsys.readouterr().out
    assert f"gone?    {OTTER}: " in out
    assert "alarm    row 3: Heron Photonics Institute: a license review policy of no known kind" in out
    assert "0 new, 0 changed, 1 gone, 1 alarms in 3 entries" in out
    assert {name for name, content in data(listed).items() if content != before[name]} == {"lists.csv"}


def test_an_alarm_keeps_a_new_entry_from_being_written(listed: Tiny) -> None:
    new = ("[Reserved]</TD><TD/><TD/><TD/>", "Egret Optics, 1 Reed Road, Beijing, China.</TD>" + LICENCE)
    publication = sample("supplement-4.xml", new).replace(
        b"the EAR.</TD><TD>Presumption", b"the EAR.</TD><TD>Assumption"
    )
    assert refresh(listed, BIS, publication, "--write") == 1
    assert "egret" not in listed.path("designations").read_text(encoding="utf-8")


def test_a_name_without_letters_is_an_alarm(listed: Tiny, capsys: Out) -> None:
    assert (
        refresh(listed, UFLPA, sample("uflpa.html", ("<p>Reed", "</td><td>June 1, 2026</td></tr><tr><td><p>Reed"))) == 1
    )
    assert lines(capsys) == ["alarm    the row of '': : it has no name"]


WRITTEN = {
    "Screening List JSON": ("screening-list.json", BIS, ("HPI", "HPIS"), "bis-{}-consolidated-screening-list"),
    "MEU extract": ("meu.json", MEU, ("REW", "REWS"), "bis-{}-supplement-7-part-744"),
    "1260H extract": ("1260h.json", DOD, ('["Otter"]', '["Otters"]'), "federal-register-{}-chinese-military-companies"),
    "1260H notice": ("1260h.xml", DOD, ("(Otter)", "(Otters)"), "federal-register-{}-chinese-military-companies"),
    "Treasury": ("consolidated.xml", CMIC, ("DENGLONG", "LONGDENG"), "ofac-{}-ns-cmic-list"),
    "FCC": ("covered-list.html", FCC, ("March 12", "March 13"), "fcc-{}-covered-list"),
    "UFLPA": ("uflpa.html", UFLPA, ("Crane Cotton", "Egret Cotton"), "dhs-{}-uflpa-entity-list"),
}


@pytest.mark.parametrize(("name", "list_id", "change", "source"), WRITTEN.values(), ids=WRITTEN)
def test_a_change_of_each_form_is_written_soundly(
    listed: Tiny, name: str, list_id: str, change: tuple[str, str], source: str
) -> None:
    publication = sample(name, change)
    assert refresh(listed, list_id, publication, "--write") == 0
    assert listed.findings() == []
    assert source.format(TODAY) in {row["source_id"] for row in listed.rows("sources")}
    assert refresh(listed, list_id, publication) == 0


# Refusals


CUT = "download it again"
REFUSED: dict[str, tuple[bytes, str, str]] = {
    "JSON cut off": (sample("screening-list.json")[:-40], BIS, f"it breaks off or is damaged at line 11: {CUT}"),
    "extract cut off": (sample("meu.json")[:-40], MEU, f"it breaks off or is damaged at line 25: {CUT}"),
    "XML cut off": (sample("supplement-4.xml")[:-40], BIS, "it breaks off or is damaged ("),
    "Treasury's XML cut off": (sample("consolidated.xml")[:-40], CMIC, "it breaks off or is damaged ("),
    "notice cut off": (sample("1260h.xml")[:-40], DOD, "it breaks off or is damaged ("),
    "CSV cut off in a row": (sample("screening-list.csv")[:-90], BIS, "record 11 has 7 cells where the header has 29"),
    "CSV cut off in quotes": (sample("supplement-4.csv")[:-30], BIS, "it is no sound CSV (unexpected end of data)"),
    "extract's CSV cut off": (sample("supplement-4.csv")[:-160], BIS, "record 4 has not as many cells as the header"),
    "page cut off": (sample("uflpa.html")[:-10], UFLPA, f"the page breaks off before its end: {CUT}"),
    "FCC page cut off": (sample("covered-list.html")[:-10], FCC, f"the page breaks off before its end: {CUT}"),
    "column missing": (
        sample("supplement-4.csv", (",federal_register,", ",")),
        BIS,
        "its columns are not as expected: it lacks federal_register",
    ),
    "column unknown": (
        sample("screening-list.csv", ("_notice,", "_notice,docket,")),
        BIS,
        "its columns are not as expected: docket is not known",
    ),
    "column renamed": (
        sample("screening-list.csv", (",alt_names,", ",aliases,")),
        BIS,
        "its columns are not as expected: it lacks alt_names, aliases is not known",
    ),
    "columns in another order": (
        sample("supplement-4.csv", ("name,aliases", "aliases,name")),
        BIS,
        "its columns are not as expected: their order has changed",
    ),
    "table's column renamed": (
        sample("supplement-4.xml", ("Country", "Destination")),
        BIS,
        "its columns are Destination, Entity, License requirement, License review policy, Federal Register citation, ",
    ),
    "field missing": (
        sample("screening-list.json", ('"alt_names": ["Denglong Vision"]', '"remarks": null')),
        BIS,
        "the record 'Beijing Lantern Vision Technology Co., Ltd.' has no alt_names",
    ),
    "field unknown": (
        sample("screening-list.json", ('"title"', '"docket"')),
        BIS,
        "its records have fields that are not known: docket; see what they mean first",
    ),
    "field of another kind": (
        sample("screening-list.json", ('["Denglong Vision"]', '"Denglong Vision"')),
        BIS,
        "the record 'Beijing Lantern Vision Technology Co., Ltd.' has something of another kind in alt_names",
    ),
    "no results": (b'{"total": 0}', BIS, "it has no `results`: is it the Consolidated Screening List?"),
    "key unknown": (
        sample("meu.json", ('"notes"', '"remarks"')),
        MEU,
        "entity 1 lacks or should not have notes, remarks",
    ),
    "aliases of another kind": (
        sample("meu.json", ('["REW"]', '"REW"')),
        MEU,
        "entity 2 has something else where a text or a list of texts is expected",
    ),
    "extract of another list": (
        sample("meu.json"),
        DOD,
        "it is an extract of bis-military-end-user-list, not of dod-1260h",
    ),
    "table of another list": (
        sample("supplement-4.xml"),
        DOD,
        "it is a publication of bis-entity-list, not of dod-1260h",
    ),
    "Treasury's list for another": (sample("consolidated.xml"), BIS, "it is a publication of treasury-ns-cmic, not of"),
    "Screening List for another": (sample("screening-list.json"), FCC, "it has no entry of fcc-covered-list"),
    "another part of the Code": (
        sample("supplement-4.xml", ('N="Supplement No. 4 to Part 744" NODE', 'N="Supplement No. 5 to Part 744" NODE')),
        BIS,
        "it has no Supplement No. 4 to Part 744; ask ecfr.gov for part 744 of title 15",
    ),
    "another programme": (
        sample("consolidated.xml").replace(b"CMIC-EO13959", b"RUSSIA-EO14024"),
        CMIC,
        "none of its entries is under the program CMIC-EO13959",
    ),
    "wrong count": (sample("meu.json", ('"count": 2', '"count": 3')), MEU, "it says that it has 3 entities, and has 2"),
    "wrong Record_Count": (
        sample("consolidated.xml", ("<Record_Count>3", "<Record_Count>4")),
        CMIC,
        f"it says that it has 4 entries, and has 3: {CUT}",
    ),
    "name broken in two": (
        sample("1260h.xml", ("<FP>Plover Drones", "<FP>Plover</FP><FP>Drones")),
        DOD,
        "it has 3 entities and reasons for 2: a name was broken in two",
    ),
    "another notice": (sample("1260h.xml", ("qualify", "are fit")), DOD, "it does not say which entities qualify"),
    "empty": (b"", BIS, f"it is empty: {CUT}"),
    "blank": (b"\xef\xbb\xbf \n\n", BIS, f"it is empty: {CUT}"),
    "not UTF-8": (sample("supplement-4.csv").replace("§".encode(), b"\xa7"), BIS, "byte 258 of it is not UTF-8"),
    "UTF-16": (sample("supplement-4.csv").decode().encode("utf-16"), BIS, "byte 0 of it is not UTF-8"),
    "a page instead of a file": (
        sample("uflpa.html"),
        BIS,
        "it is a web page; bis-entity-list is read from a file: see docs/lists/bis-entity-list.md",
    ),
    "a page that asks for a browser": (
        b"<!DOCTYPE html><html><body>Enable JavaScript.</body></html>",
        UFLPA,
        "the page has no table: was the real page sent, or one that asks for a browser?",
    ),
    "a page with a ragged table": (
        sample("uflpa.html", ("<td>June 12, 2023</td>", "")),
        UFLPA,
        "a row has not as many cells as the heading of its table: Reed Gloves Factory",
    ),
    "a date in other words": (sample("uflpa.html", ("June 12", "12 June")), UFLPA, "it has something else where"),
    "no list at all": (
        b"%PDF-1.7\n",
        BIS,
        "it is no form of the list that is known: neither JSON, XML, CSV nor a page",
    ),
    "XML of another kind": (b"<rss></rss>", BIS, "it is XML of a kind that is not known"),
    "nested too deep": (b'{"results": ' + b"[" * 100_000, BIS, "it is nested deeper than any publication"),
    "a line without end": (b"name,aliases\r," + b"x" * 200_000, BIS, "it is no sound CSV ("),
    "a carriage return in a line": (b"name\raliases\n", BIS, "it is no sound CSV ("),
}


@pytest.mark.parametrize(("publication", "list_id", "message"), REFUSED.values(), ids=REFUSED)
def test_a_publication_not_as_expected_is_refused(
    listed: Tiny, capsys: Out, publication: bytes, list_id: str, message: str
) -> None:
    before = data(listed)
    assert refresh(listed, list_id, publication, "--write") == 2
    assert data(listed) == before
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"ledger refresh: {listed.root / 'publication'}: {message}")
    assert err.endswith("; nothing was written\n")
    assert err.count("\n") == 1


@pytest.mark.parametrize("name", ["supplement-4.xml", "supplement-4.csv", "screening-list.json", "screening-list.csv"])
def test_far_fewer_entries_are_refused(listed: Tiny, capsys: Out, name: str) -> None:
    """Half of a short list may be gone, and ten entries of a longer one, if they are no more than a twentieth."""
    more = "\n".join(f"bis-entity-list-gull-{number},Gull {number} Institute" for number in range(5))
    listed.put("designations", f"designation_id,entity_name\n{more}")
    before = data(listed)
    assert refresh(listed, BIS, sample(name), "--write") == 2
    expected = 9 if name.startswith("screening") else 8
    assert f"it lacks 5 of the {expected} entries that it had: download it again; if it is whole, find the notice" in (
        capsys.readouterr().err
    )
    assert data(listed) == before


@pytest.mark.parametrize(("gone", "standing", "code"), [(2, 2, 1), (3, 2, 2), (10, 30, 1), (11, 30, 2), (11, 220, 1)])
def test_how_many_may_be_gone(listed: Tiny, gone: int, standing: int, code: int) -> None:
    rows = "\n".join(f"uflpa-entity-list-gull-{number},Gull {number} Farm" for number in range(gone + standing))
    header = "designation_id,list_id,entity_name,sources"
    kept = [f"uflpa-entity-list-{name}" for name in ("heron-cotton", "otter-silicon-and-subsidiaries", "reed-gloves")]
    others = "\n".join(f"{key},register-2019-10-09" for key in kept)
    listed.put("designations", f"designation_id,sources\n{others}")
    listed.put(
        "designations",
        header
        + "\n"
        + rows.replace(",Gull", f",{UFLPA},Gull").replace("Farm", "Farm,dhs-2026-07-09-uflpa-entity-list"),
    )
    named = "".join(f"<tr><td>Gull {number} Farm</td><td>October 9, 2019</td></tr>" for number in range(standing))
    page = f"<html><table><tr><th>Name of Entity</th><th>Effective Date</th></tr>{named}</table></html>"
    assert refresh(listed, UFLPA, page.encode()) == code


def test_a_list_that_is_not_there_is_named(listed: Tiny, capsys: Out) -> None:
    assert refresh(listed, "bis-list", sample("meu.json")) == 2
    assert capsys.readouterr().err.startswith("ledger refresh: 'bis-list' is none of the lists; write one of bis-")


def test_a_list_without_an_address_needs_a_file(listed: Tiny, capsys: Out) -> None:
    assert refresh(listed, DOD, None) == 2
    assert "dod-1260h has no file that a program can download; make an extract" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["missing", "."])
def test_a_file_that_cannot_be_read_is_named(listed: Tiny, capsys: Out, name: str) -> None:
    assert refresh(listed, DOD, str(listed.root / name)) == 2
    err = capsys.readouterr().err
    assert f"'{listed.root / name}'; mend what it names, then run it again" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("table", ["designations", "claims", "lists", "companies"])
def test_a_ledger_that_cannot_be_read_whole_is_not_compared(listed: Tiny, capsys: Out, table: str) -> None:
    listed.write(table, listed.path(table).read_bytes() + b"ragged\n")
    before = data(listed)
    assert refresh(listed, BIS, sample("supplement-4.xml", ("—HPI", "—HPIS")), "--write") == 2
    assert capsys.readouterr().err == (
        f"ledger refresh: data/{table}.csv cannot be read whole; run `ledger check` and mend what it names first\n"
    )
    assert data(listed) == before


# Downloads


class Official(http.server.BaseHTTPRequestHandler):
    """The server of an agency: one file, at several addresses that behave in several ways."""

    content = b""

    def do_GET(self) -> None:
        if self.path == "/gone":
            self.send_error(404)
            return
        self.send_response(200)
        lengths = {"/short": len(self.content) + 9, "/odd": "many", "/silent": None}
        length = lengths.get(self.path, len(self.content))
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(self.content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Official, "content", sample("screening-list.json", ('["HPI", ', '["HPIS", ')))
    with http.server.HTTPServer(("127.0.0.1", 0), Official) as serving:
        thread = threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{serving.server_port}"
        serving.shutdown()
        thread.join(timeout=10)


@pytest.mark.parametrize("path", ["/consolidated.json", "/silent"])
def test_without_a_file_the_official_address_is_read(listed: Tiny, capsys: Out, server: str, path: str) -> None:
    listed.put("lists", f"list_id,data_url\n{BIS},{server}{path}")
    assert refresh(listed, BIS, None, "--write") == 0
    assert "'HPIS;Heron Optics Co., Ltd.'" in capsys.readouterr().out
    source = next(row for row in listed.rows("sources") if TODAY in row["source_id"])
    assert (source["url"], source["accessed_on"]) == (f"{server}{path}", TODAY)
    assert refresh(listed, BIS, None) == 0


def test_an_address_that_is_that_of_an_earlier_edition_is_written_once(listed: Tiny, server: str) -> None:
    edition = "bis-2026-07-31-consolidated-screening-list"
    listed.put("sources", f"source_id,url\n{edition},{server}/consolidated.json")
    assert refresh(listed, BIS, f"{server}/consolidated.json", "--write") == 0
    assert [row["url"] for row in listed.rows("sources")].count(f"{server}/consolidated.json") == 1


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/gone", "the server answers 404 Not Found; save the file in a browser and name it"),
        ("/short", "bytes came where"),
        ("/odd", "it cannot be downloaded ("),
    ],
)
def test_a_download_that_fails_is_refused(listed: Tiny, capsys: Out, server: str, path: str, message: str) -> None:
    before = data(listed)
    assert refresh(listed, BIS, server + path, "--write") == 2
    err = capsys.readouterr().err
    assert err.startswith(f"ledger refresh: {server}{path}: ")
    assert message in err
    assert err.endswith("; nothing was written\n")
    assert data(listed) == before


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("http://127.0.0.1:1/list.json", "it cannot be downloaded ("),
        ("http://127.0.0.1:nine/", "it cannot be downloaded ("),
        ("http://[::1/", "it cannot be downloaded ("),
        ("ftp://127.0.0.1/list.json", "it is no address of the web; write one that begins with https://"),
        ("file:///etc/hostname", "it is no address of the web; write one that begins with https://"),
    ],
)
def test_an_address_that_cannot_be_reached_is_refused(listed: Tiny, capsys: Out, address: str, message: str) -> None:
    assert refresh(listed, BIS, address) == 2
    assert capsys.readouterr().err.startswith(f"ledger refresh: {address}: {message}")


# The real ledger: publications made of it, not read.


@pytest.fixture(scope="session")
def real() -> dict[str, dict[str, book.Row]]:
    return book.load(Package.open(ROOT))


Maker = Callable[[publications.Tables, str], publications.Records]
FORMS: dict[str, tuple[str, str, Maker, Callable[[publications.Records], bytes]]] = {
    "codified": (BIS, "bis-2026-07-09-supplement-4-part-744", publications.codified, publications.as_csv),
    "screening list": (
        BIS,
        "bis-2026-07-31-consolidated-screening-list",
        publications.screening_list,
        publications.as_csv,
    ),
    "extract": (MEU, "bis-2026-07-09-supplement-7-part-744", publications.extract, publications.as_json),
}


@pytest.mark.parametrize("form", FORMS)
def test_right_after_the_import_nothing_is_proposed(
    real: publications.Tables, tmp_path: Path, capsys: Out, form: str
) -> None:
    list_id, edition, records, written = FORMS[form]
    (tmp_path / "publication").write_bytes(written(records(real, edition)))
    assert main(["refresh", list_id, str(tmp_path / "publication"), "--root", str(ROOT)]) == 0
    assert capsys.readouterr().out.startswith("nothing to propose: the ")


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("form", FORMS)
def test_ten_altered_entries_are_just_what_is_proposed(
    real: publications.Tables, tmp_path: Path, capsys: Out, form: str, seed: int
) -> None:
    list_id, edition, records, written = FORMS[form]
    spared = {claim["row_id"] for claim in real["claims"].values()}
    altered, touched = publications.alter_ten(records(real, edition), form, seed, spared)
    (tmp_path / "publication").write_bytes(written(altered))
    assert main(["refresh", list_id, str(tmp_path / "publication"), "--root", str(ROOT)]) == 1
    proposed = [line.split(": ")[0].split() for line in lines(capsys)]
    assert {word for word, _ in proposed} <= {"notice", "new", "changed", "gone?"}
    named = {key for word, key in proposed if word != "notice"}
    assert named == {f"{list_id}-zephyr-works" if one == "Zephyr Works" else one for one in touched}


# Whatever a file holds, it is read, or refused with a message.


def survives(agreeing: Tiny, capsys: Out, list_id: str, content: bytes) -> None:
    before = data(agreeing)
    code = refresh(agreeing, list_id, content)
    out, err = capsys.readouterr()
    assert data(agreeing) == before
    if code == 2:
        assert out == ""
        assert err.startswith(f"ledger refresh: {agreeing.root / 'publication'}: ")
        assert err.endswith("; nothing was written\n")
    else:
        assert (code, err) == (0 if out.startswith("nothing to propose") else 1, "")


FUZZ = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
LISTS = st.sampled_from([BIS, MEU, DOD, CMIC, FCC, UFLPA])


@given(LISTS, st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
@FUZZ
def test_anything_is_read_or_refused(agreeing: Tiny, capsys: Out, list_id: str, content: bytes) -> None:
    survives(agreeing, capsys, list_id, content)


@given(st.sampled_from(SAMPLES), st.data())
@settings(FUZZ, max_examples=150)
def test_a_damaged_publication_is_read_or_refused(
    agreeing: Tiny, capsys: Out, which: tuple[str, str], draw: st.DataObject
) -> None:
    """A part of the file is cut out, and something else put there."""
    name, list_id = which
    content = sample(name)
    start = draw.draw(st.integers(0, len(content)))
    end = draw.draw(st.integers(start, min(len(content), start + 60)) | st.just(len(content)))
    instead = draw.draw(st.sampled_from([b"", b"\0", b'"', b"<", b"&x;", b"null", b"{}", b"\r", b",", b";", b"\xff"]))
    survives(agreeing, capsys, list_id, content[:start] + instead + content[end:])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from([one for one in SAMPLES if one[0].endswith("json")]), st.data())
@settings(FUZZ, max_examples=150)
def test_json_of_another_shape_is_read_or_refused(
    agreeing: Tiny, capsys: Out, which: tuple[str, str], draw: st.DataObject
) -> None:
    """One value, at any depth, is something else."""
    name, list_id = which
    content = json.loads(sample(name))
    holder, key = draw.draw(st.sampled_from(list(_places(content))))
    holder[key] = draw.draw(JSON)
    survives(agreeing, capsys, list_id, json.dumps(content).encode())


def _places(content: Any) -> Iterator[tuple[Any, Any]]:
    keys = content.keys() if isinstance(content, dict) else range(len(content)) if isinstance(content, list) else ()
    for key in keys:
        yield content, key
        yield from _places(content[key])


@given(st.sampled_from(["supplement-4.csv", "screening-list.csv"]), st.data())
@settings(FUZZ, max_examples=100)
def test_a_csv_of_other_cells_is_read_or_refused(agreeing: Tiny, capsys: Out, name: str, draw: st.DataObject) -> None:
    rows = list(csv.reader(io.StringIO(sample(name).decode())))
    row = draw.draw(st.sampled_from(rows))
    row[draw.draw(st.integers(0, len(row) - 1))] = draw.draw(st.text(max_size=20))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    survives(agreeing, capsys, BIS, out.getvalue().encode("utf-8", "replace"))
