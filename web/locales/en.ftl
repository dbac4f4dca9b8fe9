# What the Shell says, in English. One person is spoken to, in short sentences a twelve-year-old reads.
# One name for one thing: record, reading, app, device, clinic, pickup code, slip.

keepwell = Keepwell
# What the language calls itself.
language-name = English
skip-link = Skip to the page
list-and = { $first } and { $last }
list-comma = {", "}

# Around every page

nav-label = Keepwell
nav-records = Records
nav-apps = Apps
nav-account = Account
nav-sign-out = Sign out
whose-switch = Switch record
foot-privacy = Privacy
foot-terms = Terms of use
foot-language = Language
contact-title = Who runs { $name } here
contact-telephone = Telephone
contact-address = Address

# Notices

notice-saved = Saved.
notice-stopped = { $app } is stopped. It can no longer use this record.
notice-cut-off = It is cut off. It cannot use your records from there any more.
notice-letter-sent = A letter with a new link is on its way to { $email }.
notice-letters-enough = We have sent you several letters in the last hour. Please look in your mail, also in the spam folder, or try again in an hour.
notice-signed-out-there = That device is signed out.
notice-record-made = The record of { $name } is ready.

# Times

time-just-now = just now
time-today = today at { $clock }
time-yesterday = yesterday at { $clock }
time-weekday = { $weekday } at { $clock }
time-date = { $date } at { $clock }
time-day-month = { $day } { $month }
time-day-year = { $day } { $year }
time-month = { $month } { $year }
day-today = today
day-yesterday = yesterday
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
# Where there is little room, as below a plot.
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday

# Fields

field-email = E-mail
field-name = Your name
field-password = Password
field-password-current = Your password now
field-password-new = New password
field-password-again = The new password again
field-birth-year = Year you were born
field-country = Country you live in
field-country-prompt = Choose a country
field-sign-up-code = Sign-up code
password-hint = At least 10 characters. Three or four words in a row are easy to remember and hard to guess.
form-trouble = Some answers need another look. Everything else you entered is still here.

trouble-missing = Please fill this in.
trouble-not-an-email = This does not look like an e-mail address. It should read like name@example.org.
trouble-email-taken = There is an account with this e-mail address already. You can sign in with it.
trouble-password-short = This is too short. Please use at least 10 characters.
trouble-password-common = Many people use this password, so it is easy to guess. Please choose another.
trouble-passwords-differ = The two passwords are not the same. Please enter both again.
trouble-password-wrong = This is not your password. Please try again.
trouble-not-a-year = Please enter a year with four digits, like 1980.
trouble-too-young = You have to be 13 or older. Please ask a parent to keep a record for you.
trouble-too-long = This is too long for us to keep. Please shorten it.
trouble-not-agreed = Please agree to the terms if you want an account.
trouble-not-chosen = Please choose one.
trouble-sign-up-code = We do not know this code. Please check it against the letter or mail it came in.

# Sign in

sign-in-title = Sign in
sign-in-lead = Your health records, kept in one place that is yours.
sign-in-for-app = Sign in to go on to { $app }. It will not see your password.
sign-in-no-match = This e-mail and password do not belong together. Nothing is lost: try again, or choose a new password.
sign-in-suspended = This account is suspended. Please ask whoever runs this server; nothing in your records is lost.
sign-in-too-many = { $count ->
    [one] There were too many tries, so we wait a little to keep your account safe. Please try again in a minute.
   *[other] There were too many tries, so we wait a little to keep your account safe. Please try again in { $count } minutes.
}
sign-in-keep = Keep me signed in
sign-in-keep-hint = Only on a device that is yours alone.
sign-in-button = Sign in
sign-in-forgot = I forgot my password
sign-in-new-here = New here?
sign-in-new-here-text = An account is free. You decide what goes in and who may see it.
sign-in-sign-up = Create an account

# Create an account

sign-up-title = Create an account
sign-up-lead = With an account you can keep health records for yourself and the people you care for. If you have one already,
sign-up-for-app = You need an account to go on to { $app }. If you have one already,
sign-up-sign-in = sign in.
sign-up-name-hint = First and last name.
sign-up-age-hint = You have to be 13 or older. A parent can keep a record for someone younger.
sign-up-code-hint = This server is not open to everyone. The code is in the letter or mail that invited you.
sign-up-agree = I agree to the terms of use, and I have seen how my data are kept.
sign-up-read-terms = Read the terms of use
sign-up-read-privacy = Read how we keep your data
sign-up-button = Create my account

# Passwords

