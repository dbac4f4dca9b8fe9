# ما تقوله الصفحات بالعربية. نخاطب شخصاً واحداً بجمل قصيرة واضحة، ونتجنّب ما يفترض جنس القارئ:
# «يُرجى اختيار» لا «اختر»، و«يمكنك الاختيار» لا «تختار». الأرقام غربية (0-9).
# لكل شيء اسم واحد: سجل، قياس، تطبيق، جهاز، عيادة، رمز استلام، قسيمة، عنصر.

keepwell = Keepwell
# اسم اللغة بها.
language-name = العربية
skip-link = الانتقال إلى الصفحة
list-and = { $first } و{ $last }
list-comma = {"، "}

# حول كل صفحة

nav-label = Keepwell
nav-records = السجلات
nav-apps = التطبيقات
nav-account = الحساب
nav-sign-out = تسجيل الخروج
whose-switch = تبديل السجل
foot-privacy = الخصوصية
foot-terms = شروط الاستخدام
foot-language = اللغة
contact-title = من يدير { $name } هنا
contact-telephone = الهاتف
contact-address = العنوان

# تنبيهات

notice-saved = تم الحفظ.
notice-stopped = تم إيقاف { $app }، ولم يعد بإمكانه استخدام هذا السجل.
notice-cut-off = تم قطع الوصول. لم يعد بالإمكان استخدام سجلاتك من هناك.
notice-letter-sent = رسالة تحمل رابطاً جديداً في طريقها إلى { $email }.
notice-letters-enough = أرسلنا إليك عدة رسائل في الساعة الماضية. يُرجى البحث في بريدك، وفي مجلد الرسائل غير المرغوبة أيضاً، أو المحاولة من جديد بعد ساعة.
notice-signed-out-there = تم تسجيل الخروج من ذلك الجهاز.
notice-record-made = سجل { $name } جاهز.

# الأوقات

time-just-now = الآن
time-today = اليوم الساعة { $clock }
time-yesterday = أمس الساعة { $clock }
time-weekday = { $weekday } الساعة { $clock }
time-date = { $date } الساعة { $clock }
time-day-month = { $day } { $month }
time-day-year = { $day } { $year }
time-month = { $month } { $year }
day-today = اليوم
day-yesterday = أمس
month-1 = يناير
month-2 = فبراير
month-3 = مارس
month-4 = أبريل
month-5 = مايو
month-6 = يونيو
month-7 = يوليو
month-8 = أغسطس
month-9 = سبتمبر
month-10 = أكتوبر
month-11 = نوفمبر
month-12 = ديسمبر
# حيث يضيق المكان، كما تحت الرسم البياني. لا تُختصر أسماء الشهور في العربية.
month-short-1 = يناير
month-short-2 = فبراير
month-short-3 = مارس
month-short-4 = أبريل
month-short-5 = مايو
month-short-6 = يونيو
month-short-7 = يوليو
month-short-8 = أغسطس
month-short-9 = سبتمبر
month-short-10 = أكتوبر
month-short-11 = نوفمبر
month-short-12 = ديسمبر
weekday-1 = الاثنين
weekday-2 = الثلاثاء
weekday-3 = الأربعاء
weekday-4 = الخميس
weekday-5 = الجمعة
weekday-6 = السبت
weekday-7 = الأحد

# الحقول

field-email = البريد الإلكتروني
field-name = اسمك
field-password = كلمة المرور
field-password-current = كلمة المرور الحالية
field-password-new = كلمة المرور الجديدة
field-password-again = كلمة المرور الجديدة مرة أخرى
field-birth-year = سنة ميلادك
field-country = بلد إقامتك
field-country-prompt = اختيار بلد
field-sign-up-code = رمز التسجيل
password-hint = 10 أحرف على الأقل. ثلاث كلمات أو أربع متتالية سهلة التذكّر وصعبة التخمين.
form-trouble = بعض الإجابات تحتاج إلى مراجعة. كل ما عدا ذلك مما أدخلته ما زال هنا.

trouble-missing = يُرجى ملء هذا الحقل.
trouble-not-an-email = لا يبدو هذا عنوان بريد إلكتروني. ينبغي أن يكون مثل name@example.org.
trouble-email-taken = هناك حساب بهذا العنوان من قبل. يمكنك تسجيل الدخول به.
trouble-password-short = هذه قصيرة جداً. يُرجى استخدام 10 أحرف على الأقل.
trouble-password-common = يستخدم كثيرون كلمة المرور هذه، فمن السهل تخمينها. يُرجى اختيار غيرها.
trouble-passwords-differ = كلمتا المرور غير متطابقتين. يُرجى إدخالهما من جديد.
trouble-password-wrong = ليست هذه كلمة مرورك. يُرجى المحاولة مرة أخرى.
trouble-not-a-year = يُرجى إدخال سنة من أربعة أرقام، مثل 1980.
trouble-too-young = يجب أن يكون عمرك 13 سنة أو أكثر. يمكن لأحد والديك أن يحتفظ بسجل لك.
trouble-too-long = هذا أطول مما يمكننا حفظه. يُرجى اختصاره.
trouble-not-agreed = لفتح حساب تلزم الموافقة على الشروط.
trouble-not-chosen = يُرجى اختيار واحد.
trouble-sign-up-code = لا نعرف هذا الرمز. يُرجى مقارنته بالرسالة التي وصل فيها.

# تسجيل الدخول

sign-in-title = تسجيل الدخول
sign-in-lead = سجلاتك الصحية محفوظة في مكان واحد هو لك.
sign-in-for-app = يُرجى تسجيل الدخول للمتابعة إلى { $app }. لن تظهر له كلمة مرورك.
sign-in-no-match = لا يتوافق هذا البريد مع كلمة المرور. لم يضع شيء: يمكنك المحاولة مرة أخرى، أو اختيار كلمة مرور جديدة.
sign-in-suspended = هذا الحساب موقوف. يُرجى سؤال من يدير هذا الخادم؛ لم يضع شيء من سجلاتك.
sign-in-too-many = { $count ->
    [zero] كانت المحاولات كثيرة، فننتظر قليلاً حفاظاً على حسابك. يُرجى المحاولة الآن من جديد.
    [one] كانت المحاولات كثيرة، فننتظر قليلاً حفاظاً على حسابك. يُرجى المحاولة من جديد بعد دقيقة.
    [two] كانت المحاولات كثيرة، فننتظر قليلاً حفاظاً على حسابك. يُرجى المحاولة من جديد بعد دقيقتين.
    [few] كانت المحاولات كثيرة، فننتظر قليلاً حفاظاً على حسابك. يُرجى المحاولة من جديد بعد { $count } دقائق.
    [many] كانت المحاولات كثيرة، فننتظر قليلاً حفاظاً على حسابك. يُرجى المحاولة من جديد بعد { $count } دقيقة.
   *[other] كانت المحاولات كثيرة، فننتظر قليلاً حفاظاً على حسابك. يُرجى المحاولة من جديد بعد { $count } دقيقة.
}
sign-in-keep = إبقائي متصلاً
sign-in-keep-hint = فقط على جهاز لا يستخدمه غيرك.
sign-in-button = تسجيل الدخول
sign-in-forgot = نسيت كلمة المرور
sign-in-new-here = هل هذه زيارتك الأولى؟
sign-in-new-here-text = الحساب مجاني. القرار لك في ما يُحفظ فيه ومن يطّلع عليه.
sign-in-sign-up = إنشاء حساب

# إنشاء حساب

