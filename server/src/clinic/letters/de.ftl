question = Welche Wörter stehen auf dem Abschnitt, der mit Ihrem Brief kam?
title = Ein Code für Ihre Gesundheitsakte
greeting = { $name }, hier ist ein Code für Ihre Gesundheitsakte
connect-lead = Mit diesem Code können Sie { $clinic } das sehen lassen, was Sie aus Ihrer Gesundheitsakte auswählen, und es auf dem neuesten Stand halten lassen. Sie entscheiden. Sie sehen, worum wir bitten, bevor Sie zustimmen, und können es jederzeit beenden.
drop-off-lead = { $files ->
    [one] { $clinic } hat 1 Datei für Sie hinterlegt.
   *[other] { $clinic } hat { $files } Dateien für Sie hinterlegt.
} Mit diesem Code nehmen Sie das Hinterlegte in Ihre Gesundheitsakte auf. Sie sehen, was es ist, bevor Sie zustimmen. { $clinic } bekommt keinen Zugang zu Ihrer Akte und erfährt nicht, ob Sie etwas abgeholt haben.
square = Dieselbe Adresse und derselbe Code zum Scannen
step-address = Gehen Sie zu { $address }, oder scannen Sie das Quadrat mit Ihrem Telefon.
step-sign-in = Melden Sie sich an, oder eröffnen Sie ein Konto. Geben Sie dann den Code ein.
connect-step-slip = Geben Sie die Wörter vom Abschnitt unten ein, und wählen Sie, was Sie teilen.
connect-step-own = Beantworten Sie die Frage, die Sie mit uns vereinbart haben, und wählen Sie, was Sie teilen.
drop-off-step-slip = Geben Sie die Wörter vom Abschnitt unten ein, und wählen Sie die Akte, für die es bestimmt ist.
drop-off-step-own = Beantworten Sie die Frage, die Sie mit uns vereinbart haben, und wählen Sie die Akte, für die es bestimmt ist.
connect-limits = Der Code gilt vier Wochen.
drop-off-limits = Der Code gilt vier Wochen und nur einmal. Nach drei falschen Antworten kann ihn niemand mehr benutzen.
never = Wir fragen Sie nie am Telefon oder per E-Mail nach der Antwort.
ask-phone = Ist etwas unklar? Rufen Sie uns an: { $phone }.
ask-desk = Ist etwas unklar? Fragen Sie an unserem Empfang.
cut = Hier abschneiden. Bewahren Sie diesen Abschnitt getrennt vom Brief auf.
your-words = Ihre Wörter:
