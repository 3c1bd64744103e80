package parser_test

import (
	"fmt"
	"testing"

	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

const typical = `select p.name, count(*) as n, max(t.price) from pizza p join pizza_topping pt on pt.pizza_id = p.id
	left join topping t on t.id = pt.topping_id where p.price < 10 and t.name is not null group by p.name having count(*) > 1 order by n desc`

// A text that has not been read before, once libpg_query is compiled.
func BenchmarkQueryFresh(b *testing.B) {
	p := parser.New(nil)
	if _, err := p.Query(typical, nil); err != nil {
		b.Fatal(err)
	}
	i := 0
	for b.Loop() {
		i++
		if _, err := p.Query(fmt.Sprint(typical, " -- ", i), nil); err != nil {
			b.Fatal(err)
		}
	}
}

// A text that is kept.
func BenchmarkQueryKept(b *testing.B) {
	p := parser.New(nil)
	if _, err := p.Query(typical, nil); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := p.Query(typical, nil); err != nil {
			b.Fatal(err)
		}
	}
}
