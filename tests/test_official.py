"""The readers of official publications: what of each form becomes which cell."""

import pytest
from ledger.official import codified, forms
from ledger.official.citations import citations
from ledger.official.entry import Citation, Entry, Publication, listed, tidy
from ledger.official.licences import footnotes, licence_cells, requirement, review_policy, sections
from ledger.official.military_companies import subsidiaries
from publications import BIS, CMIC, DOD, FCC, MEU, SAMPLES, UFLPA, sample


def read(name: str, list_id: str, *changes: tuple[str, str]) -> Publication:
    return forms.read(sample(name, *changes), list_id)


def cells(entry: Entry, *columns: str) -> tuple[str, ...]:
    return tuple(entry.cells[column] for column in columns)


@pytest.mark.parametrize(("name", "list_id"), SAMPLES)
def test_no_sample_alarms(name: str, list_id: str) -> None:
    publication = read(name, list_id)
    assert publication.alarms == []
    assert [entry.alarms for entry in publication.entries] == [()] * len(publication.entries)


@pytest.mark.parametrize(("name", "list_id"), SAMPLES)
def test_other_line_ends_and_a_byte_order_mark_change_nothing(name: str, list_id: str) -> None:
    content = b"\xef\xbb\xbf" + sample(name).replace(b"\n", b"\r\n")
    assert forms.read(content, list_id).entries == read(name, list_id).entries


# The codified Entity List


def test_an_entry_of_the_codified_table_is_read_whole() -> None:
    lantern = read("supplement-4.xml", BIS).entries[0]
    assert lantern.cells == {
        "entity_name": "Beijing Lantern Vision Technology Co., Ltd.",
        "aliases": "Denglong Vision",
        "destination": "China",
        "addresses": "5F Block B, Beijing, China",
        "license_requirement": "all-items",
        "requirement_sections": "734.9(e)(2);744.11",
        "footnote": "4",
        "license_review_policy": "mixed",
        "review_sections": "",
    }
    assert lantern.citations == (Citation("84 FR 10004", "2019-10-09"), Citation("85 FR 10002", "2020-06-05"))
    assert (lantern.where, lantern.name) == ("row 2", "Beijing Lantern Vision Technology Co., Ltd.")


def test_a_row_without_a_country_is_under_the_one_above() -> None:
    entries = read("supplement-4.xml", BIS).entries
    assert [entry.cells["destination"] for entry in entries] == ["China", "China", "China", "Pakistan"]
    assert [entry.chinese for entry in entries] == [True, True, True, False]


def test_a_reserved_row_is_no_entry() -> None:
    assert [entry.where for entry in read("supplement-4.xml", BIS).entries] == ["row 2", "row 3", "row 5", "row 6"]


def test_aliases_and_addresses_of_the_codified_table_come_apart() -> None:
    heron, otter = read("supplement-4.xml", BIS).entries[1:3]
    assert cells(heron, "aliases", "addresses") == (
        "HPI;Heron Optics Co., Ltd.",
        "No. 7 Reed Road, Shanghai, China;12 Bank Street, Suzhou, China",
    )
    assert cells(otter, "aliases", "addresses") == ("", "Room 1, 2/F, Kowloon, Hong Kong")


def test_the_extract_and_the_codified_table_say_the_same() -> None:
    table, rows = read("supplement-4.xml", BIS).entries[:3], read("supplement-4.csv", BIS).entries
    policy = {"license_review_policy", "review_sections"}
    assert [{key: entry.cells[key] for key in entry.cells.keys() - policy} for entry in table] == [
        dict(entry.cells) for entry in rows
    ]
    assert [entry.citations for entry in table] == [entry.citations for entry in rows]


def test_an_institution_inside_an_entity_is_part_of_it() -> None:
    name = "Heron Photonics Institute subordinate institution: Heron Optics Works"
    works = read("supplement-4.csv", BIS, ("Heron Photonics Institute", name)).entries[1]
    assert (works.name, works.part_of) == ("Heron Optics Works", "Heron Photonics Institute")


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("1 A Rd., Beijing, China", ["1 A Rd., Beijing, China"]),
        ("1 A Rd., Beijing, China; and 2 B St., Hong Kong.", ["1 A Rd., Beijing, China", "2 B St., Hong Kong"]),
        ("1 A Rd., China and 2 B St., China.", ["1 A Rd., China", "2 B St., China"]),
        ("1 A Rd., China. 2 B St., China.", ["1 A Rd., China", "2 B St., China"]),
        ("1 A Rd., China. (See alternate addresses under Iran).", ["1 A Rd., China"]),
        ("1 A Rd., China. (See also addresses under Taiwan for this entry)", ["1 A Rd., China"]),
        ("1 A Rd., China; and; 2 B St., China.", ["1 A Rd., China", "2 B St., China"]),
        ("", []),
        (".", []),
    ],
)
def test_addresses_come_apart(text: str, apart: list[str]) -> None:
    assert codified.addresses(text) == apart


