"""Finds the operation of a request, and redacts its keys."""

import base64
import re
from typing import Dict, Mapping, NamedTuple, Optional
from urllib.parse import urlsplit

from betatel_esim.operations import KEY_HEADERS, OPERATIONS, PRODUCTION_URL, Operation
from betatel_esim.safe.errors import UsageException

READS = ("GET", "HEAD", "OPTIONS")
SHORTEST_SECRET = 6
"""A shorter key is not secret, and redacting a user ID of `1` would garble every message."""


class Call(NamedTuple):
    """The parts of a request that errors mention."""

    operation: Operation
    url: str
    headers: Dict[str, str]
    secrets: "Optional[re.Pattern[str]]"

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    @property
    def is_write(self) -> bool:
        return self.operation.method not in READS

    def redact(self, text: str) -> str:
        """Without keys, even where a server quotes them escaped."""
        return self.secrets.sub("[redacted]", text) if self.secrets else text

    def message(self, said: str, status: Optional[int] = None, request_id: Optional[str] = None) -> str:
        """One line, without keys and without terminal control characters."""
        prefix = f"{status} " if status else ""
        suffix = f", request {request_id}" if request_id else ""
        text = f"{prefix}{self.operation.name}: {said[:300]} ({self.operation.method} {self.path}{suffix})"
        return re.sub(r"[\s\x00-\x1f\x7f-\x9f]+", " ", self.redact(text))


def call_of(method: str, url: str, base: str, headers: Mapping[str, str]) -> Call:
    """Finds the operation of a request.

    :raises UsageException: if there is none, because a parameter has turned it into another path
    """
    below = urlsplit(url).path[len(urlsplit(base).path.rstrip("/")) :]
    for operation in OPERATIONS:
        pattern = re.sub(r"\\\{[^/]+?\\\}", "([^/]+)", re.escape(operation.path))
        match = re.fullmatch(pattern, below) if operation.method == method else None
        # `.` and `..` would name another path: clients and proxies remove them.
        if match and not set(match.groups()) & {".", ".."}:
            # An operation that needs no keys gets none, even if the client adds them to every request.
            sent = {name: value for name, value in headers.items() if operation.takes_keys or name.lower() not in KEY_HEADERS}
            return Call(operation, _address(operation, url), sent, _pattern(headers))
    raise UsageException(
        f"no operation has the path {below}: an ID must not be empty, '.' or '..'"
    )


def _address(operation: Operation, url: str) -> str:
    """An operation may have its own server in production. Anywhere else, such as on a mock, one server has them all."""
    is_production = url.startswith(f"{PRODUCTION_URL}/")
    return operation.server + url[len(PRODUCTION_URL) :] if operation.server and is_production else url


def _pattern(headers: Mapping[str, str]) -> "Optional[re.Pattern[str]]":
    """Matches the keys among the headers, in any escaping."""
    keys = [str(key).strip() for name, key in headers.items() if name.lower() in KEY_HEADERS]
    keys = [key for key in keys if len(key) >= SHORTEST_SECRET]
    encoded = [base64.b64encode(key.encode()).decode().rstrip("=") for key in keys]
    # Longest first: the user ID may be part of the API key, and redacting it first would leave the rest.
    spellings = sorted(keys + encoded, key=len, reverse=True)
    return re.compile("|".join("".join(map(_spelling, each)) for each in spellings)) if spellings else None


NAMED = {"&": "|&amp;", "<": "|&lt;", ">": "|&gt;", '"': "|&quot;", "'": "|&apos;"}


def _spelling(character: str) -> str:
    """Matches a character as it is, or as JSON, URLs and HTML pages escape it: some escape more than they have to."""
    if re.match("[A-Za-z0-9]", character):
        return character
    code = ord(character)
    plain, digits, named = re.escape(character), f"0*(?i:{code:x})", NAMED.get(character, "")
    return rf"(?:\\*(?:{plain}|(?i:[ux]){digits})|%(?:25)*(?i:{code:x})|&#(?:0*{code}|(?i:x){digits});{named})"
