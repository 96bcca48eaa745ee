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

    Operation("getCountries", "GET", "/countries", 200, True, "get_countries"),

    Operation("getEUICCProfile", "GET", "/euicc-profiles/{iccid}", 200, True, "get_euicc_profile"),

    Operation("getQRCode", "GET", "/euicc-profiles/{iccid}/qrcode", 200, True, "get_qr_code"),

    Operation("getESIM", "GET", "/sim-registries/{iccid}", 200, True, "get_esim"),

    Operation("getESIMs", "GET", "/sim-registries", 200, True, "get_esims"),

    Operation("getInventories", "GET", "/inventories", 200, True, "get_inventories"),

    Operation("createPackageTemplate", "POST", "/package-templates", 201, True, "create_package_template"),

    Operation("getPackageTemplate", "GET", "/package-templates/{id}", 200, True, "get_package_template"),

    Operation("getPackageTemplates", "GET", "/package-templates", 200, True, "get_package_templates"),

    Operation("getPCRProfile", "GET", "/sim-pcr-profiles/{iccid}", 200, True, "get_pcr_profile"),

    Operation("modifyPCRProfile", "PUT", "/sim-pcr-profiles/{iccid}", 204, False, "modify_pcr_profile"),

    Operation("activatePackage", "POST", "/packages/{id}/activate", 204, False, "activate_package"),

    Operation("createPackage", "POST", "/packages", 201, True, "create_package"),

    Operation("getPackage", "GET", "/packages/{id}", 200, True, "get_package"),

    Operation("getPackages", "GET", "/packages", 200, True, "get_packages"),

    Operation("terminatePackage", "POST", "/packages/{id}/terminate", 204, False, "terminate_package"),

    Operation("getStatus", "GET", "/status", 200, True, "get_status"),

)

KEY_HEADERS: Tuple[str, ...] = ("x-user-id", "x-api-key", )
"""The headers that keys are sent in."""
