enum "course" {
  values         = ["starter", "soup", "main", "dessert"]
  renamed_values = { sweet = "dessert" }
}
domain "positive" {
  type  = integer
  check = value > 0
}
model "chef" {
  renamed_from = cook
  primary_key { fields = [country, number] }
  field "country" { type = char(2) }
  field "number" {
    type = integer
  }
  field "name" {
    type    = text
    collate = "C"
  }
  unique "name" { fields = [name] }
}
model "dish" {
  audit_trigger = true
  field "id" {
    type        = bigint
    identity    = always
    primary_key = true
  }
  field "name" { type = varchar(60) }
  field "course" {
    type    = course
    default = "starter"
  }
  field "calls" {
    type    = positive
    default = 1
  }
  field "net_price" {
    type         = numeric(12, 2)
    default      = 0.5
    renamed_from = price
  }
  field "taxed" {
    type = numeric
    generated { as = net_price * 1.19 }
  }
  field "labels" {
    type    = array(varchar(20))
    default = sql("'{}'")
  }
  field "chef_country" {
    type         = char(2)
    renamed_from = cook_country
  }
  field "chef_number" {
    type         = integer
    renamed_from = cook_number
  }
  foreign_key "chef" {
    fields        = [chef_country, chef_number]
    target        = chef
    target_fields = [country, number]
    on_delete     = cascade
  }
  index "labels" {
    fields = [labels]
    method = gin
  }
  index "by_course" {
    fields  = [course, nulls_last(desc(net_price))]
    include = [name]
    where   = course != "dessert"
  }
  check "cheap_enough" { that = net_price <= 200 && length(name) > 1 }
}
model "seating" {
  field "room" { type = bigint }
  field "during" { type = tstzrange }
  exclude "one_party" {
    using = gist
    on    = [with(room, "="), with(during, "&&")]
  }
}
