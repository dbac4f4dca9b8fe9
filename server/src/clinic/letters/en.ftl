# The letters of a clinic. English comes first; a test holds the others against it.
question = Which words stand on the slip that came with your letter?
title = A code for your health record
greeting = { $name }, here is a code for your health record
connect-lead = With this code you can let { $clinic } see what you choose in a health record that is yours, and keep it up to date. It is up to you. You see what we ask for before you agree, and you can stop it at any time.
drop-off-lead = { $files ->
    [one] { $clinic } has left 1 file for you.
   *[other] { $clinic } has left { $files } files for you.
} With this code you put what we left into a health record that is yours. You see what it is before you agree. { $clinic } gets no access to your record, and is not told whether you picked anything up.
square = The same address and code, to scan
step-address = Go to { $address }, or scan the square with your phone.
step-sign-in = Sign in, or open an account. Then type the code.
connect-step-slip = Type the words from the slip below, and choose what to share.
connect-step-own = Answer the question that you agreed on with us, and choose what to share.
drop-off-step-slip = Type the words from the slip below, and choose the record that it is for.
drop-off-step-own = Answer the question that you agreed on with us, and choose the record that it is for.
connect-limits = The code can be used for four weeks.
drop-off-limits = The code can be used for four weeks, and once. After three wrong answers nobody can use it any more.
never = We never ask you for the answer by telephone or e-mail.
ask-phone = Is anything unclear? Call us: { $phone }.
ask-desk = Is anything unclear? Ask at our desk.
cut = Cut here. Keep this slip apart from the letter.
your-words = Your words:
