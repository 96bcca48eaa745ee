package safe

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// shortestSecret is the minimum length of a key: a shorter one is not secret, and redacting a user ID of "1" would garble every message.
const shortestSecret = 6

// redactor returns a function that removes the keys of a request from a text, even where a server quotes them escaped.
func (c Contract) redactor(request *http.Request) func(string) string {
	var spellings []string
	for name, values := range request.Header {
		for _, key := range values {
			if c.isKeyHeader(name) && len(key) >= shortestSecret {
				encoded := strings.TrimRight(base64.StdEncoding.EncodeToString([]byte(key)), "=")
				spellings = append(spellings, key, encoded)
			}
		}
	}
	if len(spellings) == 0 {
		return func(text string) string { return text }
	}
	// Longest first: the user ID may be part of the API key, and redacting it first would leave the rest.
	slices.SortFunc(spellings, func(a, b string) int { return len(b) - len(a) })
	for at, each := range spellings {
		var pattern strings.Builder
		for _, character := range each {
			pattern.WriteString(spelling(character))
		}
		spellings[at] = pattern.String()
	}
	pattern := regexp.MustCompile(strings.Join(spellings, "|"))
	return func(text string) string { return pattern.ReplaceAllString(text, "[redacted]") }
}

var named = map[rune]string{'&': "|&amp;", '<': "|&lt;", '>': "|&gt;", '"': "|&quot;", '\'': "|&apos;"}

// spelling matches a character as it is, or as JSON, URLs and HTML pages escape it: some escape more than they have to.
func spelling(character rune) string {
	if character < unicode.MaxASCII && (unicode.IsLetter(character) || unicode.IsDigit(character)) {
		return string(character)
	}
	plain := regexp.QuoteMeta(string(character))
	return fmt.Sprintf(`(?:\\*(?:%s|(?i:[ux]0*%x))|%%(?:25)*(?i:%[2]x)|&#(?:0*%[3]d|(?i:x0*%[2]x));%[4]s)`, plain, character, character, named[character])
}
