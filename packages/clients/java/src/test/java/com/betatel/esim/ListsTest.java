package com.betatel.esim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.betatel.esim.api.PackagesApi;
import com.betatel.esim.model.ModelPackage;
import com.betatel.esim.paging.Lists;
import com.betatel.esim.paging.UncheckedApiException;
import com.betatel.esim.safe.EsimClient;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs the cases of spec/conformance/lists; its README says how. */
class ListsTest {
  private static final String SERVER = System.getenv("ESIM_LISTS_URL");

  @TestFactory
  List<DynamicTest> lists() throws IOException {
    return Cases.of("lists", Cases.CONFORMANCE.resolve("lists"), ListsTest::check);
  }

  private static void check(JsonNode each) throws IOException {
    String address = SERVER + "/" + each.path("name").asText();
    URI.create(address + "/_again").toURL().openStream().close();
    EsimClient client = new EsimClient("lists", "lists");
    client.updateBaseUri(address);
    PackagesApi api = new PackagesApi(client);
    Stream<ModelPackage> rows =
        Lists.packages(
            (count, offset) -> api.getPackages(count, offset, null, null, null, null),
            each.path("pageSize").asLong(100),
            each.path("offset").asLong());
    JsonNode expected = each.path("expect");
    if (expected.has("error")) {
      assertThrows(UncheckedApiException.class, rows::count);
      return;
    }
    List<String> ids = rows.map(ModelPackage::getId).collect(Collectors.toList());
    if (expected.has("alike")) {
      assertEquals(Collections.nCopies(expected.path("alike").asInt(), null), ids);
      return;
    }
    int first = expected.path("rows").path("first").asInt();
    int count = expected.path("rows").path("count").asInt();
    List<String> wanted = IntStream.range(first, first + count).mapToObj(at -> "pkg_" + at).collect(Collectors.toList());
    assertEquals(wanted, ids.stream().filter(id -> !expected.has("others") || wanted.contains(id)).collect(Collectors.toList()));
    assertEquals(new HashSet<>(ids).size(), ids.size(), "some came twice");
  }
}
