package com.betatel.esim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.betatel.esim.api.PackagesApi;
import com.betatel.esim.model.CreatePackageRequest;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the cases of spec/conformance/faults cannot ask for. */
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

  /** Answers never, at once, and says how long it was waited for. */
  private static final class Silent extends SafeHttpClient {
    Duration waited;

    Silent() {
      super(HttpClient.newHttpClient(), "http://127.0.0.1");
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
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
  void theLimitIs30SecondsWithoutBeingAskedFor() {
    Silent silent = new Silent();
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1/packages"));
    assertThrows(IOException.class, () -> new SafeHttpClient(silent, "http://127.0.0.1").send(request.build(), BodyHandlers.ofInputStream()));
    assertEquals(Duration.ofSeconds(30), silent.waited);
    request.timeout(Duration.ofSeconds(2));
    assertThrows(IOException.class, () -> new SafeHttpClient(silent, "http://127.0.0.1").send(request.build(), BodyHandlers.ofInputStream()));
    assertEquals(Duration.ofSeconds(2), silent.waited);
  }

  @Test
  void aBuilderThatFollowsRedirectsFollowsNone() {
    status = 307;
    ApiClient client = client().setHttpClientBuilder(HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS));
    ApiException error = assertThrows(ApiException.class, () -> new PackagesApi(client).createPackage(REQUEST));
    assertEquals(307, error.getCode());
    assertTrue(error.isOutcomeUnknown());
  }

  @Test
  void aSuccessOfOtherTypesIsAnErrorThatSaysThatItMayHaveBeenDone() {
    body = "{\"id\": {\"a\": []}}".getBytes(UTF_8);
    ApiException error = assertThrows(ApiException.class, () -> new PackagesApi(client()).createPackage(REQUEST));
    assertTrue(error.isOutcomeUnknown());
    assertTrue(error.getMessage().contains("unreadable success"), error.getMessage());
  }

  @Test
  void jsonIsReadWhateverItsTypeSaysAndAsUtf8() throws ApiException {
    type = "text/html; charset=iso-8859-1";
    body = "{\"id\": \"pkg_\u00fc\"}".getBytes(UTF_8);
    assertEquals("pkg_\u00fc", new PackagesApi(client()).createPackage(REQUEST).getId());
  }

  @Test
  void aZippedAnswerIsRead() throws Exception {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream stream = new GZIPOutputStream(zipped)) {
      stream.write("{\"id\": \"pkg_1\"}".getBytes(UTF_8));
    }
    body = zipped.toByteArray();
    isZipped = true;
    assertEquals("pkg_1", new PackagesApi(client()).createPackage(REQUEST).getId());
  }

  @Test
  void anInterruptedWriteSaysThatItMayHaveBeenDone() {
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
