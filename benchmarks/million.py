"""A package of a million rows, sound in every layer, with keys, names and dates that look like real ones."""

import csv
import datetime
import itertools
import json
import random
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ledger.package import Package

ROWS = {
    "companies": 30_000,
    "investors": 40_000,
    "rounds": 180_000,
    "round_investors": 400_000,
    "acquisitions": 30_000,
    "lists": 6,
    "notices": 400,
    "designations": 20_000,
    "reported_totals": 60_000,
    "exchange_rates": 48,
    "claims": 20_000,
    "sources": 219_546,
}
assert sum(ROWS.values()) == 1_000_000

SYLLABLES = (
    "bao bei chang chen dao dong fang feng gang guan hai heng hong hua jian jing kai lan ling long ming nan ning peng"
    " qian qing rong shan sheng shui song tai tian wan wei xian xing yang yong yuan zhen zhong zhu zi"
).split()
HAN = "云从商汤智谱寒武纪华章海康威视大疆创新依图旷地平线壁仞摩尔程燧原深鉴思必驰明略第四范式月之暗面百川"
STAGES = ("seed", "series-a", "series-b", "series-c", "strategic", "series-d")
CURRENCIES = ("USD", "CNY", "HKD")
FIRST_YEAR, YEARS = 2010, 16
TODAY = "2026-01-31"


def write(root: Path, schemas: Path) -> None:
    """Write the package to a folder, with the schemas of the repository."""
    shutil.copytree(schemas.parent / "schemas", root / "schemas", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(schemas.parent / "views", root / "views")
    shutil.copy(schemas.parent / "datapackage.json", root)
    (root / "data").mkdir()
    made = Million(random.Random(84_54002))
    for name, resource in Package.open(root).resources.items():
        with (root / resource.path).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(resource.columns), lineterminator="\n", restval="")
            writer.writeheader()
            writer.writerows(sorted(made.rows(name), key=lambda row: [row[key] for key in resource.primary_key]))


def forget_patterns(root: Path) -> None:
    """Remove every pattern from the schemas of a written package."""
    for path in (root / "schemas").glob("*.json"):
        schema = json.loads(path.read_text(encoding="utf-8"))
        for field in schema["fields"]:
            field.get("constraints", {}).pop("pattern", None)
        path.write_text(json.dumps(schema), encoding="utf-8")


