model "note" {
  row_security = true

  field "owner" {
    type    = varchar(63)
    default = sql("current_user")
  }
  field "text" { type = text }
  field "public" {
    type    = boolean
    default = false
  }

  policy "own" { using = owner == sql("current_user") }
  policy "public" { using = public }
}
