"""What the contract promises of each operation."""

from typing import NamedTuple, Tuple


class Operation(NamedTuple):
    name: str
    """The contract's operationId."""
    method: str
    path: str
    """With its parameters in braces."""
    status: int
    """That of success."""
    has_answer: bool
    """Whether success has a body."""
    function: str
    """The method of the API class."""


OPERATIONS: Tuple[Operation, ...] = (

    Operation("activatePackage", "POST", "/packages/{id}/activate", 204, False, "activate_package"),

    Operation("createPackage", "POST", "/packages", 201, True, "create_package"),

    Operation("getPackage", "GET", "/packages/{id}", 200, True, "get_package"),

    Operation("getPackages", "GET", "/packages", 200, True, "get_packages"),

    Operation("terminatePackage", "POST", "/packages/{id}/terminate", 204, False, "terminate_package"),

)

KEY_HEADERS: Tuple[str, ...] = ("x-user-id", "x-api-key", )
"""The headers that keys are sent in."""
