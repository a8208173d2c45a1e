"""`ledger refresh`: what an official publication proposes, what it refuses, and what it writes."""

import datetime
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import publications
import pytest
from conftest import ROOT, UNNAMED, Tiny
from ledger import rows as book
from ledger.cli import main
from ledger.package import Package
from publications import BIS, CMIC, DOD, FCC, MEU, OFFICIAL, SAMPLES, UFLPA, data, refresh, sample

TODAY = datetime.date.today().isoformat()
Out = pytest.CaptureFixture[str]


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


def test_two_entries_that_disagree_on_one_designation_are_an_alarm(listed: Tiny, capsys: Out) -> None:
    """The Screening List has some entries twice: what one of them says must not overwrite what the other says."""
    record = next(line for line in sample("screening-list.csv").decode().splitlines() if line.startswith("a2,"))
    twice = sample("screening-list.csv") + record.replace("HPI", "HPIS").encode() + b"\n"
    assert refresh(listed, BIS, twice, "--write") == 1
    assert (
        f"alarm    record 12: {HERON} stands twice in the publication, and aliases is once "
        "'HPIS;Heron Optics Co., Ltd.': find out which holds, and write the other as a claim"
    ) in capsys.readouterr().out
    assert designation(listed, HERON)["aliases"] == "HPI;Heron Optics Co., Ltd."
    claim(listed, "aliases", '"HPIS;Heron Optics Co., Ltd."', "bis-2026-07-31-consolidated-screening-list")
    assert refresh(listed, BIS, twice) == 0


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


def test_units_go_with_their_entity(listed: Tiny, capsys: Out) -> None:
    extract = json.loads(sample("1260h.json"))
    extract |= {"count": 1, "entities": extract["entities"][1:]}
    assert refresh(listed, DOD, json.dumps(extract).encode()) == 1
    assert lines(capsys) == [
        "gone?    dod-1260h-otter-robots: it is not in the publication, nor are its 2 units; look for the notice that "
        "removed it"
    ]


def test_the_units_of_a_removed_entity_are_asked_for_and_not_refused(listed: Tiny, capsys: Out) -> None:
    listed.put("designations", "designation_id,delisted_by,delisted_on\ndod-1260h-otter-robots,91-fr-30001,2026-06-10")
    extract = json.loads(sample("1260h.json"))
    extract |= {"count": 1, "entities": extract["entities"][1:]}
    assert refresh(listed, DOD, json.dumps(extract).encode()) == 1
    assert lines(capsys) == [f"gone?    dod-1260h-otter-{unit}: {GONE}" for unit in ("arms", "legs")]


def test_aliases_that_another_publication_gave_are_kept(listed: Tiny, capsys: Out) -> None:
    source = "bis-2026-07-31-consolidated-screening-list"
    listed.put(
        "claims", f"claim_id,table,row_id,column,value,source_id\nshort,designations,{HERON},aliases,HPI,{source}"
    )
    assert refresh(listed, BIS, sample("screening-list.json", ('["HPI", "Heron Optics Co., Ltd."]', '["HPI"]'))) == 0
    capsys.readouterr()
    told = sample("screening-list.json", ('["HPI", "Heron Optics Co., Ltd."]', '["HPI", "Egret"]'))
    assert refresh(listed, BIS, told, "--write") == 0
    assert designation(listed, HERON)["aliases"] == "HPI;Heron Optics Co., Ltd.;Egret"
    assert refresh(listed, BIS, told) == 0
    assert (
        refresh(listed, BIS, sample("screening-list.json", ('["HPI", "Heron Optics Co., Ltd."]', "[]")), "--write") == 0
    )
    assert designation(listed, HERON)["aliases"] == "Heron Optics Co., Ltd.;Egret"


