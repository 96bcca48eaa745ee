package com.betatel.esim.once;

import com.betatel.esim.ApiException;
import com.betatel.esim.model.ModelPackage;
import java.util.List;

/**
 * It cannot be known whether the package was created: no look showed one that is certainly it, and nothing proves that it was not. Its cause is
 * the error of the first attempt whose outcome is unknown.
 */
public final class CannotKnowException extends ApiException {
  private static final long serialVersionUID = 1L;

  private final transient List<ModelPackage> candidates;

  CannotKnowException(String why, List<ModelPackage> candidates, ApiException cause) {
    super("CreatePackageOnce: " + why + "; look before you buy again", cause, 0, null);
    this.candidates = List.copyOf(candidates);
  }

  /**
   * Packages that may be the one.
   *
   * @return none, if none was seen
   */
  public List<ModelPackage> getCandidates() {
    return candidates;
  }

  @Override
  public boolean isOutcomeUnknown() {
    return true;
  }

  @Override
  public String getOperation() {
    return "createPackage";
  }
}
