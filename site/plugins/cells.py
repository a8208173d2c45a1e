"""How a list shows in a table of the site: its items one under another, sources as links."""

import json
from typing import Any

from datasette import hookimpl
from markupsafe import Markup, escape


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(value: Any, column: str, datasette: Any) -> Markup | None:
    """Give the cell of a JSON array of texts; leave every other cell to Datasette."""
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


def _link(text: str, address: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, text)
