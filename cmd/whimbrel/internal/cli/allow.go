package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// Allowances are the flags --allow CODE or --allow CODE:ADDRESS.
type allowances []string

// hazards are the codes that can be allowed.
var hazardCodes = []string{operation.DataLoss, "table_rewrite", "index_build", "lock"}

// covers reports whether one of the flags allows a hazard. The address of an
// object covers what is in it; the app may be left out.
func (list allowances) covers(code string, object address.Address) bool {
	return slices.ContainsFunc(list, func(flag string) bool {
		allowed, path, narrow := strings.Cut(flag, ":")
		return allowed == code && (!narrow || pathCovers(path, object))
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

// check returns a usage error for a flag that can allow nothing.
func (list allowances) check() error {
	for _, flag := range list {
		code, path, narrow := strings.Cut(flag, ":")
		if !slices.Contains(hazardCodes, code) || narrow && path == "" {
			return output.Usage(fmt.Errorf("--allow %s: want %s, or one of them with :ADDRESS", flag, strings.Join(hazardCodes, ", ")))
		}
	}
	return nil
}
