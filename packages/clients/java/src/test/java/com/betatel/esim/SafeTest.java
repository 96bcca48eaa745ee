package com.betatel.esim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.betatel.esim.api.InventoryApi;
import com.betatel.esim.api.PackagesApi;
import com.betatel.esim.api.PcrProfileApi;
import com.betatel.esim.model.CreatePackageRequest;
import com.betatel.esim.model.CreatePackageResponse;
import com.betatel.esim.model.GetPCRProfileResponse;
import com.betatel.esim.model.ModelPackage;
import com.betatel.esim.safe.EsimClient;
import com.betatel.esim.safe.SafeHttpClient;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the cases of spec/conformance/faults cannot express. */
class SafeTest {
  private static final CreatePackageRequest REQUEST = new CreatePackageRequest().sim("8910300000045681955").packageTemplate(1L);

  private HttpServer server;
  private int status = 201;
  private String type = "application/json";
  private byte[] body = "{}".getBytes(UTF_8);
  private boolean isZipped = false;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.getResponseHeaders().set("Location", "/elsewhere");
      if (isZipped) exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private ApiClient client() {
    ApiClient client = new EsimClient("user-2b8d4e", "key-7f3a9c");
    client.updateBaseUri("http://127.0.0.1:" + server.getAddress().getPort());
    return client;
  }

  /** Never responds, fails immediately, and records the time limit. */
  private static final class Silent extends SafeHttpClient {
    final List<HttpRequest> asked = new ArrayList<>();
    Duration waited;

    Silent() {
      super(HttpClient.newHttpClient(), "http://127.0.0.1");
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
      asked.add(request);
      return new CompletableFuture<>() {
        @Override
        public HttpResponse<T> get(long amount, TimeUnit unit) throws TimeoutException {
          waited = Duration.of(amount, unit.toChronoUnit());
          throw new TimeoutException();
        }
      };
    }
  }

  @Test
  void theDefaultTimeLimitIs30Seconds() {
    Silent silent = new Silent();
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1/packages"));
    assertThrows(IOException.class, () -> new SafeHttpClient(silent, "http://127.0.0.1").send(request.build(), BodyHandlers.ofInputStream()));
    assertEquals(Duration.ofSeconds(30), silent.waited);
    request.timeout(Duration.ofSeconds(2));
    assertThrows(IOException.class, () -> new SafeHttpClient(silent, "http://127.0.0.1").send(request.build(), BodyHandlers.ofInputStream()));
    assertEquals(Duration.ofSeconds(2), silent.waited);
  }

