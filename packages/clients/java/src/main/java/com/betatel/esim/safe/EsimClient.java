package com.betatel.esim.safe;

import com.betatel.esim.ApiClient;

/** A client with its two keys. Pass it to the API classes. */
public class EsimClient extends ApiClient {
  /**
   * For production; use {@code updateBaseUri} for another server.
   *
   * @param userId sent as x-user-id
   * @param apiKey sent as x-api-key
   * @throws IllegalArgumentException if one of them cannot be sent
   */
  public EsimClient(String userId, String apiKey) {
    check("userId", userId);
    check("apiKey", apiKey);
    setRequestInterceptor(request -> request.setHeader("x-user-id", userId).setHeader("x-api-key", apiKey));
  }

  private static void check(String name, String key) {
    // Checked here, because the platform's message quotes the key.
    if (key == null || !key.matches("[\\x21-\\x7e]+")) {
      throw new IllegalArgumentException(name + " must be visible ASCII characters, without spaces and line ends");
    }
  }
}