forgot-title = Choose a new password
forgot-lead = Enter the e-mail address of your account. We send you a link with which you can choose a new password.
forgot-button = Send me the link
forgot-back = Back to sign in
link-sent-title = Look in your mail
link-sent-lead = If there is an account for { $email }, a link to choose a new password is on its way.
link-sent-how-long = { $count ->
    [one] The link works for a minute, and once. Until you use it, your old password stays as it is.
   *[other] The link works for { $count } minutes, and once. Until you use it, your old password stays as it is.
}
link-sent-nothing = No mail after a few minutes? Look in the spam folder, or
link-sent-again = ask for another link.
choose-password-title = Choose a new password
choose-password-lead = For the account { $email }.
choose-password-after = Once you save it, every other device is signed out.
choose-password-button = Save the new password

# Confirm an address

confirm-title = Confirm your address
confirm-lead = Is { $email } your e-mail address?
confirm-why = Once you confirm it, we know that letters from us reach you, such as one for a forgotten password.
confirm-not-you = If you did not open an account here, just close this page. Nothing is changed.
confirm-button = Confirm this address
confirmed-title = Your address is confirmed
confirmed-lead = Thank you. Letters to { $email } reach you.
confirmed-next = Go to your records

# Consent

consent-question = May { $app } use a record of yours?
consent-question-one = May { $app } use the record of { $name }?
consent-question-again-one = { $app } asks for something new in the record of { $name }
consent-question-again = { $app } asks for something new
consent-by-code = You came here with a code. If you have not just dealt with { $app } yourself, or somebody else gave you the code, do not go on.
consent-meant = { $app } asks for the record of
consent-name-differs = This record is called { $name }, not what { $app } says. Use it only if both are the same person.
consent-from-device = Go on only if you started { $app } yourself just now on { $device }. Whoever has that device will be able to do what you allow here.
consent-who = Who asks
consent-home-registered = It is registered here with this address.
consent-known-since = Known here since
consent-device = On the device { $device }.
consent-whose = For the record of
consent-which = For whose record?
consent-which-several = For whose records?
consent-connected = Connected already
consent-closed-rights = You may not share enough of this record. Someone who looks after the record can.
consent-closed-location = { $app } does not serve the place where this person lives.
consent-new-record = Make a record for someone else
consent-can = What it will be able to do
consent-can-new = What is new
consent-already = What it can do already
consent-optional = Only if you want
consent-optional-hint = Leave these off and everything else still works.
beside-heading = Beside your readings
beside-knows = It learns your name and the country you live in.
beside-knows-people = It learns your name, the country you live in, and the names and e-mail addresses of everyone who looks after this record.
beside-writes-in-your-name = It may send e-mail in your name, at most 50 letters a day.
beside-writes-to-you = It may send you e-mail.
consent-when = When
consent-cannot = What it will not be able to do
consent-cannot-text = Everything else. It cannot see, add or change anything that is not named here, and it never learns your password.
consent-cannot-text-all = It cannot reach a record that you did not choose, it cannot let other people in, and it never learns your password.
consent-undo = You can stop { $app } at any time on the page Apps. It takes effect at once.
consent-privacy = How { $app } keeps your data
consent-terms = Terms of { $app }
consent-allow = Allow { $app }
consent-not-now = Not now

may-read = read
may-add = add
may-change = change
may-delete = delete
ability-everything = everything in the record
ability-everything-but = everything in the record but { $types }
ability-nothing = nothing
ability-new = New
ability-away = Also when you are away
ability-with-you = Only while you use it
when-with-you = Only while you use { $app }.
when-away = Also when you are away: { $app } can do this on its own, day and night, until you stop it.
when-some-away = Some of it only while you use { $app }, some also when you are away. Each line above says which.

# Make a record

create-record-title = Make a record
create-record-lead = A record holds the health of one person. You can keep one for yourself and one for each person you look after.
create-record-about = Who is it for?
about-yourself = Me
about-child = My child
about-parent = My mother or father
about-partner = My husband, wife or partner
about-relative = Someone else in my family
about-other = Someone else I look after
create-record-name = Name on the record
create-record-name-hint = First and last name of the person it is about.
create-record-who-sees = Nobody but you can see the record until you share it or allow an app.
create-record-button = Make the record
create-record-back = Not now

# The way back

token-form-title = Back to { $app }
token-form-lead = You are on your way. If nothing happens, use the button.
token-form-button = Continue to { $app }
finished-agreed-title = All done
finished-agreed-app = You can go back to { $app } now and close this page.
finished-agreed = You can go back to the app now and close this page.
finished-undo = If you change your mind, you can stop the app at any time on the page Apps.
finished-declined-title = Nothing was shared
finished-declined = You said not now. The app got nothing, and your record is as it was. You can close this page.
finished-failed-title = That did not work
finished-failed = The app got nothing, and your record is as it was. Go back to the app and try again.
finished-home = Go to your records
signed-out-title = You are signed out
signed-out-here = Nobody can reach your records from this browser until you sign in again.
signed-out-everywhere = You are signed out on every device.
signed-out-app = { $app } signed you out here too.
signed-out-apps = Apps that you allowed to work while you are away still can. You can stop them on the page Apps.
signed-out-again = Sign in again