  @Test
  void noRedirectIsFollowedEvenIfTheBuilderWould() {
    status = 307;
    ApiClient client = client().setHttpClientBuilder(HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS));
    ApiException error = assertThrows(ApiException.class, () -> new PackagesApi(client).createPackage(REQUEST));
    assertEquals(307, error.getCode());
    assertTrue(error.isOutcomeUnknown());
  }

  @Test
  void valuesThatDoNotFitAreLeftOutAndTheRestIsReturned() throws ApiException {
    body = "{\"id\": {\"a\": []}, \"sim\": 8910300000045681955, \"status\": \"ACTIVE\", \"apn\": [1]}".getBytes(UTF_8);
    CreatePackageResponse created = new PackagesApi(client()).createPackage(REQUEST);
    assertNull(created.getId());
    assertNull(created.getSim());
    assertEquals("ACTIVE", created.getStatus());
    assertNull(created.getApn());
  }

  @Test
  void anyJsonValueFitsIntoAnyField() throws ApiException {
    status = 200;
    List<String> odd =
        List.of(
            "null", "true", "0", "-1", "2.5", "1e300", "9007199254740992", "1000000000000000000000000000000", "\"\"", "\"7\"", "\"text\"", "[]", "{}",
            "[null]", "{\"id\": 7}", "{\"id\": {}}", "[[{}]]", "[{\"id\": \"x\"}, 3]");
    PcrProfileApi profiles = new PcrProfileApi(client());
    PackagesApi packages = new PackagesApi(client());
    for (String value : odd) {
      for (String form : List.of("%1$s", "[%1$s]", "{\"id\": %1$s, \"state\": %1$s}")) {
        String odder = String.format(form, value);
        Function<String, String> fields = names -> Stream.of(names.split(" ")).map(name -> "\"" + name + "\": " + odder).collect(Collectors.joining(", ", "{", "}"));
        body = fields.apply("sim data voice sms wallets wallet_mode route_policy").getBytes(UTF_8);
        profiles.getPCRProfile("8910300000045681955");
        body = fields.apply("id sim package_template status created_date").getBytes(UTF_8);
        packages.getPackage("pkg_1");
      }
    }
  }

  @Test
  void aBareIdBecomesAnObjectAndTheReverse() throws ApiException {
    status = 200;
    body = "{\"id\": 7, \"package_template\": 21145354, \"data_usage_remaining\": \"5\", \"time_allowance\": 1.0}".getBytes(UTF_8);
    ModelPackage found = new PackagesApi(client()).getPackage("7");
    assertEquals("7", found.getId());
    assertEquals(21145354L, found.getPackageTemplate().getId());
    assertEquals(5L, found.getDataUsageRemaining());
    assertEquals(1L, found.getTimeAllowance());
    body = "{\"voice\": [{\"state\": \"ENABLED\"}], \"sms\": [], \"wallets\": [{\"id\": {\"id\": 3}, \"balance\": \"x\"}]}".getBytes(UTF_8);
    GetPCRProfileResponse profile = new PcrProfileApi(client()).getPCRProfile("8910300000045681955");
    assertEquals("ENABLED", profile.getVoice().getState());
    assertNull(profile.getSms());
    assertEquals(3L, profile.getWallets().get(0).getId());
    assertNull(profile.getWallets().get(0).getBalance());
    body = "{\"total\": 1, \"sims\": [{\"iccid\": \"1\", \"group\": {\"id\": 1001, \"name\": \"Summer\"}}]}".getBytes(UTF_8);
    assertEquals(1001L, new InventoryApi(client()).getESIMs(null, null, null, null).getSims().get(0).getGroup());
  }

  @Test
  void theStatusHasItsOwnAddressInProductionOnly() {
    for (String base : List.of(Operations.PRODUCTION_URL, "http://127.0.0.1:9/esim")) {
      Silent silent = new Silent();
      SafeHttpClient client = new SafeHttpClient(silent, base);
      for (String path : List.of("/status", "/countries")) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).header("X-Api-Key", "key-7f3a9c").header("accept", "application/json");
        assertThrows(IOException.class, () -> client.send(request.build(), BodyHandlers.ofInputStream()));
      }
      String status = base.startsWith("http:") ? base + "/status" : "https://esim.betatel.com/api/v1/status";
      assertEquals(List.of(status, base + "/countries"), silent.asked.stream().map(each -> each.uri().toString()).collect(Collectors.toList()));
      assertEquals(List.of("application/json"), silent.asked.get(0).headers().allValues("accept"));
      assertTrue(silent.asked.get(0).headers().firstValue("x-api-key").isEmpty());
      assertTrue(silent.asked.get(1).headers().firstValue("x-api-key").isPresent());
    }
  }

  @Test
  void anIdThatEqualsTheNameOfAPathIsAnId() {
    status = 404;
    assertEquals("getPackage", assertThrows(ApiException.class, () -> new PackagesApi(client()).getPackage("countries")).getOperation());
  }

  @Test
  void jsonIsReadAsUtf8WithAnyContentType() throws ApiException {
    type = "text/html; charset=iso-8859-1";
    body = "{\"id\": \"pkg_\u00fc\"}".getBytes(UTF_8);
    assertEquals("pkg_\u00fc", new PackagesApi(client()).createPackage(REQUEST).getId());
  }

  @Test
  void aCompressedResponseIsRead() throws Exception {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream stream = new GZIPOutputStream(zipped)) {
      stream.write("{\"id\": \"pkg_1\"}".getBytes(UTF_8));
    }
    body = zipped.toByteArray();
    isZipped = true;
    assertEquals("pkg_1", new PackagesApi(client()).createPackage(REQUEST).getId());
  }

  @Test
  void anInterruptedWriteHasAnUnknownOutcome() {
    Thread.currentThread().interrupt();
    ApiException error = assertThrows(ApiException.class, () -> new PackagesApi(client()).createPackage(REQUEST));
    assertTrue(Thread.interrupted(), "the thread is no longer interrupted");
    assertTrue(error.isOutcomeUnknown());
  }

  @Test
  void aKeyThatCannotBeSentIsNotShown() {
    Exception error = assertThrows(IllegalArgumentException.class, () -> new EsimClient("user-2b8d4e", "key-7f3a9c\n"));
    assertFalse(error.getMessage().contains("key-7f3a9c"));
    assertTrue(error.getMessage().contains("apiKey"));
  }
}
