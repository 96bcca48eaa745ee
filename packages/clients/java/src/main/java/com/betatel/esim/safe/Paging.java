package com.betatel.esim.safe;

import com.betatel.esim.ApiException;
import com.betatel.esim.paging.UncheckedApiException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Iterates over a list that is paged by count and offset. */
public final class Paging {
  /** How many rows to recognise when they come again; at most twice as many are kept in memory. */
  private static final int RECOGNISED_ROWS = 10_000;

  private static final int MOST_PAGES_WITHOUT_PROGRESS = 100;

  /** How far past a suspicious page to look: no list grows by this much between two requests. */
  private static final long FAR = 1_000_000;

  private Paging() {}

  /** One page of a list. Fields that the service left out are null. */
  public static final class Page<R> {
    final List<R> rows;
    final Long total;
    final Long offset;

    /**
     * Creates a page.
     *
     * @param rows its rows
     * @param total how many rows the whole list has
     * @param offset how many were skipped
     */
    public Page(List<R> rows, Long total, Long offset) {
      this.rows = rows;
      this.total = total;
      this.offset = offset;
    }
  }

  /** Gets one page. */
  @FunctionalInterface
  public interface Fetch<R> {
    /**
     * Calls the operation.
     *
     * @param count how many rows to ask for
     * @param offset how many to skip
     * @return the page
     * @throws ApiException of the call
     */
    Page<R> page(long count, long offset) throws ApiException;
  }

