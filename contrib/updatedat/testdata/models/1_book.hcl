model "book" {
  field "title"   { type = text }
  field "shouted" {
    type = text
    generated { as = upper(title) }
  }
  field "updated_at" {
    type     = timestamptz
    auto_now = true
  }
}
