model "pizza" {
  audit_trigger {
    new       = full
    snapshot  = true
    truncate  = refuse
  }
  field "name" { type = text }
}
