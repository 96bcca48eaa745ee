package esim

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode"
)

// OnceOptions are those of CreatePackageOnce. A field that is 0 has its default. The context limits the whole.
type OnceOptions struct {
	// MaxAttempts is how often the package is asked for at most; 5 by default.
	MaxAttempts int
	// Lookups is how often the SIM's packages are looked up after an attempt whose outcome is unknown; 3 by default.
	Lookups int
	// LookupDelay is how long to wait before such a look; it doubles from look to look, up to a minute. 500 ms by default.
	LookupDelay time.Duration
}

// CreatedOnce is what CreatePackageOnce brings: one of the two.
type CreatedOnce struct {
	// Created is the answer to the purchase.
	Created *CreatePackageResponse
	// Found is the package as GetPackages shows it, where the answer was lost.
	Found *Package
	// Attempts is how often the package was asked for.
	Attempts int
}

// CannotKnowError says that it cannot be known whether the package was created: no look showed one that is certainly it, and nothing proves
// that it was not. Look before you buy again.
type CannotKnowError struct {
	// Candidates are packages that may be the one.
	Candidates []Package
	// OutcomeUnknown is true.
	OutcomeUnknown bool

	why   string
	cause error
}

func (e *CannotKnowError) Error() string {
	return "CreatePackageOnce: " + e.why + "; look before you buy again"
}

// Unwrap gives the error of the first attempt whose outcome is unknown.
func (e *CannotKnowError) Unwrap() error { return e.cause }

const longestLookupDelay = time.Minute

// CreatePackageOnce creates a package, and where the answer is lost, finds out whether it was created before it asks again: by a package of
// this SIM and this template whose ID was not there before. Dates decide nothing, since clocks differ. It repeats a purchase only for a SIM
// that had no live package, because there the service refuses a second one. What it cannot see is another process that buys the same for
// the same SIM at the same time; such a package counts as this one.
//
// The error is a [*CannotKnowError] when it truly cannot know, and that of the call that failed when the package was certainly not created.
func (a *PackagesAPIService) CreatePackageOnce(ctx context.Context, request CreatePackageRequest, options OnceOptions) (*CreatedOnce, error) {
	if options.MaxAttempts == 0 {
		options.MaxAttempts = 5
	}
	if options.Lookups == 0 {
		options.Lookups = 3
	}
	if options.LookupDelay == 0 {
		options.LookupDelay = 500 * time.Millisecond
	}
	once := &purchase{ctx: ctx, api: a, request: request, options: options}
	return once.run()
}

type purchase struct {
	ctx     context.Context
	api     *PackagesAPIService
	request CreatePackageRequest
	options OnceOptions
	before  []Package
	doubt   error
}

func (p *purchase) run() (*CreatedOnce, error) {
	if err := p.lookBefore(); err != nil {
		return nil, err
	}
	isFree := true
	for _, row := range p.before {
		isFree = isFree && row.GetStatus() == "TERMINATED"
	}
	for attempt := 1; ; attempt++ {
		created, _, err := p.api.CreatePackage(p.ctx).CreatePackageRequest(p.request).Execute()
		if err == nil {
			return &CreatedOnce{Created: created, Attempts: attempt}, nil
		}
		var failure *CallError
		isUnknown := errors.As(err, &failure) && failure.OutcomeUnknown
		// After doubt a refusal proves nothing: the lost attempt may be what causes it.
		if p.doubt == nil && !isUnknown {
			return nil, err
		}
		if p.doubt == nil {
			p.doubt = err
		}
		found, err := p.look()
		switch {
		case found != nil || err != nil:
			return found.after(attempt), err
		case p.ctx.Err() != nil:
			return nil, p.cannotKnow("no time left, and no new package yet", nil)
		case !isFree:
			return nil, p.cannotKnow("no new package yet, and another purchase could be a second one", nil)
		case attempt >= p.options.MaxAttempts:
			return nil, p.cannotKnow(fmt.Sprintf("no answer to %d attempts, and no new package yet", attempt), nil)
		}
	}
}

func (c *CreatedOnce) after(attempts int) *CreatedOnce {
	if c != nil {
		c.Attempts = attempts
	}
	return c
}

func (p *purchase) cannotKnow(why string, candidates []Package) error {
	return &CannotKnowError{Candidates: candidates, OutcomeUnknown: true, why: why, cause: p.doubt}
}

// lookBefore may look again where a look fails for want of a good answer, since nothing has been sent yet.
func (p *purchase) lookBefore() (err error) {
	for tries := 1; ; tries++ {
		p.before, err = p.list()
		if err == nil || tries >= p.options.Lookups || isRefusal(err) || !p.sleep(p.options.LookupDelay) {
			return err
		}
	}
}

