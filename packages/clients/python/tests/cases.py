"""What the runners of spec/conformance have in common."""

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


def call(client, operation, arguments, **options):
    """Calls any operation with arguments that have their names on the wire."""
    names = [each.function for each in OPERATIONS if each.name == operation]
    if not names:
        raise LookupError(f"this client has no operation {operation}: run `pnpm generate`, or mend the case")
    classes = [each for each in vars(apis).values() if inspect.isclass(each) and hasattr(each, names[0])]
    function = getattr(classes[0](client), names[0])
    parameters = [each for each in inspect.signature(function).parameters.values() if not each.name.startswith("_")]
    if len(parameters) == 1 and (model := model_of(parameters[0].annotation)):
        return function(model(**arguments), **options)
    return function(**arguments, **options)


def model_of(annotation: Any) -> Any:
    """The class of a body; None for what is a parameter."""
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
    raise AssertionError(f"it passes: take it off the exceptions ({exceptions[case['name']]})")
