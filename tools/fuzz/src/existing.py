"""Gives schemathesis what the contract lacks: inventories, SIMs, templates and packages that exist. Counts each operation's outcomes.

Without it, nearly every call of the stateful mock would end with "not found", and nothing beyond that would be tested.
"""

import atexit
import json
import os
from collections import Counter
from functools import cache
from itertools import cycle
from urllib.request import Request, urlopen

import schemathesis

SERVER = os.environ["ESIM_FUZZ_URL"]
KEYS = {"x-user-id": "fuzz", "x-api-key": "fuzz", "content-type": "application/json"}
IS_STATEFUL = os.environ["ESIM_FUZZ_MODE"] == "stateful"
DATES = ("earliest_available_date", "latest_available_date")
MADE_UP = 5
"""One in so many calls keeps its generated values."""

calls = Counter()
answers = Counter()


def ask(method, path, body=None):
    data = json.dumps(body).encode() if body is not None else None
    with urlopen(Request(SERVER + path, data, KEYS, method=method)) as answer:
        return json.loads(answer.read() or "null")


def fresh_sim():
    """A SIM without a live package."""
    packages = ask("GET", "/packages?count=100")["packages"]
    sim = packages[0]["sim"]
    for each in packages:
        if each["sim"] == sim and each["status"] in ("NOT_ACTIVE", "ACTIVE", "SUSPENDED"):
            if each["status"] == "NOT_ACTIVE":
                ask("POST", f"/packages/{each['id']}/activate")
            ask("POST", f"/packages/{each['id']}/terminate")
    return {"sim": sim, "package_template": packages[0]["package_template"]["id"]}


def fresh_package(is_active):
    made = ask("POST", "/packages", fresh_sim())["id"]
    if is_active:
        ask("POST", f"/packages/{made}/activate")
    return made


@cache
def existing(path, rows):
    """The rows of a list, in turn."""
    return cycle(ask("GET", f"{path}?count=20")[rows])


def iccid():
    return next(existing("/sim-registries", "sims"))["iccid"]


@cache
def with_activation_code():
    """SIMs that have a QR code: unassigned ones have none."""
    sims = ask("GET", "/sim-registries?count=100")["sims"]
    profiles = (ask("GET", f"/euicc-profiles/{each['iccid']}") for each in sims)
    return cycle([each["iccid"] for each in profiles if each["activation_code"]])


def of_existing_sim(case):
    case.path_parameters.update(iccid=iccid())


def of_existing_inventory(case):
    earliest, latest = sorted(case.body[name] for name in DATES)
    case.body.update(
        inventory=next(existing("/inventories", "inventories"))["id"],
        earliest_available_date=earliest,
        latest_available_date=latest,
    )


EXISTING = {
    "getESIM": of_existing_sim,
    "getPCRProfile": of_existing_sim,
    "modifyPCRProfile": of_existing_sim,
    "getEUICCProfile": of_existing_sim,
    "getQRCode": lambda case: case.path_parameters.update(iccid=next(with_activation_code())),
    "getPackageTemplate": lambda case: case.path_parameters.update(
        id=next(existing("/package-templates", "package_templates"))["id"]
    ),
    "createPackageTemplate": of_existing_inventory,
    "createPackage": lambda case: case.body.update(fresh_sim()),
    "getPackage": lambda case: case.path_parameters.update(id=fresh_package(False)),
    "activatePackage": lambda case: case.path_parameters.update(id=fresh_package(False)),
    "terminatePackage": lambda case: case.path_parameters.update(id=fresh_package(True)),
}


@schemathesis.hook
def before_call(context, case, kwargs):
    operation = case.operation.definition.raw["operationId"]
    use = EXISTING.get(operation)
    is_valid = case.meta is not None and case.meta.generation.mode.is_positive
    if not (IS_STATEFUL and use and is_valid):
        return
    calls[operation] += 1
    if calls[operation] % MADE_UP != 0:
        use(case)


@schemathesis.hook
def after_call(context, case, response):
    answers[f"{case.operation.definition.raw['operationId']} {response.status_code}"] += 1


@atexit.register
def report():
    with open(os.environ["ESIM_FUZZ_REPORT"], "w", encoding="utf-8") as file:
        json.dump(answers, file)
