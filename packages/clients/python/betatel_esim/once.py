"""Creates a package; if the response is lost, finds out whether it was created before trying again."""

import math
import re
import time
from typing import List, NamedTuple, Optional, Sequence, Union

from betatel_esim.api.packages_api import PackagesApi
from betatel_esim.exceptions import ApiException, OpenApiException
from betatel_esim.models.create_package_request import CreatePackageRequest
from betatel_esim.models.create_package_response import CreatePackageResponse
from betatel_esim.models.package import Package
from betatel_esim.paging import iterate_packages
from betatel_esim.safe.transport import TIME_LIMIT

LONGEST_DELAY = 60.0


class CreatedOnce(NamedTuple):
    package: Union[CreatePackageResponse, Package]
    found: bool
    """Whether the response was lost and a lookup found the package, which then comes from `get_packages`."""
    attempts: int
    """How many times the purchase was sent."""


class CannotKnowException(OpenApiException):
    """There is no way to know whether the package was created: no lookup found one that certainly is it, and nothing rules it out."""

    operation = "createPackage"
    outcome_unknown = True

    def __init__(self, why: str, candidates: Sequence[Package] = ()) -> None:
        super().__init__(f"create_package_once: {why}; check the SIM's packages before you buy again")
        self.candidates = list(candidates)
        """Packages that may be the one."""


def create_package_once(
    api: PackagesApi,
    request: CreatePackageRequest,
    *,
    max_attempts: int = 5,
    lookups: int = 3,
    lookup_delay: float = 0.5,
    total_timeout: Optional[float] = None,
) -> CreatedOnce:
    """Creates a package; if the response is lost, looks for a package of this SIM and this template whose ID was not there before.

    Dates are not used, because clocks differ. It repeats a purchase only for a SIM that had no live package, because the service
    refuses a second one there. It cannot detect another process buying the same template for the same SIM at the same time; such a
    package counts as this one.

    :param max_attempts: how many times the purchase is sent at most
    :param lookups: how many times the SIM's packages are looked up after an attempt with an unknown outcome
    :param lookup_delay: seconds to wait before such a lookup; doubles with each lookup, up to a minute
    :param total_timeout: time limit in seconds for the whole operation, including all calls and waits
    :raises CannotKnowException: if there is no way to know whether the package was created
    :raises ApiException: of the call that failed, if the package was certainly not created
    """
    return _Purchase(api, request, max_attempts, lookups, lookup_delay, total_timeout).run()


