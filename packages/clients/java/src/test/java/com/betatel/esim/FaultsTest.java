package com.betatel.esim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.betatel.esim.safe.EsimClient;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs the cases of spec/conformance/faults; its README says how. */
class FaultsTest {
  private static final String SERVER = System.getenv("ESIM_FAULTS_URL");
  private static final Path FOLDER = Cases.CONFORMANCE.resolve("faults");

  @TestFactory
  List<DynamicTest> faults() throws IOException {
    JsonNode addresses = get("/_addresses");
    JsonNode keys = Cases.JSON.readTree(FOLDER.resolve("keys.json").toFile()).path("keys");
    return Cases.of("faults", FOLDER, each -> check(each, addresses, keys));
  }

  private static void check(JsonNode each, JsonNode addresses, JsonNode keys) throws Exception {
    String name = each.path("name").asText();
    EsimClient client = new EsimClient(keys.path("x-user-id").asText(), keys.path("x-api-key").asText());
    client.updateBaseUri((each.has("at") ? addresses.path(each.path("at").asText()).asText() : SERVER) + "/" + name);
    if (each.has("timeLimit")) client.setReadTimeout(Duration.ofMillis(each.path("timeLimit").asLong()));
    ApiException error =
        assertThrows(ApiException.class, () -> Cases.call(client, each.path("operation").asText(), each.path("arguments")));

    JsonNode expected = each.path("expect").path("error");
    assertEquals(expected.path("status").asInt(), error.getCode(), error.getMessage());
    assertEquals(expected.path("outcomeUnknown").asBoolean(), error.isOutcomeUnknown(), error.getMessage());
    assertEquals(expected.has("operation") ? null : each.path("operation").asText(), error.getOperation());
    assertEquals(expected.path("requestId").asText(null), error.getRequestId());
    assertTrue(error.getMessage().contains(expected.path("message").asText()), error.getMessage());
    String printed = printed(error) + client;
    for (JsonNode key : keys) {
      for (String spelling : spellings(key.asText())) assertFalse(printed.contains(spelling), "the key is shown, as " + spelling);
    }

    JsonNode seen = get("/" + name + "/_seen");
    int requests = each.path("expect").path("requests").asInt();
    int most = each.path("expect").path("atMost").asInt(requests);
    assertTrue(seen.path("requests").asInt() >= requests && seen.path("requests").asInt() <= most, seen.toString());
    assertEquals(0, seen.path("keyless").asInt() + seen.path("elsewhere").asInt(), seen.toString());
  }

  /** Everything that a program would print or log. */
  private static String printed(ApiException error) {
    StringWriter trace = new StringWriter();
    error.printStackTrace(new PrintWriter(trace));
    return trace + error.getMessage() + error.getResponseBody() + error.getResponseHeaders();
  }

  private static List<String> spellings(String key) {
    String html = key.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    String base64 = Base64.getEncoder().withoutPadding().encodeToString(key.getBytes(UTF_8));
    return List.of(key, html, URLEncoder.encode(key, UTF_8), base64);
  }

  private static JsonNode get(String path) throws IOException {
    return Cases.JSON.readTree(URI.create(SERVER + path).toURL());
  }
}
