# What the forms say in which people write things down by hand.

write-rows = لإزالة واحد منها، اتركه فارغًا.
write-row = { $label } ({ $number })
write-add-row = إضافة آخر: { $label }
