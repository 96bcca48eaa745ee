package com.betatel.esim.once;

import com.betatel.esim.model.CreatePackageRequest;
import com.betatel.esim.model.ModelPackage;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares rows with a request. Where the row does not allow a decision, the result is UNKNOWN, never NO. */
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

  /** Whether a new row is certainly the package that was requested. */
  static boolean isNew(ModelPackage row, CreatePackageRequest wanted) {
    boolean isLive = row.getId() != null && !"TERMINATED".equals(row.getStatus());
    return isLive && isSameSim(row, wanted) == Answer.YES && isSameTemplate(row, wanted) == Answer.YES;
  }

  /** Whether a row belongs to the SIM. Spaces do not make it another SIM; without its check digit it may be this one. */
  static Answer isSameSim(ModelPackage row, CreatePackageRequest wanted) {
    String mine = wanted.getSim().replaceAll("\\D", "");
    String theirs = row.getSim() == null ? "" : row.getSim().replaceAll("\\D", "");
    boolean isPrefix = mine.startsWith(theirs) || theirs.startsWith(mine);
    if (theirs.isEmpty() || isPrefix && Math.abs(mine.length() - theirs.length()) == 1) return Answer.UNKNOWN;
    return Answer.of(mine.equals(theirs));
  }

  /** Whether a row belongs to the template. */
  static Answer isSameTemplate(ModelPackage row, CreatePackageRequest wanted) {
    if (row.getPackageTemplate() == null || row.getPackageTemplate().getId() == null) return Answer.UNKNOWN;
    return Answer.of(row.getPackageTemplate().getId().equals(wanted.getPackageTemplate()));
  }

  /** Rows that are, or may be, new: a row without an ID can be any package. */
  static List<ModelPackage> newRows(List<ModelPackage> before, List<ModelPackage> after) {
    Set<String> named = before.stream().map(ModelPackage::getId).collect(Collectors.toSet());
    return after.stream().filter(row -> row.getId() == null || !named.contains(row.getId())).collect(Collectors.toList());
  }
}
