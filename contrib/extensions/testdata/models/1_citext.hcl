model "book" {
  field "title" {
    type = citext
    null = true
  }
}
