package com.betatel.esim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.betatel.esim.paging.Lists;
import com.betatel.esim.paging.UncheckedApiException;
import com.betatel.esim.safe.EsimClient;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs the cases of spec/conformance/lists; its README says how. */
class ListsTest {
  private static final String SERVER = System.getenv("ESIM_LISTS_URL");

  /** Which list, the field of its rows, and the field of a row that identifies it: a prefix and a number. */
  private static final JsonNode PACKAGES =
      Cases.JSON.createObjectNode().put("operation", "getPackages").put("rows", "packages").put("id", "id").put("prefix", "pkg_");

  @TestFactory
  List<DynamicTest> lists() throws IOException {
    return Cases.of("lists", Cases.CONFORMANCE.resolve("lists"), ListsTest::check);
  }

  private static void check(JsonNode each) throws Exception {
    String address = SERVER + "/" + each.path("name").asText();
    URI.create(address + "/_again").toURL().openStream().close();
    EsimClient client = new EsimClient("lists", "lists");
    client.updateBaseUri(address);
    JsonNode list = each.has("list") ? each.path("list") : PACKAGES;
    Lists.Fetch<Object> fetch = (count, offset) -> {
      try {
        return Cases.call(client, list.path("operation").asText(), Cases.JSON.createObjectNode().put("count", count).put("offset", offset));
      } catch (ApiException | RuntimeException error) {
        throw error;
      } catch (Exception error) {
        throw new IllegalStateException(error);
      }
    };
    Stream<?> rows =
        (Stream<?>) Lists.class
            .getMethod(camelCase(list.path("rows").asText()), Lists.Fetch.class, long.class, long.class)
            .invoke(null, fetch, each.path("pageSize").asLong(100), each.path("offset").asLong());
    JsonNode expected = each.path("expect");
    if (expected.has("error")) {
      assertThrows(UncheckedApiException.class, rows::count);
      return;
    }
    List<String> ids = rows.map(row -> Cases.JSON.valueToTree(row).path(list.path("id").asText()).asText(null)).collect(Collectors.toList());
    if (expected.has("alike")) {
      assertEquals(Collections.nCopies(expected.path("alike").asInt(), null), ids);
      return;
    }
    int first = expected.path("rows").path("first").asInt();
    int count = expected.path("rows").path("count").asInt();
    List<String> wanted = IntStream.range(first, first + count).mapToObj(at -> list.path("prefix").asText() + at).collect(Collectors.toList());
    assertEquals(wanted, ids.stream().filter(id -> !expected.has("others") || wanted.contains(id)).collect(Collectors.toList()));
    assertEquals(new HashSet<>(ids).size(), ids.size(), "some came twice");
  }

  private static String camelCase(String name) {
    return Pattern.compile("_(.)").matcher(name).replaceAll(match -> match.group(1).toUpperCase());
  }
}
