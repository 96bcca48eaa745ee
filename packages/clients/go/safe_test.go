package esim

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/betatelltd/esim-toolkit/packages/clients/go/safe"
)

// What the cases of spec/conformance/faults cannot express.

var testKeys = map[string]string{"x-user-id": "user-2b8d4e", "x-api-key": "key-7f3a9c"}

// serving starts a server with a single response, and creates a client for it.
func serving(t *testing.T, status int, contentType, body string) (*APIClient, *Configuration) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(response http.ResponseWriter, _ *http.Request) {
		response.Header().Set("Content-Type", contentType)
		response.Header().Set("Location", "/elsewhere")
		response.WriteHeader(status)
		fmt.Fprint(response, body)
	}))
	t.Cleanup(server.Close)
	configuration := NewConfiguration()
	configuration.Servers = ServerConfigurations{{URL: server.URL}}
	return NewAPIClient(configuration), configuration
}

func create(client *APIClient, ctx context.Context) (*CreatePackageResponse, *http.Response, error) {
	return client.PackagesAPI.CreatePackage(ctx).CreatePackageRequest(*NewCreatePackageRequest("8910300000045681955", 1)).Execute()
}

type recorder struct{ deadline time.Time }

func (r *recorder) RoundTrip(request *http.Request) (*http.Response, error) {
	r.deadline, _ = request.Context().Deadline()
	return http.DefaultTransport.RoundTrip(request)
}

func TestTheDefaultTimeLimitIs30Seconds(t *testing.T) {
	if safe.TimeLimit != 30*time.Second {
		t.Fatal(safe.TimeLimit)
	}
	for _, own := range []time.Duration{0, time.Hour} {
		client, configuration := serving(t, 200, "application/json", "{}")
		transport := &recorder{}
		configuration.HTTPClient = &http.Client{Transport: transport, Timeout: own}
		if _, _, err := client.PackagesAPI.GetPackages(withKeys(testKeys)).Execute(); err != nil {
			t.Fatal(err)
		}
		left, wanted := time.Until(transport.deadline), max(own, safe.TimeLimit)
		if own == 0 && (left <= 0 || left > wanted) || own != 0 && left <= safe.TimeLimit {
			t.Fatalf("with a limit of %v of its own the call has %v left", own, left)
		}
	}
}

func TestNoRedirectIsFollowedEvenIfTheClientWould(t *testing.T) {
	client, configuration := serving(t, 307, "text/plain", "")
	configuration.HTTPClient = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return nil }}
	_, response, err := create(client, withKeys(testKeys))
	var failure *CallError
	if !errors.As(err, &failure) || failure.Status != 307 || !failure.OutcomeUnknown {
		t.Fatalf("not refused: %v", err)
	}
	if response.StatusCode != 307 || response.Request.Header.Get("x-api-key") == testKeys["x-api-key"] {
		t.Fatalf("the answer is %d, and its request shows %v", response.StatusCode, response.Request.Header)
	}
}

func TestValuesThatDoNotFitAreLeftOutAndTheRestIsReturned(t *testing.T) {
	client, _ := serving(t, 201, "application/json", `{"id": {"a": []}, "sim": 8910300000045681955, "status": "ACTIVE", "apn": [1]}`)
	created, _, err := create(client, withKeys(testKeys))
	if err != nil || created.Id != nil || created.Sim != nil || created.GetStatus() != "ACTIVE" || created.Apn != nil {
		t.Fatalf("%+v, %v", created, err)
	}
}

func TestAnyJSONValueFitsIntoAnyField(t *testing.T) {
	odd := []string{`null`, `true`, `0`, `-1`, `2.5`, `1e300`, `9007199254740992`, `1000000000000000000000000000000`, `""`, `"7"`, `"text"`, `[]`, `{}`,
		`[null]`, `{"id": 7}`, `{"id": {}}`, `[[{}]]`, `[{"id": "x"}, 3]`}
	models := []any{&GetPackagesResponse{}, &CreatePackageResponse{}, &GetInventoriesResponse{}, &GetESIMsResponse{}, &ESIM{}, &GetPackageTemplatesResponse{},
		&CreatePackageTemplateResponse{}, &GetPCRProfileResponse{}, &GetEUICCProfileResponse{}, &GetCountriesResponse{}, &StatusResponse{}, &Package{}, &PackageTemplate{}, &ESIMPartial{}, &Wallet{}}
	for _, model := range models {
		kind := reflect.TypeOf(model).Elem()
		for at := range kind.NumField() {
			name, _, _ := strings.Cut(kind.Field(at).Tag.Get("json"), ",")
			for _, value := range odd {
				for _, form := range []string{`{"%[1]s": %[2]s}`, `{"%[1]s": [%[2]s]}`, `{"%[1]s": {"id": %[2]s, "%[1]s": %[2]s}}`} {
					text := fmt.Sprintf(form, name, value)
					if err := safe.Unmarshal([]byte(text), reflect.New(kind).Interface()); err != nil {
						t.Errorf("%s into %s: %v", text, kind, err)
					}
				}
			}
		}
	}
}

