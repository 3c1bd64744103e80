package statistics

import (
	"encoding/json"

	"github.com/whimbreldb/whimbrel/core/sqltext"
	"github.com/whimbreldb/whimbrel/sdk"
)

// An expression is SQL over the columns of the table: a string, or a text where it names
// what is declared.
type expression struct{ sdk.Text }

// UnmarshalJSON reads both.
func (e *expression) UnmarshalJSON(data []byte) error {
	var sql string
	if json.Unmarshal(data, &sql) == nil {
		e.Text = sqltext.SQL(sql)
		return nil
	}
	return json.Unmarshal(data, &e.Text)
}

// MarshalJSON writes a string where nothing that is declared is named.
func (e expression) MarshalJSON() ([]byte, error) {
	if len(e.Parts) == 1 && !e.Parts[0].IsHole() {
		return json.Marshal(e.Parts[0].SQL)
	}
	return json.Marshal(e.Text)
}
