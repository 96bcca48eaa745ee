"""The client's promises, by hand: time limits, keys that go nowhere else, one write per call, and errors that say whether it may have happened.

The generated code sends everything through `RestClient`.
"""

from betatel_esim.safe.errors import NoAnswerException, TimeoutException, UsageException
from betatel_esim.safe.transport import TIME_LIMIT, Answer, RestClient

__all__ = ["TIME_LIMIT", "Answer", "NoAnswerException", "RestClient", "TimeoutException", "UsageException"]