# A pickup code

connect-title = Use a pickup code
connect-lead = A clinic or practice that looks after you can give you a code. With it they ask to be connected to a record here.
connect-sign-in-first = Please sign in first, or open an account. Then you can use your code. Nothing is shared yet.
connect-sign-in = Sign in
connect-sign-up = Open an account
connect-code = Pickup code
connect-code-hint = 20 letters, from the slip or letter. Small letters, spaces and dashes do not matter.
connect-button = Look for this code
connect-next = Next comes a question that you agreed on with the clinic. Nothing is shared before you allow it.
connect-unknown = We do not know this code. It may be mistyped, too old, or taken back. Please compare it with the slip, or ask who gave it to you.
connect-wait-seconds = { $count ->
    [one] There were many codes that we do not know. Please wait a second and try again. Nothing is lost.
   *[other] There were many codes that we do not know. Please wait { $count } seconds and try again. Nothing is lost.
}
connect-wait-minutes = { $count ->
    [one] There were many codes that we do not know. Please wait a minute and try again. Nothing is lost.
   *[other] There were many codes that we do not know. Please wait { $count } minutes and try again. Nothing is lost.
}
connect-question-title = { $app } asks you
connect-question-why = { $app } asks so that nobody else can use your code. Nothing is shared yet.
connect-answer = Your answer
connect-answer-hint = The answer that you agreed on. Capital letters do not matter, spaces do.
connect-answer-button = Answer
connect-left = { $count ->
    [one] You have one answer left. If it is wrong, the code is locked.
   *[other] You can try { $count } times.
}
connect-wrong = { $count ->
    [one] This is not the answer. You have one answer left.
   *[other] This is not the answer. You have { $count } answers left.
}
connect-done-title = { $app } is connected
connect-done = { $app } may now use this record as you allowed, also when you are away.
connect-done-message = What { $app } says to you
connect-done-next-title = What happens next
connect-done-next = { $app } learns that you said yes when it next looks, mostly within a day. You need not do anything.
connect-done-apps = Apps of this record
connect-not-now-title = Nothing was shared
connect-not-now = You said not now. { $app } got nothing, and your record is as it was. Your code still works if you change your mind.
connect-gone-title = This request is gone
connect-gone = { $app } took it back, or its time ran out. Nothing was shared, and your record is as it was. Please ask { $app } for a new code.
connect-failed-title = That did not work
connect-failed = We cannot connect { $app } here. Nothing was shared, and your record is as it was. Please ask { $app } what to do.
connect-expired-title = This code is too old
connect-expired = It was not used in time. Nothing was shared. Please ask { $app } for a new code.
connect-locked-title = This code is locked
connect-locked = There were too many wrong answers, so nobody can use it any more. Nothing was shared. Please ask { $app } for a new code.
connect-used-title = This code was used already
connect-used = It belongs to somebody else’s account. Nothing of yours was shared. If that was not you or your family, please tell { $app }.
connect-not-ready-title = There is nothing here yet
connect-not-ready = { $app } gave out this code, but what belongs to it has not come yet. Your code keeps. Please try again later, or ask { $app }.
pickup-title = { $app } left something for you
pickup-meant = It is meant for
pickup-inside = { $count ->
    [one] One item is inside
   *[other] { $count } items are inside
}
pickup-file = With the file
pickup-more = { $count ->
    [one] And one more.
   *[other] And { $count } more.
}
pickup-into = It goes into the record of
pickup-which = Into whose record?
pickup-closed = You cannot add to this record.
pickup-means = What this means
pickup-no-access = { $app } gets no access to the record, and does not learn whether you took this.
pickup-once = You can do this once. If it goes into the wrong record, you can remove it there, but only { $app } can send it again.
pickup-take = Add to the record
pickup-done-title = It is in the record
pickup-done = What { $app } left is now in this record. { $app } got no access to it.
pickup-done-see = See the record
pickup-taken-title = This code was used already
pickup-taken = What { $app } left was put into a record already, and that can be done once. If that was not you or your family, please tell { $app }.
pickup-damaged-title = This cannot be opened
pickup-damaged = What { $app } left is damaged. Nothing was added to any record. Please ask { $app } to send it again.
pickup-refused-title = The record could not take it
pickup-refused = Nothing was added, and what { $app } left is still there. The record may be full, or { $app } sent something that does not belong into a record. Please tell { $app }, or try again with another record.
connect-telephone = Telephone of { $app }:
connect-another = Use a pickup code