sign-up-title = إنشاء حساب
sign-up-lead = بحساب واحد يمكنك حفظ السجلات الصحية لنفسك ولمن ترعاهم. إن كان لديك حساب من قبل،
sign-up-for-app = يلزمك حساب للمتابعة إلى { $app }. إن كان لديك حساب من قبل،
sign-up-sign-in = يمكنك تسجيل الدخول.
sign-up-name-hint = الاسم الأول واسم العائلة.
sign-up-age-hint = يجب أن يكون عمرك 13 سنة أو أكثر. ويمكن لأحد الوالدين أن يحتفظ بسجل لمن هو أصغر.
sign-up-code-hint = هذا الخادم ليس مفتوحاً للجميع. الرمز في الرسالة التي دعتك.
sign-up-agree = أوافق على شروط الاستخدام، وقد اطّلعت على طريقة حفظ بياناتي.
sign-up-read-terms = قراءة شروط الاستخدام
sign-up-read-privacy = كيف نحفظ بياناتك
sign-up-button = إنشاء حسابي

# كلمات المرور

forgot-title = اختيار كلمة مرور جديدة
forgot-lead = يُرجى إدخال عنوان البريد الإلكتروني لحسابك. نرسل إليك رابطاً يمكنك به اختيار كلمة مرور جديدة.
forgot-button = إرسال الرابط إليّ
forgot-back = العودة إلى تسجيل الدخول
link-sent-title = يُرجى النظر في بريدك
link-sent-lead = إن كان هناك حساب للعنوان { $email }، فإن رابطاً لاختيار كلمة مرور جديدة في طريقه إليه.
link-sent-how-long = { $count ->
    [zero] يعمل الرابط مرة واحدة. وإلى أن يُستخدم تبقى كلمة مرورك القديمة كما هي.
    [one] يعمل الرابط دقيقة واحدة، ومرة واحدة. وإلى أن يُستخدم تبقى كلمة مرورك القديمة كما هي.
    [two] يعمل الرابط دقيقتين، ومرة واحدة. وإلى أن يُستخدم تبقى كلمة مرورك القديمة كما هي.
    [few] يعمل الرابط { $count } دقائق، ومرة واحدة. وإلى أن يُستخدم تبقى كلمة مرورك القديمة كما هي.
    [many] يعمل الرابط { $count } دقيقة، ومرة واحدة. وإلى أن يُستخدم تبقى كلمة مرورك القديمة كما هي.
   *[other] يعمل الرابط { $count } دقيقة، ومرة واحدة. وإلى أن يُستخدم تبقى كلمة مرورك القديمة كما هي.
}
link-sent-nothing = لم تصل رسالة بعد بضع دقائق؟ يُرجى البحث في مجلد الرسائل غير المرغوبة، أو
link-sent-again = طلب رابط آخر.
choose-password-title = اختيار كلمة مرور جديدة
choose-password-lead = للحساب { $email }.
choose-password-after = بعد الحفظ يُسجَّل الخروج من كل جهاز آخر.
choose-password-button = حفظ كلمة المرور الجديدة

# تأكيد العنوان

confirm-title = تأكيد عنوانك
confirm-lead = هل { $email } عنوان بريدك الإلكتروني؟
confirm-why = بعد تأكيده نعرف أن رسائلنا تصل إليك، مثل رسالة كلمة المرور المنسية.
confirm-not-you = إن لم تكن قد فتحت حساباً هنا، يكفي إغلاق هذه الصفحة. لم يتغير شيء.
confirm-button = تأكيد هذا العنوان
confirmed-title = تم تأكيد عنوانك
confirmed-lead = شكراً. الرسائل إلى { $email } تصل إليك.
confirmed-next = الذهاب إلى سجلاتك

# الموافقة

consent-question = هل تسمح لتطبيق { $app } باستخدام أحد سجلاتك؟
consent-question-one = هل تسمح لتطبيق { $app } باستخدام سجل { $name }؟
consent-question-again-one = يطلب تطبيق { $app } شيئاً جديداً في سجل { $name }
consent-question-again = يطلب تطبيق { $app } شيئاً جديداً
consent-by-code = وصلت إلى هنا برمز. إن لم تكن قد تعاملت بنفسك للتو مع { $app }، أو أعطاك شخص آخر الرمز، فيُرجى عدم المتابعة.
consent-meant = يطلب تطبيق { $app } سجل
consent-name-differs = اسم هذا السجل { $name }، وهو غير ما يذكره { $app }. يُرجى استخدامه فقط إن كان الاسمان للشخص نفسه.
consent-from-device = يُرجى المتابعة فقط إن كان تشغيل { $app } على { $device } قد تم منك أنت الآن. من يحمل ذلك الجهاز سيمكنه فعل ما تسمح به هنا.
consent-who = من يطلب
consent-home-registered = هو مسجّل هنا بهذا العنوان.
consent-known-since = معروف هنا منذ
consent-device = على الجهاز { $device }.
consent-whose = لسجل
consent-which = لسجل مَن؟
consent-which-several = لسجلات مَن؟
consent-connected = متصل من قبل
consent-closed-rights = لا يمكنك مشاركة ما يكفي من هذا السجل. يمكن ذلك لمن يتولى رعاية السجل.
consent-closed-location = لا يخدم { $app } المكان الذي يقيم فيه هذا الشخص.
consent-new-record = إنشاء سجل لشخص آخر
consent-can = ما سيمكنه فعله
consent-can-new = الجديد
consent-already = ما يمكنه فعله من قبل
consent-optional = فقط برغبتك
consent-optional-hint = إن تُركت هذه مغلقة يعمل كل ما عداها.
beside-heading = إلى جانب قياساتك
beside-knows = يعرف اسمك وبلد إقامتك.
beside-knows-people = يعرف اسمك وبلد إقامتك، وأسماء كل من يرعى هذا السجل وعناوين بريدهم الإلكتروني.
beside-writes-in-your-name = يمكنه إرسال بريد إلكتروني باسمك، 50 رسالة في اليوم على الأكثر.
beside-writes-to-you = يمكنه إرسال بريد إلكتروني إليك.
consent-when = متى
consent-cannot = ما لن يمكنه فعله
consent-cannot-text = كل ما عدا ذلك. لا يمكنه أن يرى أو يضيف أو يغيّر شيئاً لم يُذكر هنا، ولن يعرف كلمة مرورك أبداً.
consent-cannot-text-all = لا يمكنه الوصول إلى سجل لم تختره، ولا أن يُدخل أشخاصاً آخرين، ولن يعرف كلمة مرورك أبداً.
consent-undo = يمكنك إيقاف { $app } في أي وقت من صفحة «التطبيقات». ويسري ذلك فوراً.
consent-privacy = كيف يحفظ { $app } بياناتك
consent-terms = شروط { $app }
consent-allow = السماح لتطبيق { $app }
consent-not-now = ليس الآن

may-read = قراءة
may-add = إضافة
may-change = تغيير
may-delete = حذف
ability-everything = كل ما في السجل
ability-everything-but = كل ما في السجل ما عدا { $types }
ability-nothing = لا شيء
ability-new = جديد
ability-away = في غيابك أيضاً
ability-with-you = فقط أثناء استخدامك له
when-with-you = فقط أثناء استخدامك تطبيق { $app }.
when-away = في غيابك أيضاً: يمكن لتطبيق { $app } فعل ذلك من تلقاء نفسه، ليلاً ونهاراً، إلى أن توقفه.
when-some-away = بعض ذلك فقط أثناء استخدامك تطبيق { $app }، وبعضه في غيابك أيضاً. كل سطر أعلاه يوضح أيهما.

# إنشاء سجل

create-record-title = إنشاء سجل
create-record-lead = السجل يحفظ صحة شخص واحد. يمكنك الاحتفاظ بسجل لنفسك، وبسجل لكل شخص ترعاه.
create-record-about = لمن هذا السجل؟
about-yourself = لي
about-child = لطفلي أو طفلتي
about-parent = لأمي أو أبي
about-partner = للزوج أو الزوجة أو شريك الحياة
about-relative = لشخص آخر من عائلتي
about-other = لشخص آخر أرعاه
create-record-name = الاسم على السجل
create-record-name-hint = الاسم الأول واسم العائلة لصاحب السجل.
create-record-who-sees = لا أحد غيرك يرى السجل إلى أن تشاركه أو تسمح لتطبيق.
create-record-button = إنشاء السجل
create-record-back = ليس الآن

