package com.betatel.esim.safe;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the contract promises of one operation. */
public final class Operation {
  /** The contract's operationId. */
  public final String name;

  /** The HTTP method, in capitals. */
  public final String method;

  /** The status of success. */
  public final int status;

  /** Whether success has a body. */
  public final boolean hasAnswer;

  /** What the method takes, in its order, by their names on the wire; that of the body is empty. */
  public final List<String> parameters;

  private final Pattern path;

  /**
   * For the table that is generated.
   *
   * @param name the contract's operationId
   * @param method the HTTP method, in capitals
   * @param path with its parameters in braces
   * @param status that of success
   * @param hasAnswer whether success has a body
   * @param parameters what the method takes, in its order
   */
  public Operation(String name, String method, String path, int status, boolean hasAnswer, List<String> parameters) {
    this.name = name;
    this.method = method;
    this.status = status;
    this.hasAnswer = hasAnswer;
    this.parameters = parameters;
    this.path = Pattern.compile(".*" + path.replaceAll("\\{[^/]+?}", "([^/]+)"));
  }

  /** Whether a call may change something on the server. */
  boolean isWrite() {
    return !method.equals("GET") && !method.equals("HEAD") && !method.equals("OPTIONS");
  }

  boolean hasPath(String method, String escaped) {
    Matcher match = path.matcher(escaped);
    if (!this.method.equals(method) || !match.matches()) return false;
    for (int at = 1; at <= match.groupCount(); at++) {
      // "." and ".." name another path: whoever sends them on, takes them out.
      if (match.group(at).equals(".") || match.group(at).equals("..")) return false;
    }
    return true;
  }
}
