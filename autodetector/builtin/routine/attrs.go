package routine

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/sqltext"
	"github.com/whimbreldb/whimbrel/sdk"
)

// Attrs are the attributes of a routine. A procedure has no result and no property but
// language, security and settings. What is absent is PostgreSQL's default.
type Attrs struct {
	Args       []model.Argument  `json:"args,omitempty"`
	Body       sdk.Text          `json:"body"`
	Comment    string            `json:"comment,omitempty"`
	Cost       *int64            `json:"cost,omitempty"`
	Language   string            `json:"language,omitempty"` // empty: sql
	Leakproof  bool              `json:"leakproof,omitempty"`
	Name       string            `json:"name"`
	Parallel   string            `json:"parallel,omitempty"`
	Returns    *model.Result     `json:"returns,omitempty"` // nil: a procedure
	Rows       *int64            `json:"rows,omitempty"`
	Schema     string            `json:"schema"`
	Security   string            `json:"security,omitempty"` // "definer"
	Set        map[string]string `json:"set,omitempty"`
	Strict     bool              `json:"strict,omitempty"`
	Volatility string            `json:"volatility,omitempty"`
}

// standard reports a body that PostgreSQL keeps as what it names, and not as text.
func (f Attrs) standard() bool {
	return (f.Language == "" || f.Language == "sql") && len(f.Body.Parts) > 0 && sqltext.Standard(f.Body.Parts[0].SQL)
}

// foundElsewhere reports a body in SQL, as a database had it, that says no schema where the
// search path of a migration does not lead.
func (f Attrs) foundElsewhere() bool {
	return (f.Language == "" || f.Language == "sql") && slices.ContainsFunc(f.Body.Parts, func(p sqltext.Part) bool {
		schema, _, qualified := strings.Cut(p.While, ".")
		return qualified && schema != "public" && !strings.Contains(p.Written, ".")
	})
}

// types returns those of the arguments and of the result.
func (f Attrs) types() []model.Type {
	var types []model.Type
	if f.Returns != nil {
		types = append(types, f.Returns.Type)
		for _, column := range f.Returns.Table {
			types = append(types, column.Type)
		}
	}
	for _, arg := range f.Args {
		types = append(types, arg.Type)
	}
	return types
}
