"""A time limit over a whole answer, and proof of whether anything of a request was sent."""

import socket
import threading
from types import TracebackType
from typing import Optional, Type

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

_current = threading.local()


class Attempt:
    """One request. When its time is up it shuts the connection, so that a server that sends a byte now and then cannot hold it.

    urllib3's own limit is on each wait for a byte.
    """

    def __init__(self, seconds: float, is_sent: bool = False) -> None:
        self.is_sent = is_sent
        """Whether a byte of the request may have left."""
        self.is_late = False
        self._socket: Optional[socket.socket] = None
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> "Attempt":
        _current.attempt = self
        self._timer.start()
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self._timer.cancel()
        _current.attempt = None

    def uses(self, connection: Optional[socket.socket]) -> None:
        """Takes the connection that is to be shut when the time is up."""
        with self._lock:
            self._socket = connection
            if self.is_late:
                self._shut()

    def _end(self) -> None:
        with self._lock:
            self.is_late = True
            self._shut()

    def _shut(self) -> None:
        try:
            if self._socket:
                self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # It is gone already.


class _Watched:
    """A connection that says what it does to the attempt of its thread."""

    # Debugging prints every header, keys included, and is turned on for all connections of the process at once.
    debuglevel = 0
    _is_connecting = False

    def connect(self) -> None:
        self._is_connecting = True
        try:
            super().connect()  # type: ignore[misc]
        finally:
            self._is_connecting = False

    def send(self, data: object) -> None:
        # What is sent meanwhile is for a proxy.
        if not self._is_connecting:
            if self.sock is None:  # type: ignore[has-type]
                self.connect()
            _current.attempt.is_sent = True
            _current.attempt.uses(self.sock)
        super().send(data)  # type: ignore[misc]


class _WatchedHTTP(_Watched, HTTPConnection):
    pass


class _WatchedHTTPS(_Watched, HTTPSConnection):
    pass


class HTTPPool(urllib3.HTTPConnectionPool):
    ConnectionCls = _WatchedHTTP


class HTTPSPool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _WatchedHTTPS
