"""Walks through a list that is served by `count` and `offset`."""

from typing import Any, Callable, Dict, Iterator, Optional

from betatel_esim.exceptions import ApiException

RECOGNISED_ROWS = 10_000
"""Enough to recognise a row that comes again and, twice over, a bound on memory."""
MOST_PAGES_WITHOUT_PROGRESS = 100
FAR = 1_000_000
"""How far behind a suspicious page to look: no list grows by so much between two requests."""


def paginate(
    fetch: Callable[[int, int], Any], field: str, id_field: str, page_size: int = 100, offset: int = 0
) -> Iterator[Any]:
    """All rows of a list. What is there throughout comes exactly once, though rows may be added and removed meanwhile.

    To that end a page begins with the last row of the one before. Where it does not, rows in front of it are gone and others slipped
    past: then it walks back until the pages meet again.

    :param fetch: gets a page, by count and offset
    :param field: that of a page that has the rows
    :param id_field: that of a row that says which one it is; empty where rows have none
    """
    if page_size < 1 or offset < 0:
        raise ValueError(f"page_size must be 1 or more and offset 0 or more, not {page_size} and {offset}")
    count, start = max(2, page_size), offset
    seen: Dict[str, None] = {}
    seen_before: Dict[str, None] = {}
    edge: Optional[int] = None  # Where the last page ended, when it was too short to overlap with.
    back, furthest, without_progress, is_second_look = 1, start, 0, False

    def id_of(row: Any) -> Optional[str]:
        found = getattr(row, id_field) if id_field else None
        return str(found) if found else None

    def key_of(row: Any) -> str:
        """The ID, or all of it: the live service has left out required fields before."""
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
                    raise _broken("the list goes in circles: its pages never meet")
                offset, back, edge = max(start, offset - back), back * 2, None
                continue
            is_overlap_alone = len(rows) == 1 and offset != edge
            is_odd = (not is_overlap_alone and all(map(is_known, keys))) or (total is not None and offset + len(rows) > total)
            if rows and is_odd:
                # Rows that were added in front push known ones back; a service that does not move has rows everywhere.
                far = [key_of(row) for row in _rows_of(fetch(count, offset + FAR), field)]
                if far == keys or (total is not None and offset + FAR >= total and far):
                    raise _broken(f"the service does not move: it has rows at offset {offset + FAR} as at {offset}")
        alike = set()
        for row, key in zip(rows, keys):
            if len(seen) > RECOGNISED_ROWS:
                seen, seen_before = {}, seen
            # Rows without an ID that are alike are as many rows on one page, and the same ones on the next.
            is_new = not is_known(key) or key in alike
            if is_new and not id_of(row):
                alike.add(key)
            seen[key] = None
            if is_new:
                yield row
        end = offset + len(rows)
        # A total that is less than what has come is none. One that is the length of a full page may be just that.
        if total == end and (total > len(rows) or len(rows) < count):
            return
        if not rows:
            if total is None or total <= end:
                return
            # The rows and the total may have been counted a moment apart.
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
    """:raises ApiException: for what is no page of this list: to pass over it would end the list short"""
    rows = getattr(page, field)
    # Some write an empty list as null.
    if rows is None and (page.total == 0 or field in page.model_fields_set):
        return []
    if rows is None:
        raise _broken(f"a page of the list has no list of {field}")
    return rows


def _broken(said: str) -> ApiException:
    error = ApiException(reason=said)
    error.message = said
    return error
