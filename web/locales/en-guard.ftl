# Who looked at a record, where a person sees it without having asked.

overview-looked = Last looked at by { $who }
overview-looked-nobody = Nobody but you has looked here in the last 30 days
overview-looked-see = See who looked

did-read-permissions = Asked what it may do here.
did-read-alternate-ids = Asked for its own numbers of this record.

# Who was refused.

writer-stranger = Somebody who has no right to this record
did-knock-as-stranger = Tried to open it and was refused. Nothing of it was shown.
did-try = Tried something that is not allowed here and was refused.
