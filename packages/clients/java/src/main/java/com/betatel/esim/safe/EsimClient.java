package com.betatel.esim.safe;

import com.betatel.esim.ApiClient;

/** A client with its two keys. Hand it to the API classes. */
public class EsimClient extends ApiClient {
  /**
   * For production; {@code updateBaseUri} leads elsewhere.
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
    // Not left to the platform, whose message quotes the key.
    if (key == null || !key.matches("[\\x21-\\x7e]+")) {
      throw new IllegalArgumentException(name + " must be visible ASCII characters, without spaces and line ends");
    }
  }
}
