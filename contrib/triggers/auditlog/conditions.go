package auditlog

import (
	"fmt"
	"strings"
)

// conditions are parts of a WHERE clause with their parameters.
type conditions struct {
	parts []string
	args  []any
}

// add adds a condition. Each $? in it is the next of the arguments.
func (c *conditions) add(sql string, args ...any) {
	for _, arg := range args {
		sql = strings.Replace(sql, "$?", c.arg(arg), 1)
	}
	c.parts = append(c.parts, sql)
}

// arg adds a parameter and returns what stands for it.
func (c *conditions) arg(value any) string {
	c.args = append(c.args, value)
	return fmt.Sprintf("$%d", len(c.args))
}

func (c *conditions) where() string {
	if len(c.parts) == 0 {
		return ""
	}
	return "\nWHERE " + strings.Join(c.parts, "\n    AND ")
}
