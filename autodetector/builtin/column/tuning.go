package column

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/whimbreldb/whimbrel/core/pgtype"
)

// Tune returns the statements that have the column stored in another way than the given
// one, which is zero for one that is new.
func (c Column) Tune(from Column) []string {
	var texts []string
	if was, is := from.Field.Storage, c.Field.Storage; was != is {
		texts = append(texts, c.Alter("SET STORAGE "+strings.ToUpper(cmp.Or(is, c.usualStorage()))))
	}
	if was, is := from.Field.Compression, c.Field.Compression; was != is {
		texts = append(texts, c.Alter("SET COMPRESSION "+cmp.Or(is, "DEFAULT")))
	}
	if was, is := target(from), target(c); was != is {
		texts = append(texts, c.Alter("SET STATISTICS "+strconv.FormatInt(is, 10)))
	}
	return texts
}

// Retyped returns the column as it is stored when its type has changed: PostgreSQL
// forgets all but the statistics target then.
func (c Column) Retyped() Column {
	c.Field.Storage, c.Field.Compression = "", ""
	return c
}

// usualStorage is where values of the column's type are kept if nobody says otherwise.
func (c Column) usualStorage() string {
	name, err := pgtype.Parse(c.Type.SQL)
	if err != nil {
		return "extended"
	}
	return name.Storage()
}

// target is the statistics target of a column, -1 for the server's default.
func target(c Column) int64 {
	if c.Field.Statistics == nil {
		return -1
	}
	return *c.Field.Statistics
}
