package triggers

import "github.com/whimbreldb/whimbrel/core/diag"

// A timing says when a constraint is checked, in the words of the argument
// deferrable.
type timing string

const (
	deferred  timing = "deferred"  // at the end of the transaction
	immediate timing = "immediate" // at the end of the statement, unless SET CONSTRAINTS says otherwise
	never     timing = "never"     // always then
)

func (t timing) sql() string {
	switch t {
	case immediate:
		return "DEFERRABLE INITIALLY IMMEDIATE"
	case never:
		return "NOT DEFERRABLE"
	}
	return "DEFERRABLE INITIALLY DEFERRED"
}

// timing returns what the arguments deferrable, initially and level say together,
// or the mistake that they do not go together.
func (c *constraint) timing() (timing, error) {
	said, initially := timing(c.Deferrable), timing(c.Initially)
	switch {
	case c.Level == levelStatement && (said != "" && said != never || initially == deferred):
		return "", diag.Diagnostic{
			Code:    "WH6105",
			Summary: "a constraint trigger with level = statement cannot be deferred",
			Detail:  "The rows of a statement are known at its end only, so that is when they are checked.",
			Next:    "take out deferrable and initially, or write level = deferred_bulk",
		}
	case said != "" && initially != "" && said != initially && (said != never || initially != immediate):
		return "", diag.Diagnostic{
			Code:    "WH6105",
			Summary: "deferrable = " + c.Deferrable + " and initially = " + c.Initially + " contradict each other",
			Detail:  "Either of the two says when the constraint is checked.",
			Next:    "take one of the two out",
		}
	case c.Level == levelStatement:
		return never, nil
	case said != "":
		return said, nil
	case initially != "":
		return initially, nil
	}
	return deferred, nil
}
