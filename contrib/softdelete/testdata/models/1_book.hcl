model "book" {
  field "title"      { type = text }
  field "deleted_at" {
    type = timestamptz
    null = true
  }

  soft_delete { field = deleted_at }
}
