mixin "stamped" {
  field "created_at" {
    type    = timestamptz
    default = now()
  }
  audit_trigger = true
}
model "customer" {
  include = [stamped]
  comment = "Who eats"
  field "surname" { type = text }
  field "phone" {
    type   = varchar(20)
    null   = true
    unique = true
  }
}
model "order" {
  include = [stamped]
  table   = "orders"
  field "customer" {
    type       = foreign_key(customer)
    on_delete  = cascade
    deferrable = deferred
  }
  field "dish" { type = foreign_key(kitchen.dish) }
  field "open" {
    type    = boolean
    default = true
  }
  field "count" { type = smallint }
  constraint_trigger "at_most_3_open" {
    query {
      filter   = open
      values   = [customer]
      annotate = { n = count(dish) }
      filter   = n > 3
    }
    error = "Pay first."
  }
  constraint_trigger "no_sweet" {
    query { filter = dish.course == "sweet" && count > 9 }
    error = "Too many sweets."
    hint  = "Order fewer."
  }
}
model "address" {
  field "customer" { type = one_to_one(customer) }
  field "street" { type = text }
}
model "legacy" {
  managed = false
  field "code" { type = text }
}