# طريق العودة

token-form-title = العودة إلى { $app }
token-form-lead = أنت في الطريق. إن لم يحدث شيء، فيُرجى استخدام الزر.
token-form-button = المتابعة إلى { $app }
finished-agreed-title = تم كل شيء
finished-agreed-app = يمكنك الآن العودة إلى { $app } وإغلاق هذه الصفحة.
finished-agreed = يمكنك الآن العودة إلى التطبيق وإغلاق هذه الصفحة.
finished-undo = إن غيّرت رأيك، يمكنك إيقاف التطبيق في أي وقت من صفحة «التطبيقات».
finished-declined-title = لم تتم مشاركة شيء
finished-declined = قلت «ليس الآن». لم يحصل التطبيق على شيء، وسجلك كما كان. يمكنك إغلاق هذه الصفحة.
finished-failed-title = لم ينجح ذلك
finished-failed = لم يحصل التطبيق على شيء، وسجلك كما كان. يُرجى العودة إلى التطبيق والمحاولة من جديد.
finished-home = الذهاب إلى سجلاتك
signed-out-title = تم تسجيل خروجك
signed-out-here = لا يمكن لأحد الوصول إلى سجلاتك من هذا المتصفح إلى أن تسجّل الدخول من جديد.
signed-out-everywhere = تم تسجيل خروجك من كل الأجهزة.
signed-out-app = سجّل { $app } خروجك من هنا أيضاً.
signed-out-apps = التطبيقات التي سمحت لها بالعمل في غيابك ما زال بإمكانها ذلك. يمكنك إيقافها من صفحة «التطبيقات».
signed-out-again = تسجيل الدخول من جديد

# رمز استلام

connect-title = استخدام رمز استلام
connect-lead = يمكن لعيادة ترعاك أن تعطيك رمزاً. به تطلب العيادة أن تتصل بأحد السجلات هنا.
connect-sign-in-first = يُرجى أولاً تسجيل الدخول أو فتح حساب، ثم يمكنك استخدام رمزك. لم تتم مشاركة شيء بعد.
connect-sign-in = تسجيل الدخول
connect-sign-up = فتح حساب
connect-code = رمز الاستلام
connect-code-hint = 20 حرفاً، من القسيمة أو الرسالة. لا فرق بين الأحرف الكبيرة والصغيرة، ولا تهم المسافات والشرطات.
connect-button = البحث عن هذا الرمز
connect-next = يأتي بعد ذلك سؤال اتفقت عليه مع العيادة. لا تتم مشاركة شيء قبل أن تسمح به.
connect-unknown = لا نعرف هذا الرمز. قد يكون فيه خطأ في الكتابة، أو مضى وقته، أو سُحب. يُرجى مقارنته بالقسيمة، أو سؤال من أعطاك إياه.
connect-wait-seconds = { $count ->
    [zero] كانت هناك رموز كثيرة لا نعرفها. يُرجى المحاولة الآن من جديد. لم يضع شيء.
    [one] كانت هناك رموز كثيرة لا نعرفها. يُرجى الانتظار ثانية ثم المحاولة من جديد. لم يضع شيء.
    [two] كانت هناك رموز كثيرة لا نعرفها. يُرجى الانتظار ثانيتين ثم المحاولة من جديد. لم يضع شيء.
    [few] كانت هناك رموز كثيرة لا نعرفها. يُرجى الانتظار { $count } ثوانٍ ثم المحاولة من جديد. لم يضع شيء.
    [many] كانت هناك رموز كثيرة لا نعرفها. يُرجى الانتظار { $count } ثانية ثم المحاولة من جديد. لم يضع شيء.
   *[other] كانت هناك رموز كثيرة لا نعرفها. يُرجى الانتظار { $count } ثانية ثم المحاولة من جديد. لم يضع شيء.
}
connect-wait-minutes = { $count ->
    [zero] كانت هناك رموز كثيرة لا نعرفها. يُرجى المحاولة الآن من جديد. لم يضع شيء.
    [one] كانت هناك رموز كثيرة لا نعرفها. يُرجى الانتظار دقيقة ثم المحاولة من جديد. لم يضع شيء.
    [two] كانت هناك رموز كثيرة لا نعرفها. يُرجى الانتظار دقيقتين ثم المحاولة من جديد. لم يضع شيء.
    [few] كانت هناك رموز كثيرة لا نعرفها. يُرجى الانتظار { $count } دقائق ثم المحاولة من جديد. لم يضع شيء.
    [many] كانت هناك رموز كثيرة لا نعرفها. يُرجى الانتظار { $count } دقيقة ثم المحاولة من جديد. لم يضع شيء.
   *[other] كانت هناك رموز كثيرة لا نعرفها. يُرجى الانتظار { $count } دقيقة ثم المحاولة من جديد. لم يضع شيء.
}
connect-question-title = سؤال لك من { $app }
connect-question-why = السؤال من { $app } لكيلا يستخدم رمزك أحد غيرك. لم تتم مشاركة شيء بعد.
connect-answer = إجابتك
connect-answer-hint = الإجابة التي اتفقت عليها. لا فرق بين الأحرف الكبيرة والصغيرة، أما المسافات فتهم.
connect-answer-button = إرسال الإجابة
connect-left = { $count ->
    [zero] لم تبقَ لك محاولة.
    [one] بقيت لك محاولة واحدة. إن كانت خاطئة يُقفل الرمز.
    [two] يمكنك المحاولة مرتين.
    [few] يمكنك المحاولة { $count } مرات.
    [many] يمكنك المحاولة { $count } مرة.
   *[other] يمكنك المحاولة { $count } مرة.
}
connect-wrong = { $count ->
    [zero] ليست هذه هي الإجابة. لم تبقَ لك محاولة.
    [one] ليست هذه هي الإجابة. بقيت لك محاولة واحدة.
    [two] ليست هذه هي الإجابة. بقيت لك محاولتان.
    [few] ليست هذه هي الإجابة. بقيت لك { $count } محاولات.
    [many] ليست هذه هي الإجابة. بقيت لك { $count } محاولة.
   *[other] ليست هذه هي الإجابة. بقيت لك { $count } محاولة.
}
connect-done-title = تم الاتصال مع { $app }
connect-done = يمكن الآن للجهة { $app } استخدام هذا السجل كما سمحت به، في غيابك أيضاً.
connect-done-message = رسالة إليك من { $app }
connect-done-next-title = ما الذي يحدث بعد ذلك
connect-done-next = سيعلم { $app } بموافقتك عند الاطلاع القادم، وغالباً خلال يوم. ليس عليك فعل شيء.
connect-done-apps = تطبيقات هذا السجل
connect-not-now-title = لم تتم مشاركة شيء
connect-not-now = قلت «ليس الآن». لم يحصل { $app } على شيء، وسجلك كما كان. رمزك ما زال صالحاً إن غيّرت رأيك.
connect-gone-title = هذا الطلب لم يعد موجوداً
connect-gone = سحبه { $app }، أو انتهى وقته. لم تتم مشاركة شيء، وسجلك كما كان. يُرجى طلب رمز جديد من { $app }.
connect-failed-title = لم ينجح ذلك
connect-failed = لا يمكننا الاتصال مع { $app } هنا. لم تتم مشاركة شيء، وسجلك كما كان. يُرجى سؤال { $app } عما يمكن فعله.
connect-expired-title = هذا الرمز قديم
connect-expired = لم يُستخدم في وقته. لم تتم مشاركة شيء. يُرجى طلب رمز جديد من { $app }.
connect-locked-title = هذا الرمز مقفل
connect-locked = كانت الإجابات الخاطئة كثيرة، فلم يعد بإمكان أحد استخدامه. لم تتم مشاركة شيء. يُرجى طلب رمز جديد من { $app }.
connect-used-title = هذا الرمز استُخدم من قبل
connect-used = هو مرتبط بحساب شخص آخر. لم تتم مشاركة شيء يخصك. إن لم يكن ذلك منك أو من عائلتك، فيُرجى إبلاغ { $app }.
connect-not-ready-title = لا شيء هنا بعد
connect-not-ready = هذا الرمز من { $app }، لكن ما يتبعه لم يصل بعد. يبقى رمزك صالحاً. يُرجى المحاولة لاحقاً، أو سؤال { $app }.
pickup-title = هناك شيء لك من { $app }
pickup-meant = وهو مخصص إلى
pickup-inside = { $count ->
    [zero] لا عناصر في الداخل
    [one] في الداخل عنصر واحد
    [two] في الداخل عنصران
    [few] في الداخل { $count } عناصر
    [many] في الداخل { $count } عنصراً
   *[other] في الداخل { $count } عنصر
}
pickup-file = مع الملف
pickup-more = { $count ->
    [zero] ولا شيء غير ذلك.
    [one] وعنصر آخر.
    [two] وعنصران آخران.
    [few] و{ $count } عناصر أخرى.
    [many] و{ $count } عنصراً آخر.
   *[other] و{ $count } عنصر آخر.
}
pickup-into = يُضاف إلى سجل
pickup-which = إلى سجل مَن؟
pickup-closed = لا يمكنك الإضافة إلى هذا السجل.
pickup-means = ماذا يعني ذلك
pickup-no-access = لا يحصل { $app } على أي وصول إلى السجل، ولا يعلم إن كنت قد أخذت هذا.
pickup-once = يمكنك فعل ذلك مرة واحدة. إن أُضيف إلى السجل الخطأ يمكنك إزالته منه، لكن إرساله من جديد لا يكون إلا من { $app }.
pickup-take = إضافة إلى السجل
pickup-done-title = هو الآن في السجل
pickup-done = ما جاء من { $app } موجود الآن في هذا السجل. ولم يحصل { $app } على أي وصول إليه.
pickup-done-see = عرض السجل
pickup-taken-title = هذا الرمز استُخدم من قبل
pickup-taken = ما جاء من { $app } أُضيف إلى سجل من قبل، وذلك ممكن مرة واحدة. إن لم يكن ذلك منك أو من عائلتك، فيُرجى إبلاغ { $app }.
pickup-damaged-title = لا يمكن فتح هذا
pickup-damaged = ما جاء من { $app } تالف. لم يُضَف شيء إلى أي سجل. يُرجى طلب إرساله من جديد من { $app }.
pickup-refused-title = لم يتسع السجل لهذا
pickup-refused = لم يُضَف شيء، وما جاء من { $app } ما زال محفوظاً. قد يكون السجل ممتلئاً، أو أرسل { $app } ما لا يصلح لسجل. يُرجى إبلاغ { $app }، أو المحاولة بسجل آخر.
connect-telephone = هاتف { $app }:
connect-another = استخدام رمز استلام

