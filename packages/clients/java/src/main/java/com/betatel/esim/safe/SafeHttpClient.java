package com.betatel.esim.safe;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Authenticator;
import java.net.ConnectException;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;

/**
 * The generated code sends everything through this wrapper of a client, with a time limit for the whole response and errors that say whether
 * a call may have been carried out. It repeats nothing, and its {@code ApiClient} lets it follow no redirect.
 */
public class SafeHttpClient extends HttpClient {
  /** Up to the last byte of the response, unless a request has its own limit, set with {@code ApiClient.setReadTimeout}. */
  public static final Duration TIME_LIMIT = Duration.ofSeconds(30);

  private final HttpClient client;
  private final String server;

  /**
   * Wraps a client.
   *
   * @param client sends the requests
   * @param server the server that requests go to
   */
  public SafeHttpClient(HttpClient client, String server) {
    this.client = client;
    this.server = server;
  }

  /**
   * The body of a success as a model; values that do not fit are left out.
   *
   * @param answer a response from this client
   * @param mapper Jackson's
   * @param type the model's type
   * @param <T> the model
   * @return the model
   * @throws FailedCall if it cannot be read as one
   */
  public static <T> T read(HttpResponse<InputStream> answer, ObjectMapper mapper, TypeReference<T> type) throws FailedCall {
    HttpResponse<byte[]> whole = ((Answer) answer).answer;
    try {
      try {
        return mapper.readValue(whole.body(), type);
      } catch (JsonMappingException mismatch) {
        JavaType model = mapper.constructType(type);
        return mapper.convertValue(new Fit(mapper).fit(mapper.readTree(whole.body()), model), model);
      }
    } catch (IOException | IllegalArgumentException error) {
      throw ((Answer) answer).call.failure(whole, "unreadable success: " + error.getClass().getSimpleName());
    }
  }

  /**
   * The body of a success that is not a model.
   *
   * @param answer a response from this client
   * @return its bytes
   */
  public static byte[] bytes(HttpResponse<InputStream> answer) {
    return ((Answer) answer).answer.body();
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) throws IOException {
    // The generated code always asks for a stream, which could stall after this method returns.
    return (HttpResponse<T>) new Answer(new Call(request, server));
  }

  private final class Answer implements HttpResponse<InputStream> {
    final Call call;
    final HttpResponse<byte[]> answer;

    Answer(Call call) throws FailedCall {
      this.call = call;
      answer = sent(call, call.request);
      String flaw = call.flaw(answer);
      if (flaw != null || !Call.isSuccess(answer)) throw call.failure(answer, flaw);
    }

    @Override public int statusCode() { return answer.statusCode(); }
    @Override public HttpRequest request() { return answer.request(); }
    @Override public Optional<HttpResponse<InputStream>> previousResponse() { return Optional.empty(); }
    // The body is decoded already.
    @Override public HttpHeaders headers() { return HttpHeaders.of(answer.headers().map(), (name, value) -> !name.equalsIgnoreCase("content-encoding")); }
    @Override public InputStream body() { return new ByteArrayInputStream(answer.body()); }
    @Override public Optional<SSLSession> sslSession() { return answer.sslSession(); }
    @Override public URI uri() { return answer.uri(); }
    @Override public Version version() { return answer.version(); }
  }

  private HttpResponse<byte[]> sent(Call call, HttpRequest request) throws FailedCall {
    Duration limit = request.timeout().orElse(TIME_LIMIT);
    CompletableFuture<HttpResponse<byte[]>> future = client.sendAsync(request, SafeHttpClient::whole);
    try {
      return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException error) {
      throw call.failure("no response within " + limit.toMillis() + " ms", true);
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
      throw call.failure("interrupted", true);
    } catch (ExecutionException error) {
      Throwable cause = error.getCause();
      boolean isSent = !isUnsent(cause);
      String said = cause instanceof HttpTimeoutException ? "no response within " + limit.toMillis() + " ms" : (isSent ? "connection lost" : "could not connect") + " [" + cause + "]";
      throw call.failure(said, isSent);
    } finally {
      future.cancel(true);
    }
  }

  private static BodySubscriber<byte[]> whole(ResponseInfo info) {
    boolean isZipped = info.headers().firstValue("content-encoding").filter("gzip"::equalsIgnoreCase).isPresent();
    return BodySubscribers.mapping(BodySubscribers.ofByteArray(), bytes -> isZipped ? unzip(bytes) : bytes);
  }

  private static byte[] unzip(byte[] bytes) {
    try (InputStream stream = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return stream.readAllBytes();
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /** Whether it is certain that no byte of a request was sent: there was no connection yet. */
  private static boolean isUnsent(Throwable error) {
    for (Throwable each = error; each != null; each = each.getCause()) {
      if (each instanceof ConnectException || each instanceof HttpConnectTimeoutException || each instanceof SSLHandshakeException) return true;
      // The error for a port that does not speak TLS. It has no class of its own.
      if (each instanceof SSLException && String.valueOf(each.getMessage()).contains("recognized SSL message")) return true;
    }
    return false;
  }

  @Override public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
    return client.sendAsync(request, handler);
  }

  @Override public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler, PushPromiseHandler<T> push) {
    return client.sendAsync(request, handler, push);
  }

  @Override public Optional<CookieHandler> cookieHandler() { return client.cookieHandler(); }
  @Override public Optional<Duration> connectTimeout() { return client.connectTimeout(); }
  @Override public Redirect followRedirects() { return client.followRedirects(); }
  @Override public Optional<ProxySelector> proxy() { return client.proxy(); }
  @Override public SSLContext sslContext() { return client.sslContext(); }
  @Override public SSLParameters sslParameters() { return client.sslParameters(); }
  @Override public Optional<Authenticator> authenticator() { return client.authenticator(); }
  @Override public Version version() { return client.version(); }
  @Override public Optional<Executor> executor() { return client.executor(); }
}
