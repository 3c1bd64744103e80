enum "size" { values = ["small", "medium", "large"] }

mixin "timestamps" {
  field "created_at" {
    type    = timestamptz
    default = now()
  }
}

model "topping" {
  field "name" { type = varchar(30) }
}

model "pizza" {
  include       = [timestamps]
  audit_trigger = true # every change of a row is recorded in audit.log
  comment       = "What we bake"

  field "name" { type = varchar(30) }
  field "size" {
    type    = size
    default = "medium"
  }
  field "price" {
    type    = numeric(8, 2)
    default = 0
  }
  field "notes" {
    type = hstore # plugin "extensions" enables hstore before the table is made
    null = true
  }
  field "toppings" {
    type    = many_to_many(topping) # no column: the rows are in pizza_topping
    through = pizza_topping
  }

  index "by_name" { fields = [name, desc(price)] }
  index "cheap" {
    on    = [lower(name)]
    where = price < 10
  }
  check "price_not_negative" { that = price >= 0 }
}

model "pizza_topping" {
  field "pizza" {
    type      = foreign_key(pizza)
    on_delete = cascade
  }
  field "topping" { type = foreign_key(topping) }

  unique "one_of_each" { fields = [pizza, topping] }
  index "by_topping" { fields = [topping] } # a renamed topping looks up its pizzas

  # A constraint trigger's query must return no row, or the transaction fails.
  constraint_trigger "at_most_5_toppings" {
    query {
      values   = [pizza]
      annotate = { num_toppings = count(topping) }
      filter   = num_toppings > 5
    }
    error = "Trying to add more than 5 toppings to one pizza."
  }
  constraint_trigger "no_pineapple" {
    query { filter = topping.name == "Pineapple" }
    error = "No pineapple."
  }
}
