// Package safe holds the client's promises: a time limit over the whole answer, no redirect followed, nothing repeated, keys that stay, and
// errors that say whether a call may have been carried out. The generated code sends everything through [Contract.Send].
package safe

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// Operation is what the contract promises of one.
type Operation struct {
	// Name is the contract's operationId.
	Name   string
	Method string
	// Path has its parameters in braces.
	Path string
	// Status is that of success.
	Status int
	// HasAnswer tells whether success has a body.
	HasAnswer bool
}

func (o Operation) isWrite() bool {
	return !slices.Contains([]string{http.MethodGet, http.MethodHead, http.MethodOptions}, o.Method)
}

// Contract is all operations, and the headers that keys are sent in.
type Contract struct {
	Operations []Operation
	KeyHeaders []string
}

var parameter = regexp.MustCompile(`\\\{[^/]+?\\\}`)

// operation finds that of a request. There is none where a parameter has made another path of it.
func (c Contract) operation(request *http.Request) (Operation, bool) {
	for _, each := range c.Operations {
		pattern := regexp.MustCompile(parameter.ReplaceAllString(regexp.QuoteMeta(each.Path), "([^/]+)") + "$")
		match := pattern.FindStringSubmatch(request.URL.EscapedPath())
		// "." and ".." name another path: whoever sends them on, takes them out.
		if match != nil && each.Method == request.Method && !slices.Contains(match, ".") && !slices.Contains(match, "..") {
			return each, true
		}
	}
	return Operation{}, false
}

func (c Contract) isKeyHeader(name string) bool {
	return slices.ContainsFunc(c.KeyHeaders, func(each string) bool { return strings.EqualFold(each, name) })
}

// withoutKeys is a copy of a request.
func (c Contract) withoutKeys(request *http.Request) *http.Request {
	copied := request.Clone(request.Context())
	for name := range copied.Header {
		if c.isKeyHeader(name) {
			copied.Header[name] = []string{"[redacted]"}
		}
	}
	return copied
}

// Redacted makes a function that takes the keys of a request out of a dump of it, or of its answer.
func (c Contract) Redacted(request *http.Request) func([]byte, error) ([]byte, error) {
	return func(dump []byte, err error) ([]byte, error) {
		return []byte(c.redactor(request)(string(dump))), err
	}
}
