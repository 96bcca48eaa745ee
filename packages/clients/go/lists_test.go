package esim

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
)

// Runs the cases of spec/conformance/lists; its README says how.

type listCase struct {
	Name     string
	PageSize *int64
	Offset   int64
	Expect   struct {
		Rows   struct{ First, Count int }
		Others bool
		Alike  int
		Error  bool
	}
}

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
	request := NewAPIClient(configuration).PackagesAPI.GetPackages(withKeys(testKeys)).Offset(each.Offset)
	if each.PageSize != nil {
		request = request.Count(*each.PageSize)
	}
	var ids []string
	for row, err := range request.All() {
		if err != nil {
			if each.Expect.Error {
				return nil
			}
			return err
		}
		ids = append(ids, row.GetId())
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
		wanted = append(wanted, fmt.Sprintf("pkg_%d", each.Expect.Rows.First+at))
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

func TestAListMayBeLeft(t *testing.T) {
	client, _ := serving(t, 200, "application/json", `{"total": 2, "packages": [{"id": "a"}, {"id": "b"}]}`)
	for row, err := range client.PackagesAPI.GetPackages(withKeys(testKeys)).All() {
		if err != nil || row.GetId() != "a" {
			t.Fatal(row, err)
		}
		break
	}
}
