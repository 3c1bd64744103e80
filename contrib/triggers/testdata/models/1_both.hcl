model "kitchen" {
  field "name" { type = text }
  audit_trigger = true
}
model "pizza" {
  field "name"    { type = text }
  field "kitchen" { type = foreign_key(kitchen) }

  audit_trigger { exclude = [name] }
  constraint_trigger "at_most_5" {
    query {
      values   = [kitchen]
      annotate = { pizzas = count() }
      filter   = pizzas > 5
    }
    error = "A kitchen has at most 5 pizzas."
  }
}
