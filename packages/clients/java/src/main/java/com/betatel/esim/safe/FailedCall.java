package com.betatel.esim.safe;

import java.io.IOException;
import java.net.http.HttpHeaders;

/** Why a call did not end in the success that the contract promises. Callers see it as an ApiException. It contains no key. */
public final class FailedCall extends IOException {
  private static final long serialVersionUID = 1L;

  /** The contract's operationId; null if a parameter made a path that the contract does not have. */
  public final String operation;

  /** The HTTP status; 0 if there was no response. */
  public final int status;

  /** The server's ID for the request, or null. */
  public final String requestId;

  /** Whether the failed call may still have changed something on the server. */
  public final boolean outcomeUnknown;

  /** The response headers, or null. */
  public final transient HttpHeaders headers;

  /** The response body, or null. */
  public final String body;

  FailedCall(String message, String operation, int status, String requestId, boolean outcomeUnknown, HttpHeaders headers, String body) {
    super(message);
    this.operation = operation;
    this.status = status;
    this.requestId = requestId;
    this.outcomeUnknown = outcomeUnknown;
    this.headers = headers;
    this.body = body;
  }
}
