"""Iterates over lists that are paged by `count` and `offset`, fetching each page when it is needed.

Rows may be added and removed meanwhile: every row that stays in the list is returned exactly once. All functions take `page_size` (rows per
page, at least 2), `offset` (rows to skip), and the list's filters. They raise the `ApiException` of a failed call, or one of their own if the
service ignores the offset, goes in circles, or ends before its total.
"""

from typing import Any, Iterator

from betatel_esim import api as apis
from betatel_esim import models
from betatel_esim.safe.paginate import paginate


def iterate_countries(
    api: apis.CoreApi, page_size: int = 100, offset: int = 0, **filters: Any
) -> Iterator[models.Country]:
    """Iterates over all matching rows of `get_countries`.

    :param filters: the filters of `get_countries`
    """
    return paginate(
        lambda count, at: api.get_countries(count=count, offset=at, **filters), "countries", "", page_size, offset
    )



def iterate_esims(
    api: apis.InventoryApi, page_size: int = 100, offset: int = 0, **filters: Any
) -> Iterator[models.ESIMPartial]:
    """Iterates over all matching rows of `get_esims`.

    :param filters: the filters of `get_esims`
    """
    return paginate(
        lambda count, at: api.get_esims(count=count, offset=at, **filters), "sims", "iccid", page_size, offset
    )



def iterate_inventories(
    api: apis.InventoryApi, page_size: int = 100, offset: int = 0, **filters: Any
) -> Iterator[models.Inventory]:
    """Iterates over all matching rows of `get_inventories`.

    :param filters: the filters of `get_inventories`
    """
    return paginate(
        lambda count, at: api.get_inventories(count=count, offset=at, **filters), "inventories", "id", page_size, offset
    )



def iterate_package_templates(
    api: apis.PCRApi, page_size: int = 100, offset: int = 0, **filters: Any
) -> Iterator[models.PackageTemplate]:
    """Iterates over all matching rows of `get_package_templates`.

    :param filters: the filters of `get_package_templates`
    """
    return paginate(
        lambda count, at: api.get_package_templates(count=count, offset=at, **filters), "package_templates", "id", page_size, offset
    )



def iterate_packages(
    api: apis.PackagesApi, page_size: int = 100, offset: int = 0, **filters: Any
) -> Iterator[models.Package]:
    """Iterates over all matching rows of `get_packages`.

    :param filters: the filters of `get_packages`
    """
    return paginate(
        lambda count, at: api.get_packages(count=count, offset=at, **filters), "packages", "id", page_size, offset
    )


