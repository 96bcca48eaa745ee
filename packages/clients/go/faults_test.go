package esim

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"
)

// Runs the cases of spec/conformance/faults; its README says how.

type faultCase struct {
	Name      string
	Operation string
	Arguments map[string]any
	At        string
	TimeLimit int64
	Expect    struct {
		Requests int
		AtMost   int
		Error    struct {
			Status         *int
			OutcomeUnknown bool
			Operation      json.RawMessage
			Message        string
			RequestID      string
		}
	}
}

func (c faultCase) name() string { return c.Name }

type seen struct{ Requests, Keyless, Elsewhere int }

func checkFault(each faultCase, server string, addresses map[string]string, keys map[string]string) error {
	address := server
	if each.At != "" {
		address = addresses[each.At]
	}
	configuration := NewConfiguration()
	configuration.Servers = ServerConfigurations{{URL: address + "/" + each.Name}}
	if each.TimeLimit != 0 {
		configuration.HTTPClient = &http.Client{Timeout: time.Duration(each.TimeLimit) * time.Millisecond}
	}
	ctx := withKeys(keys)
	result, err := callOperation(NewAPIClient(configuration), ctx, each.Operation, each.Arguments)

	var failure *CallError
	if !errors.As(err, &failure) {
		return fmt.Errorf("no CallError, but %v, %v", result, err)
	}
	wanted := each.Expect.Error
	expected := CallError{Operation: each.Operation, RequestID: wanted.RequestID, OutcomeUnknown: wanted.OutcomeUnknown}
	if wanted.Status != nil {
		expected.Status = *wanted.Status
	}
	if wanted.Operation != nil {
		expected.Operation = ""
	}
	got := CallError{Operation: failure.Operation, Status: failure.Status, RequestID: failure.RequestID, OutcomeUnknown: failure.OutcomeUnknown}
	if !reflect.DeepEqual(got, expected) {
		return fmt.Errorf("%+v, not %+v: %v", got, expected, err)
	}
	if !strings.Contains(err.Error(), wanted.Message) {
		return fmt.Errorf("%q is not in %v", wanted.Message, err)
	}
	asJSON, _ := json.Marshal(failure)
	printed := fmt.Sprintf("%v %+v %#v %s %s %v %+v", err, err, err, asJSON, failure.Body, ctx, configuration)
	for _, key := range keys {
		for _, spelling := range spellings(key) {
			if strings.Contains(printed, spelling) {
				return fmt.Errorf("the key is shown, as %s", spelling)
			}
		}
	}
	var arrived seen
	if err := get(server+"/"+each.Name+"/_seen", &arrived); err != nil {
		return err
	}
	least, most := each.Expect.Requests, max(each.Expect.Requests, each.Expect.AtMost)
	if arrived.Requests < least || arrived.Requests > most || arrived.Keyless+arrived.Elsewhere > 0 {
		return fmt.Errorf("%+v arrived, not %d to %d", arrived, least, most)
	}
	return nil
}

func spellings(key string) []string {
	quoted, _ := json.Marshal(key)
	return []string{
		key,
		string(quoted[1 : len(quoted)-1]),
		strings.ReplaceAll(key, `"`, `\"`),
		html.EscapeString(key),
		strings.ReplaceAll(html.EscapeString(key), "&#34;", "&quot;"),
		url.QueryEscape(key),
		url.PathEscape(key),
		strings.TrimRight(base64.StdEncoding.EncodeToString([]byte(key)), "="),
	}
}

func TestFaults(t *testing.T) {
	server := serverOf(t, "ESIM_FAULTS_URL")
	folder := conformance + "/faults"
	var file struct{ Keys map[string]string }
	readFile(t, folder+"/keys.json", &file)
	addresses := map[string]string{}
	if err := get(server+"/_addresses", &addresses); err != nil {
		t.Fatal(err)
	}
	runCases(t, "faults", folder, loadCases[faultCase](t, folder), func(each faultCase) error {
		return checkFault(each, server, addresses, file.Keys)
	})
}
