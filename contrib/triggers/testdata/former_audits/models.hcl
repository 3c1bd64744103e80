# Audits whose SQL was another one before the first rendering.

model "item" {
  audit_trigger { truncate = rows }
  field "name" { type = text }
  field "doc" {
    type = json
    null = true
  }
}

model "kept" {
  audit_trigger {
    storage   = history
    retention = "2 years"
  }
  field "at" { type = text }
  field "place" {
    type = text
    null = true
  }
}

model "rowed" {
  audit_trigger {
    level = row
    actor = "app.who"
  }
  field "n" { type = timestamptz }
}
