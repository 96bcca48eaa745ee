package com.betatel.esim.paging;

import com.betatel.esim.ApiException;

/** What a stream throws in place of an {@link ApiException}, which is its cause. */
public final class UncheckedApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * For streams.
   *
   * @param cause the error of a call
   */
  public UncheckedApiException(ApiException cause) {
    super(cause.getMessage(), cause);
  }

  @Override
  public synchronized ApiException getCause() {
    return (ApiException) super.getCause();
  }
}
