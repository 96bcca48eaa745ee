"""Runs the cases of spec/conformance/faults; its README says how."""

import base64
import html
import json
import os
import traceback
from urllib.parse import quote
from urllib.request import urlopen

import betatel_esim
import pytest
from cases import CONFORMANCE, call, cases_in, configuration, exceptions_in, read, run

SERVER = os.environ["ESIM_FAULTS_URL"]
FOLDER = CONFORMANCE / "faults"
CASES = cases_in(FOLDER)
EXCEPTIONS = exceptions_in(FOLDER)
KEYS = read(FOLDER / "keys.json")["keys"]
SPELLINGS = [
    spelling
    for key in KEYS.values()
    for spelling in (
        key,
        json.dumps(key)[1:-1],
        html.escape(key),
        quote(key, safe=""),
        base64.b64encode(key.encode()).decode().rstrip("="),
    )
]


def get(path):
    with urlopen(SERVER + path) as answer:
        return json.load(answer)


def printed(error, client):
    """Everything that a program would print or log."""
    attributes = [f"{name} {value!r} {value}" for name, value in vars(error).items()]
    trace = traceback.format_exception(error)
    return "\n".join([str(error), repr(error), *attributes, *trace, repr(client.configuration), str(client.configuration)])


def check(case):
    server = get("/_addresses")[case["at"]] if "at" in case else SERVER
    client = betatel_esim.ApiClient(configuration(f"{server}/{case['name']}", KEYS))
    options = {"_request_timeout": case["timeLimit"] / 1000} if "timeLimit" in case else {}
    with pytest.raises(betatel_esim.OpenApiException) as raised:
        call(client, case["operation"], case["arguments"], **options)
    error, expected = raised.value, case["expect"]["error"]
    assert getattr(error, "status", None) == expected["status"], error
    assert error.outcome_unknown is expected["outcomeUnknown"], error
    assert error.operation == expected.get("operation", case["operation"])
    assert error.request_id == expected.get("requestId")
    assert expected.get("message", "") in str(error)
    said = printed(error, client)
    assert [spelling for spelling in SPELLINGS if spelling in said] == []
    seen = get(f"/{case['name']}/_seen")
    requests = case["expect"]["requests"]
    assert requests <= seen["requests"] <= case["expect"].get("atMost", requests)
    assert (seen["keyless"], seen["elsewhere"]) == (0, 0)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case):
    run(case, EXCEPTIONS, check)


def test_reported():
    assert set(EXCEPTIONS) <= {case["name"] for case in CASES}
    print(f"\nfaults python: {len(CASES) - len(EXCEPTIONS)}/{len(CASES)}")
