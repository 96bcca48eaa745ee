"""Runs the cases of spec/conformance/lists; its README says how."""

import os
from urllib.request import urlopen

import betatel_esim
import pytest
from betatel_esim import paging
from cases import CONFORMANCE, api_of, cases_in, configuration, exceptions_in, run

SERVER = os.environ["ESIM_LISTS_URL"]
FOLDER = CONFORMANCE / "lists"
CASES = cases_in(FOLDER)
EXCEPTIONS = exceptions_in(FOLDER)
PACKAGES = {"operation": "getPackages", "rows": "packages", "id": "id", "prefix": "pkg_"}


def check(case):
    address = f"{SERVER}/{case['name']}"
    urlopen(f"{address}/_again").close()
    wanted_list = case.get("list", PACKAGES)
    client = betatel_esim.ApiClient(configuration(address, {"x-user-id": "lists", "x-api-key": "lists"}))
    api, function = api_of(client, wanted_list["operation"])
    iterate = getattr(paging, function.replace("get_", "iterate_"))
    rows = iterate(api, page_size=case.get("pageSize", 100), offset=case.get("offset", 0))
    if "error" in case["expect"]:
        with pytest.raises(betatel_esim.ApiException):
            list(rows)
        return
    found = [getattr(row, wanted_list["id"]) for row in rows]
    ids = [None if each is None else str(each) for each in found]
    if "alike" in case["expect"]:
        assert ids == [None] * case["expect"]["alike"]
        return
    expected = case["expect"]["rows"]
    wanted = [f"{wanted_list['prefix']}{at}" for at in range(expected["first"], expected["first"] + expected["count"])]
    assert len(set(ids)) == len(ids)
    assert [each for each in ids if each in set(wanted)] == wanted
    if "others" not in case["expect"]:
        assert ids == wanted


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case):
    run(case, EXCEPTIONS, check)


def test_reported():
    print(f"\nlists python: {len(CASES) - len(EXCEPTIONS)}/{len(CASES)}")
