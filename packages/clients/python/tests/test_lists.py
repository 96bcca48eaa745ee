"""Runs the cases of spec/conformance/lists; its README says how."""

import os
from urllib.request import urlopen

import betatel_esim
import pytest
from betatel_esim.paging import iterate_packages
from cases import CONFORMANCE, cases_in, configuration, exceptions_in, run

SERVER = os.environ["ESIM_LISTS_URL"]
FOLDER = CONFORMANCE / "lists"
CASES = cases_in(FOLDER)
EXCEPTIONS = exceptions_in(FOLDER)


def check(case):
    address = f"{SERVER}/{case['name']}"
    urlopen(f"{address}/_again").close()
    api = betatel_esim.PackagesApi(
        betatel_esim.ApiClient(configuration(address, {"x-user-id": "lists", "x-api-key": "lists"}))
    )
    rows = iterate_packages(api, page_size=case.get("pageSize", 100), offset=case.get("offset", 0))
    if "error" in case["expect"]:
        with pytest.raises(betatel_esim.ApiException):
            list(rows)
        return
    ids = [row.id for row in rows]
    if "alike" in case["expect"]:
        assert ids == [None] * case["expect"]["alike"]
        return
    expected = case["expect"]["rows"]
    wanted = [f"pkg_{at}" for at in range(expected["first"], expected["first"] + expected["count"])]
    assert len(set(ids)) == len(ids)
    assert [each for each in ids if each in set(wanted)] == wanted
    if "others" not in case["expect"]:
        assert ids == wanted


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case):
    run(case, EXCEPTIONS, check)


def test_told():
    print(f"\nlists python: {len(CASES) - len(EXCEPTIONS)}/{len(CASES)}")
