package safe

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"regexp"
	"sync/atomic"
	"time"
)

// TimeLimit is the time limit of a call, up to the last byte of the response, unless the http.Client has a Timeout. The request's context may
// end the call earlier.
const TimeLimit = 30 * time.Second

// maxReads is how many times a read may reach the server.
const maxReads = 3

// Send sends a request once, and reads the whole response. It follows no redirect, even if the client would. The error is an [*Error] for
// anything but the success that the contract promises; the response, if there is one, comes with it and can still be read.
func (c Contract) Send(client *http.Client, server string, request *http.Request) (*http.Response, error) {
	redact := c.redactor(request)
	operation, isKnown := c.operation(server, request)
	path := request.URL.EscapedPath()
	if !isKnown {
		said := "no operation has this path: an ID must not be empty, '.' or '..'"
		return nil, &Error{Method: request.Method, Path: path, Message: said}
	}
	request = c.addressed(operation, request)
	path = request.URL.EscapedPath()
	once := *client
	once.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	if once.Timeout == 0 {
		once.Timeout = TimeLimit
	}
	// Nothing of a request is written before there is a connection for it.
	var connections atomic.Int64
	isSent := func() bool { return connections.Load() > 0 }
	trace := &httptrace.ClientTrace{GotConn: func(got httptrace.GotConnInfo) {
		// net/http repeats a read by itself as long as its idle connections turn out to be closed.
		if connections.Add(1) > maxReads && !isShared(got.Conn) {
			got.Conn.Close()
		}
	}}
	response, err := once.Do(request.WithContext(httptrace.WithClientTrace(request.Context(), trace)))
	var body []byte
	if err == nil {
		body, err = io.ReadAll(response.Body)
		response.Body.Close()
	}
	if err != nil {
		said, cause := explain(err, isSent(), once.Timeout)
		isUnknown := operation.isWrite() && isSent()
		return nil, &Error{Operation: operation.Name, Method: operation.Method, Path: path, Message: redact(said), OutcomeUnknown: isUnknown, cause: cause}
	}
	// Callers print responses, and the request is printed with them.
	response.Request = c.withoutKeys(operation, request)
	flaw := flawOf(operation, response, body)
	if isSuccess(response) && flaw == "" {
		response.Body = io.NopCloser(bytes.NewReader(body))
		return response, nil
	}
	body = []byte(redact(string(body)))
	response.Body = io.NopCloser(bytes.NewReader(body))
	response.Status = redact(response.Status)
	for _, values := range response.Header {
		for at := range values {
			values[at] = redact(values[at])
		}
	}
	return response, answerError(operation, response, body, flaw)
}

// Unreadable makes the error of a success whose body does not fit its model. The keys are gone by then, so nothing of the body is shown.
func (c Contract) Unreadable(response *http.Response, body []byte, err error) *Error {
	operation, _ := response.Request.Context().Value(operationOf{}).(Operation)
	return answerError(operation, response, nil, fmt.Sprintf("unreadable success of %d bytes: %T", len(body), err))
}

// isShared reports whether other calls use a connection at the same time.
func isShared(connection net.Conn) bool {
	secure, isSecure := connection.(*tls.Conn)
	return isSecure && secure.ConnectionState().NegotiatedProtocol == "h2"
}

func isSuccess(response *http.Response) bool {
	return response.StatusCode >= 200 && response.StatusCode < 300
}

// isText matches content types that are not an image: a login page, an error.
var isText = regexp.MustCompile(`(?i)^\s*(text/|application/([\w.-]+\+)?(json|xml))`)

// flawOf says what is wrong with a success; empty if nothing is.
func flawOf(operation Operation, response *http.Response, body []byte) string {
	var object map[string]json.RawMessage
	switch {
	case !isSuccess(response):
		return ""
	case operation.Answer == nothing && response.StatusCode != operation.Status:
		return fmt.Sprintf("expected %d", operation.Status)
	case operation.Answer == nothing:
		return ""
	case len(body) == 0:
		return "no body"
	case operation.Answer == asBytes && isText.MatchString(response.Header.Get("Content-Type")):
		return "no binary content"
	case operation.Answer == asJSON && (json.Unmarshal(body, &object) != nil || object == nil):
		return "no JSON object"
	case operation.Answer == asJSON:
		// Some services send JSON as text, and the generated code relies on the type.
		response.Header.Set("Content-Type", "application/json")
	}
	return ""
}

// explain says why there was no response, and returns the cause if it contains no key.
func explain(err error, isSent bool, limit time.Duration) (string, error) {
	var late interface{ Timeout() bool }
	switch {
	case errors.Is(err, context.Canceled):
		return "canceled", context.Canceled
	case errors.As(err, &late) && late.Timeout() && isSent:
		return fmt.Sprintf("no response in time (the limit is %s, or the context's)", limit), context.DeadlineExceeded
	case errors.As(err, &late) && late.Timeout():
		return fmt.Sprintf("no connection in time (the limit is %s, or the context's)", limit), context.DeadlineExceeded
	case isSent:
		return fmt.Sprintf("connection lost: %v", err), nil
	default:
		return fmt.Sprintf("could not connect: %v", err), nil
	}
}