# When something leads nowhere

trouble-unknown-app-title = We do not know the app that sent you
trouble-unknown-app = It is not registered here, or no longer active. Nothing was shared. Go back to where you came from and tell them, or go to your records.
trouble-unknown-target-title = We cannot do what this link asks for
trouble-unknown-target = The link may be old or broken. Nothing was shared or changed. Go back to where you came from and try again.
trouble-bad-request-title = We cannot read this link
trouble-bad-request = The app that sent you made it in a way that we do not understand. Nothing was shared or changed. Please tell them.
trouble-visit-expired-title = This visit is over
trouble-visit-expired = It took too long, or you finished it before. What you decided earlier still holds, and nothing else changed. Go back to the app and start again.
trouble-form-expired-title = This page lay open too long
trouble-form-expired = To keep you safe we did not do what you asked. Nothing was changed. Please open the page again.
trouble-link-expired-title = This link no longer works
trouble-link-expired = It was used before, or it is too old. Your account is as it was. You can ask for a new link.
trouble-device-link-title = This request cannot be used
trouble-device-link = The app’s request was used before, or it is too old. Nothing new was shared. Go back to the app and start again there.
trouble-too-many-devices-title = You have too many phones and tablets here
trouble-too-many-devices = Nothing was shared. Cut off one that you do not use any more, then go back to the app and start again there.
trouble-device-of-another-title = This app belongs to somebody else here
trouble-device-of-another = Another person set it up on this device. Nothing was shared. Sign in as that person, or take the app’s data off this device and set it up for yourself.
trouble-next-other-account = Sign in as somebody else
trouble-not-found-title = There is nothing here
trouble-not-found = The page does not exist, or it is not yours to see. Your records are where they were.
trouble-busy-title = Many people are here right now
trouble-busy = We could not do this at once. Nothing is lost. Please try again in a minute.
trouble-maintenance-title = We are looking after this server
trouble-maintenance = For the moment everything can be read and nothing can be changed. Nothing is lost. Please try again later.
trouble-broken-title = Something broke on our side
trouble-broken = We have made a note of it. What you saved before is safe. Please try again in a minute.
trouble-next-home = Go to your records
trouble-next-again = Start again
trouble-reference = For support: { $reference }

# Records

notices-title = Please look at this
notice-connected = { $app } was connected to the record of { $name } with a pickup code.
notice-locked = A pickup code of { $app } is locked after wrong answers that were given with your account.
notice-unknown-app = An app that is gone
notice-look = See what it may do
notice-seen = That was me
home-title = Your records
home-empty = A record keeps the health of one person: weight, blood pressure, medicines, results. You have none yet. The first takes a minute.
home-first-record = Make your first record
home-new-record = Make a record for someone else
home-record-yours = Your own
home-record-child = Your child
home-record-parent = Your parent
home-record-partner = Your partner
home-record-relative = Family
home-record-other = Someone you look after
home-open = Open
home-apps = { $count ->
    [0] No apps
    [one] 1 app
   *[other] { $count } apps
}

# A record: round it, at a glance, by date

round-label = The record of { $name }
round-overview = Overview
round-timeline = Timeline
round-kinds = Everything
round-search = Search
round-apps = Apps
overview-title = { $name }
overview-empty = The record of { $name } holds nothing yet. What you write down, and what apps and clinics add, will be listed here, with who wrote it and when.
overview-add = Write something down
overview-latest = Latest measurements
overview-no-latest = No measurements yet. Weight, blood pressure and the like will be here.
overview-medicines = Medicines
overview-no-medicines = No medicines are written down.
overview-allergies = Allergies
overview-no-allergies = No allergies are written down.
overview-conditions = Conditions
overview-no-conditions = No conditions are written down.
overview-all = See all
overview-more = { $count ->
    [one] See all, 1 more
   *[other] See all, { $count } more
}
overview-news = What is new
overview-no-news = Nothing has changed yet.
overview-and-more = { $count ->
    [one] and 1 more of this kind
   *[other] and { $count } more of this kind
}
overview-timeline = See everything by date
overview-settings = Name of this record
timeline-filter = Only some kinds
timeline-kind = Show
timeline-all-kinds = Everything
timeline-show = Show
timeline-empty = Nothing here yet. What the record of { $name } holds will be listed here by date.

# Search in a record, and its name

