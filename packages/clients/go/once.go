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

// OnceOptions are the options of CreatePackageOnce. A field that is 0 has its default. The context limits the whole operation.
type OnceOptions struct {
	// MaxAttempts is how many times the purchase is sent at most; 5 by default.
	MaxAttempts int
	// Lookups is how many times the SIM's packages are looked up after an attempt with an unknown outcome; 3 by default.
	Lookups int
	// LookupDelay is how long to wait before such a lookup; it doubles with each lookup, up to a minute. 500 ms by default.
	LookupDelay time.Duration
}

// CreatedOnce is the result of CreatePackageOnce: Created or Found is set.
type CreatedOnce struct {
	// Created is the response to the purchase.
	Created *CreatePackageResponse
	// Found is the package as GetPackages returns it, if the response was lost.
	Found *Package
	// Attempts is how many times the purchase was sent.
	Attempts int
}

// CannotKnowError says that there is no way to know whether the package was created: no lookup found one that certainly is it, and nothing
// rules it out. Check the SIM's packages before you buy again.
type CannotKnowError struct {
	// Candidates are packages that may be this one.
	Candidates []Package
	// OutcomeUnknown is true.
	OutcomeUnknown bool

	why   string
	cause error
}

func (e *CannotKnowError) Error() string {
	return "CreatePackageOnce: " + e.why + "; check the SIM's packages before you buy again"
}

// Unwrap returns the error of the first attempt with an unknown outcome.
func (e *CannotKnowError) Unwrap() error { return e.cause }

const longestLookupDelay = time.Minute

// CreatePackageOnce creates a package; if the response is lost, it finds out whether it was created before trying again, by looking for a
// package of this SIM and this template whose ID was not there before. Dates are not used, because clocks differ. It repeats a purchase only
// for a SIM that had no live package, because the service refuses a second one there. It cannot detect another process buying the same
// template for the same SIM at the same time; such a package counts as this one.
//
// The error is a [*CannotKnowError] if there is no way to know whether the package was created, and the failed call's error if it certainly
// was not.
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
		// After a lost attempt a refusal proves nothing: the lost attempt may have caused it.
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
			return nil, p.cannotKnow("out of time, and no new package yet", nil)
		case !isFree:
			return nil, p.cannotKnow("no new package yet, and buying again could create a second one", nil)
		case attempt >= p.options.MaxAttempts:
			return nil, p.cannotKnow(fmt.Sprintf("no response to %d attempts, and no new package yet", attempt), nil)
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

// lookBefore repeats a lookup that fails for a passing reason: no purchase has been sent yet.
func (p *purchase) lookBefore() (err error) {
	for tries := 1; ; tries++ {
		p.before, err = p.list()
		if err == nil || tries >= p.options.Lookups || isRefusal(err) || !p.sleep(p.options.LookupDelay) {
			return err
		}
	}
}

// look waits and looks up the SIM's packages until one certainly is the new one, or until all lookups are used. Its error is a CannotKnowError.
func (p *purchase) look() (*CreatedOnce, error) {
	// Otherwise a row that looks new may be an older package that has since got its ID.
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
		// A row found once stays a candidate, even if the next lookup does not return it.
		candidates = append(rows, newRows(rows, keep(candidates, func(row Package) bool { return row.GetId() != "" }))...)
		if areNamed && len(candidates) == 1 && isNewPackage(candidates[0], p.request) {
			return &CreatedOnce{Found: &candidates[0]}, nil
		}
		seen++
	}
	if len(candidates) > 0 {
		return nil, p.cannotKnow("found packages that may or may not be this one", candidates)
	}
	if failure != nil && seen < p.options.Lookups {
		return nil, p.cannotKnow(fmt.Sprintf("the SIM's packages cannot be listed: %v", failure), nil)
	}
	return nil, nil
}

// list returns the packages that are, or may be, this SIM's: a service may ignore the filter.
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

// sleep reports whether there was enough time for it.
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

// isRefusal reports whether repeating the request would not help.
func isRefusal(err error) bool {
	var failure *CallError
	if !errors.As(err, &failure) {
		return false
	}
	status := failure.Status
	return status >= 400 && status < 500 && status != http.StatusRequestTimeout && status != http.StatusTooManyRequests
}

// answer is the result of comparing a row with a request. Where the row does not allow a decision it is unknown, never no.
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

// isNewPackage reports whether a new row is certainly the package that was requested.
func isNewPackage(row Package, wanted CreatePackageRequest) bool {
	isLive := row.GetId() != "" && row.GetStatus() != "TERMINATED"
	return isLive && isSameSim(row, wanted) == yes && isSameTemplate(row, wanted) == yes
}

// isSameSim reports whether a row belongs to the SIM. Spaces do not make it another SIM; without its check digit it may be this one.
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

// isSameTemplate reports whether a row belongs to the template.
func isSameTemplate(row Package, wanted CreatePackageRequest) answer {
	if row.PackageTemplate == nil || row.PackageTemplate.Id == nil {
		return unknown
	}
	return yesOrNo(*row.PackageTemplate.Id == wanted.PackageTemplate)
}

// newRows are the rows that are, or may be, new: a row without an ID can be any package.
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
