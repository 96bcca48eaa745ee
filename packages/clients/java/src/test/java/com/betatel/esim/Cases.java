package com.betatel.esim;

import com.betatel.esim.safe.Operation;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Shared by the runners of spec/conformance. */
final class Cases {
  static final Path CONFORMANCE = Path.of("../../../spec/conformance");
  static final ObjectMapper JSON = new ObjectMapper();
  private static final int AT_ONCE = 16;

  private Cases() {}

  interface Check {
    void run(JsonNode each) throws Exception;
  }

  /** One test for each case of a folder. They run in parallel, because some wait for a time limit. */
  static List<DynamicTest> of(String title, Path folder, Check check) throws IOException {
    List<JsonNode> cases = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".json")).sorted().collect(Collectors.toList())) {
        JSON.readTree(file.toFile()).path("cases").forEach(cases::add);
      }
    }
    if (cases.isEmpty()) throw new IOException("there are no cases in " + folder);
    Map<String, String> exceptions = new HashMap<>();
    for (JsonNode each : JSON.readTree(folder.resolve("exceptions.json").toFile()).path("exceptions")) {
      if (each.path("client").asText().equals("java")) exceptions.put(each.path("case").asText(), each.path("reason").asText());
    }
    System.out.printf("%s java: %d/%d%n", title, cases.size() - exceptions.size(), cases.size());
    ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE, work -> {
      Thread thread = new Thread(work);
      thread.setDaemon(true);
      return thread;
    });
    return cases.stream()
        .map(each -> {
          String name = each.path("name").asText();
          Future<Void> result = pool.submit(() -> run(each, exceptions.get(name), check));
          return DynamicTest.dynamicTest(name, () -> {
            try {
              result.get();
            } catch (java.util.concurrent.ExecutionException error) {
              throw error.getCause();
            }
          });
        })
        .collect(Collectors.toList());
  }

  private static Void run(JsonNode each, String reason, Check check) throws Exception {
    if (reason == null) {
      check.run(each);
      return null;
    }
    try {
      check.run(each);
    } catch (Exception | AssertionError error) {
      return null;
    }
    throw new AssertionError("it passes: remove it from the exceptions (" + reason + ")");
  }

  /** Calls any operation with arguments by their names on the wire. */
  static Object call(ApiClient client, String operation, JsonNode arguments) throws Exception {
    Operation found =
        Operations.ALL.stream()
            .filter(each -> each.name.equals(operation))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("this client has no operation " + operation + ": run `pnpm generate`, or fix the case"));
    for (Method method : found.api.getMethods()) {
      if (!method.getName().equals(operation) || method.getParameterCount() != found.parameters.size()) continue;
      Object[] values = new Object[method.getParameterCount()];
      for (int at = 0; at < values.length; at++) {
        String name = found.parameters.get(at);
        JsonNode value = name.isEmpty() ? ((ObjectNode) arguments.deepCopy()).without(found.parameters) : arguments.get(name);
        values[at] = JSON.convertValue(value, method.getParameterTypes()[at]);
      }
      try {
        return method.invoke(found.api.getConstructor(ApiClient.class).newInstance(client), values);
      } catch (InvocationTargetException error) {
        if (error.getCause() instanceof ApiException) throw (ApiException) error.getCause();
        throw error;
      }
    }
    throw new IllegalArgumentException(found.api + " has no " + operation);
  }
}
