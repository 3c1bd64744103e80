package hcl

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/source/hcl/syntax"
	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// Empty reports whether a model file, *.hcl or *.sql, declares nothing.
func Empty(name string, text []byte) bool {
	if strings.HasSuffix(name, ".sql") {
		return len(sqltext.Split(string(text))) == 0
	}
	file, problems := syntax.Parse(name, text)
	return len(problems) == 0 && len(file.Body.Attrs) == 0 && len(file.Body.Blocks) == 0
}