# حين لا تؤدي الصفحة إلى شيء

trouble-unknown-app-title = لا نعرف التطبيق الذي أرسلك
trouble-unknown-app = هو غير مسجّل هنا، أو لم يعد نشطاً. لم تتم مشاركة شيء. يُرجى العودة إلى حيث جئت وإبلاغهم، أو الذهاب إلى سجلاتك.
trouble-unknown-target-title = لا يمكننا فعل ما يطلبه هذا الرابط
trouble-unknown-target = قد يكون الرابط قديماً أو تالفاً. لم تتم مشاركة شيء ولم يتغير شيء. يُرجى العودة إلى حيث جئت والمحاولة من جديد.
trouble-bad-request-title = لا يمكننا قراءة هذا الرابط
trouble-bad-request = صنعه التطبيق الذي أرسلك بطريقة لا نفهمها. لم تتم مشاركة شيء ولم يتغير شيء. يُرجى إبلاغهم.
trouble-visit-expired-title = انتهت هذه الزيارة
trouble-visit-expired = طالت المدة، أو أنهيتها من قبل. ما قررته سابقاً ما زال سارياً، ولم يتغير شيء آخر. يُرجى العودة إلى التطبيق والبدء من جديد.
trouble-form-expired-title = بقيت هذه الصفحة مفتوحة مدة طويلة
trouble-form-expired = حفاظاً على أمانك لم ننفذ ما طلبته. لم يتغير شيء. يُرجى فتح الصفحة من جديد.
trouble-link-expired-title = هذا الرابط لم يعد يعمل
trouble-link-expired = استُخدم من قبل، أو مضى وقته. حسابك كما كان. يمكنك طلب رابط جديد.
trouble-device-link-title = لا يمكن استخدام هذا الطلب
trouble-device-link = استُخدم طلب التطبيق من قبل، أو مضى وقته. لم تتم مشاركة شيء جديد. يُرجى العودة إلى التطبيق والبدء هناك من جديد.
trouble-too-many-devices-title = لديك هنا هواتف وأجهزة لوحية كثيرة جداً
trouble-too-many-devices = لم تتم مشاركة شيء. يُرجى قطع الوصول عن جهاز لم تعد تستخدمه، ثم العودة إلى التطبيق والبدء هناك من جديد.
trouble-device-of-another-title = هذا التطبيق يخص شخصاً آخر هنا
trouble-device-of-another = أعدّه شخص آخر على هذا الجهاز. لم تتم مشاركة شيء. يُرجى تسجيل الدخول باسم ذلك الشخص، أو حذف بيانات التطبيق من هذا الجهاز وإعداده لنفسك.
trouble-next-other-account = تسجيل الدخول بحساب آخر
trouble-not-found-title = لا شيء هنا
trouble-not-found = الصفحة غير موجودة، أو ليست لك لتراها. سجلاتك حيث كانت.
trouble-busy-title = كثيرون هنا الآن
trouble-busy = لم نتمكن من فعل ذلك فوراً. لم يضع شيء. يُرجى المحاولة من جديد بعد دقيقة.
trouble-maintenance-title = نعتني الآن بهذا الخادم
trouble-maintenance = يمكن الآن قراءة كل شيء ولا يمكن تغيير شيء. لم يضع شيء. يُرجى المحاولة لاحقاً.
trouble-broken-title = حدث عطل عندنا
trouble-broken = دوّنّا ملاحظة بذلك. ما حفظته من قبل في أمان. يُرجى المحاولة من جديد بعد دقيقة.
trouble-next-home = الذهاب إلى سجلاتك
trouble-next-again = البدء من جديد
trouble-reference = للدعم: { $reference }

# السجلات

notices-title = يُرجى النظر في هذا
notice-connected = تم اتصال { $app } بسجل { $name } برمز استلام.
notice-locked = رمز استلام من { $app } مقفل بعد إجابات خاطئة أُعطيت من حسابك.
notice-unknown-app = تطبيق لم يعد موجوداً
notice-look = عرض ما يمكنه فعله
notice-seen = كان ذلك مني
home-title = سجلاتك
home-empty = السجل يحفظ صحة شخص واحد: الوزن وضغط الدم والأدوية والنتائج. ليس لديك سجل بعد. إنشاء الأول يستغرق دقيقة.
home-first-record = إنشاء سجلك الأول
home-new-record = إنشاء سجل لشخص آخر
home-record-yours = سجلك
home-record-child = من أطفالك
home-record-parent = من والديك
home-record-partner = شريك حياتك
home-record-relative = من العائلة
home-record-other = شخص ترعاه
home-open = فتح
home-apps = { $count ->
    [zero] لا تطبيقات
    [one] تطبيق واحد
    [two] تطبيقان
    [few] { $count } تطبيقات
    [many] { $count } تطبيقاً
   *[other] { $count } تطبيق
}

# سجل: التنقل فيه، نظرة سريعة، حسب التاريخ

