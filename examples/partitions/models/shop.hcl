model "event" {
  field "id" {
    type     = bigint
    identity = by_default
  }
  field "at" { type = timestamptz }
  field "what" { type = text }

  primary_key { fields = [id, at] }

  monthly {
    over  = at
    first = "2026-11"
    count = 3
  }
  months_ahead = true
}
