# What the forms say in which people write things down by hand.

write-rows = لإزالة واحد منها، اتركه فارغًا.
write-row = { $label } ({ $number })
write-add-row = إضافة آخر: { $label }
write-group = { $label } { $number } من { $count }
write-group-more = فيه أكثر مما يتسع له هذا النموذج. يبقى ذلك كما هو، إلا إذا أزلتَه كله.
write-add-first = إضافة: { $label }
write-remove-row = إزالة هذا
write-taken = { $label }: أُزيل من النموذج. لا يتغير السجل إلا عند الحفظ.
write-full = لا يتسع هذا النموذج للمزيد.
write-rest = { $count ->
    [zero] كلها ظاهرة في هذا النموذج.
    [one] هناك واحد آخر لا يتسع له هذا النموذج. يبقى كما هو.
    [two] هناك اثنان آخران لا يتسع لهما هذا النموذج. يبقيان كما هما.
    [few] هناك { $count } أخرى لا يتسع لها هذا النموذج. تبقى كما هي.
    [many] هناك { $count } أخرى لا يتسع لها هذا النموذج. تبقى كما هي.
   *[other] هناك { $count } أخرى لا يتسع لها هذا النموذج. تبقى كما هي.
}

# What one of several is called, where all of them together are called otherwise.
write-one-alert = تذكير
write-one-detail = تفصيل
write-one-goal-additional-ranges = نطاق آخر
write-one-results = نتيجة
write-one-sub-groups = مجموعة فرعية
