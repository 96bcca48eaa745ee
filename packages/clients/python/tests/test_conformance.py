"""Runs the cases of spec/conformance; its README says how."""

import json
import os
from pathlib import Path
from urllib.request import urlopen

import pytest

import betatel_esim

SERVER = os.environ["ESIM_CONFORMANCE_URL"]
FOLDER = Path(__file__).parents[4] / "spec" / "conformance"
CASES = [case for file in sorted(FOLDER.glob("*.json")) for case in json.loads(file.read_text("utf-8")).get("cases", [])]
EXCEPTIONS = {
    each["case"]: each["reason"]
    for each in json.loads((FOLDER / "exceptions.json").read_text("utf-8"))["exceptions"]
    if each["client"] == "python"
}
SCHEMES = {"x-user-id": "ApiUserId", "x-api-key": "ApiKeyAuth"}

OPERATIONS = {
    "getPackages": lambda api, args: api.get_packages(**args),
    "getPackage": lambda api, args: api.get_package(args["id"]),
    "createPackage": lambda api, args: api.create_package(betatel_esim.CreatePackageRequest(**args)),
    "activatePackage": lambda api, args: api.activate_package(args["id"]),
    "terminatePackage": lambda api, args: api.terminate_package(args["id"]),
}


def at(value, pointer):
    for key in pointer.split("/")[1:]:
        if isinstance(value, list):
            value = value[int(key)] if int(key) < len(value) else None
        else:
            value = value.get(key) if isinstance(value, dict) else None
    return value


def check(case):
    configuration = betatel_esim.Configuration(
        host=f"{SERVER}/{case['name']}",
        api_key={SCHEMES[header]: key for header, key in case["keys"].items()},
    )
    configuration.retries = 0
    result, error = None, None
    with betatel_esim.ApiClient(configuration) as client:
        try:
            result = OPERATIONS[case["operation"]](betatel_esim.PackagesApi(client), case["arguments"])
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
    seen = json.loads(result.to_json()) if result is not None else None
    for pointer, value in expected.get("value", {}).items():
        assert at(seen, pointer) == value, pointer


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case):
    if case["name"] not in EXCEPTIONS:
        check(case)
        return
    try:
        check(case)
    except Exception:
        return
    pytest.fail(f"it passes: take it off the exceptions ({EXCEPTIONS[case['name']]})")


def test_told():
    assert set(EXCEPTIONS) <= {case["name"] for case in CASES}
    print(f"\nconformance python: {len(CASES) - len(EXCEPTIONS)}/{len(CASES)}")
