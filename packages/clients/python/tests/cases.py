"""Shared by the runners of spec/conformance."""

import inspect
import json
from pathlib import Path
from typing import Any, get_args

import betatel_esim
from betatel_esim import api as apis
from betatel_esim.operations import OPERATIONS

CONFORMANCE = Path(__file__).parents[4] / "spec" / "conformance"
SCHEMES = {"x-user-id": "ApiUserId", "x-api-key": "ApiKeyAuth"}


def read(path):
    return json.loads(path.read_text("utf-8"))


def cases_in(folder):
    return [case for file in sorted(folder.glob("*.json")) for case in read(file).get("cases", [])]


def exceptions_in(folder):
    return {
        each["case"]: each["reason"]
        for each in read(folder / "exceptions.json")["exceptions"]
        if each["client"] == "python"
    }


def configuration(host, keys):
    return betatel_esim.Configuration(host=host, api_key={SCHEMES[header]: key for header, key in keys.items()})


def api_of(client, operation):
    """The API object with the operation, and the name of its method."""
    for each in OPERATIONS:
        if each.name == operation:
            return getattr(apis, each.api)(client), each.function
    raise LookupError(f"this client has no operation {operation}: run `pnpm generate`, or fix the case")


def call(client, operation, arguments, **options):
    """Calls any operation with arguments by their names on the wire."""
    api, name = api_of(client, operation)
    function = getattr(api, name)
    parameters = [each for each in inspect.signature(function).parameters.values() if not each.name.startswith("_")]
    bodies = {each.name: model for each in parameters if (model := model_of(each.annotation))}
    own = {each.name: arguments[each.name] for each in parameters if each.name in arguments and each.name not in bodies}
    rest = {name: value for name, value in arguments.items() if name not in own}
    for name, model in bodies.items():
        own[name], rest = model.from_dict(rest), {}
    return function(**own, **rest, **options)


def model_of(annotation: Any) -> Any:
    """The class of a body; None for a parameter."""
    kind = (get_args(annotation) or (annotation,))[0]
    return kind if hasattr(kind, "from_dict") else None


def run(case, exceptions, check):
    if case["name"] not in exceptions:
        check(case)
        return
    try:
        check(case)
    except Exception:
        return
    raise AssertionError(f"it passes: remove it from the exceptions ({exceptions[case['name']]})")
