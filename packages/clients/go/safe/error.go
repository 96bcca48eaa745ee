package safe

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"unicode"
)

// Error is a call that did not end in the success that the contract promises. It contains no key.
type Error struct {
	// Operation is the contract's operationId, such as createPackage. It is empty if a parameter made a path that the contract does not have.
	Operation string
	Method    string
	Path      string
	// Status is the HTTP status; 0 if there was no response.
	Status int
	// RequestID is the server's ID for the request, if it sent one (x-request-id). Quote it to support.
	RequestID string
	// Message says what happened: in the server's own words, if it sent any.
	Message string
	// Body is the body of the response.
	Body []byte
	// OutcomeUnknown reports whether the failed call may still have changed something on the server: check before you retry.
	OutcomeUnknown bool

	cause error
}

// Error returns all of it in one line.
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

// Timeout reports whether the time limit ran out before the whole response had arrived.
func (e *Error) Timeout() bool { return e.cause == context.DeadlineExceeded }

// Unwrap returns context.Canceled or context.DeadlineExceeded, if it was one of them. Other causes may contain keys.
func (e *Error) Unwrap() error { return e.cause }

// answerError makes the error of a response whose text contains no key.
func answerError(operation Operation, response *http.Response, body []byte, said string) *Error {
	status := response.StatusCode
	var sent struct{ Message string }
	_ = json.Unmarshal(body, &sent) // A body that is not JSON has no message.
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
		// A 4xx is a refusal, except 408, which gateways send too. Any other failure, and a success that cannot be read, may have been carried out.
		OutcomeUnknown: operation.isWrite() && (status < 400 || status == http.StatusRequestTimeout || status >= 500),
	}
}

// oneLine returns a text without line breaks and terminal control characters, cut at 600 characters.
func oneLine(text string) string {
	fields := strings.FieldsFunc(text, func(each rune) bool { return unicode.IsSpace(each) || unicode.IsControl(each) })
	runes := []rune(strings.Join(fields, " "))
	return string(runes[:min(len(runes), 600)])
}
