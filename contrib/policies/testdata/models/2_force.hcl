model "note" {
  row_security { force = true }

  field "owner" {
    type    = text
    default = sql("current_user")
  }
  field "public" {
    type    = boolean
    default = false
  }

  policy "own" {
    using = owner == sql("current_user")
    check = owner == sql("current_user") && !public
  }
  policy "public" {
    command = select
    roles   = ["pg_monitor"]
    using   = public
  }
  policy "never empty" {
    command     = insert
    restrictive = true
    check       = owner != ""
  }
}
