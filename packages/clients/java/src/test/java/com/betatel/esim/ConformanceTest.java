package com.betatel.esim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.betatel.esim.api.PackagesApi;
import com.betatel.esim.model.CreatePackageRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs the cases of spec/conformance; its README says how. */
class ConformanceTest {
  private static final String SERVER = System.getenv("ESIM_CONFORMANCE_URL");
  private static final Path FOLDER = Path.of("../../../spec/conformance");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  List<DynamicTest> conformance() throws IOException {
    List<JsonNode> cases = new ArrayList<>();
    Map<String, String> exceptions = new HashMap<>();
    List<Path> files;
    try (Stream<Path> all = Files.list(FOLDER)) {
      files = all.filter(file -> file.toString().endsWith(".json")).sorted().collect(Collectors.toList());
    }
    for (Path file : files) {
      JsonNode content = JSON.readTree(file.toFile());
      content.path("cases").forEach(cases::add);
      for (JsonNode each : content.path("exceptions")) {
        if (each.path("client").asText().equals("java")) {
          exceptions.put(each.path("case").asText(), each.path("reason").asText());
        }
      }
    }
    assertTrue(cases.size() > 0, "there are no cases");
    System.out.printf("conformance java: %d/%d%n", cases.size() - exceptions.size(), cases.size());
    return cases.stream()
        .map(each -> DynamicTest.dynamicTest(each.path("name").asText(), () -> run(each, exceptions)))
        .collect(Collectors.toList());
  }

  private static void run(JsonNode each, Map<String, String> exceptions) throws Exception {
    String reason = exceptions.get(each.path("name").asText());
    if (reason == null) {
      check(each);
    } else {
      assertThrows(Throwable.class, () -> check(each), "it passes: take it off the exceptions (" + reason + ")");
    }
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
      result = call(new PackagesApi(client), each.path("operation").asText(), each.path("arguments"));
    } catch (ApiException thrown) {
      error = thrown;
    }
    JsonNode wire = JSON.readTree(URI.create(address + "/_wire").toURL());
    assertEquals(JSON.createArrayNode().add(each.path("wire")), wire);

    JsonNode expected = each.path("expect");
    if (expected.has("error")) {
      assertTrue(error != null, "no error");
      assertEquals(expected.path("error").path("status").asInt(), error.getCode());
      if (expected.path("error").has("message")) {
        String message = JSON.readTree(error.getResponseBody()).path("message").asText();
        assertEquals(expected.path("error").path("message").asText(), message);
      }
      return;
    }
    if (error != null) {
      throw error;
    }
    JsonNode seen = JSON.readTree(client.getObjectMapper().writeValueAsString(result));
    expected.path("value").fields().forEachRemaining(field -> {
      JsonNode found = seen.at(field.getKey());
      assertEquals(field.getValue(), found.isMissingNode() ? JSON.nullNode() : found, field.getKey());
    });
  }

  private static Object call(PackagesApi api, String operation, JsonNode args) throws ApiException {
    switch (operation) {
      case "getPackages":
        return api.getPackages(
            number(args, "count"),
            number(args, "offset"),
            number(args, "inventory"),
            number(args, "package_template"),
            text(args, "sim"),
            text(args, "status"));
      case "getPackage":
        return api.getPackage(text(args, "id"));
      case "createPackage":
        return api.createPackage(
            new CreatePackageRequest()
                .sim(text(args, "sim"))
                .packageTemplate(number(args, "package_template"))
                .timeAllowance(number(args, "time_allowance")));
      case "activatePackage":
        api.activatePackage(text(args, "id"));
        return null;
      case "terminatePackage":
        api.terminatePackage(text(args, "id"));
        return null;
      default:
        throw new IllegalArgumentException(operation);
    }
  }

  private static Long number(JsonNode args, String name) {
    return args.has(name) ? args.get(name).longValue() : null;
  }

  private static String text(JsonNode args, String name) {
    return args.has(name) ? args.get(name).asText() : null;
  }
}
