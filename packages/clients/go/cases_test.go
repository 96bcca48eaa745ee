package esim

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
)

// Shared by the runners of spec/conformance.

const conformance = "../../../spec/conformance"

// read keeps numbers as they are written, so that none loses digits.
func read(data []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	return decoder.Decode(into)
}

func readFile(t *testing.T, file string, into any) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err == nil {
		err = read(data, into)
	}
	if err != nil {
		t.Fatal(file, err)
	}
}

func get(url string, into any) error {
	answer, err := http.Get(url)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	decoder := json.NewDecoder(answer.Body)
	decoder.UseNumber()
	return decoder.Decode(into)
}

// named is implemented by all cases.
type named interface{ name() string }

func loadCases[Case any](t *testing.T, folder string) (cases []Case) {
	t.Helper()
	files, _ := filepath.Glob(folder + "/*.json")
	for _, file := range files {
		if strings.HasSuffix(file, ".schema.json") {
			continue
		}
		var content struct{ Cases []Case }
		readFile(t, file, &content)
		cases = append(cases, content.Cases...)
	}
	if len(cases) == 0 {
		t.Fatal("there are no cases in " + folder)
	}
	return cases
}

func loadExceptions(t *testing.T, folder string) map[string]string {
	t.Helper()
	var content struct {
		Exceptions []struct{ Client, Case, Reason string }
	}
	readFile(t, folder+"/exceptions.json", &content)
	exceptions := map[string]string{}
	for _, each := range content.Exceptions {
		if each.Client == "go" {
			exceptions[each.Case] = each.Reason
		}
	}
	return exceptions
}

// runCases runs all cases in parallel, fails if an exception passes, and prints how many pass.
func runCases[Case named](t *testing.T, title, folder string, cases []Case, check func(Case) error) {
	exceptions := loadExceptions(t, folder)
	var passed atomic.Int64
	// Returns when all parallel tests have ended.
	t.Run("all", func(t *testing.T) {
		for _, each := range cases {
			t.Run(each.name(), func(t *testing.T) {
				t.Parallel()
				err := check(each)
				reason, isExcepted := exceptions[each.name()]
				switch {
				case isExcepted && err == nil:
					t.Fatalf("it passes: remove it from the exceptions (%s)", reason)
				case !isExcepted && err != nil:
					t.Fatal(err)
				case !isExcepted:
					passed.Add(1)
				}
			})
		}
	})
	fmt.Printf("%s go: %d/%d\n", title, passed.Load(), len(cases))
}

func withKeys(headers map[string]string) context.Context {
	keys := map[string]APIKey{}
	for header, scheme := range map[string]string{"x-user-id": "ApiUserId", "x-api-key": "ApiKeyAuth"} {
		if key, given := headers[header]; given {
			keys[scheme] = APIKey{Key: key}
		}
	}
	return context.WithValue(context.Background(), ContextAPIKeys, keys)
}

var pathParameter = regexp.MustCompile(`\{([^/]+?)\}`)

// callOperation calls any operation with arguments by their names on the wire.
func callOperation(client *APIClient, ctx context.Context, operation string, arguments map[string]any) (any, error) {
	for _, each := range contract.Operations {
		if each.Name != operation {
			continue
		}
		in := []reflect.Value{reflect.ValueOf(ctx)}
		rest := map[string]any{}
		for name, value := range arguments {
			rest[name] = value
		}
		method := methodOf(client, operation)
		for _, match := range pathParameter.FindAllStringSubmatch(each.Path, -1) {
			in = append(in, argument(arguments[match[1]], method.Type().In(len(in))))
			delete(rest, match[1])
		}
		request := method.Call(in)[0]
		request, err := filled(request, rest)
		if err != nil {
			return nil, err
		}
		out := request.MethodByName("Execute").Call(nil)
		callError, _ := out[len(out)-1].Interface().(error)
		if len(out) == 2 {
			return nil, callError
		}
		return out[0].Interface(), callError
	}
	return nil, fmt.Errorf("this client has no operation %s: run `pnpm generate`, or fix the case", operation)
}

// methodOf finds an operation in a client's services.
func methodOf(client *APIClient, operation string) reflect.Value {
	services := reflect.ValueOf(client).Elem()
	for at := range services.NumField() {
		if field := services.Field(at); field.CanInterface() {
			if method := field.MethodByName(exported(operation)); method.IsValid() {
				return method
			}
		}
	}
	panic("no service has " + operation)
}

// filled sets a request's parameters one by one, or its whole body.
func filled(request reflect.Value, arguments map[string]any) (reflect.Value, error) {
	for at := range request.NumMethod() {
		setter := request.Method(at)
		if setter.Type().NumIn() == 1 && setter.Type().In(0).Kind() == reflect.Struct {
			body := reflect.New(setter.Type().In(0))
			data, err := json.Marshal(arguments)
			if err == nil {
				err = json.Unmarshal(data, body.Interface())
			}
			return setter.Call([]reflect.Value{body.Elem()})[0], err
		}
	}
	for name, value := range arguments {
		setter := request.MethodByName(exported(name))
		if !setter.IsValid() {
			return request, fmt.Errorf("%s has no parameter %s", request.Type(), name)
		}
		request = setter.Call([]reflect.Value{argument(value, setter.Type().In(0))})[0]
	}
	return request, nil
}

// argument converts a value of a case to a parameter's type.
func argument(value any, kind reflect.Type) reflect.Value {
	converted := reflect.New(kind)
	data, err := json.Marshal(value)
	if err == nil {
		err = json.Unmarshal(data, converted.Interface())
	}
	if err != nil {
		panic(err)
	}
	return converted.Elem()
}

// exported converts a name on the wire to Go's.
func exported(name string) string {
	var text strings.Builder
	for _, part := range strings.Split(name, "_") {
		text.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return text.String()
}