round-label = سجل { $name }
round-overview = نظرة عامة
round-timeline = الخط الزمني
round-kinds = كل شيء
round-search = بحث
round-apps = التطبيقات
overview-title = { $name }
overview-empty = سجل { $name } فارغ حتى الآن. ما تكتبه، وما تضيفه التطبيقات والعيادات، سيظهر هنا مع من كتبه ومتى.
overview-add = كتابة شيء
overview-latest = أحدث القياسات
overview-no-latest = لا قياسات بعد. سيظهر هنا الوزن وضغط الدم وما شابه.
overview-medicines = الأدوية
overview-no-medicines = لم تُكتب أدوية.
overview-allergies = الحساسية
overview-no-allergies = لم تُكتب حساسية.
overview-conditions = الحالات المرضية
overview-no-conditions = لم تُكتب حالات مرضية.
overview-all = عرض الكل
overview-more = { $count ->
    [zero] عرض الكل
    [one] عرض الكل، واحد آخر
    [two] عرض الكل، اثنان آخران
    [few] عرض الكل، { $count } أخرى
    [many] عرض الكل، { $count } أخرى
   *[other] عرض الكل، { $count } أخرى
}
overview-news = الجديد
overview-no-news = لم يتغير شيء بعد.
overview-and-more = { $count ->
    [zero] ولا شيء غيره من هذا النوع
    [one] وواحد آخر من هذا النوع
    [two] واثنان آخران من هذا النوع
    [few] و{ $count } أخرى من هذا النوع
    [many] و{ $count } أخرى من هذا النوع
   *[other] و{ $count } أخرى من هذا النوع
}
overview-timeline = عرض كل شيء حسب التاريخ
overview-settings = اسم هذا السجل
timeline-filter = بعض الأنواع فقط
timeline-kind = عرض
timeline-all-kinds = كل شيء
timeline-show = عرض
timeline-empty = لا شيء هنا بعد. ما يحتويه سجل { $name } سيظهر هنا حسب التاريخ.

# البحث في سجل، واسمه

search-label = البحث في سجل { $name }
search-hint = كلمة أو كلمتان، مثل اسم دواء. يجب أن توجد كلها في العنصر.
search-button = بحث
search-found = { $count ->
    [zero] لم يُعثر على عناصر.
    [one] عُثر على عنصر واحد.
    [two] عُثر على عنصرين.
    [few] عُثر على { $count } عناصر.
    [many] عُثر على { $count } عنصراً.
   *[other] عُثر على { $count } عنصر.
}
search-nothing = لم يُعثر على شيء عن «{ $words }».
search-looked = بحثنا رجوعاً حتى { $day }.
search-on = البحث فيما هو أقدم
settings-lead = لا أحد غيرك يرى هذا الاسم للسجل. من يرعاه معك قد يسميه باسم آخر.
settings-name-hint = الاسم الأول واسم العائلة لصاحب السجل.
settings-save = حفظ
settings-keep = تركه كما هو

# الكتابة باليد

write-back = رجوع
write-lead = يُضاف هذا إلى سجل { $name }. وستراه التطبيقات التي يمكنها قراءته.
write-change = تغيير: { $what }
write-choose = ماذا تودّ كتابته في سجل { $name }؟
write-others = شيء آخر
write-more = المزيد عنه
write-note = ملاحظة
write-optional = (اختياري)
write-offered = يمكنك الاختيار من القائمة أو الكتابة بكلماتك.
write-not-now = ليس الآن
write-conflict = غيّره شخص آخر أثناء كتابتك. لم يُستبدل شيء. في الأسفل ما هو عليه الآن. وهذا ما أدخلته:
write-same = مطابق لما هو موجود الآن.
write-kept = { $count ->
    [zero] كل البيانات ظاهرة في هذا النموذج.
    [one] بيان واحد لا يتسع له هذا النموذج. يبقى كما هو.
    [two] بيانان لا يتسع لهما هذا النموذج. يبقيان كما هما.
    [few] { $count } بيانات لا يتسع لها هذا النموذج. تبقى كما هي.
    [many] { $count } بياناً لا يتسع لها هذا النموذج. تبقى كما هي.
   *[other] { $count } بيان لا يتسع لها هذا النموذج. تبقى كما هي.
}
write-refused = لم نتمكن من حفظ هذا كما هو. لم يتغير شيء. يُرجى مراجعة ما أدخلته مرة أخرى.
write-another = يتسع السجل لواحد فقط من هذا النوع، وهو موجود فيه. يُرجى تغيير ذلك الموجود بدلاً منه.
item-change = تغيير هذا العنصر
item-notice-added = تم الحفظ.
item-notice-changed = تم التغيير. النسخة السابقة محفوظة في الأسفل.
date-day = اليوم
date-month = الشهر
date-year = السنة
date-time = الوقت
date-words = أو بالكلمات
date-as-far = بقدر ما تعرفه. تكفي السنة وحدها.
wrong-number = ليس هذا رقماً. يُرجى كتابته بالأرقام، مثل 71.5.
wrong-whole = يُرجى إدخال عدد صحيح.
wrong-small = هذا صغير جداً. أقل ما يمكن { $least }.
wrong-large = هذا كبير جداً. أكثر ما يمكن { $most }.
wrong-day = لا يوجد يوم كهذا. يُرجى مراجعة اليوم والشهر والسنة.
wrong-time = ليس هذا وقتاً. يُرجى كتابته مثل 07:30.
wrong-fitting = ليس هذا بالشكل المطلوب. يُرجى مراجعته.

# المساعدة

help-title = المساعدة
help-emergency = في حالة الطوارئ يُرجى الاتصال بالإسعاف. لا أحد يقرأ هنا ما تكتبه.
help-see = من اطّلع على سجلي؟
help-see-answer = بفتح السجل يظهر تحت الاسم آخر من اطّلع. وباختيار «عرض من اطّلع» يظهر كل شيء: من اطّلع أو غيّر شيئاً، وبأي تطبيق، ومتى.
help-write = كيف أكتب شيئاً؟
help-write-answer = من داخل السجل، باختيار «كتابة شيء». يمكنك تغييره أو إزالته لاحقاً، وما كان عليه من قبل يبقى محفوظاً.
help-wrong = في سجلي شيء خطأ. ماذا يمكنني أن أفعل؟
help-wrong-answer = بفتح العنصر يمكنك تغييره أو إزالته من السجل. بعد الإزالة لا تراه التطبيقات. ويُستحسن إبلاغ من كتبه أيضاً، ليصحح ملفاته.
help-stop = كيف أوقف تطبيقاً؟
help-stop-answer = باختيار «التطبيقات»، ثم التطبيق، ثم «إيقاف هذا التطبيق». ويسري ذلك فوراً.
help-code = أعطتني عيادة رمزاً. أين أستخدمه؟
help-code-answer = في صفحة «استخدام رمز استلام»، وعنوانها على القسيمة، يُدخل الرمز هناك. لا تتم مشاركة شيء قبل أن تسمح به.
help-other = هل يمكنني الاحتفاظ بسجل لشخص آخر؟
help-other-answer = نعم. في صفحة «السجلات» باختيار «إنشاء سجل لشخص آخر». ويظهر دائماً في أعلى الصفحة سجل مَن هو المفتوح.
help-units = هل يمكنني رؤية الأرطال بدلاً من الكيلوغرامات؟
help-units-answer = نعم. باختيار «الحساب» ثم «الوحدات». يمكنك الاختيار للوزن والطول وسكر الدم والكوليسترول ودرجة الحرارة.
help-print = هل يمكنني طباعة سجلي؟
help-print-answer = نعم. كل صفحة يمكن طباعتها من متصفحك. وما هو للشاشة فقط لا يُطبع.
help-ask = إن لم يكن سؤالك هنا، فيُرجى سؤال من يديرون هذا الخادم.

# الرسوم البيانية

range-label = المدة
range-month = شهر
range-year = سنة
range-all = الكل
range-nothing = لا يوجد ما يُرسم لهذه المدة.
plot-latest = أحدث قيمة { $value }، بتاريخ { $day }.
plot-between = بين { $low } و{ $high }.
plot-means = الأرقام أكثر مما يتسع له الرسم، فكل نقطة متوسط أرقام بضعة أيام. وفي الأسفل كل منها على حدة.
plot-part = رُسمت أحدث { $count } قيمة فقط.

