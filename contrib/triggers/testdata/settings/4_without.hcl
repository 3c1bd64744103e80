model "topping" {
  audit_trigger = true
  field "name" { type = varchar(30) }
}
model "pizza" {
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
  constraint_trigger "no_pineapple" {
    query { filter = topping.name == "Pineapple" }
    error = "No pineapple."
    level = statement
  }
}
