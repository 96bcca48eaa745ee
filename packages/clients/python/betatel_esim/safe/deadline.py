"""A time limit for the whole response, and proof of whether any of the request was sent."""

import socket
import threading
from types import TracebackType
from typing import Optional, Type

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

_current = threading.local()


class Attempt:
    """One request. When its time is up it shuts the connection, so that a server that trickles bytes cannot hold it.

    urllib3's own limit applies to each wait for data.
    """

    def __init__(self, seconds: float, is_sent: bool = False) -> None:
        self.is_sent = is_sent
        """Whether any byte of the request may have been sent."""
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
        """Sets the connection to shut when the time is up."""
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
    """A connection that reports what it does to its thread's attempt."""

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
        # Anything sent during this is for a proxy.
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
