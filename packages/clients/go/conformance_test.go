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
	"strconv"
	"strings"
	"testing"
)

// Runs the cases of spec/conformance; its README says how.

type conformanceCase struct {
	Name      string
	Operation string
	Arguments map[string]any
	Keys      map[string]string
	Wire      any
	Expect    struct {
		Value     map[string]any
		NoContent bool
		Error     *struct {
			Status  int
			Message *string
		}
	}
}

const folder = "../../../spec/conformance"

// Numbers stay as they are written, so that none loses a digit on the way.
func read(data []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	return decoder.Decode(into)
}

func load(t *testing.T) (cases []conformanceCase, exceptions map[string]string) {
	t.Helper()
	files, _ := filepath.Glob(folder + "/*.json")
	exceptions = map[string]string{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var content struct {
			Cases      []conformanceCase
			Exceptions []struct{ Client, Case, Reason string }
		}
		if err := read(data, &content); err != nil && filepath.Base(file) != "case.schema.json" {
			t.Fatal(file, err)
		}
		cases = append(cases, content.Cases...)
		for _, each := range content.Exceptions {
			if each.Client == "go" {
				exceptions[each.Case] = each.Reason
			}
		}
	}
	return cases, exceptions
}

func number(value any) int64 {
	parsed, _ := value.(json.Number).Int64()
	return parsed
}

func text(value any) string {
	return fmt.Sprint(value)
}

func call(api *APIClient, ctx context.Context, operation string, args map[string]any) (any, *http.Response, error) {
	switch operation {
	case "getPackages":
		request := api.PackagesAPI.GetPackages(ctx)
		for name, value := range args {
			switch name {
			case "count":
				request = request.Count(number(value))
			case "offset":
				request = request.Offset(number(value))
			case "inventory":
				request = request.Inventory(number(value))
			case "package_template":
				request = request.PackageTemplate(number(value))
			case "sim":
				request = request.Sim(text(value))
			case "status":
				request = request.Status(text(value))
			}
		}
		return request.Execute()
	case "getPackage":
		return api.PackagesAPI.GetPackage(ctx, text(args["id"])).Execute()
	case "createPackage":
		body := NewCreatePackageRequest(text(args["sim"]), number(args["package_template"]))
		if allowance, given := args["time_allowance"]; given {
			body.SetTimeAllowance(number(allowance))
		}
		return api.PackagesAPI.CreatePackage(ctx).CreatePackageRequest(*body).Execute()
	case "activatePackage":
		response, err := api.PackagesAPI.ActivatePackage(ctx, text(args["id"])).Execute()
		return nil, response, err
	default:
		response, err := api.PackagesAPI.TerminatePackage(ctx, text(args["id"])).Execute()
		return nil, response, err
	}
}

func at(value any, pointer string) any {
	for _, key := range strings.Split(pointer, "/")[1:] {
		switch here := value.(type) {
		case map[string]any:
			value = here[key]
		case []any:
			index, _ := strconv.Atoi(key)
			if index >= len(here) {
				return nil
			}
			value = here[index]
		default:
			return nil
		}
	}
	return value
}

func check(each conformanceCase, server string) error {
	configuration := NewConfiguration()
	configuration.Servers = ServerConfigurations{{URL: server + "/" + each.Name}}
	keys := map[string]APIKey{}
	for header, scheme := range map[string]string{"x-user-id": "ApiUserId", "x-api-key": "ApiKeyAuth"} {
		if key, given := each.Keys[header]; given {
			keys[scheme] = APIKey{Key: key}
		}
	}
	ctx := context.WithValue(context.Background(), ContextAPIKeys, keys)
	result, response, callError := call(NewAPIClient(configuration), ctx, each.Operation, each.Arguments)

	answer, err := http.Get(server + "/" + each.Name + "/_wire")
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	var wire []any
	decoder := json.NewDecoder(answer.Body)
	decoder.UseNumber()
	if err := decoder.Decode(&wire); err != nil {
		return err
	}
	if !reflect.DeepEqual(wire, []any{each.Wire}) {
		return fmt.Errorf("on the wire: %v, not %v", wire, each.Wire)
	}

	if wanted := each.Expect.Error; wanted != nil {
		if callError == nil || response == nil || response.StatusCode != wanted.Status {
			return fmt.Errorf("not the error %d: %v", wanted.Status, callError)
		}
		if wanted.Message == nil {
			return nil
		}
		var body struct{ Message string }
		if err := json.Unmarshal(callError.(*GenericOpenAPIError).Body(), &body); err != nil || body.Message != *wanted.Message {
			return fmt.Errorf("the message is %q, not %q", body.Message, *wanted.Message)
		}
		return nil
	}
	if callError != nil {
		return callError
	}
	data, err := json.Marshal(result)
	if err != nil {
		return err
	}
	var seen any
	if err := read(data, &seen); err != nil {
		return err
	}
	for pointer, value := range each.Expect.Value {
		if found := at(seen, pointer); !reflect.DeepEqual(found, value) {
			return fmt.Errorf("%s is %v, not %v", pointer, found, value)
		}
	}
	return nil
}

func TestConformance(t *testing.T) {
	server := os.Getenv("ESIM_CONFORMANCE_URL")
	if server == "" {
		t.Skip("ESIM_CONFORMANCE_URL names no server: run `pnpm test` in packages/clients")
	}
	cases, exceptions := load(t)
	if len(cases) == 0 {
		t.Fatal("there are no cases")
	}
	for _, each := range cases {
		t.Run(each.Name, func(t *testing.T) {
			err := check(each, server)
			reason, excepted := exceptions[each.Name]
			if excepted && err == nil {
				t.Fatalf("it passes: take it off the exceptions (%s)", reason)
			}
			if !excepted && err != nil {
				t.Fatal(err)
			}
		})
	}
	fmt.Printf("conformance go: %d/%d\n", len(cases)-len(exceptions), len(cases))
}
