"""Iterates over lists that are served by `count` and `offset`; each page is fetched when it is needed.

What is there throughout comes exactly once, though rows may be added and removed meanwhile. All take `page_size`, how many rows to ask for at a
time (at least 2 are), `offset`, how many to skip, and the filters of the list. They raise the `ApiException` of a call, or one of their own when the
service ignores the offset, goes in circles, or ends short of its total.
"""

from typing import Any, Iterator

from betatel_esim import api as apis
from betatel_esim import models
from betatel_esim.safe.paginate import paginate


def iterate_countries(
    api: apis.CoreApi, page_size: int = 100, offset: int = 0, **filters: Any
) -> Iterator[models.Country]:
    """All rows of `get_countries` that match, one by one.

    :param filters: those of `get_countries`
    """
    return paginate(
        lambda count, at: api.get_countries(count=count, offset=at, **filters), "countries", "", page_size, offset
    )



def iterate_esims(
    api: apis.InventoryApi, page_size: int = 100, offset: int = 0, **filters: Any
) -> Iterator[models.ESIMPartial]:
    """All rows of `get_esims` that match, one by one.

    :param filters: those of `get_esims`
    """
    return paginate(
        lambda count, at: api.get_esims(count=count, offset=at, **filters), "sims", "iccid", page_size, offset
    )



def iterate_inventories(
    api: apis.InventoryApi, page_size: int = 100, offset: int = 0, **filters: Any
) -> Iterator[models.Inventory]:
    """All rows of `get_inventories` that match, one by one.

    :param filters: those of `get_inventories`
    """
    return paginate(
        lambda count, at: api.get_inventories(count=count, offset=at, **filters), "inventories", "id", page_size, offset
    )



def iterate_package_templates(
    api: apis.PCRApi, page_size: int = 100, offset: int = 0, **filters: Any
) -> Iterator[models.PackageTemplate]:
    """All rows of `get_package_templates` that match, one by one.

    :param filters: those of `get_package_templates`
    """
    return paginate(
        lambda count, at: api.get_package_templates(count=count, offset=at, **filters), "package_templates", "id", page_size, offset
    )



def iterate_packages(
    api: apis.PackagesApi, page_size: int = 100, offset: int = 0, **filters: Any
) -> Iterator[models.Package]:
    """All rows of `get_packages` that match, one by one.

    :param filters: those of `get_packages`
    """
    return paginate(
        lambda count, at: api.get_packages(count=count, offset=at, **filters), "packages", "id", page_size, offset
    )


