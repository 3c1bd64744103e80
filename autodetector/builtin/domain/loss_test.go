package domain_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
	"github.com/whimbreldb/whimbrel/autodetector/detecttest/shop"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// The values of a domain are converted as those of a plain column would be, and what
// would be lost of them is asked for.
func TestTypesUnderDomains(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]detecttest.Trial{
		"longer texts":           retyped("varchar(3)", "text", "abc", "", "a = 'abc'"),
		"shorter texts":          retyped("text", "varchar(3)", "abc", "", "a = 'abc'"),
		"any text, cut by blank": retyped("char(3)", "text", "abc", "ab ", "a = 'abc'"),
		"more digits":            retyped("numeric(10,2)", "numeric(12,4)", "1.5", "1.5001", "a = 1.5"),
		"fewer digits":           retyped("numeric(12,4)", "numeric(10,2)", "1.5", "", "a = 1.5"),
		"moments":                retyped("timestamptz", "timestamp", "2024-05-06 07:08+09", "", "a = '2024-05-05 22:08'"),
		"no cast in one step":    retyped("boolean", "bigint", "t", "2", "a = 1"),
		"of text an integer":     retyped("integer", "text", "7", "07", "a = '7'"),
	} {
		t.Run(name, func(t *testing.T) { t.Parallel(); s.Run(t) })
	}
}

// What is too long for a domain is refused, not cut off.
func TestTooLongForDomain(t *testing.T) {
	t.Parallel()
	for _, list := range []string{"varchar(3)", "char(3)"} {
		refused := retyped("text", list, "abcd", "", "")
		refused.Refused = "value too long for type character"
		t.Run(list, func(t *testing.T) { t.Parallel(); refused.Run(t) })
	}
}

func retyped(from, to, before, later, check string) detecttest.Trial {
	over := func(sql string) *state.State {
		return shop.State(shop.Domain("d", model.Domain{Type: shop.Type(sql), Null: true}),
			shop.Table("t", shop.ID(), shop.Key(), shop.Field("a", "domain d", shop.Null), shop.Field("many", "domain d[]", shop.Null)))
	}
	trial := detecttest.Trial{
		From: over(from), To: over(to),
		Data: "INSERT INTO t (a, many) VALUES ('" + before + "', '{\"" + before + "\"}')", Check: "SELECT " + check + " AND a = many[1] FROM t",
	}
	if later != "" {
		trial.Later = "UPDATE t SET a = '" + later + "'"
	}
	return trial
}
