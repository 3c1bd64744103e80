model "book" {
  field "title" { type = text }
  field "gone"  {
    type = timestamp
    null = true
  }
  field "deleted_at" {
    type = timestamptz
    null = true
  }

  soft_delete { field = gone }
}
