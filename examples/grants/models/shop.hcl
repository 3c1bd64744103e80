model "book" {
  field "title" { type = text }
}

model "sale" {
  field "book" { type = foreign_key(book) }
  field "amount" { type = integer }
}