func TestABareIDBecomesAnObjectAndTheReverse(t *testing.T) {
	client, _ := serving(t, 200, "application/json", `{"id": 7, "package_template": 21145354, "data_usage_remaining": "5", "time_allowance": 1.0}`)
	found, _, err := client.PackagesAPI.GetPackage(withKeys(testKeys), "7").Execute()
	if err != nil || found.GetId() != "7" || found.PackageTemplate.GetId() != 21145354 || found.GetDataUsageRemaining() != 5 || found.GetTimeAllowance() != 1 {
		t.Fatalf("%+v, %v", found, err)
	}
	client, _ = serving(t, 200, "application/json", `{"voice": [{"state": "ENABLED"}], "sms": [], "wallets": [{"id": {"id": 3}, "balance": "x"}]}`)
	profile, _, err := client.PCRProfileAPI.GetPCRProfile(withKeys(testKeys), "8910300000045681955").Execute()
	if err != nil || profile.Voice.GetState() != "ENABLED" || profile.Sms != nil || profile.Wallets[0].GetId() != 3 || profile.Wallets[0].Balance != nil {
		t.Fatalf("%+v, %v", profile, err)
	}
	client, _ = serving(t, 200, "application/json", `{"total": 1, "sims": [{"iccid": "1", "group": {"id": 1001, "name": "Summer"}}]}`)
	page, _, err := client.InventoryAPI.GetESIMs(withKeys(testKeys)).Execute()
	if err != nil || page.Sims[0].GetGroup() != 1001 {
		t.Fatalf("%+v, %v", page, err)
	}
}

type refusing struct{ sent []*http.Request }

func (r *refusing) RoundTrip(request *http.Request) (*http.Response, error) {
	r.sent = append(r.sent, request)
	return nil, errors.New("nothing is to be sent here")
}

func TestTheStatusHasItsOwnAddressInProductionOnly(t *testing.T) {
	for server, wanted := range map[string][2]string{
		"":                        {"https://esim.betatel.com/api/v1/status", "https://esim.betatel.com/api/v1/esim/countries"},
		"http://127.0.0.1:9/esim": {"http://127.0.0.1:9/esim/status", "http://127.0.0.1:9/esim/countries"},
	} {
		transport := &refusing{}
		configuration := NewConfiguration()
		configuration.HTTPClient = &http.Client{Transport: transport}
		configuration.AddDefaultHeader("x-api-key", testKeys["x-api-key"])
		if server != "" {
			configuration.Servers = ServerConfigurations{{URL: server}}
		}
		client := NewAPIClient(configuration)
		client.SystemAPI.GetStatus(withKeys(testKeys)).Execute()
		client.CoreAPI.GetCountries(withKeys(testKeys)).Execute()
		for at, request := range transport.sent {
			if request.URL.String() != wanted[at] || request.Host != request.URL.Host {
				t.Errorf("%s of %s was asked, not %s", request.URL, request.Host, wanted[at])
			}
			_, hasUser := request.Header["X-User-Id"]
			_, hasUserAsGiven := request.Header["x-user-id"]
			if hasKey := request.Header.Get("x-api-key") != ""; hasKey != (at == 1) || (hasUser || hasUserAsGiven) != (at == 1) {
				t.Errorf("%s was sent %v", request.URL, request.Header)
			}
		}
	}
}

func TestAnIDThatEqualsTheNameOfAPathIsAnID(t *testing.T) {
	client, _ := serving(t, 404, "application/json", "{}")
	_, _, err := client.PackagesAPI.GetPackage(withKeys(testKeys), "countries").Execute()
	var failure *CallError
	if !errors.As(err, &failure) || failure.Operation != "getPackage" {
		t.Fatal(err)
	}
}

func TestJSONIsReadWithAnyContentType(t *testing.T) {
	client, _ := serving(t, 201, "text/html", `{"id": "pkg_ü"}`)
	created, _, err := create(client, withKeys(testKeys))
	if err != nil || created.GetId() != "pkg_ü" {
		t.Fatal(created, err)
	}
}

func TestACanceledContextIsReported(t *testing.T) {
	client, _ := serving(t, 201, "application/json", "{}")
	ctx, cancel := context.WithCancel(withKeys(testKeys))
	cancel()
	_, _, err := create(client, ctx)
	var failure *CallError
	if !errors.As(err, &failure) || !errors.Is(err, context.Canceled) || failure.OutcomeUnknown {
		t.Fatalf("not canceled before it was sent: %v", err)
	}
}

func TestDebuggingPrintsNoKey(t *testing.T) {
	client, configuration := serving(t, 200, "application/json", `{"packages": []}`)
	configuration.Debug = true
	var printed bytes.Buffer
	log.SetOutput(&printed)
	defer log.SetOutput(os.Stderr)
	if _, _, err := client.PackagesAPI.GetPackages(withKeys(testKeys)).Execute(); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(printed.String(), "[redacted]") {
		t.Fatalf("nothing was logged: %s", &printed)
	}
	for _, key := range testKeys {
		if strings.Contains(printed.String(), key) {
			t.Fatalf("%s is shown", key)
		}
	}
}

func TestAKeyIsNotPrinted(t *testing.T) {
	key := APIKey{Key: "key-7f3a9c"}
	asJSON, err := json.Marshal(map[string]APIKey{"ApiKeyAuth": key})
	printed := fmt.Sprintf("%v %+v %#v %s %s", key, &key, key, key, asJSON)
	if err != nil || strings.Contains(printed, key.Key) {
		t.Fatal(printed, err)
	}
}

func TestParallelCallsDoNotMix(t *testing.T) {
	client, _ := serving(t, 200, "application/json", `{"id": "pkg_1"}`)
	var group sync.WaitGroup
	for range 8 {
		group.Add(1)
		go func() {
			defer group.Done()
			if found, _, err := client.PackagesAPI.GetPackage(withKeys(testKeys), "pkg_1").Execute(); err != nil || found.GetId() != "pkg_1" {
				t.Error(found, err)
			}
		}()
	}
	group.Wait()
}