def test_a_cell_that_differs_from_the_row_and_from_its_claim_is_an_alarm(listed: Tiny, capsys: Out) -> None:
    source = "bis-2026-07-09-supplement-4-part-744"
    claim = f"short,designations,{HERON},license_review_policy,mixed,{source}"
    listed.put("claims", f"claim_id,table,row_id,column,value,source_id\n{claim}")
    changed = ("Presumption of denial.</TD>", "Case-by-case basis.</TD>")
    assert refresh(listed, BIS, sample("supplement-4.xml", changed)) == 1
    assert lines(capsys) == [
        "alarm    row 3: Heron Photonics Institute: license_review_policy is 'case-by-case', where it was 'mixed' and "
        f"{HERON} has 'presumption-of-denial': find out what has changed, and mend the row or the claim"
    ]


def test_two_names_that_are_run_together_are_claimed_by_both(listed: Tiny, capsys: Out) -> None:
    publication = sample(
        "1260h.json", ("Otter Arms, Inc. (OA), and Otter Legs Co., Ltd.", "Otter Arms Otter Legs (OA)")
    )
    assert refresh(listed, DOD, publication) == 1
    assert f"gone?    dod-1260h-otter-arms: {GONE}" in lines(capsys)
    for unit in ("arms", "legs"):
        listed.put(
            "claims",
            "claim_id,table,row_id,column,value,source_id,note\n"
            f"{unit},designations,dod-1260h-otter-{unit},entity_name,Otter Arms Otter Legs,"
            "federal-register-2026-06-10-chinese-military-companies,",
        )
    assert refresh(listed, DOD, publication) == 0


def test_a_unit_may_be_told_of_by_an_alias(listed: Tiny) -> None:
    unit = "bis-entity-list-lantern-vision-chengdu-lab"
    listed.put("designations", f"designation_id,sources\n{unit},bis-2026-07-09-supplement-4-part-744")
    told = ("5F Block B, Beijing, China.", "5F Block B, Beijing, China; and Lantern Western Lab, Chengdu, China.")
    publication = sample("supplement-4.csv", told)
    claim_on_addresses = "5F Block B, Beijing, China;Lantern Western Lab, Chengdu, China"
    listed.put(
        "claims",
        "claim_id,table,row_id,column,value,source_id,note\n"
        f'told,designations,{LANTERN},addresses,"{claim_on_addresses}",bis-2026-07-09-supplement-4-part-744,',
    )
    assert refresh(listed, BIS, publication) == 1
    listed.put("designations", f"designation_id,aliases\n{unit},Lantern Western Lab")
    assert refresh(listed, BIS, publication) == 0


def test_a_unit_that_joined_later_does_not_lack_the_notice_of_its_entity(listed: Tiny) -> None:
    unit = "bis-entity-list-lantern-vision-chengdu-lab"
    listed.put(
        "designations", f"designation_id,notice_id,listed_on,listed_on_basis\n{unit},88-fr-40001,2023-04-17,publication"
    )
    later = ('"Chengdu, CN",84 FR 10001', '"Chengdu, CN","84 FR 10001, 88 FR 40001"')
    assert refresh(listed, BIS, sample("screening-list.csv", later)) == 0


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
    assert out.splitlines()[-2:] == [
        f"last_checked_on of bis-entity-list: 2026-07-31 → {TODAY}",
        "written: sources, notices, revisions, designations, lists; fill in what `ledger check` now warns of",
    ]
    assert listed.rules() == {"notice-incomplete"} | UNNAMED
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


