"""Errors that the generated classes do not distinguish. All are `OpenApiException`s with `outcome_unknown`."""

from betatel_esim.exceptions import ApiException, ApiValueError


class UsageException(ApiValueError):
    """The client was called incorrectly, such as with an ID that would lead to another path. Nothing was sent."""


class NoAnswerException(ApiException):
    """There was no response: the server could not be reached, or the connection was lost. `status` is None."""


class TimeoutException(NoAnswerException, TimeoutError):
    """The time limit ran out before the whole response had arrived."""
