package com.betatel.esim.once;

import com.betatel.esim.model.CreatePackageRequest;
import com.betatel.esim.model.ModelPackage;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be told of a row that a service shows. What cannot be told is never a no. */
final class SamePackage {
  enum Answer {
    YES,
    NO,
    UNKNOWN;

    static Answer of(boolean is) {
      return is ? YES : NO;
    }
  }

  private SamePackage() {}

  /** Whether a row that was not there before is certainly what was asked for. */
  static boolean isNew(ModelPackage row, CreatePackageRequest wanted) {
    boolean isLive = row.getId() != null && !"TERMINATED".equals(row.getStatus());
    return isLive && isSameSim(row, wanted) == Answer.YES && isSameTemplate(row, wanted) == Answer.YES;
  }

  /** Whether a row is of the SIM. Written with spaces it is the same one; without its check digit it may be. */
  static Answer isSameSim(ModelPackage row, CreatePackageRequest wanted) {
    String mine = wanted.getSim().replaceAll("\\D", "");
    String theirs = row.getSim() == null ? "" : row.getSim().replaceAll("\\D", "");
    boolean isPrefix = mine.startsWith(theirs) || theirs.startsWith(mine);
    if (theirs.isEmpty() || isPrefix && Math.abs(mine.length() - theirs.length()) == 1) return Answer.UNKNOWN;
    return Answer.of(mine.equals(theirs));
  }

  /** Whether a row is of the template. */
  static Answer isSameTemplate(ModelPackage row, CreatePackageRequest wanted) {
    if (row.getPackageTemplate() == null || row.getPackageTemplate().getId() == null) return Answer.UNKNOWN;
    return Answer.of(row.getPackageTemplate().getId().equals(wanted.getPackageTemplate()));
  }

  /** Rows that were not there before, as far as that can be told: one without an ID may be any. */
  static List<ModelPackage> newRows(List<ModelPackage> before, List<ModelPackage> after) {
    Set<String> named = before.stream().map(ModelPackage::getId).collect(Collectors.toSet());
    return after.stream().filter(row -> row.getId() == null || !named.contains(row.getId())).collect(Collectors.toList());
  }
}
