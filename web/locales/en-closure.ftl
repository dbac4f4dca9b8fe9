# Another e-mail address, closing an account or a record, and what was ever allowed.

account-change-email = Change
account-erase = Close
account-close = Close your account
account-leaving = { $count ->
    [one] One record is waiting to be erased
   *[other] { $count } records are waiting to be erased
}

change-email-title = Change your e-mail address
change-email-lead = Your address is { $email }.
change-email-field = New e-mail address
change-email-button = Send a letter there
change-email-how = We send a letter to the new address. Open the link in it and press the button. Until then nothing changes.
change-email-sign-in = After that you sign in with the new address. Your password stays the same.
change-email-undo = We tell your old address too. From there the change can be undone for seven days.
change-email-same = This is your address already.
change-email-sent = We sent a letter to { $email }. Please open the link in it.
change-email-waits = We are waiting for an answer from { $email }.
change-email-drop = Do not change it

take-email-title = Use this address from now on?
take-email-lead = From now on you sign in with { $email }, and our letters go there.
take-email-former = { $email } is no longer yours to sign in with. We send a letter there from which this can be undone for seven days.
take-email-not-you = If you did not ask for this, just close this page. Nothing is changed.
take-email-button = Use this address
taken-email-title = Your address is changed
taken-email-lead = From now on you sign in with { $email }.
taken-email-undo = If this was a mistake, the letter to your old address undoes it.
another-email-title = This address has an account
another-email-lead = Somebody signs in with { $email } already, so nothing was changed.
another-email-next = If that account is yours, you can sign in to it.
undo-email-title = Take your old address back?
undo-email-lead = Your account goes back to { $email }.
undo-email-signed-out = Everybody who is signed in to your account is signed out.
undo-email-password = On the next page you choose a new password, so that nobody else can get in.
undo-email-button = Take it back

close-title = Close your account?
close-lead = { $count ->
    [one] Your account is shut at once, and erased after one day.
   *[other] Your account is shut at once, and erased after { $count } days.
}
close-records = What becomes of each record
close-record-erased = It is erased with your account. Nobody else keeps it.
close-record-stays = It stays with { $people }. You can no longer see it.
close-record-ends = You can no longer see it. Whoever keeps it still does.
close-copy = Take a copy first
close-now = At once
close-now-apps = No app, clinic or device can use your records any more.
close-now-signed-out = You are signed out everywhere.
close-now-letters = We send letters about it to { $email }: now, three days before the end, and at the end.
close-now-no-letters = You get no letters about it, because your e-mail address is not confirmed.
close-until = Until { $day }
close-until-text = Nothing is taken away yet. Sign in and choose “Keep my account”, and all is as it was, with your apps and devices.
close-then = After that
close-then-text = All of it is erased: your records, what is attached, who looked at them, your name and your address. It cannot be brought back.
close-then-apps = What an app or a clinic read before, it may have kept. Ask them if you want it removed. Copies that whoever runs this server made for safety are overwritten in time.
close-agree = Yes, shut my account now and erase it after { $day }.
close-button = Close my account
close-keep = Keep my account
trouble-not-ticked = Please tick this first, or keep what you have.

closed-title = Your account is closed
closed-lead = Nobody can use it any more. It is erased after { $day }.
closed-back = Until then you can have it back: sign in, and choose “Keep my account”.

keep-title = You closed this account
keep-lead = It will be erased after { $day }.
keep-text = If you keep it, all is as it was before, with your apps and devices.
keep-button = Keep my account
keep-leave = Leave it closed