# The Consolidated Screening List


def test_a_record_of_the_screening_list_is_read_whole() -> None:
    otter = read("screening-list.json", BIS).entries[3]
    assert otter.cells == {
        "entity_name": "Otter Semiconductor (HK) Limited",
        "aliases": "",
        "license_requirement": "all-items",
        "requirement_sections": "734.9(g);746.8(a)(3);744.21(b)",
        "footnote": "3",
        "license_review_policy": "policy-of-denial",
        "review_sections": "746.8(b)",
    }
    assert (otter.where, otter.countries, otter.chinese) == ("record 4", frozenset({"HK"}), True)
    assert otter.citations == (Citation("88 FR 40001"),)


def test_a_record_elsewhere_is_not_chinese() -> None:
    plover = read("screening-list.json", BIS).entries[4]
    assert (plover.name, plover.countries, plover.chinese) == ("Plover Trading", frozenset({"PK"}), False)


@pytest.mark.parametrize("mark", [". Affiliated Entity: ", ". Subordinate Institution - "])
def test_a_unit_is_part_of_the_entity_before_it(mark: str) -> None:
    unit = read("screening-list.json", BIS, (". Affiliated Entity: ", mark)).entries[2]
    assert (unit.name, unit.part_of) == ("Lantern Vision Chengdu Lab", "Beijing Lantern Vision Technology Co., Ltd")


@pytest.mark.parametrize("list_id", [BIS, MEU, CMIC])
def test_both_editions_of_the_screening_list_say_the_same(list_id: str) -> None:
    one, other = (read(f"screening-list.{form}", list_id).entries for form in ("json", "csv"))
    assert [entry.cells for entry in one] == [entry.cells for entry in other]
    assert [(e.citations, e.countries, e.part_of) for e in one] == [
        (e.citations, e.countries, e.part_of) for e in other
    ]


def test_the_day_of_listing_stands_among_the_ids_of_the_treasury() -> None:
    entries = read("screening-list.json", CMIC).entries
    assert [cells(entry, "entity_name", "listed_on") for entry in entries] == [
        ("LANTERN VISION GROUP", "2021-08-02"),
        ("PLOVER HOLDINGS LIMITED", "2022-02-14"),
    ]


def test_several_aliases_in_one_come_apart() -> None:
    heron = read("screening-list.json", BIS, ('"HPI"', '"HPI; Heron  Eye’s"')).entries[1]
    assert heron.cells["aliases"] == "HPI;Heron Eye's;Heron Optics Co., Ltd."


# The Treasury, the agencies' pages, the notice, the extracts


def test_only_its_own_programme_is_read_of_the_treasurys_list() -> None:
    lantern, plover = read("consolidated.xml", CMIC).entries
    assert lantern.cells == {
        "entity_name": "LANTERN VISION GROUP",
        "aliases": "DENGLONG GROUP",
        "listed_on": "2021-08-02",
    }
    assert cells(plover, "entity_name", "aliases", "listed_on") == ("PLOVER HOLDINGS LIMITED", "", "2022-02-14")


def test_the_treasurys_namespace_may_change() -> None:
    changed = read(
        "consolidated.xml", CMIC, ("https://sanctionslistservice", "http://tempuri.org/sanctionslistservice")
    )
    assert changed.entries == read("consolidated.xml", CMIC).entries


def test_every_table_of_the_uflpa_page_is_read() -> None:
    assert [dict(entry.cells) for entry in read("uflpa.html", UFLPA).entries] == [
        {"entity_name": "Heron Cotton Co., Ltd.", "aliases": "Heron Textile;Crane Cotton", "listed_on": "2022-06-21"},
        {"entity_name": "Otter Silicon Ltd and subsidiaries", "aliases": "Otter Solar", "listed_on": "2022-06-21"},
        {"entity_name": "Reed Gloves Factory", "aliases": "", "listed_on": "2023-06-12"},
    ]