@pytest.mark.parametrize("at", ["sources", "notices", "revisions", "designations", "lists"])
def test_what_was_interrupted_is_proposed_again(
    listed: Tiny, capsys: Out, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    new = ("[Reserved]</TD><TD/><TD/><TD/>", "Egret Optics, 1 Reed Road, Beijing, China.</TD>" + LICENCE)
    cited = ('<TD align="left">84 FR 10004, 10/9/19.</TD>', "<TD>84 FR 10004, 10/9/19. 99 FR 50001, 8/1/26.</TD>")
    publication = sample("supplement-4.xml", new, ("—HPI", "—HPIS"), cited)
    before = data(listed)
    assert refresh(listed, BIS, publication, "--write") == 0
    whole = data(listed)
    for name, content in before.items():
        (listed.root / "data" / name).write_bytes(content)

    def save(package: Package, table: str, rows: Iterable[Mapping[str, str]]) -> None:
        if table == at:
            raise OSError(28, "No space left on device", f"data/{at}.csv")
        saved(package, table, rows)

    saved = book.save
    with monkeypatch.context() as patch:
        patch.setattr(book, "save", save)
        assert refresh(listed, BIS, publication, "--write") == 2
    order = ["sources", "notices", "revisions", "designations", "lists"]
    written = ", ".join(order[: order.index(at)]) or "nothing"
    err = capsys.readouterr().err
    assert f"data/{at}.csv: No space left on device; {written} was written; mend that and run it again" in err
    assert refresh(listed, BIS, publication, "--write") == 0
    assert data(listed) == whole


def test_what_agrees_only_notes_the_day(listed: Tiny, capsys: Out) -> None:
    before = data(listed)
    assert refresh(listed, BIS, sample("supplement-4.xml"), "--write") == 0
    assert capsys.readouterr().out.endswith("\nwritten: lists\n")
    assert {name for name, content in data(listed).items() if content != before[name]} == {"lists.csv"}
    checked = {row["list_id"]: row["last_checked_on"] for row in listed.rows("lists")}
    assert checked == dict.fromkeys(checked, "2026-07-31") | {BIS: TODAY}


def test_an_older_publication_does_not_set_the_day_back(listed: Tiny, capsys: Out) -> None:
    before = data(listed)
    assert refresh(listed, BIS, sample("supplement-4.xml"), "--write", "--read-on", "2026-07-09") == 0
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "last_checked_on of bis-entity-list stays 2026-07-31: the publication is not later",
        "nothing was written",
    ]
    assert data(listed) == before


def test_what_is_of_another_country_is_not_said_to_agree(listed: Tiny, capsys: Out) -> None:
    assert refresh(listed, BIS, sample("screening-list.json")) == 0
    entries, passed_over = capsys.readouterr().out.split("; ")
    assert entries.startswith("nothing to propose: the ")
    assert passed_over.startswith("passed over, as they name no entity of China: ")


def test_of_two_new_notices_none_is_said_to_have_made_the_change(listed: Tiny) -> None:
    cited = ("84 FR 10004, 10/9/19.</TD>", "84 FR 10004, 10/9/19. 99 FR 1, 8/1/26. 99 FR 2, 8/2/26.</TD>")
    before = listed.rows("revisions")
    assert refresh(listed, BIS, sample("supplement-4.xml", cited, ("—HPI", "—HPIS")), "--write") == 0
    assert designation(listed, HERON)["modified_by"] == "99-fr-1;99-fr-2"
    assert designation(listed, HERON)["aliases"].startswith("HPIS;")
    assert listed.rows("revisions") == before
    assert listed.rules() == {"notice-incomplete"} | UNNAMED


def test_a_change_without_a_new_notice_is_no_revision(listed: Tiny) -> None:
    before = listed.rows("revisions")
    assert refresh(listed, BIS, sample("screening-list.json", ('["HPI", ', '["HPIS", ')), "--write") == 0
    assert designation(listed, HERON)["sources"].endswith(f"bis-{TODAY}-consolidated-screening-list")
    assert listed.rows("revisions") == before
    assert listed.rules() == UNNAMED


