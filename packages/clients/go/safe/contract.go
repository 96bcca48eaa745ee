// Package safe holds the client's promises: a time limit over the whole answer, no redirect followed, nothing repeated, keys that stay, and
// errors that say whether a call may have been carried out. The generated code sends everything through [Contract.Send].
package safe

import (
	"context"
	"net/http"
	"net/url"
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
	// Answer is what success brings.
	Answer Answer
	// TakesKeys tells whether it is sent the keys.
	TakesKeys bool
	// Server is its own one in production; empty where it has none.
	Server string
}

// Answer is what a success brings.
type Answer string

const (
	nothing Answer = "nothing"
	asJSON  Answer = "json"
	asBytes Answer = "bytes"
)

func (o Operation) isWrite() bool {
	return !slices.Contains([]string{http.MethodGet, http.MethodHead, http.MethodOptions}, o.Method)
}

// Contract is all operations, and the headers that keys are sent in.
type Contract struct {
	Operations []Operation
	KeyHeaders []string
	// Production is the server of all operations but those that have their own.
	Production string
}

var parameter = regexp.MustCompile(`\\\{[^/]+?\\\}`)

// operation finds that of a request to a server. There is none where a parameter has made another path of it.
func (c Contract) operation(server string, request *http.Request) (Operation, bool) {
	path := request.URL.EscapedPath()
	if base, err := url.Parse(server); err == nil {
		path = strings.TrimPrefix(path, strings.TrimSuffix(base.EscapedPath(), "/"))
	}
	for _, each := range c.Operations {
		pattern := regexp.MustCompile("^" + parameter.ReplaceAllString(regexp.QuoteMeta(each.Path), "([^/]+)") + "$")
		match := pattern.FindStringSubmatch(path)
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

// addressed is a request as it is sent: an operation may have another server in production, and take no keys. Anywhere else, such as at a
// mock, there is one server for all.
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

// withoutKeys is a copy of a request that knows its operation.
func (c Contract) withoutKeys(operation Operation, request *http.Request) *http.Request {
	copied := request.Clone(context.WithValue(request.Context(), operationOf{}, operation))
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
