model "topping" {
  field "name" { type = varchar(30) }
}
model "pizza" {
  audit_trigger {
    mask     = [pin]
    new      = changed
    context  = "app.request"
    actor    = "app.who"
    truncate = rows
    snapshot = true
  }
  field "name" { type = text }
  field "pin" {
    column = "secret"
    type = text
    null = true
  }
}
model "pizza_topping" {
  table = "on_pizza"
  field "pizza" { type = foreign_key(pizza) }
  field "topping" {
    type   = foreign_key(topping)
    column = "top"
  }
  unique "one_of_each" { fields = [pizza, topping] }
  index "by_topping" { fields = [topping] }
  constraint_trigger "at_most_5" {
    query {
      values   = [pizza]
      annotate = { n = count(topping) }
      filter   = n > 5
    }
    error     = "Too many."
    hint      = "Take one off."
    isolation = any
    level     = deferred_bulk
  }
  constraint_trigger "no_pineapple" {
    query { filter = topping.name == "Pineapple" }
    error = "No pineapple."
    level = statement
  }
}
