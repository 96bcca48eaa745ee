package com.betatel.esim.once;

import com.betatel.esim.model.CreatePackageResponse;
import com.betatel.esim.model.ModelPackage;
import java.util.Optional;

/** A package that was created: one of the two is there. */
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
   * The answer to the purchase.
   *
   * @return empty if it was lost
   */
  public Optional<CreatePackageResponse> getCreated() {
    return Optional.ofNullable(created);
  }

  /**
   * The package as getPackages shows it, where the answer was lost.
   *
   * @return empty if it was not
   */
  public Optional<ModelPackage> getFound() {
    return Optional.ofNullable(found);
  }

  /**
   * How often the package was asked for.
   *
   * @return 1 or more
   */
  public int getAttempts() {
    return attempts;
  }
}
