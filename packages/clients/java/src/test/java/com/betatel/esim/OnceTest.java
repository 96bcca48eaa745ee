package com.betatel.esim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.betatel.esim.api.PackagesApi;
import com.betatel.esim.model.CreatePackageRequest;
import com.betatel.esim.once.CannotKnowException;
import com.betatel.esim.once.CreatePackageOnce;
import com.betatel.esim.once.CreatedOnce;
import com.betatel.esim.safe.EsimClient;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs the cases of spec/conformance/once; its README says how. */
class OnceTest {
  private static final String SERVER = System.getenv("ESIM_ONCE_URL");
  private static final Path FOLDER = Cases.CONFORMANCE.resolve("once");

  @TestFactory
  List<DynamicTest> once() throws IOException {
    JsonNode request = Cases.JSON.readTree(FOLDER.resolve("once.json").toFile()).path("request");
    return Cases.of("once", FOLDER, each -> check(each, Cases.JSON.convertValue(request, CreatePackageRequest.class)));
  }

  private static void check(JsonNode each, CreatePackageRequest request) throws IOException {
    String address = SERVER + "/" + each.path("name").asText();
    URI.create(address + "/_again").toURL().openStream().close();
    EsimClient client = new EsimClient("once", "once");
    client.updateBaseUri(address);
    CreatedOnce result = null;
    ApiException error = null;
    try {
      result = new CreatePackageOnce(new PackagesApi(client)).lookupDelay(Duration.ZERO).create(request);
    } catch (ApiException thrown) {
      error = thrown;
    }
    JsonNode expected = each.path("expect");
    JsonNode seen = Cases.JSON.readTree(URI.create(address + "/_seen").toURL());
    assertEquals(expected.path("posts"), seen.path("posts"), String.valueOf(error));
    assertEquals(expected.path("purchases"), seen.path("purchases"), String.valueOf(error));
    if (expected.has("result")) {
      assertNotNull(result, String.valueOf(error));
      assertEquals(expected.path("result").path("id").asText(), result.getId());
      assertEquals(expected.path("result").path("found").asBoolean(), result.getFound().isPresent());
      assertEquals(expected.path("posts").asInt(), result.getAttempts());
      return;
    }
    assertNotNull(error, "no error");
    if (expected.has("error")) {
      assertFalse(error instanceof CannotKnowException || error.isOutcomeUnknown(), error.getMessage());
      assertEquals(expected.path("error").path("status").asInt(), error.getCode());
      return;
    }
    CannotKnowException cannotKnow = assertInstanceOf(CannotKnowException.class, error);
    assertTrue(cannotKnow.isOutcomeUnknown());
    List<String> ids = cannotKnow.getCandidates().stream().map(row -> String.valueOf(row.getId())).sorted().collect(Collectors.toList());
    List<String> wanted =
        StreamSupport.stream(expected.path("cannotKnow").path("candidates").spliterator(), false)
            .map(JsonNode::asText)
            .sorted()
            .collect(Collectors.toList());
    assertEquals(wanted, ids);
  }
}