# ما في السجل

contents-title = كل ما في السجل
contents-lead = كل ما يحتويه سجل { $name }، حسب النوع.
contents-empty = لا شيء بعد. ما تضيفه التطبيقات والعيادات إلى سجل { $name } سيظهر هنا حسب النوع.
contents-latest = الأحدث:
contents-count = { $count ->
    [zero] لا عناصر
    [one] عنصر واحد
    [two] عنصران
    [few] { $count } عناصر
    [many] { $count } عنصراً
   *[other] { $count } عنصر
}
contents-removed = العناصر المُزالة
items-back = كل ما في السجل
items-empty = لا يحتوي سجل { $name } على شيء من هذا النوع.
items-older = عرض عناصر أقدم
items-add = إضافة واحد
items-when = متى
items-from = المصدر
items-table = { $kind } في سجل { $name }، في جدول
removed-lead = أُزيلت هذه من سجل { $name }. لم تعد التطبيقات والعيادات تراها. يمكنك إعادة كل منها.
removed-empty = لم يُزَل شيء من سجل { $name }. ما تزيله أنت أو يزيله تطبيق يُحفظ هنا، ويمكنك إعادته.
removed-when = أُزيل
removed-see = عرض وإعادة

# المرفقات، ونوع كل ملف

items-attachments = معه مرفقات
attachments-title = المرفقات
attachments-more = عرض مزيد من المرفقات
attachment-default = المرفق الرئيسي
attachment-nameless = مرفق بلا اسم
# اسم الملف الذي لا اسم له.
attachment-file = مرفق
attachment-see = فتح
attachment-new-tab = في علامة تبويب جديدة
attachment-keep = تنزيل
attachment-picture = صورة: { $name }
file-picture = صورة
file-picture-unseen = صورة من نوع لا تعرضه المتصفحات
file-dicom = صورة طبية (DICOM)
file-pdf = مستند PDF
file-text = نص
file-rich-text = مستند نصي (RTF)
file-office = مستند مكتبي
file-web-page = صفحة ويب (HTML)
file-xml = بيانات أو مستند (XML)
file-drawing = رسم (SVG)
file-zip = ملف Zip أو مستند مكتبي
file-compressed = ملف مضغوط
file-sound = تسجيل صوتي
file-film = مقطع فيديو
file-empty = ملف فارغ
file-unknown = ملف من نوع لا نعرفه
size-bytes = { $count ->
    [zero] 0 بايت
    [one] بايت واحد
    [two] 2 بايت
    [few] { $count } بايت
    [many] { $count } بايت
   *[other] { $count } بايت
}
size-kb = { $number } كيلوبايت
size-mb = { $number } ميغابايت
size-gb = { $number } غيغابايت

# عنصر

item-back = كل ما هو من هذا النوع: { $kind }
item-personal = لا يرى هذا إلا من يرعون هذا السجل، ولا يراه أي تطبيق.
item-says = ما يقوله
item-document = هذا مستند من نوع يحدده آخرون. نحفظه كما هو ولا ننظر في داخله. يمكنك قراءته في الأسفل كما هو مكتوب.
item-nothing = ليس فيه ما يمكننا عرضه بالكلمات. يمكنك قراءته في الأسفل كما هو مكتوب.
item-only-attached = ليست له كلمات خاصة به. هو عن المرفقات التي معه.
item-cut = تُعرض أول { $count } بيانات فقط. والباقي محفوظ.
item-tags = وسوم
item-origin = من أين جاء
item-last = هذه النسخة
item-versions = كل النسخ
item-versions-text = لا يضيع شيء عند التغيير أو الإزالة. يمكنك النظر في كل نسخة.
item-versions-more = هناك نسخ أقدم أيضاً. هي محفوظة، وغير مذكورة هنا.
item-raw = كما هو مكتوب
item-raw-text = لمن يساعدك: هذا هو العنصر كما هو محفوظ بالضبط.
item-number = الرقم
item-version = النسخة
item-raw-cut = النص أطول مما يمكن لهذه الصفحة عرضه. والباقي محفوظ.
item-remove-heading = إن كان لا ينبغي أن يكون هنا
item-remove-text = يمكنك إزالته من السجل، وإعادته في أي وقت.
item-remove = إزالة هذا العنصر
item-removed = أُزيل هذا. لم تعد التطبيقات والعيادات تراه، ويمكنك إعادته.
item-bring-back = إعادته
item-former = هذه نسخة سابقة.
item-current = عرضه كما هو الآن
item-notice-removed = تمت الإزالة. لم يتغير شيء آخر.
item-notice-back = عاد. التطبيقات التي يمكنها رؤيته ستراه من جديد.
item-notice-meanwhile = تغيّر هذا العنصر قبل لحظات. هذا ما هو عليه الآن.
item-notice-another = يتسع السجل لواحد فقط من هذا النوع، وفيه الآن غيره. لإعادة هذا تلزم إزالة ذلك أولاً. لم يتغير شيء.
item-notice-closed = هذا السجل للقراءة فقط في الوقت الحالي. لم يتغير شيء.
item-notice-full = السجل ممتلئ، فلا يتسع لشيء آخر. لم يتغير شيء. يُرجى طلب مساحة أكبر ممن يدير هذا الخادم.
version-added = أُضيفت
version-changed = غُيّرت
version-removed = أُزيلت
version-back = أُعيدت
version-current = الأحدث
version-shown = هي المعروضة الآن
version-see = عرض هذه النسخة
writer-you = أنت
writer-for = { $app }، نيابة عن { $person }
writer-app-gone = تطبيق لم يعد هنا
writer-person-gone = شخص أُغلق حسابه
writer-in-use = أثناء استخدامه
writer-on-its-own = من تلقاء نفسه، دون أن يستخدمه أحد
writer-here = هنا، باليد
field-yes = نعم
field-as-typed = { $value } (أُدخلت { $typed })
field-no = لا
remove-item-title = هل تريد إزالة هذا العنصر؟
remove-item-lead = من الآن لن تراه التطبيقات والعيادات في سجل { $name }.
remove-item-copies = التطبيقات التي قرأته من قبل ربما احتفظت به. يمكنك أن تطلب منها إزالته هناك أيضاً.
remove-item-undo = تجده في «العناصر المُزالة»، ويمكنك إعادته في أي وقت.
remove-item-keep = إبقاؤه
remove-item-meanwhile = تغيّر قبل لحظات. هذا ما هو عليه الآن. يُرجى النظر فيه مرة أخرى.

# التطبيقات

