package triggers_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// unindexed returns the indexes that a plan of models asks for.
func (h *history) unindexed(models string) []string {
	h.t.Helper()
	h.plan(models)
	h.steps, h.states = nil, h.states[:1]
	list := []string{}
	for _, d := range h.found {
		if d.Code == "WH6107" {
			list = append(list, d.Next)
		}
	}
	return list
}

// TestAdvice_keys: a group is looked up by its first key, a column or an expression.
func TestAdvice_keys(t *testing.T) {
	t.Parallel()
	h := newHistory(t)
	models := func(values, more string) string {
		return `
model "account" {
  field "mail" { type = text }
  field "name" {
    type    = text
    collate = "C"
  }
  field "n" { type = integer }
  field "tags" { type = jsonb }
  ` + more + `
  constraint_trigger "c" {
    query {
      values   = [` + values + `]
      annotate = { all = count() }
      filter   = all > 3
    }
    error = "No."
  }
}`
	}
	for _, c := range []struct{ values, more, want string }{
		{`lower(mail)`, ``, `add to model account: index "by_lower_mail" { on = [lower(mail)] }`},
		{`lower(mail), n`, ``, `add to model account: index "by_lower_mail" { on = [lower(mail)] }`},
		{`coalesce(mail, "x")`, ``, `add to model account: index "by_coalesce_mail_x" { on = [coalesce(mail, "x")] }`},
		{`n % 2`, ``, `add to model account: index "by_EXPRESSION" { on = [EXPRESSION] }`},
		{`lower(mail)`, `index "i" { on = [lower(mail)] }`, ``},
		{`lower(mail)`, `index "i" { on = [lower(mail), n] }`, ``},
		{`lower(mail)`, `index "i" { on = [n, lower(mail)] }`, `add to model account: index "by_lower_mail" { on = [lower(mail)] }`},
		{`lower(mail)`, `index "i" { on = [upper(mail)] }`, `add to model account: index "by_lower_mail" { on = [lower(mail)] }`},
		{`lower(mail)`, `index "by_lower_mail" { fields = [mail] }`, `add to model account: index "by_lower_mail_" { on = [lower(mail)] }`},
		{`n % 2`, `index "i" { on = [n % 2] }`, ``},
		{`n`, ``, `add to model account: index "by_n" { fields = [n] }`},
		{`n`, "index \"i\" {\n    fields = [n]\n    method = hash\n  }", ``},
		{`n`, "index \"i\" {\n    fields = [n]\n    method = brin\n  }", `add to model account: index "by_n" { fields = [n] }`},
		{`n`, "index \"i\" {\n    fields = [n]\n    where  = n > 3\n  }", `add to model account: index "by_n" { fields = [n] }`},
		{`tags`, "index \"i\" {\n    fields = [tags]\n    method = gin\n  }", `add to model account: index "by_tags" { fields = [tags] }`},
		{`name`, `index "i" { fields = [name] }`, ``},
		{`n`, `unique "u" { fields = [n, mail] }`, ``},
	} {
		want := []string{}
		if c.want != "" {
			want = append(want, c.want)
		}
		assert.Equal(t, want, h.unindexed(models(c.values, c.more)), "%s with %s", c.values, c.more)
	}
}

// TestAdvice_join_model: nobody wrote the join table of a many_to_many, so it can
// have an index only when it is written. What is advised can be.
func TestAdvice_join_model(t *testing.T) {
	t.Parallel()
	models := `
model "tag" {
  field "weight" { type = integer }
}
model "box" {
  field "tags" {
    type = many_to_many(tag)
    THROUGH
  }
  field "near" { type = many_to_many(box) }
  constraint_trigger "heavy" {
    query {
      annotate = { total = sum(tags.weight) }
      filter   = total > 9
    }
    error = "No."
  }
  constraint_trigger "near" {
    query { filter = exists(box, near == outer(id)) }
    error = "No."
  }
}`
	h := newHistory(t)
	advice := h.unindexed(strings.Replace(models, "THROUGH", "", 1))
	require.Len(t, advice, 2)
	assert.Equal(t, `write through = box_tags in field shop.box.tags, and the join model:
    model "box_tags" {
      field "box" {
        type      = foreign_key(box)
        on_delete = cascade
      }
      field "tag" {
        type      = foreign_key(tag)
        on_delete = cascade
      }
      unique "pair" { fields = [box, tag] }
      index "by_tag" { fields = [tag] }
    }`, advice[0])
	assert.Contains(t, advice[1], `index "by_to_box" { fields = [to_box] }`)
	for i, field := range []string{"tags", "near"} {
		_, block, _ := strings.Cut(advice[i], ":\n")
		models = strings.Replace(models, "THROUGH", "", 1)
		models = strings.Replace(models, map[string]string{"tags": "many_to_many(tag)", "near": "many_to_many(box) }"}[field],
			map[string]string{"tags": "many_to_many(tag)\n    through = box_tags", "near": "many_to_many(box)\n    through = box_near\n  }"}[field], 1) + "\n" + block
		models = strings.Replace(models, `field "near" { type`, "field \"near\" {\n    type", 1)
	}
	assert.Empty(t, h.unindexed(models))
}
