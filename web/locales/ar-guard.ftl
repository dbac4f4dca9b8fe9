# من اطّلع على سجل، حيث يراه المرء دون أن يسأل عنه.

overview-looked = آخر من اطّلع: { $who }
overview-looked-nobody = لم يطّلع أحد غيرك على هذا السجل في آخر 30 يوماً
overview-looked-see = عرض من اطّلع

did-read-permissions = السؤال عما يُسمح للتطبيق بفعله هنا.
did-read-alternate-ids = السؤال عن أرقام التطبيق الخاصة به لهذا السجل.

# من رُفض طلبه.

writer-stranger = شخص لا حق له في هذا السجل
did-knock-as-stranger = محاولة لفتح السجل رُفضت. لم يُعرض منه شيء.
did-try = محاولة لعمل شيء غير مسموح به هنا رُفضت.
