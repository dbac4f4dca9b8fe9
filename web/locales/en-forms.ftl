# What the forms say in which people write things down by hand.

write-rows = To take one away, empty it.
write-row = { $label } ({ $number })
write-add-row = Add another: { $label }
write-group = { $label } { $number } of { $count }
write-group-more = There is more in it than this form can show. That stays as it is, unless you remove this one.
write-add-first = Add: { $label }
write-remove-row = Remove this one
write-taken = { $label }: removed from the form. The record changes only when you save.
write-full = No more fit into this form.
write-rest = { $count ->
    [one] There is one more than fits into this form. It stays as it is.
   *[other] There are { $count } more than fit into this form. They stay as they are.
}

# What one of several is called, where all of them together are called otherwise.
write-one-alert = Reminder
write-one-detail = Detail
write-one-goal-additional-ranges = Other range
write-one-results = Result
write-one-sub-groups = Group within it
