model "pizza" {
  audit_trigger {
    storage   = history
    exclude   = [seen]
    retention = "18 months"
  }
  field "name" { type = text }
  field "pin" {
    type = text
    null = true
  }
  field "seen" {
    type    = timestamptz
    default = now()
  }
}
model "topping" {
  audit_trigger {
    level     = row
    retention = "1 year"
  }
  field "name" { type = varchar(30) }
}