  /**
   * All rows. Rows may be added and removed while it runs: every row that stays in the list is returned exactly once.
   *
   * @param fetch gets a page when it is needed
   * @param field where a page has its rows
   * @param idOf returns the ID of a row; null if it has none
   * @param pageSize how many rows to request per page, at least 2
   * @param offset how many to skip
   * @param <R> a row
   * @return a stream that throws {@link UncheckedApiException}: for a failed call, or a service that ignores the offset, goes in circles, or
   *     ends before its total
   */
  public static <R> Stream<R> stream(Fetch<R> fetch, String field, Function<R, Object> idOf, long pageSize, long offset) {
    if (pageSize < 1 || offset < 0) {
      throw new IllegalArgumentException("pageSize must be 1 or more and offset 0 or more, not " + pageSize + " and " + offset);
    }
    Walk<R> walk = new Walk<>(fetch, field, idOf, Math.max(2, pageSize), offset);
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(walk, Spliterator.ORDERED), false);
  }

  /**
   * Each page starts with the last row of the page before. If it does not, earlier rows were removed and others moved past: it then steps
   * back until the pages overlap again.
   */
  private static final class Walk<R> implements Iterator<R> {
    private final Fetch<R> fetch;
    private final String field;
    private final Function<R, Object> idOf;
    private final long count;
    private final long start;
    private Iterator<R> fresh = List.<R>of().iterator();
    private Set<String> seen = new HashSet<>();
    private Set<String> seenBefore = seen;
    private long offset;
    private long furthest;
    private long back = 1;
    /** Where the last page ended, if it was too short to overlap with; -1 if it was not. */
    private long edge = -1;
    private int withoutProgress = 0;
    private boolean isSecondLook = false;
    private boolean isDone = false;

    Walk(Fetch<R> fetch, String field, Function<R, Object> idOf, long count, long start) {
      this.fetch = fetch;
      this.field = field;
      this.idOf = row -> row == null ? null : idOf.apply(row);
      this.count = count;
      this.start = start;
      offset = start;
      furthest = start;
    }

    @Override
    public boolean hasNext() {
      try {
        while (!fresh.hasNext() && !isDone) fresh = nextPage().iterator();
      } catch (ApiException error) {
        throw new UncheckedApiException(error);
      }
      return fresh.hasNext();
    }

    @Override
    public R next() {
      if (!hasNext()) throw new NoSuchElementException();
      return fresh.next();
    }

    /** The new rows of the next page. */
    private List<R> nextPage() throws ApiException {
      Page<R> page = fetch.page(count, offset);
      List<R> rows = rowsOf(page);
      List<String> keys = keysOf(rows);
      if (offset != start) {
        boolean isElsewhere = page.offset != null && page.offset != offset;
        if (!rows.isEmpty() && isElsewhere) throw new ApiException("the service ignores offset " + offset);
        if (offset != edge && (keys.isEmpty() || !isKnown(keys.get(0)))) {
          if (++withoutProgress > MOST_PAGES_WITHOUT_PROGRESS) throw new ApiException("the list goes in circles: its pages never overlap");
          offset = Math.max(start, offset - back);
          back *= 2;
          edge = -1;
          return List.of();
        }
        doubt(page, keys);
      }
      List<R> fresh = freshOf(rows, keys);
      move(page.total, rows.size());
      return fresh;
    }

    /** Looks far past a page that adds nothing or should not exist: a service that ignores offsets has rows everywhere. */
    private void doubt(Page<R> page, List<String> keys) throws ApiException {
      Long total = page.total;
      boolean isOverlapAlone = keys.size() == 1 && offset != edge;
      boolean isOdd = !isOverlapAlone && keys.stream().allMatch(this::isKnown) || total != null && offset + keys.size() > total;
      if (keys.isEmpty() || !isOdd) return;
      List<String> far = keysOf(rowsOf(fetch.page(count, offset + FAR)));
      boolean isBeyond = total != null && offset + FAR >= total && !far.isEmpty();
      if (isBeyond || far.equals(keys)) {
        throw new ApiException("the service ignores offsets: it has rows at offset " + (offset + FAR) + " as at " + offset);
      }
    }

    private List<R> freshOf(List<R> rows, List<String> keys) {
      List<R> fresh = new ArrayList<>();
      Set<String> alike = new HashSet<>();
      for (int at = 0; at < rows.size(); at++) {
        String key = keys.get(at);
        if (seen.size() > RECOGNISED_ROWS) {
          seenBefore = seen;
          seen = new HashSet<>();
        }
        // Identical rows without an ID are separate rows on one page, and the same rows on the next.
        if (!isKnown(key) || alike.contains(key)) {
          if (idOf.apply(rows.get(at)) == null) alike.add(key);
          fresh.add(rows.get(at));
        }
        seen.add(key);
      }
      return fresh;
    }

    /** Goes to the next page, or ends the list. */
    private void move(Long total, int length) throws ApiException {
      long end = offset + length;
      // Ignore a total below the number of rows received. A total that equals a full page may be only that page's length.
      if (Objects.equals(total, end) && (total > length || length < count)) {
        isDone = true;
        return;
      }
      if (length == 0) {
        isDone = total == null || total <= end;
        // Rows and total may have been counted at slightly different times.
        if (!isDone && isSecondLook) throw new ApiException("the list ends after " + end + " of " + total + " rows");
        isSecondLook = true;
        return;
      }
      isSecondLook = false;
      withoutProgress = end > furthest ? 0 : withoutProgress + 1;
      if (withoutProgress > MOST_PAGES_WITHOUT_PROGRESS) throw new ApiException("the list goes in circles at offset " + offset);
      furthest = Math.max(furthest, end);
      back = 1;
      edge = length == 1 ? end : -1;
      offset = length == 1 ? end : end - 1;
    }

    private boolean isKnown(String key) {
      return seen.contains(key) || seenBefore.contains(key);
    }

    private List<R> rowsOf(Page<R> page) throws ApiException {
      if (page.rows != null) return page.rows;
      // Some services leave out an empty list.
      if (Objects.equals(page.total, 0L)) return List.of();
      throw new ApiException("a page of the list has no list of " + field);
    }

    /** The ID of each row, or the whole row: the live service has left out required fields before. */
    private List<String> keysOf(List<R> rows) {
      return rows.stream().map(row -> String.valueOf(idOf.apply(row) != null ? idOf.apply(row) : row)).collect(Collectors.toList());
    }
  }
}
