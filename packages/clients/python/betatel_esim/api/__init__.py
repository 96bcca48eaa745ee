# flake8: noqa

# import apis into api package
from betatel_esim.api.core_api import CoreApi
from betatel_esim.api.esimrsp_api import ESIMRSPApi
from betatel_esim.api.inventory_api import InventoryApi
from betatel_esim.api.pcr_api import PCRApi
from betatel_esim.api.pcr_profile_api import PCRProfileApi
from betatel_esim.api.packages_api import PackagesApi
from betatel_esim.api.system_api import SystemApi

