"""Sends a request of the generated code once, and turns every response but the promised one into an error."""

import json
import re
from typing import Any, Callable, Dict, Optional, Tuple, Union

import urllib3

from betatel_esim import exceptions, models, rest
from betatel_esim.models.error import Error
from betatel_esim.safe.call import Call, call_of
from betatel_esim.safe.deadline import Attempt, HTTPPool, HTTPSPool
from betatel_esim.safe.errors import NoAnswerException, TimeoutException
from betatel_esim.safe.fit import fit

TIME_LIMIT = 30.0
"""Seconds for the whole response, unless a call sets `_request_timeout`."""

CLASSES = {
    400: exceptions.BadRequestException,
    401: exceptions.UnauthorizedException,
    403: exceptions.ForbiddenException,
    404: exceptions.NotFoundException,
    409: exceptions.ConflictException,
    422: exceptions.UnprocessableEntityException,
}

TEXT = re.compile(r"\s*(text/|application/([\w.-]+\+)?(json|xml))", re.IGNORECASE)
"""Content types that are not an image: a login page, an error."""

Limit = Union[None, float, Tuple[float, float]]


class Answer(rest.RESTResponse):
    """A success with the body that the contract promises."""

    def __init__(self, response: Any, call: Call) -> None:
        super().__init__(response)
        self.call = call
        self.promised_status = call.operation.status

    def parse(self, model: str, deserialize: Callable[[str], Any]) -> Any:
        """The body as a model; values that do not fit are left out.

        :param model: the name of its class
        :raises ApiException: if it cannot be read as one
        """
        text = self.read().decode()
        try:
            return deserialize(text)
        except Exception:
            pass  # Some value has another type.
        try:
            return deserialize(json.dumps(fit(json.loads(text), getattr(models, model))))
        except Exception as error:
            raise api_exception(self.call, self, f"unreadable success: {error}") from None


class RestClient(rest.RESTClientObject):
    """The generated client with the promises. It follows no redirect and repeats nothing, even if `Configuration.retries` is set."""

    def __init__(self, configuration: Any) -> None:
        super().__init__(configuration)
        self._configuration = configuration
        self.pool_manager.connection_pool_kw["retries"] = False
        # SOCKS has its own connection classes, which do not report whether they have sent anything.
        self._is_watched = self.pool_manager.pool_classes_by_scheme is urllib3.poolmanager.pool_classes_by_scheme
        if self._is_watched:
            self.pool_manager.pool_classes_by_scheme = {"http": HTTPPool, "https": HTTPSPool}

    def request(
        self,
        method: str,
        url: str,
        headers: Optional[Dict[str, str]] = None,
        body: Any = None,
        post_params: Any = None,
        _request_timeout: Limit = None,
    ) -> Answer:
        """Sends a request, and reads the whole response.

        :param _request_timeout: seconds, for all of it, or for connecting and for the rest
        :raises ApiException: for anything but the success that the contract promises
        :raises UsageException: if the path is not one of the contract's
        """
        call = call_of(method, url, self._configuration.host, headers or {})
        url, headers = call.url, call.headers
        limit = _request_timeout or TIME_LIMIT
        seconds = sum(limit) if isinstance(limit, tuple) else limit
        with Attempt(seconds, is_sent=not self._is_watched) as attempt:
            try:
                answer = Answer(super().request(method, url, headers, body, post_params, limit).response, call)
                answer.read()
                if attempt.is_late:
                    raise TimeoutError  # Without a content length, a shut connection looks like the end of the body.
            except Exception as error:
                # Without a cause: urllib3's exceptions contain the request, and its keys.
                raise _no_answer(call, attempt, error, seconds) from None
        _check(call, answer)
        return answer


def _check(call: Call, answer: Answer) -> None:
    """:raises ApiException: for anything but the promised success"""
    is_success = 200 <= answer.status <= 299
    if not is_success:
        raise api_exception(call, answer)
    promised = call.operation
    if promised.answer == "nothing":
        if answer.status != promised.status:
            raise api_exception(call, answer, f"expected {promised.status}")
        return
    if promised.answer == "bytes":
        if not answer.data or TEXT.match(answer.headers.get("content-type") or ""):
            raise api_exception(call, answer, "no binary content" if answer.data else "no body")
        return
    try:
        is_object = isinstance(json.loads(answer.data), dict)
    except (ValueError, RecursionError):
        is_object = False
    if not is_object:
        raise api_exception(call, answer, "no JSON object" if answer.data else "no body")


def api_exception(call: Call, answer: Answer, said: Optional[str] = None) -> exceptions.ApiException:
    """The error of a response, of the class for its status. It contains no key."""
    status = answer.status
    body = call.redact(answer.data.decode("utf-8", "replace"))
    model, message = _error_of(body)
    headers = urllib3.HTTPHeaderDict((name, call.redact(value)) for name, value in answer.headers.items())
    location = headers.get("location")
    refused = f"redirect to {location} refused" if location else None
    Class = CLASSES.get(status, exceptions.ServiceException if status >= 500 else exceptions.ApiException)
    error = Class(status, call.redact(answer.reason or ""), body=body, data=model)
    error.headers = headers
    error.operation = call.operation.name
    error.request_id = headers.get("x-request-id")
    # A 4xx is a refusal, except 408, which gateways send too. Any other failure, and a success that cannot be read, may have been carried out.
    error.outcome_unknown = call.is_write and (status < 400 or status == 408 or status >= 500)
    error.message = call.message(said or message or refused or error.reason or "no reason given", status, error.request_id)
    return error


def _error_of(body: str) -> Tuple[Optional[Error], Optional[str]]:
    try:
        model = Error.from_dict(json.loads(body))
        return model, model.message if model else None
    except Exception:
        return None, None  # A page, or nothing.


def _no_answer(call: Call, attempt: Attempt, error: Exception, seconds: float) -> NoAnswerException:
    is_late = attempt.is_late or isinstance(error, urllib3.exceptions.TimeoutError)
    if is_late:
        said = f"no {'response' if attempt.is_sent else 'connection'} within {seconds:g} s"
    else:
        reason = getattr(error, "reason", None) or error
        said = f"{'connection lost' if attempt.is_sent else 'could not connect'} [{type(error).__name__}: {reason}]"
    failure = (TimeoutException if is_late else NoAnswerException)(reason=call.redact(said))
    failure.operation = call.operation.name
    failure.outcome_unknown = call.is_write and attempt.is_sent
    failure.message = call.message(said)
    return failure

