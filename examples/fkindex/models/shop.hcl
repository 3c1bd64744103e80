model "author" {
  field "name" { type = text }
}

model "book" {
  field "title" { type = text }
  field "author" { type = foreign_key(author) }
  field "editor" {
    type = foreign_key(author)
    null = true
  }
  index "by_editor" { fields = [editor, title] }
}
