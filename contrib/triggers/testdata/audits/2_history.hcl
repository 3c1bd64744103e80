model "pizza" {
  table = "pie"
  audit_trigger {
    storage = history
    mask    = [pin]
    always  = true
  }
  field "name" {
    type   = varchar(80)
    column = "title"
  }
  field "pin" {
    type = text
    null = true
  }
  field "price" {
    type = numeric(8, 2)
    default = 0
  }
}
model "topping" {
  audit_trigger {
    storage = history
    history = "of_toppings"
    level   = statement
    always  = true
  }
  field "name" { type = text }
}