class _Purchase:
    def __init__(
        self,
        api: PackagesApi,
        request: CreatePackageRequest,
        max_attempts: int,
        lookups: int,
        lookup_delay: float,
        total_timeout: Optional[float],
    ) -> None:
        self.api, self.request = api, request.model_copy()
        self.max_attempts, self.lookups, self.lookup_delay = max_attempts, lookups, lookup_delay
        self.end = time.monotonic() + (math.inf if total_timeout is None else total_timeout)

    def run(self) -> CreatedOnce:
        before = self.look_before()
        is_free = all(row.status == "TERMINATED" for row in before)
        doubt: Optional[ApiException] = None
        attempt = 0
        while True:
            attempt += 1
            try:
                return CreatedOnce(self.api.create_package(self.request, _request_timeout=self.limit()), False, attempt)
            except ApiException as error:
                # After a lost attempt a refusal proves nothing: the lost attempt may have caused it.
                if not doubt and not error.outcome_unknown:
                    raise
                doubt = doubt or error
            found = self.look(before, doubt)
            if found:
                return CreatedOnce(found, True, attempt)
            if self.time_left() <= 0:
                raise CannotKnowException("out of time, and no new package yet") from doubt
            if not is_free:
                raise CannotKnowException("no new package yet, and buying again could create a second one") from doubt
            if attempt >= self.max_attempts:
                raise CannotKnowException(f"no response to {attempt} attempts, and no new package yet") from doubt

    def look_before(self) -> List[Package]:
        """No purchase has been sent yet, so a lookup that fails for a passing reason can be repeated."""
        tries = 0
        while True:
            tries += 1
            try:
                return self.list()
            except ApiException as error:
                if tries >= self.lookups or _is_refusal(error) or self.time_left() <= self.lookup_delay:
                    raise
                time.sleep(self.lookup_delay)

    def look(self, before: List[Package], doubt: ApiException) -> Optional[Package]:
        """Waits and looks up the SIM's packages until one certainly is the new one, or until all lookups are used.

        :raises CannotKnowException: if packages may be the one, or none can be listed
        """
        # Otherwise a row that looks new may be an older package that has since got its ID.
        are_named = all(row.id for row in before)
        candidates: List[Package] = []
        failure: Optional[ApiException] = None
        seen = 0
        for tries in range(self.lookups * 4):
            if seen >= self.lookups or self.time_left() <= 0:
                break
            time.sleep(max(0.0, min(self.lookup_delay * 2**tries, LONGEST_DELAY, self.time_left())))
            try:
                rows = [row for row in new_rows(before, self.list()) if is_same_template(row, self.request) is not False]
            except ApiException as error:
                failure = error
                if _is_refusal(error):
                    break
                continue
            # A row found once stays a candidate, even if the next lookup does not return it.
            candidates = rows + new_rows(rows, [row for row in candidates if row.id])
            if are_named and len(candidates) == 1 and is_new_package(candidates[0], self.request):
                return candidates[0]
            seen += 1
        if candidates:
            raise CannotKnowException("found packages that may or may not be this one", candidates) from doubt
        if failure and seen < self.lookups:
            raise CannotKnowException(f"the SIM's packages cannot be listed: {failure}") from doubt
        return None

    def list(self) -> List[Package]:
        """The packages that are, or may be, this SIM's: a service may ignore the filter."""
        rows = iterate_packages(self.api, sim=self.request.sim, _request_timeout=self.limit())
        return [row for row in rows if is_same_sim(row, self.request) is not False]

    def time_left(self) -> float:
        return self.end - time.monotonic()

    def limit(self) -> float:
        """Each call gets the time that is left overall."""
        return max(0.001, min(TIME_LIMIT, self.time_left()))


def _is_refusal(error: ApiException) -> bool:
    """Whether repeating the request would not help."""
    return error.status is not None and 400 <= error.status < 500 and error.status not in (408, 429)


# Compare rows with a request. Where the row does not allow a decision, the result is None, never False.


def is_new_package(row: Package, wanted: CreatePackageRequest) -> bool:
    """Whether a new row is certainly the package that was requested."""
    is_live = bool(row.id) and row.status != "TERMINATED"
    return is_live and is_same_sim(row, wanted) is True and is_same_template(row, wanted) is True


def is_same_sim(row: Package, wanted: CreatePackageRequest) -> Optional[bool]:
    """Whether a row belongs to the SIM. Spaces do not make it another SIM; without its check digit it may be this one."""
    mine, theirs = re.sub(r"\D", "", wanted.sim), re.sub(r"\D", "", row.sim or "")
    if not theirs:
        return None
    if mine == theirs:
        return True
    is_prefix = mine.startswith(theirs) or theirs.startswith(mine)
    return None if is_prefix and abs(len(mine) - len(theirs)) == 1 else False


def is_same_template(row: Package, wanted: CreatePackageRequest) -> Optional[bool]:
    """Whether a row belongs to the template."""
    template = row.package_template
    return None if template is None or template.id is None else template.id == wanted.package_template


def new_rows(before: Sequence[Package], after: Sequence[Package]) -> List[Package]:
    """Rows that are, or may be, new: a row without an ID can be any package."""
    named = {row.id for row in before if row.id}
    return [row for row in after if not row.id or row.id not in named]