search-label = Search the record of { $name }
search-hint = A word or two, such as the name of a medicine. All of them must stand in an item.
search-button = Search
search-found = { $count ->
    [one] 1 item found.
   *[other] { $count } items found.
}
search-nothing = Nothing found for “{ $words }”.
search-looked = We looked back to { $day }.
search-on = Search further back
settings-lead = Only you see this name for the record. Others who look after it may call it something else.
settings-name-hint = First and last name of the person it is about.
settings-save = Save
settings-keep = Leave as it is

# Writing down by hand

write-back = Back
write-lead = This goes into the record of { $name }. Apps that may read it will see it.
write-change = Change: { $what }
write-choose = What do you want to write into the record of { $name }?
write-others = Something else
write-more = More about it
write-note = Note
write-optional = (if you like)
write-offered = Choose from the list or write your own words.
write-not-now = Not now
write-conflict = It was changed by somebody else while you were writing. Nothing was overwritten. Below is how it is now. This is what you had entered:
write-same = The same as what is there now.
write-kept = { $count ->
    [one] One entry is too special for this form. It stays as it is.
   *[other] { $count } entries are too special for this form. They stay as they are.
}
write-refused = We could not keep this as it is. Nothing was changed. Please look at your entries once more.
write-another = The record can hold only one of this kind, and it has one. Please change that one instead.
item-change = Change this item
item-notice-added = Saved.
item-notice-changed = Changed. The version before is kept below.
date-day = Day
date-month = Month
date-year = Year
date-time = Time
date-words = Or in words
date-as-far = As far as you know it. The year alone will do.
wrong-number = This is not a number. Please write it with digits, like 71.5.
wrong-whole = Please enter a whole number.
wrong-small = This is too small. It has to be at least { $least }.
wrong-large = This is too large. It can be { $most } at most.
wrong-day = There is no such day. Please check day, month and year.
wrong-time = This is not a time. Please write it like 07:30.
wrong-fitting = This does not have the form that it needs. Please check it.

# Help

help-title = Help
help-emergency = In an emergency, call for help. Nobody reads here what you write.
help-see = Who looked at my record?
help-see-answer = Open the record. Under its name you see who looked last. Choose “See who looked” to see all of it: who looked or changed something, with which app, and when.
help-write = How do I write something down?
help-write-answer = Open the record and choose “Write something down”. You can change or remove it later, and what it was before is kept.
help-wrong = Something in my record is wrong. What can I do?
help-wrong-answer = Open the item. You can change it, or remove it from the record. Apps then no longer see it. Tell whoever wrote it too, so that they can correct their own files.
help-stop = How do I stop an app?
help-stop-answer = Choose Apps, then the app, then “Stop this app”. It takes effect at once.
help-code = A clinic gave me a code. Where does it go?
help-code-answer = Open the page “Use a pickup code” by the address on the slip, and enter the code there. Nothing is shared before you allow it.
help-other = Can I keep a record for somebody else?
help-other-answer = Yes. On the page Records choose “Make a record for someone else”. Whose record you are in always stands at the top of the page.
help-units = Can I see pounds instead of kilograms?
help-units-answer = Yes. Choose Account, then Units. You can choose for weight, height, blood sugar, cholesterol and temperature.
help-print = Can I print my record?
help-print-answer = Yes. Every page can be printed with your browser. What is only for the screen is left out.
help-ask = If your question is not here, ask the people who run this server.

# Plots

range-label = How far back
range-month = Month
range-year = Year
range-all = All
range-nothing = There is nothing to draw for this time.
plot-latest = the latest is { $value }, on { $day }.
plot-between = Between { $low } and { $high }.
plot-means = There are more numbers than fit, so each point is the mean of those of a few days. Below they all stand by themselves.
plot-part = Only the latest { $count } are drawn.

# What is in a record

contents-title = Everything in the record
contents-lead = All that the record of { $name } holds, by kind.
contents-empty = Nothing yet. What apps and clinics add to the record of { $name } will be listed here, by kind.
contents-latest = Latest:
contents-count = { $count ->
    [one] 1 item
   *[other] { $count } items
}
contents-removed = Removed items
items-back = Everything in the record
items-empty = The record of { $name } holds nothing of this kind.
items-older = Show older items
items-add = Add one
items-when = When
items-from = From
items-table = { $kind } of { $name }, as a table
removed-lead = These were removed from the record of { $name }. Apps and clinics no longer see them. You can bring each of them back.
removed-empty = Nothing was removed from the record of { $name }. What you or an app removes will be kept here, and you can bring it back.
removed-when = Removed
removed-see = See and bring back

# Attachments, and what kind of file each is

