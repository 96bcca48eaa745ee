"""Makes responses fit the models: the live service is known to send a bare ID in place of an object, and the reverse."""

from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

EXACT = 2**53 - 1
"""The largest integer that every JSON parser reads exactly: above it, an ID sent as a number may have lost digits."""


def fit(value: Any, kind: Any) -> Any:
    """The part of a JSON value that a type can hold; None if there is none."""
    if get_origin(kind) is Annotated:
        return fit(value, get_args(kind)[0])
    if get_origin(kind) is Union:
        kinds = [each for each in get_args(kind) if each is not type(None)]
        return fit(value, kinds[0]) if len(kinds) == 1 else _first(fit(value, each) for each in kinds)
    if get_origin(kind) is list:
        return _fit_list(value, get_args(kind)[0]) if isinstance(value, list) else None
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return _fit_model(value, kind)
    if isinstance(value, dict) and kind in SCALARS:
        value = value.get("id")
    return SCALARS[kind](value) if kind in SCALARS else value


def _fit_list(values: Any, kind: Any) -> Any:
    """A row that does not fit stays a row, an empty one: pages are counted by their rows."""
    nothing = {} if isinstance(kind, type) and issubclass(kind, BaseModel) else None
    fitted = [fit(each, kind) for each in values]
    return [nothing if each is None else each for each in fitted if each is not None or nothing is not None]


def _fit_model(value: Any, model: Any) -> Any:
    fields = {field.alias or name: field.annotation for name, field in model.model_fields.items()}
    if isinstance(value, list):
        return fit(value[0], model) if value else None
    if isinstance(value, dict):
        return {name: fit(each, fields[name]) for name, each in value.items() if name in fields}
    return {"id": fit(value, fields["id"])} if value is not None and "id" in fields else None


def _first(values: Any) -> Any:
    return next((each for each in values if each is not None), None)


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return int(value) if value.isascii() and value.isdigit() else None
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) <= EXACT else None
    return value if type(value) is int else None


def _number(value: Any) -> Any:
    return value if type(value) in (int, float) else None


def _text(value: Any) -> Any:
    is_id = type(value) is int and abs(value) <= EXACT
    return str(value) if is_id else value if isinstance(value, str) else None


def _truth(value: Any) -> Any:
    return value if isinstance(value, bool) else None


SCALARS = {int: _whole, float: _number, str: _text, bool: _truth}