// look waits, looks, and looks again, until one package is certainly it, or as often as was asked for. The error is that it cannot be known.
func (p *purchase) look() (*CreatedOnce, error) {
	// An older package may have got its ID since, where not each had one.
	areNamed := true
	for _, row := range p.before {
		areNamed = areNamed && row.GetId() != ""
	}
	var candidates []Package
	var failure error
	seen := 0
	delay := p.options.LookupDelay
	for tries := 0; seen < p.options.Lookups && tries < p.options.Lookups*4 && p.sleep(delay); tries++ {
		delay = min(2*delay, longestLookupDelay)
		rows, err := p.list()
		if err != nil {
			failure = err
			if isRefusal(err) {
				break
			}
			continue
		}
		rows = keep(newRows(p.before, rows), func(row Package) bool { return isSameTemplate(row, p.request) != no })
		// What was seen once stays a candidate, also when it is gone at the next look.
		candidates = append(rows, newRows(rows, keep(candidates, func(row Package) bool { return row.GetId() != "" }))...)
		if areNamed && len(candidates) == 1 && isNewPackage(candidates[0], p.request) {
			return &CreatedOnce{Found: &candidates[0]}, nil
		}
		seen++
	}
	if len(candidates) > 0 {
		return nil, p.cannotKnow("packages were seen that may be it, or not", candidates)
	}
	if failure != nil && seen < p.options.Lookups {
		return nil, p.cannotKnow(fmt.Sprintf("the SIM's packages cannot be listed: %v", failure), nil)
	}
	return nil, nil
}

// list gives the packages of this SIM, as far as that can be told: a service may ignore the filter.
func (p *purchase) list() (rows []Package, err error) {
	for row, err := range p.api.GetPackages(p.ctx).Sim(p.request.Sim).All() {
		if err != nil {
			return nil, err
		}
		if isSameSim(row, p.request) != no {
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// sleep tells whether there was time for it.
func (p *purchase) sleep(delay time.Duration) bool {
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-p.ctx.Done():
		return false
	}
}

// isRefusal tells whether asking again would change nothing.
func isRefusal(err error) bool {
	var failure *CallError
	if !errors.As(err, &failure) {
		return false
	}
	status := failure.Status
	return status >= 400 && status < 500 && status != http.StatusRequestTimeout && status != http.StatusTooManyRequests
}

// answer is what can be told of a row that a service shows. What cannot be told is never a no.
type answer int

const (
	unknown answer = iota
	yes
	no
)

func yesOrNo(is bool) answer {
	if is {
		return yes
	}
	return no
}

// isNewPackage tells whether a row that was not there before is certainly what was asked for.
func isNewPackage(row Package, wanted CreatePackageRequest) bool {
	isLive := row.GetId() != "" && row.GetStatus() != "TERMINATED"
	return isLive && isSameSim(row, wanted) == yes && isSameTemplate(row, wanted) == yes
}

// isSameSim tells whether a row is of the SIM. Written with spaces it is the same one; without its check digit it may be.
func isSameSim(row Package, wanted CreatePackageRequest) answer {
	mine, theirs := digits(wanted.Sim), digits(row.GetSim())
	isPrefix := strings.HasPrefix(mine, theirs) || strings.HasPrefix(theirs, mine)
	if theirs == "" || isPrefix && (len(mine)-len(theirs) == 1 || len(theirs)-len(mine) == 1) {
		return unknown
	}
	return yesOrNo(mine == theirs)
}

func digits(text string) string {
	return strings.Map(func(each rune) rune {
		if unicode.IsDigit(each) {
			return each
		}
		return -1
	}, text)
}

// isSameTemplate tells whether a row is of the template.
func isSameTemplate(row Package, wanted CreatePackageRequest) answer {
	if row.PackageTemplate == nil || row.PackageTemplate.Id == nil {
		return unknown
	}
	return yesOrNo(*row.PackageTemplate.Id == wanted.PackageTemplate)
}

// newRows are those that were not there before, as far as that can be told: one without an ID may be any.
func newRows(before, after []Package) []Package {
	named := map[string]bool{}
	for _, row := range before {
		named[row.GetId()] = true
	}
	return keep(after, func(row Package) bool { return row.GetId() == "" || !named[row.GetId()] })
}

func keep(rows []Package, isKept func(Package) bool) (kept []Package) {
	for _, row := range rows {
		if isKept(row) {
			kept = append(kept, row)
		}
	}
	return kept
}
