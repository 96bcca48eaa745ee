"""What the cases of spec/conformance/faults cannot express."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import get_args, get_type_hints

import betatel_esim
import pytest
from betatel_esim import models, safe
from betatel_esim.safe.fit import fit
from cases import configuration

KEYS = {"x-user-id": "user-2b8d4e", "x-api-key": "key-7f3a9c"}


@pytest.fixture
def service():
    """A service that responds with `answer`, and counts requests."""

    class Handler(BaseHTTPRequestHandler):
        def handle_request(self):
            self.server.paths.append(self.path)
            self.rfile.read(int(self.headers.get("content-length") or 0))
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


def test_the_default_time_limit_is_30_seconds(service, monkeypatch):
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


def test_values_that_do_not_fit_are_left_out_and_the_rest_is_returned(service):
    service.answer = (201, "application/json", b'{"id": {"a": []}, "sim": 8910300000045681955, "status": "ACTIVE", "apn": [1]}')
    package = api_of(service).create_package(REQUEST)
    assert (package.id, package.sim, package.status, package.apn) == (None, None, "ACTIVE", None)


ODD = [None, True, 0, -1, 2.5, 1e300, 2**53, 10**30, "", "7", "text", [], {}, [None], {"id": 7}, {"id": {}}, [[{}]], [{"id": "x"}, 3]]


def models_of(annotation, found):
    """The models that a type is made of, and those of their fields."""
    if annotation not in MODELS or annotation in found:
        parts = get_args(annotation)
    else:
        found.add(annotation)
        parts = [field.annotation for field in annotation.model_fields.values()]
    for part in parts:
        models_of(part, found)
    return found


MODELS = [kind for kind in vars(models).values() if hasattr(kind, "model_fields")]
SENT, ANSWERED = set(), set()
for api in [kind for name, kind in vars(betatel_esim).items() if name.endswith("Api")]:
    for method in [each for name, each in vars(api).items() if not name.startswith("_") and callable(each)]:
        for name, annotation in get_type_hints(method).items():
            models_of(annotation, ANSWERED if name == "return" else SENT)


@pytest.mark.parametrize("model", [each for each in MODELS if each in ANSWERED or each not in SENT], ids=lambda model: model.__name__)
def test_any_value_of_json_fits_into_any_field(model):
    for name, field in model.model_fields.items():
        for value in ODD:
            for content in ({name: value}, [{name: value}], {name: [value]}, {name: {"id": value, name: value}}):
                model.from_dict(fit(content, model) or {})


def test_a_bare_id_becomes_an_object_and_the_reverse(service):
    service.answer = (200, "application/json", b'{"id": 7, "package_template": 21145354, "data_usage_remaining": "5", "time_allowance": 1.0}')
    package = api_of(service).get_package("7")
    assert (package.id, package.package_template.id, package.package_template.name) == ("7", 21145354, None)
    assert (package.data_usage_remaining, package.time_allowance) == (5, 1)
    client = api_of(service).api_client
    service.answer = (200, "application/json", b'{"voice": [{"state": "ENABLED"}], "sms": [], "wallets": [{"id": {"id": 3}, "balance": "x"}]}')
    profile = betatel_esim.PCRProfileApi(client).get_pcr_profile("8910300000045681955")
    assert (profile.voice.state, profile.sms, profile.wallets[0].id, profile.wallets[0].balance) == ("ENABLED", None, 3, None)
    service.answer = (200, "application/json", b'{"total": 1, "sims": [{"iccid": "1", "group": {"id": 1001, "name": "Summer"}}]}')
    assert betatel_esim.InventoryApi(client).get_esims().sims[0].group == 1001


def test_the_status_has_its_own_address_in_production_only():
    asked = {}
    for host in (None, "http://127.0.0.1:9/esim"):
        client = betatel_esim.ApiClient(configuration(host, KEYS))
        client.set_default_header("X-Api-Key", KEYS["x-api-key"])
        sent = []
        pool = client.rest_client.pool_manager

        def refuse(method, url, **options):
            sent.append((url, options["headers"]))
            raise OSError("nothing is to be sent here")

        pool.request = refuse
        for api, name in ((betatel_esim.SystemApi, "get_status"), (betatel_esim.CoreApi, "get_countries")):
            with pytest.raises(betatel_esim.ApiException):
                getattr(api(client), name)()
        asked[host] = [url for url, _ in sent]
        assert not [name for name in sent[0][1] if name.lower() in KEYS]
        assert set(KEYS) <= {name.lower() for name in sent[1][1]}
    production = "https://esim.betatel.com/api/v1"
    assert asked[None] == [f"{production}/status", f"{production}/esim/countries"]
    assert asked["http://127.0.0.1:9/esim"] == ["http://127.0.0.1:9/esim/status", "http://127.0.0.1:9/esim/countries"]


def test_a_response_that_is_nested_too_deeply_is_an_error_like_any_other(service):
    service.answer = (201, "application/json", b'{"a":' * 60_000 + b"1" + b"}" * 60_000)
    with pytest.raises(betatel_esim.ApiException) as raised:
        api_of(service).create_package(REQUEST)
    assert (raised.value.status, raised.value.outcome_unknown) == (201, True)


def test_an_id_that_equals_the_name_of_a_path_is_an_id(service):
    service.answer = (404, "application/json", b"{}")
    with pytest.raises(betatel_esim.ApiException) as raised:
        api_of(service).get_package("countries")
    assert raised.value.operation == "getPackage"


@pytest.mark.parametrize("content_type", ["text/plain", "text/html", "application/json; charset=klingon"])
def test_json_is_read_with_any_content_type(service, content_type):
    service.answer = (201, content_type, '{"id": "pkg_ü"}'.encode())
    assert api_of(service).create_package(REQUEST).id == "pkg_ü"


def test_configured_retries_repeat_nothing(service):
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


def test_errors_have_the_class_for_their_status(service):
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


def test_calls_in_many_threads_do_not_mix(service):
    service.answer = (200, "application/json", b'{"id": "pkg_1"}')
    api = api_of(service)
    found = []
    threads = [threading.Thread(target=lambda: found.append(api.get_package("pkg_1").id)) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert found == ["pkg_1"] * 8
