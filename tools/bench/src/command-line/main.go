// The same command line in Go, with nothing but its standard library: prints its version, or lists packages as a table.
package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"text/tabwriter"
	"time"
)

type page struct {
	Packages []struct {
		ID              string `json:"id"`
		SIM             string `json:"sim"`
		Status          string `json:"status"`
		PackageTemplate struct {
			ID   int    `json:"id"`
			Name string `json:"name"`
		} `json:"package_template"`
	} `json:"packages"`
	Total int `json:"total"`
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "--version" {
		fmt.Println("1.0.0")
		return
	}
	if err := list(); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func list() error {
	request, err := http.NewRequest("GET", os.Getenv("ESIM_BASE_URL")+"/packages", nil)
	if err != nil {
		return err
	}
	request.Header.Set("x-api-key", os.Getenv("ESIM_API_KEY"))
	request.Header.Set("x-user-id", os.Getenv("ESIM_USER_ID"))
	client := http.Client{Timeout: 30 * time.Second}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the server answered %s", response.Status)
	}
	var found page
	if err := json.NewDecoder(response.Body).Decode(&found); err != nil {
		return err
	}
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "ID\tSIM\tSTATUS\tTEMPLATE")
	for _, each := range found.Packages {
		template := each.PackageTemplate
		fmt.Fprintf(table, "%s\t%s\t%s\t%s (%d)\n", each.ID, each.SIM, each.Status, template.Name, template.ID)
	}
	fmt.Fprintf(table, "%d of %d\n", len(found.Packages), found.Total)
	return table.Flush()
}