@pytest.mark.parametrize(
    "brackets",
    [
        "(also known as Egret; and Gull)",
        "(formerly known as Egret; Gull)",
        "(including two aliases: Egret; and Gull)",
        "(and two aliases: Egret; Gull)",
    ],
)
def test_aliases_stand_in_brackets(brackets: str) -> None:
    reed = read("uflpa.html", UFLPA, ("Gloves Factory", f"Gloves Factory {brackets}")).entries[2]
    assert cells(reed, "entity_name", "aliases") == ("Reed Gloves Factory", "Egret;Gull")


def test_a_table_of_other_columns_is_an_alarm() -> None:
    publication = read("uflpa.html", UFLPA, ("Entity Name", "Product"))
    assert publication.alarms == ["a table whose columns are not known: Product, Effective Date"]


def test_the_covered_list_names_companies_in_sentences() -> None:
    assert [dict(entry.cells) for entry in read("covered-list.html", FCC).entries] == [
        {"entity_name": "Lantern Vision Group", "listed_on": "2021-03-12"},
        {"entity_name": "Plover Networks Corp", "listed_on": "2022-09-20"},
    ]


def test_a_subsidiary_on_the_covered_list_is_an_entry() -> None:
    both = "Plover Networks Corp and its wholly-owned subsidiary Plover Wire Inc."
    entries = read("covered-list.html", FCC, ("Plover Networks Corp", both)).entries
    assert [entry.name for entry in entries] == ["Lantern Vision Group", "Plover Networks Corp", "Plover Wire Inc."]


def test_a_company_of_another_country_is_not_read_of_the_covered_list() -> None:
    assert len(read("covered-list.html", FCC, ("Plover Networks Corp", "AO Kaspersky Lab")).entries) == 1


@pytest.mark.parametrize("name", ["1260h.xml", "1260h.json"])
def test_subsidiaries_are_entries_inside_that_of_the_company(name: str) -> None:
    assert [
        (entry.cells["entity_name"], entry.cells["aliases"], entry.part_of) for entry in read(name, DOD).entries
    ] == [
        ("Otter Robots Co., Ltd.", "Otter", ""),
        ("Otter Arms, Inc.", "OA", "Otter Robots Co., Ltd."),
        ("Otter Legs Co., Ltd.", "", "Otter Robots Co., Ltd."),
        ("Plover Drones Corporation", "", ""),
    ]


def test_an_extract_of_a_notice_cites_it_for_new_entries() -> None:
    publication = read("1260h.json", DOD)
    assert [citation.page for citation in publication.notice] == ["91 FR 30001"]
    assert {entry.citations for entry in publication.entries} == {()}


def test_those_whom_a_notice_removes_are_not_read() -> None:
    assert "Crane" not in "".join(entry.name for entry in read("1260h.xml", DOD).entries)


def test_an_entity_of_an_extract_is_read_whole() -> None:
    crane, reed = read("meu.json", MEU).entries
    assert crane.cells == {"entity_name": "Crane Flight Institute", "aliases": "", "destination": "China"}
    assert cells(reed, "aliases", "addresses") == ("REW", "1 Reed Road, Xi'an, China")
    assert reed.citations == (Citation("85 FR 20001", "2020-12-23"),)


@pytest.mark.parametrize("day", ["2026-06-10", "June 10, 2026"])
def test_an_extract_dates_in_either_way(day: str) -> None:
    reed = read("meu.json", MEU, ('"effective_date": null', f'"effective_date": "{day}"')).entries[0]
    assert reed.cells["listed_on"] == "2026-06-10"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Egret One Co., Ltd. and Egret Two", ["Egret One Co., Ltd. and Egret Two"]),
        ("Egret One Co., Ltd., and Egret Two", ["Egret One Co., Ltd.", "Egret Two"]),
        ("Egret, Inc., Gull, Co., Ltd. (G), and Tern.", ["Egret, Inc.", "Gull, Co., Ltd. (G)", "Tern"]),
        ("", []),
    ],
)
def test_a_legal_form_after_a_comma_belongs_to_its_name(text: str, names: list[str]) -> None:
    assert subsidiaries(text) == names


