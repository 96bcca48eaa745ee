package esim

import (
	"encoding/json"
	"errors"
	"iter"

	"github.com/betatelltd/esim-toolkit/packages/clients/go/safe"
)

// All gives all packages that match a request, one by one, and fetches each page when it is needed. The request's Count is how many it asks for
// at a time, 100 by default, and its Offset how many it skips. An error is the last that comes: that of a call, or of a service that
// ignores the offset, goes in circles, or ends short of its total.
func (r ApiGetPackagesRequest) All() iter.Seq2[Package, error] {
	fetch := func(count, offset int64) (safe.Page[Package], error) {
		page, _, err := r.Count(count).Offset(offset).Execute()
		if err != nil {
			return safe.Page[Package]{}, err
		}
		if _, isThere := page.GetPackagesOk(); !isThere && page.GetTotal() != 0 {
			return safe.Page[Package]{}, errors.New("a page of the list has no list of packages")
		}
		return safe.Page[Package]{Rows: page.Packages, Total: page.Total, Offset: page.Offset}, nil
	}
	var pageSize, start int64
	if r.count != nil {
		pageSize = *r.count
	}
	if r.offset != nil {
		start = *r.offset
	}
	return safe.Paginate(pageSize, start, fetch, func(row Package) (string, bool) {
		if id := row.GetId(); id != "" {
			return id, true
		}
		// The live service has left out required fields before.
		all, _ := json.Marshal(row)
		return string(all), false
	})
}
