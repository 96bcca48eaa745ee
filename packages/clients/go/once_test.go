package esim

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"
)

// Runs the cases of spec/conformance/once; its README says how.

type onceCase struct {
	Name   string
	Expect struct {
		Posts, Purchases int
		Result           *struct {
			Found bool
			ID    string
		}
		Error      *struct{ Status int }
		CannotKnow *struct{ Candidates []*string }
	}
}

func (c onceCase) name() string { return c.Name }

func buyOnce(ctx context.Context, address string, request CreatePackageRequest, options OnceOptions) (*CreatedOnce, error) {
	again, err := http.Get(address + "/_again")
	if err != nil {
		return nil, err
	}
	again.Body.Close()
	configuration := NewConfiguration()
	configuration.Servers = ServerConfigurations{{URL: address}}
	return NewAPIClient(configuration).PackagesAPI.CreatePackageOnce(ctx, request, options)
}

func checkOnce(each onceCase, server string, request CreatePackageRequest) error {
	address := server + "/" + each.Name
	result, err := buyOnce(withKeys(testKeys), address, request, OnceOptions{LookupDelay: time.Nanosecond})
	var seen struct{ Posts, Purchases int }
	if err := get(address+"/_seen", &seen); err != nil {
		return err
	}
	expected := each.Expect
	if seen.Posts != expected.Posts || seen.Purchases != expected.Purchases {
		return fmt.Errorf("%+v arrived: %v", seen, err)
	}
	if expected.Result != nil {
		switch {
		case err != nil:
			return err
		case result.Attempts != expected.Posts:
			return fmt.Errorf("it says %d attempts", result.Attempts)
		case expected.Result.Found && (result.Created != nil || result.Found.GetId() != expected.Result.ID):
			return fmt.Errorf("not found: %+v", result)
		case !expected.Result.Found && (result.Found != nil || result.Created.GetId() != expected.Result.ID):
			return fmt.Errorf("not created: %+v", result)
		}
		return nil
	}
	if result != nil {
		return fmt.Errorf("no error, but %+v", result)
	}
	var cannotKnow *CannotKnowError
	isDoubt := errors.As(err, &cannotKnow)
	if expected.Error != nil {
		var failure *CallError
		if isDoubt || !errors.As(err, &failure) || failure.Status != expected.Error.Status || failure.OutcomeUnknown {
			return fmt.Errorf("not the error %d: %v", expected.Error.Status, err)
		}
		return nil
	}
	if !isDoubt || !cannotKnow.OutcomeUnknown {
		return fmt.Errorf("it is certain although it cannot know: %v", err)
	}
	var ids, wanted []string
	for _, row := range cannotKnow.Candidates {
		ids = append(ids, row.GetId())
	}
	for _, id := range expected.CannotKnow.Candidates {
		if id == nil {
			id = new(string)
		}
		wanted = append(wanted, *id)
	}
	slices.Sort(ids)
	slices.Sort(wanted)
	if !slices.Equal(ids, wanted) {
		return fmt.Errorf("the candidates are %v, not %v", ids, wanted)
	}
	return nil
}

func TestOnce(t *testing.T) {
	server := serverOf(t, "ESIM_ONCE_URL")
	folder := conformance + "/once"
	var file struct{ Request CreatePackageRequest }
	readFile(t, folder+"/once.json", &file)
	runCases(t, "once", folder, loadCases[onceCase](t, folder), func(each onceCase) error { return checkOnce(each, server, file.Request) })
}

func TestOnceEndsWithItsContext(t *testing.T) {
	server := serverOf(t, "ESIM_ONCE_URL")
	ctx, cancel := context.WithTimeout(withKeys(testKeys), 500*time.Millisecond)
	defer cancel()
	request := *NewCreatePackageRequest("8910300000045681955", 21145354)
	_, err := buyOnce(ctx, server+"/once-lost-before", request, OnceOptions{LookupDelay: time.Hour})
	var cannotKnow *CannotKnowError
	if !errors.As(err, &cannotKnow) {
		t.Fatalf("it ended without saying that it cannot know: %v", err)
	}
}
