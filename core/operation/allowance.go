package operation

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
)

// Allowances are hazards that somebody accepts: each is CODE or CODE:ADDRESS, as
// behind --allow.
type Allowances []string

// hazardCodes are the codes that can be allowed.
var hazardCodes = []string{DataLoss, TableRewrite, TableScan, IndexBuild, Stale, Opaque}

// Covers reports whether a hazard is accepted. The address of an object covers
// what is in it; the app may be left out.
func (list Allowances) Covers(h Hazard) bool {
	return slices.ContainsFunc(list, func(flag string) bool {
		code, path, narrow := strings.Cut(flag, ":")
		return code == h.Code && (!narrow || pathCovers(path, h.Object))
	})
}

func pathCovers(path string, object address.Address) bool {
	path = strings.TrimPrefix(path, object.Kind()+" ")
	whole := object.Path()
	_, short, _ := strings.Cut(whole, ".")
	for _, name := range []string{whole, short} {
		if name == path || strings.HasPrefix(name, path+".") {
			return true
		}
	}
	return false
}

// Check returns the error for one that can allow nothing.
func (list Allowances) Check() error {
	for _, flag := range list {
		code, path, narrow := strings.Cut(flag, ":")
		if !slices.Contains(hazardCodes, code) || narrow && path == "" {
			return fmt.Errorf("--allow %s: want %s, or one of them with :ADDRESS", flag, strings.Join(hazardCodes, ", "))
		}
	}
	return nil
}
