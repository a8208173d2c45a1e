"""Datasette's metadata, made of the descriptor, the schemas, the views and the saved queries."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ledger.database import link_table, views
from ledger.package import Package, Resource
from ledger.statements import read_statement

SQL_TIME_LIMIT_MS = 5000
MOST_ROWS = 50_000
"""Rows that a query may return: more than any table has, so that nothing is cut silently from a CSV."""

SETTINGS: Mapping[str, Any] = {
    "sql_time_limit_ms": SQL_TIME_LIMIT_MS,
    "max_returned_rows": MOST_ROWS,
    "suggest_facets": False,
    "facet_time_limit_ms": 1000,
    "default_page_size": 100,
    "max_csv_mb": 0,
    "allow_download": True,
}


@dataclass(frozen=True)
class Query:
    """A saved question: its title, what it shows, and its SQL."""

    name: str
    title: str
    description: str
    sql: str


def queries(root: Path) -> list[Query]:
    """Read site/queries/*.sql; each begins with `-- title: …` and comment lines that say what it shows."""
    found = []
    for path in sorted((root / "site" / "queries").glob("*.sql")):
        comments, sql = read_statement(path)
        title = comments[0].removeprefix("title:").strip()
        found.append(Query(path.stem, title, " ".join(comments[1:]), sql))
    return found


def metadata(package: Package) -> dict[str, Any]:
    """Give the metadata of the whole site, as Datasette 0.65 reads it."""
    about = _about(package)
    tables: dict[str, Any] = {}
    for resource in package.resources.values():
        tables[resource.name] = {**about, **_table(resource)}
        for field in resource.fields:
            if field.items is not None:
                tables[link_table(resource, field)] = {"hidden": True, **about}
        if "search" in resource.browse:
            tables[f"{resource.name}_fts"] = {"hidden": True}
    for name, (description, _) in views(package.root).items():
        tables[name] = {"description": description, **about}
    tables["data_dictionary"] = {
        **about,
        "description": "Every column of every table, from schemas/*.json.",
        "facets": ["table"],
    }
    tables["check_rules"] = {
        **about,
        "description": "Every rule that `ledger check` knows.",
        "facets": ["severity"],
    }
    return {
        "title": package.descriptor["title"],
        "description": package.descriptor["description"],
        **about,
        "extra_css_urls": ["/static/ledger.css"],
        "databases": {
            "ledger": {
                **about,
                "description": package.descriptor["description"],
                "tables": tables,
                "queries": {
                    query.name: {
                        "title": query.title,
                        "description": query.description,
                        "sql": query.sql,
                        "hide_sql": True,
                    }
                    for query in queries(package.root)
                },
            }
        },
    }


def write_metadata(package: Package) -> Path:
    """Write build/metadata.json and give its path."""
    path = package.root / "build" / "metadata.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(metadata(package), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def _about(package: Package) -> dict[str, str]:
    """Give licence and source, which Datasette 1.0 wants on every table."""
    licence = package.descriptor["licenses"][0]
    return {
        "license": licence["name"],
        "license_url": licence["path"],
        "source": package.descriptor["title"],
        **({"source_url": package.descriptor["homepage"]} if "homepage" in package.descriptor else {}),
    }


def _table(resource: Resource) -> dict[str, Any]:
    browse = resource.browse
    lists = {field.name for field in resource.fields if field.items is not None}
    facets = [{"array": name} if name in lists else name for name in browse.get("facets", [])]
    found: dict[str, Any] = {
        "title": resource.descriptor["title"],
        "description": resource.descriptor["description"],
        "columns": {field.name: _describe(field.description, field.vocabulary) for field in resource.fields},
        "units": {field.name: field.descriptor["unit"] for field in resource.fields if "unit" in field.descriptor},
        "facets": facets,
        "size": 100,
    }
    found |= {name: browse[name] for name in ("sort", "sort_desc") if name in browse}
    if "label" in browse:
        found["label_column"] = browse["label"]
    if "search" in browse:
        found["fts_table"] = f"{resource.name}_fts"
        found["fts_pk"] = "rowid"
    return {name: value for name, value in found.items() if value}


def _describe(description: str, vocabulary: Mapping[str, str]) -> str:
    if not vocabulary:
        return description
    return f"{description} " + "; ".join(f"{value}: {meaning}" for value, meaning in vocabulary.items())
