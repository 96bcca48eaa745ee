package esim

import (
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"testing"
)

// Runs the cases of spec/conformance/lists; its README says how.

type listCase struct {
	Name     string
	List     *listFields
	PageSize *int64
	Offset   int64
	Expect   struct {
		Rows   struct{ First, Count int }
		Others bool
		Alike  int
		Error  bool
	}
}

// listFields names a list, the field of its rows, and the field of a row that identifies it: a prefix and a number.
type listFields struct{ Operation, Rows, ID, Prefix string }

func (c listCase) name() string { return c.Name }

func checkList(each listCase, server string) error {
	address := server + "/" + each.Name
	again, err := http.Get(address + "/_again")
	if err != nil {
		return err
	}
	again.Body.Close()
	configuration := NewConfiguration()
	configuration.Servers = ServerConfigurations{{URL: address}}
	list := listFields{"getPackages", "packages", "id", "pkg_"}
	if each.List != nil {
		list = *each.List
	}
	request := methodOf(NewAPIClient(configuration), list.Operation).Call([]reflect.Value{reflect.ValueOf(withKeys(testKeys))})[0]
	parameters := map[string]any{"offset": each.Offset}
	if each.PageSize != nil {
		parameters["count"] = *each.PageSize
	}
	if request, err = filled(request, parameters); err != nil {
		return err
	}
	var ids []string
	var failure error
	all := request.MethodByName("All").Call(nil)[0]
	all.Call([]reflect.Value{reflect.MakeFunc(all.Type().In(0), func(pair []reflect.Value) []reflect.Value {
		failure, _ = pair[1].Interface().(error)
		if field := pair[0].FieldByName(exported(list.ID)); failure == nil && !field.IsNil() {
			ids = append(ids, fmt.Sprint(field.Elem()))
		} else if failure == nil {
			ids = append(ids, "")
		}
		return []reflect.Value{reflect.ValueOf(true)}
	})})
	if failure != nil && !each.Expect.Error {
		return failure
	}
	if failure != nil {
		return nil
	}
	if each.Expect.Error {
		return fmt.Errorf("no error, but %d rows", len(ids))
	}
	if each.Expect.Alike > 0 {
		if len(ids) != each.Expect.Alike {
			return fmt.Errorf("%d rows came, not %d", len(ids), each.Expect.Alike)
		}
		return nil
	}
	var wanted []string
	for at := range each.Expect.Rows.Count {
		wanted = append(wanted, fmt.Sprint(list.Prefix, each.Expect.Rows.First+at))
	}
	came := slices.Clone(ids)
	if each.Expect.Others {
		came = slices.DeleteFunc(came, func(id string) bool { return !slices.Contains(wanted, id) })
	}
	if !slices.Equal(came, wanted) {
		return fmt.Errorf("%v came, not %v", ids, wanted)
	}
	slices.Sort(ids)
	if len(slices.Compact(ids)) != len(came) && !each.Expect.Others {
		return fmt.Errorf("some came twice: %v", ids)
	}
	return nil
}

func TestLists(t *testing.T) {
	server := serverOf(t, "ESIM_LISTS_URL")
	folder := conformance + "/lists"
	runCases(t, "lists", folder, loadCases[listCase](t, folder), func(each listCase) error { return checkList(each, server) })
}

func TestAListNeedNotBeReadToItsEnd(t *testing.T) {
	client, _ := serving(t, 200, "application/json", `{"total": 2, "packages": [{"id": "a"}, {"id": "b"}]}`)
	for row, err := range client.PackagesAPI.GetPackages(withKeys(testKeys)).All() {
		if err != nil || row.GetId() != "a" {
			t.Fatal(row, err)
		}
		break
	}
}
