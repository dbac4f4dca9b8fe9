# The second step of a sign-in

account-second-step = Second step
account-second-step-on = On: signing in takes your password and a code.
account-second-step-off = Off: your password is enough to sign in.
account-second-step-passkeys = Not needed: you sign in with a passkey only, which takes your device and you.
account-second-step-look = Look at the second step
account-second-step-set-up = Set up a second step

second-step-title = Second step at sign-in
second-step-lead = With a second step, your password alone opens nothing. You also enter a code that an app on your phone shows, and that changes every half minute.
second-step-app = First, get an app for such codes if you have none. They are called authenticator apps, and many password managers are one too.
second-step-scan-heading = 1. Add this account to the app
second-step-scan = Scan the square with the app.
second-step-picture = A square for your authenticator app. The same secret stands below as text.
second-step-here = Is the app on this device?
second-step-open = Open the app here
second-step-type = Or type this secret into the app. Nobody but you should see it.
second-step-code-heading = 2. Enter the code that the app shows
second-step-code = Code with 6 digits
second-step-turn-on = Turn on the second step
second-step-after = Every other device is signed out then.
second-step-wrong = This is not the code that we expect. Please look in the app again: a code is good for half a minute. The clock of your phone must be right.
second-step-is-on = The second step is on since { $when }.
second-step-codes-left = { $count ->
    [0] You have no recovery codes left. Please make new ones now.
    [one] You have one recovery code left. You may want to make new ones.
   *[other] You have { $count } recovery codes left.
}
second-step-codes-heading = Recovery codes
second-step-codes-text = If your phone is lost, a recovery code lets you in instead of a code of the app. New codes make the old ones worthless.
second-step-codes-button = Make new recovery codes
second-step-off-heading = Turn it off
second-step-off-text = Then your password alone is enough to sign in. Every other device is signed out. You can turn it on again at any time.
second-step-off-button = Turn off the second step
second-step-notice-off = The second step is off.

recovery-title = Your recovery codes
recovery-lead = Print this page, or write the codes down, and keep them where you keep important papers. We show them only this once.
recovery-how = Each code works once, instead of a code of your app.
recovery-of = For the account { $email }.
recovery-button = I have kept them

# The page for the code

code-title = Enter your code
code-lead = Your password is right. Now open your authenticator app and enter the code that it shows.
code-field = Code
code-lost = I do not have my phone
code-lost-hint = Enter one of the recovery codes that you printed. It works once.
code-recovery-field = Recovery code
code-button = Go on
code-wrong = This code is not right, or it was used before. Nothing is lost: please wait for the next one and try again.
code-too-many = { $count ->
    [one] There were too many wrong codes, so we wait a little to keep your account safe. Please try again in a minute.
   *[other] There were too many wrong codes, so we wait a little to keep your account safe. Please try again in { $count } minutes.
}
code-start-again = Start again
sign-in-code-late = It took too long to enter the code. Nothing is lost: please sign in again.

# The page on which a person proves once more who they are

prove-title = Please show that it is you
prove-lead = What comes next could do harm in the wrong hands. So we ask you once more, also in case you left this device for a moment.
prove-for = You are signed in as { $email }.
prove-button = Go on
trouble-prove-title = Please show that it is you first
trouble-prove = It has been a while since you last did. Nothing was changed. After that, you can send the form again.
trouble-next-prove = Show that it is me

# What is told at home and by letter

notice-signed-in = Somebody signed in to your account with a browser that was new to it: { $browser }.
notice-signed-in-from = Somebody signed in to your account with a browser that was new to it: { $browser }, at the internet address { $address }.
notice-look-sessions = See where you are signed in
letter-sign-in-subject = A new browser signed in to your account
letter-sign-in-what = Somebody signed in to your account with a browser that had not been used with it before. If it was you, you need do nothing.
letter-sign-in-when = When: { $when }
letter-sign-in-browser = Browser: { $browser }
letter-sign-in-address = Internet address: { $address }
letter-sign-in-not-you = If it was not you, please sign that browser out on this page, and then choose a new password on the page Account:
letter-password-subject = Your password was changed
letter-password-what = The password of your account was changed, and every other device was signed out. If it was you, you need do nothing.
letter-password-not-you = If it was not you, somebody else has got into your account. Please choose a new password here at once; the link that we send you then works only for who reads your letters:
letter-first-password-subject = A password was set for your account
letter-first-password-what = Your account had no password before. One was set now, and every other device was signed out. If it was you, you need do nothing.
letter-second-step-when = When: { $when }
letter-second-step-on-subject = The second step is on
letter-second-step-on-what = From now on, signing in to your account takes your password and a code of an app, and every other device was signed out. If it was you, you need do nothing.
letter-second-step-off-subject = The second step is off
letter-second-step-off-what = The second step of your account was turned off: your password alone is enough to sign in. If it was you, you need do nothing.
letter-recovery-subject = New recovery codes were made
letter-recovery-what = New recovery codes were made for your account. The old ones are worth nothing any more. If it was you, you need do nothing.
letter-second-step-not-you = If it was not you, somebody else has got into your account. Please choose a new password here, and then ask whoever runs this server for help:
