question = Quels mots figurent sur le talon joint à votre lettre ?
title = Un code pour votre dossier de santé
greeting = { $name }, voici un code pour votre dossier de santé
connect-lead = Avec ce code, vous pouvez laisser { $clinic } voir ce que vous choisissez dans un dossier de santé qui est le vôtre, et le tenir à jour. C’est vous qui décidez. Vous voyez ce que nous demandons avant d’accepter, et vous pouvez y mettre fin à tout moment.
drop-off-lead = { $files ->
    [one] { $clinic } a déposé 1 fichier pour vous.
   *[other] { $clinic } a déposé { $files } fichiers pour vous.
} Avec ce code, vous ajoutez ce que nous avons déposé à un dossier de santé qui est le vôtre. Vous voyez ce que c’est avant d’accepter. { $clinic } n’obtient aucun accès à votre dossier et ne saura pas si vous avez retiré quelque chose.
square = La même adresse et le même code, à scanner
step-address = Allez sur { $address }, ou scannez le carré avec votre téléphone.
step-sign-in = Connectez-vous ou ouvrez un compte. Saisissez ensuite le code.
connect-step-slip = Saisissez les mots du talon ci-dessous, et choisissez ce que vous partagez.
connect-step-own = Répondez à la question convenue avec nous, et choisissez ce que vous partagez.
drop-off-step-slip = Saisissez les mots du talon ci-dessous, et choisissez le dossier concerné.
drop-off-step-own = Répondez à la question convenue avec nous, et choisissez le dossier concerné.
connect-limits = Le code est valable quatre semaines.
drop-off-limits = Le code est valable quatre semaines, et une seule fois. Après trois réponses fausses, plus personne ne peut l’utiliser.
never = Nous ne vous demandons jamais la réponse par téléphone ou par e-mail.
ask-phone = Quelque chose n’est pas clair ? Appelez-nous : { $phone }.
ask-desk = Quelque chose n’est pas clair ? Demandez à notre accueil.
cut = Coupez ici. Gardez ce talon séparé de la lettre.
your-words = Vos mots :
