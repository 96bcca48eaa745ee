"""What the cases of spec/conformance/faults cannot ask for."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import betatel_esim
import pytest
from betatel_esim import safe
from cases import configuration

KEYS = {"x-user-id": "user-2b8d4e", "x-api-key": "key-7f3a9c"}


@pytest.fixture
def service():
    """A service that answers with what `answer` is set to, and counts."""

    class Handler(BaseHTTPRequestHandler):
        def handle_request(self):
            self.server.paths.append(self.path)
            status, content_type, body = self.server.answer
            self.send_response(status)
            self.send_header("content-type", content_type)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = handle_request

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.paths = []
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def api_of(server, **options):
    settings = configuration(server.url, KEYS)
    for name, value in options.items():
        setattr(settings, name, value)
    return betatel_esim.PackagesApi(betatel_esim.ApiClient(settings))


REQUEST = betatel_esim.CreatePackageRequest(sim="8910300000045681955", package_template=1)


def test_the_limit_is_30_seconds_without_being_asked_for(service, monkeypatch):
    service.answer = (200, "application/json", b"{}")
    limits = []

    class Recorded(safe.transport.Attempt):
        def __init__(self, seconds, is_sent=False):
            limits.append(seconds)
            super().__init__(seconds, is_sent)

    monkeypatch.setattr(safe.transport, "Attempt", Recorded)
    api_of(service).get_packages()
    api_of(service).get_packages(_request_timeout=2.0)
    api_of(service).get_packages(_request_timeout=(1.0, 4.0))
    assert limits == [30.0, 2.0, 5.0]


def test_a_success_of_other_types_is_an_error_that_says_that_it_may_have_been_done(service):
    service.answer = (201, "application/json", b'{"id": {"a": []}}')
    with pytest.raises(betatel_esim.ApiException) as raised:
        api_of(service).create_package(REQUEST)
    assert raised.value.outcome_unknown is True
    assert "unreadable success" in str(raised.value)


@pytest.mark.parametrize("content_type", ["text/plain", "text/html", "application/json; charset=klingon"])
def test_json_is_read_whatever_its_type_says(service, content_type):
    service.answer = (201, content_type, '{"id": "pkg_ü"}'.encode())
    assert api_of(service).create_package(REQUEST).id == "pkg_ü"


def test_retries_that_are_configured_repeat_nothing(service):
    service.answer = (503, "application/json", b"{}")
    with pytest.raises(betatel_esim.ApiException):
        api_of(service, retries=3).get_packages()
    assert len(service.paths) == 1


def test_debugging_prints_no_key(service, capsys, caplog):
    service.answer = (200, "application/json", b"{}")
    api = api_of(service, debug=True)
    try:
        api.get_packages()
    finally:
        api.api_client.configuration.debug = False
    printed = "".join(capsys.readouterr()) + caplog.text
    assert not [key for key in KEYS.values() if key in printed]


def test_a_key_that_cannot_be_sent_is_not_shown(service):
    api = betatel_esim.PackagesApi(
        betatel_esim.ApiClient(configuration(service.url, {**KEYS, "x-api-key": "key-7f3a9c\n"}))
    )
    with pytest.raises(betatel_esim.ApiException) as raised:
        api.create_package(REQUEST)
    assert "key-7f3a9c" not in str(raised.value) + repr(raised.value.__cause__)
    assert raised.value.outcome_unknown is False
    assert service.paths == []


def test_errors_are_of_the_class_of_their_status(service):
    for status, kind in (
        (400, "BadRequestException"),
        (401, "UnauthorizedException"),
        (404, "NotFoundException"),
        (409, "ConflictException"),
        (500, "ServiceException"),
    ):
        service.answer = (status, "application/json", json.dumps({"message": "no", "statusCode": status}).encode())
        with pytest.raises(betatel_esim.ApiException) as raised:
            api_of(service).get_package("pkg_1")
        assert type(raised.value).__name__ == kind
        assert raised.value.data.message == "no"


def test_calls_of_many_threads_keep_apart(service):
    service.answer = (200, "application/json", b'{"id": "pkg_1"}')
    api = api_of(service)
    found = []
    threads = [threading.Thread(target=lambda: found.append(api.get_package("pkg_1").id)) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert found == ["pkg_1"] * 8
