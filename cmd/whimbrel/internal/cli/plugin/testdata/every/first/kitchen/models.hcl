enum "course" { values = ["starter", "main", "sweet"] }
domain "positive" {
  type  = integer
  check = value > 0
}
model "cook" {
  primary_key { fields = [country, number] }
  field "country" { type = char(2) }
  field "number" {
    type = integer
  }
  field "name" {
    type    = citext
    collate = "C"
  }
  unique "name" { fields = [name] }
}
model "dish" {
  audit_trigger { exclude = [calls] }
  field "id" {
    type        = integer
    identity    = always
    primary_key = true
  }
  field "name" { type = varchar(40) }
  field "course" {
    type    = course
    default = "main"
  }
  field "spicy" {
    type    = boolean
    default = false
  }
  field "calls" {
    type    = positive
    default = 1
  }
  field "price" {
    type    = numeric(8, 2)
    default = 0.5
  }
  field "taxed" {
    type = numeric
    generated { as = price * 1.19 }
  }
  field "labels" {
    type    = array(text)
    default = sql("'{}'")
  }
  field "traits" {
    type = hstore
    null = true
  }
  field "cook_country" { type = char(2) }
  field "cook_number" { type = integer }
  field "goes_with" { type = many_to_many(dish) }
  foreign_key "cook" {
    fields        = [cook_country, cook_number]
    target        = cook
    target_fields = [country, number]
    on_delete     = restrict
  }
  index "labels" {
    fields = [labels]
    method = gin
  }
  index "by_course" {
    fields  = [course, nulls_last(desc(price))]
    include = [name]
    where   = course != "sweet"
  }
  check "cheap_enough" { that = price <= 100 && length(name) > 1 }
}
model "seating" {
  field "room" { type = integer }
  field "during" { type = tstzrange }
  exclude "one_party" {
    using = gist
    on    = [with(room, "="), with(during, "&&")]
  }
}
