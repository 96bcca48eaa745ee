"""Which operation a request belongs to, and what must not be shown of it."""

import base64
import re
from typing import Dict, Mapping, NamedTuple, Optional
from urllib.parse import urlsplit

from betatel_esim.operations import KEY_HEADERS, OPERATIONS, PRODUCTION_URL, Operation
from betatel_esim.safe.errors import UsageException

READS = ("GET", "HEAD", "OPTIONS")
SHORTEST_SECRET = 6
"""A shorter key is no secret, and to replace a user ID of `1` would garble every message."""


class Call(NamedTuple):
    """One request, as far as errors speak of it."""

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
        """Without keys, also where a server quotes them escaped."""
        return self.secrets.sub("[redacted]", text) if self.secrets else text

    def message(self, said: str, status: Optional[int] = None, request_id: Optional[str] = None) -> str:
        """One line, without keys and without what could drive a terminal."""
        prefix = f"{status} " if status else ""
        suffix = f", request {request_id}" if request_id else ""
        text = f"{prefix}{self.operation.name}: {said[:300]} ({self.operation.method} {self.path}{suffix})"
        return re.sub(r"[\s\x00-\x1f\x7f-\x9f]+", " ", self.redact(text))


def call_of(method: str, url: str, base: str, headers: Mapping[str, str]) -> Call:
    """Finds the operation of a request.

    :raises UsageException: if there is none: then a parameter has made another path of it
    """
    below = urlsplit(url).path[len(urlsplit(base).path.rstrip("/")) :]
    for operation in OPERATIONS:
        pattern = re.sub(r"\\\{[^/]+?\\\}", "([^/]+)", re.escape(operation.path))
        match = re.fullmatch(pattern, below) if operation.method == method else None
        # `.` and `..` name another path: whoever sends them on, takes them out.
        if match and not set(match.groups()) & {".", ".."}:
            # Without keys for an operation that takes none, whatever headers the client adds to all.
            sent = {name: value for name, value in headers.items() if operation.takes_keys or name.lower() not in KEY_HEADERS}
            return Call(operation, _address(operation, url), sent, _pattern(headers))
    raise UsageException(
        f"no operation has the path {below}: an ID must be a text that names one thing, not empty, '.' or '..'"
    )


def _address(operation: Operation, url: str) -> str:
    """An operation may have another server in production. Anywhere else, such as at a mock, there is one for all."""
    is_production = url.startswith(f"{PRODUCTION_URL}/")
    return operation.server + url[len(PRODUCTION_URL) :] if operation.server and is_production else url


def _pattern(headers: Mapping[str, str]) -> "Optional[re.Pattern[str]]":
    """Matches the keys among the headers, however they are written."""
    keys = [str(key).strip() for name, key in headers.items() if name.lower() in KEY_HEADERS]
    keys = [key for key in keys if len(key) >= SHORTEST_SECRET]
    encoded = [base64.b64encode(key.encode()).decode().rstrip("=") for key in keys]
    # The user ID may be part of the API key, and must not leave the rest of it.
    spellings = sorted(keys + encoded, key=len, reverse=True)
    return re.compile("|".join("".join(map(_spelling, each)) for each in spellings)) if spellings else None


NAMED = {"&": "|&amp;", "<": "|&lt;", ">": "|&gt;", '"': "|&quot;", "'": "|&apos;"}


def _spelling(character: str) -> str:
    """Matches a character as it is, or as JSON, addresses and pages write it: some of them escape more than they have to."""
    if re.match("[A-Za-z0-9]", character):
        return character
    code = ord(character)
    plain, digits, named = re.escape(character), f"0*(?i:{code:x})", NAMED.get(character, "")
    return rf"(?:\\*(?:{plain}|(?i:[ux]){digits})|%(?:25)*(?i:{code:x})|&#(?:0*{code}|(?i:x){digits});{named})"