def test_what_is_gone_and_what_alarms_is_never_written(listed: Tiny, capsys: Out) -> None:
    publication = without_otter().replace(b"Presumption of denial.</TD>", b"Assumption of denial.</TD>", 1)
    before = data(listed)
    assert refresh(listed, BIS, publication, "--write") == 1
    out = capsys.readouterr().out
    assert f"gone?    {OTTER}: " in out
    assert "alarm    row 3: Heron Photonics Institute: a license review policy of no known kind" in out
    assert "0 new, 0 changed, 1 gone, 1 alarms in 2 entries" in out
    assert "last_checked_on of bis-entity-list stays 2026-07-31 until what is gone and the alarms are settled" in out
    assert data(listed) == before


def test_an_alarm_keeps_a_new_entry_from_being_written(listed: Tiny) -> None:
    new = ("[Reserved]</TD><TD/><TD/><TD/>", "Egret Optics, 1 Reed Road, Beijing, China.</TD>" + LICENCE)
    publication = sample("supplement-4.xml", new).replace(
        b"the EAR.</TD><TD>Presumption", b"the EAR.</TD><TD>Assumption"
    )
    assert refresh(listed, BIS, publication, "--write") == 1
    assert "egret" not in listed.path("designations").read_text(encoding="utf-8")
    assert listed.rules() == {"notice-incomplete"} | UNNAMED


def test_a_date_other_than_that_of_the_notice_is_an_alarm(listed: Tiny, capsys: Out) -> None:
    """A page dates an entry by its last change; the ledger by the notice that added it."""
    reed = "uflpa-entity-list-reed-gloves"
    listed.put("notices", f"notice_id,list_id,citation,url,published_on\n88-fr-1,{UFLPA},88 FR 1,,2023-06-12")
    listed.put("designations", f"designation_id,notice_id,listed_on_basis\n{reed},88-fr-1,effective")
    publication = sample("uflpa.html", ("June 12, 2023", "June 13, 2023"))
    assert refresh(listed, UFLPA, publication, "--write") == 1
    assert lines(capsys)[0] == (
        f"alarm    the row of 'Reed Gloves Factory': Reed Gloves Factory: it is dated 2023-06-13, and {reed} "
        "2023-06-12 by its notice: add the notice of that date to modified_by, or the date to claims"
    )
    assert designation(listed, reed)["listed_on"] == "2023-06-12"
    listed.put(
        "claims",
        "claim_id,table,row_id,column,value,source_id,note\n"
        f"reed,designations,{reed},listed_on,2023-06-13,dhs-2026-07-09-uflpa-entity-list,",
    )
    assert refresh(listed, UFLPA, publication) == 0


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
    assert listed.rules() == UNNAMED
    assert source.format(TODAY) in {row["source_id"] for row in listed.rows("sources")}
    assert refresh(listed, list_id, publication) == 0


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


def test_a_publication_read_for_the_first_time_is_asked_for_every_entry(listed: Tiny, capsys: Out) -> None:
    rows = sample("screening-list.csv").decode().splitlines(keepends=True)
    short = "".join(row for row in rows if "Crane Flight Institute" not in row).encode()
    assert refresh(listed, MEU, short) == 1
    assert lines(capsys) == [f"gone?    bis-military-end-user-list-crane-flight-institute: {GONE}"]


def test_a_new_unit_is_part_of_its_entity(listed: Tiny) -> None:
    there = ("Affiliated Entity: Lantern Vision Chengdu Lab", "Affiliated Entity: Egret Unit")
    assert refresh(listed, BIS, sample("screening-list.csv", there), "--write") == 1  # the old unit is asked about
    unit = designation(listed, "bis-entity-list-egret-unit")
    assert (unit["part_of"], unit["notes"]) == (LANTERN, "")
    assert listed.rules() == UNNAMED


def test_a_name_with_a_comma_is_known_in_undivided_text(listed: Tiny) -> None:
    name = "Otter Institute, Semiconductor Branch"
    listed.put("designations", f'designation_id,entity_name\n{OTTER},"{name}"')
    publication = sample("supplement-4.xml", ("Otter Semiconductor (HK) Limited", name))
    assert refresh(listed, BIS, publication) == 0
