"""What an address answers whose id no longer stands: it leads to the row in its place, or says it was withdrawn."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from datasette import Response, hookimpl
from datasette.handle_exception import handle_exception as show
from datasette.utils.asgi import Base400, NotFound

ROW = re.compile(r"/ledger/(?P<table>\w+)/(?P<id>[a-z0-9-]+)(?P<format>\.\w+)?")
MOVED = 'SELECT new_id FROM redirects WHERE "table" = ? AND old_id = ?'


class Gone(Base400):  # type: ignore[misc]
    """A row that was withdrawn."""

    status = 410


@hookimpl  # type: ignore[untyped-decorator]
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Callable[[], Awaitable[Any]] | None:
    """Answer for a row that is not there but has a redirect; leave every other exception to Datasette."""
    asked = ROW.fullmatch(request.path)
    if asked is None or not isinstance(exception, NotFound):
        return None

    async def answer() -> Any:
        rows = (await datasette.get_database("ledger").execute(MOVED, [asked["table"], asked["id"]])).rows
        if not rows:
            return None
        if rows[0]["new_id"] is None:
            says = (
                f"{asked['id']} was withdrawn: the row should not have been there. "
                f"What stands is in /ledger/{asked['table']}, when it was withdrawn in /ledger/redirects."
            )
            return await show(datasette, request, Gone(says))()
        there = datasette.urls.row("ledger", asked["table"], rows[0]["new_id"])
        return Response.redirect(there + (asked["format"] or ""), status=301)

    return answer
