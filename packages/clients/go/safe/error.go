package safe

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"unicode"
)

// Error is a call that did not bring the success that the contract promises. Nothing in it holds a key.
type Error struct {
	// Operation is the contract's operationId, such as createPackage. It is empty where a parameter made a path that the contract does not have.
	Operation string
	Method    string
	Path      string
	// Status is the HTTP status; 0 if no answer came.
	Status int
	// RequestID is the server's, if it sent one (x-request-id). Quote it to support.
	RequestID string
	// Message says what happened: in the server's own words, if it sent any.
	Message string
	// Body is that of the answer.
	Body []byte
	// OutcomeUnknown tells whether the call may have changed something on the server all the same: look before you try again.
	OutcomeUnknown bool

	cause error
}

// Error says it all in one line.
func (e *Error) Error() string {
	var text strings.Builder
	if e.Status != 0 {
		fmt.Fprintf(&text, "%d ", e.Status)
	}
	fmt.Fprintf(&text, "%s: %s (%s %s", e.Operation, e.Message, e.Method, e.Path)
	if e.RequestID != "" {
		fmt.Fprintf(&text, ", request %s", e.RequestID)
	}
	return oneLine(text.String()) + ")"
}

// Timeout tells whether the time limit ran out before the whole answer was there.
func (e *Error) Timeout() bool { return e.cause == context.DeadlineExceeded }

// Unwrap gives context.Canceled or context.DeadlineExceeded, if it was one of them. Other causes may hold keys.
func (e *Error) Unwrap() error { return e.cause }

// answerError is that of an answer whose text holds no key.
func answerError(operation Operation, response *http.Response, body []byte, said string) *Error {
	status := response.StatusCode
	var sent struct{ Message string }
	_ = json.Unmarshal(body, &sent) // What is no JSON has no message.
	if location := response.Header.Get("Location"); said == "" && sent.Message == "" && location != "" {
		said = fmt.Sprintf("redirect to %s refused", location)
	}
	for _, each := range []string{sent.Message, http.StatusText(status), "no reason given"} {
		if said == "" {
			said = each
		}
	}
	return &Error{
		Operation: operation.Name,
		Method:    operation.Method,
		Path:      response.Request.URL.EscapedPath(),
		Status:    status,
		RequestID: response.Header.Get("X-Request-Id"),
		Message:   said,
		Body:      body,
		// A 4xx is a refusal, but gateways send 408 too. What is no success, or cannot be read, may have been carried out all the same.
		OutcomeUnknown: operation.isWrite() && (status < 400 || status == http.StatusRequestTimeout || status >= 500),
	}
}

// oneLine is a text without line ends, and without what could drive a terminal; at most 600 characters.
func oneLine(text string) string {
	fields := strings.FieldsFunc(text, func(each rune) bool { return unicode.IsSpace(each) || unicode.IsControl(each) })
	runes := []rune(strings.Join(fields, " "))
	return string(runes[:min(len(runes), 600)])
}
