# Passkeys

passkey-sign-in = Sign in with a passkey
passkey-sign-in-hint = Your device asks for your finger, your face or its code.
passkey-sign-in-or = Or sign in with your password:
passkey-sign-up = Create my account with a passkey
passkey-sign-up-hint = You need no password: your device asks for your finger, your face or its code when you sign in.
passkey-sign-up-or = Or choose a password:
passkey-add = Add a passkey
passkey-add-hint = Your device asks for your finger, your face or its code. You can also use a security key or a phone.
passkey-waiting = Your device is asking you now.
passkey-not-done = No passkey was used. You can try again at any time.
passkey-known = This device has a passkey for your account already.
passkey-broken = This did not work. Please load this page again and try once more.

sign-in-passkey-wrong = This passkey did not let you in. It may have been removed, or it took too long. Please try again, or sign in with your password.
sign-in-again = For your safety, please sign in again before you go on.
prove-by-passkey = Sign in again with a passkey instead
sign-up-passkey-wrong = The passkey could not be used, so there is no account yet. Please try again, or choose a password.

account-passkeys = Passkeys
account-see-passkeys = See and add passkeys
account-set-password = Set a password

set-password-title = Set a password
set-password-lead = The account { $email } has no password yet. With one you can also sign in where you have no passkey.
set-password-button = Save the password

passkeys-title = Passkeys
passkeys-lead = With a passkey you sign in without a password. It stays on your device, and nobody can guess it or ask you for it.
passkeys-empty = You have no passkey yet.
passkeys-last-used = Last used
passkeys-never-used = Not used yet
passkeys-since = added
passkeys-change = Rename or remove
passkeys-add-heading = Add a passkey
passkeys-need-script = Passkeys need JavaScript and a browser that knows them. Your password works without.
passkeys-need-script-no-password = Passkeys need JavaScript and a browser that knows them.
passkeys-again = For your safety, please show once more that it is you before you add or remove a passkey.
passkeys-enough = You have as many passkeys as one person may have. You can remove one that you do not use any more.
passkeys-nowhere = This server has no name of its own yet, so that browsers cannot use passkeys here. Your password works.
passkeys-no-password = You have no password. If you lose your passkeys, a letter to your e-mail address lets you back in.
passkeys-removed = The passkey is removed. Every other device is signed out.
passkeys-added = The passkey is added. You can sign in with it now.
passkeys-too-late = This took too long, so no passkey was added. Please try again.
passkeys-not-usable = This passkey cannot be used here, so it was not added. Please try another.
passkeys-not-new = This passkey belongs to an account already, so it was not added.

passkey-title = The passkey { $name }
passkey-name = What do you call it?
passkey-name-hint = A name by which you know the device.
passkey-rename = Save the name
passkey-remove-heading = Remove this passkey
passkey-remove-what = Nobody can sign in with it any more, and every other device is signed out. You can add it again later.
passkey-remove = Remove this passkey
passkey-last-way = This passkey is your only way in, so it cannot be removed. Add another passkey or set a password first.

letter-passkey-added-subject = A passkey was added to your account
letter-passkey-added-what = The passkey { $name } can sign in to your account now. You, or somebody signed in as you, added it.
letter-passkey-removed-subject = A passkey was removed from your account
letter-passkey-removed-what = The passkey { $name } cannot sign in to your account any more. You, or somebody signed in as you, removed it.
letter-passkey-see = Here you see your passkeys, and can remove what you do not know:
letter-passkey-not-you = If it was not you, please choose a new password at once on the page Account.
