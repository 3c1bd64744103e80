package sdktest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/sdk"
	"github.com/whimbreldb/whimbrel/sdk/sdktest"
)

// A trigger with the column in its WHEN, which PostgreSQL does not let another type come
// under.
func frozen() sdk.Detector {
	return sdk.Define("frozen", "0.1.0", "Fields that no UPDATE changes.",
		sdk.FieldOption("frozen", "Nobody changes the value.", sdk.Recreated(func(o *sdk.Declared[sdk.None]) sdk.Script {
			column := o.Column(o.Parent())
			return sdk.Script{
				Create: []string{"CREATE TRIGGER frozen BEFORE UPDATE ON " + o.Table() + " FOR EACH ROW WHEN (NEW." + column +
					" IS DISTINCT FROM OLD." + column + ") EXECUTE FUNCTION suppress_redundant_updates_trigger()"},
				Drop: []string{"DROP TRIGGER frozen ON " + o.Table()},
			}
		}), sdk.Switch(), sdk.ParentName()))
}

// The option of a field makes way for a type that is made anew under the column, although
// nothing of the field changes.
func TestColumnUnderAnotherType(t *testing.T) {
	t.Parallel()
	const field = `
model "tome" {
  field "k" {
    type   = kind
    frozen = true
  }
}`
	for name, types := range map[string][2]string{
		"enum":   {`enum "kind" { values = ["a", "b"] }`, `enum "kind" { values = ["b", "a"] }`},
		"domain": {`domain "kind" { type = varchar(10) }`, `domain "kind" { type = text }`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := sdktest.Database(t, frozen(), types[0]+field, types[1]+field)
			require.Equal(t, "1", sdktest.Query(t, url, `SELECT count(*) FROM pg_trigger WHERE tgname = 'frozen'`))
		})
	}
}
