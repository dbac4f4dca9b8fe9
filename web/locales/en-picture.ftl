# The picture of whom a record is about.
picture-title = Picture
picture-lead = A picture of { $name } makes it easy to see whose record you are in. Only people who may see the record see it.
picture-of = The picture of { $name }
picture-file = Choose a picture
picture-hint = A photograph up to 16 MB. We keep a small one, and nothing of where or when it was taken.
picture-use = Use this picture
picture-remove = Remove the picture
picture-missing = Choose a picture first.
picture-unreadable = We cannot read this file as a picture. Nothing was changed. Try a JPEG or PNG.
picture-too-large = This picture is too large. Nothing was changed. Try a smaller one.