apps-title = التطبيقات
apps-lead = يمكن لهذه التطبيقات استخدام سجل { $name }، لأنك سمحت بذلك.
apps-lead-all = يمكن لهذه التطبيقات استخدام سجلاتك، لأنك سمحت بذلك.
apps-none = لا تطبيقات. حين تسمح لتطبيق سيظهر هنا.
apps-empty = لا يمكن لأي تطبيق استخدام سجل { $name }. حين تسمح لتطبيق سيظهر هنا، ومن هنا يمكنك إيقافه.
apps-device = على { $device }
apps-last-used = آخر استخدام
apps-never-used = لم يُستخدم بعد
apps-away = في غيابك أيضاً
apps-details = عرض وإيقاف
devices-title = الهواتف والأجهزة اللوحية
devices-lead = سمحت لهذه التطبيقات على هاتف أو جهاز لوحي. إن فقدت جهازاً أو أعطيته لغيرك، يمكنك قطع وصوله هنا. ويسري ذلك فوراً.
devices-empty = لا يمكن لأي تطبيق على هاتف أو جهاز لوحي استخدام سجلاتك. حين تُعدّ تطبيقاً وتسمح له سيظهر هنا.
devices-closed = أغلق من يدير هذا الخادم هذا التطبيق في الوقت الحالي. لا يمكنه استخدام سجلاتك على أي جهاز.
devices-records = لسجل { $names }
devices-no-record = لا يمكنه الآن استخدام أي سجل.
devices-since = سُمح له
devices-two-places = استُخدم من مكانين في الوقت نفسه:
devices-two-places-what = قد يبدو هاتف ينتقل بين الشبكات هكذا. إن كنت لا تعرف السبب، فيُرجى قطع الوصول عنه.
devices-unused = لم يُستخدم منذ مدة طويلة. إن لم تعد تحتاج إليه، يمكنك قطع الوصول عنه.
devices-cut-off = قطع الوصول
devices-cut-off-all = قطع الوصول على كل الأجهزة
devices-newer = الأحدث
devices-older = الأقدم
cut-off-title = هل تريد قطع وصول { $app } على { $device }؟
cut-off-all-title = هل تريد قطع وصول { $app } على كل الأجهزة؟
cut-off-lead = { $count ->
    [zero] من الآن لا يمكنه قراءة شيء أو إضافته في سجلاتك من أي جهاز.
    [one] من الآن لا يمكنه قراءة شيء أو إضافته في سجلاتك من ذلك الجهاز.
    [two] من الآن لا يمكنه قراءة شيء أو إضافته في سجلاتك من جهازين.
    [few] من الآن لا يمكنه قراءة شيء أو إضافته في سجلاتك من { $count } أجهزة.
    [many] من الآن لا يمكنه قراءة شيء أو إضافته في سجلاتك من { $count } جهازاً.
   *[other] من الآن لا يمكنه قراءة شيء أو إضافته في سجلاتك من { $count } جهاز.
}
cut-off-kept = ما قرأه من قبل قد يبقى على الجهاز.
cut-off-again = لاستخدامه هناك من جديد يلزم إعداده على الجهاز والسماح له مرة أخرى.
details-back = كل التطبيقات
details-lead = سمحت لتطبيق { $app } باستخدام سجل { $name }.
details-can = ما يمكنه فعله
details-change = تغيير ما يمكنه فعله
details-since = سُمح له
details-last-used = آخر استخدام
details-device = الجهاز
details-stop-heading = إن لم تعد تريده
details-stop-text = الإيقاف يسري فوراً. ما أضافه التطبيق يبقى في السجل.
stop-title = هل تريد إيقاف { $app }؟
stop-lead = من الآن لا يمكن لتطبيق { $app } قراءة شيء أو إضافته في سجل { $name }.
stop-stays = ما أضافه يبقى في السجل.
stop-copies = ما قرأه { $app } من قبل ربما احتفظ به. يمكنك أن تطلب إزالته هناك.
stop-undo = يمكنك السماح له من جديد لاحقاً.
stop-button = إيقاف هذا التطبيق
stop-keep = إبقاؤه
stopped-title = تم إيقاف { $app }
stopped-lead = لم يعد بإمكان تطبيق { $app } استخدام سجل { $name }. ما أضافه ما زال فيه.
stopped-account = إن كان لديك حساب لدى { $app } فهو ما زال موجوداً. يمكنك أن تطلب إغلاقه هناك.
stopped-apps = عرض التطبيقات الأخرى

# الحساب

account-title = حسابك
account-name = الاسم
account-email = البريد الإلكتروني
account-email-confirmed = مؤكَّد
account-email-unconfirmed = غير مؤكَّد بعد. يُرجى فتح الرابط الذي في رسالتنا.
account-send-again = إرسال رسالة جديدة إليّ
account-password = كلمة المرور
account-change-password = تغيير كلمة المرور
account-units = الوحدات
account-change-units = تغيير
units-title = الوحدات
units-lead = تُعرض الأرقام بالوحدات التي تختارها هنا. ولا يتغير ما هو محفوظ.
units-mass = الوزن
units-kilograms = كيلوغرام (kg)
units-pounds = رطل (lb)
units-length = الطول والمسافة
units-metric = سنتيمتر وكيلومتر (cm، km)
units-imperial = بوصة وميل (in، mi)
units-concentration = سكر الدم والكوليسترول
units-millimoles = mmol/L
units-milligrams = mg/dL
units-temperature = درجة الحرارة
# علامة الاتجاه تُبقي الدرجة قبل الحرف.
units-celsius = مئوية ({"\u200E"}°C)
units-fahrenheit = فهرنهايت ({"\u200E"}°F)
account-signed-in = تسجيل الدخول
account-see-sessions = عرض الأجهزة التي سجلت الدخول منها
account-see-devices = عرض التطبيقات التي سمحت لها على هاتف أو جهاز لوحي
sessions-title = من أين سجلت الدخول
sessions-lead = إن كنت لا تعرف أحد هذه الأجهزة، فيُرجى تسجيل الخروج منه واختيار كلمة مرور جديدة.
sessions-here = هذا الجهاز
sessions-last-seen = آخر استخدام
sessions-since = تسجيل الدخول
sessions-end-one = تسجيل الخروج
sessions-all-heading = تسجيل الخروج من كل مكان
sessions-all-text = ينهي هذا كل تسجيل دخول، وعلى هذا الجهاز أيضاً. التطبيقات التي سمحت لها تستمر في العمل.
sessions-end-all = تسجيل الخروج من كل مكان

# الأجهزة والوحدات

device-on = { $browser } على { $system }
device-unknown = متصفح غير معروف
device-unnamed = هاتف أو جهاز لوحي بلا اسم
unit-per-minute = في الدقيقة
unit-per-hour = في الساعة
unit-days = أيام
unit-weeks = أسابيع
unit-years = سنوات
unit-bytes = بايت

# الرسائل

letter-reset-subject = اختيار كلمة مرور جديدة
letter-reset-why = طُلبت كلمة مرور جديدة لحسابك، والأرجح أن الطلب منك. بهذا الرابط يمكنك اختيارها:
letter-reset-how-long = { $count ->
    [zero] يعمل الرابط مرة واحدة.
    [one] يعمل الرابط دقيقة واحدة، ومرة واحدة.
    [two] يعمل الرابط دقيقتين، ومرة واحدة.
    [few] يعمل الرابط { $count } دقائق، ومرة واحدة.
    [many] يعمل الرابط { $count } دقيقة، ومرة واحدة.
   *[other] يعمل الرابط { $count } دقيقة، ومرة واحدة.
}
letter-reset-not-you = إن لم يكن الطلب منك، فليس عليك فعل شيء: كلمة مرورك تبقى كما هي.
letter-confirm-subject = تأكيد عنوان بريدك الإلكتروني
letter-confirm-why = فُتح حساب بعنوان البريد هذا، والأرجح أن ذلك منك. بهذا الرابط يمكنك تأكيد أن العنوان لك:
letter-confirm-how-long = { $count ->
    [zero] يعمل الرابط مرة واحدة.
    [one] يعمل الرابط يوماً واحداً، ومرة واحدة.
    [two] يعمل الرابط يومين، ومرة واحدة.
    [few] يعمل الرابط { $count } أيام، ومرة واحدة.
    [many] يعمل الرابط { $count } يوماً، ومرة واحدة.
   *[other] يعمل الرابط { $count } يوم، ومرة واحدة.
}
letter-confirm-not-you = إن لم يكن ذلك منك، فليس عليك فعل شيء: لا يُؤكَّد العنوان من دونك.
letter-connected-subject = استُخدم رمز استلام من حسابك
letter-connected-what = { $app } متصل الآن بأحد سجلاتك. أنت، أو شخص سجل الدخول باسمك، استخدم رمز استلام وسمح بذلك.
letter-connected-stop = هنا يمكنك أن ترى أي سجل هو وما يمكن لتطبيق { $app } فعله، وأن توقفه فوراً:
letter-locked-subject = قُفل رمز استلام بعد إجابات خاطئة
letter-locked-what = أنت، أو شخص سجل الدخول باسمك، أعطى إجابات خاطئة عن سؤال { $app }. رمزه مقفل الآن، ولم يعد بإمكان أحد استخدامه.
letter-locked-next = لم تتم مشاركة شيء. إن كان ذلك منك، فيُرجى طلب رمز جديد من { $app }.
letter-locked-not-you = إن لم يكن ذلك منك، فيُرجى اختيار كلمة مرور جديدة من صفحة «الحساب».
letter-connected-not-you = إن لم يكن ذلك منك، فيُرجى إيقافه، ثم اختيار كلمة مرور جديدة من صفحة «الحساب».
letter-device-subject = سُمح لتطبيق على هاتف أو جهاز لوحي
letter-device-what = يمكن الآن لتطبيق { $app } استخدام أحد سجلاتك على الجهاز { $device }، في غيابك أيضاً. أنت، أو شخص سجل الدخول باسمك، سمح بذلك.
letter-device-stop = هنا ترى الجهاز، ويمكنك قطع وصوله فوراً:
letter-device-not-you = إن لم يكن تشغيل التطبيق على هذا الجهاز منك، فيُرجى قطع الوصول عنه، ثم اختيار كلمة مرور جديدة من صفحة «الحساب».