items-attachments = Has attachments
attachments-title = Attachments
attachments-more = Show more attachments
attachment-default = Main attachment
attachment-nameless = Attachment without a name
# What a file is called that has no name.
attachment-file = attachment
attachment-see = Open
attachment-new-tab = in a new tab
attachment-keep = Download
attachment-picture = Picture: { $name }
file-picture = Picture
file-picture-unseen = Picture of a kind that browsers do not show
file-dicom = Medical picture (DICOM)
file-pdf = PDF document
file-text = Text
file-rich-text = Text document (RTF)
file-office = Office document
file-web-page = Web page (HTML)
file-xml = Data or document (XML)
file-drawing = Drawing (SVG)
file-zip = Zip file or office document
file-compressed = Compressed file
file-sound = Sound recording
file-film = Film
file-empty = Empty file
file-unknown = File of a kind that we do not know
size-bytes = { $count ->
    [one] 1 byte
   *[other] { $count } bytes
}
size-kb = { $number } kB
size-mb = { $number } MB
size-gb = { $number } GB

# An item

item-back = All of this kind: { $kind }
item-personal = Only people who look after this record see this. No app does.
item-says = What it says
item-document = This is a document of a kind that others define. We keep it as it is and do not look inside. You can read it below, as it is written.
item-nothing = There is nothing in it that we can show in words. You can read it below, as it is written.
item-only-attached = It has no words of its own. It is about what is attached to it.
item-cut = Only the first { $count } entries are shown. The rest is kept.
item-tags = Tags
item-origin = Where it comes from
item-last = This version
item-versions = All versions
item-versions-text = Nothing is lost when something is changed or removed. You can look at each version.
item-versions-more = There are older versions too. They are kept, and not listed here.
item-raw = As it is written
item-raw-text = For someone who helps you: this is the item exactly as it is kept.
item-number = Number
item-version = Version
item-raw-cut = The text is longer than this page can show. The rest is kept.
item-remove-heading = If it should not be here
item-remove-text = You can remove it from the record, and bring it back at any time.
item-remove = Remove this item
item-removed = This was removed. Apps and clinics no longer see it, and you can bring it back.
item-bring-back = Bring it back
item-former = You are looking at an earlier version.
item-current = See it as it is now
item-notice-removed = Removed. Nothing else was changed.
item-notice-back = It is back. Apps that may see it will see it again.
item-notice-meanwhile = This item was changed a moment ago. Here is how it is now.
item-notice-another = The record can hold only one of this kind, and it holds another now. Remove that one first if you want this one back. Nothing was changed.
item-notice-closed = This record can only be read at the moment. Nothing was changed.
item-notice-full = The record is full, so nothing more fits in. Nothing was changed. Please ask whoever runs this server for more room.
version-added = Added
version-changed = Changed
version-removed = Removed
version-back = Brought back
version-current = Newest
version-shown = You are looking at it
version-see = See this version
writer-you = You
writer-for = { $app }, for { $person }
writer-app-gone = An app that is no longer here
writer-person-gone = A person whose account was closed
writer-in-use = while it was in use
writer-on-its-own = on its own, while nobody used it
writer-here = here, by hand
field-yes = Yes
field-as-typed = { $value } (entered as { $typed })
field-no = No
remove-item-title = Remove this item?
remove-item-lead = From now on apps and clinics no longer see it in the record of { $name }.
remove-item-copies = Apps that read it before may have kept it. Ask them if you want it removed there too.
remove-item-undo = You find it under Removed items, and can bring it back at any time.
remove-item-keep = Keep it
remove-item-meanwhile = It was changed a moment ago. This is how it is now. Please look at it once more.

# Apps

