package esim

import (
	"encoding/json"
	"fmt"
	"os"
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
		IDs       map[string]any
		Bytes     []byte
		NoContent bool
		Error     *struct {
			Status  int
			Message *string
		}
	}
}

func (c conformanceCase) name() string { return c.Name }

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

func checkConformance(each conformanceCase, server string) error {
	configuration := NewConfiguration()
	configuration.Servers = ServerConfigurations{{URL: server + "/" + each.Name}}
	result, callError := callOperation(NewAPIClient(configuration), withKeys(each.Keys), each.Operation, each.Arguments)

	var wire []any
	if err := get(server+"/"+each.Name+"/_wire", &wire); err != nil {
		return err
	}
	if !reflect.DeepEqual(wire, []any{each.Wire}) {
		return fmt.Errorf("on the wire: %v, not %v", wire, each.Wire)
	}

	if wanted := each.Expect.Error; wanted != nil {
		failure, isCallError := callError.(*CallError)
		if !isCallError || failure.Status != wanted.Status {
			return fmt.Errorf("not the error %d: %v", wanted.Status, callError)
		}
		if wanted.Message != nil && failure.Message != *wanted.Message {
			return fmt.Errorf("the message is %q, not %q", failure.Message, *wanted.Message)
		}
		return nil
	}
	if callError != nil {
		return callError
	}
	if each.Expect.Bytes != nil {
		if !reflect.DeepEqual(result, each.Expect.Bytes) {
			return fmt.Errorf("the bytes are %v", result)
		}
		return nil
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
	for pointer, id := range each.Expect.IDs {
		found := at(seen, pointer)
		if object, isObject := found.(map[string]any); isObject {
			found = object["id"]
		}
		if !reflect.DeepEqual(found, id) {
			return fmt.Errorf("%s is %v, not the ID %v", pointer, found, id)
		}
	}
	return nil
}

func TestConformance(t *testing.T) {
	server := serverOf(t, "ESIM_CONFORMANCE_URL")
	cases := loadCases[conformanceCase](t, conformance)
	runCases(t, "conformance", conformance, cases, func(each conformanceCase) error {
		return checkConformance(each, server)
	})
}

func TestUnknownOperationFailsByName(t *testing.T) {
	_, err := callOperation(NewAPIClient(NewConfiguration()), withKeys(nil), "mergePackages", nil)
	if err == nil || !strings.Contains(err.Error(), "mergePackages") {
		t.Fatalf("an unknown operation fails without its name in the error: %v", err)
	}
}

func serverOf(t *testing.T, variable string) string {
	t.Helper()
	server := os.Getenv(variable)
	if server == "" {
		t.Skip(variable + " names no server: run `pnpm test` in packages/clients")
	}
	return server
}
