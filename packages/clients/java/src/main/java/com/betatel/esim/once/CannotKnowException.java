package com.betatel.esim.once;

import com.betatel.esim.ApiException;
import com.betatel.esim.model.ModelPackage;
import java.util.List;

/**
There is no way to know whether the package was created: no lookup found one that certainly is it, and nothing rules it out. Its cause is
 * the error of the first attempt with an unknown outcome.
 */
public final class CannotKnowException extends ApiException {
  private static final long serialVersionUID = 1L;

  private final transient List<ModelPackage> candidates;

  CannotKnowException(String why, List<ModelPackage> candidates, ApiException cause) {
    super("CreatePackageOnce: " + why + "; check the SIM's packages before you buy again", cause, 0, null);
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