apps-title = Apps
apps-lead = These apps may use the record of { $name }, because you allowed it.
apps-lead-all = These apps may use your records, because you allowed it.
apps-none = No apps. When you allow one, it will be listed here.
apps-empty = No app may use the record of { $name }. When you allow one, it will be listed here, and here you can stop it.
apps-device = On { $device }
apps-last-used = Last used
apps-never-used = Not used yet
apps-away = Also when you are away
apps-details = See and stop
devices-title = Phones and tablets
devices-lead = You let these apps in on a phone or tablet. If you lost one or gave it away, cut it off here. It takes effect at once.
devices-empty = No app on a phone or tablet may use your records. When you set one up and allow it, it will be listed here.
devices-closed = Whoever runs this server has closed this app for now. It cannot use your records on any device.
devices-records = For the record of { $names }
devices-no-record = It may not use any record now.
devices-since = let in
devices-two-places = Used from two places at the same time:
devices-two-places-what = A phone that changes networks can look like that. If you do not know why, cut it off.
devices-unused = It was not used for a long time. If you do not need it, cut it off.
devices-cut-off = Cut off
devices-cut-off-all = Cut off on all devices
devices-newer = Newer ones
devices-older = Older ones
cut-off-title = Cut off { $app } on { $device }?
cut-off-all-title = Cut off { $app } on all devices?
cut-off-lead = { $count ->
    [one] From now on it cannot read or add anything in your records from that device.
   *[other] From now on it cannot read or add anything in your records from { $count } devices.
}
cut-off-kept = What it read before may still be on the device.
cut-off-again = To use it there again, set it up on the device and allow it anew.
details-back = All apps
details-lead = You allowed { $app } to use the record of { $name }.
details-can = What it can do
details-change = Change what it can do
details-since = Allowed
details-last-used = Last used
details-device = Device
details-stop-heading = If you no longer want it
details-stop-text = Stopping takes effect at once. What the app added stays in the record.
stop-title = Stop { $app }?
stop-lead = From now on { $app } cannot read or add anything in the record of { $name }.
stop-stays = What it added stays in the record.
stop-copies = What { $app } read before, it may have kept. Ask them if you want it removed.
stop-undo = You can allow it again later.
stop-button = Stop this app
stop-keep = Keep it
stopped-title = { $app } is stopped
stopped-lead = { $app } can no longer use the record of { $name }. What it added is still there.
stopped-account = If you have an account with { $app }, it still exists. Ask them if you want it closed.
stopped-apps = See the other apps

# Account

account-title = Your account
account-name = Name
account-email = E-mail
account-email-confirmed = Confirmed
account-email-unconfirmed = Not confirmed yet. Please open the link in our letter.
account-send-again = Send me a new letter
account-password = Password
account-change-password = Change your password
account-units = Units
account-change-units = Change
units-title = Units
units-lead = Numbers are shown in the units that you choose here. What is kept does not change.
units-mass = Weight
units-kilograms = Kilograms (kg)
units-pounds = Pounds (lb)
units-length = Height and distance
units-metric = Centimetres and kilometres (cm, km)
units-imperial = Inches and miles (in, mi)
units-concentration = Blood sugar and cholesterol
units-millimoles = mmol/L
units-milligrams = mg/dL
units-temperature = Temperature
units-celsius = Celsius (°C)
units-fahrenheit = Fahrenheit (°F)
account-signed-in = Signed in
account-see-sessions = See where you are signed in
account-see-devices = See which apps you let in on a phone or tablet
sessions-title = Where you are signed in
sessions-lead = If you do not know one of these, sign it out and choose a new password.
sessions-here = This device
sessions-last-seen = Last used
sessions-since = signed in
sessions-end-one = Sign out
sessions-all-heading = Sign out everywhere
sessions-all-text = This ends every sign-in, also the one on this device. Apps that you allowed go on working.
sessions-end-all = Sign out everywhere

# Devices and units

device-on = { $browser } on { $system }
device-unknown = An unknown browser
device-unnamed = A phone or tablet without a name
unit-per-minute = per minute
unit-per-hour = per hour
unit-days = days
unit-weeks = weeks
unit-years = years
unit-bytes = bytes

# Letters

letter-reset-subject = Choose a new password
letter-reset-why = Someone, probably you, asked for a new password for your account. With this link you can choose one:
letter-reset-how-long = { $count ->
    [one] The link works for a minute, and once.
   *[other] The link works for { $count } minutes, and once.
}
letter-reset-not-you = If it was not you, you need do nothing: your password stays as it is.
letter-confirm-subject = Confirm your e-mail address
letter-confirm-why = Someone, probably you, opened an account with this e-mail address. With this link you can confirm that the address is yours:
letter-confirm-how-long = { $count ->
    [one] The link works for a day, and once.
   *[other] The link works for { $count } days, and once.
}
letter-confirm-not-you = If it was not you, you need do nothing: the address is not confirmed without you.
letter-connected-subject = A pickup code was used with your account
letter-connected-what = { $app } is now connected to a record of yours. You, or somebody signed in as you, used a pickup code and allowed it.
letter-connected-stop = Here you can see which record it is and what { $app } may do, and stop it at once:
letter-locked-subject = A pickup code is locked after wrong answers
letter-locked-what = You, or somebody signed in as you, gave wrong answers to the question of { $app }. Its code is locked now, and nobody can use it any more.
letter-locked-next = Nothing was shared. If it was you, please ask { $app } for a new code.
letter-locked-not-you = If it was not you, please choose a new password on the page Account.
letter-connected-not-you = If it was not you, please stop it, and then choose a new password on the page Account.
letter-device-subject = An app was let in on a phone or tablet
letter-device-what = { $app } may now use a record of yours on the device { $device }, also when you are away. You, or somebody signed in as you, allowed it.
letter-device-stop = Here you see the device, and can cut it off at once:
letter-device-not-you = If you did not start the app on this device yourself, please cut it off, and then choose a new password on the page Account.

