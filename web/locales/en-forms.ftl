# What the forms say in which people write things down by hand.

write-rows = To take one away, empty it.
write-row = { $label } ({ $number })
write-add-row = Add another: { $label }
