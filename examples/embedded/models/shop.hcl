model "pizza" {
  field "name" {
    type   = varchar(30)
    unique = true
  }
  field "price" {
    type    = numeric(8, 2)
    default = 0
  }
  check "price_not_negative" { that = price >= 0 }
}
