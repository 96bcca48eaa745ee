package com.betatel.esim.safe;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.betatel.esim.Operations;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The parts of a request that errors mention. */
final class Call {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A shorter key is not secret, and redacting a user ID of "1" would garble every message. */
  private static final int SHORTEST_SECRET = 6;

  /** Content types that are not an image: a login page, an error. */
  private static final Pattern TEXT = Pattern.compile("\\s*(text/|application/([\\w.-]+\\+)?(json|xml))", Pattern.CASE_INSENSITIVE);

  private static final Map<Integer, String> NAMED =
      Map.of((int) '&', "|&amp;", (int) '<', "|&lt;", (int) '>', "|&gt;", (int) '"', "|&quot;", (int) '\'', "|&apos;");

  final Operation operation;
  /** What is sent. */
  final HttpRequest request;
  private final String path;
  private final Pattern pattern;

  Call(HttpRequest request, String server) throws FailedCall {
    String base = URI.create(server).getRawPath().replaceAll("/$", "");
    String below = request.uri().getRawPath().substring(base.length());
    operation =
        Operations.ALL.stream()
            .filter(each -> each.hasPath(request.method(), below))
            .findFirst()
            .orElseThrow(() -> new FailedCall(
                "no operation has the path " + below + ": an ID must not be empty, '.' or '..'",
                null, 0, null, false, null, null));
    this.request = addressed(request);
    path = this.request.uri().getRawPath();
    List<String> secrets = new ArrayList<>();
    for (String header : Operations.KEY_HEADERS) {
      for (String key : request.headers().allValues(header)) {
        if (key.length() < SHORTEST_SECRET) continue;
        secrets.add(key);
        secrets.add(Base64.getEncoder().withoutPadding().encodeToString(key.getBytes(UTF_8)));
      }
    }
    // Longest first: the user ID may be part of the API key, and redacting it first would leave the rest.
    secrets.sort(Comparator.comparing(String::length).reversed());
    String all = secrets.stream().map(each -> each.chars().mapToObj(Call::spelling).collect(Collectors.joining())).collect(Collectors.joining("|"));
    pattern = secrets.isEmpty() ? null : Pattern.compile(all);
  }

  /** Matches a character as it is, or as JSON, URLs and HTML pages escape it: some escape more than they have to. */
  private static String spelling(int character) {
    String plain = Pattern.quote(Character.toString(character));
    if (Character.isLetterOrDigit(character)) return plain;
    String hex = "(?i:" + Integer.toHexString(character) + ")";
    return String.format(
        "(?:\\\\*(?:%1$s|[uUxX]0*%2$s)|%%(?:25)*%2$s|&#(?:0*%3$d|[xX]0*%2$s);%4$s)",
        plain, hex, character, NAMED.getOrDefault(character, ""));
  }

  /**
   * An operation may have its own server in production, and may need no keys. Anywhere else, such as on a mock, one server has them all.
   */
  private HttpRequest addressed(HttpRequest request) {
    String address = request.uri().toString();
    boolean isElsewhere = !operation.server.isEmpty() && address.startsWith(Operations.PRODUCTION_URL + "/");
    if (operation.takesKeys && !isElsewhere) return request;
    HttpRequest.Builder copy =
        HttpRequest.newBuilder(isElsewhere ? URI.create(operation.server + address.substring(Operations.PRODUCTION_URL.length())) : request.uri())
            .method(request.method(), request.bodyPublisher().orElseGet(HttpRequest.BodyPublishers::noBody))
            .expectContinue(request.expectContinue());
    request.timeout().ifPresent(copy::timeout);
    request.version().ifPresent(copy::version);
    request.headers().map().forEach((name, values) -> {
      boolean isKey = Operations.KEY_HEADERS.stream().anyMatch(name::equalsIgnoreCase);
      if (operation.takesKeys || !isKey) values.forEach(value -> copy.header(name, value));
    });
    return copy.build();
  }

  /** Removes the keys from a text, even where a server quotes them escaped. */
  String redact(String text) {
    return pattern == null ? text : pattern.matcher(text).replaceAll("[redacted]");
  }

  /** The error of a call without a response. */
  FailedCall failure(String said, boolean isSent) {
    return new FailedCall(message(0, said, null), operation.name, 0, null, operation.isWrite() && isSent, null, null);
  }

  /** The error of a response. */
  FailedCall failure(HttpResponse<byte[]> answer, String said) {
    int status = answer.statusCode();
    String body = redact(new String(answer.body(), UTF_8));
    HttpHeaders headers = redact(answer.headers());
    String requestId = headers.firstValue("x-request-id").orElse(null);
    if (said == null) said = messageOf(body);
    if (said == null) said = headers.firstValue("location").map(to -> "redirect to " + to + " refused").orElse("no reason given");
    // A 4xx is a refusal, except 408, which gateways send too. Any other failure, and a success that cannot be read, may have been carried out.
    boolean isUnknown = operation.isWrite() && (status < 400 || status == 408 || status >= 500);
    return new FailedCall(message(status, said, requestId), operation.name, status, requestId, isUnknown, headers, body);
  }

  /** What is wrong with a response, or null. */
  String flaw(HttpResponse<byte[]> answer) {
    if (!isSuccess(answer)) return null;
    if (operation.answer == Operation.Answer.NOTHING) {
      return answer.statusCode() == operation.status ? null : "expected " + operation.status;
    }
    if (answer.body().length == 0) return "no body";
    if (operation.answer == Operation.Answer.BYTES) {
      return TEXT.matcher(answer.headers().firstValue("content-type").orElse("")).lookingAt() ? "no binary content" : null;
    }
    try {
      return JSON.readTree(answer.body()).isObject() ? null : "no JSON object";
    } catch (IOException error) {
      return "no JSON object";
    }
  }

  static boolean isSuccess(HttpResponse<?> answer) {
    return answer.statusCode() / 100 == 2;
  }

  /** One line, without keys and without terminal control characters. */
  private String message(int status, String said, String requestId) {
    String text =
        (status == 0 ? "" : status + " ") + operation.name + ": " + said.substring(0, Math.min(said.length(), 300))
            + " (" + operation.method + " " + path + (requestId == null ? "" : ", request " + requestId) + ")";
    return redact(text).replaceAll("[\\s\\p{Cntrl}]+", " ");
  }

  private static String messageOf(String body) {
    try {
      JsonNode message = JSON.readTree(body).path("message");
      return message.isMissingNode() || message.isNull() ? null : message.asText();
    } catch (IOException error) {
      return null; // A page, or nothing.
    }
  }

  private HttpHeaders redact(HttpHeaders headers) {
    Map<String, List<String>> redacted = new LinkedHashMap<>();
    headers.map().forEach((name, values) -> redacted.put(name, values.stream().map(this::redact).collect(Collectors.toList())));
    return HttpHeaders.of(redacted, (name, value) -> true);
  }
}
