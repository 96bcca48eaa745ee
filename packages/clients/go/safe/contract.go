// Package safe keeps the client's promises: a time limit for the whole response, no redirect followed, nothing repeated, keys that go nowhere
// else, and errors that say whether a call may have been carried out. The generated code sends everything through [Contract.Send].
package safe

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// Operation describes one operation of the contract.
type Operation struct {
	// Name is the contract's operationId.
	Name   string
	Method string
	// Path has its parameters in braces.
	Path string
	// Status is the status of a success.
	Status int
	// Answer is what a success returns.
	Answer Answer
	// TakesKeys reports whether it needs the keys.
	TakesKeys bool
	// Server is its own server in production; empty if it has none.
	Server string
}

// Answer is what a success returns.
type Answer string

const (
	nothing Answer = "nothing"
	asJSON  Answer = "json"
	asBytes Answer = "bytes"
)

func (o Operation) isWrite() bool {
	return !slices.Contains([]string{http.MethodGet, http.MethodHead, http.MethodOptions}, o.Method)
}

// Contract lists all operations, and the headers that carry the keys.
type Contract struct {
	Operations []Operation
	KeyHeaders []string
	// Production is the server of all operations except those with their own.
	Production string
}

var parameter = regexp.MustCompile(`\\\{[^/]+?\\\}`)

// operation finds the operation of a request. There is none if a parameter has turned it into another path.
func (c Contract) operation(server string, request *http.Request) (Operation, bool) {
	path := request.URL.EscapedPath()
	if base, err := url.Parse(server); err == nil {
		path = strings.TrimPrefix(path, strings.TrimSuffix(base.EscapedPath(), "/"))
	}
	for _, each := range c.Operations {
		pattern := regexp.MustCompile("^" + parameter.ReplaceAllString(regexp.QuoteMeta(each.Path), "([^/]+)") + "$")
		match := pattern.FindStringSubmatch(path)
		// "." and ".." would name another path: clients and proxies remove them.
		if match != nil && each.Method == request.Method && !slices.Contains(match, ".") && !slices.Contains(match, "..") {
			return each, true
		}
	}
	return Operation{}, false
}

func (c Contract) isKeyHeader(name string) bool {
	return slices.ContainsFunc(c.KeyHeaders, func(each string) bool { return strings.EqualFold(each, name) })
}

// addressed returns the request as it is sent: an operation may have its own server in production, and may need no keys. Anywhere else, such
// as on a mock, one server has them all.
func (c Contract) addressed(operation Operation, request *http.Request) *http.Request {
	sent := request.Clone(request.Context())
	below, isProduction := strings.CutPrefix(request.URL.String(), c.Production+"/")
	if own, err := url.Parse(operation.Server + "/" + below); operation.Server != "" && isProduction && err == nil {
		sent.URL, sent.Host = own, own.Host
	}
	for name := range sent.Header {
		if c.isKeyHeader(name) && !operation.TakesKeys {
			delete(sent.Header, name)
		}
	}
	return sent
}

type operationOf struct{}

// withoutKeys returns a copy of a request with its keys redacted, which knows its operation.
func (c Contract) withoutKeys(operation Operation, request *http.Request) *http.Request {
	copied := request.Clone(context.WithValue(request.Context(), operationOf{}, operation))
	for name := range copied.Header {
		if c.isKeyHeader(name) {
			copied.Header[name] = []string{"[redacted]"}
		}
	}
	return copied
}

// Redacted returns a function that removes the keys of a request from a dump of it or of its response.
func (c Contract) Redacted(request *http.Request) func([]byte, error) ([]byte, error) {
	return func(dump []byte, err error) ([]byte, error) {
		return []byte(c.redactor(request)(string(dump))), err
	}
}