# كيف نحفظ البيانات، والشروط

privacy-title = كيف نحفظ بياناتك
privacy-what = نحفظ ما تضعه أنت والتطبيقات التي تسمح لها في سجلاتك، واسمك، وعنوان بريدك الإلكتروني، وبلد إقامتك. ولا نطلب شيئاً آخر.
privacy-who = لا يرى السجل أحد غيرك ومن تشاركهم إياه، والتطبيقات التي تسمح لها بقدر ما تسمح. ويعرفك كل تطبيق برقم خاص به، فلا يمكن لتطبيقين مقارنة ما يعرفانه عنك.
privacy-log = كلما قرأ تطبيق سجلاً أو غيّره دوّنّا ذلك. يمكنك إيقاف أي تطبيق في أي وقت من صفحة «التطبيقات»، ويسري ذلك فوراً.
privacy-cookie = نستخدم ملف ارتباط يبقيك متصلاً، وآخر يتذكر اللغة إن اخترتها. لا إعلانات هنا، ولا شيء في هذه الصفحات يأتي من مكان آخر.
privacy-yours = لا نبيع شيئاً ولا نعرض شيئاً على أحد لم تختره. إن كان لديك سؤال، فيُرجى توجيهه إلى من يديرون هذا الخادم.
terms-title = شروط الاستخدام
terms-what = هذا مكان لحفظ السجلات الصحية. وهو لا يغني عن الطبيب: في حالة الطوارئ يُرجى الاتصال بالإسعاف بدلاً من الكتابة هنا.
terms-yours = ما تضعه يبقى لك. يُرجى الاحتفاظ بكلمة المرور لنفسك، وإدخال ما يحق لك إدخاله فقط: صحتك، وصحة من ترعاهم.
terms-not = لا يجوز استخدام حساب شخص آخر، ولا محاولة الوصول إلى سجلات ليست لك.
terms-end = يمكنك التوقف عن استخدام هذا في أي وقت. ويجوز لمن يديرون هذا الخادم إغلاق حساب يضر بالآخرين.

# من اطّلع

activity-title = من اطّلع
activity-lead = كل ما جرى في سجل { $name }: مَن، وبأي تطبيق، ومتى. لا يمكن لأحد أن يحذف سطراً من هذه القائمة دون أن يُلاحظ ذلك.
activity-week = في الأيام السبعة الماضية
activity-week-nobody = لم يطّلع أحد على هذا السجل في الأيام السبعة الماضية.
activity-times = { $count ->
    [zero] لا اطلاع
    [one] اطلاع واحد
    [two] اطلاعان
    [few] { $count } اطلاعات
    [many] { $count } اطلاعاً
   *[other] { $count } اطلاع
}
activity-last = آخره
activity-here = في هذا الموقع
activity-stop = عرض ما يمكن لكل تطبيق فعله، وإيقاف تطبيق
activity-all = كل شيء، الأحدث أولاً
activity-search = البحث عن شيء
activity-who = مَن
activity-anyone = أي شخص
activity-others = أي شخص غيرك
activity-host = من يديرون هذا الخادم
activity-what = ماذا
activity-anything = أي شيء
activity-looked = الاطلاع على شيء
activity-changed = إضافة شيء أو تغييره أو إزالته
activity-allowed = السماح لتطبيق أو إيقافه
activity-refused = طلب مرفوض
activity-other = شيء آخر
activity-from = من هذا اليوم
activity-until = حتى هذا اليوم
activity-show = عرض هذه
activity-show-all = عرض كل شيء
activity-nothing = لم يحدث شيء من هذا.
activity-older = عرض سطور أقدم
activity-keep = الاحتفاظ بهذه القائمة
activity-csv = في جدول (CSV)
activity-json = للبرامج (JSON)
activity-copy = نسخة من السجل كله
activity-file = من اطّلع - { $name } - { $day }
activity-items = { $count ->
    [zero] لا عناصر
    [one] عنصر واحد
    [two] عنصران
    [few] { $count } عناصر
    [many] { $count } عنصراً
   *[other] { $count } عنصر
}
activity-items-of = { $items }: { $kinds }
activity-more-kinds = { $count ->
    [zero] لا أنواع أخرى
    [one] نوع آخر
    [two] نوعان آخران
    [few] { $count } أنواع أخرى
    [many] { $count } نوعاً آخر
   *[other] { $count } نوع آخر
}
did-something = عمل لا اسم له بعد.
did-create-record = إنشاء السجل.
did-rename-record = تغيير اسم السجل.
did-allow = السماح لتطبيق { $app }.
did-allow-otherwise = تغيير ما يمكن لتطبيق { $app } فعله.
did-stop = إيقاف { $app }.
did-open = فتح السجل من جديد.
did-read-only = جعل السجل للقراءة فقط.
did-close = إغلاق السجل مؤقتاً.
did-read-people = الاطلاع على من يرعى السجل.
did-message = إرسال رسالة إلى من يرعون السجل.
did-open-attachment = فتح مرفق.
did-open-attachment-named = فتح المرفق «{ $name }».
did-pick-up = استلام ما تُرك برمز: { $items }.
did-remove = إزالة { $items }.
did-restore = إعادة { $items }.
did-read-changes = السؤال عما أُضيف أو غُيّر أو أُزيل.
did-knock = محاولة دخول رُفضت.
did-copy-record = أخذ نسخة من السجل كله.
did-copy-log = أخذ نسخة من هذه القائمة.
did-read-contents = الاطلاع على محتويات السجل.
did-read-removed = الاطلاع على ما أُزيل.
did-read = قراءة { $items }.
did-read-nothing = بحث لم يُعثر فيه على شيء.
did-read-nothing-of = بحث عن { $kinds } لم يُعثر فيه على شيء.
did-add = إضافة { $items }.
did-change = تغيير { $items }.

# نسخة من السجل

copy-title = نسخة من السجل كله
copy-lead = تحصل على كل ما في سجل { $name } في ملف واحد (zip)، للاحتفاظ به أو لنقله إلى مكان آخر. لا يتغير شيء هنا.
copy-read = صفحة يمكنك قراءتها في أي متصفح: ما هو موجود الآن.
copy-data = كل العناصر بكل نسخها كما هي محفوظة، وكل المرفقات.
copy-log = قائمة من اطّلع، وقائمة بكل الملفات يمكن بها التحقق من كل منها.
copy-care = من لديه الملف يمكنه قراءة كل ما فيه. يُرجى حفظه في مكان آمن، وحذفه حيث لا تحتاج إليه.
copy-button = تنزيل النسخة
copy-back = ليس الآن
copy-file = سجل { $name } - { $day }
copy-of = سجل { $name }
copy-made = وقت النسخ
copy-what-this-is = تعرض هذه الصفحة ما كان في السجل حينها. كل النسخ في الملف things.xml، والمرفقات في مجلدها، ومن اطّلع في الملف who-looked.json.
copy-empty = لم يكن في السجل شيء.
