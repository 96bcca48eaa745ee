# flake8: noqa

# import apis into api package
from betatel_esim.api.packages_api import PackagesApi

