question = ¿Qué palabras están en el talón que venía con su carta?
title = Un código para su historia de salud
greeting = { $name }, aquí tiene un código para su historia de salud
connect-lead = Con este código puede dejar que { $clinic } vea lo que usted elija de una historia de salud suya y la mantenga al día. Usted decide. Verá lo que pedimos antes de aceptar y podrá interrumpirlo en cualquier momento.
drop-off-lead = { $files ->
    [one] { $clinic } ha dejado 1 archivo para usted.
   *[other] { $clinic } ha dejado { $files } archivos para usted.
} Con este código puede guardar lo que hemos dejado en una historia de salud suya. Verá lo que es antes de aceptar. { $clinic } no obtiene acceso a su historia ni sabrá si usted ha recogido algo.
square = La misma dirección y el mismo código, para escanear
step-address = Vaya a { $address } o escanee el cuadrado con su teléfono.
step-sign-in = Inicie sesión o abra una cuenta. Después escriba el código.
connect-step-slip = Escriba las palabras del talón de abajo y elija qué compartir.
connect-step-own = Responda a la pregunta que acordó con nosotros y elija qué compartir.
drop-off-step-slip = Escriba las palabras del talón de abajo y elija la historia a la que corresponde.
drop-off-step-own = Responda a la pregunta que acordó con nosotros y elija la historia a la que corresponde.
connect-limits = El código sirve durante cuatro semanas.
drop-off-limits = El código sirve durante cuatro semanas y una sola vez. Después de tres respuestas erróneas nadie podrá usarlo.
never = Nunca le pediremos la respuesta por teléfono ni por correo electrónico.
ask-phone = ¿Algo no está claro? Llámenos: { $phone }.
ask-desk = ¿Algo no está claro? Pregunte en nuestra recepción.
cut = Corte por aquí. Guarde este talón separado de la carta.
your-words = Sus palabras:
