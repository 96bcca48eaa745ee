"""The contract's operations."""

from typing import NamedTuple, Tuple


class Operation(NamedTuple):
    name: str
    """The contract's operationId."""
    method: str
    path: str
    """With its parameters in braces."""
    status: int
    """The status of a success."""
    answer: str
    """What a success returns: nothing, json or bytes."""
    takes_keys: bool
    """Whether it needs the keys."""
    server: str
    """Its own server in production; empty if it has none."""
    api: str
    """The class that has it."""
    function: str
    """The method of that class."""


OPERATIONS: Tuple[Operation, ...] = (

    Operation("getCountries", "GET", "/countries", 200, "json", True, "", "CoreApi", "get_countries"),

    Operation("getEUICCProfile", "GET", "/euicc-profiles/{iccid}", 200, "json", True, "", "ESIMRSPApi", "get_euicc_profile"),

    Operation("getQRCode", "GET", "/euicc-profiles/{iccid}/qrcode", 200, "bytes", True, "", "ESIMRSPApi", "get_qr_code"),

    Operation("getESIM", "GET", "/sim-registries/{iccid}", 200, "json", True, "", "InventoryApi", "get_esim"),

    Operation("getESIMs", "GET", "/sim-registries", 200, "json", True, "", "InventoryApi", "get_esims"),

    Operation("getInventories", "GET", "/inventories", 200, "json", True, "", "InventoryApi", "get_inventories"),

    Operation("createPackageTemplate", "POST", "/package-templates", 201, "json", True, "", "PCRApi", "create_package_template"),

    Operation("getPackageTemplate", "GET", "/package-templates/{id}", 200, "json", True, "", "PCRApi", "get_package_template"),

    Operation("getPackageTemplates", "GET", "/package-templates", 200, "json", True, "", "PCRApi", "get_package_templates"),

    Operation("getPCRProfile", "GET", "/sim-pcr-profiles/{iccid}", 200, "json", True, "", "PCRProfileApi", "get_pcr_profile"),

    Operation("modifyPCRProfile", "PUT", "/sim-pcr-profiles/{iccid}", 204, "nothing", True, "", "PCRProfileApi", "modify_pcr_profile"),

    Operation("activatePackage", "POST", "/packages/{id}/activate", 204, "nothing", True, "", "PackagesApi", "activate_package"),

    Operation("createPackage", "POST", "/packages", 201, "json", True, "", "PackagesApi", "create_package"),

    Operation("getPackage", "GET", "/packages/{id}", 200, "json", True, "", "PackagesApi", "get_package"),

    Operation("getPackages", "GET", "/packages", 200, "json", True, "", "PackagesApi", "get_packages"),

    Operation("terminatePackage", "POST", "/packages/{id}/terminate", 204, "nothing", True, "", "PackagesApi", "terminate_package"),

    Operation("getStatus", "GET", "/status", 200, "json", False, "https://esim.betatel.com/api/v1", "SystemApi", "get_status"),

)

KEY_HEADERS: Tuple[str, ...] = ("x-user-id", "x-api-key", )
"""The headers that carry the keys."""

PRODUCTION_URL = "https://esim.betatel.com/api/v1/esim"
"""The server of all operations except those with their own."""
