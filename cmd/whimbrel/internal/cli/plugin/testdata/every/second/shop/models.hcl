mixin "stamped" {
  field "created_at" {
    type    = timestamptz
    default = now()
  }
  audit_trigger = true
}
model "customer" {
  include = [stamped]
  comment = "Who eats here"
  field "last_name" { type = text }
  field "email" { type = citext }
  field "phone" {
    type   = varchar(30)
    null   = true
    unique = true
  }
}
model "purchase" {
  include      = [stamped]
  renamed_from = order
  field "customer" {
    type       = foreign_key(customer)
    deferrable = immediate
  }
  field "dish" { type = foreign_key(kitchen.dish) }
  field "open" {
    type    = boolean
    default = true
  }
  field "count" { type = integer }
  constraint_trigger "no_dessert" {
    query { filter = dish.course == "dessert" && count > 9 }
    error = "Too many desserts."
  }
}
model "invoice" {
  field "purchase" { type = foreign_key(purchase) }
  field "lines" { type = jsonb }
}
model "legacy" {
  managed = false
  field "code" { type = text }
}
