package com.betatel.esim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs the cases of spec/conformance; its README says how. */
class ConformanceTest {
  private static final String SERVER = System.getenv("ESIM_CONFORMANCE_URL");

  @TestFactory
  List<DynamicTest> conformance() throws IOException {
    return Cases.of("conformance", Cases.CONFORMANCE, ConformanceTest::check);
  }

  @Test
  void anUnknownOperationFailsWithItsName() {
    Exception error = assertThrows(IllegalArgumentException.class, () -> Cases.call(new ApiClient(), "mergePackages", null));
    assertTrue(error.getMessage().contains("mergePackages"));
  }

  private static void check(JsonNode each) throws Exception {
    String address = SERVER + "/" + each.path("name").asText();
    ApiClient client = new ApiClient();
    client.updateBaseUri(address);
    client.setRequestInterceptor(
        request -> each.path("keys").fields().forEachRemaining(key -> request.header(key.getKey(), key.getValue().asText())));
    Object result = null;
    ApiException error = null;
    try {
      result = Cases.call(client, each.path("operation").asText(), each.path("arguments"));
    } catch (ApiException thrown) {
      error = thrown;
    }
    JsonNode wire = Cases.JSON.readTree(URI.create(address + "/_wire").toURL());
    assertEquals(Cases.JSON.createArrayNode().add(each.path("wire")), wire);

    JsonNode expected = each.path("expect");
    if (expected.has("error")) {
      assertTrue(error != null, "no error");
      assertEquals(expected.path("error").path("status").asInt(), error.getCode());
      if (expected.path("error").has("message")) {
        String message = Cases.JSON.readTree(error.getResponseBody()).path("message").asText();
        assertEquals(expected.path("error").path("message").asText(), message);
      }
      return;
    }
    if (error != null) throw error;
    if (expected.has("bytes")) {
      assertArrayEquals(expected.path("bytes").binaryValue(), (byte[]) result);
      return;
    }
    JsonNode seen = Cases.JSON.readTree(client.getObjectMapper().writeValueAsString(result));
    expected.path("value").fields().forEachRemaining(field -> {
      JsonNode found = seen.at(field.getKey());
      assertEquals(field.getValue(), found.isMissingNode() ? Cases.JSON.nullNode() : found, field.getKey());
    });
    expected.path("ids").fields().forEachRemaining(field -> {
      JsonNode found = seen.at(field.getKey());
      assertEquals(field.getValue(), found.isObject() ? found.path("id") : found, field.getKey());
    });
  }
}
