"""A summary of the validation, posted to a webhook."""

from __future__ import annotations

import json
import re
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

TIMEOUT_SECONDS = 10


class NotificationError(Exception):
    """The summary did not arrive; the message says why."""


class _NoRedirects(HTTPRedirectHandler):
    """A post that is redirected becomes a get, and what answers it is a login page, not a hook."""

    def redirect_request(self, *_: Any) -> None:
        return None


def is_web_address(url: str) -> bool:
    """Whether `url` is http or https with a host and no user: urllib would open files too."""
    if not re.fullmatch(r"[!-~]+", url):
        return False
    try:
        parts = urlsplit(url)
        return (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and parts.username is None
            and parts.port != 0
        )
    except ValueError:
        return False


def post(url: str, summary: dict[str, Any]) -> None:
    """Post `summary` as JSON to a web address; any answer of 200 to 299 counts as received.

    Raises:
        NotificationError: no answer in ten seconds, no connection, or another answer. The message
            has no part of the address, which may hold a secret.
    """
    request = Request(
        url,
        data=json.dumps(summary).encode(),
        headers={"Content-Type": "application/json"},
        method="POST",
    )
    try:
        with build_opener(_NoRedirects).open(request, timeout=TIMEOUT_SECONDS):
            pass
    except HTTPError as error:
        error.close()
        raise NotificationError(f"the webhook answered {error.code}") from None
    except HTTPException as error:
        # Its message may be a part of the address.
        raise NotificationError(f"the webhook did not answer: {type(error).__name__}") from None
    except OSError as error:
        reason = getattr(error, "reason", None) or error
        raise NotificationError(f"the webhook did not answer: {reason}") from None
