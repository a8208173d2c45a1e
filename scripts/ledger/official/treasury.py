"""The consolidated list of the Office of Foreign Assets Control as XML: the NS-CMIC List is one of its programs."""

from xml.etree import ElementTree

import pycountry

from ledger.official.entry import Entry, Publication, PublicationError, Work, iso, listed, tidy

WORK = Work(
    "Office of Foreign Assets Control",
    "Non-SDN Chinese Military-Industrial Complex Companies List",
    "ofac-{date}-ns-cmic-list",
)
PROGRAM = "CMIC-EO13959"
DAY = "%d %b %Y"


def from_xml(text: str) -> Publication:
    """Read `consolidated.xml`: an `sdnList` of `sdnEntry`, whose `Record_Count` says how many there are.

    The namespace has changed before and is not relied on.
    """
    root = ElementTree.fromstring(text)  # noqa: S314  expat itself bounds what entities grow to
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    entries = root.findall("sdnEntry")
    count = root.findtext("publshInformation/Record_Count")
    if root.tag != "sdnList" or count is None:
        raise PublicationError("it is no list of the Treasury: the root is no `sdnList` with a `Record_Count`")
    if int(count) != len(entries):
        raise PublicationError(f"it says that it has {count} entries, and has {len(entries)}: download it again")
    publication = Publication(WORK, [], whole=True)
    for entry in entries:
        if PROGRAM in (program.text for program in entry.iterfind("programList/program")):
            publication.entries.append(_entry(entry))
    if not publication.entries:
        raise PublicationError(f"none of its entries is under the program {PROGRAM}: is it the consolidated list?")
    return publication


def _entry(entry: ElementTree.Element) -> Entry:
    where = f"uid {entry.findtext('uid')}"
    countries = [element.text or "" for element in entry.iterfind("addressList/address/country")]
    unknown = [country for country in countries if pycountry.countries.get(name=country) is None]
    alarms = tuple(f"a country that is not known: {country!r}" for country in unknown)
    cells = {
        "entity_name": tidy(entry.findtext("lastName") or ""),
        "aliases": listed([tidy(aka.findtext("lastName") or "") for aka in entry.iterfind("akaList/aka")]),
    }
    for one in entry.iterfind("idList/id"):
        if one.findtext("idType") == "Effective Date (CMIC)":
            cells["listed_on"] = iso(one.findtext("idNumber") or "", DAY, where)
    # A company of the islands that are named here is listed for the company in China that it belongs to.
    return Entry(where, cells["entity_name"], cells, alarms=alarms)
