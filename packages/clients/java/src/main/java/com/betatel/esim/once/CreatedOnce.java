package com.betatel.esim.once;

import com.betatel.esim.model.CreatePackageResponse;
import com.betatel.esim.model.ModelPackage;
import java.util.Optional;

/** A package that was created: either the response or the package that was found. */
public final class CreatedOnce {
  private final CreatePackageResponse created;
  private final ModelPackage found;
  private final int attempts;

  CreatedOnce(CreatePackageResponse created, ModelPackage found, int attempts) {
    this.created = created;
    this.found = found;
    this.attempts = attempts;
  }

  /**
   * The ID of the package.
   *
   * @return null if the service sent none
   */
  public String getId() {
    return created == null ? found.getId() : created.getId();
  }

  /**
   * The response to the purchase.
   *
   * @return empty if it was lost
   */
  public Optional<CreatePackageResponse> getCreated() {
    return Optional.ofNullable(created);
  }

  /**
   * The package as getPackages returns it, if the response was lost.
   *
   * @return empty if it was not
   */
  public Optional<ModelPackage> getFound() {
    return Optional.ofNullable(found);
  }

  /**
   * How many times the purchase was sent.
   *
   * @return 1 or more
   */
  public int getAttempts() {
    return attempts;
  }
}
