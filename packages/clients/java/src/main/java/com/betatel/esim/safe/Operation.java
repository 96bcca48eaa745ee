package com.betatel.esim.safe;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One operation of the contract. */
public final class Operation {
  /** The contract's operationId. */
  public final String name;

  /** The HTTP method, in upper case. */
  public final String method;

  /** The status of success. */
  public final int status;

  /** What a success returns. */
  public final Answer answer;

  /** Whether it needs the keys. */
  public final boolean takesKeys;

  /** Its own server in production; empty if it has none. */
  public final String server;

  /** The class that has it. */
  public final Class<?> api;

  /** The method's parameters, in order, by their names on the wire; the body's name is empty. */
  public final List<String> parameters;

  private final Pattern path;

  /** What a success returns. */
  public enum Answer {
    /** No body. */
    NOTHING,
    /** A model. */
    JSON,
    /** Such as an image. */
    BYTES
  }

  /**
   * For the generated table.
   *
   * @param name the contract's operationId
   * @param method the HTTP method, in upper case
   * @param path with its parameters in braces
   * @param status the status of a success
   * @param answer what a success returns
   * @param takesKeys whether it needs the keys
   * @param server its own server in production, or an empty string
   * @param api the class that has it
   * @param parameters the method's parameters, in order
   */
  public Operation(
      String name, String method, String path, int status, Answer answer, boolean takesKeys, String server, Class<?> api, List<String> parameters) {
    this.name = name;
    this.method = method;
    this.status = status;
    this.answer = answer;
    this.takesKeys = takesKeys;
    this.server = server;
    this.api = api;
    this.parameters = parameters;
    this.path = Pattern.compile(path.replaceAll("\\{[^/]+?}", "([^/]+)"));
  }

  /** Whether a call may change something on the server. */
  boolean isWrite() {
    return !method.equals("GET") && !method.equals("HEAD") && !method.equals("OPTIONS");
  }

  boolean hasPath(String method, String below) {
    Matcher match = path.matcher(below);
    if (!this.method.equals(method) || !match.matches()) return false;
    for (int at = 1; at <= match.groupCount(); at++) {
      // "." and ".." would name another path: clients and proxies remove them.
      if (match.group(at).equals(".") || match.group(at).equals("..")) return false;
    }
    return true;
  }
}