class Million:
    """The rows, table by table."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        half = ROWS["companies"]
        # Three syllables and two: as far apart as the names of real companies are.
        words = []
        for number in dice.sample(range(len(SYLLABLES) ** 5), half + ROWS["investors"]):
            digits = list(_digits(number, len(SYLLABLES), 5))
            first, second = ("".join(SYLLABLES[digit] for digit in part) for part in (digits[:3], digits[3:]))
            words.append(f"{first}-{second}")
        self.companies = words[:half]
        self.investors = words[half : half + ROWS["investors"]]
        self.sources = [f"paper-{self.day()}-{number:06}" for number in range(ROWS["sources"])]
        self.cited = itertools.cycle(self.sources)
        self.rounds = [
            f"{self.companies[number % half]}-{STAGES[number // half]}-{FIRST_YEAR + 2 * (number // half)}"
            for number in range(ROWS["rounds"])
        ]
        self.notices = [f"{80 + number // 40}-fr-{1000 + number * 97}" for number in range(ROWS["notices"])]
        self.published = {notice: self.day() for notice in self.notices}

    def rows(self, table: str) -> Iterable[dict[str, object]]:
        """Give the rows of a table."""
        makers = {name: getattr(self, f"_{name}", None) for name in ROWS}
        maker = makers.get(table)
        return maker() if maker else []

    def day(self, year: int | None = None) -> str:
        """Give a day between the first year and the last."""
        start = datetime.date(year or FIRST_YEAR, 1, 1).toordinal()
        span = 365 if year else 365 * YEARS
        return datetime.date.fromordinal(start + self.dice.randrange(span)).isoformat()

    def chinese(self, number: int) -> str:
        """Give a Chinese name that no other number has."""
        return "".join(HAN[digit] for digit in _digits(number, len(HAN), 4))

    def _source(self) -> str:
        return next(self.cited)

    def _companies(self) -> Iterator[dict[str, object]]:
        for number, word in enumerate(self.companies):
            zh = self.chinese(number)
            yield {
                "company_id": word,
                "name": word.replace("-", " ").title(),
                "name_zh": zh,
                "legal_name": f"北京{zh}科技股份有限公司",
                "aliases": f"{word.partition('-')[0].title()};{zh}科技",
                "sectors": "computer-vision;chips",
                "founded": FIRST_YEAR - 1,
                "city": "Beijing",
                "country": "CN",
                "status": "private",
                "sources": self._source(),
            }

    def _investors(self) -> Iterator[dict[str, object]]:
        for number, word in enumerate(self.investors):
            yield {
                "investor_id": word,
                "name": f"{word.replace('-', ' ').title()} Capital",
                "name_zh": f"{self.chinese(number)}资本" if number % 3 == 0 else "",
                "type": self.dice.choice(("venture-capital", "corporate", "government-fund")),
                "state_owned": self.dice.choice(("true", "false", "")),
                "country": self.dice.choice(("CN", "US", "SG")),
                "sources": self._source(),
            }

    def _rounds(self) -> Iterator[dict[str, object]]:
        for number, round_id in enumerate(self.rounds):
            amount = self.dice.randrange(1, 500) * 1_000_000
            valued = number % 3 == 0
            currency = self.dice.choice(CURRENCIES)
            yield {
                "round_id": round_id,
                "company_id": self.companies[number % ROWS["companies"]],
                "stage": STAGES[number // ROWS["companies"]],
                "label": f"R{number}",
                "status": "closed",
                "announced_on": self.day(FIRST_YEAR + 2 * (number // ROWS["companies"])),
                "currency": currency,
                "amount": amount,
                "amount_disclosure": "exact",
                "valuation": amount * 8 if valued else "",
                "valuation_currency": currency if valued else "",
                "valuation_basis": "post-money" if valued else "",
                "sources": ";".join(sorted({self._source(), self._source()})),
            }

    def _round_investors(self) -> Iterator[dict[str, object]]:
        pairs: set[tuple[str, str]] = set()
        while len(pairs) < ROWS["round_investors"]:
            pairs.add((self.dice.choice(self.rounds), self.dice.choice(self.investors)))
        for round_id, investor_id in pairs:
            yield {
                "round_id": round_id,
                "investor_id": investor_id,
                "role": "participant",
                "sources": self._source(),
            }

    def _acquisitions(self) -> Iterator[dict[str, object]]:
        for number in range(ROWS["acquisitions"]):
            acquirer, target = self.dice.sample(self.companies, 2)
            yield {
                "acquisition_id": f"{acquirer}-{target}-{number:06}",
                "acquirer_id": acquirer,
                "target_id": target,
                "kind": "minority-stake",
                "stake_percent": self.dice.randrange(1, 50),
                "status": "announced",
                "announced_on": self.day(),
                "amount_disclosure": "undisclosed",
                "sources": self._source(),
            }

    def _lists(self) -> Iterator[dict[str, object]]:
        for number in range(ROWS["lists"]):
            yield {
                "list_id": f"list-{number}",
                "name": f"List {number}",
                "authority": "Office",
                "country": "US",
                "url": f"https://list.example/{number}",
                "last_checked_on": TODAY,
            }

    def _notices(self) -> Iterator[dict[str, object]]:
        for number, notice in enumerate(self.notices):
            yield {
                "notice_id": notice,
                "list_id": f"list-{number % ROWS['lists']}",
                "citation": notice.upper().replace("-", " "),
                "document_number": f"2019-{number:05}",
                "title": f"Additions to List {number % ROWS['lists']}",
                "published_on": self.published[notice],
                "url": f"https://register.example/{notice}",
            }

    def _designations(self) -> Iterator[dict[str, object]]:
        for number in range(ROWS["designations"]):
            at = number % ROWS["notices"]
            company: Sequence[str] = self.companies[number : number + 1] if number % 2 else [""]
            name = self.companies[number].replace("-", " ").title()
            yield {
                "designation_id": f"list-{at % ROWS['lists']}-{self.companies[number]}-technology-{number:06}",
                "list_id": f"list-{at % ROWS['lists']}",
                "entity_name": f"Beijing {name} Technology Co., Ltd.",
                "company_id": company[0],
                "relation": "subsidiary" if company[0] else "",
                "destination": "China",
                "addresses": f"No. {number} Zhongguancun Road, Haidian District, Beijing",
                "notice_id": self.notices[at],
                "listed_on": self.published[self.notices[at]],
                "listed_on_basis": "publication",
                "license_requirement": "all-items",
                "license_review_policy": "presumption-of-denial",
                "sources": self._source(),
            }

    def _reported_totals(self) -> Iterator[dict[str, object]]:
        for number in range(ROWS["reported_totals"]):
            company = self.dice.choice(self.companies)
            yield {
                "report_id": f"{company}-total-raised-{number:06}",
                "company_id": company,
                "metric": "total-raised",
                "as_of": self.day(),
                "value": 900_000_000_000,
                "currency": "USD",
                "basis": "actual",
                "sources": self._source(),
            }

    def _exchange_rates(self) -> Iterator[dict[str, object]]:
        for currency, rate in (("CNY", 6.7), ("EUR", 0.9), ("HKD", 7.8)):
            for year in range(FIRST_YEAR, FIRST_YEAR + YEARS):
                yield {"currency": currency, "year": year, "per_usd": rate, "sources": self._source()}

    def _claims(self) -> Iterator[dict[str, object]]:
        for number, round_id in enumerate(self.rounds[: ROWS["claims"]]):
            yield {
                "claim_id": f"{round_id}-amount-{number:06}",
                "table": "rounds",
                "row_id": round_id,
                "column": "amount",
                "value": 123,
                "source_id": self._source(),
            }

    def _sources(self) -> Iterator[dict[str, object]]:
        for number, source in enumerate(self.sources):
            yield {
                "source_id": source,
                "kind": self.dice.choice(("news", "filing", "company")),
                "publisher": f"Paper {number % 500}",
                "title": f"{self.companies[number % ROWS['companies']].title()} raises money",
                "published_on": source[6:16],
                "url": f"https://paper{number % 500}.example/{number}",
                "language": "en",
                "accessed_on": TODAY,
            }


def _digits(number: int, base: int, count: int) -> Iterator[int]:
    for _ in range(count):
        number, digit = divmod(number, base)
        yield digit
