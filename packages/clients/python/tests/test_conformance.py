"""Runs the cases of spec/conformance; its README says how."""

import base64
import json
import os
from urllib.request import urlopen

import betatel_esim
import pytest
from cases import CONFORMANCE, call, cases_in, configuration, exceptions_in, run

SERVER = os.environ["ESIM_CONFORMANCE_URL"]
CASES = cases_in(CONFORMANCE)
EXCEPTIONS = exceptions_in(CONFORMANCE)


def at(value, pointer):
    for key in pointer.split("/")[1:]:
        if isinstance(value, list):
            value = value[int(key)] if int(key) < len(value) else None
        else:
            value = value.get(key) if isinstance(value, dict) else None
    return value


def check(case):
    result, error = None, None
    with betatel_esim.ApiClient(configuration(f"{SERVER}/{case['name']}", case["keys"])) as client:
        try:
            result = call(client, case["operation"], case["arguments"])
        except betatel_esim.ApiException as raised:
            error = raised
    with urlopen(f"{SERVER}/{case['name']}/_wire") as wire:
        assert json.load(wire) == [case["wire"]]

    expected = case["expect"]
    if "error" in expected:
        assert error is not None and error.status == expected["error"]["status"]
        if "message" in expected["error"]:
            assert json.loads(error.body)["message"] == expected["error"]["message"]
        return
    assert error is None
    if "bytes" in expected:
        assert result == base64.b64decode(expected["bytes"])
        return
    seen = json.loads(result.to_json()) if result is not None else None
    for pointer, value in expected.get("value", {}).items():
        assert at(seen, pointer) == value, pointer
    for pointer, value in expected.get("ids", {}).items():
        found = at(seen, pointer)
        assert (found.get("id") if isinstance(found, dict) else found) == value, pointer


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case):
    run(case, EXCEPTIONS, check)


def test_reported():
    assert set(EXCEPTIONS) <= {case["name"] for case in CASES}
    print(f"\nconformance python: {len(CASES) - len(EXCEPTIONS)}/{len(CASES)}")
