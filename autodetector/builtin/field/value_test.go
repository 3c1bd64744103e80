package field_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/field"
	"github.com/whimbreldb/whimbrel/autodetector/detecttest/shop"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// Where rows lack a value that nothing gives them, the user is asked.
func TestQuestions(t *testing.T) {
	t.Parallel()
	from := shop.T(shop.Field("was null", "integer", shop.Null))
	to := shop.T(shop.Field("was null", "integer"), shop.Field("new", "text"), shop.Field("filled", "text", shop.Default(shop.Str("x"))))
	pass := detect.Pass{From: from, To: to}
	for _, c := range state.Diff(from, to) {
		if c.Address().Kind() == model.FieldKind {
			pass.Changes = append(pass.Changes, detect.Change{Change: c})
		}
	}
	result, err := field.Kind().Detect(t.Context(), pass)
	require.NoError(t, err)
	var flags []string
	for _, q := range result.Questions {
		flags = append(flags, q.Flag)
	}
	assert.ElementsMatch(t, []string{`--default shop.t.new=VALUE`, `--default shop.t."was null"=VALUE`}, flags)
}
