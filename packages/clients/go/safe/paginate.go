package safe

import (
	"encoding/json"
	"fmt"
	"iter"
)

// Page is one page of a list that is paged by count and offset.
type Page[Row any] struct {
	Rows []Row
	// IsThere reports whether the page has a list at all: some services leave out an empty one.
	IsThere bool
	// Total is the number of rows in the whole list; nil if the service does not say.
	Total *int64
	// Offset is the number of rows that the service says it skipped; nil if it does not say.
	Offset *int64
}

const (
	// recognisedRows is how many rows to recognise when they come again; at most twice as many are kept in memory.
	recognisedRows           = 10_000
	mostPagesWithoutProgress = 100
	// far is how far past a suspicious page to look: no list grows by this much between two requests.
	far = 1_000_000
	// defaultPageSize is the page size unless the caller sets one.
	defaultPageSize = 100
)

// Paginate iterates over all rows of a list, fetching each page when it is needed. Rows may be added and removed while it runs: every row that
// stays in the list is returned exactly once. To achieve this, each page starts with the last row of the page before. If it does not, earlier
// rows were removed and others moved past: it then steps back until the pages overlap again.
//
// An error comes last: fetch's, or that of a service that ignores the offset, goes in circles, or ends before its total. The rows are in a
// field of the page; a row's ID is empty if it has none.
func Paginate[Row any](pageSize, offset *int64, field string, fetch func(count, offset int64) (Page[Row], error), idOf func(Row) string) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		var start, count int64 = 0, defaultPageSize
		if offset != nil {
			start = *offset
		}
		if pageSize != nil && *pageSize != 0 {
			count = max(2, *pageSize)
		}
		list := func(count, offset int64) (Page[Row], error) {
			page, err := fetch(count, offset)
			if err == nil && !page.IsThere && (page.Total == nil || *page.Total != 0) {
				err = fmt.Errorf("a page of the list has no list of %s", field)
			}
			return page, err
		}
		walk := walk[Row]{count: count, start: start, offset: start, furthest: start, back: 1, edge: -1, fetch: list, idOf: idOf, seen: map[string]bool{}}
		for !walk.isDone {
			rows, err := walk.next()
			for _, row := range rows {
				if !yield(row, nil) {
					return
				}
			}
			if err != nil {
				var none Row
				yield(none, err)
				return
			}
		}
	}
}

type walk[Row any] struct {
	count, start, offset, furthest, back int64
	// edge is where the last page ended, when it was too short to overlap with; -1 if it was not.
	edge             int64
	withoutProgress  int
	isSecondLook     bool
	isDone           bool
	seen, seenBefore map[string]bool
	fetch            func(count, offset int64) (Page[Row], error)
	idOf             func(Row) string
}

func (w *walk[Row]) isKnown(key string) bool { return w.seen[key] || w.seenBefore[key] }

// next fetches one page, and returns its new rows.
func (w *walk[Row]) next() ([]Row, error) {
	page, err := w.fetch(w.count, w.offset)
	if err != nil {
		return nil, err
	}
	length := int64(len(page.Rows))
	if w.offset != w.start {
		if length > 0 && page.Offset != nil && *page.Offset != w.offset {
			return nil, fmt.Errorf("the service ignores offset %d", w.offset)
		}
		if w.offset != w.edge && (length == 0 || !w.isKnown(w.key(page.Rows[0]))) {
			w.withoutProgress++
			if w.withoutProgress > mostPagesWithoutProgress {
				return nil, fmt.Errorf("the list goes in circles: its pages never overlap")
			}
			w.offset, w.back, w.edge = max(w.start, w.offset-w.back), w.back*2, -1
			return nil, nil
		}
		if err := w.doubt(page); err != nil {
			return nil, err
		}
	}
	return w.fresh(page.Rows), w.move(page.Total, length)
}

// doubt looks far past a page that adds nothing or should not exist: a service that ignores offsets has rows everywhere.
func (w *walk[Row]) doubt(page Page[Row]) error {
	length := int64(len(page.Rows))
	isOdd := length != 1 || w.offset == w.edge
	for _, row := range page.Rows {
		isOdd = isOdd && w.isKnown(w.key(row))
	}
	isOdd = isOdd || page.Total != nil && w.offset+length > *page.Total
	if length == 0 || !isOdd {
		return nil
	}
	other, err := w.fetch(w.count, w.offset+far)
	if err != nil {
		return err
	}
	isBeyond := page.Total != nil && w.offset+far >= *page.Total && len(other.Rows) > 0
	isSame := len(other.Rows) == len(page.Rows)
	for at := range other.Rows {
		isSame = isSame && w.key(other.Rows[at]) == w.key(page.Rows[at])
	}
	if isBeyond || isSame {
		return fmt.Errorf("the service ignores offsets: it has rows at offset %d as at %d", w.offset+far, w.offset)
	}
	return nil
}

func (w *walk[Row]) fresh(rows []Row) (fresh []Row) {
	alike := map[string]bool{}
	for _, row := range rows {
		key := w.key(row)
		if len(w.seen) > recognisedRows {
			w.seen, w.seenBefore = map[string]bool{}, w.seen
		}
		// Identical rows without an ID are separate rows on one page, and the same rows on the next.
		if !w.isKnown(key) || alike[key] {
			alike[key] = w.idOf(row) == ""
			fresh = append(fresh, row)
		}
		w.seen[key] = true
	}
	return fresh
}

// move goes to the next page, or ends the list.
func (w *walk[Row]) move(total *int64, length int64) error {
	end := w.offset + length
	// Ignore a total below the number of rows received. A total that equals a full page may be only that page's length.
	if total != nil && *total == end && (*total > length || length < w.count) {
		w.isDone = true
		return nil
	}
	if length == 0 {
		w.isDone = total == nil || *total <= end
		// Rows and total may have been counted at slightly different times.
		if !w.isDone && w.isSecondLook {
			return fmt.Errorf("the list ends after %d of %d rows", end, *total)
		}
		w.isSecondLook = true
		return nil
	}
	w.isSecondLook = false
	w.withoutProgress++
	if end > w.furthest {
		w.withoutProgress = 0
	}
	if w.withoutProgress > mostPagesWithoutProgress {
		return fmt.Errorf("the list goes in circles at offset %d", w.offset)
	}
	w.furthest, w.back, w.edge, w.offset = max(w.furthest, end), 1, -1, end-1
	if length == 1 {
		w.edge, w.offset = end, end
	}
	return nil
}

// key is the ID of a row, or the whole row: the live service has left out required fields before.
func (w *walk[Row]) key(row Row) string {
	if id := w.idOf(row); id != "" {
		return id
	}
	all, _ := json.Marshal(row)
	return string(all)
}