# Licences


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("For all items subject to the EAR. (See § 744.11 of the EAR).", "all-items"),
        ("All Items subject to the EAR", "all-items"),
        ("For all items subject to the EAR, except food", "all-items-except"),
        ("For all items subject to the EAR (see § 744.11 of the EAR), except food", "all-items-except"),
        ("For items on the CCL", "specified-items"),
        ("For any item subject to the EAR listed in supplement no. 2", "specified-items"),
        ("For some items", ""),
        ("", ""),
    ],
)
def test_the_items_that_need_a_licence(text: str, value: str) -> None:
    assert requirement(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Presumption of denial.", "presumption-of-denial"),
        ("Presumption of denial for all items subject to the EAR", "presumption-of-denial"),
        ("Policy of denial. See §746.8(b) of the EAR.", "policy-of-denial"),
        ("Case-by-case basis.", "case-by-case"),
        ("Case-by-case for medicine; presumption of denial for all others.", "mixed"),
        ("See §744.2(d) of the EAR.", "as-section-says"),
        ("See §§ 744.2(d) and 744.3(d) of this part.", "as-section-says"),
        ("See §744.2(d), 744.3(d)(1) and 744.4 of the EAR", "as-section-says"),
        ("See §" + "(1)" * 200 + " of another law.", ""),
        ("Presumption of approval for medicine.", "other"),
        ("Denial.", ""),
        ("", ""),
    ],
)
def test_how_applications_are_judged(text: str, value: str) -> None:
    assert review_policy(text) == value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("(See §§ 734.9(g),3 746.8(a)(3), and 744.21(b) of the EAR)", ["734.9(g)", "746.8(a)(3)", "744.21(b)"]),
        ("(See § 744.2l(b) of the EAR)", ["744.21(b)"]),
        ("(See §744.11 and §744.11)", ["744.11"]),
        ("Section 1260H", []),
    ],
)
def test_sections_are_found(text: str, found: list[str]) -> None:
    assert sections(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("of the EAR", []),
        ("of the EAR)4", ["4"]),
        ("of the EAR 2", ["2"]),
        ("of the EAR.)5.", ["5"]),
        ("See §§ 734.9(e) 1 and 744.11 of the EAR 2", ["1", "2"]),
        ("See §§ 734.9(g),3 746.8(a)(3), and 744.21(b) of the EAR", ["3"]),
        ("See §§ 734.9(e)(2) and 744.11 of the EAR", []),
    ],
)
def test_footnotes_run_into_the_text(text: str, found: list[str]) -> None:
    assert footnotes(text) == found


def test_a_licence_text_of_no_known_kind_is_an_alarm_and_no_cell() -> None:
    found, alarms = licence_cells("For nothing. (See § 744.11)", "Perhaps.")
    assert found == {}
    assert alarms == [
        "a license requirement of no known kind: 'For nothing. (See § 744.11)'",
        "a license review policy of no known kind: 'Perhaps.'",
    ]


def test_a_policy_that_is_not_printed_is_no_cell() -> None:
    found, alarms = licence_cells("For all items subject to the EAR", None)
    assert found == {"license_requirement": "all-items", "requirement_sections": "", "footnote": ""}
    assert alarms == []


# Citations and texts


@pytest.mark.parametrize(
    ("text", "found", "rest"),
    [
        ("84 FR 54002", [("84 FR 54002", "")], ""),
        ("84FR 54002", [("84 FR 54002", "")], ""),
        ("84 FR 54004, 10/9/19.", [("84 FR 54004", "2019-10-09")], ""),
        ("84 FR 54004, 10/9/2019", [("84 FR 54004", "2019-10-09")], ""),
        ("62 FR 35334, 6/30/97", [("62 FR 35334", "1997-06-30")], ""),
        (
            "83 FR 37427, 8/1/18. 85 FR 34497, 6/5/20",
            [("83 FR 37427", "2018-08-01"), ("85 FR 34497", "2020-06-05")],
            "",
        ),
        ("83 FR 37427; and 85 FR 34497", [("83 FR 37427", ""), ("85 FR 34497", "")], ""),
        ("76 FR 67059 No. 210", [("76 FR 67059", "")], ""),
        ("77 FR 58006 (no. 182)", [("77 FR 58006", "")], ""),
        ("88 FR", [], "88 FR"),
        ("84 FR 54004, 13/9/19", [("84 FR 54004", "")], "13/9/19"),
        ("84 FR 54004, 2/30/19", [("84 FR 54004", "")], "2/30/19"),
        ("84 FR 54004 October", [("84 FR 54004", "")], "October"),
        ("", [], ""),
    ],
)
def test_citations_are_read_and_the_rest_is_kept(text: str, found: list[tuple[str, str]], rest: str) -> None:
    assert citations(text) == (tuple(Citation(*one) for one in found), rest)


def test_a_text_is_tidied_and_a_list_holds_each_item_once() -> None:
    assert tidy(" Xi’an\xa0 Reed\n Works ") == "Xi'an Reed Works"
    assert listed(["A", "", "B; C", "A"]) == "A;B, C"
