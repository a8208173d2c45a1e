"""How cells show on the site: a list's items one under another, sources as links, what a designation's name hides."""

import json
from typing import Any

from datasette import hookimpl
from markupsafe import Markup, escape


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(row: Any, value: Any, column: str, table: str | None, datasette: Any) -> Markup | None:
    """Give the cell of a JSON array of texts, and of a designation's name; leave every other cell to Datasette."""
    if table == "designations" and column == "entity_name" and {"delisted_on", "listed_on_basis"} <= set(row.keys()):
        return _designation(row)
    if not isinstance(value, str) or not value.startswith("[") or not value.endswith("]"):
        return None
    try:
        items = json.loads(value)
    except json.JSONDecodeError:
        return None
    if not all(isinstance(item, str) for item in items):
        return None
    table = {"sources": "sources", "modified_by": "notices"}.get(column)
    shown = [_link(item, datasette.urls.row("ledger", table, item)) if table else escape(item) for item in items]
    return Markup("<br>").join(shown)


def _designation(row: Any) -> Markup:
    """Say beside the name, where it cannot be overlooked, that an entry was removed or may be older than its day."""
    said = f"removed {row['delisted_on']}" if row["delisted_on"] else ""
    said = said or ("may have been listed before" if row["listed_on_basis"] == "latest" else "")
    name = Markup("<s>{}</s>").format(row["entity_name"]) if row["delisted_on"] else escape(row["entity_name"])
    return name + (Markup(' <span class="said">{}</span>').format(said) if said else "")


def _link(text: str, address: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, text)