# How we keep data, and the terms

privacy-title = How we keep your data
privacy-what = We keep what you and the apps that you allow put into your records, your name, your e-mail address and the country you live in. We ask for nothing else.
privacy-who = Nobody sees a record but you and the people you share it with, and the apps that you allow, as far as you allow them. An app knows you by a number of its own, so that two apps cannot compare what they know about you.
privacy-log = Every time an app reads or changes a record, we write it down. You can stop an app at any time on the page Apps, and it takes effect at once.
privacy-cookie = We use a cookie that keeps you signed in, and one that keeps the language if you chose one. There is no advertising here, and nothing on these pages comes from elsewhere.
privacy-yours = We sell nothing and show nothing to anyone whom you did not choose. If you have a question, ask the people who run this server.
terms-title = Terms of use
terms-what = This is a place to keep health records. It does not replace a doctor: in an emergency, call for help instead of writing here.
terms-yours = What you put in stays yours. Keep your password to yourself, and enter only what you may enter: your own health, and that of people you look after.
terms-not = Do not use an account of someone else, and do not try to get at records that are not yours.
terms-end = You can stop using this at any time. The people who run this server may close an account that harms others.

# Who looked

activity-title = Who looked
activity-lead = Everything that was done to the record of { $name }: by whom, with which app, and when. Nobody can take a line out of this list without it being noticed.
activity-week = In the last seven days
activity-week-nobody = Nobody has looked at this record in the last seven days.
activity-times = { $count ->
    [one] Looked once
   *[other] Looked { $count } times
}
activity-last = last
activity-here = on this site
activity-stop = See what each app may do, and stop an app
activity-all = Everything, the latest first
activity-search = Look for something
activity-who = Who
activity-anyone = Anyone
activity-others = Anyone but you
activity-host = Those who run this server
activity-what = What
activity-anything = Anything
activity-looked = Looked at something
activity-changed = Added, changed or removed something
activity-allowed = Allowed or stopped an app
activity-refused = Was refused
activity-other = Something else
activity-from = From this day on
activity-until = Up to this day
activity-show = Show these
activity-show-all = Show everything
activity-nothing = Nothing like this was done.
activity-older = Show older lines
activity-keep = Keep this list
activity-csv = As a table (CSV)
activity-json = For programs (JSON)
activity-copy = A copy of the whole record
activity-file = Who looked - { $name } - { $day }
activity-items = { $count ->
    [one] 1 item
   *[other] { $count } items
}
activity-items-of = { $items }: { $kinds }
activity-more-kinds = { $count ->
    [one] 1 other kind
   *[other] { $count } other kinds
}
did-something = Did something that has no words yet.
did-create-record = Made the record.
did-rename-record = Changed what the record is called.
did-allow = Allowed { $app }.
did-allow-otherwise = Changed what { $app } may do.
did-stop = Stopped { $app }.
did-open = Opened the record again.
did-read-only = Let the record be read and not changed.
did-close = Closed the record for a while.
did-read-people = Looked up who keeps the record.
did-message = Sent a message to those who keep the record.
did-open-attachment = Opened an attachment.
did-open-attachment-named = Opened the attachment “{ $name }”.
did-pick-up = Took what was left with a code: { $items }.
did-remove = Removed { $items }.
did-restore = Brought back { $items }.
did-read-changes = Asked what was added, changed or removed.
did-knock = Tried to get in and was refused.
did-copy-record = Took a copy of the whole record.
did-copy-log = Took a copy of this list.
did-read-contents = Looked at what the record holds.
did-read-removed = Looked at what was removed.
did-read = Read { $items }.
did-read-nothing = Looked and found nothing.
did-read-nothing-of = Looked for { $kinds } and found nothing.
did-add = Added { $items }.
did-change = Changed { $items }.

# A copy of a record

copy-title = A copy of the whole record
copy-lead = You get everything in the record of { $name } as one file (zip), to keep or to take somewhere else. Nothing here changes.
copy-read = A page that you can read in any browser: what is there now.
copy-data = All items with all their versions as they are stored, and all attachments.
copy-log = The list of who looked, and a list of all files by which each can be checked.
copy-care = Whoever has the file can read all of it. Keep it in a safe place, and delete it where you do not need it.
copy-button = Download the copy
copy-back = Not now
copy-file = Record of { $name } - { $day }
copy-of = The record of { $name }
copy-made = Copied
copy-what-this-is = This page shows what was in the record then. All versions are in things.xml, attachments in their folder, and who looked in who-looked.json.
copy-empty = The record held nothing.
