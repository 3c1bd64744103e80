model "kitchen" {
  field "name" { type = text }
}
model "pizza" {
  field "name"    { type = text }
  field "kitchen" { type = foreign_key(kitchen) }

  audit_trigger = true
  constraint_trigger "at_most_5" {
    query {
      values   = [kitchen]
      annotate = { pizzas = count() }
      filter   = pizzas > 7
    }
    error      = "It's 7 at most."
    deferrable = immediate
  }
  constraint_trigger "no_kitchen_of_its_name" {
    query { filter = name == kitchen.name }
    error = "A pizza is no kitchen."
  }
}
