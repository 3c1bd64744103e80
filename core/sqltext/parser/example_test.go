package parser_test

import (
	"errors"
	"fmt"

	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// menu is the catalog of the examples: one table.
func menu() parser.Catalog {
	b, err := readBook("relation public.pizza id:bigint name:text price:numeric")
	if err != nil {
		panic(err)
	}
	return b
}

func ExampleParser_Query() {
	text := `select p.name, count(*) as n from pizza p where prize < 10 group by 1`
	a, err := shared.Query(text, menu())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range a.Columns {
		fmt.Printf("column %s: type %q, named by %q\n", c.Name, c.Type, c.Named)
	}
	for _, w := range a.Wrong {
		fmt.Println("byte", w.Begin, w)
	}
	fmt.Println(parser.Holed(text, a))
	// Output:
	// column name: type "text", named by "field shop.pizza.name"
	// column n: type "", named by ""
	// byte 48 relation shop.pizza has no column "prize"
	// select p.«name field shop.pizza.name», count(*) as n from «qualified relation shop.pizza» p where prize < 10 group by 1
}

func ExampleParser_Expression() {
	pizza, _ := menu().Relation("", "pizza")
	text := `price >= 0 and length(name) <`
	_, err := shared.Expression(text, menu(), []parser.Source{{Name: "pizza", Relation: pizza}})
	var wrong *parser.SyntaxError
	if errors.As(err, &wrong) {
		fmt.Println("byte", wrong.Offset, wrong)
	}
	// Output:
	// byte 29 syntax error at end of input
}

func ExampleParser_PLpgSQL() {
	pizza, _ := menu().Relation("", "pizza")
	text := `begin new.name := trim(new.name); return new; end`
	a, err := shared.PLpgSQL(text, parser.Routine{Name: "tidy", Row: &pizza}, menu())
	fmt.Println(parser.Holed(text, a), err)
	// Output:
	// begin new.«name field shop.pizza.name» := trim(new.«name field shop.pizza.name»); return new; end <nil>
}

func ExampleParser_Effects() {
	acts, err := shared.Effects("create view cheap as select * from pizza; drop table menu cascade")
	for _, act := range acts {
		fmt.Println(act.Kind, act.Effects)
	}
	fmt.Println(err)
	// Output:
	// CREATE VIEW [create view cheap refer relation pizza]
	// DROP TABLE [drop table menu]
	// <nil>
}
