"""A publication fetched from its official address."""

import http.client
import urllib.error
import urllib.request

from ledger.named_file import LARGEST, checked
from ledger.official.entry import PublicationError

SECONDS = 30


def download(address: str) -> bytes:
    """Give the content at an address.

    PublicationError where it cannot be had whole, UnreadableFile where it is too large or no text.
    """
    # Some agencies answer only to what looks like a browser.
    if not address.startswith(("https://", "http://")):
        raise PublicationError("it is no address of the web; write one that begins with https://")
    try:
        request = urllib.request.Request(  # noqa: S310  it is one of the web
            address, headers={"User-Agent": "Mozilla/5.0 (compatible; China AI Ledger)"}
        )
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            content: bytes = answer.read(LARGEST + 1)
            announced = int(answer.headers.get("Content-Length") or len(content))
    except urllib.error.HTTPError as error:
        raise PublicationError(
            f"the server answers {error.code} {error.reason}; save the file in a browser and name it"
        ) from None
    except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError, ValueError) as error:
        reason = getattr(error, "reason", error)
        reason = getattr(reason, "strerror", None) or reason
        raise PublicationError(f"it cannot be downloaded ({reason}); try again, or save the file and name it") from None
    if len(content) <= LARGEST and len(content) != announced:
        raise PublicationError(f"{len(content):,} bytes came where {announced:,} were announced: download it again")
    return checked(content)
