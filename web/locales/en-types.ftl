# What kinds of reading are called within a sentence, by their root element, where their own name in small
# letters would not do.

type-unknown = something we do not know
type-aerobic-session = workouts
type-allergy = allergies
type-app-specific = notes that the app keeps for itself
type-appointment = appointments
type-basic = basic facts (year of birth, country, language)
type-blood-glucose = blood sugar
type-blood-oxygen-saturation = oxygen in the blood
type-blood-pressure = blood pressure
type-ClinicalDocument = clinical summary documents
type-condition = conditions
type-contact = contact details
type-ContinuityOfCareRecord = summaries of care
type-dietary-intake = food and drink
type-encounter = visits to a doctor or hospital
type-exercise = exercise
type-explanation-of-benefits = explanations of benefits
type-family-history = family history
type-file = files
type-genetic-snp-results = genetic results
type-HbA1C = long-term blood sugar (HbA1c)
type-healthcare-proxy = who may decide for the person
type-heart-rate = heart rate
type-immunization = vaccinations
type-lab-test-results = lab results
type-medication = medicines
type-pap-session = breathing support at night
type-payer = insurance
type-person = contacts
type-personal = personal details (name, date of birth)
type-personal-image = the person’s picture
type-procedure = procedures
type-sleep-am = sleep
type-sleep-pm = sleep journal
type-weight = weight
