"""Iterates over a list that is paged by `count` and `offset`."""

from typing import Any, Callable, Dict, Iterator, Optional

from betatel_esim.exceptions import ApiException

RECOGNISED_ROWS = 10_000
"""How many rows to recognise when they come again; at most twice as many are kept in memory."""
MOST_PAGES_WITHOUT_PROGRESS = 100
FAR = 1_000_000
"""How far past a suspicious page to look: no list grows by this much between two requests."""


def paginate(
    fetch: Callable[[int, int], Any], field: str, id_field: str, page_size: int = 100, offset: int = 0
) -> Iterator[Any]:
    """Iterates over all rows of a list. Rows may be added and removed while it runs: every row that stays is returned exactly once.

    To achieve this, each page starts with the last row of the page before. If it does not, earlier rows were removed and others moved
    past: it then steps back until the pages overlap again.

    :param fetch: gets a page, by count and offset
    :param field: the field of a page that contains the rows
    :param id_field: the field of a row that identifies it; empty if rows have none
    """
    if page_size < 1 or offset < 0:
        raise ValueError(f"page_size must be 1 or more and offset 0 or more, not {page_size} and {offset}")
    count, start = max(2, page_size), offset
    seen: Dict[str, None] = {}
    seen_before: Dict[str, None] = {}
    edge: Optional[int] = None  # Where the last page ended, if it was too short to overlap with.
    back, furthest, without_progress, is_second_look = 1, start, 0, False

    def id_of(row: Any) -> Optional[str]:
        found = getattr(row, id_field) if id_field else None
        return str(found) if found else None

    def key_of(row: Any) -> str:
        """The ID, or the whole row: the live service has left out required fields before."""
        return id_of(row) or str(row.to_json())

    def is_known(key: str) -> bool:
        return key in seen or key in seen_before

    while True:
        page = fetch(count, offset)
        rows, total = _rows_of(page, field), page.total
        keys = [key_of(row) for row in rows]
        if offset != start:
            if rows and page.offset not in (None, offset):
                raise _broken(f"the service ignores offset {offset}")
            if offset != edge and not is_known(keys[0] if keys else ""):
                without_progress += 1
                if without_progress > MOST_PAGES_WITHOUT_PROGRESS:
                    raise _broken("the list goes in circles: its pages never overlap")
                offset, back, edge = max(start, offset - back), back * 2, None
                continue
            is_overlap_alone = len(rows) == 1 and offset != edge
            is_odd = (not is_overlap_alone and all(map(is_known, keys))) or (total is not None and offset + len(rows) > total)
            if rows and is_odd:
                # Rows added in front push known ones back; a service that ignores offsets has rows everywhere.
                far = [key_of(row) for row in _rows_of(fetch(count, offset + FAR), field)]
                if far == keys or (total is not None and offset + FAR >= total and far):
                    raise _broken(f"the service ignores offsets: it has rows at offset {offset + FAR} as at {offset}")
        alike = set()
        for row, key in zip(rows, keys):
            if len(seen) > RECOGNISED_ROWS:
                seen, seen_before = {}, seen
            # Identical rows without an ID are separate rows on one page, and the same rows on the next.
            is_new = not is_known(key) or key in alike
            if is_new and not id_of(row):
                alike.add(key)
            seen[key] = None
            if is_new:
                yield row
        end = offset + len(rows)
        # Ignore a total below the number of rows received. A total that equals a full page may be only that page's length.
        if total == end and (total > len(rows) or len(rows) < count):
            return
        if not rows:
            if total is None or total <= end:
                return
            # Rows and total may have been counted at slightly different times.
            if is_second_look:
                raise _broken(f"the list ends after {end} of {total} rows")
            is_second_look = True
            continue
        is_second_look = False
        without_progress = 0 if end > furthest else without_progress + 1
        if without_progress > MOST_PAGES_WITHOUT_PROGRESS:
            raise _broken(f"the list goes in circles at offset {offset}")
        furthest, back = max(furthest, end), 1
        edge = end if len(rows) == 1 else None
        offset = end if edge is not None else end - 1


def _rows_of(page: Any, field: str) -> Any:
    """:raises ApiException: for anything that is not a page of this list: skipping it would end the list early"""
    rows = getattr(page, field)
    # Some services write an empty list as null.
    if rows is None and (page.total == 0 or field in page.model_fields_set):
        return []
    if rows is None:
        raise _broken(f"a page of the list has no list of {field}")
    return rows


def _broken(said: str) -> ApiException:
    error = ApiException(reason=said)
    error.message = said
    return error
