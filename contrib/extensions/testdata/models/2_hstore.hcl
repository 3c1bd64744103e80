model "book" {
  field "tags" {
    type = hstore
    null = true
  }
}