settings-erase = Erase this record
settings-erase-text = You can have this record erased, and keep your account.
settings-erase-link = Erase this record
close-record-title = Erase the record of { $name }?
close-record-lead = The record of { $name } is shut at once, and erased after { $day }.
close-record-apps = No app, clinic or device can use it any more, and it is gone from your list.
close-record-until = Until that day you can have it back, as it was, on your page Account.
close-record-then = After that all that is in it is erased, and it cannot be brought back.
close-record-agree = Yes, shut this record now and erase it after { $day }.
close-record-button = Erase this record
close-record-keep = Keep this record
close-record-shared = { $people } keeps this record too, so you cannot erase it alone.
close-record-shared-next = If you close your account, the record stays with them.
record-closed-title = The record of { $name } is shut
record-closed-lead = Nobody can use it any more. It is erased after { $day }.
record-closed-back = Until then you can have it back.

leaving-title = Records that will be erased
leaving-lead = These are shut. Until the day that stands there you can have them back, as they were.
leaving-empty = No record of yours is waiting to be erased.
leaving-on = Erased after { $day }
leaving-keep = Keep this record

history-title = All that you ever allowed
history-lead = Each app that was ever let into a record, and what was decided since.
history-empty = You have not let any app into a record yet. When you do, it will stand here.
history-now = It may use this record now.
history-over = It may not use this record any more.
history-allowed = { $who } allowed it
history-changed = { $who } changed what it may do
history-stopped = { $who } stopped it
history-cut = There is more. Older decisions stand in “Who looked” of each record.

optional-title = What { $app } may do if you want
optional-lead = Choose for { $app } and the record of { $name }.
optional-at-once = It holds at once, also if the app is in use.
optional-changed = { $app } has just changed what it asks for. Please look again; nothing was changed.
optional-save = Save this
optional-keep = Change nothing

letter-closed-subject = Your account is closed
letter-closed-what = You, or somebody signed in as you, closed your account. Nobody can use it any more, and no app can use your records.
letter-closed-until = Nothing is erased before { $day }. If you want to keep your account, sign in before that and choose “Keep my account”:
letter-closed-not-you = If it was not you, please sign in, keep your account, and choose a new password.
letter-soon-subject = Your account will be erased after { $day }
letter-soon-what = You closed your account. It will be erased after { $day }, with the records that nobody else keeps. After that nothing can be brought back.
letter-soon-how = If you want to keep it, sign in before that and choose “Keep my account”:
letter-erased-subject = Your account is erased
letter-erased-what = Your account and the records that nobody else keeps are erased, as you asked.
letter-erased-last = This is our last letter. We do not have your address any more.
letter-record-closed-subject = The record of { $name } is shut
letter-record-closed-what = You, or somebody signed in as you, shut the record of { $name }. It will be erased after { $day }.
letter-record-closed-until = If you want to keep it, you can have it back until then:
letter-record-closed-not-you = If it was not you, please take the record back, and then choose a new password on the page Account.
letter-record-erased-subject = The record of { $name } is erased
letter-record-erased-what = The record of { $name } is erased, as you asked.
letter-new-email-subject = Is this your new e-mail address?
letter-new-email-what = Someone, probably you, wants to use this e-mail address for their account. With this link you can say that it is yours:
letter-new-email-not-you = If it was not you, you need do nothing: nothing changes without you.
letter-email-taken-subject = Someone asked to use your e-mail address
letter-email-taken-what = Someone, perhaps you, wants to use this e-mail address for another account. There is an account with it already, so nothing was changed.
letter-email-taken-next = If you have forgotten your password, you can choose a new one here:
letter-email-asked-subject = A new e-mail address was asked for
letter-email-asked-what = You, or somebody signed in as you, asked to use { $email } for your account from now on. It changes when the letter that went there is answered.
letter-email-asked-not-you = If it was not you, please sign in, choose a new password, and drop the change here:
letter-email-changed-subject = Your e-mail address was changed
letter-email-changed-what = Your account now uses { $email }, and you sign in with that.
letter-email-changed-not-you = { $count ->
    [one] If it was not you, take your address back with this link. It works for one day:
   *[other] If it was not you, take your address back with this link. It works for { $count } days:
}

did-close-account = Closed their account.
did-keep-account = Came back and kept their account.
did-leave-record = Left: their account was erased.
did-close-record = Had the record shut, to be erased.
did-keep-record = Took the record back.
