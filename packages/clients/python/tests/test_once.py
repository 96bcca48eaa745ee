"""Runs the cases of spec/conformance/once; its README says how."""

import json
import os
import time
from urllib.request import urlopen

import betatel_esim
import pytest
from betatel_esim.once import CannotKnowException, create_package_once
from cases import CONFORMANCE, cases_in, configuration, exceptions_in, read, run

SERVER = os.environ["ESIM_ONCE_URL"]
FOLDER = CONFORMANCE / "once"
CASES = cases_in(FOLDER)
EXCEPTIONS = exceptions_in(FOLDER)
REQUEST = read(FOLDER / "once.json")["request"]


def api_of(address):
    keys = {"x-user-id": "once", "x-api-key": "once"}
    return betatel_esim.PackagesApi(betatel_esim.ApiClient(configuration(address, keys)))


def check(case):
    address = f"{SERVER}/{case['name']}"
    urlopen(f"{address}/_again").close()
    result, error = None, None
    try:
        result = create_package_once(api_of(address), betatel_esim.CreatePackageRequest(**REQUEST), lookup_delay=0)
    except betatel_esim.OpenApiException as raised:
        error = raised
    expected = case["expect"]
    with urlopen(f"{address}/_seen") as seen:
        assert json.load(seen) == {"posts": expected["posts"], "purchases": expected["purchases"]}, error
    if "result" in expected:
        assert result is not None, error
        assert {"found": result.found, "id": result.package.id} == expected["result"]
        assert result.attempts == expected["posts"]
        return
    assert result is None
    if "error" in expected:
        assert not isinstance(error, CannotKnowException)
        assert (error.status, error.outcome_unknown) == (expected["error"]["status"], False)
        return
    assert isinstance(error, CannotKnowException)
    assert error.outcome_unknown is True
    candidates = [row.id for row in error.candidates]
    assert sorted(candidates, key=str) == sorted(expected["cannotKnow"]["candidates"], key=str)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case):
    run(case, EXCEPTIONS, check)


def test_the_whole_operation_ends_in_time():
    address = f"{SERVER}/once-lost-always"
    urlopen(f"{address}/_again").close()
    request = betatel_esim.CreatePackageRequest(**REQUEST)
    start = time.monotonic()
    with pytest.raises(CannotKnowException):
        create_package_once(api_of(address), request, lookup_delay=20, total_timeout=0.5)
    assert time.monotonic() - start < 20, "it waited for a look that there was no time for"


def test_reported():
    print(f"\nonce python: {len(CASES) - len(EXCEPTIONS)}/{len(CASES)}")
