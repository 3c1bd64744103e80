model "book" {
  field "title" { type = text }
  field "updated_at" {
    type     = date
    auto_now = true
  }
  field "seen_at" {
    type     = timestamp
    null     = true
    auto_now = true
  }
}
