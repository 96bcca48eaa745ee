package com.betatel.esim.once;

import com.betatel.esim.ApiException;
import com.betatel.esim.api.PackagesApi;
import com.betatel.esim.model.CreatePackageRequest;
import com.betatel.esim.model.ModelPackage;
import com.betatel.esim.once.SamePackage.Answer;
import com.betatel.esim.paging.Lists;
import com.betatel.esim.paging.UncheckedApiException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Creates a package; if the response is lost, finds out whether it was created before trying again, by looking for a package of this SIM and
 * this template whose ID was not there before. Dates are not used, because clocks differ. It repeats a purchase only for a SIM that had no
 * live package, because the service refuses a second one there. It cannot detect another process buying the same template for the same SIM
 * at the same time; such a package counts as this one.
 */
public final class CreatePackageOnce {
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

  private final PackagesApi api;
  private int maxAttempts = 5;
  private int lookups = 3;
  private Duration lookupDelay = Duration.ofMillis(500);

  /**
   * With the defaults.
   *
   * @param api what to buy from; its client has the time limit of each call
   */
  public CreatePackageOnce(PackagesApi api) {
    this.api = api;
  }

  /**
   * How many times the purchase is sent at most.
   *
   * @param most 5 by default
   * @return this
   */
  public CreatePackageOnce maxAttempts(int most) {
    maxAttempts = most;
    return this;
  }

  /**
   * How many times the SIM's packages are looked up after an attempt with an unknown outcome.
   *
   * @param times 3 by default
   * @return this
   */
  public CreatePackageOnce lookups(int times) {
    lookups = times;
    return this;
  }

  /**
   * How long to wait before such a lookup; doubles with each lookup, up to a minute.
   *
   * @param delay 500 ms by default
   * @return this
   */
  public CreatePackageOnce lookupDelay(Duration delay) {
    lookupDelay = delay;
    return this;
  }

  /**
   * Creates a package.
   *
   * @param request the SIM and the template
   * @return the package
   * @throws CannotKnowException if there is no way to know whether the package was created
   * @throws ApiException of the call that failed, if the package was certainly not created
   */
  public CreatedOnce create(CreatePackageRequest request) throws ApiException {
    List<ModelPackage> before = lookBefore(request);
    boolean isFree = before.stream().allMatch(row -> "TERMINATED".equals(row.getStatus()));
    ApiException doubt = null;
    for (int attempt = 1; ; attempt++) {
      try {
        return new CreatedOnce(api.createPackage(request), null, attempt);
      } catch (ApiException error) {
        // After a lost attempt a refusal proves nothing: the lost attempt may have caused it.
        if (doubt == null && !error.isOutcomeUnknown()) throw error;
        if (doubt == null) doubt = error;
      }
      ModelPackage found = look(before, request, doubt);
      if (found != null) return new CreatedOnce(null, found, attempt);
      if (!isFree) throw new CannotKnowException("no new package yet, and buying again could create a second one", List.of(), doubt);
      if (attempt >= maxAttempts) {
        throw new CannotKnowException("no response to " + attempt + " attempts, and no new package yet", List.of(), doubt);
      }
    }
  }

  /** No purchase has been sent yet, so a lookup that fails for a passing reason can be repeated. */
  private List<ModelPackage> lookBefore(CreatePackageRequest request) throws ApiException {
    for (int tries = 1; ; tries++) {
      try {
        return list(request);
      } catch (ApiException error) {
        if (tries >= lookups || isRefusal(error) || !sleep(lookupDelay)) throw error;
      }
    }
  }

  /** Waits and looks up the SIM's packages until one certainly is the new one, or until all lookups are used. */
  private ModelPackage look(List<ModelPackage> before, CreatePackageRequest request, ApiException doubt) throws CannotKnowException {
    // Otherwise a row that looks new may be an older package that has since got its ID.
    boolean areNamed = before.stream().allMatch(row -> row.getId() != null);
    List<ModelPackage> candidates = new ArrayList<>();
    ApiException failure = null;
    int seen = 0;
    Duration delay = lookupDelay;
    for (int tries = 0; seen < lookups && tries < lookups * 4; tries++) {
      if (!sleep(delay)) throw new CannotKnowException("interrupted", candidates, doubt);
      delay = delay.multipliedBy(2).compareTo(LONGEST_DELAY) < 0 ? delay.multipliedBy(2) : LONGEST_DELAY;
      List<ModelPackage> rows;
      try {
        rows =
            SamePackage.newRows(before, list(request)).stream()
                .filter(row -> SamePackage.isSameTemplate(row, request) != Answer.NO)
                .collect(Collectors.toList());
      } catch (ApiException error) {
        failure = error;
        if (isRefusal(error)) break;
        continue;
      }
      // A row found once stays a candidate, even if the next lookup does not return it.
      candidates.removeIf(row -> row.getId() == null);
      rows.addAll(SamePackage.newRows(rows, candidates));
      candidates = rows;
      if (areNamed && rows.size() == 1 && SamePackage.isNew(rows.get(0), request)) return rows.get(0);
      seen++;
    }
    if (!candidates.isEmpty()) throw new CannotKnowException("found packages that may or may not be this one", candidates, doubt);
    if (failure != null && seen < lookups) {
      throw new CannotKnowException("the SIM's packages cannot be listed: " + failure.getMessage(), List.of(), doubt);
    }
    return null;
  }

  /** The packages that are, or may be, this SIM's: a service may ignore the filter. */
  private List<ModelPackage> list(CreatePackageRequest request) throws ApiException {
    try {
      return Lists.packages((count, offset) -> api.getPackages(count, offset, null, null, request.getSim(), null))
          .filter(row -> SamePackage.isSameSim(row, request) != Answer.NO)
          .collect(Collectors.toList());
    } catch (UncheckedApiException error) {
      throw error.getCause();
    }
  }

  /** Whether repeating the request would not help. */
  private static boolean isRefusal(ApiException error) {
    int status = error.getCode();
    return status >= 400 && status < 500 && status != 408 && status != 429;
  }

  /** False if the thread is interrupted. */
  private static boolean sleep(Duration delay) {
    try {
      Thread.sleep(delay.toMillis());
      return true;
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
