"""Errors of calls that the generated ones do not tell apart. All of them are `OpenApiException`, and say `outcome_unknown`."""

from betatel_esim.exceptions import ApiException, ApiValueError


class UsageException(ApiValueError):
    """The client was called wrongly, such as with an ID that would be another path. Nothing was sent."""


class NoAnswerException(ApiException):
    """No answer came: the server could not be reached, or the connection was lost. `status` is None."""


class TimeoutException(NoAnswerException, TimeoutError):
    """The time limit ran out before the whole answer was there."""
